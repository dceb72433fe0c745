"""Which sets of causes are weighed, and what is known of a set before anything was told.

How many causes stand together is declared (none, one, two, three, more); which ones follows from their shares, relative
to one another. So a longer list of causes makes neither "two at once" nor "one of these" more common.
"""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["LARGEST", "log_prior", "memberships", "sums_of_products", "weighed_share"]

Floats = NDArray[np.floating[Any]]

LARGEST = 3
"""Sets have at most this many causes: what the declared sizes speak of."""
WHOLE = 2
"""Sets up to this size are always complete."""


def memberships(shares: Floats, most_states: int) -> Floats:
    """Return who is in which set, (S, C): none, each alone, each pair, and threes of the commonest causes.

    The threes are those of the causes with the largest SHARES, as many causes as MOST_STATES sets allow.
    """
    count = len(shares)
    sizes = range(min(count, WHOLE) + 1)
    groups = [group for size in sizes for group in combinations(range(count), size)]
    deep = count
    while deep >= LARGEST and len(groups) + comb(deep, LARGEST) > most_states:
        deep -= 1
    commonest = sorted(np.argsort(-shares, kind="stable")[:deep])
    groups += combinations(commonest, LARGEST)
    rows = np.zeros((len(groups), count))
    for row, group in enumerate(groups):
        rows[row, list(group)] = 1
    return rows


def log_prior(sets: Floats, log_odds: Floats, log_sizes: Floats) -> Floats:
    """Return the log prior of each set, (..., S), from the log odds of causes, (..., C), and the log sizes, (..., 4).

    A size has its declared share, and within it a set weighs as the product of its members' odds.
    """
    whole = np.log(sums_of_products(log_odds)) + log_odds.max(axis=-1, keepdims=True) * np.arange(LARGEST + 1)
    members = (sets @ np.ones(sets.shape[1], sets.dtype)).astype(int)  # far sooner than a sum along the rows
    found: Floats = log_odds @ sets.T + (_possible(log_sizes, sets.shape[1]) - whole)[..., members]
    return found


def weighed_share(sets: Floats, log_odds: Floats, log_sizes: Floats) -> float:
    """Return the prior share, among sets up to the largest size, of those that are weighed."""
    return float(np.exp(log_prior(sets, log_odds, log_sizes)).sum())


def sums_of_products(log_odds: Floats) -> Floats:
    """Return the sums over all sets of 0, 1, 2 and 3 causes of their products of odds, (..., 4).

    They follow from the sums of powers (Newton). The odds count relative to the largest; a sum that is nothing is given
    as the least float, so that its log exists.
    """
    odds = np.exp(log_odds - log_odds.max(axis=-1, keepdims=True))
    powers = [np.sum(odds**power, axis=-1) for power in range(1, LARGEST + 1)]
    sums = [np.ones_like(powers[0])]
    for size in range(1, LARGEST + 1):
        turns = ((-1) ** place * sums[size - 1 - place] * powers[place] for place in range(size))
        sums.append(np.clip(sum(turns) / size, np.finfo(float).tiny, None))
    return np.stack(sums, axis=-1)


def _possible(log_sizes: Floats, count: int) -> Floats:
    """Return the log shares of the sizes that COUNT causes can have; the others' share goes to them in proportion."""
    kept = np.where(np.arange(LARGEST + 1) <= count, log_sizes, -np.inf)
    found: Floats = kept - np.logaddexp.reduce(kept, axis=-1, keepdims=True)
    return found
