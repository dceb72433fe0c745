"""What answers about the hip, the day and the plan hold, as typed models (see `_shapes`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from hipwise.api._shapes import Shape
from hipwise.plan import Plan, Referral, Today

__all__ = [
    "Ahead",
    "Answers",
    "Ask",
    "Assessed",
    "Checkins",
    "Episodes",
    "FirstPage",
    "Pain",
    "Planned",
    "QuestionData",
    "Questions",
    "Referred",
    "TodayData",
    "Told",
    "Words",
]

Any_ = dict[str, Any]


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


class ProposalData(Shape):
    """A finding that a text may tell, and the phrase that says so."""

    finding: str
    state: str
    standing: str
    phrase: str
    start: int
    end: int
    alarming: bool


class Words(Shape):
    """What a text proposes; nothing of it counts until it is told as an answer."""

    proposals: list[ProposalData]
    age: int | None
    sex: str | None
    not_understood: list[str]


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
    """The verdict after a check-in, and before it, and what changed in the plan by itself."""

    event: int | None
    today: TodayData
    before: Before
    changes: list[dict[str, Any]]


class LastCheckin(Shape):
    """A check-in of an earlier day."""

    on: date
    states: dict[str, str]


class Ran(Shape):
    """The last run of which nothing was told yet; its length, where it is known."""

    on: date
    run: str
    km: float | None


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
