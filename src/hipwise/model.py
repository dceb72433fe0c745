"""The words that every room shares: who runs, which pain, what was sensed or told.

Everything we sense becomes **findings**; findings weigh **causes**; causes shape a **plan**; the plan says what to do
**today**.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

__all__ = ["DECLINED", "NEW_PAIN", "UNKNOWN", "Athlete", "Episode", "Evidence", "Finding"]

UNKNOWN = "unknown"
"""The state of a finding that was asked and not known. Never the same as "no"."""

DECLINED = "declined"
"""The state of a finding that the runner did not want to answer. Counts as unknown."""

_PASTS_KEPT = 32
"""Pasts of which one is kept for all that grew from it: those of a few runners and their next days."""
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


@dataclass(frozen=True)
class Evidence:
    """All findings, oldest first; of two on the same day the later in the row is the newer.

    It is a PAST and what was told on its NEWEST day. The past is the very same for all that grew from it, so that what
    is gone through in order of days can be gone through once for it, and then for the newest day.
    """

    findings: tuple[Finding, ...] = ()

    def __hash__(self) -> int:
        return hash((len(self.findings), self.findings[-1:]))  # equal by all of them; a long row is not gone through

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Evidence:
        """Return evidence with FINDINGS in the order of their days (ties keep their order)."""
        return cls(tuple(sorted(findings, key=lambda finding: finding.on)))

    def __or__(self, other: Evidence) -> Evidence:
        if not other.findings:
            return self
        first = min(each.on for each in other.findings)
        place = bisect_right(self.findings, first, key=lambda each: each.on)
        later = sorted((*self.findings[place:], *other.findings), key=lambda finding: finding.on)
        grown = Evidence((*self.findings[:place], *later))
        if 0 < place == len(self.findings):
            grown.__dict__.update(self._past_of(grown))
        return grown

    def _past_of(self, grown: Evidence) -> dict[str, Evidence]:
        """Return the past of what has GROWN from this by later findings, if it is at hand."""
        last, day = self.findings[-1].on, grown.findings[-1].on
        if day == last:
            return {"past": self.past}
        return {"past": self._as_kept} if grown.findings[len(self)].on == day else {}

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    @cached_property
    def past(self) -> Evidence:
        """What was known before the newest day."""
        if not self.findings:
            return self
        return _kept(Evidence(self.findings[: self.begin_of(self.findings[-1].on)]))

    @cached_property
    def _as_kept(self) -> Evidence:
        return _kept(self)

    @cached_property
    def newest(self) -> tuple[Finding, ...]:
        """What was told on the newest day."""
        return self.findings[len(self.past) :]

    @cached_property
    def _by_id(self) -> dict[str, tuple[Finding, ...]]:
        found: dict[str, list[Finding]] = {}
        for each in self.findings:
            found.setdefault(each.id, []).append(each)
        return {name: tuple(each) for name, each in found.items()}

    def latest(self) -> dict[str, Finding]:
        """Return the newest finding of each id: how things stand."""
        return {finding.id: finding for finding in self.findings}

    def history(self, finding: str) -> tuple[Finding, ...]:
        """Return all findings of one id, oldest first: how it came to be so."""
        before = self.past._by_id.get(finding, ())  # noqa: SLF001 (its own kind)
        return (*before, *(each for each in self.newest if each.id == finding))

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


@lru_cache(maxsize=_PASTS_KEPT)
def _kept(past: Evidence) -> Evidence:
    """Return the first that was equal to PAST: what was worked out of that one need not be worked out of this."""
    return past
