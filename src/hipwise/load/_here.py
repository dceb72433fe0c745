"""On which day a run counts where the runner is now: a label tells the day of the place where it was run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from hipwise.activity import RunSummary
from hipwise.knowledge import Knowledge

__all__ = ["counted_from", "days_from", "rested_from"]


def days_from(runs: Sequence[RunSummary], now: datetime, on: date, knowledge: Knowledge) -> dict[str, date]:
    """Return which of RUNS (in order of their start) count for another day than they are dated, by id, with that day.

    NOW is the moment, with the zone of the runner; ON is today there, or a later day that is looked at.

    A run that has begun is none of tomorrow, though a zone far to the east says so. While it is so recent that it must
    still lie between two runs (`today.rest_between_d`) it counts for the later of two days: that of its label and that
    of its hour here. And what began less than `today.same_run_day_h` ago was run today: no night lies between.
    """
    today = now.date()
    if on < today:
        return {}
    recent = timedelta(knowledge.number("today.rest_between_d").value + 1)
    same_day = timedelta(hours=knowledge.number("today.same_run_day_h").value)
    found = {}
    for run in _begun_since(runs, now - recent, now):
        here = run.started_at.astimezone(now.tzinfo).date()
        last = today if now - run.started_at < same_day else here
        day = min(max(run.local_date, last), today if on == today else on)
        if day != run.local_date:
            found[run.id] = day
    return found


def rested_from(runs: Sequence[RunSummary], now: datetime, knowledge: Knowledge) -> datetime | None:
    """Return from when on no run begun until NOW is one of the day, by its hour alone; None: there is none so recent.

    RUNS are in order of their start. Until then a run of before midnight counts for the day after it too.
    """
    same_day = timedelta(hours=knowledge.number("today.same_run_day_h").value)
    last = next(_begun_since(runs, now - same_day, now), None)
    return None if last is None else (last.started_at + same_day).astimezone(now.tzinfo)


def counted_from(runs: Sequence[RunSummary], days: dict[str, date]) -> tuple[RunSummary, ...]:
    """Return RUNS, those in DAYS (by id) dated so."""
    return tuple(replace(run, local_date=days[run.id]) if run.id in days else run for run in runs)


def _begun_since(runs: Sequence[RunSummary], since: datetime, now: datetime) -> Iterator[RunSummary]:
    """Yield the RUNS begun from a moment until NOW, the newest first, without those whose hour nobody knows."""
    for run in reversed(runs):
        if run.started_at < since:
            return
        if run.started_at <= now and not run.is_hourless:
            yield run
