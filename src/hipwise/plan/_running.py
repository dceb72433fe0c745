"""What planning needs to know of the training."""

from __future__ import annotations

from datetime import date

import polars as pl

from hipwise.load import Load
from hipwise.plan._types import RunningNow

__all__ = ["running_now"]

S_PER_MIN = 60
M_PER_KM = 1000


def running_now(load: Load, on: date) -> RunningNow:
    """Return how the runner runs at present, on the day ON, from the LOAD of the log."""
    ran = load.days.filter((pl.col("runs") > 0) & (pl.col("date") <= on))
    last = ran.row(-1, named=True) if len(ran) else {}
    share = last.get("sure_share", 1.0)
    return RunningNow(
        longest_30d_km=load.longest_run_km(on),
        ceiling_km=load.ceiling_km(on),
        last_run_km=_per(last.get("distance_m"), M_PER_KM, share),
        last_run_min=_per(last.get("timer_s"), S_PER_MIN, share),
        sore_km=None if load.onset is None else load.longest_borne_km(on, since=load.onset),
        doubted=load.doubted(on),
        run_days=tuple(ran["date"]),
        run_days_in_row=load.run_days_in_row(on),
    )


def _per(value: float | None, unit: int, share: float) -> float | None:
    """Return the SHARE of VALUE that is sure, in a larger UNIT."""
    return value * share / unit if value else None
