"""Which sport an exporter means by a word, and what to think where it says none."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from hipwise.activity._fit_profile import SPORTS
from hipwise.activity._places import metres_between
from hipwise.activity._totals import Column

__all__ = ["sport_by_speed", "sport_of"]

STRAVA_NUMBERS: Final = {"1": "cycling", "4": "hiking", "9": "running", "10": "walking"}
"""Strava writes the number of the activity type into a GPX."""

WORDS: Final = (
    ("transition", "transition"),
    ("e.?bik", "e_biking"),
    ("bik|cycl|ride", "cycling"),
    ("swim", "swimming"),
    ("wheelchair", "other"),
    ("run|jog|treadmill", "running"),
    ("hik", "hiking"),
    ("walk", "walking"),
    ("row", "rowing"),
)
"""Parts of words by sport; the first that is found counts."""

NAMES: Final = frozenset(SPORTS.values())
SUBS_OF_RUNNING: Final = ("treadmill", "trail", "track")

LOOK_S: Final = 20.0
"""Speed is taken over this time, else the noise of the receiver is speed too."""

FASTEST_RUN_MPS: Final = 7.0
FASTEST_MIDDLE_MPS: Final = 5.6
SLOWEST_RUN_MPS: Final = 1.8
SLOWEST_WALK_MPS: Final = 0.5
STILL_MPS: Final = 0.3
QUICK_PERCENT: Final = 95.0
"""What is typical of people on foot: the middle speed of a run lies between SLOWEST_RUN and FASTEST_MIDDLE, and its
quick part below FASTEST_RUN; who is slower walks."""


def sport_of(word: str) -> tuple[str, str | None]:
    """Return sport and sub-sport as FIT names them; "other" where WORD is not understood."""
    name = re.sub(r"[^a-z0-9]+", "_", word.strip().lower()).strip("_")
    if name in STRAVA_NUMBERS:
        return STRAVA_NUMBERS[name], None
    if name in NAMES:
        return name, None
    sport = next((sport for part, sport in WORDS if re.search(part, name)), "other")
    return sport, next((sub for sub in SUBS_OF_RUNNING if sub in name), None) if sport == "running" else None


def sport_by_speed(columns: dict[str, Column]) -> str:
    """Return running or walking if the speed over the ground is typical of it, else "other"."""
    speed = _speed_over_ground(columns)
    speed = speed[speed > STILL_MPS]
    if not speed.size:
        return "other"
    middle, quick = np.percentile(speed, [50.0, QUICK_PERCENT])
    if quick > FASTEST_RUN_MPS or not SLOWEST_WALK_MPS <= middle <= FASTEST_MIDDLE_MPS:
        return "other"
    return "running" if middle >= SLOWEST_RUN_MPS else "walking"


def _speed_over_ground(columns: dict[str, Column]) -> Column:
    if "latitude_deg" not in columns or "longitude_deg" not in columns:
        return np.empty(0)
    fixed = np.isfinite(columns["at"]) & np.isfinite(columns["latitude_deg"]) & np.isfinite(columns["longitude_deg"])
    rows = np.flatnonzero(fixed)
    rows = rows[np.argsort(columns["at"][rows], kind="stable")]
    if not rows.size:
        return np.empty(0)
    at = columns["at"][rows]
    ticks = np.flatnonzero(np.diff((at - at[0]) // LOOK_S, prepend=-1.0))
    rows, at = rows[ticks], at[ticks]
    metres = metres_between(columns["latitude_deg"][rows], columns["longitude_deg"][rows])
    speed: Column = metres / np.maximum(np.diff(at), 1.0)
    return speed
