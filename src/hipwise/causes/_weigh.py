"""What was told becomes a posterior over sets of causes, with an interval from the uncertainty of every number.

Several causes may stand together, so the states are *sets* of causes. For a finding whose states have an order, each
cause of the set gets its own chance to bring it about (noisy-or, for graded findings noisy-max), on top of the
background; a cause that makes it rarer takes its share of what is left. For a choice, one of the causes that speak of
it decides. Answers that repeat one another do not count twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

import numpy as np

from hipwise.causes._contradict import doubted
from hipwise.causes._model import Floats, Model, Signs
from hipwise.causes._sets import log_prior
from hipwise.knowledge import Kind, Situation

__all__ = [
    "adds",
    "counts",
    "intervals",
    "log_table",
    "posterior",
    "state_shares",
    "table",
    "told_beside",
    "told_for_ranking",
    "without_course",
]


def told_for_ranking(seen: Situation, model: Model) -> dict[str, int]:
    """Return the known findings of which some cause speaks, with the place of their state, if that says anything."""
    return told_beside(doubted(seen, model.knowledge), seen, model)


def told_beside(doubts: frozenset[str], seen: Situation, model: Model) -> dict[str, int]:
    """Return the same, where it is known what is in DOUBT: what doubts an answer may be no sign of any cause itself."""
    findings = model.knowledge.findings
    return {
        name: findings[name].states.index(state)
        for name, state in seen.states.items()
        if name in model.spoken and name not in doubts and state not in findings[name].silent
    }


def without_course(model: Model, told: Mapping[str, int]) -> dict[str, int]:
    """Return what was TOLD without what was worked out from the course of the pain."""
    return {finding: state for finding, state in told.items() if finding not in model.course}


def posterior(model: Model, log_odds: Floats, told: Mapping[str, int]) -> Floats:
    """Return P(set | told), (..., S), for prior log odds (..., C), with the likelihoods as they stand.

    A share of all pictures misleads (`misled`): there, what was told says nothing, and the prior stands.
    """
    before = log_prior(model.sets, log_odds, model.log_sizes[0])
    logs = before.copy()
    for finding, share in counts(model, told).items():
        logs += share * log_table(model, finding)[told[finding]]
    logs -= logs.max(axis=-1, keepdims=True)
    np.exp(logs, out=logs)
    logs *= (1 - model.constants.misled) / logs.sum(axis=-1, keepdims=True)
    prior = np.exp(before)
    logs += model.constants.misled * prior / prior.sum(axis=-1, keepdims=True)
    return logs


def counts(model: Model, told: Mapping[str, int]) -> dict[str, float]:
    """Return the share of its weight of evidence that each answer counts.

    Of findings that repeat one another the strongest counts whole, and the j-th as much as it adds to the effective
    number of answers, n / (1 + (n - 1) r) for n answers that correlate with r (Kish); then all count `answer_weight`.
    What was worked out from the course of the pain comes after what the runner says of it, and takes nothing from it.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for finding in told:
        groups[model.knowledge.findings[finding].repeats or f"alone: {finding}"].append(finding)
    found = {}
    for names in groups.values():
        names.sort(key=lambda name: (name in model.course, -_strength(model, name)[told[name]], name))
        for place, name in enumerate(names):
            found[name] = model.constants.answer_weight * adds(place, model.constants.repeat_correlation)
    return {finding: found[finding] for finding in told}


def intervals(
    model: Model, log_odds: Floats, told: Mapping[str, int], weights: Floats, most: int | None = None
) -> tuple[Floats, Floats]:
    """Return the low and the high end of the probability of each cause, (C,) each.

    Every number takes its believable values at once, LOG_ODDS (D, C) among them. Only the likeliest sets by WEIGHTS (at
    most MOST, by default `interval_states`) move; what the others hold stays as it is, which is next to nothing.
    """
    kept = _likeliest(model, weights, int(most or model.constants.interval_states))
    sets, doubt = model.sets[kept], model.constants.misled
    before = log_prior(sets, log_odds, model.log_sizes)  # (D, M)
    logs = before.copy()
    quick = sets.astype(np.float32)  # seven digits are plenty for the ends of an interval
    for finding, share in counts(model, told).items():
        logs += share * _log_of_state(model, model.signs(finding), told[finding], quick)
    logs -= logs.max(axis=1, keepdims=True)
    moved = np.exp(logs)
    moved *= (1 - doubt) / moved.sum(axis=1, keepdims=True)
    np.exp(before, out=before)
    moved += doubt * before / before.sum(axis=1, keepdims=True)
    moved *= weights[kept].sum()
    still = weights.copy()
    still[kept] = 0
    shares = moved @ sets + still @ model.sets
    tail = (1 - model.constants.coverage) / 2
    low, high = np.quantile(shares, [tail, 1 - tail], axis=0)
    return low, high


@cache
def log_table(model: Model, finding: str) -> Floats:
    """Return log P(state | set) of a finding, its numbers as they stand, (K, S); every state keeps a least share."""
    shares = np.clip(state_shares(model, finding, model.sets), model.constants.least_share, None)
    found: Floats = np.log(shares / shares.sum(axis=0))
    return found


@cache
def table(model: Model, finding: str) -> Floats:
    """Return P(state | set) as `log_table` has it, (K, S)."""
    found: Floats = np.exp(log_table(model, finding))
    return found


def state_shares(model: Model, finding: str, sets: Floats, draw: int = 0) -> Floats:
    """Return P(state | set) of a finding for any SETS (S, C), with one draw of its numbers, (K, S)."""
    signs = model.signs(finding)
    way = _chosen if signs.kind is Kind.CHOICE else _reached
    states = range(signs.background.shape[1])
    return np.stack([way(signs, state, sets, slice(draw, draw + 1))[0] for state in states])


def _log_of_state(model: Model, signs: Signs, state: int, sets: Floats) -> Floats:
    """Return log P(STATE | set), (D, M), for all draws."""
    found = (_chosen if signs.kind is Kind.CHOICE else _reached)(signs, state, sets, slice(None))
    return np.log(np.maximum(found, model.constants.least_share, out=found), out=found)


def _reached(signs: Signs, state: int, sets: Floats, draws: slice) -> Floats:
    """Noisy-max over ordered states: what reaches this state less what reaches the next one, (D, S)."""
    here = _at_least(signs, state - 1, sets, draws) if state else 1.0
    last = signs.background.shape[1] - 1
    beyond = _at_least(signs, state, sets, draws) if state < last else 0.0
    return np.maximum(here - np.minimum(beyond, here), 0)


def _at_least(signs: Signs, step: int, sets: Floats, draws: slice) -> Floats:
    """P(the step is reached | set), (D, S)."""
    members = sets[:, signs.speaks].T
    spared = signs.spared[draws, :, step][:, signs.speaks].astype(sets.dtype) @ members
    spared += signs.least[draws, step][:, None]
    found: Floats = np.negative(np.expm1(spared, out=spared), out=spared)
    damped = signs.damped[draws, :, step][:, signs.speaks].astype(sets.dtype)
    if damped.any():
        found *= np.exp(damped @ members)
    return found


def _chosen(signs: Signs, state: int, sets: Floats, draws: slice) -> Floats:
    """One of the causes that speak decides, each with the same chance, (D, S); those that lead go before the others."""
    speakers = sets[:, signs.speaks]
    if signs.leads.any():
        leading = speakers * signs.leads[signs.speaks]
        speakers = np.where(leading.any(axis=1, keepdims=True), leading, speakers)
    number = speakers.sum(axis=1)
    mean = signs.by_cause[draws, :, state][:, signs.speaks] @ speakers.T / np.maximum(number, 1)
    return np.where(number > 0, mean, signs.background[draws, state][:, None])


@cache
def _strength(model: Model, finding: str) -> Floats:
    """How far apart an answer sets the causes, (K,): the variance of its log likelihood over the causes, each alone."""
    odds = np.array([cause.prior.value for cause in model.causes])
    shares = np.concatenate([[model.constants.none_listed], odds / odds.sum() * (1 - model.constants.none_listed)])
    alone = log_table(model, finding)[:, : len(odds) + 1]
    mean = alone @ shares
    found: Floats = ((alone - mean[:, None]) ** 2) @ shares
    return found


def adds(place: int, correlation: float) -> float:
    """Return what the answer at PLACE (from 0) adds to the effective number of answers of its group."""
    return (place + 1) / (1 + place * correlation) - (place / (1 + (place - 1) * correlation) if place else 0.0)


def _likeliest(model: Model, weights: Floats, most: int) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Return the places of the sets that hold most weight, each cause alone and none always among them."""
    worth = weights.copy()
    worth[: len(model.causes) + 1] += 1
    most = min(most, len(worth))
    return np.sort(np.argpartition(-worth, most - 1)[:most])
