"""What an answer is expected to gain: a better decision (see someone, or which plan), and what it tells of the causes.

The decision with the least expected loss is taken before and after each answer. A plan loses where the cause needs a
clinician or another plan; a visit loses where no clinician was needed. An answer that changes no decision yet still
counts a little for what it tells, because the next answers build on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from hipwise.causes._model import Floats, Model
from hipwise.causes._weigh import adds, log_table, table

__all__ = ["gains", "losses", "telling"]

MOST_SETS = 256
"""Only the likeliest sets are looked at; together they hold nearly all weight."""


def gains(model: Model, weights: Floats, findings: Sequence[str], told: Mapping[str, int]) -> dict[str, float]:
    """Return the expected gain of each of FINDINGS, in units of loss, for P(set | told) WEIGHTS, (S,)."""
    if not findings:
        return {}
    kept = np.argsort(-weights)[:MOST_SETS]
    now = weights[kept] / weights[kept].sum()
    sets, loss = model.sets[kept], losses(model)[kept]
    sizes = [len(_rows(model)[finding]) for finding in findings]
    first = np.cumsum([0, *sizes])[:-1]
    logs = _log_tables(model)[np.ix_(np.concatenate([_rows(model)[finding] for finding in findings]), kept)]  # (R, M)
    share = np.repeat(_counts_next(model, findings, told), sizes)
    share *= [_says_something(model, finding, state) for finding in findings for state in _states(model, finding)]
    chance = np.exp(logs) @ now  # (R,)
    after = np.exp(logs * share[:, None]) * now
    after /= after.sum(axis=1, keepdims=True)
    saved = (loss.T @ now).min() - np.add.reduceat((after @ loss).min(axis=1) * chance, first)
    unsure = np.add.reduceat(_entropy(after @ sets).sum(axis=1) * chance, first)
    bits = _entropy(now @ sets).sum() - unsure
    found = np.maximum(saved, 0) + model.constants.bit_worth * np.maximum(bits, 0)
    return dict(zip(findings, found.tolist(), strict=True))


@cache
def _log_tables(model: Model) -> Floats:
    """Return log P(state | set) of all states of all findings that causes speak of, one below the other."""
    return np.concatenate([log_table(model, finding) for finding in sorted(model.spoken)])


@cache
def _rows(model: Model) -> Mapping[str, NDArray[np.intp]]:
    """Return in which rows of `_log_tables` the states of each finding stand."""
    sizes = [len(log_table(model, finding)) for finding in sorted(model.spoken)]
    ends = np.cumsum(sizes)
    spans = zip(sorted(model.spoken), ends - sizes, ends, strict=True)
    return {finding: np.arange(begin, end) for finding, begin, end in spans}


def telling(model: Model, weights: Floats, finding: str) -> Floats:
    """Return P(state) of a finding that nobody has told yet, (K,)."""
    found: Floats = table(model, finding) @ weights
    return found


@cache
def losses(model: Model) -> Floats:
    """Return what each decision loses if a set of causes is at work, (S, A): a visit first, then each plan.

    Where none of the listed causes is at work a visit is right and every plan is wrong.
    """
    constants = model.constants
    sets = model.sets
    clinician = sets @ np.array([not cause.self_care for cause in model.causes]) > 0
    none = sets.sum(axis=1) == 0
    columns = [np.where(clinician | none, 0.0, constants.needless_visit)]
    for plan in sorted({cause.protocol or "" for cause in model.causes if cause.self_care}):
        fits = sets @ np.array([(cause.protocol or "") == plan for cause in model.causes]) > 0
        columns.append(np.where(clinician, constants.missed_visit, np.where(fits, 0.0, constants.wrong_plan)))
    return np.stack(columns, axis=1)


def _states(model: Model, finding: str) -> tuple[str, ...]:
    return model.knowledge.findings[finding].states


def _says_something(model: Model, finding: str, state: str) -> bool:
    """Whether a state is more than an honest "I cannot say"."""
    return state not in model.knowledge.findings[finding].silent


def _counts_next(model: Model, findings: Sequence[str], told: Mapping[str, int]) -> Floats:
    """The share of its weight that an answer would count, after what was told of its group."""
    known = model.knowledge.findings
    before = Counter(known[finding].repeats for finding in told if known[finding].repeats)
    constants = model.constants
    places = [before[known[finding].repeats] for finding in findings]
    return constants.answer_weight * np.array([adds(place, constants.repeat_correlation) for place in places])


def _entropy(shares: Floats) -> Floats:
    kept = np.clip(shares, 1e-12, 1 - 1e-12)
    return np.asarray(-kept * np.log2(kept) - (1 - kept) * np.log2(1 - kept))
