"""What would change the picture: single answers that, told otherwise, would change the urgency or the cause on top."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hipwise.causes._rank import may_rank, weighed
from hipwise.causes._standing import places
from hipwise.causes._triage import is_asked_of, situation, triage
from hipwise.causes._types import Triage, TurningPoint
from hipwise.knowledge import Kind, Knowledge, Question
from hipwise.model import Athlete, Evidence, Finding

__all__ = ["turning_points"]

Outcome = tuple[Triage, str | None, float]
"""Urgency, the cause on top, and by how much it leads."""


def turning_points(athlete: Athlete, evidence: Evidence, knowledge: Knowledge, on: date) -> tuple[TurningPoint, ...]:
    """Return the single changes of what was told that would change the level or the cause on top, smallest first.

    Only answers about this pain that were told and still count are changed, each by the fewest steps that do it; never
    one that could be found out only by a risky try (a hop, a landing), never to silence, and never to a red flag of the
    first page, which every result lists as a reason to come back sooner. Where someone is needed today, or nothing may
    be ranked, none is returned; while bone stress is suspected, none that would make it look less urgent.
    """
    now = _outcome(athlete, evidence, knowledge, on)
    if not may_rank(now[0]):
        return ()
    seen = situation(athlete, evidence, knowledge, on)
    found = []
    for name, state in seen.states.items():
        question = knowledge.findings[name]
        if _may_change(question, knowledge) and is_asked_of(name, seen, knowledge):
            for direction in _ways(question, state):
                for steps, other in enumerate(direction, 1):
                    then = _outcome(athlete, evidence | Evidence((Finding(name, other, on),)), knowledge, on)
                    if _differs(now, then):
                        found.append((steps, then[2], _point(name, state, other, now, then)))
                        break
    found.sort(key=lambda each: (each[2].level == each[2].level_then, each[0], -each[1], each[2].finding))
    return tuple(point for _, _, point in found)


def _outcome(athlete: Athlete, evidence: Evidence, knowledge: Knowledge, on: date) -> Outcome:
    urgency = triage(athlete, evidence, knowledge, on)
    if not may_rank(urgency):
        return urgency, None, 0.0
    order = list(weighed(situation(athlete, evidence, knowledge, on), knowledge).items())
    second = order[1][1] if len(order) > 1 else 0.0
    return urgency, order[0][0], order[0][1] - second


def _may_change(question: Question, knowledge: Knowledge) -> bool:
    """Return whether it makes sense to think an answer otherwise: about the pain, safe to find out, and no place.

    A pain on the other side, or elsewhere, is another pain: nothing that was told of this one would count then.
    """
    about_now = question.about == "pain" and question.sensed_by in {"told", "self_test"}
    is_place = question.id in places(knowledge)
    return about_now and not question.never_try and question.kind is not Kind.SCORE and not is_place


def _ways(question: Question, state: str) -> Iterator[tuple[str, ...]]:
    """Yield the states that lie in one direction, the nearest first; of a choice each other state is a direction."""
    place = question.states.index(state)
    ways = [question.states[place + 1 :], question.states[:place][::-1]]
    if question.kind is Kind.CHOICE:
        ways = [(other,) for other in question.states if other != state]
    never = {*question.silent, *(question.alarming if question.first_page else ())}
    yield from (tuple(each for each in way if each not in never) for way in ways)


def _differs(now: Outcome, then: Outcome) -> bool:
    if now[0].bone_stress and (then[0].level < now[0].level or not then[0].bone_stress):
        return False
    if now[0].level != then[0].level:
        return True
    return then[1] is not None and now[1] != then[1]


def _point(finding: str, state: str, other: str, now: Outcome, then: Outcome) -> TurningPoint:
    return TurningPoint(
        finding=finding,
        state=state,
        then=other,
        level=now[0].level,
        level_then=then[0].level,
        top=now[1] or "",
        top_then=then[1],
    )
