"""What else helps: the advice that fits the likely problems and the stage, and the parts of the hip they are of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hipwise.knowledge import Advice, Knowledge, Phase, Situation
from hipwise.model import Athlete
from hipwise.plan._course import Course
from hipwise.plan._seen import Seen
from hipwise.plan._tips import Part, Tip

__all__ = ["Offered", "offered_times", "parts", "tips"]

WEEK_D = 7
ANY_TIME, FLARE, STRENGTH, CROSS, CLINIC = "daily", "flare", "strength_day", "cross_day", "clinic"
RUNS = frozenset({"before_run", "run", "after_run"})

Offered = frozenset[str]
"""When there is something to say: daily, and what comes of flare, strength_day, cross_day, clinic and a run's times."""


def tips(course: Course, athlete: Athlete, seen: Seen, offered: Offered) -> tuple[Tip, ...]:
    """Return a few pieces of advice for the likely problems at this stage, from what is OFFERED.

    What is most for these problems comes first; what is for everybody takes turns from week to week. Nothing that a
    likely problem is kept from, and nothing whose condition is not known to hold.
    """
    knowledge = seen.knowledge
    most = int(knowledge.number("week.advice_most").value)
    fitting = [each for each in knowledge.advice.topics.values() if _fits(each, course, athlete, seen, offered)]
    names = {each.id for each in course.protocols}
    own = [each for each in fitting if names & set(each.fits)]
    common = [each for each in fitting if not each.fits]
    own_most = int(knowledge.number("week.advice_own").value)
    chosen = _turn(own, own_most, seen.on)
    return tuple(map(_tip, (*chosen, *_turn(common, most - len(chosen), seen.on))))


def _turn(topics: list[Advice], most: int, on: date) -> list[Advice]:
    """Return so many TOPICS, others every week, until all had their turn."""
    if len(topics) <= most:
        return topics
    first = on.toordinal() // WEEK_D * most % len(topics)
    return [topics[(first + place) % len(topics)] for place in range(most)]


def _fits(topic: Advice, course: Course, athlete: Athlete, seen: Seen, offered: Offered) -> bool:
    names = {each.id for each in course.protocols}
    if topic.when not in offered or (topic.stages and course.phase not in topic.stages):
        return False
    if names & set(topic.not_with) or (topic.fits and not names & set(topic.fits)) or course.keeps_from(topic):
        return False
    return topic.only_if is None or topic.only_if.truth(_situation(athlete, seen)) is True


def _situation(athlete: Athlete, seen: Seen) -> Situation:
    known = {name: state for name in seen.knowledge.findings if (state := seen.state(name)) is not None}
    return Situation(known, athlete.age_y(seen.on), athlete.sex, seen.knowledge.facts)


def _tip(topic: Advice) -> Tip:
    first = topic.claims[0]
    sources = tuple(dict.fromkeys(source for claim in topic.claims for source in claim.sources))
    return Tip(
        id=topic.id,
        name=topic.name,
        when=topic.when,
        says=topic.says,
        verdict=first.verdict.value,
        evidence=first.evidence,
        grade=first.grade.value,
        sources=sources,
    )


def parts(course: Course, knowledge: Knowledge) -> tuple[Part, ...]:
    """Return the parts of the hip that the likely problems are of."""
    names = {each.id for each in course.protocols}
    found: Iterator[Part] = (
        Part(each.id, each.name, each.what, each.does, each.hurts, each.sources)
        for each in knowledge.advice.anatomy.values()
        if names & set(each.fits)
    )
    return tuple(found)


def offered_times(course: Course, *, runs: bool, trains: bool, cross: bool, clinic: bool) -> Offered:
    """Return when there is something to say."""
    found = {ANY_TIME}
    found |= RUNS if runs else set()
    found |= {STRENGTH} if trains else set()
    found |= {CROSS} if cross else set()
    found |= {FLARE} if course.phase is Phase.CALM else set()
    found |= {CLINIC} if clinic else set()
    return frozenset(found)
