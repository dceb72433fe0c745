"""Points of one run in the pieces in which a file has them: segments of a GPX, tracks of a TCX."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np

from hipwise.activity._arrays import Column, Mask, middle

__all__ = ["USUAL_STEPS", "Rows", "Stretch", "columns_of_rows", "pauses_between", "stretches_of", "zone_of"]

Rows: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]

LONGEST_SMART_STEP_S: Final = 10.0
"""Smart recording writes a sample in up to so many seconds; between two pieces a longer gap is a pause."""

USUAL_STEPS: Final = 3.0
"""A recorder that writes a point a minute makes no pause each time: the gap must be so many of its usual steps."""


@dataclass(slots=True)
class Stretch:
    """The ROWS of one piece, and its first and last time in unix seconds."""

    rows: Rows
    start_s: float
    end_s: float


def stretches_of(spans: list[tuple[int, int]], at: Column, left_out: Mask | None = None) -> list[Stretch]:
    """Return the SPANS of rows [from, to) that have a time, in order of it, without the rows LEFT_OUT."""
    found = []
    for begin, end in spans:
        rows = np.arange(begin, end)
        if left_out is not None:
            rows = rows[~left_out[rows]]
        times = at[rows][np.isfinite(at[rows])]
        if times.size:
            found.append(Stretch(rows, float(times.min()), float(times.max())))
    return sorted(found, key=lambda stretch: stretch.start_s)


def pauses_between(stretches: list[Stretch], at: Column) -> list[tuple[float, float]]:
    """Return the gaps [from, to) between STRETCHES that are too long to be a step of the recorder."""
    steps = [np.diff(at[stretch.rows]) for stretch in stretches]
    known = np.concatenate([*steps, np.empty(0)])
    known = known[known > 0]
    usual = middle(known) if known.size else 0.0
    longest = max(LONGEST_SMART_STEP_S, USUAL_STEPS * usual)
    return [(a.end_s, b.start_s) for a, b in pairwise(stretches) if b.start_s - a.end_s > longest]


def columns_of_rows(columns: dict[str, Column], stretches: list[Stretch]) -> dict[str, Column]:
    """Return the columns that say something of a run with these STRETCHES (and its times)."""
    rows = np.concatenate([*(stretch.rows for stretch in stretches), np.empty(0, np.int64)])
    mine = {name: column[rows] for name, column in columns.items() if name != "zone_s"}
    return {name: column for name, column in mine.items() if name == "at" or np.isfinite(column).any()}


def zone_of(columns: dict[str, Column], stretches: list[Stretch]) -> int | None:
    """Return the seconds that the first time which says so is ahead of UTC."""
    for stretch in stretches:
        zone = columns["zone_s"][stretch.rows]
        if (known := np.flatnonzero(np.isfinite(zone))).size:
            return int(zone[known[0]])
    return None
