"""What stands on a day, and which pain scores can be trusted: none that a painkiller was hiding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from itertools import groupby

from hipwise.causes import standing, time_without_drug
from hipwise.knowledge import Kind, Knowledge
from hipwise.model import UNKNOWN, Evidence, Finding

__all__ = ["PASTS_KEPT", "Seen", "at_work", "trusted"]

DRUG = "painkiller"
AGO = "painkiller_hours_ago"
NO_DRUG = "none"
CHANGED = "hip_changed"

DAYS_KEPT = 2
"""What was told until a day, of which it is remembered what can be trusted: each is asked about at once, many times."""

PASTS_KEPT = 32
"""Pasts that were gone through: those of a few runners and their next days."""


@dataclass(frozen=True)
class Seen:
    """EVIDENCE as it stands on the day ON. Scores told before the pain changed do not count."""

    evidence: Evidence
    knowledge: Knowledge
    on: date

    @cached_property
    def _standing(self) -> dict[str, Finding]:
        return standing(self.evidence, self.knowledge, self.on)

    def finding(self, name: str) -> Finding | None:
        """Return the newest finding NAME if it is fresh and known."""
        found = self._standing.get(name)
        return found if found is not None and found.is_known else None

    def state(self, name: str) -> str | None:
        """Return the state of a finding, None where it is not known."""
        found = self.finding(name)
        return None if found is None else found.state

    def score(self, name: str) -> int | None:
        """Return a pain score from 0 to 10, None where it is not known."""
        found = self.finding(name)
        changed = self.finding(CHANGED)
        if found is None or (changed is not None and changed.state == "yes" and found.on < changed.on):
            return None
        return int(found.state)

    def yes(self, name: str) -> bool:
        """Return whether a finding is known to be "yes"."""
        return self.state(name) == "yes"

    @cached_property
    def medicated(self) -> bool:
        """Whether a painkiller may still be at work. Not known how long ago counts as at work."""
        drug = self.finding(DRUG)
        if drug is None:
            return False
        reports = list(_reports(list(self.evidence.between(drug.on, drug.on)), self.knowledge))
        return reports[-1].hides


@dataclass(frozen=True, slots=True)
class _Report:
    """One answer about painkillers: its place in the day's row, and whether the drug was still at work."""

    place: int
    hides: bool


@lru_cache(maxsize=DAYS_KEPT)
def trusted(evidence: Evidence, knowledge: Knowledge) -> Evidence:
    """Return EVIDENCE in which each score that was told with a painkiller at work is unknown.

    Where none was ever taken, and no time told at which one was, it is EVIDENCE itself.
    """
    past, newest = _sure_before(evidence.past, knowledge), _sure(evidence.newest, knowledge)
    if past is evidence.past and newest is evidence.newest:
        return evidence
    return Evidence((*past, *newest))


@lru_cache(maxsize=PASTS_KEPT)
def _sure_before(past: Evidence, knowledge: Knowledge) -> Evidence:
    """Return what of the PAST can be trusted; the days after it change nothing of that."""
    found = _sure(past.findings, knowledge)
    return past if found is past.findings else Evidence(found)


def _sure(told: tuple[Finding, ...], knowledge: Knowledge) -> tuple[Finding, ...]:
    """Return what was TOLD of some days as it can be trusted; the very same where no painkiller is spoken of."""
    taken = {each.on for each in told if _speaks_of_a_drug(each)}
    if not taken:
        return told
    found: list[Finding] = []
    for on, day in groupby(told, key=lambda finding: finding.on):
        of_day = list(day)
        found.extend(_unmasked(of_day, knowledge) if on in taken else of_day)
    return tuple(found)


def _speaks_of_a_drug(finding: Finding) -> bool:
    return finding.state != NO_DRUG if finding.id == DRUG else finding.id == AGO and finding.is_known


def _unmasked(day: list[Finding], knowledge: Knowledge) -> Iterator[Finding]:
    reports = list(_reports(day, knowledge))
    hiding = [report.place for report in reports if report.hides]
    first: set[str] = set()
    for place, finding in enumerate(day):
        again = finding.id in first
        first.add(finding.id)
        if hiding and _is_score(finding, knowledge) and not _told_after(place, hiding[-1], reports, again=again):
            yield replace(finding, state=UNKNOWN)
        else:
            yield finding


def _told_after(place: int, hidden: int, reports: list[_Report], *, again: bool) -> bool:
    """Whether a score was told after the drug had worn off: after that answer, or a second time that day beside it."""
    worn_off = [report.place for report in reports if report.place > hidden]
    return bool(worn_off) and place > hidden and (again or place > worn_off[0])


def _is_score(finding: Finding, knowledge: Knowledge) -> bool:
    question = knowledge.findings.get(finding.id)
    return question is not None and question.kind is Kind.SCORE


def _reports(day: list[Finding], knowledge: Knowledge) -> Iterator[_Report]:
    """Pair each painkiller of a day with the answer how long ago; without one it may still be at work."""
    hours = [(place, each) for place, each in enumerate(day) if each.id == AGO]
    slip = time_without_drug(day)
    taken = 0
    for place, finding in enumerate(day):
        if finding.id != DRUG:
            continue
        if finding.state == NO_DRUG:
            yield _slipped(place, finding, hours[-1], knowledge) if slip else _Report(place, hides=False)
            continue
        at, ago = hours[taken] if taken < len(hours) else (place, None)
        taken += 1
        yield _Report(max(place, at), hides=_hides(finding, ago, knowledge))


def _slipped(place: int, none: Finding, last: tuple[int, Finding], knowledge: Knowledge) -> _Report:
    """Return what NONE at a PLACE hides where a time was told at which it was taken, the LAST one: as any drug may."""
    at, ago = last
    return _Report(max(place, at), hides=_hides(replace(none, state=UNKNOWN), ago, knowledge))


def at_work(drug: str, hours_ago: str, knowledge: Knowledge) -> bool:
    """Return whether a DRUG that was taken (a state of `painkiller`) still hides scores; HOURS_AGO is a state too."""
    return _hides(Finding(DRUG, drug, date.min), Finding(AGO, hours_ago, date.min), knowledge)


def _hides(drug: Finding, ago: Finding | None, knowledge: Knowledge) -> bool:
    """Whether a drug is at work; one that is not known counts as the one that works longest."""
    painkillers = knowledge.rehab.painkillers
    longest = max(each.window_h.value for each in painkillers.values())
    window_h = painkillers[drug.state].window_h.value if drug.state in painkillers else longest
    if ago is None or not ago.is_known:
        return True
    return knowledge.number(f"hours_ago.{ago.state}").value < window_h
