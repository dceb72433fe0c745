"""What the screens of the day and of the plan hold beside the verdict and the plan, as typed models (see `_shapes`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hipwise.api._shapes import Shape
from hipwise.api._shapes_hip import WHOLE, Pain, Planned, Referred, TodayData
from hipwise.plan import StageLine

__all__ = ["DayData", "PlanShown", "ReferredFor"]


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
