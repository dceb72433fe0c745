"""What an answer holds, as typed models: the contract that a client's types are made of.

Answers are the plain data that the command line prints; these models say what is in them. A test holds the two
together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from hipwise.plan import Plan, Referral, Today

__all__ = [
    "Ahead",
    "Answers",
    "Assessed",
    "Athletes",
    "Catalogue",
    "Checkins",
    "Entry",
    "Episodes",
    "Erased",
    "FirstPage",
    "Health",
    "History",
    "Imported",
    "JobData",
    "Jobs",
    "Kept",
    "LoadData",
    "Noted",
    "Pain",
    "Pairing",
    "Planned",
    "Problem",
    "QuestionData",
    "Questions",
    "Referred",
    "ReportData",
    "RunData",
    "Runs",
    "Said",
    "Samples",
    "Session",
    "Settings",
    "TodayData",
    "Told",
    "Undone",
    "Uploaded",
]

Any_ = dict[str, Any]


class Shape(BaseModel):
    """An answer."""

    model_config = ConfigDict(extra="forbid")


class Fault(Shape):
    """One field that is wrong."""

    where: str
    why: str


class Problem(Shape):
    """What went wrong, where, why, and what to do next."""

    type: str
    status: int
    id: str
    title: str
    where: str
    detail: str
    next: str
    fields: list[Fault]
    conflict: Any_ | None = None


class Health(Shape):
    """It runs."""

    status: Literal["ok"]
    versions: dict[str, str]
    app: bool


class Session(Shape):
    """Where a client stands."""

    runner: Literal["me", "sample"]
    sample: bool
    lan: bool
    on: date
    zone_offset_min: int


class Pairing(Shape):
    """What a phone in the house needs."""

    lan: bool
    code: str | None
    addresses: list[str]
    trust: list[str]
    fingerprint: str | None


class Athletes(Shape):
    """Who runs."""

    born: date | None
    age_y: int | None
    sex: str | None
    country: str | None


class Settings(Shape):
    """How things are shown."""

    units: str
    week_start: str
    language: str
    text_size: str
    contrast: str
    motion: str
    theme: str
    sound: bool
    consent_at: datetime | None
    seen: list[str]


class Pain(Shape):
    """One pain."""

    id: str
    opened: date
    onset: date | None
    side: str | None
    site: str | None
    closed: date | None


class Episodes(Shape):
    """All pains, and which is looked at now."""

    current: str | None
    episodes: list[Pain]


class QuestionData(Shape):
    """A question, its states and their words."""

    id: str
    group: str
    about: str
    kind: str
    question: str
    help: str
    states: list[str]
    labels: dict[str, str]
    alarming: list[str]
    first_page: str | None
    holds_d: int
    sensed_by: str
    why: str | None = None


class CardData(Shape):
    """A card of the first page."""

    id: str
    title: str
    questions: list[QuestionData]


class FirstPage(Shape):
    """The cards with open questions, and how many questions are open."""

    cards: list[CardData]
    left: int


class Questions(Shape):
    """The next question."""

    next: QuestionData | None
    left: int


class Answered(Shape):
    """One answer that stands."""

    finding: str
    question: str
    state: str
    answer: str
    on: date
    origin: str
    first_page: str | None


class Answers(Shape):
    """All answers that stand."""

    answers: list[Answered]


class Told(Questions):
    """What was kept, and the next question."""

    event: int | None
    kept: dict[str, str]


class AlarmData(Shape):
    """A red flag that was raised."""

    id: str
    level: str
    name: str
    because: str
    findings: list[str]
    suspects: list[str]
    says: str
    sources: list[str]
    bone_stress: bool


class ReasonData(Shape):
    """One reason for or against a cause."""

    finding: str
    state: str
    says: str
    decibans: float
    sources: list[str]


class CauseData(Shape):
    """One cause with its reasons."""

    id: str
    name: str
    probability: float
    low: float
    high: float
    for_: list[ReasonData] = Field(alias="for")
    against: list[ReasonData]
    rest: list[ReasonData]
    not_asked: list[str]


class Assessed(BaseModel):
    """How urgent, what it could be, and why."""

    model_config = ConfigDict(extra="allow")

    level: str
    alarms: list[AlarmData]
    bone_stress: bool
    cleared: bool
    causes: list[CauseData]
    something_else: float
    left_out: float
    next: QuestionData | None
    referral: Referral | None
    missing: list[str]
    not_looked_at: list[str]
    versions: dict[str, str]


class Referred(Shape):
    """Whom to see."""

    referral: Referral | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayData(Today):
    """What to do today, with what was not looked at."""

    not_looked_at: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanData(Plan):
    """A plan, with what was not looked at."""

    not_looked_at: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralData(Referral):
    """A referral, with what was not looked at."""

    not_looked_at: tuple[str, ...]


class Before(Shape):
    """What the day's verdict was before."""

    verdict: str
    headline: str
    ceiling_km: float | None
    ceiling_min: float | None


class Checkins(Shape):
    """The verdict after a check-in, and before it."""

    event: int | None
    today: TodayData
    before: Before


class LastCheckin(Shape):
    """A check-in of an earlier day."""

    on: date
    states: dict[str, str]


class Ran(Shape):
    """The last run of which nothing was told yet."""

    on: date
    run: str


class Ask(Shape):
    """What a check-in asks."""

    cards: list[QuestionData]
    after_run: list[QuestionData]
    last: LastCheckin | None
    done: bool
    ran: Ran | None


class Planned(Shape):
    """The plan or referral that stands."""

    plan: PlanData | ReferralData | None
    event: int | None = None


class SourceOfRun(Shape):
    """A file that a run was read from."""

    file: str | None
    kind: str
    maker: str | None
    product: str | None


class RunData(BaseModel):
    """The totals of one run; null is not known."""

    model_config = ConfigDict(extra="allow")

    id: str
    file: str | None
    sport: str
    sub_sport: str | None
    started_at: datetime
    local_date: date
    distance_m: float | None
    timer_s: float | None
    elapsed_s: float | None
    records: int
    cadence_spm: float | None
    heart_rate_bpm: float | None
    ascent_m: float | None
    perceived_effort: float | None
    sources: list[SourceOfRun]
    notes: list[str]


class Runs(Shape):
    """Runs, newest first, and how many there are."""

    runs: list[RunData]
    count: int


class Noted(Shape):
    """A run that was noted."""

    event: int | None
    run: RunData


class Samples(Shape):
    """Every STEP-th sample of a run, by column."""

    columns: dict[str, list[Any]]
    step: int


class LoadData(BaseModel):
    """The training load."""

    model_config = ConfigDict(extra="allow")

    on: date
    onset: date | None
    weeks: list[Any_]
    spikes: list[Any_]
    longest_30d_km: float | None
    may_run: bool
    ceiling_km: float | None
    referral: Referral | None
    acwr: Any_ | None
    monotony: Any_ | None
    changes: list[Any_]
    verdict: str
    not_enough: list[str]
    findings: dict[str, str]
    metrics: list[Any_]
    left_out: list[Any_]
    not_looked_at: list[str]


class Uploaded(Shape):
    """A file that lies ready."""

    upload: str
    name: str
    bytes: int


class FileData(BaseModel):
    """What became of one file."""

    file: str
    why: str
    runs: list[str] | None = None


class ImportReport(Shape):
    """What became of each file."""

    read: list[FileData]
    merged: list[FileData]
    skipped: list[FileData]
    failed: list[FileData]


class JobError(Shape):
    """Why a job failed."""

    id: str
    what: str
    where: str
    why: str
    next: str


class JobData(Shape):
    """Work that takes a while."""

    id: int
    kind: Literal["import", "sample"]
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    done: int
    total: int | None
    says: str
    at: datetime
    finished_at: datetime | None
    attempt: int
    counts: dict[str, int]
    error: JobError | None


class Jobs(Shape):
    """All jobs, newest first."""

    jobs: list[JobData]


class Imported(Shape):
    """An import and its report."""

    job: JobData
    report: ImportReport


class EventData(Shape):
    """One thing that was done."""

    event: int
    kind: str
    label: str
    at: datetime
    undone_at: datetime | None
    runs: int
    merged: int
    findings: int


class History(Shape):
    """What was done, newest first."""

    events: list[EventData]


class Undone(Shape):
    """What was taken back."""

    event: int
    kind: str
    says: str


class Said(Shape):
    """It is done."""

    says: str


class Erased(Said):
    """It is gone: how many rows each table has left."""

    rows: dict[str, int]


class Kept(Shape):
    """How much is kept."""

    events: int


ReportData = Any_
Entry = Any_


class Catalogue(Shape):
    """Entries of the knowledge base."""

    entries: list[Any_]


class Axis(Shape):
    """One finding of the verdict table: its states in groups that lead to the same verdict."""

    finding: str
    with_: str | None = Field(alias="with")
    groups: list[list[str]]


class AheadDay(Shape):
    """The cells of one day: two characters each."""

    on: date
    cells: str


class Ahead(Shape):
    """Python's verdict for every possible check-in of the next days."""

    version: int
    etag: str
    made_at: datetime
    until: date
    axes: list[Axis]
    days: list[AheadDay]
    verdicts: list[Any_]
