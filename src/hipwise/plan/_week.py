"""One week: runs never on two days in a row, hard exercises on the days with a run, easy days easy."""

from __future__ import annotations

from datetime import date, timedelta

from hipwise.knowledge import Knowledge, Phase
from hipwise.plan._types import Day, RunningNow, Wishes
from hipwise.texts import say

__all__ = ["week"]

DAYS = 7

SPREAD = (0, 2, 4, 6, 1, 3, 5)
"""In which order the days of a week are filled, so that few days lie well apart."""


def week(
    wishes: Wishes, running: RunningNow, phase: Phase, knowledge: Knowledge, on: date, *, runs: bool, exercises: bool
) -> tuple[Day, ...]:
    """Return the seven days from the day ON: with RUNS every other day, with EXERCISES as often as the stage asks."""
    days_a_week = max(0, min(DAYS, wishes.days_a_week))
    run_on = _run_days(days_a_week, running, knowledge, on) if runs else []
    strong_on = _strength_days(days_a_week, run_on, phase, knowledge) if exercises else []
    return tuple(_day(on + timedelta(place), run=place in run_on, strength=place in strong_on) for place in range(DAYS))


def _run_days(days_a_week: int, running: RunningNow, knowledge: Knowledge, on: date) -> list[int]:
    """Return the places of the runs: a rest day after the last run, and between any two."""
    ladder = knowledge.rehab.ladder
    apart = ladder.rest_days_between + 1
    last = running.run_days[-1] if running.run_days else date.min
    first = max(0, apart - (on - last).days)
    return list(range(first, DAYS, apart))[: min(ladder.run_days_a_week, days_a_week)]


def _strength_days(days_a_week: int, run_on: list[int], phase: Phase, knowledge: Knowledge) -> list[int]:
    """Return the places of the exercises: first the days with a run, then days in between, well spread."""
    wanted = int(knowledge.number(f"progression.strength_days_{phase.value}").value)
    spread = [*run_on, *(place for place in SPREAD if place not in run_on)]
    if wanted < DAYS and run_on:
        spread = [place for place in spread if place in run_on or all(abs(place - each) > 1 for each in run_on)]
    return sorted(spread[: min(wanted, days_a_week)])


def _day(on: date, *, run: bool, strength: bool) -> Day:
    kinds = {(True, True): "both", (True, False): "run", (False, True): "strength", (False, False): "rest"}
    return Day(on, run, strength, say(f"plan.day_{kinds[run, strength]}"))
