"""What it could be: exact Bayesian ranking of causes that may stand together, with reasons that add up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache

import numpy as np

from hipwise.causes._contradict import doubts_in
from hipwise.causes._heard import heard
from hipwise.causes._model import Floats, Model, Shift, model_of
from hipwise.causes._sets import log_prior
from hipwise.causes._triage import situation, triage_of
from hipwise.causes._types import Ranked, Ranking, Reason, Triage
from hipwise.causes._weigh import counts, intervals, posterior, table, told_beside, without_course
from hipwise.knowledge import Knowledge, Level, Situation, names_in
from hipwise.model import Athlete, Evidence

__all__ = ["Asked", "asked_of", "may_rank", "rank", "thought", "weighed"]

KEPT = 64
"""Rankings and thoughts remembered: as many as a few runners, their next days and an interview need."""

DECIBANS = 10 / np.log(10)
"""Turns natural logarithms into decibans."""


def rank(athlete: Athlete, evidence: Evidence, knowledge: Knowledge, on: date) -> Ranking:
    """Return urgency and the causes, likeliest first, on the day ON.

    Nothing is ranked at an emergency or same-day level, under 16, or where an alarm forbids it (safety laws 1 and 5).
    """
    seen = situation(athlete, evidence, knowledge, on)
    urgency = triage_of(seen, athlete, evidence, knowledge, on)
    unseen = _not_looked_at(seen, knowledge)
    if not may_rank(urgency):
        return Ranking(urgency, (), 0.0, 0.0, unseen)
    ranked, nothing, left_out, apart = _weighed(knowledge, *asked_of(seen, knowledge))
    return Ranking(urgency, ranked, nothing, left_out, unseen, apart)


Asked = tuple[frozenset[tuple[str, str]], frozenset[str], int | None, str | None]
"""All that a ranking depends on: states that a cause speaks of, which of them are doubted, age and sex."""


def asked_of(seen: Situation, knowledge: Knowledge) -> Asked:
    """Return all of a situation that a ranking depends on."""
    spoken = _spoken_of(knowledge)
    states = frozenset([each for each in seen.states.items() if each[0] in spoken])
    doubts = doubts_in(heard(seen, knowledge), seen.age_y, seen.sex, knowledge)
    return states, doubts & spoken, seen.age_y, seen.sex


@cache
def _spoken_of(knowledge: Knowledge) -> frozenset[str]:
    """Return every finding that a ranking depends on: signs of causes, and what moves how common they are."""
    found = {name for cause in knowledge.causes.values() for name in cause.signs}
    shifts = [shift.when for cause in knowledge.causes.values() for shift in cause.prior_shifts]
    return frozenset(found.union(*(names_in(when, knowledge.facts) for when in shifts)))


@lru_cache(maxsize=KEPT)
def _weighed(
    knowledge: Knowledge,
    states: frozenset[tuple[str, str]],
    doubts: frozenset[str],
    age_y: int | None,
    sex: str | None,
) -> tuple[tuple[Ranked, ...], float, float, tuple[tuple[str, float], ...]]:
    """Return the causes, likeliest first, the share of none, what was left out, and the serious apart from the course.

    The slow half of a ranking, and the same for all answers that no cause speaks of: a day asks for it many times.
    """
    seen = Situation(dict(sorted(states)), age_y, sex, knowledge.facts)
    model = model_of(knowledge)
    log_odds, shifts = model.log_odds(seen)
    told = told_beside(doubts, seen, model)
    weights = posterior(model, log_odds[0], told)  # (S,)
    shares = weights @ model.sets  # (C,)
    lows, highs = intervals(model, log_odds, told, weights)
    reasons = _reasons(model, log_odds[0], shifts, told, shares)
    ranked = [
        Ranked(
            id=cause.id,
            name=cause.name,
            probability=float(shares[place]),
            low=float(min(lows[place], shares[place])),
            high=float(max(highs[place], shares[place])),
            reasons=reasons[place],
            not_asked=_not_asked(model, place, seen),
        )
        for place, cause in enumerate(model.causes)
    ]
    ranked.sort(key=lambda each: (-each.probability, each.id))
    return tuple(ranked), float(weights[0]), model.left_out(log_odds[0]), _apart(model, log_odds[0], told)


def _apart(model: Model, log_odds: Floats, told: dict[str, int]) -> tuple[tuple[str, float], ...]:
    """Return how likely each serious cause is apart from the course of the pain; nothing where no course is known."""
    if model.course.isdisjoint(told):
        return ()
    shares = posterior(model, log_odds, without_course(model, told)) @ model.sets
    return tuple((model.causes[place].id, float(shares[place])) for place in np.flatnonzero(model.serious))


def weighed(seen: Situation, knowledge: Knowledge) -> dict[str, float]:
    """Return the probability of each cause, likeliest first, whatever the urgency: to measure, never to be shown."""
    return dict(_shares(knowledge, *asked_of(seen, knowledge)))


@lru_cache(maxsize=KEPT)
def _shares(
    knowledge: Knowledge,
    states: frozenset[tuple[str, str]],
    doubts: frozenset[str],
    age_y: int | None,
    sex: str | None,
) -> Mapping[str, float]:
    """Return the quick half of a ranking, for answers that are thought otherwise: most of them move no cause."""
    model = model_of(knowledge)
    shares = thought(knowledge, states, doubts, age_y, sex)[0] @ model.sets
    found = {cause.id: float(share) for cause, share in zip(model.causes, shares, strict=True)}
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


@lru_cache(maxsize=KEPT)
def thought(
    knowledge: Knowledge,
    states: frozenset[tuple[str, str]],
    doubts: frozenset[str],
    age_y: int | None,
    sex: str | None,
) -> tuple[Floats, Mapping[str, int]]:
    """Return P(set | told), (S,), and what was told of causes, for all that a ranking depends on (`asked_of`)."""
    seen = Situation(dict(sorted(states)), age_y, sex, knowledge.facts)
    model = model_of(knowledge)
    told = told_beside(doubts, seen, model)
    weights = posterior(model, model.log_odds(seen)[0][0], told)
    weights.setflags(write=False)
    return weights, told


def may_rank(urgency: Triage) -> bool:
    """Return whether causes may be named at all."""
    forbidden = any(alarm.no_ranking for alarm in urgency.alarms)
    return urgency.level < Level.SAME_DAY and not urgency.too_young and not forbidden


def _reasons(
    model: Model, log_odds: Floats, shifts: list[list[Shift]], told: dict[str, int], shares: Floats
) -> list[tuple[Reason, ...]]:
    """By cause: prior, shifts, one line a finding, and one for overlap; they add up to the posterior log odds."""
    moved = np.array([sum(factor for _, factor, _ in each) for each in shifts])
    before = np.exp(log_prior(model.sets, log_odds - moved, model.log_sizes[0])) @ model.sets
    prior = _decibans(before)
    share_of = counts(model, told)
    weights = _weights_of_evidence(model, log_odds, told)
    after = np.exp(log_prior(model.sets, log_odds, model.log_sizes[0])) @ model.sets
    clear = _decibans((shares - model.constants.misled * after) / (1 - model.constants.misled))
    totals, doubt = _decibans(shares), (model.knowledge.number("ranking.misled").source,)
    found = []
    for place, cause in enumerate(model.causes):
        lines = [Reason("prior", "", float(prior[place]), (cause.prior.source,))]
        lines += [Reason(name, "", float(DECIBANS * factor), (source,)) for name, factor, source in shifts[place]]
        for row, (name, state) in enumerate(told.items()):
            weight = float(share_of[name] * weights[row, place])
            sources = _sources(model, place, name, state)
            lines.append(Reason(name, _state(model, name, state), weight, sources, share_of[name]))
        lines.append(Reason("overlap", "", float(clear[place] - sum(line.decibans for line in lines))))
        if told:
            lines.append(Reason("doubt", "", float(totals[place] - clear[place]), doubt))
        found.append(tuple(lines))
    return found


def _weights_of_evidence(model: Model, log_odds: Floats, told: dict[str, int]) -> Floats:
    """10 log10 of P(answer | cause) / P(answer | not this cause), each over the prior, (F, C), if it counted whole."""
    if not told:
        return np.zeros((0, len(model.causes)))
    prior = np.exp(log_prior(model.sets, log_odds, model.log_sizes[0]))
    prior /= prior.sum()
    shares = prior @ model.sets
    answers = np.stack([table(model, finding)[state] for finding, state in told.items()]) * prior  # (F, S)
    inside = answers @ model.sets
    outside = answers.sum(axis=1, keepdims=True) - inside
    found: Floats = DECIBANS * (np.log(inside / shares) - np.log(outside / (1 - shares)))
    return found


def _decibans(shares: Floats) -> Floats:
    kept = np.clip(shares, 1e-12, 1 - 1e-12)
    found: Floats = DECIBANS * np.log(kept / (1 - kept))
    return found


def _state(model: Model, finding: str, place: int) -> str:
    return model.knowledge.findings[finding].states[place]


@cache
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
    names = (name for name in model.causes[cause].signs if name not in model.course)
    asked = [name for name in names if name not in seen.states]
    return tuple(sorted(asked, key=lambda name: -_weight(model, cause, name)))


@cache
def _weight(model: Model, cause: int, finding: str) -> float:
    background, by_cause, _ = model.shares(finding)  # draw 0 is the knowledge as it stands
    return float(np.abs(np.log(by_cause[0, cause] + 1e-6) - np.log(background[0] + 1e-6)).max())


def _not_looked_at(seen: Situation, knowledge: Knowledge) -> tuple[str, ...]:
    """Return text ids of what no answer stands for."""
    groups = {"load": "causes.no_training", "self_test": "causes.no_self_tests"}
    return (
        "causes.no_examination",
        "causes.no_images",
        *(text for sense, text in groups.items() if _sensed_by(sense, knowledge).isdisjoint(seen.states)),
        "causes.listed_only",
    )


@cache
def _sensed_by(sense: str, knowledge: Knowledge) -> frozenset[str]:
    return frozenset(name for name, question in knowledge.findings.items() if question.sensed_by == sense)
