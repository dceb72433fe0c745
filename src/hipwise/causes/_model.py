"""The numbers behind a ranking: what each cause makes of a finding, each number with its believable values.

A finding that a cause does not speak of keeps its background rate, so silence is never proof. Believable values are
drawn once and always the same; the first is the number as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from hipwise.causes._sets import memberships, weighed_share
from hipwise.knowledge import Cause, Kind, Knowledge, Number, Question, Situation

__all__ = ["Floats", "Model", "Shift", "Signs", "model_of"]

Floats = NDArray[np.floating[Any]]
Shift = tuple[str, float, str]
"""What moved a prior: a finding (or "age", "sex"), by how much on the log odds, and the source."""

NORMAL_95 = 1.959963984540054
"""Half the width of a 95 % interval in standard deviations."""

TINY = 1e-9
COURSE = "course"
"""Senses how the pain answered the plan."""
SIZES = ("two_together", "three_together")


@dataclass(frozen=True, slots=True)
class RankingConstants:
    """See `parameters/ranking.yaml`."""

    none_listed: float
    two_together: float
    three_together: float
    more_together: float
    most_states: float
    interval_states: float
    draws: float
    coverage: float
    least_share: float
    repeat_correlation: float
    answer_weight: float
    misled: float
    most_bone_share: float
    wrong_plan: float
    needless_visit: float
    missed_visit: float
    bit_worth: float
    urgency_worth: float
    least_gain: float
    least_test_gain: float
    hoped_answers: float


@dataclass(frozen=True, eq=False)
class Signs:
    """What the causes make of one finding. Shapes: D draws, C causes, K states.

    BACKGROUND is P(state) when no cause speaks, (D, K); BY_CAUSE by one cause alone, (D, C, K); SPEAKS who speaks of
    it, (C,). Where the states have an order, for each step up: LEAST is the log of not reaching it in the background,
    (D, K-1); SPARED and DAMPED the logs of what a cause leaves of not reaching and of reaching it, (D, C, K-1).
    LEADS: causes that decide alone where one of them is at work, (C,).
    """

    kind: Kind
    background: Floats
    by_cause: Floats
    speaks: NDArray[np.bool_]
    leads: NDArray[np.bool_]
    least: Floats
    spared: Floats
    damped: Floats


@dataclass(frozen=True, eq=False)
class Model:
    """The sets of causes and the numbers of a knowledge base; draw 0 is the knowledge as it stands."""

    knowledge: Knowledge
    constants: RankingConstants
    _drawn: dict[str, Floats] = field(default_factory=dict)
    _signs: dict[str, Signs] = field(default_factory=dict)

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """All causes, in the order of the columns."""
        return tuple(self.knowledge.causes.values())

    @cached_property
    def serious(self) -> NDArray[np.bool_]:
        """Which causes need a clinician, (C,): where one is at work, no other makes its course look better."""
        return np.array([not cause.self_care for cause in self.causes])

    @cached_property
    def course(self) -> frozenset[str]:
        """The findings that are worked out from how the pain answered the plan."""
        return frozenset(name for name, each in self.knowledge.findings.items() if each.sensed_by == COURSE)

    @cached_property
    def sets(self) -> Floats:
        """Membership, (S, C): the empty set first, then larger ones."""
        return memberships(np.array([cause.prior.value for cause in self.causes]), int(self.constants.most_states))

    @cached_property
    def spoken(self) -> frozenset[str]:
        """The findings of which some cause speaks; scores weigh in rules, not here."""
        named = {finding for cause in self.causes for finding in cause.signs}
        return frozenset(name for name in named if self.knowledge.findings[name].kind is not Kind.SCORE)

    @cached_property
    def log_sizes(self) -> Floats:
        """The log shares of none, one, two and three causes, (D, 4)."""
        none, two, three = (
            self._draws(f"size|{name}", self.knowledge.number(f"ranking.{name}")) for name in ("none_listed", *SIZES)
        )
        one = np.clip(1 - none - two - three, TINY, None)
        return np.log(np.stack([none, one, two, three], axis=-1))

    def left_out(self, log_odds: Floats) -> float:
        """Return the prior share of sets that are not weighed, for log odds (C,)."""
        among = weighed_share(self.sets, log_odds, self.log_sizes[0])
        more = self.constants.more_together if len(self.causes) > self.sets.sum(axis=1).max() else 0.0
        return float(np.clip(more + (1 - more) * (1 - among), 0, 1))

    def signs(self, finding: str) -> Signs:
        """Return what the causes make of a finding."""
        if finding not in self._signs:
            self._signs[finding] = self._signs_of(self.knowledge.findings[finding])
        return self._signs[finding]

    def shares(self, finding: str) -> tuple[Floats, Floats, NDArray[np.bool_]]:
        """Return P(state) in the background, (D, K), by cause alone, (D, C, K), and who speaks of it, (C,)."""
        found = self.signs(finding)
        return found.background, found.by_cause, found.speaks

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

    def _signs_of(self, question: Question) -> Signs:
        background = self._background(question)
        speaks = np.array([question.id in cause.signs for cause in self.causes])
        by_cause = np.repeat(background[:, None, :], len(self.causes), axis=1)
        for place in np.flatnonzero(speaks):
            by_cause[:, place] = self._sign(self.causes[place], question, background)
        reached = np.clip(_at_least(background), TINY, 1 - TINY)
        each = np.clip(_at_least(by_cause), TINY, 1 - TINY)
        spared = np.minimum(0, np.log1p(-each) - np.log1p(-reached)[:, None])
        damped = np.minimum(0, np.log(each) - np.log(reached)[:, None])
        leads = speaks & (self.serious if question.sensed_by == COURSE else False)
        return Signs(question.kind, background, by_cause, speaks, leads, np.log1p(-reached), spared, damped)

    def _background(self, question: Question) -> Floats:
        """P(state) when no cause speaks of a finding, (D, K); states that are not named share the rest."""
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

    def _sign(self, cause: Cause, question: Question, background: Floats) -> Floats:
        """P(state) by one cause alone, (D, K); states that it does not name share the rest as the background does."""
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
        if name not in self._drawn:
            low, middle, high = (scale(each) for each in (number.range[0], number.value, number.range[1]))
            draws = np.random.default_rng(crc32(name.encode())).standard_normal(int(self.constants.draws))
            draws[0] = 0
            self._drawn[name] = middle + (high - low) / (2 * NORMAL_95) * draws
        return self._drawn[name]


def model_of(knowledge: Knowledge) -> Model:
    """Return the model of a knowledge base; built once for each."""
    return _model(knowledge)


@cache
def _model(knowledge: Knowledge) -> Model:
    return Model(knowledge, knowledge.constants(RankingConstants, "ranking"))


def _normed(shares: Floats) -> Floats:
    found: Floats = shares / shares.sum(axis=-1, keepdims=True)
    return found


def _at_least(shares: Floats) -> Floats:
    """P(state k or more) for k = 1 .. K-1, along the last axis."""
    found: Floats = np.cumsum(shares[..., ::-1], axis=-1)[..., ::-1][..., 1:]
    return found


def _log(times: float) -> float:
    return float(np.log(max(times, TINY)))


def _logit(share: float) -> float:
    kept = min(max(share, TINY), 1 - TINY)
    return float(np.log(kept / (1 - kept)))
