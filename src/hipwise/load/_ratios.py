"""The acute:chronic ratios of each day, with both ends of what they may be."""

from __future__ import annotations

import numpy as np
import polars as pl

from hipwise.load._calendar import Calendar
from hipwise.load._constants import LoadConstants
from hipwise.load._doubt import letters
from hipwise.load._formulas import Column, coupled, ewma_ratio, trailing, uncoupled
from hipwise.load._frames import bound, dates, nullable
from hipwise.load._weighted import ratio_ends

__all__ = ["acwr_frame"]


def acwr_frame(calendar: Calendar, constants: LoadConstants) -> pl.DataFrame:
    """Return the three acute:chronic ratios of distance on each day of which a whole chronic window is known."""
    window, doubt = constants.chronic_d, calendar.doubt
    missing = trailing(calendar.without_distance.astype(np.float64), window).sum(axis=1) + doubt.blank_in(window)
    forms = {"coupled": coupled, "uncoupled": uncoupled, "ewma": ewma_ratio}
    found = {name: calendar.spread(form(calendar.loads_m, constants)) for name, form in forms.items()}
    known = doubt.graded & ~(missing > 0)
    low, high = (calendar.spread(end) for end in ratio_ends(calendar, constants))
    return pl.DataFrame(
        {
            "date": dates(calendar.ordinals),
            **{name: nullable(np.where(missing > 0, np.nan, values)) for name, values in found.items()},
            **{name: bound(values, known) for name, values in _ends(calendar, constants).items()},
            "ewma_low": bound(low, doubt.graded),
            "ewma_high": bound(high, doubt.graded),
            "known_d": nullable(calendar.known_d(window)).cast(pl.Int64),
            "grade": letters(doubt.worst_of(window)),
        }
    )


def _ends(calendar: Calendar, constants: LoadConstants) -> dict[str, Column]:
    """Return the ends of the two plain ratios: the acute load at one end, that before it at the other.

    The error of one watch cancels out in a ratio; only weeks that are doubted widen it. (A weighted mean never forgets
    a day that nobody knows of: its ends are reckoned apart.)
    """
    doubt, loads = calendar.doubt, calendar.spread(calendar.loads_m)
    low, high = doubt.least(loads, doubt.shaky), doubt.most(loads, doubt.shaky)
    acute, before = constants.acute_d, constants.chronic_d - constants.acute_d
    ends = {}
    for end, now, then in (("low", low, high), ("high", high, low)):
        a = trailing(now, acute).sum(axis=1)
        b = trailing(then, constants.chronic_d)[:, : int(before)].sum(axis=1)
        ends[f"coupled_{end}"] = _share(a, a + b) * constants.chronic_d / acute
        ends[f"uncoupled_{end}"] = _share(a, b) * before / acute
    return ends


def _share(part: Column, whole: Column) -> Column:
    """Return PART of WHOLE; NaN where there is none, or both are endless."""
    endless = np.isinf(part) & np.isinf(whole)
    return np.where(endless, np.nan, part) / np.where((whole > 0) & ~endless, whole, np.nan)
