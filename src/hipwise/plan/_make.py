"""A ranking becomes a plan, or a referral."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hipwise.causes import Ranking
from hipwise.knowledge import Knowledge, Level, RunMode, Stage
from hipwise.model import Athlete, Evidence
from hipwise.plan._advice import Offered, offered_times, parts, tips
from hipwise.plan._course import Course, course_of
from hipwise.plan._exercises import choose, cross_training, fitted, is_cut, prescribed, shortened, swaps
from hipwise.plan._frame import DAYS, Offer
from hipwise.plan._gate import gate_asks, is_gate_passed
from hipwise.plan._ladder import Position, position, session
from hipwise.plan._refer import refer
from hipwise.plan._response import course_so_far
from hipwise.plan._seen import Seen
from hipwise.plan._types import Day, Plan, Possible, Prescribed, Referral, Run, RunningNow, StageNow, Weeks
from hipwise.plan._week import days_ahead
from hipwise.plan._wishes import Wishes
from hipwise.texts import say

__all__ = ["make", "offered"]

PERCENT = 100


def make(
    ranking: Ranking,
    athlete: Athlete,
    evidence: Evidence,
    running: RunningNow,
    wishes: Wishes,
    knowledge: Knowledge,
    on: date,
) -> Plan | Referral:
    """Return the plan for what is known on the day ON, or the referral that stands in its place.

    With several likely causes it takes what helps all and harms none. While a question of the red-flag page is open
    (`missing`) it offers neither exercises nor running. Nothing progresses on a score that nobody gave.

    Raises:
        HipwiseError: wishes clash with each other or with a rule of the plan; they are named.
    """
    found = refer(ranking, athlete, knowledge)
    if found is not None:
        return replace(found, on=on)
    course = course_of(ranking, evidence, knowledge, on)
    missing = ranking.triage.missing
    training, seen = offered(course, wishes, knowledge, may_train=not missing), Seen(evidence.until(on), knowledge, on)
    exercises = training["exercises"]
    run = _run(course, evidence, running, missing, knowledge, on)
    stage = _stage_now(course, knowledge)
    offer = Offer(run, course.phase, bool(exercises), training["cross"], stage.days[1], training["cross_kinds"])
    days, weeks = days_ahead(offer, wishes, running, knowledge, on), _weeks(course)
    return Plan(
        on=on,
        level=ranking.level.code,
        missing=missing,
        limits=course.limits,
        stage=stage,
        run=run,
        week=days[:DAYS],
        weeks=weeks,
        race=_race(course, wishes, weeks, on),
        check_on=on + timedelta(knowledge.number("progression.check_after_d").value),
        refer_when=(*_course_words(evidence, course, knowledge, on), *_refer_when(ranking, course, knowledge)),
        sources=_sources(course, exercises, run, weeks),
        days=days,
        wishes=wishes,
        **training,
        notes=tuple(_notes(course, exercises, stage, days, knowledge)),
        advice=() if missing else tips(course, athlete, seen, _times(ranking, course, run, seen, training)),
        **_words(ranking, course, knowledge),
    )


def _times(ranking: Ranking, course: Course, run: Run, seen: Seen, training: dict[str, Any]) -> Offered:
    so_far = course_so_far(seen.evidence, course, seen.knowledge, seen.on)
    clinic = ranking.level == Level.ROUTINE or (so_far is not None and so_far.refer)
    runs = run.mode in {"ladder", "free"}
    trains, cross = bool(training["exercises"]), bool(training["cross"])
    return offered_times(course, runs=runs, trains=trains, cross=cross, clinic=clinic)


def _notes(
    course: Course, exercises: tuple[Prescribed, ...], stage: StageNow, days: tuple[Day, ...], knowledge: Knowledge
) -> Iterator[str]:
    """Say why a plan is only a calm one, or what the wishes cost: fewer days of exercises, or fewer sets."""
    if course.waits:
        yield from dict.fromkeys(each.reason for each in course.protocols if each.needs_clinician)
        return
    weeks = [days[first : first + DAYS] for first in range(0, len(days), DAYS)]
    most = max(sum(day.strength for day in week) for week in weeks)
    if exercises and most < min(stage.days[0], Wishes().days_a_week):
        yield say("plan.note_days", asked=stage.days[0], left=most)
    if any(is_cut(each, knowledge) for each in exercises):
        yield say("plan.note_sets")


def _words(ranking: Ranking, course: Course, knowledge: Knowledge) -> dict[str, Any]:
    """Return what may be the matter and how sure that is, what the protocols say, and what would tell it apart."""
    possible = (Possible(each.id, each.name, each.probability, each.low, each.high) for each in course.causes)
    return {
        "causes": tuple(possible),
        "how_sure": tuple(_how_sure(ranking, course)),
        "headline": _headline(course),
        "protocols": tuple(protocol.id for protocol in course.protocols),
        "education": _joined(protocol.education for protocol in course.protocols),
        "avoid": _joined(protocol.avoid for protocol in course.protocols),
        "anatomy": parts(course, knowledge),
        "separates": tuple(filter(None, (knowledge.causes[each.id].separates for each in course.causes))),
    }


def offered(course: Course, wishes: Wishes, knowledge: Knowledge, *, may_train: bool) -> dict[str, Any]:
    """Return the exercises of the course's stage, their short version, and whether other training may fill in."""
    chosen = choose(course, wishes, knowledge) if may_train else ()
    kinds = cross_training(course, wishes, knowledge) if may_train else ()
    full = (prescribed(each, swaps(each, chosen, course, wishes, knowledge)) for each in chosen)
    return {
        "exercises": fitted(tuple(full), wishes.minutes_a_day, knowledge),
        "short": shortened(chosen, knowledge),
        "cross": bool(kinds),
        "cross_kinds": kinds,
    }


def _headline(course: Course) -> str:
    if course.cleared_on is not None:
        return say("plan.headline_cleared")
    if not course.causes:
        return say("plan.headline_not_sure")
    if course.waits:
        return say("plan.headline_clinician", name=course.causes[0].name)
    if len(course.causes) == 1:
        return say("plan.headline_one", name=course.causes[0].name)
    return say("plan.headline_several", name=course.causes[0].name)


def _how_sure(ranking: Ranking, course: Course) -> Iterator[str]:
    """Say how sure this is, and from what."""
    for each in course.causes:
        low, share, high = (round(PERCENT * value) for value in (each.low, each.probability, each.high))
        yield say("plan.likely", name=each.name, share=share, low=low, high=high)
    if not course.causes:
        yield say("plan.none_likely")
    yield say("plan.something_else", share=round(PERCENT * ranking.something_else))
    yield from (say("plan.evidence", name=protocol.name, evidence=protocol.evidence) for protocol in course.protocols)
    yield from (say(text) for text in ranking.not_looked_at)


def _stage_now(course: Course, knowledge: Knowledge) -> StageNow:
    """Return the stage of the protocol that stands earliest, in its own words."""
    protocol = course.protocols[0]
    stage = course.stage(protocol)
    return StageNow(
        id=stage.id.value,
        number=stage.id.place + 1,
        count=len(protocol.stages),
        enter=stage.enter,
        leave=stage.leave,
        least_days=stage.least_days,
        says=stage.says,
        source=stage.source,
        grade=stage.grade.value,
        days=course.exercise_days(knowledge),
    )


def _run(
    course: Course, evidence: Evidence, running: RunningNow, missing: tuple[str, ...], knowledge: Knowledge, on: date
) -> Run:
    """Return how running goes on: not at all, after questions, after the entry gate, by the ladder, or freely."""
    stages = [course.stage(protocol) for protocol in course.protocols]
    ladder = knowledge.rehab.ladder
    if missing:
        return Run(mode="ask", stage=None, session=None, says=(say("plan.run_ask"),), asks=missing, sources=())
    if any(stage.run is RunMode.NONE for stage in stages):
        sources = tuple(stage.source for stage in stages)
        return Run(mode="none", stage=None, session=None, says=_running_words(stages), asks=(), sources=sources)
    seen = Seen(evidence, knowledge, on)
    if _is_too_sore(seen, course):
        says = (say("plan.run_not_now", hi=course.limits.hi),)
        return Run(mode="none", stage=None, session=None, says=says, asks=(), sources=course.limits.sources)
    place = position(evidence, running, course.limits, course.cleared_on, knowledge, on)
    return _on_ladder(place, seen, course, stages, (ladder.source, *ladder.sources))


def _is_too_sore(seen: Seen, course: Course) -> bool:
    """Whether a sign is known that no run goes with: a limp, pain on walking or landing, or that no run is possible."""
    walk = seen.score("walk_pain_score")
    return any(map(seen.yes, ("limp", "cannot_run", "hop_hurts"))) or (walk is not None and walk > course.limits.hi)


def _on_ladder(place: Position, seen: Seen, course: Course, stages: list[Stage], sources: tuple[str, ...]) -> Run:
    knowledge = seen.knowledge
    at_gate = place.stage <= knowledge.number("today.gate_stage").value and not is_gate_passed(seen)
    says = [say("plan.run_gate")] if at_gate else []
    says += [say("plan.run_free" if place.free else "plan.run_ladder", stage=place.stage)]
    says += [say("plan.run_limits", lo=course.limits.lo, hi=course.limits.hi)]
    return Run(
        mode="gate" if at_gate else "free" if place.free else "ladder",
        stage=place.stage,
        session=None if place.free else session(place.stage, knowledge, bone=course.limits.bone),
        says=(*says, *_running_words(stages), *(knowledge.rehab.ladder.afterwards if place.free else ())),
        asks=gate_asks(seen) if at_gate else (),
        passes=place.passes,
        bone=course.limits.bone,
        sources=tuple(dict.fromkeys((*sources, *course.limits.sources, *(stage.source for stage in stages)))),
    )


def _running_words(stages: list[Stage]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stage.running for stage in stages))


def _weeks(course: Course) -> Weeks:
    """Return the longest of the expected ranges."""
    number = max((protocol.weeks for protocol in course.protocols), key=lambda each: each.range[1])
    return Weeks(number.range[0], number.range[1], number.says, number.source, number.grade.value)


def _race(course: Course, wishes: Wishes, weeks: Weeks, on: date) -> str | None:
    """Say what the race date means, without a promise."""
    if wishes.race_on is None or wishes.race_on < on:
        return None
    if course.waits:
        return say("plan.race_someone_first")
    left = (wishes.race_on - on).days // DAYS
    kind = "too_close" if left < weeks.low else "maybe" if left < weeks.high else "far"
    return say(f"plan.race_{kind}", weeks=left, low=round(weeks.low), high=round(weeks.high))


def _course_words(evidence: Evidence, course: Course, knowledge: Knowledge, on: date) -> Iterator[str]:
    """Say how the pain went so far, and that it should be seen where the plan did not help as it should."""
    found = course_so_far(evidence, course, knowledge, on)
    if found is not None:
        yield from (say("plan.course_refer"),) if found.refer else ()
        yield found.says


def _refer_when(ranking: Ranking, course: Course, knowledge: Knowledge) -> Iterator[str]:
    """Say when to show it to someone; at the level routine, why to do so anyway."""
    if ranking.level == Level.ROUTINE:
        yield say("plan.routine")
        yield from (alarm.because for alarm in ranking.triage.alarms)
    yield from _joined(protocol.refer_when for protocol in course.protocols)
    yield from filter(None, (knowledge.causes[each.id].see_someone for each in course.causes))


def _joined(groups: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for group in groups for each in group))


def _sources(course: Course, exercises: tuple[Prescribed, ...], run: Run, weeks: Weeks) -> tuple[str, ...]:
    found = [weeks.source, *course.limits.sources, *run.sources]
    found += [source for protocol in course.protocols for source in protocol.sources]
    found += [course.stage(protocol).source for protocol in course.protocols]
    found += [source for exercise in exercises for source in exercise.sources]
    return tuple(dict.fromkeys(found))
