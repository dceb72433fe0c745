"""What answers about the hip, the day and the plan hold, as typed models (see `_shapes`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field

from hipwise.api._shapes import Shape, Sparse
from hipwise.knowledge import LevelName
from hipwise.plan import Plan, Referral, Today

__all__ = [
    "WHOLE",
    "Answers",
    "Assessed",
    "Episodes",
    "FirstPage",
    "Pain",
    "PainChanged",
    "QuestionData",
    "Questions",
    "QuestionsAhead",
    "Referred",
    "TodayData",
    "Told",
    "TurningPoints",
    "Words",
]

WHOLE = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True)
"""As of a `Shape`: what has a default is there all the same."""


class Pain(Shape):
    """One pain. CLOSED is its last day; OVER: it was told to be over, and can come back."""

    id: str
    opened: date
    onset: date | None
    side: str | None
    site: str | None
    closed: date | None
    over: bool


class PainChanged(Pain):
    """A pain that was ended or has come back, and the event that an undo takes back."""

    event: int | None


class Episodes(Shape):
    """All pains, and which is looked at now."""

    current: str | None
    episodes: list[Pain]


class QuestionData(Sparse):
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
    why: str = ""


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
    """The next question; AT is the page that asks for it beside others, or for what is still open in the end.

    EVENT is the last thing that was done: what a page takes back it names.
    """

    event: int | None
    next: QuestionData | None
    left: int
    at: Literal["check", "where", "who"] | None


class QuestionsAhead(Shape):
    """About how many questions are still to come."""

    ahead: int


class Answered(Shape):
    """One answer that stands; TOPIC is the title of what it belongs to, CALM the least remarkable answer there is."""

    finding: str
    question: str
    state: str
    answer: str
    on: date
    origin: str
    first_page: str | None
    topic: str
    calm: bool


class Answers(Shape):
    """All answers that stand."""

    answers: list[Answered]


class Told(Questions):
    """What was kept, and the next question."""

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
    level: LevelName
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
    likelihood_says: str
    for_: list[ReasonData] = Field(alias="for")
    against: list[ReasonData]
    rest: list[ReasonData]
    not_asked: list[str]


class PictureData(Shape):
    """A picture that a clinician would know: so many of its signs are MET."""

    id: str
    name: str
    causes: list[str]
    met: int
    of: int


class SecondData(Shape):
    """The second way of reasoning: its level, what it sees, and in what it differs from the first."""

    level: LevelName
    disagreement: str | None
    pictures: list[PictureData]


class Assessed(Shape):
    """How urgent, what it could be, and why."""

    level: LevelName
    alarms: list[AlarmData]
    bone_stress: bool
    cleared: bool
    causes: list[CauseData]
    something_else: float
    left_out: float
    next: QuestionData | None
    referral: Referral | None
    missing: list[str]
    contradictions: list[str]
    second_opinion: SecondData
    not_looked_at: list[str]
    versions: dict[str, str]


class TurningPoint(Shape):
    """A single answer that, told otherwise, would change the urgency or the cause on top."""

    changes: Literal["level", "cause"]
    finding: str
    question: str
    state: str
    answer: str
    then: str
    answer_then: str
    level: LevelName
    level_then: LevelName
    level_says: str
    top: str
    top_then: str | None
    top_says: str


class TurningPoints(Shape):
    """What would change the picture; none where somebody must be seen first."""

    points: list[TurningPoint]


class Referred(Shape):
    """Whom to see."""

    referral: Referral | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayData(Today):
    """What to do today, with what was not looked at."""

    __pydantic_config__ = WHOLE

    not_looked_at: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanData(Plan):
    """A plan, with what was not looked at."""

    __pydantic_config__ = WHOLE

    not_looked_at: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralData(Referral):
    """A referral, with what was not looked at."""

    __pydantic_config__ = WHOLE

    not_looked_at: tuple[str, ...]
