"""What to ask next: red flags first, then what tells most; nothing once the advice is settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hipwise.causes._model import Model, model_of
from hipwise.causes._rank import may_rank, posterior, told_for_ranking
from hipwise.causes._triage import is_asked_of, situation, standing, triage
from hipwise.causes._types import Triage
from hipwise.knowledge import Kind, Knowledge, Level, Question, Situation
from hipwise.model import Athlete, Evidence

__all__ = ["Next", "first_page", "next_question"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Next:
    """The question to ask now, WHY ("red_flag" or "tells_most"), and what it is expected to tell about causes."""

    question: Question
    why: str
    gain_bits: float


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
    log_odds, _ = model.log_odds(seen)
    weights = posterior(model, log_odds[:1], told_for_ranking(seen, model))[0]
    raising = _raising(urgency, seen, knowledge)
    tests = _may_test(model, weights, urgency, seen)
    best: Next | None = None
    for name, question in knowledge.findings.items():
        if name in asked or not _may_ask(question, tests=tests) or not is_asked_of(name, seen, knowledge):
            continue
        gain = gain_bits(model, weights, name)
        worth = gain + (model.constants.urgency_gain_bits if name in raising else 0.0)
        if best is None or worth > best.gain_bits:
            best = Next(question, "red_flag" if name in raising else "tells_most", worth)
    return best if best is not None and best.gain_bits >= model.constants.least_gain_bits else None


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


def _raising(urgency: Triage, seen: Situation, knowledge: Knowledge) -> frozenset[str]:
    """Findings that could, alone, complete a rung above the level that stands."""
    found: set[str] = set()
    for alarm in knowledge.alarms.values():
        for rung in alarm.levels:
            asks = rung.when.asks(seen) if rung.level > urgency.level else ()
            if len(asks) == 1:
                found.update(asks)
    return frozenset(found)


def gain_bits(model: Model, weights: Floats, finding: str) -> float:
    """Return by how much the answer is expected to lower the uncertainty about each cause, in bits, summed."""
    joint = weights[:, None] * model.known_likelihood(finding)  # (S, K)
    answer = joint.sum(axis=0)
    after = model.sets.T @ joint / answer  # (C, K)
    return float(_entropy(model.sets.T @ weights).sum() - (_entropy(after) @ answer).sum())


def _entropy(shares: Floats) -> Floats:
    kept = np.clip(shares, 1e-12, 1 - 1e-12)
    return np.asarray(-kept * np.log2(kept) - (1 - kept) * np.log2(1 - kept))
