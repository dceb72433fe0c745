"""A session is moved to another day by hand: where it may go, which rules stand against it, and the change itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from hipwise.errors import Broken, HipwiseError, RulesBroken
from hipwise.knowledge import Knowledge
from hipwise.plan._adapt import with_days
from hipwise.plan._done import lived
from hipwise.plan._frame import DAYS, KINDS, Frame, Placed
from hipwise.plan._moment import begun_on, done_in
from hipwise.plan._place import RULES, broken
from hipwise.plan._types import Day, Plan, RunningNow, plain
from hipwise.plan._valid import broken_rules
from hipwise.plan._versions import Change, Entry, Lock, change, locks_of
from hipwise.plan._week import ahead, in_words, laid
from hipwise.plan._wishes import WEEKDAYS
from hipwise.texts import say

__all__ = ["ALL", "Move", "Moves", "Target", "may_move", "moved"]

ALL = "all"
"""All that stands on a day."""

LOCKED = "week"
"""The item that a clinician locks to hold the days as they are."""


@dataclass(frozen=True, slots=True)
class Target:
    """A day ON that a session could be moved to, and what would be BROKEN there; nothing: it may go there."""

    on: date
    broken: tuple[Broken, ...]
    says: str

    @property
    def allowed(self) -> bool:
        """Whether it may go there."""
        return not self.broken


@dataclass(frozen=True, slots=True)
class Move:
    """Where a KIND of session (run, strength, cross; all: the whole day) of one day may go."""

    kind: str
    says: str
    days: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Moves:
    """What may be moved from the day ON, and where to; WHY_NOT says why there is nothing."""

    on: date
    why_not: str | None
    moves: tuple[Move, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the same as plain data, ready for JSON."""
        found: dict[str, Any] = plain(self)
        for move in found["moves"]:
            move["days"] = [{"on": each["on"], "allowed": not each["broken"], **each} for each in move["days"]]
        return found

    @classmethod
    def none(cls, on: date, why: str) -> Moves:
        """Return that nothing can be moved: WHY is held, no_plan, behind, not_laid or nothing."""
        return cls(on, say(f"plan.move_{why}"))


def may_move(plan: Plan, entries: tuple[Entry, ...], running: RunningNow, knowledge: Knowledge, since: date) -> Moves:
    """Return for each session of the day SINCE, on which days within a week of it it may stand; nothing is changed."""
    board = _Board.of(plan, entries, running, knowledge)
    kinds = board.kinds_on(since)
    if not kinds:
        why = "behind" if since < board.frame.on else "nothing" if since in board.ahead else "not_laid"
        return Moves.none(since, why)
    moves = (Move(kind, say(f"plan.move_{kind}"), tuple(board.targets(kind, since))) for kind in kinds)
    return Moves(since, None, tuple(moves))


def moved(
    plan: Plan,
    entries: tuple[Entry, ...],
    running: RunningNow,
    knowledge: Knowledge,
    kind: str,
    since: date,
    to: date,
) -> Change:
    """Return the change that moves a KIND of session from the day SINCE to the day TO.

    Raises:
        RulesBroken: rules or wishes stand against it; they are named, and nothing is changed.
        HipwiseError: no such session lies ahead on that day, or the other day is not laid out.
    """
    board = _Board.of(plan, entries, running, knowledge)
    if kind not in (*board.kinds_on(since), ALL) or not board.kinds_on(since):
        raise HipwiseError("no_such_session", where=since.isoformat(), kind=kind)
    if to not in board.ahead or to == since:
        raise HipwiseError("no_such_target", where=to.isoformat())
    found = board.broken(kind, since, to)
    if found:
        rules = [each for each in found if each.rule in {*RULES, *board.own}]
        wishes = [each for each in found if each not in rules]
        raise RulesBroken("move_refused", where=to.isoformat(), rules=rules, wishes=wishes, all=_listed(found))
    days = board.days(kind, since, to)
    values = {"what": say(f"plan.move_{kind}"), "since": _day(since), "to": _day(to)}
    return change(plan, LOCKED, with_days(days), say("plan.why_moved", **values), "moved", (), by_itself=True)


@dataclass(frozen=True, slots=True)
class _Board:
    """The days ahead with what stands on them, and what they must keep."""

    plan: Plan
    frame: Frame
    placed: Placed
    running: RunningNow
    lock: Lock | None
    knowledge: Knowledge

    own = frozenset({"taken", "beside_run", "locked", "checked"})
    """The rules that only a move can break."""

    @classmethod
    def of(cls, plan: Plan, entries: tuple[Entry, ...], running: RunningNow, knowledge: Knowledge) -> _Board:
        on = plan.days[0].on
        done = lived(done_in(entries), running, begun_on(entries, on), knowledge)
        frame, placed = ahead(plan, running, done, knowledge, on, len(plan.days))
        return cls(plan, frame, placed, running, locks_of(entries).get(LOCKED), knowledge)

    @property
    def ahead(self) -> tuple[date, ...]:
        return tuple(day.on for day in self.plan.days)

    def place(self, on: date) -> int:
        return (on - self.frame.on).days

    def kinds_on(self, on: date) -> tuple[str, ...]:
        found = tuple(kind for kind in KINDS if self.place(on) in self.placed[kind])
        return (ALL, *found) if len(found) > 1 else found

    def targets(self, kind: str, since: date) -> Iterator[Target]:
        for on in self.ahead:
            if on != since and abs(on - since) < timedelta(DAYS):
                found = self.broken(kind, since, on)
                text = "plan.move_refused" if found else "plan.move_allowed"
                yield Target(on, found, say(text, on=_day(on), why=_listed(found)))

    def broken(self, kind: str, since: date, to: date) -> tuple[Broken, ...]:
        """Return what stands against a move that was not broken before: the rules of the solver, then the validator."""
        if self.lock is not None:
            return (Broken("locked", say("plan.rule_locked", by=self.lock.by, reason=self.lock.reason)),)
        after = self._after(kind, since, to)
        alone = tuple(self._alone(after, kind, to))
        if alone:
            return alone
        before = broken(self.frame, self.placed)
        names = tuple(dict.fromkeys(name for name, _ in sorted(broken(self.frame, after) - before)))
        return in_words(names, self.frame) or self._checked(kind, since, to)

    def _alone(self, after: Placed, kind: str, to: date) -> Iterator[Broken]:
        at, moving = self.place(to), KINDS if kind == ALL else (kind,)
        if sum(map(len, after.values())) < sum(map(len, self.placed.values())):
            yield Broken("taken", say("plan.rule_taken"))
        elif at in after["run"] & after["cross"] and {"run", "cross"} & set(moving):
            yield Broken("beside_run", say("plan.rule_beside_run"))

    def _after(self, kind: str, since: date, to: date) -> Placed:
        at, there = self.place(since), self.place(to)
        moving = [each for each in KINDS if kind in {each, ALL} and at in self.placed[each]]
        return {each: (days - {at}) | {there} if each in moving else days for each, days in self.placed.items()}

    def days(self, kind: str, since: date, to: date) -> tuple[Day, ...]:
        """Return the days of the plan after a move."""
        return laid(self.plan, self.frame, self._after(kind, since, to), self.running, self.knowledge)

    def _checked(self, kind: str, since: date, to: date) -> tuple[Broken, ...]:
        """Let the validator, which shares nothing with the solver, have the last word."""
        days = self.days(kind, since, to)
        new = _with(self.plan, days)
        before = set(broken_rules(self.plan, self.running, self.knowledge))
        worse = [each for each in broken_rules(new, self.running, self.knowledge) if each not in before]
        return (Broken("checked", say("plan.rule_checked")),) if worse else ()


def _with(plan: Plan, days: tuple[Day, ...]) -> Plan:
    return replace(plan, days=days, week=days[:DAYS])


def _listed(found: Iterable[Broken]) -> str:
    return "; ".join(each.says for each in found)


def _day(on: date) -> str:
    return say("plan.a_day", weekday=say(f"plan.weekday_{WEEKDAYS[on.weekday()]}"), on=on.isoformat())
