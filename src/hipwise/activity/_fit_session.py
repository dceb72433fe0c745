"""What a FIT file says about its run as a whole: sessions, pauses, local time."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from hipwise.activity._fit_columns import Table
from hipwise.activity._fit_profile import (
    FIT_EPOCH_S,
    LAP_LENGTH,
    LAP_TRIGGER,
    SESSION_FRACTION_OF_CADENCE,
    SESSION_TOTALS,
    SPORTS,
    SUB_SPORTS,
    SYSTEM_TIME_BELOW,
    Message,
)
from hipwise.activity._laps import MOST_LAPS, LapSaid

if TYPE_CHECKING:
    from hipwise.activity._arrays import Column
    from hipwise.activity._fit_frame import Part

__all__ = ["Session", "clock_shift", "laps", "pauses", "sessions", "sport_alone", "utc_offset"]

MOST_SESSIONS = 100
MOST_EVENTS = 20_000

START_TIME, SPORT, SUB_SPORT = 2, 5, 6
MANUAL = 0
SPORT_OF_SPORT, SUB_SPORT_OF_SPORT = 0, 1
EVENT, EVENT_TYPE = 0, 1
TIMER = 0
STARTS, STOPS = {0}, {1, 4, 8, 9}
LOCAL_TIMESTAMP, TIMESTAMP = 5, 253
ELAPSED = SESSION_TOTALS["elapsed_s"]
ACTIVE_ZONE, ZONE_OFFSETS = 0, 2

QUARTER_S = 900
"""Offsets of time zones are whole quarters of an hour."""
SLACK_S = 120
FARTHEST_S = 15 * 3600


@dataclass(slots=True)
class Session:
    """What one session message says of its leg; the start in unix seconds."""

    sport: str = "other"
    sub_sport: str | None = None
    started_at_s: float | None = None
    totals: dict[str, float] = field(default_factory=dict)


def sessions(part: Part) -> list[Session]:
    """Return the sessions of PART in order of their start, each once."""
    table = Table(part, Message.SESSION, MOST_SESSIONS)
    totals = {name: table.column(scaled) for name, scaled in SESSION_TOTALS.items()}
    fraction = table.column(SESSION_FRACTION_OF_CADENCE)
    if fraction is not None and totals["cadence_spm"] is not None:
        totals["cadence_spm"] += np.nan_to_num(fraction)
    sports, subs = table.numbers(SPORT).tolist(), table.numbers(SUB_SPORT).tolist()
    found: list[Session] = []
    for row, start in enumerate(_starts(table).tolist()):
        values = {name: float(column[row]) for name, column in totals.items() if column is not None}
        known = {name: value for name, value in values.items() if math.isfinite(value)}
        session = Session(*_sport(sports[row], subs[row]), start if math.isfinite(start) else None, known)
        if session not in found:
            found.append(session)
    return sorted(found, key=lambda session: session.started_at_s or -math.inf)


def sport_alone(part: Part) -> Session:
    """Return what the sport message of PART says, for a file that broke off before its session was written."""
    table = Table(part, Message.SPORT, 1)
    if not len(table):
        return Session()
    return Session(*_sport(table.numbers(SPORT_OF_SPORT)[0], table.numbers(SUB_SPORT_OF_SPORT)[0]))


def _starts(table: Table) -> Column:
    """Return when each session began: as it says, else its end less its length."""
    starts = table.numbers(START_TIME) + FIT_EPOCH_S
    ends = table.numbers(TIMESTAMP) + FIT_EPOCH_S
    return np.where(np.isnan(starts), ends - table.numbers(ELAPSED.number, ELAPSED.scale), starts)


def _sport(sport: float, sub_sport: float) -> tuple[str, str | None]:
    """Return the names; a treadmill is for running, also where the sport says "fitness equipment"."""
    name = SPORTS.get(int(sport), "other") if math.isfinite(sport) else "other"
    sub = SUB_SPORTS.get(int(sub_sport)) if math.isfinite(sub_sport) else None
    return ("running", sub) if (name, sub) == ("fitness_equipment", "treadmill") else (name, sub)


def laps(part: Part) -> list[LapSaid]:
    """Return the laps of PART in order of their start; each ends where the next begins, the last as it says."""
    table = Table(part, Message.LAP, MOST_LAPS)
    starts = _starts(table)
    order = np.argsort(starts, kind="stable")
    order = order[np.isfinite(starts[order])]
    ends = starts + table.numbers(ELAPSED.number, ELAPSED.scale)
    ends[order[:-1]] = starts[order[1:]]
    lengths, triggers = table.numbers(LAP_LENGTH.number, LAP_LENGTH.scale), table.numbers(LAP_TRIGGER.number)
    return [
        LapSaid(begin, end, length, None if math.isnan(trigger) else trigger == MANUAL)
        for begin, end, length, trigger in zip(
            *(column[order].tolist() for column in (starts, ends, lengths, triggers)), strict=True
        )
    ]


def pauses(part: Part) -> list[tuple[float, float]]:
    """Return [from, to) in unix seconds of each time between a stop of the timer and its next start."""
    table = Table(part, Message.EVENT, MOST_EVENTS)
    of_timer = table.numbers(EVENT) == TIMER
    times, types = table.unix_times()[of_timer], table.numbers(EVENT_TYPE)[of_timer]
    order = np.argsort(times, kind="stable")
    found: list[tuple[float, float]] = []
    stopped: float | None = None
    for time, kind in zip(times[order].tolist(), types[order].tolist(), strict=True):
        if kind in STOPS and stopped is None and math.isfinite(time):
            stopped = time
        elif kind in STARTS and stopped is not None:
            found.append((stopped, time))
            stopped = None
    return found if stopped is None else [*found, (stopped, math.inf)]


def clock_shift(part: Part) -> float:
    """Return seconds to add to all times of a device that counts from when it was switched on, else 0.

    Its activity message has both: such a stamp, and the local time that belongs to it.
    """
    table = Table(part, Message.ACTIVITY, 1)
    if not len(table):
        return 0.0
    local, stamp = float(table.numbers(LOCAL_TIMESTAMP)[0]), float(table.numbers(TIMESTAMP)[0])
    return local - stamp if stamp < SYSTEM_TIME_BELOW <= local else 0.0


def utc_offset(part: Part) -> int | None:
    """Return seconds that local time was ahead of UTC: by the activity's two stamps, else by the device's settings."""
    table = Table(part, Message.ACTIVITY, 1)
    if len(table):
        local, stamp = float(table.numbers(LOCAL_TIMESTAMP)[0]), float(table.unix_times()[0]) - FIT_EPOCH_S
        if local >= SYSTEM_TIME_BELOW and (offset := _quarters(local - stamp)) is not None:
            return offset
    return _set_offset(part)


def _set_offset(part: Part) -> int | None:
    """Return the offset of the zone chosen in the device's settings (a crash does not take it: it stands first)."""
    table = Table(part, Message.DEVICE_SETTINGS, 1)
    if not len(table):
        return None
    zone, offsets = table.numbers(ACTIVE_ZONE)[0], table.bytes_of(ZONE_OFFSETS)[0]
    begin = 4 * int(zone) if math.isfinite(zone) else 0
    chosen = offsets[begin : begin + 4]
    if len(chosen) < 4:  # noqa: PLR2004 (bytes)
        return None
    return _quarters(int.from_bytes(chosen, "big" if table.groups[0].definition.big else "little", signed=True))


def _quarters(seconds: float) -> int | None:
    """Return SECONDS as whole quarters of an hour, or None if they are not near one, or too many."""
    if not math.isfinite(seconds) or abs(seconds) > FARTHEST_S:
        return None
    nearest = round(seconds / QUARTER_S) * QUARTER_S
    return nearest if abs(seconds - nearest) <= SLACK_S else None
