"""Places on the globe: which fixes can be true, and how far it is from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hipwise.activity._arrays import Column, Mask

__all__ = ["FASTEST_MPS", "FASTEST_ON_FOOT_MPS", "drop_false_places", "metres_between", "too_fast"]

EARTH_RADIUS_M = 6_371_008.8
FASTEST_ON_FOOT_MPS = 12.0
FASTEST_MPS = 40.0
"""A step between two fixes faster than this is a jump of the receiver: nobody runs so fast, nobody rides so fast."""


def drop_false_places(columns: dict[str, Column], *, on_foot: bool) -> int:
    """Make unknown, in place, each fix that is no place, or from which the receiver jumped there and back.

    Return how many times it jumped.
    """
    if "latitude_deg" not in columns or "longitude_deg" not in columns:
        return 0
    latitude, longitude = columns["latitude_deg"], columns["longitude_deg"]
    # (0, 0) is what a receiver writes that has no fix.
    on_earth = (np.abs(latitude) <= 90) & (np.abs(longitude) <= 180)  # noqa: PLR2004 (the poles and the date line)
    good = on_earth & ((latitude != 0) | (longitude != 0))
    fixes = np.flatnonzero(good)
    jumped = 0
    if fixes.size > 2:  # noqa: PLR2004 (a point between two others)
        bounces = _bounces(columns, fixes, on_foot=on_foot)
        good[fixes[1:-1][bounces]] = False
        jumped = int(bounces.sum())
    if not good.all():
        columns["latitude_deg"] = np.where(good, latitude, np.nan)
        columns["longitude_deg"] = np.where(good, longitude, np.nan)
    return jumped


def _bounces(columns: dict[str, Column], fixes: np.ndarray[tuple[int], np.dtype[np.int64]], *, on_foot: bool) -> Mask:
    """Return which fixes (without the ends) are too far from both neighbours, while these are near each other."""
    jumps = _jumps(columns, fixes, 1, on_foot=on_foot)
    if not jumps.any():
        return np.zeros(len(fixes) - 2, bool)
    bounces: Mask = jumps[:-1] & jumps[1:] & ~_jumps(columns, fixes, 2, on_foot=on_foot)
    return bounces


def _jumps(
    columns: dict[str, Column], fixes: np.ndarray[tuple[int], np.dtype[np.int64]], over: int, *, on_foot: bool
) -> Mask:
    latitude, longitude = columns["latitude_deg"][fixes], columns["longitude_deg"][fixes]
    seconds = columns["at"][fixes[over:]] - columns["at"][fixes[:-over]]
    doubtful = too_fast(_apart_at_most(latitude, longitude, over), seconds, on_foot=on_foot)
    return too_fast(_apart(latitude, longitude, over), seconds, on_foot=on_foot) if doubtful.any() else doubtful


def too_fast(metres: Column, seconds: Column, *, on_foot: bool) -> Mask:
    """Return where METRES in SECONDS are more than a body can do (times are whole seconds, so no less than one)."""
    fastest: Mask = metres > (FASTEST_ON_FOOT_MPS if on_foot else FASTEST_MPS) * np.maximum(seconds, 1.0)
    return fastest


def metres_between(latitude_deg: Column, longitude_deg: Column) -> Column:
    """Return metres from each place to the next, on a sphere; one fewer than there are places."""
    return _apart(latitude_deg, longitude_deg, 1)


def _apart_at_most(latitude_deg: Column, longitude_deg: Column, over: int) -> Column:
    """Return no less than `_apart`, and far sooner: as if a degree were everywhere as wide as on the equator."""
    north = latitude_deg[over:] - latitude_deg[:-over]
    east = longitude_deg[over:] - longitude_deg[:-over]
    metres: Column = np.radians(EARTH_RADIUS_M) * np.sqrt(north * north + east * east)
    return metres


def _apart(latitude_deg: Column, longitude_deg: Column, over: int) -> Column:
    """Return metres from each place to the one OVER places later (haversine)."""
    latitude, longitude = np.radians(latitude_deg), np.radians(longitude_deg)
    here, there = latitude[:-over], latitude[over:]
    half = np.sin((there - here) / 2) ** 2
    half += np.cos(here) * np.cos(there) * np.sin((longitude[over:] - longitude[:-over]) / 2) ** 2
    metres: Column = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return metres
