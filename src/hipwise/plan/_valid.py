"""A second reader of every plan: each rule of the days again, in plain words of Python, with nothing of the solver."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from hipwise.knowledge import Advice, Exercise, Knowledge
from hipwise.plan._types import Day, Plan, Prescribed, RunningNow
from hipwise.plan._wishes import WEEKDAYS, Wishes

__all__ = ["broken_rules"]

DAY = timedelta(1)
A_WEEK = timedelta(7)
SLACK = 1e-6
STAGES = ("calm", "load", "capacity", "return", "maintain")
ROUNDING_KM = 0.1
"""Kilometres are told to the hundred metres, so a lighter week may look that much heavier or lighter than it is."""


def broken_rules(plan: Plan, running: RunningNow, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the rules that a PLAN breaks, by name and day; a plan that breaks one must not leave the house."""
    wishes = plan.wishes or Wishes()
    found = [*_rows(plan), *_offered(plan), *_wished(plan, wishes), *_least(plan, wishes, running, knowledge)]
    found += [*_running(plan, running, knowledge), *_hard(plan, running), *_race(plan, wishes, knowledge)]
    found += _spared(plan, knowledge)
    found += [*_ladder(plan, knowledge), *_distances(plan, running, knowledge), *_exercises(plan, wishes, knowledge)]
    return tuple(dict.fromkeys(found))


def _rows(plan: Plan) -> Iterator[str]:
    """The days follow each other, and the first seven are the week."""
    if plan.week != plan.days[: len(plan.week)]:
        yield "week_is_not_the_first_days"
    for one, next_one in pairwise(plan.days):
        if next_one.on - one.on != DAY:
            yield f"days_do_not_follow: {one.on}"


def _offered(plan: Plan) -> Iterator[str]:
    """Nothing stands on a day that the plan does not offer."""
    for day in plan.days:
        if day.run and (plan.missing or plan.run.mode not in {"ladder", "free"}):
            yield f"run_not_offered: {day.on}"
        if day.strength and (plan.missing or not plan.exercises):
            yield f"exercises_not_offered: {day.on}"
        if day.cross and (plan.missing or not plan.cross or day.run):
            yield f"cross_not_offered: {day.on}"


def _wished(plan: Plan, wishes: Wishes) -> Iterator[str]:
    for day in filter(_busy, plan.days):
        weekday = WEEKDAYS[day.on.weekday()]
        if wishes.on_days and weekday not in wishes.on_days:
            yield f"not_a_free_day: {day.on}"
        if weekday == wishes.rest_day:
            yield f"the_rest_day: {day.on}"
        if sum(_busy(each) for each in _seven(plan, day.on)) > wishes.days_a_week:
            yield f"too_many_days: {day.on}"
    session = plan.run.session
    if session and wishes.run_minutes and session.total_min > wishes.run_minutes and any(d.run for d in plan.days):
        yield "runs_too_long"


def _least(plan: Plan, wishes: Wishes, running: RunningNow, knowledge: Knowledge) -> Iterator[str]:
    """In whole weeks without a race, after the first one, there is at least what was wished."""
    least = knowledge.number("week.strength_days_least").value
    tired = knowledge.rehab.ladder.rest_days_between
    fresh = not running.run_days or (plan.on - running.run_days[-1]).days > tired
    for first in range(0, len(plan.days) - 7 + 1, 7):
        week = plan.days[first : first + 7]
        if (first == 0 and not fresh) or _near_race(week, wishes, knowledge):
            continue
        if plan.exercises and sum(day.strength for day in week) < max(least, wishes.strength_a_week or 0):
            yield f"too_few_exercise_days: {week[0].on}"
        if plan.run.mode in {"ladder", "free"} and sum(day.run for day in week) < (wishes.runs_a_week or 0):
            yield f"too_few_runs: {week[0].on}"


def _near_race(week: tuple[Day, ...], wishes: Wishes, knowledge: Knowledge) -> bool:
    if wishes.race_on is None:
        return False
    light = timedelta(knowledge.number("week.race_rest_d").value)
    return any(wishes.race_on - light <= day.on <= wishes.race_on for day in week)


def _running(plan: Plan, running: RunningNow, knowledge: Knowledge) -> Iterator[str]:
    ladder = knowledge.rehab.ladder
    runs = [day.on for day in plan.days if day.run]
    for before, after in pairwise([*running.run_days[-1:], *runs]):
        if (after - before).days <= ladder.rest_days_between:
            yield f"no_rest_before: {after}"
    for day in plan.days:
        seven = _seven(plan, day.on)
        if sum(each.run or each.cross for each in seven) > ladder.run_days_a_week:
            yield f"too_many_runs: {day.on}"
        most = min(plan.stage.days[1], knowledge.number(f"progression.strength_days_{plan.stage.id}").value)
        if sum(each.strength for each in seven) > most:
            yield f"too_many_exercise_days: {day.on}"


def _hard(plan: Plan, running: RunningNow) -> Iterator[str]:
    """No two days in a row are hard on the hip."""
    hard = {day.on for day in plan.days if day.run or (day.strength and plan.stage.id != "calm")}
    known = hard | set(running.run_days[-1:])
    yield from (f"hard_days_in_a_row: {on}" for on in sorted(hard) if on - DAY in known)


def _race(plan: Plan, wishes: Wishes, knowledge: Knowledge) -> Iterator[str]:
    light = knowledge.number("week.race_rest_d").value
    for day in filter(_busy, plan.days):
        if wishes.race_on is not None and 0 <= (wishes.race_on - day.on).days <= light:
            yield f"too_near_to_the_race: {day.on}"


def _ladder(plan: Plan, knowledge: Knowledge) -> Iterator[str]:
    """Each step of the ladder is done as often as it must pass before the next one comes."""
    stages = [day.stage for day in plan.days if day.run and day.stage is not None]
    if stages and stages[0] != plan.run.stage:
        yield "ladder_begins_elsewhere"
    for before, after in pairwise(stages):
        rung = knowledge.rehab.ladder.rungs[before - 1]
        needed = rung.passes_bone if plan.run.bone else rung.passes
        done = stages.count(before) + (plan.run.passes if before == plan.run.stage else 0)
        if after not in {before, before + 1} or (after == before + 1 and done < needed):
            yield f"step_left_out: {before}"


def _distances(plan: Plan, running: RunningNow, knowledge: Knowledge) -> Iterator[str]:
    growth = 1 + knowledge.number("load.spike_small_above").value
    change = 1 + knowledge.number("week.weekly_change_most").value
    longest = min((running.ceiling_km or 0) / growth, running.sore_km or running.ceiling_km or 0)
    most: float | None = None
    for first in range(0, len(plan.days), 7):
        week = [day.km for day in plan.days[first : first + 7] if day.km is not None]
        for km in week:
            if km > longest * growth + SLACK:
                yield f"longer_than_ceiling: {km} km"
            longest = max(longest, km)
        mean = sum(week) / len(week) if week else 0
        if most is not None and mean > most * change + ROUNDING_KM:
            yield f"too_much_more_a_week: {sum(week)} km"
        most = max(most or 0, mean) if week else most


def _exercises(plan: Plan, wishes: Wishes, knowledge: Knowledge) -> Iterator[str]:
    if len(plan.exercises) > knowledge.number("progression.exercises_most").value:
        yield "too_many_exercises"
    minutes = sum(_minutes(each, knowledge) for each in plan.exercises)
    one_set = len(plan.exercises) == 1 and plan.exercises[0].sets[1] == 1
    if minutes > wishes.minutes_a_day + SLACK and not one_set:
        yield "too_long_a_day"
    for each in plan.exercises:
        lacking = [
            thing
            for thing in each.equipment
            if not knowledge.rehab.equipment[thing].at_home and thing not in wishes.equipment
        ]
        if lacking:
            yield f"not_at_hand: {each.id}"
        if each.impact and (plan.limits.bone or plan.stage.id != "return"):
            yield f"impact_too_early: {each.id}"


def _minutes(exercise: Prescribed, knowledge: Knowledge) -> float:
    """Return how long an exercise takes at most; one that is no longer known counts in full."""
    known = knowledge.rehab.exercises.get(exercise.id)
    share = 1.0 if known is None else exercise.sets[1] / known.dose.sets[1]
    return knowledge.number("progression.minutes_an_exercise").value * share


def _spared(plan: Plan, knowledge: Knowledge) -> Iterator[str]:
    """Nothing is told that presses, pulls or lands on what a likely problem is to be kept from."""
    known = knowledge.rehab.exercises
    told: list[tuple[str, Exercise | Advice, bool]] = [
        (each.id, known[each.id], known[each.id].impact) for each in plan.exercises if each.id in known
    ]
    told += [(each.id, knowledge.advice.topics[each.id], False) for each in plan.advice]
    for protocol in (knowledge.rehab.protocols[name] for name in plan.protocols):
        for spare in protocol.spares:
            held = spare.until.value in {"always", "cleared"} or STAGES.index(plan.stage.id) < STAGES.index(
                spare.until.value
            )
            for name, thing, impact in told if held else ():
                strained = {"compression": thing.presses, "stretch": thing.stretches}.get(spare.kind.value, ())
                if set(strained) & set(spare.parts) or (impact and spare.kind.value == "impact"):
                    yield f"kept_from_{spare.kind.value}: {name}"


def _busy(day: Day) -> bool:
    return day.run or day.strength or day.cross


def _seven(plan: Plan, since: date) -> list[Day]:
    return [day for day in plan.days if since <= day.on < since + A_WEEK]
