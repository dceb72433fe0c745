"""The calendar day of a run whose file says nothing of local time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta, tzinfo
from typing import Final

import polars as pl

from hipwise.activity._merge import DAY_OF_HOME, NO_LOCAL_TIME
from hipwise.activity._run import Note, Run

__all__ = ["at_home"]

S_PER_DEGREE: Final = 240
"""The sun goes round in a day."""

FAR_FROM_HOME_S: Final = 4 * 3600
"""Clocks differ from the sun by less than this almost everywhere; a run farther off was not run at home."""


def at_home(run: Run, home: tzinfo) -> Run:
    """Return RUN with the calendar day that it was in the zone HOME, where its file says no local time.

    Where its first place on the globe lies far from that zone, the day is that of the sun there. A line of a table
    tells day and hour as they were at home. UTC would put a run of the evening in America on tomorrow, where today
    knows nothing of it.
    """
    if run.utc_offset_s is not None or run.is_hourless:
        return run
    if run.is_only_from("csv"):
        return _told_at_home(run, home)
    offset = run.started_at.astimezone(home).utcoffset() or timedelta(0)
    sun = _sun(run)
    if sun is not None and abs((sun - offset).total_seconds()) > FAR_FROM_HOME_S:
        offset = sun
    notes = tuple(Note(DAY_OF_HOME) if note.text == NO_LOCAL_TIME else note for note in run.notes)
    return replace(run, local_date=(run.started_at + offset).date(), notes=notes)


def _told_at_home(run: Run, home: tzinfo) -> Run:
    began = run.started_at.replace(tzinfo=home)
    offset = began.utcoffset() or timedelta(0)
    notes = tuple(note for note in run.notes if note.text != NO_LOCAL_TIME)
    offset_s = int(offset.total_seconds())
    return replace(run, started_at=began.astimezone(UTC), utc_offset_s=offset_s, notes=notes)


def _sun(run: Run) -> timedelta | None:
    """Return how far the sun is ahead of UTC where RUN began; None where its file tells no place."""
    if "longitude_deg" not in run.samples.columns:
        return None
    first = run.samples.select(pl.col("longitude_deg").drop_nulls().first()).item()
    return None if first is None else timedelta(seconds=S_PER_DEGREE * first)
