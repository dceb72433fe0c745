"""What each run of the days ahead would be, if all stays calm: the next steps of the ladder, or kilometres."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, repeat

from hipwise.knowledge import Knowledge
from hipwise.plan._ladder import session
from hipwise.plan._types import RunningNow

__all__ = ["Outlook", "Step", "steps", "weeks_of_km"]

PARTS_OF_A_KM = 10.0
"""Kilometres are told to the hundred metres."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where running stands: the STAGE of the ladder and its PASSES (above the last rung: free), for a BONE or not.

    RUNNING is the log, RACE_KM how far the race is that the longest run grows towards; None: it does not grow.
    """

    stage: int
    passes: int
    bone: bool
    running: RunningNow
    race_km: float | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One run ahead: its STAGE of the ladder (None: free), MINUTES with the walking, or KM; None is not known."""

    stage: int | None
    minutes: float | None
    km: float | None


def steps(outlook: Outlook, runs_a_week: list[int], knowledge: Knowledge) -> Iterator[Step]:
    """Yield the runs of weeks that hold RUNS_A_WEEK runs, in their order."""
    rungs = len(knowledge.rehab.ladder.rungs)
    if outlook.stage <= rungs:
        yield from islice(_climbing(outlook, knowledge), sum(runs_a_week))
        return
    for runs in weeks_of_km(outlook, runs_a_week, knowledge):
        yield from (Step(None, None, km) for km in runs)


def _climbing(outlook: Outlook, knowledge: Knowledge) -> Iterator[Step]:
    """Yield the ladder from where it stands; above its last rung that one goes on, without growing."""
    stage, passes, minutes = outlook.stage, outlook.passes, 0.0
    while (at := session(stage, knowledge, bone=outlook.bone)) is not None:
        minutes = at.total_min
        yield from [Step(stage, minutes, None)] * (at.passes - passes)
        stage, passes = stage + 1, 0
    yield from repeat(Step(None, minutes, None))


def weeks_of_km(outlook: Outlook, runs_a_week: list[int], knowledge: Knowledge) -> Iterator[list[float | None]]:
    """Yield the kilometres of each week's runs, the longest last.

    The longest grows towards a race, and with a pain towards what it was before, by no more than the ceiling allows,
    and a week by no more than `week.weekly_change_most`; every few weeks are lighter (`week.lighter_every`). Without
    either nothing grows.
    """
    growth = 1 + knowledge.number("load.spike_small_above").value
    change = 1 + knowledge.number("week.weekly_change_most").value
    every, light = knowledge.number("week.lighter_every").value, knowledge.number("week.lighter_share").value
    easy, longest = _now(outlook.running, growth)
    towards = max((outlook.running.ceiling_km or 0) / growth, outlook.race_km or 0)
    before: float | None = None
    for number, runs in enumerate(runs_a_week, 1):
        if easy is None or longest is None or not runs:
            yield [None] * runs
            continue
        lighter = number % every == 0
        grown = max(longest, _floor(min(longest * growth, towards)))  # what is planned, not what was rounded down to it
        if not lighter and before is not None and easy * (runs - 1) + grown <= before * change:
            longest = grown
        share = light if lighter else 1
        week = [_floor(easy * share)] * (runs - 1) + [_floor(longest * share)]
        before = easy * (runs - 1) + longest
        yield list(week)


def _now(running: RunningNow, growth: float) -> tuple[float | None, float | None]:
    """Return how long an easy run and the longest run are at present: with a pain, no longer than any since it began.

    Never longer than the ceiling of the log.
    """
    if running.ceiling_km is None:
        return None, None
    longest = min(running.ceiling_km / growth, running.sore_km or running.ceiling_km)
    return min(longest, running.last_run_km or longest), longest


def _floor(km: float) -> float:
    return int(km * PARTS_OF_A_KM + 1e-6) / PARTS_OF_A_KM
