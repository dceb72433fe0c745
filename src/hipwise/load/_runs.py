"""One row a run: how far, how long, how steep, how fast against usual, and what it asked."""

from __future__ import annotations

import numpy as np
import polars as pl

from hipwise.load._constants import LoadConstants
from hipwise.load._effort import Dose
from hipwise.load._formulas import Column
from hipwise.load._frames import dates, nullable
from hipwise.load._outings import Outings

__all__ = ["ZONES", "runs_frame"]

ZONES = ("slower", "usual", "faster")
"""Pace zones, against the runner's own usual speed: no zone of any table knows this runner."""


def runs_frame(outings: Outings, trimps: Column, dose: Dose, constants: LoadConstants) -> pl.DataFrame:
    """Return one row an outing."""
    climb = outings.climb_m_per_km
    hilly = pl.Series(climb >= constants.hills_m_per_km, dtype=pl.Boolean)
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
            "hilly": pl.select(pl.when(pl.Series(np.isfinite(climb), dtype=pl.Boolean)).then(hilly)).to_series(),
            "speed_mps": nullable(outings.speed_mps),
            "zone": pl.Series(_zones(outings, constants), dtype=pl.String),
            "srpe_au": nullable(outings.srpe_au),
            "trimp": nullable(trimps),
            "dose_steps": nullable(dose.steps),
            "dose_low": nullable(dose.low),
            "dose_high": nullable(dose.high),
        }
    )


def _zones(outings: Outings, constants: LoadConstants) -> list[str | None]:
    """Return the zone of each outing; None where its speed, or what was usual before it, is not known."""
    speed, day = outings.speed_mps, outings.day
    known = np.flatnonzero(np.isfinite(speed))
    since = np.searchsorted(day[known], day - constants.usual_d)
    until = np.searchsorted(day[known], day)
    edges = np.array([1 - constants.same_speed_share, 1 + constants.same_speed_share])
    zones: list[str | None] = []
    for place, (begin, end) in enumerate(zip(since.tolist(), until.tolist(), strict=True)):
        if np.isnan(speed[place]) or end - begin < constants.usual_least_runs:
            zones.append(None)
            continue
        ratio = speed[place] / np.median(speed[known[begin:end]])
        zones.append(ZONES[int(np.searchsorted(edges, ratio))])
    return zones
