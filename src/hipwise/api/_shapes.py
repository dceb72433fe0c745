"""What an answer holds, as typed models: the contract that a client's types are made of.

Answers are the plain data that the command line prints; these models say what is in them. A test holds the two
together.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

__all__ = [
    "Athletes",
    "ChartData",
    "Erased",
    "Health",
    "History",
    "Imported",
    "JobData",
    "Jobs",
    "LapData",
    "Noted",
    "Pairing",
    "Problem",
    "ReportData",
    "RunData",
    "Runs",
    "Said",
    "Settings",
    "Shape",
    "Sparse",
    "Standing",
    "Undone",
    "Uploaded",
]

Any_ = dict[str, Any]


class Shape(BaseModel):
    """An answer. A field that has a default is there all the same (else `Sparse`)."""

    model_config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True)


class Sparse(Shape):
    """An answer that leaves out what does not concern it: fields with a default."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)


class Fault(Shape):
    """One field that is wrong."""

    where: str
    why: str


class Problem(Sparse):
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


class Standing(Shape):
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

    units: Literal["km", "mi"]
    week_start: Literal["monday", "sunday"]
    language: str
    text_size: Literal["normal", "large", "largest"]
    contrast: Literal["normal", "high"]
    motion: Literal["system", "reduced"]
    theme: Literal["system", "light", "dark"]
    sound: bool
    paper: Literal["a4", "letter"]
    consent_at: datetime | None
    seen: list[str]


class SourceOfRun(Shape):
    """A file that a run was read from."""

    file: str | None
    kind: str
    maker: str | None
    product: str | None


class LapData(Shape):
    """A lap that was pressed by hand: its number in the run, and how far into it that was."""

    number: int
    km: float


class RunData(Shape):
    """The totals of one run; null is not known."""

    id: str
    file: str | None
    name: str | None
    gear: str | None
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
    laps: list[LapData]
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


class ChartData(Shape):
    """A chart: the picture, what it says to those who do not see it, and the same data as a table."""

    name: str
    title: str
    says: str
    svg: str
    heads: list[str]
    rows: list[list[str | float | None]]


class Uploaded(Shape):
    """A file that lies ready."""

    upload: str
    name: str
    bytes: int


class FileData(Sparse):
    """What became of one file."""

    file: str
    why: str
    runs: list[str] = []


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
    left_s: int | None
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


ReportData = Any_
