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
from hipwise.plan._place import NEAR_D, RULES, around, broken
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

OWN = frozenset({"taken", "locked", "checked"})
"""The rules that only a move can break."""

MOST_ALSO = 3
"""No more other sessions than this move along with one that is moved: the runner asked for one."""


@dataclass(frozen=True, slots=True)
class Target:
    """A day ON that a session could be moved to, and what would be BROKEN there; nothing: it may go there.

    ALSO says which other days would hold something else then, so that every rule is kept.
    """

    on: date
    broken: tuple[Broken, ...]
    also: tuple[str, ...]
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
    found = board.found(kind, since, to)
    if found.broken:
        rules = [each for each in found.broken if each.rule in {*RULES, *OWN}]
        wishes = [each for each in found.broken if each not in rules]
        raise RulesBroken("move_refused", where=to.isoformat(), rules=rules, wishes=wishes, all=_listed(found.broken))
    also = board.also(found.placed, kind, since, to)
    values = {"what": say(f"plan.move_{kind}"), "since": _day(since), "to": _day(to), "also": "; ".join(also)}
    reason = say("plan.why_moved_also" if also else "plan.why_moved", **values)
    return change(plan, LOCKED, with_days(board.days(found.placed)), reason, "moved", (), by_itself=True)


@dataclass(frozen=True, slots=True)
class _Found:
    """Where everything stands after a move, or what is BROKEN by it."""

    placed: Placed
    broken: tuple[Broken, ...] = ()


@dataclass(frozen=True, slots=True)
class _Board:
    """The days ahead with what stands on them, and what they must keep."""

    plan: Plan
    frame: Frame
    placed: Placed
    running: RunningNow
    lock: Lock | None
    knowledge: Knowledge

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
                found = self.found(kind, since, on)
                also = () if found.broken else self.also(found.placed, kind, since, on)
                text = "plan.move_refused" if found.broken else "plan.move_also" if also else "plan.move_allowed"
                values = {"why": _listed(found.broken), "also": "; ".join(also)}
                yield Target(on, found.broken, also, say(text, on=_day(on), **values))

    def found(self, kind: str, since: date, to: date) -> _Found:
        """Return the days after a move: as asked for, else with as few others moved as can be, else what it breaks."""
        if self.lock is not None:
            return _Found(
                self.placed,
                (Broken(rule="locked", says=say("plan.rule_locked", by=self.lock.by, reason=self.lock.reason)),),
            )
        after = self._after(kind, since, to)
        alone = tuple(self._alone(after))
        if alone:
            return _Found(after, alone)
        before = set(broken(self.frame, self.placed))
        names = tuple(dict.fromkeys(each[0] for each in broken(self.frame, after) if each not in before))
        if not names:
            return _Found(after, self._checked(after))
        nearest = self._nearest(after, kind, since, to)
        return _Found(after, in_words(names, self.frame)) if nearest is None else _Found(nearest)

    def _nearest(self, after: Placed, kind: str, since: date, to: date) -> Placed | None:
        """Return the days nearest to those AFTER a move that keep every rule, if few others move with it."""
        at, there = self.place(since), self.place(to)
        near = replace(self.frame, length=min(self.frame.length, max(at, there) + NEAR_D))
        part = {each: frozenset(day for day in days if day < near.length) for each, days in after.items()}
        moving = [each for each in KINDS if kind in {each, ALL} and at in self.placed[each]]
        found = around(near, part, [(each, there) for each in moving], [(each, at) for each in moving])
        if found is None or sum(len(found[each] - part[each]) for each in KINDS) > MOST_ALSO:
            return None
        whole = {each: found[each] | (after[each] - part[each]) for each in KINDS}
        return None if broken(self.frame, whole) or self._checked(whole) else whole

    def also(self, placed: Placed, kind: str, since: date, to: date) -> tuple[str, ...]:
        """Return what else stands on another day than it did, in words."""
        after, before = self._after(kind, since, to), self.days(self._after(kind, since, to))
        if placed == after:
            return ()
        both = zip(before, self.days(placed), strict=True)
        return tuple(
            say("plan.moved", on=new.on.isoformat(), says=new.says) for old, new in both if old.says != new.says
        )

    def _alone(self, after: Placed) -> Iterator[Broken]:
        if sum(map(len, after.values())) < sum(map(len, self.placed.values())):
            yield Broken(rule="taken", says=say("plan.rule_taken"))

    def _after(self, kind: str, since: date, to: date) -> Placed:
        at, there = self.place(since), self.place(to)
        moving = [each for each in KINDS if kind in {each, ALL} and at in self.placed[each]]
        return {each: (days - {at}) | {there} if each in moving else days for each, days in self.placed.items()}

    def days(self, placed: Placed) -> tuple[Day, ...]:
        """Return the days of the plan with what is PLACED on them."""
        return laid(self.plan, self.frame, placed, self.running, self.knowledge)

    def _checked(self, placed: Placed) -> tuple[Broken, ...]:
        """Let the validator, which shares nothing with the solver, have the last word."""
        new = _with(self.plan, self.days(placed))
        before = set(broken_rules(self.plan, self.running, self.knowledge))
        worse = [each for each in broken_rules(new, self.running, self.knowledge) if each not in before]
        return (Broken(rule="checked", says=say("plan.rule_checked")),) if worse else ()


def _with(plan: Plan, days: tuple[Day, ...]) -> Plan:
    return replace(plan, days=days, week=days[:DAYS])


def _listed(found: Iterable[Broken]) -> str:
    return "; ".join(each.says for each in found)


def _day(on: date) -> str:
    return say("plan.a_day", weekday=say(f"plan.weekday_{WEEKDAYS[on.weekday()]}"), on=on.isoformat())
