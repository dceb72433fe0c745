"""Looking back from the first pain: what the log covers, what was lately, what was usual before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from hipwise.load._calendar import Calendar, RollingWeeks
from hipwise.load._constants import LoadConstants
from hipwise.load._doubt import Doubt
from hipwise.load._formulas import Column, Mask
from hipwise.load._outings import Activities, Outings
from hipwise.load._spikes import Spikes
from hipwise.model import UNKNOWN
from hipwise.texts import say

__all__ = ["Change", "Look", "Seen"]

STANDINGS = {"spike": "best_evidence", "week_jump": "weak_evidence"}
"""How each kind of change stands in the evidence (the ids of the texts); of the others no study of runners speaks."""

NO = "no"
YES = "yes"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that changed in the log: KIND, the day ON, how many days before the day looked back from.

    VALUES fill the sentence `load.change_<kind>`. ECHO: the change is made by a longer run that is listed itself.
    SURE: it stands whatever the days were that nobody knows of, and however far its weeks may be off.
    """

    kind: str
    on: date
    days_before: int
    values: tuple[tuple[str, object], ...]
    echo: bool = False
    sure: bool = True

    @property
    def says(self) -> str:
        """The change in a sentence or two, without a word of cause."""
        said = say(f"load.change_{self.kind}", days=self.days_before, on=self.on, **dict(self.values))
        return said if self.sure else f"{said} {say('load.change_unsure')}"

    @property
    def standing(self) -> str:
        """How well a change of its kind is tied to injuries of runners: best_evidence, weak_evidence or no_study."""
        return STANDINGS.get(self.kind, "no_study")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look back found: the STATE of the finding (or UNKNOWN), and the changes."""

    state: str
    changes: tuple[Change, ...] = ()

    @classmethod
    def of(cls, changes: tuple[Change, ...], *, known: bool) -> Seen:
        """Return yes where there are CHANGES; no only where the log could have shown one."""
        return cls(YES if changes else NO if known else UNKNOWN, changes)

    @classmethod
    def weighed(cls, changes: tuple[Change, ...], *, known: bool) -> Seen:
        """Return yes only where one of the CHANGES is sure: for what no alarm hangs on."""
        return (
            cls.of(changes, known=known) if any(each.sure for each in changes) or not changes else cls(UNKNOWN, changes)
        )


@dataclass(frozen=True, slots=True)
class Look:
    """The log, looked at backwards from the DAY of the first pain."""

    day: date
    calendar: Calendar
    weeks: RollingWeeks
    outings: Outings
    spikes: Spikes
    others: Activities
    doubt: Doubt
    constants: LoadConstants

    @property
    def until(self) -> int:
        """The ordinal of the day looked back from."""
        return self.day.toordinal()

    @property
    def since(self) -> int:
        """The ordinal of the first day that is "lately"."""
        return self.until - int(self.constants.before_onset_d)

    @property
    def usual_since(self) -> int:
        """The ordinal of the first day that shows what was usual."""
        return self.since - int(self.constants.usual_d)

    @property
    def first_run(self) -> int:
        """The ordinal of the first run known; after every day where there is none."""
        first = self.calendar.first_run
        return self.until + 1 if first is None else first.toordinal()

    @property
    def last_run(self) -> int:
        """The ordinal of the last run known; before every day where there is none."""
        last = self.calendar.last_run
        return 0 if last is None else last.toordinal()

    @property
    def covered(self) -> bool:
        """Whether the log says what was run lately: it begins before, and reaches (nearly) up to the pain."""
        return self.first_run <= self.since and self.last_run >= self.until - self.constants.log_reach_d

    @property
    def lately(self) -> Mask:
        """Outings of the days before the pain, its first day included."""
        return (self.outings.day >= self.since) & (self.outings.day <= self.until)

    @property
    def usual(self) -> Mask:
        """Outings that show what was usual."""
        return (self.outings.day >= self.usual_since) & (self.outings.day < self.since)

    @property
    def long_enough(self) -> Mask:
        """Outings that can be compared: so short that they say nothing are left out."""
        distance = self.outings.distance_m
        return np.isnan(distance) | (distance >= self.constants.compared_from_km * 1000)

    def knows(self, since: int, until: int) -> bool:
        """Return whether each day from SINCE to UNTIL (ordinals) is known, and none in a week of the worst grade."""
        begin = max(0, since - self.doubt.first)
        return not self.doubt.lost[begin : max(begin, until - self.doubt.first + 1)].any()

    @property
    def knows_lately(self) -> bool:
        """Whether each day is known on which something could have changed."""
        return self.knows(self.since, self.until)

    @property
    def knows_usual(self) -> bool:
        """Whether enough of the days are known that show what was usual."""
        begin, end = (max(0, day - self.doubt.first) for day in (self.usual_since, self.since))
        days = self.doubt.lost[begin:end]
        return not len(days) or bool((~days).mean() >= self.constants.known_share)

    def shows_usual(self, values: Column) -> bool:
        """Return whether enough usual outings have a value of VALUES (NaN: not known) to say what was usual."""
        usual = self.usual & self.long_enough
        known = int(np.count_nonzero(np.isfinite(values[usual])))
        begins_before = self.first_run <= self.since - self.constants.usual_least_d
        return begins_before and known >= self.constants.usual_least_runs and self._mostly_known(values[usual])

    def shows_lately(self, values: Column) -> bool:
        """Return whether the log says enough of VALUES lately for a "no"."""
        return self.covered and self._mostly_known(values[self.lately & self.long_enough])

    def _mostly_known(self, values: Column) -> bool:
        return not len(values) or bool(np.isfinite(values).mean() >= self.constants.known_share)
