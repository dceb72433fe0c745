"""The probabilities behind a ranking: which causes stand together, and what each set of them makes of a finding.

Several causes may stand together, so the states are *sets* of causes. For a finding whose states have an order, each
cause of the set gets its own chance to bring it about (noisy-or, for graded findings noisy-max), on top of the
background; a cause that makes it rarer takes its share of what is left. For a choice, one of the causes that speak of
it decides. What no cause of the set speaks of keeps its background, so silence is never proof.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations
from math import comb
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from hipwise.knowledge import Cause, Kind, Knowledge, Number, Question, Situation

__all__ = ["Model", "Shift", "model_of"]

Floats = NDArray[np.float64]
Shift = tuple[str, float, str]
"""What moved a prior: a finding (or "age", "sex"), by how much on the log odds, and the source."""

NORMAL_95 = 1.959963984540054
"""Half the width of a 95 % interval in standard deviations."""

TINY = 1e-9


@dataclass(frozen=True, slots=True)
class RankingConstants:
    """See `parameters/ranking.yaml`."""

    most_together: float
    draws: float
    coverage: float
    least_share: float
    answer_weight: float
    least_gain_bits: float
    urgency_gain_bits: float
    most_bone_share: float


@dataclass(frozen=True, eq=False)
class Model:
    """The sets of causes and the tables of a knowledge base. Shapes: D draws, S sets, C causes, K states.

    Draw 0 is the knowledge as it stands; the others are other believable values of its numbers.
    """

    knowledge: Knowledge
    constants: RankingConstants

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """All causes, in the order of the columns."""
        return tuple(self.knowledge.causes.values())

    @cached_property
    def sets(self) -> Floats:
        """Membership, (S, C): the empty set first, then larger ones."""
        count = len(self.causes)
        largest = min(count, int(self.constants.most_together))
        rows = np.zeros((sum(comb(count, size) for size in range(largest + 1)), count))
        members = (group for size in range(largest + 1) for group in combinations(range(count), size))
        for row, group in enumerate(members):
            rows[row, list(group)] = 1
        return rows

    def log_prior(self, log_odds: Floats) -> Floats:
        """Return the log prior of each set, (..., S), from the log odds of each cause, (..., C)."""
        present = -np.logaddexp(0, -log_odds)
        absent = -np.logaddexp(0, log_odds)
        found: Floats = absent.sum(axis=-1, keepdims=True) + (present - absent) @ self.sets.T
        return found

    def left_out(self, log_odds: Floats) -> float:
        """Return the prior share of sets larger than those weighed, for log odds (C,)."""
        return float(max(0.0, 1 - np.exp(self.log_prior(log_odds)).sum()))

    def likelihood(self, finding: str) -> Floats:
        """Return P(state | set) of a finding, (D, S, K); the least share is kept for every state."""
        return _likelihood(self, finding)

    def known_likelihood(self, finding: str) -> Floats:
        """Return P(state | set) with the knowledge as it stands, (S, K)."""
        known: Floats = _likelihood(self, finding)[0]
        return known

    def shares(self, finding: str) -> tuple[Floats, Floats, NDArray[np.bool_]]:
        """Return P(state) in the background, (D, K), by cause alone, (D, C, K), and who speaks of it, (C,)."""
        return _shares(self, finding)

    def background(self, question: Question) -> Floats:
        """Return P(state) when no cause speaks of a finding, (D, K); states that are not named share the rest."""
        named = {
            state: self._draws(f"background|{question.id}|{state}", number)
            for state, number in self._numbers(question.background)
        }
        found = np.zeros((int(self.constants.draws), len(question.states)))
        for state, values in named.items():
            found[:, question.states.index(state)] = values
        rest = [place for place, state in enumerate(question.states) if state not in named] or [0]
        found[:, rest] += (np.clip(1 - found.sum(axis=1), TINY, None) / len(rest))[:, None]
        return _normed(found)

    def sign(self, cause: Cause, question: Question, background: Floats) -> Floats:
        """Return P(state) by one cause alone, (D, K); states that it does not name share the rest as the background."""
        found = np.zeros_like(background)
        rest = np.ones(len(question.states), dtype=bool)
        for state, number in self._numbers(cause.signs[question.id]):
            place = question.states.index(state)
            found[:, place] = self._draws(f"{cause.id}|{question.id}|{state}", number)
            rest[place] = False
        left = np.clip(1 - found.sum(axis=1), TINY, None)
        weights = background * rest
        total = weights.sum(axis=1, keepdims=True)
        found += np.divide(weights, total, out=np.zeros_like(weights), where=total > 0) * left[:, None]
        return _normed(found)

    def _numbers(self, states: Mapping[str, str | Number]) -> list[tuple[str, Number]]:
        return [(state, self.knowledge.share(scale)) for state, scale in states.items()]

    def _draws(self, name: str, number: Number) -> Floats:
        """Believable values of a share, (D,): logit-normal, the number's range holding 95 %; first the value itself."""
        return 1 / (1 + np.exp(-self._around(name, number, _logit)))

    def _around(self, name: str, number: Number, scale: Callable[[float], float]) -> Floats:
        """Normal draws on a SCALE, (D,), the same for the same NAME; the number's range holds 95 %, the first is it."""
        low, middle, high = (scale(each) for each in (number.range[0], number.value, number.range[1]))
        draws = np.random.default_rng(crc32(name.encode())).standard_normal(int(self.constants.draws))
        draws[0] = 0
        return middle + (high - low) / (2 * NORMAL_95) * draws

    def log_odds(self, seen: Situation) -> tuple[Floats, list[list[Shift]]]:
        """Return the prior log odds of each cause for this runner, (D, C), and by cause what moved them."""
        columns, shifts = [], []
        for cause in self.causes:
            column = self._around(f"prior|{cause.id}", cause.prior, _logit)
            found: list[Shift] = []
            for place, shift in enumerate(cause.prior_shifts):
                if shift.when.truth(seen):
                    moved = self._around(f"shift|{cause.id}|{place}", shift.times, _log)
                    column = column + moved
                    found.append((shift.when.because(seen)[0], float(moved[0]), shift.times.source))
            columns.append(column)
            shifts.append(found)
        return np.stack(columns, axis=1), shifts


def model_of(knowledge: Knowledge) -> Model:
    """Return the model of a knowledge base; built once for each."""
    return _model(knowledge)


@cache
def _model(knowledge: Knowledge) -> Model:
    return Model(knowledge, knowledge.constants(RankingConstants, "ranking"))


@cache
def _shares(model: Model, finding: str) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    question = model.knowledge.findings[finding]
    background = model.background(question)
    by_cause = np.repeat(background[:, None, :], len(model.causes), axis=1)
    speaks = np.array([finding in cause.signs for cause in model.causes])
    for place in np.flatnonzero(speaks):
        by_cause[:, place] = model.sign(model.causes[place], question, background)
    return background, by_cause, speaks


@cache
def _likelihood(model: Model, finding: str) -> Floats:
    background, by_cause, speaks = model.shares(finding)
    if model.knowledge.findings[finding].kind is Kind.CHOICE:
        found = _chosen(model.sets, background, by_cause, speaks)
    else:
        found = _combined(model.sets, background, by_cause)
    return _normed(np.clip(found, model.constants.least_share, None))


def _normed(shares: Floats) -> Floats:
    found: Floats = shares / shares.sum(axis=-1, keepdims=True)
    return found


def _combined(sets: Floats, background: Floats, by_cause: Floats) -> Floats:
    """Noisy-max over ordered states, (D, S, K)."""
    least = np.clip(_at_least(background), TINY, 1 - TINY)[:, None, :]  # (D, 1, K-1)
    each = np.clip(_at_least(by_cause), TINY, 1 - TINY)  # (D, C, K-1)
    spared = np.minimum(0, np.log1p(-each) - np.log1p(-least))
    damped = np.minimum(0, np.log(each) - np.log(least))
    reached = (1 - np.exp(np.log1p(-least) + sets @ spared)) * np.exp(sets @ damped)
    reached = np.minimum.accumulate(reached, axis=-1)
    edges = np.concatenate([np.ones_like(reached[..., :1]), reached, np.zeros_like(reached[..., :1])], axis=-1)
    found: Floats = np.clip(edges[..., :-1] - edges[..., 1:], 0, 1)
    return found


def _chosen(sets: Floats, background: Floats, by_cause: Floats, speaks: NDArray[np.bool_]) -> Floats:
    """One of the causes that speak decides, (D, S, K)."""
    speakers = sets * speaks
    count = speakers.sum(axis=1)
    mean = speakers @ by_cause / np.maximum(count, 1)[:, None]
    return np.where((count > 0)[:, None], mean, background[:, None, :])


def _at_least(shares: Floats) -> Floats:
    """P(state k or more) for k = 1 .. K-1, along the last axis."""
    found: Floats = np.cumsum(shares[..., ::-1], axis=-1)[..., ::-1][..., 1:]
    return found


def _log(times: float) -> float:
    return float(np.log(max(times, TINY)))


def _logit(share: float) -> float:
    kept = min(max(share, TINY), 1 - TINY)
    return float(np.log(kept / (1 - kept)))
