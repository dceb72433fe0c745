"""A plan as a row of versions: each change is a before and an after with its reason; the row rebuilds the plan."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hipwise.plan._types import Plan, plain, recall

__all__ = ["Change", "Entry", "Lock", "change", "changed", "locks_of", "rebuilt", "standing_decline"]

BASE, CHANGE, DECLINE, LOCK, UNLOCK = "base", "change", "decline", "lock", "unlock"
DONE, WEEKLY = "done", "weekly"
ID_LETTERS = 8
"""Enough that no two proposals of a plan are ever called the same."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a plan: ITEM ("stage", "run", "week", "wishes", "picture", "exercise:ID") from BEFORE to AFTER.

    BEFORE and AFTER are the parts of the plan that differ, as plain data. BY_ITSELF: it is on the careful side, or says
    nothing new, and needs no consent. LOCKED names who holds the item; such a change is shown and not made.
    """

    id: str
    item: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    reason: str
    rule: str
    sources: tuple[str, ...]
    by_itself: bool
    locked: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the same as plain data, ready for JSON."""
        found: dict[str, Any] = plain(self)
        return found


@dataclass(frozen=True, slots=True)
class Lock:
    """ITEM stays as it is until the lock is opened: BY whom, since the day ON, and the REASON."""

    item: str
    by: str
    reason: str
    on: date


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the row, ON a day: KIND is base, change, decline, lock, unlock, done or weekly; BODY plain data."""

    on: date
    kind: str
    body: Mapping[str, Any]


def change(
    plan: Plan,
    item: str,
    after: Mapping[str, Any],
    reason: str,
    rule: str,
    sources: Iterable[str],
    *,
    by_itself: bool,
) -> Change:
    """Return the change of ITEM that puts the parts AFTER into PLAN; its id says what it does and nothing else."""
    was = plan.as_dict()
    new = {name: plain(value) for name, value in after.items()}
    differing = {name: value for name, value in new.items() if value != was[name]}
    before = {name: was[name] for name in differing}
    told = json.dumps([item, before, differing], sort_keys=True)
    number = hashlib.sha256(told.encode()).hexdigest()[:ID_LETTERS]
    return Change(number, item, before, differing, reason, rule, tuple(dict.fromkeys(sources)), by_itself)


def changed(plan: Plan, changes: Iterable[Change]) -> Plan:
    """Return PLAN after CHANGES, in their order."""
    made = tuple(changes)
    if not made:
        return plan
    data = plan.as_dict()
    for each in made:
        data |= each.after
    found = recall(data)
    assert isinstance(found, Plan)  # noqa: S101 (a change of a plan leaves a plan)
    return found


def rebuilt(entries: Iterable[Entry]) -> Plan | None:
    """Return the plan that the row of ENTRIES leads to; None where there is no base, or an older version wrote it.

    The same row gives the same plan, whoever asks and whenever.
    """
    data: dict[str, Any] | None = None
    for entry in entries:
        if entry.kind == BASE:
            data = dict(entry.body)
        elif entry.kind == CHANGE and data is not None:
            data |= entry.body.get("after", {})
    try:
        found = None if data is None else recall(data)
    except ValueError:
        return None
    return found if isinstance(found, Plan) else None


def locks_of(entries: Iterable[Entry]) -> dict[str, Lock]:
    """Return the locks that stand, by item."""
    found: dict[str, Lock] = {}
    for entry in entries:
        if entry.kind == LOCK:
            body = entry.body
            found[body["item"]] = Lock(body["item"], body["by"], body["reason"], entry.on)
        elif entry.kind == UNLOCK:
            found.pop(entry.body["item"], None)
    return found


def standing_decline(entries: Iterable[Entry], item: str) -> date | None:
    """Return the day on which a change of ITEM was declined, if none was made since."""
    last: date | None = None
    for entry in _about(entries, item):
        last = entry.on if entry.kind == DECLINE else None
    return last


def _about(entries: Iterable[Entry], item: str) -> Iterator[Entry]:
    yield from (each for each in entries if each.kind in {CHANGE, DECLINE} and each.body.get("item") == item)
