"""What was told and still holds on a day, and from where on it is of the pain as it is now.

All of it is gone through in order of days. What was told before the newest day is gone through once, and the newest day
after it: a day is asked about many times, and each time only its own answers are others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from hipwise.knowledge import Compare, Fact, Knowledge, Told
from hipwise.model import NEW_PAIN, Evidence, Finding

__all__ = ["changed_at", "changed_on", "known_from", "place_lost", "places", "standing", "states_of"]

CHANGED = "hip_changed"
PLACE = "worst_point"
SIDE = "side"

DAYS_KEPT = 64
"""Days of which it is remembered which answers still hold, and what the past has left standing on them."""


def standing(evidence: Evidence, knowledge: Knowledge, on: date) -> dict[str, Finding]:
    """Return the newest finding of each id that is still fresh on the day ON; what the base does not know is left out.

    A finding that was asked again and not known is returned as such: an old answer does not hide behind it.
    """
    known = evidence.until(on)
    return {**_stood(known.past, knowledge, on), **_fresh(known.newest, knowledge, on)}


@lru_cache(maxsize=DAYS_KEPT)
def _stood(past: Evidence, knowledge: Knowledge, on: date) -> Mapping[str, Finding]:
    return _fresh(past, knowledge, on)


def _fresh(told: Iterable[Finding], knowledge: Knowledge, on: date) -> dict[str, Finding]:
    since = _holds_since(knowledge, on)
    return {each.id: each for each in told if each.id in since and each.on >= since[each.id]}


@lru_cache(maxsize=DAYS_KEPT)
def _holds_since(knowledge: Knowledge, on: date) -> dict[str, date]:
    """Return from which day on an answer still holds; what the base does not know never does."""
    return {
        name: date.fromordinal(max(1, on.toordinal() - question.holds_d))
        for name, question in knowledge.findings.items()
    }


def states_of(known: Evidence, knowledge: Knowledge, on: date) -> dict[str, str]:
    """Return the states that stand on the day ON, as `situation` tells of them; KNOWN ends on that day."""
    begin = len(known.past)
    turn, lost = changed_at(known, knowledge), place_lost(known)
    before = _states_before(known.past, knowledge, on, min(turn, begin), min(lost, begin))
    return _heard(dict(before), known.newest, knowledge, on, turn - begin, lost - begin)


@lru_cache(maxsize=DAYS_KEPT)
def _states_before(past: Evidence, knowledge: Knowledge, on: date, turn: int, lost: int) -> Mapping[str, str]:
    return _heard({}, past, knowledge, on, turn, lost)


def _heard(
    states: dict[str, str], told: Iterable[Finding], knowledge: Knowledge, on: date, turn: int, lost: int
) -> dict[str, str]:
    """Return STATES as they are after what was TOLD; the first TURN of that are of a pain that has changed since."""
    calming, where, since = _calming(knowledge), places(knowledge), _holds_since(knowledge, on)
    for place, finding in enumerate(told):
        if finding.id not in since or finding.on < since[finding.id]:
            continue
        if finding.is_known:
            states[finding.id] = finding.state
            stale = place < turn or (place < lost and finding.id in where)
            if stale and (finding.id, finding.state) in calming:
                del states[finding.id]
        elif finding.id == PLACE:
            if (PLACE, states.get(PLACE)) in calming:
                del states[PLACE]
        elif states.get(finding.id) not in knowledge.findings[finding.id].alarming:
            states.pop(finding.id, None)
    return states


@cache
def _calming(knowledge: Knowledge) -> frozenset[tuple[str, str]]:
    """Return the answers that can switch a rule off."""
    rules = [rung.when for alarm in knowledge.alarms.values() for rung in alarm.levels]
    found = (leaf for rule in (*rules, *knowledge.facts.values()) for each in rule.switches() for leaf in each.leaves())
    told = (leaf for each in found for leaf in _told_in(each, knowledge))
    return frozenset((leaf.finding, state) for leaf in told for state in leaf.states)


def _told_in(leaf: Told | Compare | Fact, knowledge: Knowledge) -> Iterable[Told]:
    """Return the answers that a part of a rule looks at, also through named facts."""
    if isinstance(leaf, Fact):
        for each in knowledge.facts[leaf.name].leaves():
            yield from _told_in(each, knowledge)
    elif isinstance(leaf, Told):
        yield leaf


def known_from(known: Evidence, begin: int) -> dict[str, str]:
    """Return the state of each finding by its newest answer from the place BEGIN in the row on, if that is known."""
    before = len(known.past)
    return _last_known(_known_before(known.past, min(begin, before)), known.newest[max(0, begin - before) :])


@lru_cache(maxsize=DAYS_KEPT)
def _known_before(past: Evidence, begin: int) -> Mapping[str, str]:
    return _last_known({}, past.findings[begin:])


def _last_known(before: Mapping[str, str], told: Iterable[Finding]) -> dict[str, str]:
    states = dict(before)
    for each in told:
        if each.is_known:
            states[each.id] = each.state
        else:
            states.pop(each.id, None)
    return states


@dataclass(frozen=True, slots=True)
class _Turned:
    """Up to which place in the row answers are of a pain that has changed since; WHERE it hurts, as told last."""

    place: int
    where: Mapping[str, str]


def changed_at(known: Evidence, knowledge: Knowledge) -> int:
    """Return up to where in the row answers are of another pain: it is a new one, or its place, side or kind is.

    What is told on the day of a new place or side is of the new pain.
    """
    before = _turned_before(known.past, knowledge)
    return _turned(before, known.newest, known, knowledge, len(known.past)).place


@lru_cache(maxsize=DAYS_KEPT)
def _turned_before(past: Evidence, knowledge: Knowledge) -> _Turned:
    return _turned(_Turned(0, {}), past.findings, past, knowledge, 0)


def _turned(before: _Turned, told: tuple[Finding, ...], known: Evidence, knowledge: Knowledge, begin: int) -> _Turned:
    """Return how it is after what was TOLD, which stands in what is KNOWN from the place BEGIN on."""
    spoken, found, where = places(knowledge), before.place, dict(before.where)
    for place, each in enumerate(told, begin):
        if each.id == NEW_PAIN or (each.id == CHANGED and each.state == "yes"):
            found = max(found, place)
        if each.id in spoken and each.is_known:
            if where.get(each.id, each.state) != each.state != "no":
                found = max(found, known.begin_of(each.on))
            where[each.id] = each.state
    return _Turned(found, where)


def changed_on(evidence: Evidence, knowledge: Knowledge) -> date | None:
    """Return the day from which answers are of the pain as it is: it changed its place, side or kind; None: never."""
    place = changed_at(evidence, knowledge)
    return evidence.findings[place].on if place else None


@cache
def places(knowledge: Knowledge) -> frozenset[str]:
    """Return the findings that say where it hurts, and on which side."""
    return frozenset({SIDE, *(name for name, each in knowledge.findings.items() if each.first_page == "where")})


def place_lost(known: Evidence) -> int:
    """Return where the day begins on which the runner could no longer say where it hurts most; 0 where they can."""
    told = known.history(PLACE)
    return 0 if not told or told[-1].is_known else known.begin_of(told[-1].on)
