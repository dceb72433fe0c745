"""Each run against the longest of the days before it: the load signal with the best evidence in runners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

import numpy as np
import polars as pl

from hipwise.knowledge import Knowledge
from hipwise.load._calendar import Calendar, longest_before
from hipwise.load._constants import LoadConstants
from hipwise.load._doubt import letters
from hipwise.load._formulas import EDGE, NO_REFERENCE, SPIKE_STATES, Codes, Column, Mask, spike_codes
from hipwise.load._frames import bound, dates, nullable
from hipwise.load._outings import Outings

__all__ = ["UNMEASURED", "Hazard", "Spikes", "far_beyond", "hazards", "spikes_frame", "spikes_of"]

Hazard: TypeAlias = tuple[float, float | None, float | None]
"""A hazard rate ratio with the two ends of its interval."""

NONE = 0
NOT_KNOWN = len(SPIKE_STATES)
UNMEASURED = len(SPIKE_STATES) + 1
STATES = (*SPIKE_STATES, NO_REFERENCE, None)
"""States by code; None is an outing whose distance is not known."""


@dataclass(frozen=True, slots=True)
class Spikes:
    """Outings against the longest of the days before: CODE (a place in STATES), LONGEST_M and EXCESS (share) or NaN.

    LOW and HIGH are the ends of EXCESS where a week is doubted (minus 1: the window has a day that nobody knows of).
    SURE: within these ends the code is the same. GRADE is that of the week of the outing; so much of its distance as
    SURE_SHARE counts for the ceiling of the next run.
    """

    code: Codes
    longest_m: Column
    excess: Column
    low: Column
    high: Column
    sure: Mask
    grade: Codes
    sure_share: Column


def spikes_of(outings: Outings, calendar: Calendar, constants: LoadConstants) -> Spikes:
    """Compare each outing with the window before it.

    Where the log does not cover the whole window, the longest run seen is the least that the true one can be: "none"
    is then certain, and anything more is not known.
    """
    rows = outings.day - calendar.first
    longest = longest_before(calendar.longest_m, constants)[rows]
    excess = outings.distance_m / longest - 1
    code = np.where(np.isnan(longest), NOT_KNOWN, np.minimum(spike_codes(excess, constants), NOT_KNOWN - 1))
    whole = rows - calendar.begins >= constants.spike_window_d
    code = np.where(~whole & (code > NONE), NOT_KNOWN, code)
    code = np.where(np.isnan(outings.distance_m) | (~outings.measured & (code == NONE)), UNMEASURED, code)
    shown = whole & (code < NOT_KNOWN)
    low, high = _ends(outings, calendar, constants) if calendar.doubt.anywhere else (excess, excess)
    low, high = np.where(shown, low, np.nan), np.where(np.isnan(longest), np.nan, high)
    same = (spike_codes(high, constants) == code) & ((code == NONE) | (spike_codes(low, constants) == code))
    return Spikes(
        code,
        np.where(shown, longest, np.nan),
        np.where(shown, excess, np.nan),
        low,
        high,
        same & (code < NOT_KNOWN),
        calendar.doubt.grade[rows],
        calendar.doubt.sure_share(constants)[rows],
    )


def _ends(outings: Outings, calendar: Calendar, constants: LoadConstants) -> tuple[Column, Column]:
    """Return the least and the most share by which each outing may exceed the longest of the days before."""
    doubt, rows = calendar.doubt, outings.day - calendar.first
    lost = np.where(doubt.lost, np.inf, calendar.longest_m * (1 + doubt.shaky))
    most = longest_before(lost, constants)[rows]
    least = longest_before(doubt.least(calendar.longest_m, doubt.shaky), constants)[rows]
    shaky = doubt.shaky[rows]
    low = outings.distance_m * (1 - shaky) / most - 1
    high = np.where(shaky < 1, outings.distance_m * (1 + shaky), np.inf) / np.where(least > 0, least, np.nan) - 1
    return low, np.where(np.isnan(high), np.inf, high)


def far_beyond(spikes: pl.DataFrame, on: date, constants: LoadConstants) -> list[str]:
    """Return the ids of outings before the day ON that went far beyond what was run, and of those that only repeat it.

    A large jump is no measure of what a body bears, nor is the second one of its kind: were it a slip of the finger or
    of a unit, it would come again. Looked at are the outings of the window, and of the one before it.
    """
    window = timedelta(constants.spike_window_d)
    lately = spikes.filter(pl.col("date").is_between(on - 2 * window, on, closed="left") & (pl.col("distance_m") > 0))
    borne: list[tuple[date, float]] = []
    far: list[str] = []
    for day, run, metres, state in lately.select("date", "run", "distance_m", "state").iter_rows():
        longest = max((each for then, each in borne if day - window <= then < day), default=None)
        repeats = longest is not None and metres > longest * (1 + constants.spike_large_above + EDGE)
        if state == SPIKE_STATES[-1] or (repeats and state != NO_REFERENCE):
            far.append(run)
        else:
            borne.append((day, metres))
    return far


def hazards(knowledge: Knowledge) -> dict[str, Hazard]:
    """Return for each state the published hazard rate ratio with its interval; the reference has none."""
    found: dict[str, Hazard] = {SPIKE_STATES[NONE]: (1.0, None, None)}
    for state in SPIKE_STATES[1:]:
        number = knowledge.number(f"load.spike_{state}_hrr")
        found[state] = (number.value, *number.range)
    return found


def spikes_frame(outings: Outings, spikes: Spikes, knowledge: Knowledge) -> pl.DataFrame:
    """Return one row an outing."""
    published = hazards(knowledge)
    nothing = (None, None, None)
    states = [STATES[code] for code in spikes.code]
    ratios = [published.get(state or NO_REFERENCE, nothing) for state in states]
    return pl.DataFrame(
        {
            "date": dates(outings.day),
            "run": pl.Series(outings.ids, dtype=pl.String),
            "distance_m": nullable(outings.distance_m),
            "longest_30d_m": nullable(spikes.longest_m),
            "excess": nullable(spikes.excess),
            "state": pl.Series(states, dtype=pl.String),
            "hrr": pl.Series([ratio[0] for ratio in ratios], dtype=pl.Float64),
            "hrr_low": pl.Series([ratio[1] for ratio in ratios], dtype=pl.Float64),
            "hrr_high": pl.Series([ratio[2] for ratio in ratios], dtype=pl.Float64),
            "grade": letters(spikes.grade),
            "excess_low": bound(spikes.low, spikes.grade >= 0),
            "excess_high": bound(np.where(np.isnan(spikes.excess), np.nan, spikes.high), spikes.grade >= 0),
            "sure": spikes.sure,
            "sure_share": spikes.sure_share,
        }
    )
