"""What to ask next: red flags first, then what tells most; nothing once the advice is settled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from hipwise.causes._gain import gains, telling
from hipwise.causes._model import Floats, Model, model_of
from hipwise.causes._rank import may_rank
from hipwise.causes._triage import is_asked_of, situation, standing, triage
from hipwise.causes._types import Triage
from hipwise.causes._weigh import posterior, told_for_ranking
from hipwise.knowledge import Condition, Kind, Knowledge, Level, Question, Situation
from hipwise.model import Athlete, Evidence

__all__ = ["Next", "first_page", "next_question"]


@dataclass(frozen=True, slots=True)
class Next:
    """The question to ask now, WHY ("red_flag" or "tells_most"), and its expected GAIN (see `ranking.wrong_plan`)."""

    question: Question
    why: str
    gain: float


def next_question(athlete: Athlete, evidence: Evidence, knowledge: Knowledge, on: date) -> Next | None:
    """Return the next question, or None: an answer needs someone now, or nothing left can change the advice.

    A first-page question that the runner declined or did not know is not asked again today.
    """
    urgency = triage(athlete, evidence, knowledge, on)
    if urgency.level >= Level.SAME_DAY:
        return None
    asked = {name for name, each in standing(evidence, knowledge, on).items() if each.is_known or each.on == on}
    for name in urgency.missing:
        if name in knowledge.findings and (name not in asked or standing(evidence, knowledge, on)[name].on != on):
            return Next(knowledge.findings[name], "red_flag", 0.0)
    if not may_rank(urgency):
        return None
    return _telling(athlete, evidence, knowledge, on, urgency, asked)


def first_page(knowledge: Knowledge) -> dict[str, tuple[Question, ...]]:
    """Return the questions of the red-flag page by card, in the order of asking."""
    page = [question for question in knowledge.findings.values() if question.first_page is not None]
    return {card: tuple(each for each in page if each.first_page == card) for card in knowledge.cards}


def _telling(
    athlete: Athlete, evidence: Evidence, knowledge: Knowledge, on: date, urgency: Triage, asked: set[str]
) -> Next | None:
    """The question with the largest expected gain, if it is worth asking."""
    seen = situation(athlete, evidence, knowledge, on)
    model = model_of(knowledge)
    told = told_for_ranking(seen, model)
    weights = posterior(model, model.log_odds(seen)[0][0], told)
    tests = _may_test(model, weights, urgency, seen)
    names = [
        name
        for name, question in knowledge.findings.items()
        if name not in asked and _may_ask(question, tests=tests) and is_asked_of(name, seen, knowledge)
    ]
    gain = gains(model, weights, [name for name in names if name in model.spoken], told)
    urgent = _urgent(urgency, seen, model, weights, set(names))
    worth = {name: gain.get(name, 0.0) + urgent.get(name, 0.0) for name in names}
    best = max(names, key=worth.__getitem__, default=None)
    if best is None or worth[best] < model.constants.least_gain:
        return None
    why = "red_flag" if urgent.get(best, 0.0) > gain.get(best, 0.0) else "tells_most"
    return Next(knowledge.findings[best], why, worth[best])


def _may_ask(question: Question, *, tests: bool) -> bool:
    if question.kind is Kind.SCORE:
        return False
    return question.sensed_by == "told" or (tests and question.sensed_by == "self_test")


def _may_test(model: Model, weights: Floats, urgency: Triage, seen: Situation) -> bool:
    """Return whether self-tests may be proposed: red flags answered and none standing, little pain, no likely bone."""
    sore = seen.facts.get("too_sore_for_tests")
    if urgency.level > Level.SELF_CARE or urgency.bone_stress or (sore is not None and sore.truth(seen)):
        return False
    shares = weights @ model.sets
    bone = sum(float(share) for share, cause in zip(shares, model.causes, strict=True) if not cause.self_care)
    return bone < model.constants.most_bone_share


def _urgent(urgency: Triage, seen: Situation, model: Model, weights: Floats, names: set[str]) -> dict[str, float]:
    """By finding: what its answers are worth that would each alone raise the urgency, by their chances."""
    raised: dict[tuple[str, str], int] = {}
    for alarm in model.knowledge.alarms.values():
        for rung in alarm.levels:
            asks = rung.when.asks(seen) if rung.level > urgency.level else ()
            for name in asks if len(asks) == 1 and asks[0] in names else ():
                for state in _completing(rung.when, name, seen, model.knowledge):
                    raised[name, state] = max(raised.get((name, state), 0), rung.level - urgency.level)
    found: dict[str, float] = {}
    for (name, state), levels in raised.items():
        chance = float(telling(model, weights, name)[model.knowledge.findings[name].states.index(state)])
        found[name] = found.get(name, 0.0) + model.constants.urgency_worth * levels * chance
    return found


def _completing(rule: Condition, name: str, seen: Situation, knowledge: Knowledge) -> list[str]:
    """States of a finding that make a rule hold which does not hold yet."""
    states = knowledge.findings[name].states
    return [state for state in states if rule.truth(replace(seen, states={**seen.states, name: state}))]
