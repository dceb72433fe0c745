"""The arrays of which samples consist while they are read."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

__all__ = ["Column", "Mask", "middle", "percentile"]

Column: TypeAlias = np.ndarray[tuple[int], np.dtype[np.float64]]
"""One value a sample; NaN is not known."""

Mask: TypeAlias = np.ndarray[tuple[int], np.dtype[np.bool_]]
"""One answer a sample."""


def middle(values: Column) -> float:
    """Return the median of VALUES, at least one and all known (NumPy's own takes ten times as long for a short run)."""
    half = len(values) // 2
    places = [half] if len(values) % 2 else [half - 1, half]
    found = np.partition(values, places)
    return float(found[places].sum() / len(places))


def percentile(values: Column, percent: float) -> float:
    """Return a percentile of VALUES, at least one and all known, between two of them in proportion (see `middle`)."""
    place = (len(values) - 1) * percent / 100
    low = int(place)
    places = [low, min(low + 1, len(values) - 1)]
    below, above = np.partition(values, places)[places]
    return float(below + (above - below) * (place - low))
