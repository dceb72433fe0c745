"""A session becomes a workout for the watch: walk and run in turn, or sets with rest between them."""

from __future__ import annotations

from datetime import date

from hipwise.activity import Again, Effort, Workout
from hipwise.errors import HipwiseError
from hipwise.handout._sessions import Offer
from hipwise.plan import Prescribed, Session, Today
from hipwise.texts import say

__all__ = ["run_workout", "strength_workout"]

SECONDS, M_PER_KM = 60, 1000


def run_workout(offered: Offer, verdict: Today, on: date) -> Workout:
    """Return the run of the day ON as a workout: that of the VERDICT today, that of the plan on a later day.

    Raises:
        HipwiseError: no run is offered now, or the day has none, or its length is not known yet.
    """
    if not offered.may_run:
        raise HipwiseError("workout_no_run", where=on.isoformat(), headline=verdict.headline)
    session = verdict.session if on == verdict.on else _of(offered, on)
    steps = _in_turn(session) if session is not None else _free(verdict, on)
    return Workout(say("handout.workout_run", on=on.isoformat()), "running", steps)


def _of(offered: Offer, on: date) -> Session | None:
    day = next((each for each in offered.days if each.on == on and each.run), None)
    if day is None:
        raise HipwiseError("workout_no_day", where=on.isoformat())
    return day.session


def _free(verdict: Today, on: date) -> tuple[Effort | Again, ...]:
    """Return one run up to the ceiling of the day, which no later day is held to."""
    minutes, km = verdict.ceiling_min, verdict.ceiling_km
    if on != verdict.on or (minutes is None and km is None):
        raise HipwiseError("workout_no_length", where=on.isoformat())
    name, notes = say("handout.step_run"), verdict.ceiling_says
    if minutes is not None:
        return (Effort(name, "active", seconds=minutes * SECONDS, notes=notes),)
    return (Effort(name, "active", metres=(km or 0) * M_PER_KM, notes=notes),)


def _in_turn(session: Session) -> tuple[Effort | Again, ...]:
    """Return walking, then running and walking in turn, then walking: as long as the session says."""
    around = (session.total_min * SECONDS - session.repeats * (session.run_s + session.walk_s)) / 2
    walk, run = say("handout.step_walk"), say("handout.step_run")
    steps: list[Effort | Again] = [Effort(walk, "warmup", seconds=around), Effort(run, "active", seconds=session.run_s)]
    if session.walk_s:
        steps.append(Effort(walk, "recovery", seconds=session.walk_s))
    if session.repeats > 1:
        steps.append(Again(1, session.repeats))
    return (*steps, Effort(walk, "cooldown", seconds=around))


def strength_workout(offered: Offer, verdict: Today, on: date) -> Workout:
    """Return the exercises of the plan as a workout: the least of each dose, and the longest rest.

    Raises:
        HipwiseError: no exercise is offered now.
    """
    if not offered.exercises:
        raise HipwiseError("workout_no_exercise", where=on.isoformat(), headline=verdict.headline)
    steps: list[Effort | Again] = []
    for each in offered.exercises:
        steps += _sets(each, len(steps))
    return Workout(say("handout.workout_strength", on=on.isoformat()), "strength", tuple(steps))


def _sets(exercise: Prescribed, first: int) -> list[Effort | Again]:
    hold, reps, sets = exercise.hold_s, exercise.reps[0], exercise.sets[0]
    alone = hold is not None and reps == 1
    effort = Effort(
        exercise.name,
        "active",
        seconds=hold[0] if alone and hold else None,
        reps=None if alone else reps,
        notes=exercise.dose,
    )
    rest = Effort(say("handout.step_rest"), "rest", seconds=exercise.rest_s[1]) if exercise.rest_s[1] else None
    steps: list[Effort | Again] = [effort] if rest is None else [effort, rest]
    return [*steps, Again(first, sets)] if sets > 1 else steps
