"""One row a run: how far, how long, how steep, how fast against usual, and what it asked."""

from __future__ import annotations

import numpy as np
import polars as pl

from hipwise.load._constants import LoadConstants
from hipwise.load._effort import Dose
from hipwise.load._formulas import EDGE, Column
from hipwise.load._frames import dates, nullable
from hipwise.load._outings import Outings

__all__ = ["ZONES", "runs_frame"]

ZONES = ("slower", "usual", "faster")
"""Pace zones, against the runner's own usual speed: no zone of any table knows this runner."""


def runs_frame(outings: Outings, trimps: Column, dose: Dose, constants: LoadConstants) -> pl.DataFrame:
    """Return one row an outing."""
    climb = outings.climb_m_per_km
    hilly = pl.Series(climb >= constants.hills_m_per_km, dtype=pl.Boolean)
    frame = pl.DataFrame(
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
            "zone": pl.Series([None] * len(outings.ids), dtype=pl.String),
            "srpe_au": nullable(outings.srpe_au),
            "trimp": nullable(trimps),
            "dose_steps": nullable(dose.steps),
            "dose_low": nullable(dose.low),
            "dose_high": nullable(dose.high),
        }
    )
    return frame.with_columns(_zone(constants))


def _zone(constants: LoadConstants) -> pl.Expr:
    """Return the zone of each outing; null where its speed, or what was usual before it, is not known."""
    usual = pl.col("speed_mps").rolling_median_by(
        "date",
        window_size=f"{int(constants.usual_d)}d",
        min_samples=int(constants.usual_least_runs),
        closed="left",
    )
    slower, usually, faster = (pl.lit(zone) for zone in ZONES)
    off, near = pl.col("speed_mps") / usual - 1, constants.same_speed_share + EDGE
    zone = pl.when(off < -near).then(slower).when(off > near).then(faster)
    return zone.when(off.is_not_null()).then(usually).alias("zone")
