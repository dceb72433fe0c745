"""Steps of both feet a minute, whatever the file counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hipwise.activity._arrays import middle, percentile

if TYPE_CHECKING:
    from hipwise.activity._arrays import Column, Mask

__all__ = ["FOOT_SPORTS", "steps_of_both_feet"]

FOOT_SPORTS = frozenset({"running", "walking", "hiking"})

SURELY_STEPS = 120.0
"""No foot lands this often in a minute: a middle value above it counts both feet."""

SURELY_ONE_FOOT = {"running": 110.0, "walking": 70.0, "hiking": 70.0}
"""A middle value below it counts one foot (between the two, speed decides)."""

FAST_PART = 90.0, 130.0
"""Someone who mostly walks, counted by both feet: the quickest tenth (percentile) still lies above this."""

BOTH_FEET, ONE_FOOT = (0.8, 1.25), (1.6, 2.5)
"""Speed over cadence times step length is 1 if both feet are counted and 2 if one; anything else tells nothing."""

LONGEST_STEP_M = 1.3
"""A step longer than this, at a cadence between the sure values, was a stride: two steps."""


def steps_of_both_feet(columns: dict[str, Column], moving: Mask, sport: str, *, one_foot: bool | None) -> float:
    """Bring the column `cadence_spm` to steps of both feet, in place; return the factor (1 or 2) used."""
    cadence = columns.get("cadence_spm")
    if sport not in FOOT_SPORTS or one_foot is False:
        return 1.0
    if one_foot is None and cadence is not None:
        one_foot = _counts_one_foot(columns, moving, sport)
    if one_foot is False:
        return 1.0
    if cadence is not None:
        columns["cadence_spm"] = cadence * 2
    return 2.0


def _counts_one_foot(columns: dict[str, Column], moving: Mask, sport: str) -> bool:
    cadence = columns["cadence_spm"]
    going = moving & (cadence > 0)
    if not going.any():
        return True
    by_step_length = _stride_ratio(columns, going)
    for answer, (low, high) in ((True, ONE_FOOT), (False, BOTH_FEET)):
        if low <= by_step_length <= high:
            return answer
    usual = middle(cadence[going])
    percent, quick = FAST_PART
    if usual > SURELY_STEPS or percentile(cadence[going], percent) > quick:
        return False
    return usual < SURELY_ONE_FOOT[sport] or _step_too_long(columns, going)


def _stride_ratio(columns: dict[str, Column], going: Mask) -> float:
    """Return the middle of speed / (cadence x step length), where a sensor measured the step; 0 where none did."""
    if "step_length_mm" not in columns or "speed_mps" not in columns:
        return 0.0
    said = columns["cadence_spm"][going] / 60 * columns["step_length_mm"][going] / 1000
    ratio = columns["speed_mps"][going] / np.where(said > 0, said, np.nan)
    ratio = ratio[np.isfinite(ratio) & (ratio > 0)]
    return middle(ratio) if len(ratio) else 0.0


def _step_too_long(columns: dict[str, Column], going: Mask) -> bool:
    if "speed_mps" not in columns:
        return False
    step = columns["speed_mps"][going] * 60 / columns["cadence_spm"][going]
    step = step[np.isfinite(step)]
    return bool(len(step)) and middle(step) > LONGEST_STEP_M
