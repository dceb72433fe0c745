"""The shape of the knowledge base: what can be found, what alarms, what causes."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from hipwise.knowledge._conditions import Condition, read_condition
from hipwise.knowledge._number import Entry, Mark, Number, Share, Words
from hipwise.texts import say

__all__ = [
    "Alarm",
    "AlarmLevel",
    "Card",
    "Cause",
    "Kind",
    "Level",
    "LevelName",
    "PriorShift",
    "Question",
    "Referral",
    "Rule",
    "Scale",
]

SCORE_STATES = tuple(str(score) for score in range(11))

Rule = Annotated[
    Condition,
    BeforeValidator(lambda data: data if isinstance(data, Condition) else read_condition(data)),
    PlainSerializer(str),
]
"""A condition, spelled as YAML."""

Scale = str | Share
"""A probability: a number with its source, or a word of the judgement scale (`parameters/scale.yaml`)."""


class _Arbitrary(Entry):
    model_config = Entry.model_config | {"arbitrary_types_allowed": True}


LevelName = Literal["self_care", "routine", "within_days", "same_day", "emergency"]
"""A level as files and programs spell it, the least urgent first."""

LEVEL_NAMES: tuple[LevelName, ...] = get_args(LevelName)


class Level(IntEnum):
    """How urgent it is; the higher wins."""

    SELF_CARE = 0
    ROUTINE = 1
    WITHIN_DAYS = 2
    SAME_DAY = 3
    EMERGENCY = 4

    @property
    def code(self) -> LevelName:
        """The level as files and programs spell it ("same_day")."""
        return LEVEL_NAMES[self]

    @classmethod
    def of(cls, code: str) -> Level:
        """Return the level that CODE spells."""
        return cls[code.upper()]


LevelCode = Annotated[
    Level,
    BeforeValidator(lambda code: Level.of(code) if isinstance(code, str) else code),
    PlainSerializer(lambda level: level.code),
]


class Kind(StrEnum):
    """What the states of a finding are: yes or no (or silent), an order, one of several, or a score from 0 to 10."""

    YES_NO = "yes_no"
    GRADED = "graded"
    CHOICE = "choice"
    SCORE = "score"


class Question(_Arbitrary):
    """A finding that can be told or sensed: its question, its states, what silence means, how long it holds.

    `states` go from the least to the most remarkable (not for a choice); `alarming` names the states that can raise
    the level; `background` is the share of runners with hip pain in each state when no listed cause speaks of it
    (states that are not named share the rest). `first_page` names the card of the red-flag page that asks it.
    `repeats` names the group of findings that say much the same, so that they do not count twice. `never_try` says that
    finding it out by trying can do harm (a hop): no sentence ever suggests that the answer might change. `silent` names
    the states that are honest and tell nothing ("I did not run"): they weigh like no answer, never like "no". `said` is
    the answer as a statement, as reasons give it; `named` is what a score is of, in a few words.
    """

    id: str
    group: str
    repeats: str | None = None
    about: str = Field(pattern="^(runner|pain)$")
    kind: Kind
    question: Words
    help: Words
    states: tuple[str, ...] = ()
    labels: dict[str, Words] = Field(default_factory=dict)
    said: dict[str, Words] = Field(default_factory=dict)
    named: Words = ""
    alarming: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    first_page: str | None = None
    holds_d: int = Field(gt=0)
    background: dict[str, Scale] = Field(default_factory=dict)
    only_if: Rule | None = None
    sensed_by: str = Field(default="told", pattern="^(told|load|checkin|self_test|clinician|course)$")
    source: str = ""
    never_try: bool = False

    @model_validator(mode="before")
    @classmethod
    def _usual_states(cls, data: Any) -> Any:
        if isinstance(data, dict) and "states" not in data:
            usual = {"yes_no": ("no", "yes"), "score": SCORE_STATES}.get(str(data.get("kind")))
            if usual:
                return data | {"states": usual}
        return data

    @model_validator(mode="after")
    def _closed(self) -> Self:
        named = {*self.alarming, *self.silent, *self.background, *self.labels, *self.said}
        unknown = named - set(self.states) | set(self.alarming) & set(self.silent)
        if unknown:
            raise ValueError(say("knowledge.strange_states", finding=self.id, states=", ".join(sorted(unknown))))
        if len(self.states) < 2:  # noqa: PLR2004 (a finding that cannot vary is none)
            raise ValueError(say("knowledge.one_state", finding=self.id))
        return self


class Card(Entry):
    """A card of the red-flag page: its title, and its PLACE in the order."""

    id: str
    place: int
    title: Words


class AlarmLevel(_Arbitrary):
    """One rung of an alarm: when it holds, how urgent, and why in one sentence."""

    level: LevelCode
    when: Rule
    because: Words


class Alarm(_Arbitrary):
    """A red flag: rungs from the most to the least urgent; the first that holds speaks.

    `bone_stress` switches the interlock on, at any rung; `clearable` says that a clinician's clearance of the bone
    lifts it (never at an emergency); `no_ranking` forbids naming causes while it stands. `say_there` is what must be
    said to the clinician because of it.
    """

    id: str
    name: Words
    suspects: tuple[Words, ...]
    bone_stress: bool = False
    clearable: bool = False
    no_ranking: bool = False
    levels: tuple[AlarmLevel, ...] = Field(min_length=1)
    says: Words
    say_there: Words = ""
    sources: tuple[str, ...] = Field(min_length=1)
    mark: Mark
    note: Words = ""

    @model_validator(mode="after")
    def _falling(self) -> Self:
        order = [rung.level for rung in self.levels]
        if order != sorted(order, reverse=True):
            raise ValueError(say("knowledge.rising"))
        return self


class Referral(Entry):
    """What the runner (where `young`: the guardian) is told where a level sends them to someone.

    With `alarms`, the words are for these grounds only.
    """

    id: str
    level: LevelCode
    bone_stress: bool
    young: bool = False
    alarms: tuple[str, ...] = ()
    what: Words
    how_fast: Words
    until_then: tuple[Words, ...]
    say_there: Words


class PriorShift(_Arbitrary):
    """How many times likelier (odds) a cause is where `when` holds."""

    when: Rule
    times: Number
    says: Words = ""


class Cause(_Arbitrary):
    """A cause of hip pain: how common, what speaks for and against it, what may be done.

    `signs` give P(state | this cause alone) by finding; a finding that is not named has its background rate. States of
    a finding that are not named share the rest as the background does. AFTER_VISIT: the protocol of a cause without
    self-care once a clinician has looked at it.
    """

    id: str
    name: Words
    plain: Words
    site: Words
    urgent: bool = False
    self_care: bool
    profile: str
    protocol: str | None = None
    after_visit: str | None = None
    icd10: str = ""
    prior: Number
    prior_shifts: tuple[PriorShift, ...] = ()
    signs: dict[str, dict[str, Scale]]
    separates: Words = ""
    recovers: Words = ""
    see_someone: Words = ""
    sources: tuple[str, ...] = ()
    reviewed: dict[str, str] | None = None
