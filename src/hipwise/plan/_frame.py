"""What the days of a plan must keep: the wishes, the rules of the stage, and what came before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from hipwise.knowledge import Knowledge, Phase
from hipwise.plan._types import Run, RunningNow
from hipwise.plan._wishes import WEEKDAYS, Wishes

__all__ = ["DAY", "DAYS", "KINDS", "Frame", "Offer", "Placed", "Placement", "frame_of"]

DAYS = 7
KINDS = ("run", "strength", "cross")
"""What can stand on a day; a day with none of them is for rest."""

DAY = timedelta(1)

Placed = dict[str, frozenset[int]]
"""By kind, the places (days after the first) on which it stands."""

Placement = Mapping[str, frozenset[date]]
"""By kind, the days on which it stood or was done."""

MAY_RUN = frozenset({"ladder", "free"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """LENGTH days from the day ON. What may stand in them (RUNS, EXERCISES, CROSS), and how often a week at most.

    HEAVY: the exercises of the stage are hard on the hip. APART: a run lies at least so many days after the last one.
    PAST says what was done on which places before (below 0), GONE which days before were hard on the hip. SESSION_MIN
    is how long a run takes, None where it is free. FIRST: nothing of the plan lies before these days.
    """

    on: date
    length: int
    wishes: Wishes
    runs: bool
    exercises: bool
    cross: bool
    heavy: bool
    apart: int
    run_days: int
    strength_days: int
    strength_least: int
    race_rest_d: int
    past: Placed = field(hash=False)
    gone: frozenset[date]
    last_run: date | None
    session_min: float | None
    first: bool = True
    kinds: tuple[str, ...] = ()

    def part(self, week: range, placed: Placed) -> Frame:
        """Return the frame of one WEEK, with what was PLACED in the weeks before it lying behind."""
        hard = placed["run"] | (placed["strength"] if self.heavy else frozenset())
        runs = [self.day(at) for at in sorted(placed["run"])]
        past = {kind: frozenset(at - week[0] for at in self.past[kind] | placed[kind]) for kind in KINDS}
        return replace(
            self,
            on=self.day(week[0]),
            length=len(week),
            past=past,
            gone=self.gone | {self.day(at) for at in hard},
            last_run=runs[-1] if runs else self.last_run,
            first=self.first and week[0] == 0,
        )

    def without_least(self) -> Frame:
        """Return the frame with no least number of anything, so that rest alone keeps it."""
        wishes = replace(self.wishes, runs_a_week=None, strength_a_week=None)
        return replace(self, wishes=wishes, strength_least=0)

    def stood(self, place: int, kinds: tuple[str, ...]) -> bool:
        """Return whether one of KINDS (none of ours: any) stood on a place before these days."""
        return any(place in self.past[kind] for kind in KINDS if kind in kinds or kinds[0] not in KINDS)

    def day(self, place: int) -> date:
        """Return the day at a PLACE."""
        return self.on + timedelta(place)

    def weekday(self, place: int) -> str:
        """Return the name of the weekday at a PLACE."""
        return WEEKDAYS[self.day(place).weekday()]

    @property
    def race_at(self) -> int | None:
        """The place of the race, None where it is not within these days."""
        if self.wishes.race_on is None:
            return None
        place = (self.wishes.race_on - self.on).days
        return place if 0 <= place < self.length else None

    @property
    def before_race(self) -> tuple[int, ...]:
        """The places that are kept light: the race day and those just before it, also of a race after these days."""
        race = self.wishes.race_on
        if race is None:
            return ()
        return tuple(at for at in range(self.length) if 0 <= (race - self.day(at)).days <= self.race_rest_d)

    @property
    def begins_tired(self) -> bool:
        """Whether days just before these were hard on the hip, so that the first week may hold less."""
        return self.first and any(self.on - day < timedelta(self.apart) for day in self.gone)

    def weeks(self) -> Iterator[range]:
        """Yield the weeks from the day ON; the last one may be shorter."""
        yield from (range(first, min(first + DAYS, self.length)) for first in range(0, self.length, DAYS))

    def sevens(self) -> Iterator[range]:
        """Yield every stretch of seven days that reaches into these days; places below 0 lie before them."""
        yield from (range(first, first + DAYS) for first in range(1 - DAYS, self.length))


@dataclass(frozen=True, slots=True)
class Offer:
    """What a plan offers: how to RUN, at which PHASE, whether there are EXERCISES and other training (CROSS).

    MOST_DAYS: on how many days a week the exercises of the stage stand at most. KINDS: which other training.
    """

    run: Run
    phase: Phase
    exercises: bool
    cross: bool
    most_days: int = DAYS
    kinds: tuple[str, ...] = ()


def frame_of(
    offer: Offer,
    wishes: Wishes,
    running: RunningNow,
    knowledge: Knowledge,
    on: date,
    *,
    length: int | None = None,
    done: Placement | None = None,
) -> Frame:
    """Return the frame of a plan of LENGTH days; DONE says on which days before what was done."""
    ladder = knowledge.rehab.ladder
    last = running.run_days[-1] if running.run_days else None
    run, phase = offer.run, offer.phase
    runs = run.mode in MAY_RUN
    past = {kind: frozenset((day - on).days for day in (done or {}).get(kind, ()) if day < on) for kind in KINDS}
    strong = (done or {}).get("strength", frozenset()) if phase is not Phase.CALM else frozenset()
    return Frame(
        on=on,
        length=length or DAYS * max(1, wishes.weeks),
        wishes=wishes,
        runs=runs,
        exercises=offer.exercises,
        cross=offer.cross and not runs,
        heavy=phase is not Phase.CALM,
        apart=ladder.rest_days_between + 1,
        run_days=ladder.run_days_a_week,
        strength_days=min(offer.most_days, int(knowledge.number(f"progression.strength_days_{phase.value}").value)),
        strength_least=int(knowledge.number("week.strength_days_least").value),
        race_rest_d=int(knowledge.number("week.race_rest_d").value),
        past=past,
        gone=frozenset(strong) | ({last} if last is not None else set()),
        last_run=last,
        session_min=None if run.session is None else run.session.total_min,
        kinds=offer.kinds,
    )
