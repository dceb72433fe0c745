"""A row of versions meets a day: what is known now becomes the changes of the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from pydantic import TypeAdapter

from hipwise.causes import Ranking
from hipwise.knowledge import Knowledge, Phase
from hipwise.model import Evidence
from hipwise.plan._adapt import MODES, Moment, adapted
from hipwise.plan._course import course_of
from hipwise.plan._done import Done
from hipwise.plan._exercises import as_cut, prescribed, shortened
from hipwise.plan._ladder import position
from hipwise.plan._make import offered
from hipwise.plan._responses import MORNING
from hipwise.plan._seen import trusted
from hipwise.plan._types import Day, Plan, RunningNow
from hipwise.plan._versions import (
    BASE,
    CHANGE,
    DECLINE,
    DONE,
    LOCK,
    UNLOCK,
    WEEKLY,
    Change,
    Entry,
    change,
    changed,
    locks_of,
    standing_decline,
)
from hipwise.plan._weekly import Weekly, weekly_course
from hipwise.plan._wishes import Wishes
from hipwise.texts import say

__all__ = ["Programme", "begun_on", "done_in", "is_sound", "programme", "swapped", "weeklies"]

A_WEEK = timedelta(7)
READ: Mapping[str, Callable[[Mapping[str, Any]], object]] = {DONE: Done.of, WEEKLY: Weekly.of}
NAMED = {LOCK: ("item", "by", "reason"), UNLOCK: ("item",), DECLINE: ("item",), CHANGE: ("item", "rule")}
"""What each kind of line must say in words."""

_DAYS: TypeAdapter[tuple[Day, ...]] = TypeAdapter(tuple[Day, ...])


@dataclass(frozen=True, slots=True)
class Programme:
    """A PLAN on a day, the changes MADE by themselves to come to it, and those that are PROPOSED or locked."""

    plan: Plan
    made: tuple[Change, ...]
    proposed: tuple[Change, ...]


def programme(
    plan: Plan,
    entries: tuple[Entry, ...],
    fresh: Plan,
    ranking: Ranking,
    evidence: Evidence,
    running: RunningNow,
    knowledge: Knowledge,
) -> Programme:
    """Return what becomes of PLAN, which ENTRIES lead to, on the day and with the wishes that FRESH was made for.

    Nothing in it is forgotten: `rebuilt` of the entries and the changes MADE is the plan that is returned.
    """
    moment = _moment(plan, entries, fresh, ranking, evidence, running, knowledge)
    wished = tuple(each for each in _wished(plan, moment) if each.after)
    found = adapted(changed(plan, wished), moment)
    made = (*wished, *(each for each in found if each.by_itself))
    return Programme(changed(plan, made), made, tuple(each for each in found if not each.by_itself))


def _moment(
    plan: Plan,
    entries: tuple[Entry, ...],
    fresh: Plan,
    ranking: Ranking,
    evidence: Evidence,
    running: RunningNow,
    knowledge: Knowledge,
) -> Moment:
    on = fresh.on
    course = course_of(ranking, evidence, knowledge, on)
    held = min(course.phase, Phase(plan.stage.id), key=lambda phase: phase.place)
    told = trusted(evidence.until(on), knowledge).history(MORNING)
    return Moment(
        fresh=fresh,
        course=replace(course, phase=held),
        place=position(evidence, running, course.limits, course.cleared_on, knowledge, on),
        running=running,
        mornings={each.on: int(each.state) for each in told if each.is_known},
        done=done_in(entries),
        tuned_on=dict(_changed_on(entries)),
        behind=tuple(_behind(entries, on)),
        locks=locks_of(entries),
        declined=_declined(entries),
        begun=begun_on(entries, on),
        stood=_stood(entries),
        held=_is_held(entries, knowledge, on),
        knowledge=knowledge,
        on=on,
    )


def done_in(entries: Iterable[Entry]) -> tuple[Done, ...]:
    """Return what was told as done."""
    return tuple(Done.of(entry.body) for entry in entries if entry.kind == DONE)


def is_sound(entry: Entry) -> bool:
    """Return whether a line can be read: a row from a file that others wrote may hold anything."""
    body = entry.body
    try:
        if entry.kind in READ:
            READ[entry.kind](body)
        return all(isinstance(body[name], str) for name in NAMED.get(entry.kind, ()))
    except (KeyError, TypeError, ValueError):
        return False


def weeklies(entries: Iterable[Entry]) -> tuple[Weekly, ...]:
    """Return the weekly answers among ENTRIES."""
    return tuple(Weekly.of(entry.body) for entry in entries if entry.kind == WEEKLY)


def begun_on(entries: Iterable[Entry], on: date) -> date:
    """Return the day of the plan's base; ON where there is none."""
    return min((entry.on for entry in entries if entry.kind == BASE), default=on)


def _is_held(entries: tuple[Entry, ...], knowledge: Knowledge, on: date) -> bool:
    found = weekly_course(weeklies(entries), knowledge, on)
    return found is not None and found.substantial and on - found.scores[-1][0] <= A_WEEK


def _changed_on(entries: Iterable[Entry]) -> Iterator[tuple[str, date]]:
    """Yield when each item was changed last."""
    yield from ((str(entry.body.get("item")), entry.on) for entry in entries if entry.kind == CHANGE)


def _declined(entries: tuple[Entry, ...]) -> dict[str, date]:
    items = {str(entry.body.get("item")) for entry in entries if entry.kind == DECLINE}
    found = {item: standing_decline(entries, item) for item in items}
    return {item: on for item, on in found.items() if on is not None}


def _parts(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Mapping[str, Any]]]:
    """Yield the parts of the plan that each line set."""
    for entry in entries:
        if entry.kind in {BASE, CHANGE}:
            yield entry, entry.body if entry.kind == BASE else entry.body.get("after", {})


def _stood(entries: Iterable[Entry]) -> int:
    runs = [parts["run"] for _, parts in _parts(entries) if "run" in parts]
    stages = [run["stage"] or 0 for run in runs if run["mode"] in MODES[2:]]
    return stages[-1] if stages else 0


def _behind(entries: tuple[Entry, ...], on: date) -> Iterator[Day]:
    """Yield the days of the week before ON as they had been planned on them, since something missed was last mended."""
    laid = [(entry.on, _DAYS.validate_python(parts["days"])) for entry, parts in _parts(entries) if "days" in parts]
    mended = [entry.on for entry in entries if entry.kind == CHANGE and entry.body.get("rule") == "missed"]
    since = max([on - A_WEEK, *mended])
    for ago in range(1, A_WEEK.days):
        day = on - timedelta(ago)
        known = [days for when, days in laid if when <= day]
        yield from (each for each in (known[-1] if known else ()) if each.on == day and day >= since)


def _wished(plan: Plan, moment: Moment) -> Iterator[Change]:
    """Other wishes give other exercises of the same stage, and other days."""
    wishes = moment.fresh.wishes
    if wishes is None or wishes == plan.wishes:
        return
    after: dict[str, Any] = {"wishes": wishes}
    before = plan.wishes or Wishes()
    if _things(wishes) != _things(before):
        after |= offered(moment.course, wishes, moment.knowledge, may_train=True)
    yield change(plan, "wishes", after, say("plan.why_wishes"), "wishes", (), by_itself=True)


def _things(wishes: Wishes) -> tuple[tuple[str, ...], int, bool]:
    """Return the wishes that decide what is done, rather than when."""
    return wishes.equipment, wishes.minutes_a_day, wishes.cross_training


def swapped(plan: Plan, old: str, new: str, knowledge: Knowledge) -> Change | None:
    """Return the change that puts exercise NEW in the place of OLD; None where the plan does not offer that swap."""
    index = next((at for at, each in enumerate(plan.exercises) if each.id == old), None)
    if index is None or new not in plan.exercises[index].swaps:
        return None
    was = plan.exercises[index]
    others = tuple(sorted({*was.swaps, old} - {new}))
    other = as_cut(prescribed(knowledge.rehab.exercises[new], others), was, knowledge)
    exercises = (*plan.exercises[:index], other, *plan.exercises[index + 1 :])
    short = shortened(tuple(knowledge.rehab.exercises[each.id] for each in exercises), knowledge)
    reason = say("plan.why_swap", name=was.name, new=other.name)
    after = {"exercises": exercises, "short": short}
    return change(plan, f"exercise:{old}", after, reason, "swap", other.sources, by_itself=True)
