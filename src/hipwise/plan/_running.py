"""What planning needs to know of the training."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import polars as pl

from hipwise.load import Load
from hipwise.plan._responses import LOGS
from hipwise.plan._row import Row
from hipwise.plan._types import RunningNow

__all__ = ["running_now"]

S_PER_MIN = 60
M_PER_KM = 1000


def running_now(load: Load, on: date) -> RunningNow:
    """Return how the runner runs at present, on the day ON, from the LOAD of the log.

    Where the log does not say enough for a ceiling, the last run bounds the next one. Was that a jump, it counts while
    there is pain for no more than a tenth above the days before it.
    """
    ran = load.days.filter((pl.col("runs") > 0) & (pl.col("date") <= on))
    last = ran.row(-1, named=True) if len(ran) else {}
    share, ceiling_km = last.get("sure_share", 1.0), load.ceiling_km(on)
    if load.onset is not None and ceiling_km is None and last:
        last |= {name: _borne(last[name], _longest_before(ran, name, load)) for name in ("distance_m", "timer_s")}
    last_km = _per(last.get("distance_m"), M_PER_KM, share)
    return RunningNow(
        longest_30d_km=load.longest_run_km(on),
        ceiling_km=ceiling_km,
        last_run_km=last_km,
        last_run_min=_per(last.get("timer_s"), S_PER_MIN, share),
        sore_km=None if load.onset is None else load.longest_borne_km(on, since=load.onset) or last_km,
        doubted=load.doubted(on),
        run_days=_kept(Row(tuple(ran["date"]))).all,
        run_days_in_row=load.run_days_in_row(on),
    )


def _longest_before(ran: pl.DataFrame, name: str, load: Load) -> float | None:
    """Return how much more than the most of the run days before the last one a run may be; None where none is known."""
    window = timedelta(load.constants.spike_window_d)
    before = ran[:-1].filter(pl.col("date") >= ran["date"][-1] - window)[name].max()
    return before * (1 + load.constants.spike_small_above) if isinstance(before, float) else None


def _borne(last: float | None, most: float | None) -> float | None:
    """Return so much of the LAST run as a sore hip has shown that it bears: a jump is no measure for the next run."""
    return last if last is None or most is None else min(last, most)


@lru_cache(maxsize=LOGS)
def _kept(days: Row[date]) -> Row[date]:
    """Return the first that was equal to DAYS: what was worked out of those need not be worked out of these."""
    return days


def _per(value: float | None, unit: int, share: float) -> float | None:
    """Return the SHARE of VALUE that is sure, in a larger UNIT."""
    return value * share / unit if value else None
