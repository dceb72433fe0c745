"""Shares with their uncertainty, and how honest a probability was."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from typing import Any

__all__ = ["brier", "reliability", "share", "wilson"]

Z_95 = 1.959963984540054
"""The 97.5 % point of the normal distribution: intervals hold in 95 of 100 samples."""
BINS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def wilson(count: int, of: int) -> tuple[float, float]:
    """Return the 95 % Wilson score interval of COUNT in OF; 0 to 1 where there is nothing to count."""
    if not of:
        return 0.0, 1.0
    part, square = count / of, Z_95**2
    middle = part + square / (2 * of)
    half = Z_95 * sqrt(part * (1 - part) / of + square / (4 * of * of))
    whole = 1 + square / of
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)


def share(marks: Sequence[bool]) -> dict[str, Any]:
    """Return how many of the MARKS are true: count, of, share (None of none), low, high."""
    count, of = sum(marks), len(marks)
    low, high = wilson(count, of)
    return {"count": count, "of": of, "share": count / of if of else None, "low": low, "high": high}


def brier(said: Sequence[tuple[float, bool]]) -> float | None:
    """Return the mean squared distance of what was promised from what was so: 0 is perfect; None of nothing."""
    return sum((promised - so) ** 2 for promised, so in said) / len(said) if said else None


def reliability(said: Sequence[tuple[float, bool]]) -> list[dict[str, Any]]:
    """Return, for each tenth of what was promised: how many cases, the mean promise, and the share that was so."""
    rows = []
    for low, high in pairwise(BINS):
        here = [(promised, so) for promised, so in said if low <= promised < high or promised == high == BINS[-1]]
        if here:
            promise = sum(promised for promised, _ in here) / len(here)
            rows.append({"from": low, "to": high, "promised": promise} | share([so for _, so in here]))
    return rows
