"""The one door between a plan and what leaves the house: its days, held to the verdict of today (safety law 2)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hipwise.handout._training import offers_run
from hipwise.knowledge import Knowledge
from hipwise.plan import Day, Plan, Prescribed, Referral, Session, Tip, Today, minutes_of

__all__ = ["Dated", "Offer", "exercises_data", "offer"]

WEEK = timedelta(6)
"""Today and six days more."""

OF_RUNS = ("before_run", "run", "after_run")
"""When advice matters only with a run."""

NO_EXERCISE = ("see_someone", "ask")
"""Verdicts with which no exercise leaves the house."""


@dataclass(frozen=True, slots=True)
class Dated:
    """What a plan holds for the day ON; SESSION is the walk-run session of that day, None where it is not laid down.

    KM and MINUTES are what its run would be if each run before it stays calm; None is not known.
    """

    on: date
    run: bool
    strength: bool
    session: Session | None
    km: float | None = None
    minutes: float | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be handed out now: whom to see first (then nothing else), or the DAYS, EXERCISES and the next check.

    ADVICE is that of the plan; nothing about runs unless today offers one.
    """

    referral: Referral | None
    may_run: bool
    days: tuple[Dated, ...]
    exercises: tuple[Prescribed, ...]
    check_on: date | None
    advice: tuple[Tip, ...] = ()


def offer(held: Plan | Referral | None, verdict: Today, referral: Referral | None) -> Offer:
    """Return what of the plan HELD may be handed out, by the VERDICT of today and a REFERRAL that stands.

    Under a referral it is that alone. No run is in it unless today offers one, and no exercise while questions are
    open; exercises with impact need a day that offers a run.
    """
    first = referral or verdict.referral or (held if isinstance(held, Referral) else None)
    if first is not None:
        return Offer(first, False, (), (), None)
    if not isinstance(held, Plan):
        return Offer(None, offers_run(verdict, None), (), (), None)
    may_run = offers_run(verdict, None)
    trains = not held.missing and verdict.verdict not in NO_EXERCISE
    exercises = tuple(each for each in held.exercises if trains and (may_run or not each.impact))
    days = tuple(_days(held, verdict.on, may_run=may_run, trains=bool(exercises)))
    advice = tuple(each for each in held.advice if exercises and (may_run or each.when not in OF_RUNS))
    return Offer(None, may_run, days, exercises, held.check_on, advice)


def _days(plan: Plan, on: date, *, may_run: bool, trains: bool) -> list[Dated]:
    """Return the days of a PLAN from the day ON to its next check, or a week where that is due.

    What lies beyond depends on it. These are the only lines that know how a plan lays its days out.
    """
    session = plan.run.session
    days = [
        Dated(
            day.on,
            may_run and day.run,
            trains and day.strength,
            session if may_run and _is_of(day, plan) else None,
            *((day.km, day.minutes) if may_run and day.run else (None, None)),
        )
        for day in plan.days or plan.week
        if on <= day.on <= max(plan.check_on, on + WEEK)
    ]
    return [day for day in days if day.run or day.strength]


def _is_of(day: Day, plan: Plan) -> bool:
    """Whether the run of a DAY is the session that the PLAN is at now; a later step waits for the runs before it."""
    return day.run and day.stage in {None, plan.run.stage}


def exercises_data(offered: Offer, done: Collection[str], knowledge: Knowledge) -> dict[str, Any] | None:
    """Return the next day with exercises that is OFFERED, and about how many minutes each takes, as plain data.

    DONE names those that were done today. None where none may be handed out.
    """
    days = [each.on for each in offered.days if each.strength]
    if not days:
        return None
    lines = [
        {"id": each.id, "name": each.name, "minutes": minutes_of(each, knowledge), "done": each.id in done}
        for each in offered.exercises
        if each.id in knowledge.rehab.exercises
    ]
    return {"on": days[0].isoformat(), "minutes": sum(each["minutes"] for each in lines), "exercises": lines}
