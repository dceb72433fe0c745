"""What the screens of the day and of the plan hold beside the verdict and the plan, as typed models (see `_shapes`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from pydantic import Field

from hipwise.api._shapes import LapData, Shape
from hipwise.api._shapes_hip import WHOLE, Pain, PlanData, QuestionData, ReferralData, Referred, TodayData
from hipwise.plan import Change, Limits, NextCheck, Referral, Session, StageLine

__all__ = [
    "Ahead",
    "Ask",
    "Checkins",
    "DayData",
    "PlanShown",
    "Planned",
    "ReferredFor",
    "Wanted",
]


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
    changes: list[Change]


class Wanted(Shape):
    """What the verdict of today waits for: the page that asks for it, or the question; the last thing that was done."""

    event: int | None
    next: QuestionData | None
    at: Literal["check", "where", "who", "checkin", "after_run"] | None


class LastCheckin(Shape):
    """A check-in of an earlier day."""

    on: date
    states: dict[str, str]


class Ran(Shape):
    """The last run of which nothing was told yet; its length, where it is known."""

    on: date
    run: str
    km: float | None
    laps: list[LapData]


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
    event: int | None


class Axis(Shape):
    """One finding of the verdict table: its states in groups that lead to the same verdict."""

    finding: str
    with_: str | None = Field(alias="with")
    groups: list[list[str]]


class AheadDay(Shape):
    """The cells of one day, two characters each; FROM a moment on, where they do not speak of its first hours."""

    on: date
    from_: datetime | None = Field(alias="from")
    cells: str


class AheadVerdict(Shape):
    """A verdict of the table: all that the screen of the day shows."""

    rule: str
    outcome: str
    verdict: str
    colour: str
    headline: str
    reason: str
    limits: Limits
    ceiling_km: float | None
    ceiling_min: float | None
    ceiling_says: str
    walk_min: float | None
    session: Session | None
    stop_rules: list[str]
    notes: list[str]
    next_check: NextCheck
    asks: list[str]
    referral: Referral | None
    sources: list[str]
    override: str | None
    not_looked_at: list[str]


class Ahead(Shape):
    """Python's verdict for every possible check-in of the next days."""

    version: int
    etag: str
    made_at: datetime
    until: date
    axes: list[Axis]
    days: list[AheadDay]
    verdicts: list[AheadVerdict]


class ExerciseToday(Shape):
    """An exercise, about how many minutes it takes, and whether it was done today."""

    id: str
    name: str
    minutes: int
    done: bool


class ExercisesToday(Shape):
    """The exercises of today, or of the next day that holds some."""

    on: date
    minutes: int
    exercises: list[ExerciseToday]


class PainLine(Shape):
    """The pain of two weeks as a small picture, and what it says to those who do not see it."""

    title: str
    says: str
    svg: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayData(TodayData):
    """What to do today, with what stands beside it; under a referral nothing does."""

    __pydantic_config__ = WHOLE

    exercises: ExercisesToday | None
    pain: PainLine | None


class PlanShown(Planned):
    """The same, with the stages of the plan one by one."""

    stages: list[StageLine]


class ReferredFor(Referred):
    """Whom to see, and for which PAIN; PAIN is null where that is for the runner, or for nobody."""

    pain: Pain | None
