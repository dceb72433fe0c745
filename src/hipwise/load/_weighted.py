"""Between which ends the weighted means lie: they never forget a day, not even one that nobody knows of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from hipwise.load._formulas import Column, ewma, lagged, trailing

if TYPE_CHECKING:
    from hipwise.load._calendar import Calendar
    from hipwise.load._constants import LoadConstants

__all__ = ["fitness_ends", "most_of_unknown_m", "ratio_ends"]


def most_of_unknown_m(calendar: Calendar, constants: LoadConstants) -> Column:
    """Return for each day from the first run to the last what would be the most for it if nobody knew of it.

    That is a day of the fullest seven days that are known within `fitness_d` days of it, spread evenly (a judgement,
    `load.unknown_day_most`). A single long run may lie above it; a row of such days will not.
    """
    weeks = np.nansum(trailing(calendar.loads_m, constants.week_d), axis=1)
    fullest = pl.Series(weeks).rolling_max(2 * int(constants.fitness_d) + 1, min_samples=1, center=True).to_numpy()
    return fullest / constants.week_d * constants.unknown_day_most


def _days(calendar: Calendar, off: Column, constants: LoadConstants) -> tuple[Column, Column]:
    """Return the least and the most metres of each day from the first run to the last, if they are OFF by that share.

    What is not known of a day (all of it, one of its runs, what a week of the worst grade says) adds between nothing
    and the most that it can be.
    """
    inside = slice(calendar.begins, calendar.ends + 1)
    loads, share = calendar.loads_m, np.minimum(off[inside], 1.0)
    open_days = calendar.doubt.blank[inside] | (calendar.without_distance[inside] > 0) | (off[inside] >= 1)
    more = np.where(open_days, most_of_unknown_m(calendar, constants), 0.0)
    return loads * (1 - share), loads * (1 + share) + more


def ratio_ends(calendar: Calendar, constants: LoadConstants) -> tuple[Column, Column]:
    """Return the least and the largest ratio of the weighted means that any loads between the ends of the days give.

    The younger a day, the more it weighs in the acute mean against the chronic one. So the ratio is largest where all
    days up to some age are at their most and all older ones at their least, and least the other way round; every age
    within the chronic window is tried, and all days alike.
    """
    low, high = _days(calendar, calendar.doubt.shaky, constants)
    ages = np.arange(int(constants.chronic_d) - 1)
    young = np.nan_to_num(trailing(high - low, len(ages))[:, ::-1])

    def tried(base: Column, other: Column, sign: int) -> Column:
        means = []
        for days in (constants.acute_d, constants.chronic_d):
            alpha = 2 / (days + 1)
            moved = np.cumsum(young * alpha * (1 - alpha) ** ages, axis=1)
            whole = ewma(base, days)
            means.append(np.column_stack([whole, whole[:, None] + sign * moved, ewma(other, days)]))
        return means[0] / np.where(means[1] > 0, means[1], np.nan)

    least, most = np.fmin.reduce(tried(high, low, -1), axis=1), np.fmax.reduce(tried(low, high, 1), axis=1)
    early = np.arange(len(low)) < constants.chronic_d - 1
    return np.where(early, np.nan, least), np.where(early, np.nan, most)


def fitness_ends(calendar: Calendar, constants: LoadConstants) -> dict[str, tuple[Column, Column]]:
    """Return the least and the most of fitness, fatigue and form, in metres a day.

    Each is a sum of days with weights, so that it is least with all days at one end. In form young days weigh less than
    nothing: they are at the other end there. What was run before the first run known lies between nothing and the most
    of a day that nobody knows of.
    """
    low, high = _days(calendar, calendar.doubt.off, constants)
    passed = np.arange(1, len(low) + 1)
    before = most_of_unknown_m(calendar, constants)[:1]
    (least_fit, most_fit), (least_tired, most_tired) = (
        (lagged(low, days), lagged(high, days) + before * np.exp(-passed / days))
        for days in (constants.fitness_d, constants.fatigue_d)
    )
    turned = _turned(high - low, constants)
    return {
        "fitness": (least_fit, most_fit),
        "fatigue": (least_tired, most_tired),
        "form": (least_fit - least_tired - turned, most_fit - most_tired + turned),
    }


def _turned(width: Column, constants: LoadConstants) -> Column:
    """Return by how much form moves if all days that weigh less than nothing in it go from one end to the other."""
    ages = np.arange(int(constants.fitness_d))
    slow, quick = (-np.expm1(-1 / days) * np.exp(-ages / days) for days in (constants.fitness_d, constants.fatigue_d))
    weights = np.maximum(quick - slow, 0.0)
    moved: Column = np.nan_to_num(trailing(width, len(ages))[:, ::-1]) @ weights
    return moved
