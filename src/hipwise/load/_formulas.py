"""The formulas of load. Each stands once, for columns of days; the door hands on its form for one value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import polars as pl

from hipwise.load._constants import LoadConstants

__all__ = [
    "EDGE",
    "NO_REFERENCE",
    "SPIKE_STATES",
    "Codes",
    "Column",
    "Mask",
    "acwr_coupled",
    "acwr_ewma",
    "acwr_uncoupled",
    "changes_pct",
    "coupled",
    "ewma",
    "ewma_ratio",
    "fitness_fatigue",
    "lagged",
    "monotonies",
    "monotony",
    "session_rpe",
    "spike_codes",
    "spike_state",
    "strain",
    "trailing",
    "trimps",
    "uncoupled",
    "week_change",
]

Column: TypeAlias = np.ndarray[tuple[int], np.dtype[np.float64]]
Mask: TypeAlias = np.ndarray[tuple[int], np.dtype[np.bool_]]
Codes: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]
Days: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.float64]]

EDGE = 1e-9
"""11 / 10 - 1 is a little more than 0.1 in a computer; so much above a band still lies within it."""

SECONDS_PER_MINUTE = 60

SPIKE_STATES = ("none", "small", "moderate", "large")
"""States of a run against the longest of the days before, least first."""

NO_REFERENCE = "no_reference"
"""The state of a run before which no run is known in the window."""


def spike_state(run_m: float, longest_m: float | None, constants: LoadConstants) -> str:
    """Return the state of a run of RUN_M metres after a longest run of LONGEST_M (None or 0: no run in the window).

    Source: Frandsen 2025, bands of exposure 1.
    """
    if not longest_m:
        return NO_REFERENCE
    return SPIKE_STATES[spike_codes(np.array([run_m / longest_m - 1]), constants)[0]]


def spike_codes(excess: Column, constants: LoadConstants) -> Codes:
    """Return places in SPIKE_STATES for shares by which runs exceed the longest run (NaN is none of them: too high)."""
    above = np.array([constants.spike_small_above, constants.spike_moderate_above, constants.spike_large_above])
    return np.searchsorted(above + EDGE, excess, side="left")


def week_change(before: float, now: float) -> float | None:
    """Return the change in per cent from the week BEFORE to NOW; None where the week before was empty."""
    return _number(changes_pct(np.array([before], float), np.array([now], float)))


def changes_pct(before: Column, now: Column) -> Column:
    """Return changes in per cent, NaN after an empty week."""
    return 100 * (now - before) / np.where(before > 0, before, np.nan)


def acwr_coupled(loads: Sequence[float], constants: LoadConstants) -> float | None:
    """Return acute:chronic load on the last day of LOADS (one a day, rest days 0), the acute days being chronic too.

    None with fewer days than the chronic window, or without any chronic load.
    """
    return _number(coupled(np.asarray(loads, float), constants))


def acwr_uncoupled(loads: Sequence[float], constants: LoadConstants) -> float | None:
    """Return acute load against that of the chronic days before them; see `acwr_coupled`."""
    return _number(uncoupled(np.asarray(loads, float), constants))


def acwr_ewma(loads: Sequence[float], constants: LoadConstants) -> float | None:
    """Return the ratio of the two exponentially weighted means (Williams 2017); see `acwr_coupled`."""
    return _number(ewma_ratio(np.asarray(loads, float), constants))


def coupled(loads: Column, constants: LoadConstants) -> Column:
    """Return the coupled ratio on each day."""
    return _mean(trailing(loads, constants.acute_d)) / _positive(_mean(trailing(loads, constants.chronic_d)))


def uncoupled(loads: Column, constants: LoadConstants) -> Column:
    """Return the uncoupled ratio on each day."""
    before = trailing(loads, constants.chronic_d)[:, : int(constants.chronic_d - constants.acute_d)]
    return _mean(trailing(loads, constants.acute_d)) / _positive(_mean(before))


def ewma_ratio(loads: Column, constants: LoadConstants) -> Column:
    """Return the ratio of the weighted means on each day from the end of the first chronic window on."""
    ratio = ewma(loads, constants.acute_d) / _positive(ewma(loads, constants.chronic_d))
    return np.where(np.arange(len(loads)) < constants.chronic_d - 1, np.nan, ratio)


def ewma(loads: Column, days: float) -> Column:
    """Return the exponentially weighted mean on each day, weight 2 / (DAYS + 1), beginning with the first load."""
    return pl.Series(loads, dtype=pl.Float64).ewm_mean(alpha=2 / (days + 1), adjust=False).to_numpy()


def monotony(week: Sequence[float]) -> float | None:
    """Return the mean daily load of a WEEK over its population SD (rest days 0); None where all days are alike."""
    return _number(monotonies(np.asarray([week], float)))


def strain(week: Sequence[float]) -> float | None:
    """Return the load of a WEEK times its monotony; None where all days are alike."""
    even = monotony(week)
    return None if even is None else sum(week) * even


def monotonies(weeks: Days) -> Column:
    """Return the monotony of each row of daily loads, NaN where all days are alike."""
    alike = weeks.max(axis=1) == weeks.min(axis=1)
    return _mean(weeks) / _positive(np.where(alike, 0.0, weeks.std(axis=1)))


def fitness_fatigue(loads: Sequence[float], constants: LoadConstants) -> tuple[float, float, float]:
    """Return fitness, fatigue and form (the first less the second) at the end of the last day of LOADS, from 0 on.

    Each is a weighted mean in the unit of the loads, with the exact step 1 - exp(-1 / days). Source: GoldenCheetah.
    """
    values = np.asarray(loads, float)
    fitness, fatigue = (
        float(lagged(values, days)[-1]) if len(values) else 0.0 for days in (constants.fitness_d, constants.fatigue_d)
    )
    return fitness, fatigue, fitness - fatigue


def lagged(loads: Column, days: float) -> Column:
    """Return on each day the mean that follows LOADS with a time constant of DAYS, beginning from 0."""
    begun = pl.Series(np.concatenate([[0.0], loads]))
    return begun.ewm_mean(alpha=float(-np.expm1(-1 / days)), adjust=False).to_numpy()[1:]


def session_rpe(effort: Column, timer_s: Column) -> Column:
    """Return minutes times perceived effort (0 to 10). Source: Foster 1998."""
    return effort * timer_s / SECONDS_PER_MINUTE


def trimps(
    minutes: Column, bpm: Column, rest_bpm: float, most_bpm: float, sex: str, constants: LoadConstants
) -> Column:
    """Return Banister's training impulse of each run; see `trimp`."""
    exponent = constants.trimp_male if sex == "male" else constants.trimp_female
    share = np.clip((bpm - rest_bpm) / (most_bpm - rest_bpm), 0.0, 1.0)
    return minutes * share * constants.trimp_factor * np.exp(exponent * share)


def trailing(values: Column, days: float) -> Days:
    """Return for each day a row of its own and the days before, DAYS in all; NaN before the first day."""
    width = int(days)
    if not len(values):
        return np.empty((0, width))
    padded = np.concatenate([np.full(width - 1, np.nan), values])
    return np.lib.stride_tricks.sliding_window_view(padded, width)


def _mean(rows: Days) -> Column:
    means: Column = rows.mean(axis=1)
    return means


def _positive(values: Column) -> Column:
    return np.where(values > 0, values, np.nan)


def _number(values: Column) -> float | None:
    """Return the last of VALUES, None where it is not known."""
    return float(values[-1]) if len(values) and np.isfinite(values[-1]) else None
