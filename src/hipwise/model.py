"""The words that every room shares: who runs, which pain, what was sensed or told.

Everything we sense becomes **findings**; findings weigh **causes**; causes shape a **plan**; the plan says what to do
**today**.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

__all__ = ["DECLINED", "NEW_PAIN", "UNKNOWN", "Athlete", "Episode", "Evidence", "Finding"]

UNKNOWN = "unknown"
"""The state of a finding that was asked and not known. Never the same as "no"."""

DECLINED = "declined"
"""The state of a finding that the runner did not want to answer. Counts as unknown."""

NEW_PAIN = "new_pain"
"""Not an answer but a mark in the row: what stands before it was told before this pain began.

It calms nothing that is asked of the pain, and no knowledge base has a finding of that name.
"""


@dataclass(frozen=True, slots=True)
class Athlete:
    """Who runs. What is not told is None and is never guessed.

    BORN gives the age on any day; SEX is "female" or "male" as the evidence uses the words; COUNTRY is an ISO 3166 code
    that chooses the emergency number.
    """

    born: date | None = None
    sex: str | None = None
    country: str | None = None

    @classmethod
    def of_age(cls, age_y: int | None, sex: str | None, on: date, country: str | None = None) -> Athlete:
        """Return an athlete who is AGE_Y years old on the day ON (None where it is not known)."""
        if age_y is None:
            return cls(None, sex, country)
        day = 28 if (on.month, on.day) == (2, 29) else on.day
        return cls(on.replace(year=on.year - age_y, day=day), sex, country)

    def age_y(self, on: date) -> int | None:
        """Return the age in full years on the day ON, or None where the birthday is not known."""
        if self.born is None:
            return None
        return on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))


@dataclass(frozen=True, slots=True)
class Episode:
    """One pain, from its onset on. Another side or another site is another episode; one that is over can come back."""

    id: str
    opened: date
    onset: date | None = None
    side: str | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing sensed or told: finding ID is in STATE on the day ON.

    ORIGIN says from where ("told", "load", "check-in", "file:..."); SIDE is "left", "right", "both" or None. A score is
    its number as text ("3"). The state may be UNKNOWN or DECLINED.
    """

    id: str
    state: str
    on: date
    origin: str = "told"
    side: str | None = None

    @property
    def is_known(self) -> bool:
        """Whether the state says something."""
        return self.state not in {UNKNOWN, DECLINED}


@dataclass(frozen=True, slots=True)
class Evidence:
    """All findings, oldest first; of two on the same day the later in the row is the newer."""

    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Evidence:
        """Return evidence with FINDINGS in the order of their days (ties keep their order)."""
        return cls(tuple(sorted(findings, key=lambda finding: finding.on)))

    def __or__(self, other: Evidence) -> Evidence:
        return Evidence.of((*self.findings, *other.findings))

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def latest(self) -> dict[str, Finding]:
        """Return the newest finding of each id: how things stand."""
        return {finding.id: finding for finding in self.findings}

    def history(self, finding: str) -> tuple[Finding, ...]:
        """Return all findings of one id, oldest first: how it came to be so."""
        return tuple(each for each in self.findings if each.id == finding)

    def begin_of(self, day: date) -> int:
        """Return where in the row the findings of a DAY begin."""
        return bisect_left(self.findings, day, key=lambda each: each.on)

    def between(self, since: date, until: date) -> tuple[Finding, ...]:
        """Return the findings of the days from SINCE to UNTIL, both included, oldest first."""
        begin = self.begin_of(since)
        return self.findings[begin : bisect_right(self.findings, until, begin, key=lambda each: each.on)]

    def marked(self, day: date) -> Evidence:
        """Return the same with the mark of a NEW_PAIN before what was told on a DAY, if anything was told before it."""
        begin = self.begin_of(day)
        if not begin:
            return self
        mark = Finding(NEW_PAIN, "yes", day, NEW_PAIN)
        return Evidence((*self.findings[:begin], mark, *self.findings[begin:]))

    def until(self, on: date) -> Evidence:
        """Return what was known at the end of the day ON."""
        if not self.findings or self.findings[-1].on <= on:
            return self
        return Evidence(self.findings[: bisect_right(self.findings, on, key=lambda each: each.on)])
