"""Six months of an invented runner, with one mistake in training, and then the story of a sore hip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from hipwise.activity import Run, write_fit
from hipwise.model import Athlete, Finding
from hipwise.simulate._fiction import RUNNER, STORY
from hipwise.simulate._sample import Session, record
from hipwise.simulate._told import CAUSE, SIDE, answers, checkins
from hipwise.simulate._week import dates_of, planted, quiet_weeks, sore_days
from hipwise.texts import say

__all__ = ["Story", "Truth", "runner", "story", "write"]

FIRST_DAY = date(2020, 1, 6)
LOOK_BACK = timedelta(30)


@dataclass(frozen=True, slots=True)
class Truth:
    """What was planted: the run that was too long, the hills, the first pain, and what the answers should show."""

    spike_on: date
    spike_m: float
    longest_before_m: float
    hills_on: tuple[date, ...]
    onset: date
    side: str
    cause: str

    @property
    def excess(self) -> float:
        """By what share the planted run is longer than the longest of the 30 days before it."""
        return self.spike_m / self.longest_before_m - 1


@dataclass(frozen=True, slots=True)
class Story:
    """Runs in order of time, what was told on the day TOLD, check-ins up to the day ENDS, and the TRUTH behind it."""

    athlete: Athlete
    runs: tuple[Run, ...]
    onset: date
    told: date
    ends: date
    answers: tuple[Finding, ...]
    checkins: tuple[Finding, ...]
    truth: Truth

    @property
    def says(self) -> tuple[str, ...]:
        """What the story is, and what was planted in it, one sentence each."""
        first, last = self.runs[0].local_date, self.runs[-1].local_date
        truth = self.truth
        return (
            say("simulate.intro", count=len(self.runs), first=first, last=last),
            say(
                "simulate.planted_run",
                on=truth.spike_on,
                km=truth.spike_m / 1000,
                excess=truth.excess,
                days=LOOK_BACK.days,
            ),
            say("simulate.planted_pain", onset=self.onset, side=truth.side, told=self.told, ends=self.ends),
        )


def story(*, seed: int = 1, start: date, months: int = 6) -> Story:
    """Return the story of SEED that begins on START. The same arguments give the same story, to the byte.

    Raises:
        ValueError: fewer MONTHS than the story needs.
    """
    if months < STORY.least_months:
        raise ValueError(f"a story needs at least {STORY.least_months} months, not {months}")
    dates = dates_of(start, months)
    rng = np.random.Generator(np.random.PCG64(seed))
    sessions = list(quiet_weeks(dates, rng))
    longest_m = 1000 * max(_lately(sessions, dates.spike))
    mistake = list(planted(dates, longest_m, rng))
    sessions += [*mistake, *sore_days(dates, rng)]
    runs = tuple(record(session, seed, place) for place, session in enumerate(sessions))
    spike = next(run for run in runs if run.local_date == dates.spike)
    truth = Truth(
        spike_on=dates.spike,
        spike_m=spike.distance_m or 0.0,
        longest_before_m=longest_m,
        hills_on=tuple(each.day for each in mistake if each.climb_m_per_km > RUNNER.flat_climb_m_per_km),
        onset=dates.onset,
        side=SIDE,
        cause=CAUSE,
    )
    born = date(start.year - STORY.age_y, 1, 1)
    athlete = Athlete(born, "female", "IE")
    return Story(athlete, runs, dates.onset, dates.told, dates.ends, answers(dates), checkins(dates), truth)


def _lately(sessions: list[Session], day: date) -> Iterator[float]:
    for session in sessions:
        if session.sport == "running" and day - LOOK_BACK <= session.day < day:
            yield session.km


def write(told: Story, folder: Path) -> tuple[Path, ...]:
    """Write the runs of a story as FIT files into FOLDER, which is made; return their paths in order of time.

    Raises:
        OSError: the folder or a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = tuple(folder / run.file for run in told.runs)
    for run, path in zip(told.runs, paths, strict=True):
        write_fit(run, path)
    return paths


def runner(seed: int, n_runs: int) -> Iterator[Run]:
    """Yield N_RUNS easy runs of about an hour, one a day: many files for benchmarks, made one by one."""
    km = 3.6 * RUNNER.easy_mps
    for place in range(n_runs):
        day = FIRST_DAY + timedelta(place)
        yield record(Session(name="hour", day=day, hour=18.0, km=km, speed_mps=RUNNER.easy_mps), seed, place)
