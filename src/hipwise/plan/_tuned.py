"""One exercise becomes easier when it hurts, and harder only when every score that this needs is known and low."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hipwise.knowledge import Exercise, Knowledge
from hipwise.plan._course import Course
from hipwise.plan._done import Done, sessions
from hipwise.plan._exercises import as_cut, may_do, prescribed
from hipwise.plan._types import Plan, Prescribed
from hipwise.plan._wishes import Wishes
from hipwise.texts import say

__all__ = ["Tuned", "tuned"]

DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Tuned:
    """NEW takes the place of an exercise (None: it is left out); HARDER says which way it goes."""

    new: Prescribed | None
    harder: bool
    reason: str
    rule: str


def tuned(
    exercise: Prescribed,
    plan: Plan,
    done: tuple[Done, ...],
    mornings: Mapping[date, int],
    course: Course,
    knowledge: Knowledge,
) -> Tuned | None:
    """Return what becomes of an exercise of PLAN after how it was DONE; None where it stays.

    It hurt, went above the upper pain limit, was too hard, or the morning after was worse: easier, at once. Too easy in
    the last sessions, each at its full dose, with pain and the next morning known and within the lower limit: harder.
    """
    told = sessions(done, exercise.id)
    if not told or exercise.id not in knowledge.rehab.exercises:
        return None
    shape = _Shape(plan, course, knowledge, knowledge.rehab.exercises[exercise.id])
    rule = _too_much(told[-1], mornings, course, knowledge)
    if rule is not None:
        new = shape.easier(exercise)
        new = None if new is None else as_cut(new, exercise, knowledge)
        kind = "out" if new is None else "sets" if new.id == exercise.id else "easier"
        values = {"name": exercise.name, "new": "" if new is None else new.name}
        return Tuned(new, harder=False, reason=say(f"plan.why_{rule}_{kind}", **values), rule=f"exercise_{rule}")
    if _is_easy(told, exercise, mornings, course, knowledge):
        harder = shape.harder()
        if harder is not None:
            harder = as_cut(harder, exercise, knowledge)
            reason = say("plan.why_easy", name=exercise.name, new=harder.name)
            return Tuned(harder, harder=True, reason=reason, rule="exercise_easy")
    return None


@dataclass(frozen=True, slots=True)
class _Shape:
    """What may take the place of an exercise of a plan."""

    plan: Plan
    course: Course
    knowledge: Knowledge
    exercise: Exercise

    def _fits(self, name: str) -> bool:
        other = self.knowledge.rehab.exercises[name]
        there = {each.id for each in self.plan.exercises}
        return name not in there and may_do(other, self.course, self.plan.wishes or Wishes(), self.knowledge)

    def easier(self, now: Prescribed) -> Prescribed | None:
        """Return the easier form; else one set less; None where there is neither."""
        name = self.exercise.progression_of
        if name is not None and self._fits(name):
            return prescribed(self.knowledge.rehab.exercises[name])
        if now.sets[1] == 1:
            return None
        fewer = (max(1, now.sets[0] - 1), now.sets[1] - 1)
        return replace(now, sets=fewer, dose=say("plan.fewer_sets", sets=fewer[1], dose=now.dose))

    def harder(self) -> Prescribed | None:
        """Return the first harder form that is allowed at this stage."""
        names = (name for name in self.exercise.regression_of if self._fits(name))
        stage = self.course.phase
        known = self.knowledge.rehab.exercises
        return next((prescribed(known[name]) for name in names if stage in known[name].phases), None)


def _too_much(last: Done, mornings: Mapping[date, int], course: Course, knowledge: Knowledge) -> str | None:
    if last.felt == "hurts" or (last.pain is not None and last.pain > course.limits.hi):
        return "hurts"
    if last.felt == "too_hard":
        return "hard"
    return "morning" if _rise(last, mornings, course, knowledge) is True else None


def _rise(last: Done, mornings: Mapping[date, int], course: Course, knowledge: Knowledge) -> bool | None:
    """Return whether the morning after was worse than that of the day; None where one of them is not known."""
    after, before = mornings.get(last.on + DAY), mornings.get(last.on)
    if after is None:
        return None
    most = 1 if course.limits.bone else knowledge.number("progression.morning_rise").value
    return after - (before or 0) >= most if before is not None or after > course.limits.lo else False


def _is_easy(
    told: tuple[Done, ...],
    exercise: Prescribed,
    mornings: Mapping[date, int],
    course: Course,
    knowledge: Knowledge,
) -> bool:
    needed = int(knowledge.number("progression.easy_sessions").value)
    last = told[-needed:]
    return len(last) == needed and all(
        each.felt == "too_easy"
        and each.pain is not None
        and each.pain <= course.limits.lo
        and (each.sets or 0) >= exercise.sets[0]
        and _rise(each, mornings, course, knowledge) is False
        for each in last
    )
