"""Times as texts say them, many at once."""

from __future__ import annotations

import math
import re
from typing import Final

import numpy as np
import polars as pl

from hipwise.activity._totals import Column

__all__ = ["moment", "moments"]

TO_SECONDS: Final = 19
"""Letters of a time up to its whole seconds: 2030-05-01T06:30:00."""

TAIL: Final = re.compile(r"([.,]\d{1,12})?\s*(?:[Zz]|([+-])(\d\d):?(\d\d)?)?")


def moments(texts: pl.Series) -> tuple[Column, Column]:
    """Return TEXTS (ISO 8601) as unix seconds, and the seconds by which each says to be ahead of UTC.

    NaN where it is not known. "Z", +00:00 (which many programs write for UTC) and no zone at all say nothing of local
    time; a time without a zone is taken as UTC.
    """
    seconds = _whole_seconds(texts.str.slice(0, TO_SECONDS))
    tails = texts.str.slice(TO_SECONDS)
    known = {tail: _tail(tail) for tail in tails.unique() if tail is not None}
    fraction, zone = (
        tails.replace_strict(
            {tail: said[part] for tail, said in known.items()}, default=None, return_dtype=pl.Float64
        ).to_numpy()
        for part in (0, 1)
    )
    return seconds + fraction - zone, np.where(zone == 0, np.nan, zone)


def _whole_seconds(texts: pl.Series) -> Column:
    times = texts.str.to_datetime("%Y-%m-%dT%H:%M:%S", strict=False)
    if times.null_count() > texts.null_count():
        times = times.zip_with(times.is_not_null(), texts.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False))
    return times.dt.epoch("s").cast(pl.Float64).to_numpy()


def _tail(tail: str) -> tuple[float, float]:
    """Return the fraction of a second and the zone in seconds; NaN where TAIL is not understood."""
    found = TAIL.fullmatch(tail)
    if found is None:
        return math.nan, math.nan
    fraction, sign, hours, minutes = found.groups()
    zone = int(hours or 0) * 3600 + int(minutes or 0) * 60
    return float((fraction or "0").replace(",", ".")), float(-zone if sign == "-" else zone)


def moment(text: str) -> float:
    """Return TEXT (ISO 8601) as unix seconds, NaN where it is not understood."""
    return float(moments(pl.Series([text.strip()]))[0][0])
