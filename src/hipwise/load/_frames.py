"""From columns of numbers to columns of frames."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from hipwise.load._formulas import Codes, Column, Mask

__all__ = ["bound", "dates", "nullable"]

UNIX_EPOCH = date(1970, 1, 1).toordinal()
"""Frames count days from here."""


def dates(ordinals: Codes) -> pl.Series:
    """Return proleptic ordinals as dates."""
    return pl.Series(ordinals - UNIX_EPOCH, dtype=pl.Int32).cast(pl.Date)


def nullable(values: Column) -> pl.Series:
    """Return numbers with null where they are NaN."""
    return pl.Series(values, dtype=pl.Float64, nan_to_null=True)


def bound(values: Column, graded: Mask) -> pl.Series:
    """Return one end of what a number may be; null where it has none, and where nobody looked (not GRADED)."""
    return nullable(np.where(graded & np.isfinite(values), values, np.nan))
