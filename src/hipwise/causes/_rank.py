"""What it could be: exact Bayesian ranking of causes that may stand together, with reasons that add up."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from hipwise.causes._model import Model, Shift, model_of
from hipwise.causes._triage import situation, triage
from hipwise.causes._types import Ranked, Ranking, Reason, Triage
from hipwise.knowledge import Kind, Knowledge, Level, Situation, names_in
from hipwise.model import Athlete, Evidence

__all__ = ["may_rank", "posterior", "rank", "told_for_ranking"]

Floats = NDArray[np.float64]

KEPT = 64
"""Rankings remembered: as many as a few runners and their next days need."""

DECIBANS = 10 / np.log(10)
"""Turns natural logarithms into decibans."""


def rank(athlete: Athlete, evidence: Evidence, knowledge: Knowledge, on: date) -> Ranking:
    """Return urgency and the causes, likeliest first, on the day ON.

    Nothing is ranked at an emergency or same-day level, under 16, or where an alarm forbids it (safety laws 1 and 5).
    """
    urgency = triage(athlete, evidence, knowledge, on)
    seen = situation(athlete, evidence, knowledge, on)
    unseen = _not_looked_at(seen, knowledge)
    if not may_rank(urgency):
        return Ranking(urgency, (), 0.0, 0.0, unseen)
    spoken = _spoken_of(knowledge)
    states = frozenset((name, state) for name, state in seen.states.items() if name in spoken)
    ranked, nothing, left_out = _weighed(knowledge, states, seen.age_y, seen.sex)
    return Ranking(urgency, ranked, nothing, left_out, unseen)


@cache
def _spoken_of(knowledge: Knowledge) -> frozenset[str]:
    """Return every finding that a ranking depends on: signs of causes, and what moves how common they are."""
    found = {name for cause in knowledge.causes.values() for name in cause.signs}
    shifts = [shift.when for cause in knowledge.causes.values() for shift in cause.prior_shifts]
    return frozenset(found.union(*(names_in(when, knowledge.facts) for when in shifts)))


@lru_cache(maxsize=KEPT)
def _weighed(
    knowledge: Knowledge, states: frozenset[tuple[str, str]], age_y: int | None, sex: str | None
) -> tuple[tuple[Ranked, ...], float, float]:
    """Return the causes, likeliest first, the share of none of them, and what was left out.

    The slow half of a ranking, and the same for all answers that no cause speaks of: a day asks for it many times.
    """
    seen = Situation(dict(sorted(states)), age_y, sex, knowledge.facts)
    model = model_of(knowledge)
    log_odds, shifts = model.log_odds(seen)
    told = told_for_ranking(seen, model)
    weights = posterior(model, log_odds, told)  # (D, S)
    shares = weights @ model.sets  # (D, C)
    tail = (1 - model.constants.coverage) / 2
    lows, highs = np.quantile(shares, [tail, 1 - tail], axis=0)
    reasons = _reasons(model, log_odds[0], shifts, told, shares[0])
    ranked = [
        Ranked(
            id=cause.id,
            name=cause.name,
            probability=float(shares[0, place]),
            low=float(min(lows[place], shares[0, place])),
            high=float(max(highs[place], shares[0, place])),
            reasons=reasons[place],
            not_asked=_not_asked(model, place, seen),
        )
        for place, cause in enumerate(model.causes)
    ]
    ranked.sort(key=lambda each: (-each.probability, each.id))
    return tuple(ranked), float(weights[0, 0]), model.left_out(log_odds[0])


def may_rank(urgency: Triage) -> bool:
    """Return whether causes may be named at all."""
    forbidden = any(alarm.no_ranking for alarm in urgency.alarms)
    return urgency.level < Level.SAME_DAY and not urgency.too_young and not forbidden


def told_for_ranking(seen: Situation, model: Model) -> dict[str, int]:
    """Return the known findings of which some cause speaks, with the place of their state."""
    findings = model.knowledge.findings
    spoken = {finding for cause in model.causes for finding in cause.signs}
    return {
        name: findings[name].states.index(state)
        for name, state in seen.states.items()
        if name in spoken and findings[name].kind is not Kind.SCORE
    }


def posterior(model: Model, log_odds: Floats, told: dict[str, int]) -> Floats:
    """Return P(set | told), (D, S), for prior log odds (D, C); each answer counts `answer_weight` of its weight."""
    logs = model.log_prior(log_odds)
    for finding, state in told.items():
        logs = logs + model.constants.answer_weight * np.log(model.likelihood(finding)[..., state])
    logs -= logs.max(axis=-1, keepdims=True)
    weights = np.exp(logs)
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))


def _reasons(
    model: Model,
    log_odds: Floats,
    shifts: list[list[Shift]],
    told: dict[str, int],
    shares: Floats,
) -> list[tuple[Reason, ...]]:
    """By cause: prior, shifts, one line a finding, and one for overlap; they add up to the posterior log odds."""
    prior = np.exp(model.log_prior(log_odds))
    inside = prior[:, None] * model.sets
    outside = prior[:, None] * (1 - model.sets)
    weighed = {}
    for finding, state in told.items():
        each = model.known_likelihood(finding)[:, state]
        weighed[finding] = (
            model.constants.answer_weight
            * DECIBANS
            * (np.log(each @ inside / inside.sum(axis=0)) - np.log(each @ outside / outside.sum(axis=0)))
        )
    found = []
    for place, cause in enumerate(model.causes):
        moved = sum(factor for _, factor, _ in shifts[place])
        lines = [Reason("prior", "", DECIBANS * (log_odds[place] - moved), (cause.prior.source,))]
        lines += [Reason(name, "", DECIBANS * factor, (source,)) for name, factor, source in shifts[place]]
        lines += [
            Reason(
                name, _state(model, name, told[name]), float(values[place]), _sources(model, place, name, told[name])
            )
            for name, values in weighed.items()
        ]
        share = np.clip(shares[place], 1e-12, 1 - 1e-12)
        total = DECIBANS * np.log(share / (1 - share))
        lines.append(Reason("overlap", "", float(total - sum(line.decibans for line in lines))))
        found.append(tuple(Reason(each.finding, each.state, float(each.decibans), each.sources) for each in lines))
    return found


def _state(model: Model, finding: str, place: int) -> str:
    return model.knowledge.findings[finding].states[place]


def _sources(model: Model, cause: int, finding: str, place: int) -> tuple[str, ...]:
    """Return the sources of what the cause says of a finding, or of its background."""
    knowledge = model.knowledge
    state = _state(model, finding, place)
    said = model.causes[cause].signs.get(finding, {})
    numbers = (
        [said[state]] if state in said else list(said.values()) or list(knowledge.findings[finding].background.values())
    )
    return tuple(dict.fromkeys(knowledge.share(each).source for each in numbers))


def _not_asked(model: Model, cause: int, seen: Situation) -> tuple[str, ...]:
    """Return what the cause speaks of and nobody has told, the weightiest first."""
    asked = [name for name in model.causes[cause].signs if name not in seen.states]
    return tuple(sorted(asked, key=lambda name: -_weight(model, cause, name)))


def _weight(model: Model, cause: int, finding: str) -> float:
    background, by_cause, _ = model.shares(finding)
    return float(np.abs(np.log(by_cause[0, cause] + 1e-6) - np.log(background[0] + 1e-6)).max())


def _not_looked_at(seen: Situation, knowledge: Knowledge) -> tuple[str, ...]:
    """Return text ids of what no answer stands for."""
    groups = {"load": "causes.no_training", "self_test": "causes.no_self_tests"}
    senses = {knowledge.findings[name].sensed_by for name in seen.states if name in knowledge.findings}
    return (
        "causes.no_examination",
        "causes.no_images",
        *(text for sense, text in groups.items() if sense not in senses),
        "causes.listed_only",
    )
