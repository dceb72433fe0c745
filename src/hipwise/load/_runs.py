"""One row a run: how far, how long, how steep, how fast against usual, and what it asked."""

from __future__ import annotations

import math
from collections.abc import Iterator
from statistics import median

import numpy as np
import polars as pl

from hipwise.load._constants import LoadConstants
from hipwise.load._doubt import letters
from hipwise.load._effort import Dose
from hipwise.load._formulas import EDGE, Codes, Column
from hipwise.load._frames import dates, nullable
from hipwise.load._outings import Outings

__all__ = ["ZONES", "runs_frame"]

ZONES = ("slower", "usual", "faster")
"""Pace zones, against the runner's own usual speed: no zone of any table knows this runner."""


def runs_frame(outings: Outings, trimps: Column, dose: Dose, grade: Codes, constants: LoadConstants) -> pl.DataFrame:
    """Return one row an outing; GRADE is that of its week."""
    climb = outings.climb_m_per_km
    hilly = [None if math.isnan(each) else each >= constants.hills_m_per_km for each in climb.tolist()]
    return pl.DataFrame(
        {
            "date": dates(outings.day),
            "run": pl.Series(outings.ids, dtype=pl.String),
            "distance_m": nullable(outings.distance_m),
            "timer_s": nullable(outings.timer_s),
            "steps": nullable(outings.steps),
            "ascent_m": nullable(outings.ascent_m),
            "descent_m": nullable(outings.descent_m),
            "climb_m_per_km": nullable(climb),
            "hilly": pl.Series(hilly, dtype=pl.Boolean),
            "speed_mps": nullable(outings.speed_mps),
            "zone": pl.Series(list(_zones(outings, constants)), dtype=pl.String),
            "srpe_au": nullable(outings.srpe_au),
            "trimp": nullable(trimps),
            "dose_steps": nullable(dose.steps),
            "dose_low": nullable(dose.low),
            "dose_high": nullable(dose.high),
            "grade": letters(grade),
        }
    )


def _zones(outings: Outings, constants: LoadConstants) -> Iterator[str | None]:
    """Yield the zone of each outing; None where its speed, or what was usual before it, is not known."""
    known = np.flatnonzero(np.isfinite(outings.speed_mps))
    speeds, day = outings.speed_mps[known].tolist(), outings.day
    since = np.searchsorted(day[known], day - int(constants.usual_d)).tolist()
    until = np.searchsorted(day[known], day).tolist()
    near = constants.same_speed_share + EDGE
    for speed, begin, end in zip(outings.speed_mps.tolist(), since, until, strict=True):
        if math.isnan(speed) or end - begin < constants.usual_least_runs:
            yield None
            continue
        off = speed / median(speeds[begin:end]) - 1
        yield ZONES[0] if off < -near else ZONES[-1] if off > near else ZONES[1]
