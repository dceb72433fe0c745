"""Logs of runs, made up for tests of load."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from hipwise.activity import Origin, RunSummary
from hipwise.knowledge import Knowledge
from hipwise.load import Load, measure
from hipwise.model import Athlete

__all__ = ["ORIGIN", "START", "day", "every", "run", "seen"]

START = date(2030, 1, 7)  # a Monday
ORIGIN = Origin("made up", "fit", "0")


def run(
    day: date | int,
    km: float | None = 5.0,
    *,
    at: float = 8.0,
    minutes: float | None = None,
    sport: str = "running",
    name: str = "",
    **totals: object,
) -> RunSummary:
    """A run of KM on a DAY (a date, or days after START) at an hour, by default at 6 min/km."""
    local_date = START + timedelta(day) if isinstance(day, int) else day
    timer_s = (minutes if minutes is not None else (km or 5.0) * 6) * 60
    totals = {"elapsed_s": timer_s, "timer_s": timer_s, "distance_m": None if km is None else km * 1000} | totals
    return RunSummary(
        id=name or f"{local_date}/{at}/{km}/{sport}",
        sport=sport,
        started_at=datetime.combine(local_date, time(), UTC) + timedelta(hours=at),
        local_date=local_date,
        origins=(ORIGIN,),
        **totals,  # type: ignore[arg-type]
    )


def every(days: int, since: int, until: int, km: float = 5.0, **totals: object) -> list[RunSummary]:
    return [run(day, km, **totals) for day in range(since, until, days)]


def day(after: int) -> date:
    return START + timedelta(after)


def seen(runs: Sequence[RunSummary], knowledge: Knowledge, on: int = 120, onset: int | None = None) -> Load:
    return measure(runs, Athlete(), knowledge, on=day(on), onset=None if onset is None else day(onset))
