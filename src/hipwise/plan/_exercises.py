"""Which exercises: those that help every likely cause and harm none, few at a time, with what is at hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hipwise.knowledge import Exercise, Knowledge, Phase, Until
from hipwise.plan._course import BONE, Course
from hipwise.plan._types import Prescribed, Short
from hipwise.plan._wishes import Wishes
from hipwise.texts import say

__all__ = [
    "as_cut",
    "choose",
    "cross_training",
    "dose_in_words",
    "fitted",
    "is_allowed",
    "is_cut",
    "may_do",
    "minutes_of",
    "prescribed",
    "shortened",
    "swaps",
]

IMPACT_PHASE = Phase.RETURN
S_PER_MIN = 60
CROSS = "cross_training"
EACH = "each"
QUICK = ("plyometric", "drill")


def choose(course: Course, wishes: Wishes, knowledge: Knowledge) -> tuple[Exercise, ...]:
    """Return two to four exercises: first those that most protocols name at this stage, then the likeliest cause's."""
    most = _count(wishes, knowledge)
    chosen: list[Exercise] = []
    for exercise in _wanted(course, knowledge):
        fitting = _fitting(exercise, course, wishes, knowledge)
        if fitting is not None and len(chosen) < most and not any(_akin(fitting, each, knowledge) for each in chosen):
            chosen.append(fitting)
    return tuple(chosen)


def _count(wishes: Wishes, knowledge: Knowledge) -> int:
    least = int(knowledge.number("progression.exercises_least").value)
    most = int(knowledge.number("progression.exercises_most").value)
    fit = int(wishes.minutes_a_day // knowledge.number("progression.minutes_an_exercise").value)
    return max(least, min(most, fit))


def _wanted(course: Course, knowledge: Knowledge) -> Iterator[Exercise]:
    """Return the exercises of all protocols at this stage, the most widely named first, then the likeliest cause's."""
    named = [name for protocol in course.protocols for name in course.stage(protocol).exercises]
    order = sorted(dict.fromkeys(named), key=lambda name: -named.count(name))
    yield from (knowledge.rehab.exercises[name] for name in order)


def _fitting(exercise: Exercise, course: Course, wishes: Wishes, knowledge: Knowledge) -> Exercise | None:
    """Return the exercise, or the nearest easier one that is allowed and can be done with what is there."""
    while not may_do(exercise, course, wishes, knowledge):
        if exercise.progression_of is None:
            return None
        exercise = knowledge.rehab.exercises[exercise.progression_of]
    return exercise


def may_do(exercise: Exercise, course: Course, wishes: Wishes, knowledge: Knowledge) -> bool:
    """Return whether an exercise harms nothing at this stage and can be done with what is there."""
    return is_allowed(exercise, course) and _is_at_hand(exercise, wishes, knowledge)


def swaps(
    exercise: Exercise, chosen: tuple[Exercise, ...], course: Course, wishes: Wishes, knowledge: Knowledge
) -> tuple[str, ...]:
    """Return the exercises that may take the place of one of those CHOSEN: for the same target, at the same stage."""
    others = [each for each in chosen if each.id != exercise.id]
    fitting = (
        each
        for each in knowledge.rehab.exercises.values()
        if each.targets[0] == exercise.targets[0]
        and course.phase in each.phases
        and each.purpose == exercise.purpose
        and each.id != exercise.id
        and may_do(each, course, wishes, knowledge)
        and not any(_akin(each, other, knowledge) for other in others)
    )
    return tuple(sorted(each.id for each in fitting))


def fitted(full: tuple[Prescribed, ...], minutes: int, knowledge: Knowledge) -> tuple[Prescribed, ...]:
    """Return as many of the exercises, with as many sets each, as fit into MINUTES; at least one set of the first."""
    chosen = list(full)
    while len(chosen) > 1 and sum(_minutes(each, 1, knowledge) for each in chosen) > minutes:
        chosen.pop()
    sets = max((each.sets[1] for each in chosen), default=1)
    while sets > 1 and sum(_minutes(each, sets, knowledge) for each in chosen) > minutes:
        sets -= 1
    return tuple(_cut(each, sets) for each in chosen)


def is_cut(exercise: Prescribed, knowledge: Knowledge) -> bool:
    """Return whether an exercise stands with fewer sets than its dose."""
    known = knowledge.rehab.exercises.get(exercise.id)
    return known is not None and exercise.sets[1] < known.dose.sets[1]


def as_cut(new: Prescribed, old: Prescribed, knowledge: Knowledge) -> Prescribed:
    """Return NEW with no more sets than OLD had, if that one was cut to fit."""
    return _cut(new, old.sets[1]) if is_cut(old, knowledge) else new


def minutes_of(exercise: Prescribed, knowledge: Knowledge) -> int:
    """Return about how many minutes an exercise takes, at the least of its dose, as a session leads through it.

    Each side of each set: get ready, then the repetitions with what they hold; a rest between two sets. At least 1.
    """
    sets, reps, sides = exercise.sets[0], exercise.reps[0], 2 if exercise.side == EACH else 1
    ready_s, change_s = (knowledge.number(f"progression.{name}_s").value for name in ("ready", "between_exercises"))
    work_s = sets * sides * (ready_s + reps * _repetition_s(exercise, knowledge)) + (sets - 1) * exercise.rest_s[0]
    return max(1, round((change_s - ready_s + work_s) / S_PER_MIN))


def _repetition_s(exercise: Prescribed, knowledge: Knowledge) -> float:
    """Return how long one repetition takes; where there is only one that is held, there and back count nothing."""
    hold_s = exercise.hold_s[0] if exercise.hold_s else 0
    if hold_s and exercise.reps[0] == 1:
        return hold_s
    name = "quick_repetition_s" if exercise.purpose in QUICK else "repetition_s"
    return hold_s + knowledge.number(f"progression.{name}").value


def _minutes(exercise: Prescribed, sets: int, knowledge: Knowledge) -> float:
    """Return how much of a day so many sets are given, at most those of the dose."""
    full = knowledge.rehab.exercises[exercise.id].dose.sets[1]
    return knowledge.number("progression.minutes_an_exercise").value * min(sets, full) / max(1, full)


def _cut(exercise: Prescribed, sets: int) -> Prescribed:
    if exercise.sets[1] <= sets:
        return exercise
    dose = say("plan.fewer_sets", sets=sets, dose=exercise.dose)
    return replace(exercise, sets=(min(sets, exercise.sets[0]), sets), dose=dose)


def shortened(chosen: tuple[Exercise, ...], knowledge: Knowledge) -> tuple[Short, ...]:
    """Return one set each of as many of the CHOSEN as fit into the few minutes of a day without time, at least one."""
    left = knowledge.number("week.short_minutes").value
    found: list[Short] = []
    for exercise in chosen:
        minutes = knowledge.number("progression.minutes_an_exercise").value / max(1, exercise.dose.sets[1])
        if not found or minutes <= left:
            found.append(Short(exercise.id, exercise.name, 1, say("plan.short", name=exercise.name)))
            left -= minutes
    return tuple(found)


def cross_training(course: Course, wishes: Wishes, knowledge: Knowledge) -> tuple[str, ...]:
    """Return what may take the place of a run, by name: what keeps the heart going, is at hand and harms nothing.

    Nothing does while a clinician must look first.
    """
    if not wishes.cross_training or course.waits:
        return ()
    return tuple(
        each.name
        for each in knowledge.rehab.exercises.values()
        if each.purpose == CROSS
        and each.phases[0].place <= course.phase.place
        and not each.impact
        and may_do(each, course, wishes, knowledge)
    )


def is_allowed(exercise: Exercise, course: Course) -> bool:
    """Return whether an exercise harms none of the likely problems at this stage."""
    if exercise.impact and (course.phase is not IMPACT_PHASE or course.limits.bone):
        return False
    if course.keeps_from(exercise, impact=exercise.impact):
        return False
    return not any(_bars(bar.of, bar.until, course) for bar in exercise.not_for)


def _bars(problem: str, until: Until, course: Course) -> bool:
    if problem not in course.problems:
        return False
    if until is Until.ALWAYS:
        return True
    if problem == BONE and course.cleared_on is None:
        return True
    return until is not Until.CLEARED and course.phase.place < Phase(until.value).place


def _is_at_hand(exercise: Exercise, wishes: Wishes, knowledge: Knowledge) -> bool:
    equipment = knowledge.rehab.equipment
    return all(equipment[thing].at_home or thing in wishes.equipment for thing in exercise.equipment)


def _akin(one: Exercise, other: Exercise, knowledge: Knowledge) -> bool:
    """Whether one is the other, or an easier form of it."""
    return one.id in _line(other, knowledge) or other.id in _line(one, knowledge)


def _line(exercise: Exercise, knowledge: Knowledge) -> set[str]:
    found = {exercise.id}
    while exercise.progression_of is not None:
        exercise = knowledge.rehab.exercises[exercise.progression_of]
        found.add(exercise.id)
    return found


def prescribed(exercise: Exercise, swaps: tuple[str, ...] = ()) -> Prescribed:
    """Return an exercise with its dose in words and numbers, and what may take its place."""
    dose = exercise.dose
    return Prescribed(
        id=exercise.id,
        name=exercise.name,
        purpose=exercise.purpose,
        targets=exercise.targets,
        equipment=exercise.equipment,
        impact=exercise.impact,
        sets=dose.sets,
        reps=dose.reps,
        hold_s=dose.hold_s,
        rest_s=dose.rest_s,
        per_week=dose.per_week,
        tempo=exercise.tempo,
        dose=dose_in_words(exercise),
        steps=exercise.steps,
        cues=exercise.cues,
        errors=exercise.errors,
        progress_when=exercise.progress_when,
        stop_when=exercise.stop_when,
        easier=exercise.progression_of,
        harder=exercise.regression_of,
        sources=tuple(dict.fromkeys((dose.source, *exercise.sources))),
        grade=dose.grade.value,
        swaps=swaps,
        side=exercise.side,
    )


def dose_in_words(exercise: Exercise) -> str:
    """Return the dose of an EXERCISE in a few words."""
    dose = exercise.dose
    side = say(f"plan.side_{exercise.side}")
    sets, reps = _span(dose.sets), _span(dose.reps)
    if exercise.purpose == CROSS:
        seconds = dose.hold_s or (0, 0)
        return say("plan.dose_minutes", minutes=_span((seconds[0] // S_PER_MIN, seconds[1] // S_PER_MIN)))
    hold = None if dose.hold_s is None else _span(dose.hold_s)
    text = "plan.dose_reps" if hold is None else "plan.dose_hold" if dose.reps == (1, 1) else "plan.dose_reps_hold"
    return say(text, sets=sets, reps=reps, hold=hold, side=side, count=dose.sets[1])


def _span(span: tuple[int, int]) -> str:
    return say("plan.span", low=span[0], high=span[1]) if span[0] != span[1] else str(span[0])
