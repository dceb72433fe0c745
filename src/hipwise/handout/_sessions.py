"""The one door between a plan and what leaves the house: its days, held to the verdict of today (safety law 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hipwise.handout._training import offers_run
from hipwise.plan import Day, Plan, Prescribed, Referral, Session, Tip, Today

__all__ = ["Dated", "Offer", "offer"]

WEEK = timedelta(6)
"""Today and six days more."""

OF_RUNS = ("before_run", "run", "after_run")
"""When advice matters only with a run."""

NO_EXERCISE = ("see_someone", "ask")
"""Verdicts with which no exercise leaves the house."""


@dataclass(frozen=True, slots=True)
class Dated:
    """What a plan holds for the day ON; SESSION is the walk-run session of that day, None where it is not laid down."""

    on: date
    run: bool
    strength: bool
    session: Session | None


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
        Dated(day.on, may_run and day.run, trains and day.strength, session if may_run and _is_of(day, plan) else None)
        for day in plan.days or plan.week
        if on <= day.on <= max(plan.check_on, on + WEEK)
    ]
    return [day for day in days if day.run or day.strength]


def _is_of(day: Day, plan: Plan) -> bool:
    """Whether the run of a DAY is the session that the PLAN is at now; a later step waits for the runs before it."""
    return day.run and day.stage in {None, plan.run.stage}
