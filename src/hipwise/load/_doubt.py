"""How far the log can be trusted, day by day: from the grade of each week, and the days that nobody knows of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from hipwise.activity import GRADES, Quality
from hipwise.load._constants import LoadConstants
from hipwise.load._formulas import EDGE, Codes, Column, Mask

__all__ = ["Doubt", "letters"]

NOT_GRADED = -1
WORST = len(GRADES) - 1
DAYS_OF_WEEK = 7
LETTERS = pl.Series([*GRADES, None], dtype=pl.String)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Columns of days; FIRST is the ordinal of the first one.

    GRADE is a place in GRADES (NOT_GRADED where nobody looked), OFF the share by which the distance may be off, BLANK
    whether nobody knows what was run. SHAKY is OFF where it is too much to be overlooked, else 0: in a comparison of
    two sure weeks the error of one watch cancels out.
    """

    first: int
    grade: Codes
    off: Column
    blank: Mask
    shaky: Column

    @classmethod
    def of(cls, quality: Quality | None, first: int, last: int, constants: LoadConstants) -> Doubt:
        """Return the doubt about the days from FIRST to LAST (ordinals); none at all without a QUALITY."""
        count = max(0, last - first + 1)
        nothing = np.zeros(count)
        if quality is None or not count:
            return cls(first, np.full(count, NOT_GRADED), nothing, np.zeros(count, bool), nothing)
        begin = date.fromordinal(first)
        lead = begin.weekday()
        mondays = [begin + timedelta(place - lead) for place in range(0, count + lead, DAYS_OF_WEEK)]
        weeks = np.array([GRADES.index(quality.grade_on(monday)) for monday in mondays], np.int64)
        grade = np.repeat(weeks, DAYS_OF_WEEK)[lead : lead + count]
        off = np.array([quality.errors[each] for each in GRADES])[grade]
        blank = np.zeros(count, bool)
        unknown = np.array([day.toordinal() - first for day in quality.unknown], np.int64)
        blank[unknown[(unknown >= 0) & (unknown < count)]] = True
        return cls(first, grade, off, blank, np.where(off > constants.sure_within + EDGE, off, 0.0))

    def until(self, count: int) -> Doubt:
        """Return the first COUNT days alone."""
        return Doubt(self.first, self.grade[:count], self.off[:count], self.blank[:count], self.shaky[:count])

    @property
    def graded(self) -> Mask:
        """Days that somebody looked at."""
        return self.grade > NOT_GRADED

    @property
    def anywhere(self) -> bool:
        """Whether there is any doubt that is not overlooked; without it both ends of a comparison are the same."""
        return bool(self.blank.any() or self.shaky.any())

    @property
    def lost(self) -> Mask:
        """Days of which the log says nothing that could be relied on: blank, or in a week of the worst grade."""
        lost: Mask = self.blank | (self.grade == WORST)
        return lost

    def least(self, values: Column, off: Column) -> Column:
        """Return the least that VALUES can be if they are OFF by that share."""
        return values * np.maximum(0.0, 1 - off)

    def most(self, values: Column, off: Column) -> Column:
        """Return the most that VALUES can be; endless where the log says nothing of the day."""
        return np.where(self.blank | (off >= 1), np.inf, values * (1 + off))

    def sure_share(self, constants: LoadConstants) -> Column:
        """Return which share of a run of each day counts for the ceiling of the next one."""
        return np.maximum(constants.bears_least_share, 1 - self.shaky)

    def worst_of(self, window: float) -> Codes:
        """Return for each day the worst grade of the days of the WINDOW that ends on it."""
        return pl.Series(self.grade).rolling_max(int(window), min_samples=1).to_numpy()

    def blank_in(self, window: float) -> Codes:
        """Return for each day how many of the days of the WINDOW that ends on it nobody knows of."""
        return pl.Series(self.blank.astype(np.int64)).rolling_sum(int(window), min_samples=1).to_numpy()


def letters(codes: Codes) -> pl.Series:
    """Return places in GRADES as letters, null where nobody looked."""
    return LETTERS.gather(np.where(codes < 0, len(GRADES), codes))
