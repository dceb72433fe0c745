"""Days and weeks: what was run on each day that the log covers, and the metrics that follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from hipwise.load._constants import LoadConstants
from hipwise.load._doubt import Doubt, letters
from hipwise.load._formulas import (
    Codes,
    Column,
    Mask,
    changes_pct,
    monotonies,
    trailing,
)
from hipwise.load._frames import bound, dates, nullable
from hipwise.load._outings import Activities, Log, Outings

__all__ = [
    "Calendar",
    "RollingWeeks",
    "calendar_of",
    "days_frame",
    "longest_before",
    "monotony_frame",
    "rolling_frame",
    "rolling_weeks",
    "weeks_frame",
]

MONDAY = 1
"""date.toordinal() leaves 1 on a Monday when divided by the days of a week."""

DAYS_OF_WEEK = 7
SECONDS_PER_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days as columns, from the first activity to the last; FIRST is the ordinal of the first day.

    BEGINS and ENDS are the rows of the first and the last run known (the one after the last row, and -1, where there is
    none). Between them a day without a run is a rest day, unless nobody knows of it; there and outside nothing is known
    of running, and DISTANCE_M, TIMER_S and STEPS are NaN (and where a run has none).
    SUMS are of other columns of the outings; NaN where one outing of the day lacks it. DOUBT is about the same days.
    """

    first: int
    begins: int
    ends: int
    runs: Codes
    distance_m: Column
    timer_s: Column
    steps: Column
    without_distance: Codes
    without_timer: Codes
    other_timer_s: Column
    longest_m: Column
    sums: Mapping[str, Column]
    doubt: Doubt

    @property
    def first_run(self) -> date | None:
        """The day of the first run known."""
        return date.fromordinal(self.first + self.begins) if self.begins <= self.ends else None

    @property
    def last_run(self) -> date | None:
        """The day of the last run known."""
        return date.fromordinal(self.first + self.ends) if self.begins <= self.ends else None

    @property
    def loads_m(self) -> Column:
        """Metres on each day between the first and the last run, as far as they are known."""
        return np.nan_to_num(self.distance_m[self.begins : self.ends + 1])

    @property
    def low_m(self) -> Column:
        """The least metres of each day, as far as the grade of its week says."""
        return self.doubt.least(self.distance_m, self.doubt.off)

    @property
    def high_m(self) -> Column:
        """The most metres of each day; endless where nobody can say."""
        most = self.doubt.most(self.distance_m, self.doubt.off)
        return np.where(self.without_distance > 0, np.inf, most)

    def sure_m(self, constants: LoadConstants) -> Column:
        """Return of the longest outing of each day what counts for the ceiling of the next one."""
        return self.longest_m * self.doubt.sure_share(constants)

    def known_d(self, window: float) -> Column:
        """Return for each day how many of the days of the WINDOW that ends on it are known: on all runs a distance."""
        whole = (self.without_distance == 0) & ~self.doubt.blank
        known = whole[self.begins : self.ends + 1].astype(np.float64)
        return self.spread(np.nansum(trailing(known, window), axis=1))

    def spread(self, values: Column) -> Column:
        """Return VALUES of the days between the first and the last run on all days, NaN on the others."""
        spread = np.full(len(self.runs), np.nan)
        spread[self.begins : self.ends + 1] = values
        return spread

    @property
    def ordinals(self) -> Codes:
        """The proleptic ordinal of each day."""
        return self.first + np.arange(len(self.runs))


@dataclass(frozen=True, slots=True)
class RollingWeeks:
    """For each day the metres of the seven days that end on it (NOW_M) and of those before (BEFORE_M); NaN: not known.

    MOST_M is the largest week (any seven days) of the two before, USUAL_M the mean week of the four before. MISSING
    counts the runs without a distance among the seven days: NOW_M is then the least that it can be. LEAST_M and LIMIT_M
    are NOW_M, and the larger of MOST_M and USUAL_M, each at the end that speaks against a jump; GREATEST_M and FLOOR_M
    at the end that speaks for one. Both are the same where no day is doubted.
    """

    now_m: Column
    before_m: Column
    most_m: Column
    usual_m: Column
    missing: Column
    change_pct: Column
    least_m: Column
    limit_m: Column
    greatest_m: Column
    floor_m: Column


def calendar_of(log: Log, outings: Outings, described: Mapping[str, Column], doubt: Doubt) -> Calendar:
    """Return the days of a LOG, from the first activity to the last; none of an empty log.

    DESCRIBED are columns of the outings to be added up by day, DOUBT begins with the first activity.
    """
    first = doubt.first
    count = int(np.concatenate([log.runs.day, log.others.day]).max(initial=first - 1)) - first + 1
    begins = int(log.runs.day.min(initial=first + count)) - first
    ends = int(log.runs.day.max(initial=first - 1)) - first
    runs = _per_day(log.runs, np.ones(len(log.runs.ids)), first, count)
    without_distance = _per_day(log.runs, np.isnan(log.runs.distance_m), first, count)
    without_timer = _per_day(log.runs, np.isnan(log.runs.timer_s), first, count)
    without_steps = _per_day(log.runs, np.isnan(log.runs.steps), first, count)
    outside = doubt.blank[:count] & (runs == 0)
    outside[:begins] = True
    outside[ends + 1 :] = True

    def known(values: Column, missing: Column) -> Column:
        sums = _per_day(log.runs, np.nan_to_num(values), first, count)
        return np.where(outside | ((runs > 0) & (missing == runs)), np.nan, sums)

    return Calendar(
        first=first,
        begins=begins,
        ends=ends,
        runs=runs.astype(np.int64),
        distance_m=known(log.runs.distance_m, without_distance),
        timer_s=known(log.runs.timer_s, without_timer),
        steps=known(log.runs.steps, without_steps),
        without_distance=without_distance.astype(np.int64),
        without_timer=without_timer.astype(np.int64),
        other_timer_s=_per_day(log.others, np.nan_to_num(log.others.timer_s), first, count),
        longest_m=_longest(outings, first, count),
        sums={name: _sums(outings.day - first, values, outside) for name, values in described.items()},
        doubt=doubt.until(count),
    )


def days_frame(calendar: Calendar, constants: LoadConstants) -> pl.DataFrame:
    """Return one row a day."""
    return pl.DataFrame(
        {
            "date": dates(calendar.ordinals),
            "runs": calendar.runs,
            "distance_m": nullable(calendar.distance_m),
            "timer_s": nullable(calendar.timer_s),
            "steps": nullable(calendar.steps),
            "longest_m": nullable(calendar.longest_m),
            **{name: nullable(values) for name, values in calendar.sums.items()},
            "other_sport_timer_s": calendar.other_timer_s,
            "runs_without_distance": calendar.without_distance,
            "grade": letters(calendar.doubt.grade),
            "known": ~calendar.doubt.blank,
            "sure_share": calendar.doubt.sure_share(constants),
            "distance_low_m": bound(calendar.low_m, calendar.doubt.graded),
            "distance_high_m": bound(calendar.high_m, calendar.doubt.graded),
        }
    )


def weeks_frame(calendar: Calendar, constants: LoadConstants) -> pl.DataFrame:
    """Return one row a calendar week, Monday to Sunday."""
    rows = np.arange(len(calendar.runs))
    week = (calendar.first - MONDAY + rows) // DAYS_OF_WEEK
    starts = np.flatnonzero(np.diff(week, prepend=-1))

    def total(values: Column | Codes) -> Column:
        known = np.isfinite(values)
        sums = np.add.reduceat(np.where(known, values, 0.0), starts)
        return np.where(np.logical_or.reduceat(known, starts), sums, np.nan)

    def whole_total(values: Column) -> Column:
        lacking = np.logical_or.reduceat(np.isnan(values) & (calendar.runs > 0), starts)
        return np.where(lacking, np.nan, total(values))

    inside = (rows >= calendar.begins) & (rows <= calendar.ends)
    blank = np.add.reduceat(calendar.doubt.blank, starts, dtype=np.int64)
    whole = (total(inside.astype(np.int64)) == constants.week_d) & (blank == 0)
    runs, missing = total(calendar.runs), total(calendar.without_distance)
    distance = np.where((runs > 0) & (runs == missing), np.nan, total(calendar.distance_m))
    before = np.concatenate([[np.nan], np.where(whole & (missing == 0), distance, np.nan)[:-1]])
    mondays = week[starts] * DAYS_OF_WEEK + MONDAY
    return pl.DataFrame(
        {
            "monday": dates(mondays),
            "runs": runs.astype(np.int64),
            "distance_m": nullable(distance),
            "timer_s": nullable(total(calendar.timer_s)),
            "steps": nullable(total(calendar.steps)),
            "longest_m": nullable(np.fmax.reduceat(calendar.longest_m, starts)),
            "longest_30d_m": nullable(_borne(calendar, mondays, calendar.longest_m, constants)),
            "longest_30d_sure_m": nullable(_borne(calendar, mondays, calendar.sure_m(constants), constants)),
            **{name: nullable(whole_total(values)) for name, values in calendar.sums.items()},
            "other_sport_timer_s": total(calendar.other_timer_s),
            "runs_without_distance": missing.astype(np.int64),
            "whole": whole,
            "change_pct": nullable(np.where(whole, changes_pct(before, distance), np.nan)),
            "unknown_d": blank,
            **_of_weeks(calendar, starts, np.isfinite(distance)),
        }
    )


def _of_weeks(calendar: Calendar, starts: Codes, known: Mask) -> dict[str, pl.Series]:
    """Return the grade of each week, and the ends of its distance where one is KNOWN."""
    looked = calendar.doubt.graded[starts] & known
    return {
        "grade": letters(calendar.doubt.grade[starts]),
        "distance_low_m": bound(_added(calendar.low_m, starts), looked),
        "distance_high_m": bound(_added(calendar.high_m, starts), looked),
    }


def rolling_weeks(calendar: Calendar, constants: LoadConstants) -> RollingWeeks:
    """Return the seven days that end on each day, and the seven before them."""
    width = int(constants.week_d)
    without = calendar.without_distance.astype(np.float64)
    measured = np.where(without > 0, np.nan, calendar.spread(calendar.loads_m))
    now = calendar.spread(trailing(calendar.loads_m, width).sum(axis=1))
    before = _shifted(trailing(measured, width).sum(axis=1), width)
    most: Column = trailing(before, constants.week_before_d - width + 1).max(axis=1)
    usual = _shifted(trailing(measured, constants.week_usual_d).mean(axis=1), width) * width
    missing = trailing(without, width).sum(axis=1)
    doubt = calendar.doubt
    least, floor = greatest, limit = _ends(doubt.least(measured, doubt.shaky), constants)
    if doubt.anywhere:
        greatest, limit = _ends(doubt.most(measured, doubt.shaky), constants)
    return RollingWeeks(now, before, most, usual, missing, changes_pct(before, now), least, limit, greatest, floor)


def _ends(metres: Column, constants: LoadConstants) -> tuple[Column, Column]:
    """Return of METRES a day, at one end of what they may be, the week that ends on each day and what it is held to."""
    width = int(constants.week_d)
    now: Column = trailing(metres, width).sum(axis=1)
    before = _shifted(now, width)
    most = trailing(before, constants.week_before_d - width + 1).max(axis=1)
    usual = _shifted(trailing(metres, constants.week_usual_d).mean(axis=1), width) * width
    return now, np.maximum(most, usual)


def rolling_frame(calendar: Calendar, weeks: RollingWeeks) -> pl.DataFrame:
    """Return one row a day: the week that ends on it, against the week before that."""
    return pl.DataFrame(
        {
            "date": dates(calendar.ordinals),
            "distance_m": nullable(weeks.now_m),
            "before_m": nullable(weeks.before_m),
            "most_m": nullable(weeks.most_m),
            "usual_m": nullable(weeks.usual_m),
            "runs_without_distance": nullable(weeks.missing).cast(pl.Int64),
            "change_pct": nullable(weeks.change_pct),
            "grade": letters(calendar.doubt.worst_of(DAYS_OF_WEEK)),
        }
    )


def monotony_frame(calendar: Calendar, constants: LoadConstants) -> pl.DataFrame:
    """Return monotony and strain of the week that ends on each day, from minutes of running; no day of it is blank."""
    lacking = (calendar.without_timer > 0) | calendar.doubt.blank
    known = np.where(lacking, np.nan, calendar.timer_s / SECONDS_PER_MINUTE)
    weeks = trailing(known[calendar.begins : calendar.ends + 1], constants.monotony_d)
    monotony = monotonies(weeks)
    return pl.DataFrame(
        {
            "date": dates(calendar.ordinals),
            "monotony": nullable(calendar.spread(monotony)),
            "strain": nullable(calendar.spread(monotony * weeks.sum(axis=1))),
            "known_d": nullable(calendar.known_d(constants.monotony_d)).cast(pl.Int64),
            "grade": letters(calendar.doubt.worst_of(constants.monotony_d)),
        }
    )


def _per_day(activities: Activities, weights: Column, first: int, count: int) -> Column:
    return np.bincount(activities.day - first, weights=weights, minlength=count).astype(np.float64)


def _sums(rows: Codes, values: Column, outside: Mask) -> Column:
    """Return sums by day, NaN OUTSIDE of what is known and where one of the values is."""
    sums = np.where(outside, np.nan, 0.0)
    np.add.at(sums, rows, values)
    return sums


def _added(values: Column, starts: Codes) -> Column:
    """Return sums by week, endless where a day is; a day outside of what is known adds nothing."""
    return np.add.reduceat(np.nan_to_num(values, posinf=np.inf), starts)


def _borne(calendar: Calendar, mondays: Codes, longest_m: Column, constants: LoadConstants) -> Column:
    """Return for each week the longest of LONGEST_M in the window before its Monday, NaN where not known whole."""
    rows = mondays - calendar.first
    longest = longest_before(longest_m, constants)[np.maximum(rows, 0)]
    return np.where(rows - calendar.begins >= constants.spike_window_d, longest, np.nan)


def longest_before(longest_m: Column, constants: LoadConstants) -> Column:
    """Return for each day of LONGEST_M, and the one after, the longest of the window before it (NaN: none)."""
    longest = np.concatenate([longest_m, [np.nan]])
    before = trailing(longest, constants.spike_window_d + 1)[:, :-1]
    longest_of_window: Column = np.fmax.reduce(before, axis=1)
    return longest_of_window


def _longest(outings: Outings, first: int, count: int) -> Column:
    """Return the longest outing of each day, NaN where there is none with a distance."""
    longest = np.full(count, np.nan)
    np.fmax.at(longest, outings.day - first, outings.distance_m)
    return longest


def _shifted(values: Column, days: int) -> Column:
    return np.concatenate([np.full(min(days, len(values)), np.nan), values[:-days]])
