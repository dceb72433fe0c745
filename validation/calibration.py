"""Is 80 % said of what is so in 80 %? `python validation/calibration.py [RUNNERS]`.

Made-up runners, whose causes come from the priors and whose answers come from *other* believable values of every number
than those that the ranking uses. Answers of one group correlate beyond what the causes explain, all answers a little
(some people say yes more easily), and a few are slips. Nobody's cases are in it, so it may be used to set the weights.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from statistics import NormalDist

import numpy as np

from hipwise.causes._model import Floats, Model, model_of
from hipwise.causes._sets import log_prior
from hipwise.causes._weigh import posterior, state_shares
from hipwise.knowledge import Kind, Knowledge, Situation

WITHIN_GROUP, WITHIN_PERSON, SLIP = 0.5, 0.1, 0.03
"""Correlation of what lies behind two answers of one group, and of any two; share of answers that are random."""
ANSWERS = (8, 15, 30, 60)
SETTINGS = {
    "each answer whole": (1.0, 1e-9),
    "each answer half": (0.5, 1e-9),
    "groups, whole": (1.0, 0.5),
    "groups, 0.75": (0.75, 0.5),
    "groups, 0.6": (0.6, 0.5),
    "groups, 0.5": (0.5, 0.5),
}
BINS = np.array([0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0001])


def main() -> None:
    """Print, by number of answers and way of counting: hits, what was promised, and how far apart they are."""
    runners = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    model = model_of(Knowledge.load())
    print(f"{'answers':>7} {'counted':18} {'top right':>9} {'promised':>8} {'log loss':>8} {'Brier':>7} {'gap':>6}")
    for count in ANSWERS:
        people = list(made_up(model, runners, count))
        for name, (weight, correlation) in SETTINGS.items():
            constants = replace(model.constants, answer_weight=weight, repeat_correlation=correlation)
            print(f"{count:7} {name:18} " + scored(sharing(model, constants), people))


def sharing(model: Model, constants: object) -> Model:
    """The same model with other constants; its tables are made anew."""
    return Model(model.knowledge, constants)  # type: ignore[arg-type]


def made_up(model: Model, runners: int, count: int) -> Iterator[tuple[Floats, Floats, dict[str, int]]]:
    """Yield what is at work, (C,), the log odds, (C,), and COUNT answers."""
    chance = np.random.default_rng(7)
    nobody = Situation({}, None, None, model.knowledge.facts)
    odds = model.log_odds(nobody)[0]
    names = [
        name
        for name in sorted(model.spoken)
        if model.knowledge.findings[name].sensed_by == "told" and name != "worst_point"
    ]
    for _ in range(runners):
        world = int(chance.integers(1, len(odds)))
        prior = np.exp(log_prior(model.sets, odds[world], model.log_sizes[world]))
        truth = model.sets[chance.choice(len(prior), p=prior / prior.sum())]
        asked = ["worst_point", *chance.permutation(names)[: count - 1]]
        yield truth, odds[0], told_by(model, asked, truth, world, chance)


def told_by(model: Model, asked: list[str], truth: Floats, world: int, chance: np.random.Generator) -> dict[str, int]:
    """Answers of one runner."""
    person, groups, found = chance.standard_normal(), {}, {}
    for name in asked:
        question = model.knowledge.findings[name]
        shares = state_shares(model, name, truth[None], world)[:, 0]
        group = question.repeats or name
        groups.setdefault(group, chance.standard_normal())
        within = WITHIN_GROUP if question.repeats else 0.0
        own = chance.standard_normal() * np.sqrt(1 - within - WITHIN_PERSON)
        drawn = np.sqrt(within) * groups[group] + np.sqrt(WITHIN_PERSON) * person + own
        place = chance.random() if question.kind is Kind.CHOICE else NormalDist().cdf(drawn)
        state = min(int(np.searchsorted(np.cumsum(shares), place)), len(shares) - 1)
        found[name] = int(chance.integers(len(shares))) if chance.random() < SLIP else state
    return found


def scored(model: Model, people: list[tuple[Floats, Floats, dict[str, int]]]) -> str:
    """How often the cause on top is at work, how often it was promised to be, and the errors over all causes."""
    shares = np.array([posterior(model, odds, told) @ model.sets for _, odds, told in people])
    truths = np.array([truth for truth, _, _ in people])
    top = shares.argmax(axis=1)
    hit = truths[np.arange(len(top)), top].mean()
    promised = shares.max(axis=1)
    kept = np.clip(shares, 1e-6, 1 - 1e-6)
    loss = -(truths * np.log(kept) + (1 - truths) * np.log(1 - kept)).sum(axis=1).mean()
    brier = ((shares - truths) ** 2).sum(axis=1).mean()
    right = truths[np.arange(len(top)), top]
    gap = 0.0
    for low, high in pairwise(BINS):
        here = (promised >= low) & (promised < high)
        if here.any():
            gap += here.mean() * abs(promised[here].mean() - right[here].mean())
    return f"{hit:9.2f} {promised.mean():8.2f} {loss:8.3f} {brier:7.3f} {gap:6.3f}"


if __name__ == "__main__":
    main()
