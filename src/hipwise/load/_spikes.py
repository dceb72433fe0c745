"""Each run against the longest of the days before it: the load signal with the best evidence in runners."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import polars as pl

from hipwise.knowledge import Knowledge
from hipwise.load._calendar import Calendar, longest_before
from hipwise.load._constants import LoadConstants
from hipwise.load._formulas import NO_REFERENCE, SPIKE_STATES, Codes, Column, spike_codes
from hipwise.load._frames import dates, nullable
from hipwise.load._outings import Outings

__all__ = ["UNMEASURED", "Hazard", "Spikes", "hazards", "spikes_frame", "spikes_of"]

Hazard: TypeAlias = tuple[float, float | None, float | None]
"""A hazard rate ratio with the two ends of its interval."""

NONE = 0
NOT_KNOWN = len(SPIKE_STATES)
UNMEASURED = len(SPIKE_STATES) + 1
STATES = (*SPIKE_STATES, NO_REFERENCE, None)
"""States by code; None is an outing whose distance is not known."""


@dataclass(frozen=True, slots=True)
class Spikes:
    """Outings against the longest of the days before: CODE (a place in STATES), LONGEST_M and EXCESS (share) or NaN."""

    code: Codes
    longest_m: Column
    excess: Column


def spikes_of(outings: Outings, calendar: Calendar, constants: LoadConstants) -> Spikes:
    """Compare each outing with the window before it.

    Where the log does not cover the whole window, the longest run seen is the least that the true one can be: "none"
    is then certain, and anything more is not known.
    """
    rows = outings.day - calendar.first
    longest = longest_before(calendar, constants)[rows]
    excess = outings.distance_m / longest - 1
    code = np.where(np.isnan(longest), NOT_KNOWN, np.minimum(spike_codes(excess, constants), NOT_KNOWN - 1))
    whole = rows - calendar.begins >= constants.spike_window_d
    code = np.where(~whole & (code > NONE), NOT_KNOWN, code)
    code = np.where(np.isnan(outings.distance_m) | (~outings.measured & (code == NONE)), UNMEASURED, code)
    shown = whole & (code < NOT_KNOWN)
    return Spikes(code, np.where(shown, longest, np.nan), np.where(shown, excess, np.nan))


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
        }
    )
