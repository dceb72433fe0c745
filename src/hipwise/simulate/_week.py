"""The invented runner's training: quiet weeks, one mistake, and a sore hip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from hipwise.simulate._fiction import RUNNER, STORY
from hipwise.simulate._sample import Session

__all__ = ["Dates", "dates_of", "planted", "quiet_weeks", "sore_days"]

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
DAYS_OF_WEEK = 7
MONTHS_OF_YEAR = 12
DAYS_OF_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Dates:
    """The days on which the story turns."""

    start: date
    spike: date
    onset: date
    told: date
    ends: date


def dates_of(start: date, months: int) -> Dates:
    """Return the days of a story of MONTHS (about: it ends in the week in which the last of them does)."""
    last = start + timedelta(round(months * DAYS_OF_YEAR / MONTHS_OF_YEAR)) - timedelta(STORY.ends_after_d)
    spike = last - timedelta((last.weekday() - SUNDAY) % DAYS_OF_WEEK)
    after = (STORY.onset_after_d, STORY.told_after_d, STORY.ends_after_d)
    return Dates(start, spike, *(spike + timedelta(days) for days in after))


def quiet_weeks(dates: Dates, rng: np.random.Generator) -> Iterator[Session]:
    """Yield the sessions from the start up to the week of the planted run, that run not among them."""
    monday = dates.start - timedelta(dates.start.weekday())
    week = 0
    while monday < dates.spike:
        for session in _week(week, monday, rng):
            if dates.start <= session.day < dates.spike:
                yield session
        monday += timedelta(DAYS_OF_WEEK)
        week += 1


def _week(week: int, monday: date, rng: np.random.Generator) -> Iterator[Session]:
    """Yield one week: easy, tempo, easy, long; now and then a ride, the treadmill, or nothing at all."""
    km, hours, chance = rng.uniform(0.97, 1.03, 4), rng.uniform(-0.5, 0.5, 5), rng.random(3)
    easy = Session(name="easy", day=_at(monday, TUESDAY), hour=18.0 + hours[0], km=6.0 * km[0], speed_mps=_easy(rng))
    yield replace(easy, pause_s=int(rng.integers(30, 120)) if chance[0] < STORY.pause_chance else 0, effort=3.0)
    if week % 2:
        yield replace(
            _session("ride", monday, WEDNESDAY, 18.5 + hours[1], 25.0 * km[1], RUNNER.ride_mps), sport="cycling"
        )
    yield replace(
        _session("tempo", monday, THURSDAY, 18.2 + hours[2], 8.0 * km[2], _easy(rng)),
        fast_mps=RUNNER.tempo_mps * rng.uniform(0.985, 1.015),
        effort=6.0,
    )
    if chance[1] < STORY.short_run_chance:
        # now and then late in the evening: the day is another one in UTC
        hour = 22.6 if chance[2] < STORY.late_chance else 9.0 + hours[3]
        short = _session("easy", monday, SATURDAY, hour, 5.0 * km[3], _easy(rng))
        indoor = week % STORY.treadmill_every_weeks == STORY.treadmill_every_weeks - 1
        yield replace(short, indoor=True, name="treadmill") if indoor else replace(short, smart=True)
    yield _long(week, monday, 8.5 + hours[4], rng)


def _long(week: int, monday: date, hour: float, rng: np.random.Generator) -> Session:
    km = min(STORY.first_long_km * STORY.long_growth**week, STORY.last_long_km)
    lighter = week % STORY.lighter_week == STORY.lighter_week - 1
    km *= (STORY.lighter_share if lighter else 1.0) * rng.uniform(0.99, 1.01)
    speed = RUNNER.long_mps * rng.uniform(0.985, 1.015)
    return replace(_session("long", monday, SUNDAY, hour, km, speed), pause_s=int(rng.integers(40, 200)), effort=5.0)


def planted(dates: Dates, longest_m: float, rng: np.random.Generator) -> Iterator[Session]:
    """Yield the mistake: a run far longer than any lately, over hills, and hills again before the first pain."""
    excess = rng.uniform(*STORY.spike_excess)
    long = _session("long", dates.spike, 0, 8.2, longest_m * (1 + excess) / 1000, RUNNER.long_mps)
    yield replace(long, climb_m_per_km=STORY.hill_climb_m_per_km, pause_s=150, effort=8.0)
    yield _session("easy", dates.spike, 2, 18.3, 6.0, _easy(rng))
    yield replace(_session("hills", dates.spike, 4, 18.1, 7.5, _easy(rng)), climb_m_per_km=STORY.hill_climb_m_per_km)


def sore_days(dates: Dates, rng: np.random.Generator) -> Iterator[Session]:
    """Yield what is run once the hip is sore: less, then walk breaks and short easy runs."""
    days_and_km = ((dates.onset, 1, 5.0), (dates.onset, 3, 3.0), (dates.told, 2, 3.0), (dates.told, 5, 3.5))
    for day, after, km in days_and_km:
        yield replace(_session("easy", day, after, 18.0, km, _easy(rng) * 0.97), sore=True, effort=3.0)


def _session(name: str, monday: date, after: int, hour: float, km: float, speed_mps: float) -> Session:
    return Session(name=name, day=_at(monday, after), hour=hour, km=km, speed_mps=speed_mps)


def _at(monday: date, after: int) -> date:
    return monday + timedelta(after)


def _easy(rng: np.random.Generator) -> float:
    return RUNNER.easy_mps * rng.uniform(0.98, 1.02)
