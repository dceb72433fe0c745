"""A plan follows the hip: back by itself, on only when the runner agrees, and never past a lock or a missing score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from hipwise.errors import RulesBroken
from hipwise.knowledge import Knowledge, Phase
from hipwise.plan._course import Course
from hipwise.plan._done import Done, lived
from hipwise.plan._exercises import is_allowed, shortened
from hipwise.plan._frame import DAYS
from hipwise.plan._ladder import Position
from hipwise.plan._responses import Class
from hipwise.plan._tuned import tuned
from hipwise.plan._types import Day, Plan, Prescribed, Run, RunningNow
from hipwise.plan._versions import Change, Lock, change, changed
from hipwise.plan._week import extended, rearranged
from hipwise.texts import say

__all__ = ["Moment", "adapted", "held_stage", "with_days"]

LANES = ("stage", "exercises", "short", "cross", "cross_kinds", "run", "week", "days")
"""The parts of a plan that change for a reason of their own; all others only tell how things stand."""

MODES = ("ask", "none", "gate", "ladder", "free")
"""How running goes on, the most careful first."""

HURT = {Class.RED: "red", Class.CUT: "cut"}


@dataclass(frozen=True, kw_only=True)
class Moment:
    """All that a plan is adapted to on the day ON: what it would be if it were made now (FRESH), and what was DONE.

    MORNINGS are the scores by day. TUNED_ON says when each item was changed last. BEHIND are the last days as they had
    been planned, since something missed was last mended. BEGUN is the day of the plan's base. STOOD is the last stage
    of the ladder that the runner had agreed to, 0 where there was none. DECLINED: by item, the day on which its change
    was declined. HELD: the last week brought a substantial problem, so that nothing is proposed.
    """

    fresh: Plan
    course: Course
    place: Position
    running: RunningNow
    mornings: Mapping[date, int]
    done: tuple[Done, ...]
    tuned_on: Mapping[str, date]
    behind: tuple[Day, ...]
    locks: Mapping[str, Lock]
    declined: Mapping[str, date]
    begun: date
    stood: int
    held: bool
    knowledge: Knowledge
    on: date


def adapted(plan: Plan, moment: Moment) -> tuple[Change, ...]:
    """Return the changes that bring PLAN to the MOMENT: those made by themselves first, in the order they are made.

    A step back, an exercise that would harm, another pain limit: by itself. A step on is proposed. What a clinician has
    locked is left, and shown as locked; only what is not allowed for this hip leaves a plan in spite of a lock.
    """
    careful: list[Change] = []
    for part in (_picture, _stage_back, _barred, _run_back, _hurting):
        now = changed(plan, careful)
        careful += [each for each in map(moment_locked(moment), part(now, moment)) if each.after]
    made = [each for each in careful if each.by_itself]
    now = changed(plan, made)
    made += [each for each in _new_days(now, moment) if each.after]
    now = changed(plan, made)
    shown = [each for each in careful if not each.by_itself]
    shown += [moment_locked(moment)(each) for each in _steps_on(now, moment) if each.after]
    return (*made, *shown)


def moment_locked(moment: Moment) -> Any:
    """Return a function that marks a change of a locked item, and leaves others as they are."""

    def marked(each: Change) -> Change:
        lock = moment.locks.get(each.item)
        if lock is None or each.rule == "not_allowed":
            return each
        return replace(each, by_itself=False, locked=lock.by)

    return marked


def held_stage(plan: Plan, locks: Mapping[str, Lock], declined: date | None) -> int | None:
    """Return above which stage of the ladder today may not go: where running is locked, or a step on was declined."""
    if "run" not in locks and declined is None:
        return None
    return 0 if MODES.index(plan.run.mode) < MODES.index("gate") else plan.run.stage


def _picture(plan: Plan, moment: Moment) -> Iterator[Change]:
    """How things stand: causes, limits, words; nothing that is done changes with it.

    The advice may be that of a stage which the runner has not agreed to yet: what is kept back till then is left out.
    """
    new = moment.fresh.as_dict()
    after = {name: value for name, value in new.items() if name not in LANES and name != "wishes"}
    topics = moment.knowledge.advice.topics
    after["advice"] = [each for each in new["advice"] if not moment.course.keeps_from(topics[each["id"]])]
    after["sources"] = list(dict.fromkeys([*new["sources"], *plan.as_dict()["sources"]]))
    yield change(plan, "picture", after, say("plan.why_picture"), "picture", (), by_itself=True)


def _stage_back(plan: Plan, moment: Moment) -> Iterator[Change]:
    """An earlier stage, another problem or other wishes give other exercises at once."""
    fresh = moment.fresh
    earlier = Phase(fresh.stage.id).place < Phase(plan.stage.id).place
    if earlier:
        yield _other_stage(plan, fresh, "stage", "plan.why_stage_back", by_itself=True)
    elif fresh.stage.id == plan.stage.id and fresh.stage != plan.stage:
        yield _other_stage(plan, fresh, "stage", "plan.why_problem", by_itself=True)


def _other_stage(plan: Plan, fresh: Plan, item: str, why: str, *, by_itself: bool) -> Change:
    after = {name: getattr(fresh, name) for name in ("stage", "exercises", "short", "cross", "cross_kinds")}
    reason = say(why, says=fresh.stage.says)
    return change(plan, item, after, reason, item, (fresh.stage.source,), by_itself=by_itself)


def _barred(plan: Plan, moment: Moment) -> Iterator[Change]:
    """What would harm this hip leaves the plan, locked or not."""
    known = moment.knowledge.rehab.exercises
    for each in plan.exercises:
        if each.id not in known or not is_allowed(known[each.id], moment.course):
            kept = tuple(other for other in plan.exercises if other.id != each.id)
            reason = say("plan.why_barred", name=each.name)
            after = _with_exercises(kept, moment.knowledge)
            yield change(plan, f"exercise:{each.id}", after, reason, "not_allowed", each.sources, by_itself=True)
            plan = replace(plan, exercises=kept)


def _with_exercises(kept: Iterable[Prescribed], knowledge: Knowledge) -> dict[str, Any]:
    found = tuple(kept)
    known = knowledge.rehab.exercises
    return {
        "exercises": found,
        "short": shortened(tuple(known[each.id] for each in found if each.id in known), knowledge),
    }


def _run_back(plan: Plan, moment: Moment) -> Iterator[Change]:
    """Running steps back by itself; back to what stood before a sore day it comes by itself too."""
    new, old = moment.fresh.run, plan.run
    if _height(new) < _height(old):
        why, rule, sources = _why_back(moment)
        yield change(plan, "run", {"run": new}, why, rule, sources, by_itself=True)
    elif _height(new) == _height(old) or (old.mode in {"none", "ask"} and (new.stage or 0) <= moment.stood):
        yield change(plan, "run", {"run": new}, say("plan.why_run_again"), "run", new.sources, by_itself=True)


def _height(run: Run) -> tuple[int, int]:
    return MODES.index(run.mode), run.stage or 0


def _why_back(moment: Moment) -> tuple[str, str, tuple[str, ...]]:
    """Return why running steps back, by which rule, and whose rule that is."""
    last = moment.place.last
    kind = None if last is None else HURT.get(last.of_class(moment.course.limits, moment.knowledge))
    number = {"red": "progression.red_back_stages", "cut": "progression.morning_rise"}.get(kind or "")
    if last is None or number is None or moment.fresh.run.mode == "none":
        return say("plan.why_run_back"), "run_back", moment.fresh.run.sources
    worst = last.worst(moment.course.limits)
    score = say("today.not_known") if worst is None else str(worst)
    hi = moment.course.limits.hi
    reason = say(f"plan.why_{kind}", on=last.day.isoformat(), score=score, hi=hi)
    return reason, f"ladder_{kind}", (moment.knowledge.number(number).source,)


def _hurting(plan: Plan, moment: Moment) -> Iterator[Change]:
    """Each exercise that hurt or was too hard becomes easier, unless it is locked."""
    for exercise in plan.exercises:
        index = plan.exercises.index(exercise)
        found = tuned(exercise, plan, _since(exercise, moment), moment.mornings, moment.course, moment.knowledge)
        if found is not None and not found.harder:
            made = _replaced(plan, index, found.new, found.reason, found.rule, moment, by_itself=True)
            yield made
            plan = plan if made.item in moment.locks else changed(plan, [made])


def _since(exercise: Prescribed, moment: Moment) -> tuple[Done, ...]:
    """Return what was done of an exercise since it was last changed."""
    last = moment.tuned_on.get(f"exercise:{exercise.id}", date.min)
    return tuple(each for each in moment.done if each.on > last)


def _put(plan: Plan, index: int, new: Prescribed | None) -> tuple[Prescribed, ...]:
    """Return the exercises of PLAN with NEW in the place of one of them, or without that one."""
    new_one = () if new is None else (new,)
    return (*plan.exercises[:index], *new_one, *plan.exercises[index + 1 :])


def _replaced(
    plan: Plan, index: int, new: Prescribed | None, reason: str, rule: str, moment: Moment, *, by_itself: bool
) -> Change:
    old = plan.exercises[index]
    after = _with_exercises(_put(plan, index, new), moment.knowledge)
    return change(plan, f"exercise:{old.id}", after, reason, rule, old.sources, by_itself=by_itself)


def _new_days(plan: Plan, moment: Moment) -> Iterator[Change]:
    """A new day, or another offer, lays the days out anew; what stood ahead stays where it can."""
    done = _behind(moment)
    days, unmet = extended(plan, moment.running, done, moment.knowledge, moment.on)
    names = "; ".join(each.says for each in unmet)
    reason = say("plan.why_days_unmet", unmet=names) if unmet else say("plan.why_days")
    yield change(plan, "week", with_days(days), reason, "unmet" if unmet else "week", (), by_itself=True)


def _behind(moment: Moment) -> dict[str, frozenset[date]]:
    return lived(moment.done, moment.running, moment.begun, moment.knowledge)


def with_days(days: tuple[Day, ...]) -> dict[str, Any]:
    """Return the parts of a plan that its days are."""
    return {"days": days, "week": days[:DAYS]}


def _steps_on(plan: Plan, moment: Moment) -> Iterator[Change]:
    """What goes forward is proposed, and not again for some days once it was declined."""
    if moment.held:
        return
    rest = timedelta(moment.knowledge.number("progression.declined_d").value)
    for each in (*_stage_on(plan, moment), *_run_on(plan, moment), *_easy(plan, moment), *_missed(plan, moment)):
        declined = moment.declined.get(each.item)
        if declined is None or moment.on - declined >= rest:
            yield each


def _stage_on(plan: Plan, moment: Moment) -> Iterator[Change]:
    fresh = moment.fresh
    if Phase(fresh.stage.id).place > Phase(plan.stage.id).place:
        yield _other_stage(plan, fresh, "stage", "plan.why_stage_on", by_itself=False)


def _run_on(plan: Plan, moment: Moment) -> Iterator[Change]:
    new = moment.fresh.run
    if _height(new) > _height(plan.run):
        yield change(plan, "run", {"run": new}, say("plan.why_run_on"), "run_on", new.sources, by_itself=False)


def _easy(plan: Plan, moment: Moment) -> Iterator[Change]:
    for index, exercise in enumerate(plan.exercises):
        found = tuned(exercise, plan, _since(exercise, moment), moment.mornings, moment.course, moment.knowledge)
        if found is not None and found.harder:
            yield _replaced(plan, index, found.new, found.reason, found.rule, moment, by_itself=False)


def _missed(plan: Plan, moment: Moment) -> Iterator[Change]:
    """A session that was planned and not done is looked for another day, with as few others moved as can be."""
    done = _behind(moment)
    told = [kind for kind in ("run", "strength") if done[kind] or kind == "run"]
    lost = [day for day in moment.behind for kind in told if getattr(day, kind) and day.on not in done[kind]]
    if not lost:
        return
    try:
        days = rearranged(plan, moment.running, done, moment.knowledge, moment.on)
    except RulesBroken:
        return
    moved = _moved(plan.days, days)
    if moved:
        names = ", ".join(dict.fromkeys(day.on.isoformat() for day in lost))
        reason = say("plan.why_missed", days=names, moves="; ".join(moved))
        yield change(plan, "week", with_days(days), reason, "missed", (), by_itself=False)


def _moved(before: tuple[Day, ...], after: tuple[Day, ...]) -> list[str]:
    was = {day.on: day for day in before}
    return [
        say("plan.moved", on=day.on.isoformat(), says=day.says)
        for day in after
        if day.on in was and (day.run, day.strength, day.cross) != _kinds(was[day.on])
    ]


def _kinds(day: Day) -> tuple[bool, bool, bool]:
    return day.run, day.strength, day.cross
