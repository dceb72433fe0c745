"""What to ask next: red flags first, then what tells most; nothing once the advice is settled."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import combinations

import numpy as np

from hipwise.causes._contradict import to_ask_again
from hipwise.causes._gain import gains, telling
from hipwise.causes._model import Floats, Model, model_of
from hipwise.causes._rank import Asked, asked_of, may_rank, thought
from hipwise.causes._standing import standing
from hipwise.causes._triage import is_asked_of, situation, triage
from hipwise.causes._types import Triage
from hipwise.causes._weigh import posterior, told_for_ranking, without_course
from hipwise.knowledge import Condition, Kind, Knowledge, Level, Question, Situation
from hipwise.model import Athlete, Evidence, Finding

__all__ = ["Next", "first_page", "next_question"]

KEPT = 64
"""Gains remembered: those of an interview to its end."""


@dataclass(frozen=True, slots=True)
class Next:
    """The question to ask now, WHY, and its expected GAIN (see `ranking.wrong_plan`).

    WHY: "red_flag", "again" (another answer speaks against the one that was given), or "tells_most".
    """

    question: Question
    why: str
    gain: float


def next_question(athlete: Athlete, evidence: Evidence, knowledge: Knowledge, on: date) -> Next | None:
    """Return the next question, or None: an answer needs someone now, or nothing left can change the advice.

    The red-flag page comes first. Once something needs someone today, only those of its questions are left that could
    make it an emergency. A first-page question that the runner declined or did not know is not asked again today. Then
    comes what cannot be meant beside another answer: it is asked again, once.
    """
    urgency = triage(athlete, evidence, knowledge, on)
    if urgency.level >= Level.EMERGENCY:
        return None
    told = standing(evidence, knowledge, on)
    page = [name for name in urgency.missing if name in knowledge.findings and not _today(told.get(name), on)]
    if urgency.level >= Level.SAME_DAY:
        page = _could_be_worse(athlete, evidence, knowledge, on, urgency, page)
    if page:
        return Next(knowledge.findings[page[0]], "red_flag", 0.0)
    if not may_rank(urgency):
        return None
    seen = situation(athlete, evidence, knowledge, on)
    doubtful = next(to_ask_again(seen, evidence.until(on), knowledge), None)
    if doubtful is not None:
        return Next(knowledge.findings[doubtful], "again", 0.0)
    asked = {name for name, each in told.items() if each.is_known or each.on == on}
    return _telling(athlete, evidence, knowledge, on, urgency, asked)


def _today(told: Finding | None, on: date) -> bool:
    return told is not None and told.on == on


def _could_be_worse(
    athlete: Athlete, evidence: Evidence, knowledge: Knowledge, on: date, urgency: Triage, page: list[str]
) -> list[str]:
    """Questions with an answer that would, by itself, make it an emergency: those of the page first."""
    seen = situation(athlete, evidence, knowledge, on)
    told = standing(evidence, knowledge, on)
    others = [
        name
        for name, question in knowledge.findings.items()
        if _is_question(question) and not _today(told.get(name), on)
    ]
    asked = [*page, *(name for name in others if name not in page and name not in seen.states)]
    worse = {name for name, _ in raising(seen, knowledge, urgency.level, asked)}
    return [name for name in asked if name in worse and is_asked_of(name, seen, knowledge)]


def first_page(knowledge: Knowledge) -> dict[str, tuple[Question, ...]]:
    """Return the questions of the red-flag page by card, in the order of asking."""
    page = [question for question in knowledge.findings.values() if question.first_page is not None]
    return {card: tuple(each for each in page if each.first_page == card) for card in knowledge.cards}


def _telling(
    athlete: Athlete, evidence: Evidence, knowledge: Knowledge, on: date, urgency: Triage, asked: set[str]
) -> Next | None:
    """The question with the largest expected gain, if it is worth asking; then the self-test, if one may be done."""
    seen = situation(athlete, evidence, knowledge, on)
    model = model_of(knowledge)
    thinks = asked_of(seen, knowledge)
    weights, _ = thought(knowledge, *thinks)
    open_ones = [name for name in knowledge.findings if name not in asked and is_asked_of(name, seen, knowledge)]
    names = [name for name in open_ones if _is_question(knowledge.findings[name])]
    gain = _gains(knowledge, thinks, tuple(name for name in names if name in model.spoken))
    urgent = _urgent(raising(seen, knowledge, urgency.level, names), urgency.level, model, weights)
    known = _known_share(evidence, knowledge, on)
    worth = {name: known * gain.get(name, 0.0) + urgent.get(name, 0.0) for name in names}
    best = max(names, key=worth.__getitem__, default=None)
    if best is not None and worth[best] >= model.constants.least_gain:
        why = "red_flag" if urgent.get(best, 0.0) > gain.get(best, 0.0) else "tells_most"
        return Next(knowledge.findings[best], why, worth[best])
    following = _two_steps(urgency, seen, model, weights, names)
    if following is None and _may_test(model, weights, urgency, seen):
        tests = [
            name for name in open_ones if name in model.spoken and _is_fitting_test(knowledge.findings[name], seen)
        ]
        return _best_test(model, _gains(knowledge, thinks, tuple(tests)))
    return following


@lru_cache(maxsize=KEPT)
def _gains(knowledge: Knowledge, thinks: Asked, names: tuple[str, ...]) -> Mapping[str, float]:
    """Return what each question is expected to gain; an interview comes back to what it looked at ahead."""
    weights, told = thought(knowledge, *thinks)
    return gains(model_of(knowledge), weights, names, told)


def _best_test(model: Model, gain: Mapping[str, float]) -> Next | None:
    best = max(gain, key=gain.__getitem__, default=None)
    if best is None or gain[best] < model.constants.least_test_gain:
        return None
    return Next(model.knowledge.findings[best], "tells_most", gain[best])


def _known_share(evidence: Evidence, knowledge: Knowledge, on: date) -> float:
    """How many of the questions after the page the runner could answer today; at first nearly all are hoped for."""
    hoped = model_of(knowledge).constants.hoped_answers
    told = standing(evidence, knowledge, on)
    after = [each for name, each in told.items() if knowledge.findings[name].first_page is None and each.on == on]
    return (hoped + sum(each.is_known for each in after)) / (hoped + len(after))


def _is_question(question: Question) -> bool:
    return question.sensed_by == "told" and question.kind is not Kind.SCORE


def _is_fitting_test(question: Question, seen: Situation) -> bool:
    """Whether it is a self-test of which what was told says that it fits."""
    only_if = question.only_if
    return question.sensed_by == "self_test" and only_if is not None and only_if.truth(seen) is True


def _may_test(model: Model, weights: Floats, urgency: Triage, seen: Situation) -> bool:
    """Whether self-tests may be proposed: the page is answered, no alarm above routine, nothing urgent is likely."""
    forbidden = seen.facts.get("no_tests_now")
    if urgency.level > Level.ROUTINE or urgency.bone_stress or urgency.missing or urgency.contradictions:
        return False
    if forbidden is not None and forbidden.truth(seen):
        return False
    return bool(_urgent_share(model, weights, seen) < model.constants.most_bone_share)


def _urgent_share(model: Model, weights: Floats, seen: Situation) -> float:
    """Return how many urgent causes are expected; a pain that eased under the plan makes them no fewer."""
    urgent = model.sets @ np.array([cause.urgent for cause in model.causes])
    told = told_for_ranking(seen, model)
    apart = without_course(model, told)
    if len(apart) == len(told):
        return float(weights @ urgent)
    return float(max(weights @ urgent, posterior(model, model.log_odds(seen)[0][0], apart) @ urgent))


def _two_steps(urgency: Triage, seen: Situation, model: Model, weights: Floats, names: Collection[str]) -> Next | None:
    """The question whose answer, with one more, would most likely raise the urgency; None where that is unlikely."""
    knowledge, worth = model.knowledge, dict.fromkeys(names, 0.0)
    for alarm in knowledge.alarms.values():
        for rung in alarm.levels:
            asks = rung.when.asks(seen) if rung.level > urgency.level else ()
            ends = {name: knowledge.findings[name].states[-1] for name in asks if name in worth}
            for one, other in combinations(ends, 2):
                both = {one: ends[one], other: ends[other]}
                if rung.when.truth(replace(seen, states={**seen.states, **both})):
                    chance = float(telling(model, weights, one)[-1] * telling(model, weights, other)[-1])
                    worth[one] = max(worth[one], chance * _worth(rung.level, urgency.level, model))
    best = max(worth, key=worth.__getitem__, default=None)
    if best is None or worth[best] < model.constants.least_gain:
        return None
    return Next(knowledge.findings[best], "red_flag", worth[best])


def raising(
    seen: Situation, knowledge: Knowledge, above: Level, names: Collection[str]
) -> dict[tuple[str, str], Level]:
    """Return to what level above ABOVE an answer (finding, state) would, by itself, raise the urgency."""
    found: dict[tuple[str, str], Level] = {}
    for alarm in knowledge.alarms.values():
        for rung in alarm.levels:
            asks = rung.when.asks(seen) if rung.level > above else ()
            for name in (each for each in asks if each in names):
                for state in _completing(rung.when, knowledge.findings[name], seen):
                    found[name, state] = max(found.get((name, state), above), rung.level)
    return found


def _completing(rule: Condition, question: Question, seen: Situation) -> Iterator[str]:
    """States of a finding that make a rule hold; where they have an order, a rule that one completes all above do."""
    for state in reversed(question.states):
        if rule.truth(replace(seen, states={**seen.states, question.id: state})):
            yield state
        elif question.kind is not Kind.CHOICE:
            return


def _urgent(levels: Mapping[tuple[str, str], Level], now: Level, model: Model, weights: Floats) -> dict[str, float]:
    """By finding: what it is worth that its answers would raise the urgency, by their chances."""
    found: dict[str, float] = {}
    for (name, state), level in levels.items():
        chance = float(telling(model, weights, name)[model.knowledge.findings[name].states.index(state)])
        found[name] = found.get(name, 0.0) + chance * _worth(level, now, model)
    return found


def _worth(level: Level, now: Level, model: Model) -> float:
    """What it is worth to find that it is at a level, and not at the one that stands (`ranking.urgency_worth`)."""
    return model.constants.urgency_worth * (level**2 - now**2)
