"""A run that was typed by hand."""

from __future__ import annotations

import hashlib
import math
from dataclasses import replace
from datetime import datetime
from typing import Final

import numpy as np

from hipwise.activity._cadence import FOOT_SPORTS
from hipwise.activity._clean import Raw, finish
from hipwise.activity._merge import HOUR_GUESSED
from hipwise.activity._places import FASTEST_MPS, FASTEST_ON_FOOT_MPS
from hipwise.activity._run import Note, Origin, Run
from hipwise.activity._sports import sport_of
from hipwise.errors import HipwiseError

__all__ = ["by_hand"]

FARTHEST_M: Final = {True: 400_000.0, False: 1_500_000.0}
FASTEST: Final = {True: FASTEST_ON_FOOT_MPS, False: FASTEST_MPS}
"""On foot, and otherwise: what is beyond is a slip of the finger (metres for kilometres, minutes for hours).

More narrow than what a file may say. What nobody does in the time that is told is judged besides (`beyond`).
"""

LONGEST_S: Final = 10 * 86400.0
MOST_EFFORT: Final = 10.0
FARTHEST_OFFSET_S: Final = 15 * 3600


def by_hand(
    started_at: datetime,
    sport: str,
    distance_m: float | None,
    timer_s: float | None,
    utc_offset_s: int | None,
    perceived_effort: float | None = None,
    *,
    hour_told: bool = True,
) -> Run:
    """Return a run that no device recorded, from what the runner says of it; its frame of samples is empty.

    Distance or time may be unknown (None), not both. PERCEIVED_EFFORT is 0 to 10. The same words give the same id.
    Without HOUR_TOLD the day of STARTED_AT is right, and its hour a guess.

    Raises:
        HipwiseError: something said cannot be: no time zone, a negative or far too large number, an unknown sport.
    """
    if started_at.tzinfo is None:
        raise HipwiseError("hand_no_zone")
    name, sub_sport = sport_of(sport)
    if name == "other" and sport != name:
        raise HipwiseError("hand_sport", sport=sport)
    _check(name in FOOT_SPORTS, distance_m, timer_s)
    _check_range("hand_effort", perceived_effort, 0, MOST_EFFORT)
    _check_range("hand_offset", utc_offset_s, -FARTHEST_OFFSET_S, FARTHEST_OFFSET_S)
    said = (started_at.timestamp(), name, sub_sport, distance_m, timer_s, utc_offset_s, perceived_effort)
    totals = {"distance_m": distance_m, "timer_s": timer_s, "elapsed_s": timer_s, "perceived_effort": perceived_effort}
    raw = Raw(
        kind="hand",
        sport=name,
        sub_sport=sub_sport,
        columns={"at": np.empty(0)},
        origin=Origin("", "hand", hashlib.sha256(repr(said).encode()).hexdigest()),
        started_at_s=started_at.timestamp(),
        utc_offset_s=utc_offset_s,
        totals={name: float(value) for name, value in totals.items() if value is not None},
    )
    guessed = () if hour_told else (Note(HOUR_GUESSED),)
    return replace(finish(raw), notes=guessed)  # finish speaks of files and devices; there was none


def _check(on_foot: bool, distance_m: float | None, timer_s: float | None) -> None:
    if distance_m is None and timer_s is None:
        raise HipwiseError("hand_nothing")
    _check_range("hand_distance", distance_m, 1, FARTHEST_M[on_foot])
    _check_range("hand_time", timer_s, 1, LONGEST_S)
    if distance_m is not None and timer_s is not None and distance_m > FASTEST[on_foot] * timer_s:
        raise HipwiseError("hand_speed", kmh=distance_m / timer_s * 3.6, most=FASTEST[on_foot] * 3.6)


def _check_range(text: str, value: float | None, least: float, most: float) -> None:
    if value is not None and not (math.isfinite(value) and least <= value <= most):
        raise HipwiseError(text, value=f"{value:g}", most=f"{most:g}")
