"""The totals of a run: what the device says, and what its samples say where it says nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from hipwise.activity._arrays import Column, Mask, middle
from hipwise.activity._places import metres_between, too_fast
from hipwise.activity._run import Note

__all__ = [
    "FARTHEST_M",
    "LONGEST_RUN_S",
    "LONGEST_STEP_S",
    "Column",
    "Course",
    "Mask",
    "Totals",
    "climbs",
    "doubts",
    "possible",
    "rebuild",
    "set_right",
]

LONGEST_RUN_S = 30 * 86400.0
"""Longer than the longest race on foot; a time further than this from the middle of the run is a fault of the clock."""

IMPOSSIBLE_MPS = 100.0
"""A mean speed above it is a fault of the file (a treadmill may set its total right by far at the end)."""

FARTHEST_M = {True: 1_100_000.0, False: 6_000_000.0}
"""On foot, and otherwise: nobody goes farther in one activity, however long it takes."""

LONGEST_STEP_S = 30.0
"""A sample speaks for at most so long: smart recording writes one in some seconds, a longer gap is silence."""

CLIMB_BLOCK_S = 30.0
"""Altitude is averaged over blocks of this length before climbs are added up, else its noise is climbed too."""

DEVICE_MEAN_WITHIN = 0.25
"""A mean of the device further than this share from the samples' mean has another unit or another run."""

SET_RIGHT_FROM_M = 30.0
"""A last step longer than this, and too fast, is a total that was set right on the treadmill."""

TOTAL_DOUBTED_FROM = 0.25
"""A total of the device further than this share from its samples is worth a note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Totals of one run; None is not known."""

    distance_m: float | None = None
    timer_s: float | None = None
    elapsed_s: float | None = None
    cadence_spm: float | None = None
    heart_rate_bpm: float | None = None
    ascent_m: float | None = None
    descent_m: float | None = None
    perceived_effort: float | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """The samples of one run in order of time, which of them lie outside the PAUSES, and whether it went ON_FOOT."""

    columns: dict[str, Column]
    moving: Mask
    pauses: list[tuple[float, float]]
    on_foot: bool

    @property
    def span_s(self) -> float | None:
        """Seconds from the first sample to the last."""
        at = self.columns["at"]
        return float(at[-1] - at[0]) if len(at) else None


def rebuild(course: Course, said: Totals) -> Totals:
    """Return what the device SAID, and from the samples what it did not; a total of 0 says nothing if samples do."""
    weights = _weights(course.columns["at"], course.moving)
    climbed = climbs(course.columns, course.moving)
    elapsed_s = said.elapsed_s or course.span_s
    return Totals(
        distance_m=said.distance_m or _first(_covered(course), said.distance_m),
        elapsed_s=elapsed_s,
        timer_s=said.timer_s or _without(elapsed_s, course.pauses),
        cadence_spm=_mean(said.cadence_spm, course.columns.get("cadence_spm"), weights),
        heart_rate_bpm=_mean(said.heart_rate_bpm, course.columns.get("heart_rate_bpm"), weights),
        ascent_m=_first(said.ascent_m, climbed[0]),
        descent_m=_first(said.descent_m, climbed[1]),
        perceived_effort=said.perceived_effort or None,
    )


def possible(said: Totals, *, on_foot: bool) -> Totals:
    """Return what the device SAID without what cannot be: a run of months, across a continent, or faster than any.

    Where the samples say better, they are used. What nobody runs, but a watch could still mean, is judged later
    (`beyond`).
    """
    elapsed_s = said.elapsed_s if said.elapsed_s and said.elapsed_s < LONGEST_RUN_S else None
    timer_s = said.timer_s if said.timer_s and said.timer_s < LONGEST_RUN_S else None
    length_s, distance_m = timer_s or elapsed_s, said.distance_m
    if distance_m and length_s and distance_m > IMPOSSIBLE_MPS * length_s:
        distance_m = None
    if distance_m and not 0 < distance_m <= FARTHEST_M[on_foot]:
        distance_m = None
    return replace(said, elapsed_s=elapsed_s, timer_s=timer_s, distance_m=distance_m)


def doubts(course: Course, said: Totals) -> list[Note]:
    """Return what is to be said where the device has no totals, or other ones than its samples."""
    if course.span_s is None:
        return [Note("activity.no_samples")]
    silent = not (said.timer_s or said.elapsed_s)
    return [
        *([Note("activity.totals_rebuilt")] if silent else []),
        *_doubt("distance", said.distance_m, _covered(course) if said.distance_m else None),
        *_doubt("duration", said.elapsed_s, course.span_s),
    ]


def set_right(course: Course) -> list[Note]:
    """Return a note where the last step of the distance is none that a body makes: it was set right by hand."""
    distance, at = course.columns.get("distance_m"), course.columns["at"]
    known = np.flatnonzero(np.isfinite(distance)) if distance is not None else np.empty(0, np.int64)
    if distance is None or known.size < 2 or "latitude_deg" in course.columns:  # noqa: PLR2004 (a step has two ends)
        return []
    step, seconds = np.diff(distance[known[-2:]]), np.diff(at[known[-2:]])
    if step[0] > SET_RIGHT_FROM_M and too_fast(step, seconds, on_foot=course.on_foot)[0]:
        return [Note("activity.distance_jump", (("metres", f"{step[0]:.0f}"),))]
    return []


def _first(*values: float | None) -> float | None:
    return next((value for value in values if value is not None), None)


def _without(elapsed_s: float | None, pauses: list[tuple[float, float]]) -> float | None:
    if elapsed_s is None:
        return None
    return max(0.0, elapsed_s - sum(end - begin for begin, end in pauses))


def _doubt(what: str, said: float | None, seen: float | None) -> list[Note]:
    if said and seen and abs(said - seen) > TOTAL_DOUBTED_FROM * max(said, seen):
        return [Note(f"activity.{what}_differs", (("said", f"{said:.0f}"), ("seen", f"{seen:.0f}")))]
    return []


def _weights(at: Column, moving: Mask) -> Column:
    """Return the seconds for which each sample speaks: until the next, no longer than LONGEST_STEP_S, 0 in a pause."""
    steps = np.minimum(np.diff(at), LONGEST_STEP_S)
    last = middle(steps) if len(steps) else 1.0
    return np.where(moving, np.append(steps, last)[: len(at)], 0.0)


def _mean(said: float | None, values: Column | None, weights: Column) -> float | None:
    known = np.isfinite(values) if values is not None else np.zeros(0, dtype=bool)
    if values is None or not (known.any() and weights[known].any()):
        return said or None
    seen = float(np.average(values[known], weights=weights[known]))
    return said if said and abs(said - seen) <= DEVICE_MEAN_WITHIN * seen else seen


def _covered(course: Course) -> float | None:
    """Return metres covered by the device's count (last - first), else over the ground from fix to fix."""
    distance = course.columns.get("distance_m")
    if distance is not None and (known := distance[np.isfinite(distance)]).size > 1:
        return _rise(known, course.columns["at"][np.isfinite(distance)], on_foot=course.on_foot)
    return _over_ground(course)


def _rise(distance: Column, at: Column, *, on_foot: bool) -> float:
    """Return last - first; where that cannot be (a count that began anew, a torn sample), the steps that can."""
    rise = float(distance[-1] - distance[0])
    if 0 <= rise <= IMPOSSIBLE_MPS * max(1.0, float(at[-1] - at[0])):
        return rise
    steps = np.diff(distance)
    return float(steps[(steps > 0) & ~too_fast(steps, np.diff(at), on_foot=on_foot)].sum())


def _over_ground(course: Course) -> float | None:
    columns = course.columns
    if "latitude_deg" not in columns or "longitude_deg" not in columns:
        return None
    fixed = np.isfinite(columns["latitude_deg"]) & np.isfinite(columns["longitude_deg"])
    if np.count_nonzero(fixed) < 2:  # noqa: PLR2004 (a way has two ends)
        return None
    metres = metres_between(columns["latitude_deg"][fixed], columns["longitude_deg"][fixed])
    jumps = too_fast(metres, np.diff(columns["at"][fixed]), on_foot=course.on_foot)
    return float(metres[course.moving[fixed][:-1] & ~jumps].sum())


def climbs(columns: dict[str, Column], moving: Mask) -> tuple[float | None, float | None]:
    """Return metres climbed and descended, between means over CLIMB_BLOCK_S."""
    altitude = columns.get("altitude_m")
    known = np.isfinite(altitude) & moving if altitude is not None else np.zeros(0, dtype=bool)
    if altitude is None or not known.any():
        return None, None
    at = columns["at"][known]
    starts = np.flatnonzero(np.diff((at - at[0]) // CLIMB_BLOCK_S, prepend=-1.0))
    counts = np.diff(starts, append=len(at))
    means = np.add.reduceat(altitude[known], starts) / counts
    change = np.diff(np.concatenate(([altitude[known][0]], means, [altitude[known][-1]])))
    return float(np.clip(change, 0, None).sum()), float(np.clip(-change, 0, None).sum())
