"""What answers about what lies ahead hold, as typed models (see `_shapes`)."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict

from hipwise.api._shapes import ChartData, Shape
from hipwise.plan import RaceCheck, Wishes

__all__ = ["Locks", "PlanHistory", "Raced", "Settled", "WeeklyQuestions", "WeeklyTold", "Wished"]


class Score(Shape):
    """The score of a week, 0 to 100, told on a day."""

    on: date
    score: int


class WeeklyData(Shape):
    """What the weeks told so far say together."""

    scores: list[Score]
    substantial: bool
    follows: str
    improving: bool
    says: list[str]
    sources: list[str]


class Question(Shape):
    """One of the weekly questions and its answers, from 0 on."""

    id: str
    question: str
    answers: list[str]


class WeeklyQuestions(Shape):
    """The weekly questions: after an answer of ALONE at the first one no other is asked. HELD: the plan rests."""

    held: bool
    due: bool
    questions: list[Question]
    alone: list[int]
    weeks: WeeklyData | None
    chart: ChartData | None


class WeeklyTold(Shape):
    """A week that was told."""

    event: int | None
    weeks: WeeklyData


class Raced(Shape):
    """The race check, and how far it can be trusted."""

    check: RaceCheck
    checked: list[str]


class LockData(Shape):
    """Who holds a part of the plan, why, and since when."""

    by: str
    reason: str
    on: date


class LockablePart(Shape):
    """A part of the plan that can be locked."""

    item: str
    name: str
    lock: LockData | None


class Locks(Shape):
    """The parts of the plan and their locks; none without a plan, and none while it rests (HELD)."""

    held: bool
    parts: list[LockablePart]


class Settled(Shape):
    """The last thing that was done."""

    event: int | None


class Line(Shape):
    """A line of what a change changed, perhaps about a day."""

    on: date | None
    says: str


class VersionData(BaseModel):
    """One line of the history; BEFORE and AFTER are lines in words, each perhaps about a day."""

    model_config = ConfigDict(extra="forbid")

    number: int
    on: date
    kind: str
    item: str | None
    name: str | None
    says: str
    rule: str | None
    sources: list[str]
    before: list[Line]
    after: list[Line]
    everyday: bool


class PlanHistory(Shape):
    """The history of the plan, newest first; UNDO is the event that can be taken back, if it changed the plan."""

    held: bool
    undo: int | None
    versions: list[VersionData]


class Named(Shape):
    """An id and its name."""

    id: str
    name: str


class Wished(Shape):
    """The wishes that stand, and what can be wished. HELD: somebody must be seen first."""

    held: bool
    wishes: Wishes
    equipment: list[Named]
    weekdays: list[Named]
