"""What the runner can and wants to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["WEEKDAYS", "Wishes"]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

USUAL_MINUTES_A_DAY = 15
"""What a runner who names no wish is taken to have time for: longer lists are not done."""

USUAL_DAYS_A_WEEK = 5
"""On how many days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the runner can and wants to do; None and () where nothing was wished.

    MINUTES_A_DAY are for the exercises, RUN_MINUTES the longest time for a run with its walking. ON_DAYS are the days
    of the week that are free ("mon" to "sun"; all of them where none is named), REST_DAY one on which nothing is to
    stand. RUNS_A_WEEK and STRENGTH_A_WEEK are at least wanted. EQUIPMENT: ids of the knowledge base, without what most
    homes have. WEEKS is how far ahead the days are laid out.
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
