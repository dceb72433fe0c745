"""The shape of rehab knowledge: exercises, protocols, the walk-run ladder, the decision table of the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from pydantic import BaseModel, Field, model_validator

from hipwise.knowledge._figures import Figure
from hipwise.knowledge._number import Entry, Grade, Mark, Number, Words
from hipwise.knowledge._schema import Cause, Rule
from hipwise.knowledge._spared import BodyRegion, Phase, Spare, Strain, Until, spared

__all__ = [
    "SECTIONS",
    "Barring",
    "BodyRegion",
    "Dose",
    "EmergencyNumber",
    "Equipment",
    "Exercise",
    "Ladder",
    "Mistake",
    "NotFor",
    "Outcome",
    "Painkiller",
    "Phase",
    "Profile",
    "Protocol",
    "Rehab",
    "RunMode",
    "Rung",
    "Spare",
    "Stage",
    "Strain",
    "TodayRule",
    "Until",
    "Verdict",
]

Span = tuple[int, int]
"""From, to."""


class RunMode(StrEnum):
    """How a stage runs: not at all, flat and easy, or with hills and speed coming back."""

    NONE = "none"
    EASY = "easy"
    ALL = "all"


class Verdict(StrEnum):
    """The five answers to "may I run today?"."""

    RUN = "run"
    RUN_LESS = "run_less"
    NOT_TODAY = "not_today"
    SEE_SOMEONE = "see_someone"
    ASK = "ask"


class Cited(Entry):
    """Something that can be asked "says who?"."""

    of: Words
    source: str
    at: Words = ""
    says: Words
    grade: Grade
    mark: Mark


class Dose(Cited):
    """How much: each a span from, to. `hold_s` also holds the time of one bout (walking, cycling, rolling)."""

    sets: Span
    reps: Span
    hold_s: Span | None = None
    rest_s: Span
    per_week: Span

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        spans = (self.sets, self.reps, self.hold_s or (0, 0), self.rest_s, self.per_week)
        if any(low > high for low, high in spans):
            raise ValueError("a span goes from the smaller to the larger number")
        return self


class NotFor(Entry):
    """OF (a protocol or a cause) forbids the exercise UNTIL then."""

    of: str
    until: Until
    why: Words


class Equipment(Entry):
    """A thing that an exercise needs; AT_HOME says that most homes have it."""

    id: str
    name: Words
    at_home: bool


class Barring(Entry):
    """A condition that no cause is (a wound, a fresh strain) and that forbids exercises; PLAIN tells the runner."""

    id: str
    name: Words
    plain: Words


class Mistake(Entry):
    """A common error with what to do instead."""

    wrong: Words
    right: Words


class Exercise(Entry):
    """One exercise: dose, instructions, when to go on, when to stop, and for whom it is not.

    `why` is what it is for in ten words at most. `loads`: puts weight or effort on the hip; `impact`: has a landing in
    it. `progression_of` names the easier exercise, `regression_of` the harder ones; `easier` and `harder` say how to
    change this one. `not_for` names protocols, causes and barring conditions. `presses` and `stretches`: which parts it
    presses on or pulls long (strength through a long range is no stretch).
    """

    id: str
    name: Words
    also: tuple[Words, ...] = ()
    phases: tuple[Phase, ...] = Field(min_length=1)
    targets: tuple[Words, ...] = Field(min_length=1)
    purpose: str = Field(
        pattern="^(stretch|rolling|mobility|warm_up|drill|isometric|strength|core|plyometric|cross_training)$"
    )
    why: Words
    equipment: tuple[str, ...] = ()
    loads: bool
    impact: bool
    presses: tuple[BodyRegion, ...] = ()
    stretches: tuple[BodyRegion, ...] = ()
    side: str = Field(pattern="^(each|both|alternate)$")
    tempo: Words
    dose: Dose
    progression_of: str | None = None
    regression_of: tuple[str, ...] = ()
    progress_when: Words
    stop_when: Words
    not_for: tuple[NotFor, ...]
    steps: tuple[Words, ...] = Field(min_length=2)
    cues: tuple[Words, ...] = Field(min_length=1)
    easier: Words
    harder: Words
    mistakes: tuple[Mistake, ...] = Field(min_length=1)
    sources: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[str, ...]:
        """What goes wrong most often."""
        return tuple(each.wrong for each in self.mistakes)


class Stage(Cited):
    """One stage of a protocol. It is left when LEAVE_WHEN holds on enough checks, LEAST_DAYS after it began.

    Without LEAVE_WHEN nobody but the runner and a clinician can say that it is over. DAYS are the days of exercise a
    week, from and to.
    """

    id: Phase
    days: Span
    least_days: int = Field(ge=0)
    enter: Words
    exercises: tuple[str, ...] = Field(min_length=1)
    run: RunMode
    running: Words
    leave: Words
    leave_when: Rule | None = None

    model_config = Entry.model_config | {"arbitrary_types_allowed": True}


class Protocol(Entry):
    """Rehab for one kind of problem: its stages, what helps, what to avoid, how long, when to show it to someone.

    Where it NEEDS_CLINICIAN it has education and a calm stage only, and REASON says why. COMPRESSION, STRETCH and
    IMPACT say what to keep away from of each; SPARES says the same by part and stage.
    """

    id: str
    name: Words
    profile: str
    needs_clinician: bool
    reason: Words = ""
    evidence: Words
    weeks: Number
    education: tuple[Words, ...] = Field(min_length=1)
    avoid: tuple[Words, ...] = Field(min_length=1)
    compression: Words = Field(min_length=1)
    stretch: Words = Field(min_length=1)
    impact: Words = Field(min_length=1)
    spares: tuple[Spare, ...] = Field(min_length=1)
    refer_when: tuple[Words, ...] = Field(min_length=1)
    stages: tuple[Stage, ...] = Field(min_length=1)
    sources: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        places = [stage.id.place for stage in self.stages]
        if places != sorted(set(places)):
            raise ValueError("stages go calm, load, capacity, return, each once")
        return self

    def keeps_from(
        self, phase: Phase, *, presses: Iterable[BodyRegion], stretches: Iterable[BodyRegion], impact: bool
    ) -> bool:
        """Return whether something that PRESSES, STRETCHES or lands is kept away at a stage."""
        done = {Strain.COMPRESSION: presses, Strain.STRETCH: stretches}
        strained = any((spared(self.spares, phase, kind) or frozenset()) & set(parts) for kind, parts in done.items())
        return strained or (impact and spared(self.spares, phase, Strain.IMPACT) is not None)

    def enter_when(self, phase: Phase) -> Rule | None:
        """Return what must hold before a stage is entered: what ends the one before it (None: start at once)."""
        before = [stage for stage in self.stages if stage.id.place < phase.place]
        return before[-1].leave_when if before else None


class Rung(Entry):
    """One session of the walk-run ladder; PASSES says how often it must pass (PASSES_BONE after a bone injury)."""

    run_s: int = Field(gt=0)
    walk_s: int = Field(ge=0)
    repeats: int = Field(gt=0)
    passes: int = Field(gt=0)
    passes_bone: int = Field(gt=0)


class Ladder(Cited):
    """The way from walking to running half an hour. Stages count from 1; what comes after stands in AFTERWARDS."""

    id: str
    name: Words
    warm_up_s: int
    cool_down_s: int
    run_days_a_week: int
    rest_days_between: int
    rungs: tuple[Rung, ...] = Field(min_length=1)
    afterwards: tuple[Words, ...] = ()
    sources: tuple[str, ...] = ()


class Profile(Entry):
    """How much pain (0 to 10) is allowed: up to LO go on, up to HI hold or cut, above HI stop."""

    id: str
    name: Words
    lo: Number
    hi: Number

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.lo.value > self.hi.value:
            raise ValueError("lo lies above hi")
        return self


class Painkiller(Entry):
    """How long a painkiller hides pain."""

    id: str
    name: Words
    window_h: Number


class Outcome(Entry):
    """What an outcome of the table means: its VERDICT, what it OFFERS at most, and its HEADLINE (a text of `today`)."""

    id: str
    verdict: Verdict
    offers: str = Field(pattern="^(nothing|rest|pain_free_movement|walk|run)$")
    headline: str


class TodayRule(Entry):
    """One row of the decision table: when it hits (in words), its outcomes with their colours, and what to say.

    REASON and CHANGE are text ids; INPUTS are the findings it looks at (also "alarms", "age", "runs"). REFER_IF: where
    the rule hits a runner who came back after a bone injury, this sends them to a clinician at once. FINAL: no reason
    of the runner's own overrides it.
    """

    model_config = Entry.model_config | {"arbitrary_types_allowed": True}

    id: str
    order: int
    when: Words
    refer_if: Rule | None = None
    final: bool = False
    outcomes: dict[str, str] = Field(min_length=1)
    reason: str
    change: str
    next_check: str = Field(pattern="^(now|after_visit|day|next_morning|after_window|after_run)$")
    inputs: tuple[str, ...]
    sources: tuple[str, ...] = Field(min_length=1)
    grade: Grade
    mark: Mark


class EmergencyNumber(Entry):
    """The number that reaches an ambulance in a country."""

    country: str
    number: str
    source: str
    mark: Mark


NOT_SURE, FIRST_A_CLINICIAN = "nonspecific", "clinician_first"
"""The protocols for what is not clear, and for what nobody has looked at yet."""

SECTIONS: tuple[tuple[str, str, type[BaseModel], bool], ...] = (
    ("equipment", "exercises/equipment.yaml", Equipment, False),
    ("barring", "exercises/conditions.yaml", Barring, False),
    ("exercises", "exercises/*.yaml", Exercise, True),
    ("figures", "figures/*.yaml", Figure, False),
    ("protocols", "protocols/*.yaml", Protocol, True),
    ("ladders", "running/ladder.yaml", Ladder, True),
    ("profiles", "running/profiles.yaml", Profile, False),
    ("painkillers", "running/painkillers.yaml", Painkiller, False),
    ("outcomes", "running/outcomes.yaml", Outcome, False),
    ("today", "running/today.yaml", TodayRule, False),
    ("emergency_numbers", "alarms/emergency_numbers.yaml", EmergencyNumber, False),
)
"""(section, glob, model, one entry a file)"""


@dataclass(frozen=True, slots=True)
class Rehab:
    """All that plans are made of, by id (emergency numbers by ISO 3166 country)."""

    equipment: Mapping[str, Equipment]
    barring: Mapping[str, Barring]
    exercises: Mapping[str, Exercise]
    figures: Mapping[str, Figure]
    protocols: Mapping[str, Protocol]
    ladders: Mapping[str, Ladder]
    profiles: Mapping[str, Profile]
    painkillers: Mapping[str, Painkiller]
    outcomes: Mapping[str, Outcome]
    today: tuple[TodayRule, ...]
    emergency_numbers: Mapping[str, EmergencyNumber]

    @property
    def ladder(self) -> Ladder:
        """The walk-run ladder."""
        return self.ladders["ladder"]

    def protocol_of(self, cause: Cause, *, seen: bool = False) -> Protocol:
        """Return what is known to help with a CAUSE: its own protocol, or that of what a clinician must see first.

        Once a clinician has SEEN the hip, a cause without self-care may be trained as well, unless it is of bone.
        """
        if cause.self_care:
            return self.protocols[cause.protocol or NOT_SURE]
        after = cause.after_visit or (None if cause.profile == "bone" else NOT_SURE)
        return self.protocols[cause.protocol or (after if seen else None) or FIRST_A_CLINICIAN]

    @classmethod
    def of(cls, entries: dict[str, dict[str, Any]]) -> Rehab:
        """Return rehab knowledge from the entries of a folder."""
        return cls(
            equipment=entries["equipment"],
            barring=entries["barring"],
            exercises=entries["exercises"],
            figures=entries["figures"],
            protocols=entries["protocols"],
            ladders=entries["ladders"],
            profiles=entries["profiles"],
            painkillers=entries["painkillers"],
            outcomes=entries["outcomes"],
            today=tuple(sorted(entries["today"].values(), key=lambda rule: rule.order)),
            emergency_numbers=entries["emergency_numbers"],
        )
