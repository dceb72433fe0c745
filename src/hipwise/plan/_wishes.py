"""What the runner can and wants to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

__all__ = ["BOUNDS", "WEEKDAYS", "Wishes", "out_of_bounds", "wished"]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

USUAL_MINUTES_A_DAY = 15
"""What a runner who names no wish is taken to have time for: longer lists are not done."""

USUAL_DAYS_A_WEEK = 5
"""On how many days."""


BOUNDS: Mapping[str, tuple[int, int]] = {
    "minutes_a_day": (5, 180),
    "days_a_week": (1, 7),
    "race_km": (1, 500),
    "run_minutes": (5, 600),
    "runs_a_week": (1, 7),
    "strength_a_week": (1, 7),
    "weeks": (1, 26),
}
"""From where to where a wish may go, through whichever door it comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the runner can and wants to do; None and () where nothing was wished.

    MINUTES_A_DAY are for the exercises (five give the five-minute version), RUN_MINUTES the longest time for a run with
    its walking. ON_DAYS are the days of the week that are free ("mon" to "sun"; all of them where none is named),
    REST_DAY one on which nothing is to stand. RUNS_A_WEEK and STRENGTH_A_WEEK are at least wanted. EQUIPMENT: ids of
    the knowledge base, without what most homes have. CROSS_TRAINING: other training (cycling, swimming, brisk walking)
    is possible. WEEKS is how far ahead the days are laid out.
    """

    minutes_a_day: int = USUAL_MINUTES_A_DAY
    days_a_week: int = USUAL_DAYS_A_WEEK
    equipment: tuple[str, ...] = ()
    race_on: date | None = None
    race_km: float | None = None
    on_days: tuple[str, ...] = ()
    rest_day: str | None = None
    run_minutes: int | None = None
    runs_a_week: int | None = None
    strength_a_week: int | None = None
    weeks: int = 1
    cross_training: bool = True


def wished(before: Wishes, said: Mapping[str, Any]) -> Wishes:
    """Return the wishes BEFORE with what is SAID now, by name; None takes a wish back to what is usual.

    Days that are named are as many as the runner wants, unless a number is said beside them.
    """
    usual = Wishes()
    given = {name: getattr(usual, name) if value is None else value for name, value in said.items()}
    if given.get("on_days") and "days_a_week" not in given:
        given["days_a_week"] = len(given["on_days"])
    return replace(before, **given)


def out_of_bounds(wishes: Wishes) -> str | None:
    """Return the name of a wish that nobody can have; None: all can be."""
    for name, (low, high) in BOUNDS.items():
        value = getattr(wishes, name)
        if value is not None and not low <= value <= high:
            return name
    if not set(wishes.on_days) <= set(WEEKDAYS):
        return "on_days"
    return None if wishes.rest_day in {None, *WEEKDAYS} else "rest_day"
