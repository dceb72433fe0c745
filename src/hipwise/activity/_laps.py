"""Laps that the runner pressed, told from those that the watch counts by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hipwise.activity._arrays import middle
from hipwise.activity._run import Lap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hipwise.activity._arrays import Column, Mask

__all__ = ["MOST_LAPS", "LapSaid", "laps_by_hand"]

MOST_LAPS: Final = 1000

ROUND_M: Final = (1000.0, 1609.344)
"""A watch that counts by itself counts kilometres or miles."""

WITHIN_M: Final = 10.0
"""A lap of a watch ends with a sample, so it may be some steps longer than it should be; one so short marks nothing."""

END_WITHIN_S: Final = 10.0
"""A lap that ends so soon before the last sample was ended by the stop of the watch, and marks nothing."""


@dataclass(frozen=True, slots=True)
class LapSaid:
    """One lap as a file has it: from BEGIN_S to END_S (unix seconds), LENGTH_M; NaN is not known.

    BY_HAND is None where the file does not tell who ended it.
    """

    begin_s: float
    end_s: float
    length_m: float
    by_hand: bool | None


def laps_by_hand(said: Sequence[LapSaid], columns: dict[str, Column]) -> tuple[Lap, ...]:
    """Return the laps SAID that the runner ended within the run of these COLUMNS, and how far into it.

    Where the file does not tell, a lap is the watch's own if it is as long as whole kilometres or miles, or as another.
    """
    at = columns["at"]
    mine = [lap for lap in said if len(at) and at[0] <= lap.begin_s < at[-1]]
    if not mine:
        return ()
    ends, lengths = np.array([lap.end_s for lap in mine]), np.array([lap.length_m for lap in mine])
    metres = _metres(ends, lengths, columns)
    lengths = np.where(np.isnan(lengths), np.diff(metres, prepend=0.0), lengths)
    own = _counted_by_watch(lengths, metres)
    pressed = np.array([not own[n] if lap.by_hand is None else lap.by_hand for n, lap in enumerate(mine)])
    pressed &= (ends < at[-1] - END_WITHIN_S) & (metres > WITHIN_M)
    return tuple(Lap(int(n) + 1, round(float(metres[n]), 1)) for n in np.flatnonzero(pressed))


def _metres(ends: Column, lengths: Column, columns: dict[str, Column]) -> Column:
    """Return how far into the run each lap ended: by the samples, or else by the lengths of the laps."""
    distance = columns.get("distance_m")
    known = np.isfinite(distance) if distance is not None else np.zeros(0, bool)
    if distance is None or not known.any():
        summed: Column = np.cumsum(lengths)
        return summed
    return np.where(np.isnan(ends), np.nan, np.interp(ends, columns["at"][known], distance[known]))


def _counted_by_watch(lengths: Column, metres: Column) -> Mask:
    """Return which laps are whole units long; where one is, those that end on whole units are of the watch too."""
    known = lengths[np.isfinite(lengths)]
    usual = middle(known) if known.size else 0.0
    shared = np.count_nonzero(np.abs(known - usual) <= WITHIN_M) > 1 and usual > WITHIN_M
    own = np.zeros(len(lengths), bool)
    for unit in (*ROUND_M, *([usual] if shared else [])):
        whole = _near(lengths, unit)
        own |= whole | (_near(metres, unit) & whole.any())
    return own


def _near(metres: Column, unit: float) -> Mask:
    near: Mask = (metres > unit / 2) & (np.abs(metres - np.rint(metres / unit) * unit) <= WITHIN_M)
    return near
