"""What planning takes and gives: wishes and running in, a plan, a referral or a verdict out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from pydantic import TypeAdapter

from hipwise.knowledge import LevelName
from hipwise.load import Doubted
from hipwise.plan._tips import Part, Tip
from hipwise.plan._wishes import Wishes

__all__ = [
    "Bound",
    "Day",
    "Flip",
    "Input",
    "Limits",
    "NextCheck",
    "Plan",
    "Possible",
    "Prescribed",
    "Referral",
    "Run",
    "RunningNow",
    "Session",
    "Short",
    "StageNow",
    "Today",
    "Weeks",
    "plain",
    "recall",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningNow:
    """How the runner runs at present; None where the log does not say. RUN_DAYS are all days with a run, oldest first.

    CEILING_KM is how far the next run may go at most (10 % above the longest outing of the 30 days before). Where the
    log is not sure, it and the last run are the least that they can be; DOUBTED says why the ceiling is low. SORE_KM is
    the longest run of those 30 days since the pain began; the last one where there is none since.
    """

    longest_30d_km: float | None = None
    ceiling_km: float | None = None
    last_run_km: float | None = None
    last_run_min: float | None = None
    sore_km: float | None = None
    doubted: Doubted | None = None
    run_days: tuple[date, ...] = ()
    run_days_in_row: int = 0


@dataclass(frozen=True, slots=True)
class Bound:
    """A number that was used, and who says so."""

    value: float
    unit: str
    source: str
    grade: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How much pain (0 to 10) is allowed: up to LO go on, up to HI hold or cut, above HI stop.

    Of several possible problems the most careful limits hold; PROFILES names them. BONE: any pain is too much.
    """

    profiles: tuple[str, ...]
    lo: int
    hi: int
    bone: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Possible:
    """A cause that shapes the plan, with its probability and interval."""

    id: str
    name: str
    probability: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescribed:
    """One exercise at its dose, with all that is needed to do it safely; SWAPS name others for the same target.

    SIDE is each (one after the other), both at once, or alternate (in turn).
    """

    id: str
    name: str
    purpose: str
    targets: tuple[str, ...]
    equipment: tuple[str, ...]
    impact: bool
    sets: tuple[int, int]
    reps: tuple[int, int]
    hold_s: tuple[int, int] | None
    rest_s: tuple[int, int]
    per_week: tuple[int, int]
    tempo: str
    dose: str
    steps: tuple[str, ...]
    cues: tuple[str, ...]
    errors: tuple[str, ...]
    progress_when: str
    stop_when: str
    easier: str | None
    harder: tuple[str, ...]
    sources: tuple[str, ...]
    grade: str
    swaps: tuple[str, ...] = ()
    side: str = "both"


@dataclass(frozen=True, slots=True)
class Short:
    """One exercise of the version for a day without time: ID, so many SETS of its usual dose, the same in words."""

    id: str
    name: str
    sets: int
    says: str


@dataclass(frozen=True, slots=True)
class StageNow:
    """The stage of rehab: NUMBER of COUNT, how it is entered and left, and how long it takes at least.

    DAYS: on how many days a week its exercises stand, from and to.
    """

    id: str
    number: int
    count: int
    enter: str
    leave: str
    least_days: int
    says: str
    source: str
    grade: str
    days: tuple[int, int] = (1, 7)


@dataclass(frozen=True, slots=True)
class Session:
    """One session of the walk-run ladder, with five minutes of walking before and after."""

    stage: int
    run_s: int
    walk_s: int
    repeats: int
    run_min: float
    total_min: float
    passes: int
    says: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How running goes on: MODE none, ask, gate (walk first), ladder or free; STAGE 1 to 10, 11 is free running.

    PASSES counts the calm runs at this stage so far; BONE: the runner comes back from a bone injury.
    """

    mode: str
    stage: int | None
    session: Session | None
    says: tuple[str, ...]
    asks: tuple[str, ...]
    sources: tuple[str, ...]
    passes: int = 0
    bone: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """One day: whether to run, to do the exercises, to train in another way (CROSS), and the same in words.

    STAGE, MINUTES (walking included) and KM are what the run would be if each run before it stays calm; None is not
    known. RACE: the day of the race, on which the plan itself holds nothing.
    """

    on: date
    run: bool
    strength: bool
    says: str
    cross: bool = False
    stage: int | None = None
    minutes: float | None = None
    km: float | None = None
    race: bool = False


@dataclass(frozen=True, slots=True)
class Weeks:
    """How long it may take, as a range; SAYS what the source says."""

    low: float
    high: float
    says: str
    source: str
    grade: str


class _Plain:
    """Gives itself as plain data."""

    __slots__ = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the same as plain data, ready for JSON."""
        found: dict[str, Any] = plain(self)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral(_Plain):
    """Who should be seen, how fast, what to do until then, and what to say there.

    There is no exercise and no run in it. BECAUSE are the reasons in words, CODES the ids of the alarms or causes
    behind it, NUMBER the emergency number where the country is known.
    """

    kind: Literal["referral"] = "referral"
    on: date | None = None
    level: LevelName
    bone_stress: bool
    too_young: bool
    what: str
    how_fast: str
    until_then: tuple[str, ...]
    say_there: str
    because: tuple[str, ...]
    codes: tuple[str, ...]
    number: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(_Plain):
    """Rehab and running for now: one stage, two to four exercises, how to run, one week, and when to look again.

    DAYS are all days that are laid out, WEEK the first seven of them; SHORT is what to do on a day without time; CROSS
    says that other training may take the place of a run, CROSS_KINDS which. WISHES are those it was made for, NOTES
    what they cost. ADVICE is little at a time and changes from week to week; ANATOMY are the parts that the likely
    problems are of.

    MISSING names questions that must be answered before anything is offered; while it is not empty there is no exercise
    and no run in the plan.
    """

    kind: Literal["plan"] = "plan"
    on: date
    level: str
    causes: tuple[Possible, ...]
    protocols: tuple[str, ...]
    headline: str
    how_sure: tuple[str, ...]
    missing: tuple[str, ...]
    limits: Limits
    stage: StageNow
    exercises: tuple[Prescribed, ...]
    run: Run
    week: tuple[Day, ...]
    education: tuple[str, ...]
    avoid: tuple[str, ...]
    weeks: Weeks
    race: str | None
    check_on: date
    separates: tuple[str, ...]
    refer_when: tuple[str, ...]
    sources: tuple[str, ...]
    days: tuple[Day, ...] = ()
    short: tuple[Short, ...] = ()
    cross: bool = False
    wishes: Wishes | None = None
    cross_kinds: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    advice: tuple[Tip, ...] = ()
    anatomy: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Input:
    """What a rule looked at: a finding (or "alarms", "age", "runs"), what stood there, and since when."""

    name: str
    value: str
    on: date | None


@dataclass(frozen=True, slots=True)
class NextCheck:
    """When to look again: KIND as in the decision table, the day where it is known, and the same in words."""

    kind: str
    on: date | None
    says: str


@dataclass(frozen=True, slots=True)
class Flip:
    """A smallest change that alters a verdict: were each finding of TELL in that state, it would be VERDICT by RULE.

    "planned_km" in TELL is the run in mind, not a finding.
    """

    tell: tuple[tuple[str, str], ...]
    verdict: str
    rule: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Today(_Plain):
    """What to do today: one of five verdicts, by which rule, why, how far at most, when to stop, what would change it.

    VERDICT: run, run_less, not_today, see_someone or ask. OUTCOME is the code of the decision table, RULE its row.
    CEILING_KM and CEILING_MIN are None where no run is offered or the log says too little; CEILING_SAYS tells which.
    FLIPS are the smallest changes that would alter it (see `would_change`); OVERRIDE is the runner's reason to run all
    the same.
    """

    kind: Literal["today"] = "today"
    on: date
    rule: str
    outcome: str
    verdict: str
    colour: str
    headline: str
    reason: str
    inputs: tuple[Input, ...]
    limits: Limits
    ceiling_km: float | None
    ceiling_min: float | None
    ceiling_says: str
    walk_min: float | None
    session: Session | None
    stop_rules: tuple[str, ...]
    notes: tuple[str, ...]
    next_check: NextCheck
    would_change: tuple[str, ...]
    asks: tuple[str, ...]
    referral: Referral | None
    bounds: tuple[Bound, ...]
    sources: tuple[str, ...]
    flips: tuple[Flip, ...] = ()
    override: str | None = None


def recall(data: Mapping[str, Any]) -> Plan | Referral:
    """Return the plan or referral that `as_dict` gave.

    Raises:
        pydantic.ValidationError: the data are of another shape (an older version of hipwise wrote them).
    """
    return _adapter().validate_python(data)


@cache
def _adapter() -> TypeAdapter[Plan | Referral]:
    return TypeAdapter(Plan | Referral)


def plain(value: Any) -> Any:
    """Return dataclasses, tuples and days as plain data, ready for JSON."""
    if value is None or isinstance(value, str | int | float):
        return value
    names = _names(value.__class__)
    if names is not None:
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


@cache
def _names(kind: type) -> tuple[str, ...] | None:
    """Return the names of a dataclass's fields, which are asked for with every plan; None for any other kind."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else None
