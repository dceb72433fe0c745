"""Ranking measured: posterior, intervals and next question of the whole knowledge base, and pyAgrum on one it can hold.

pyAgrum holds a table for all parents of a finding, so both sides answer for a cut-down base (`tests/builders`), where
they must find the same; the ratio is measured there, in one process. Milliseconds are of the processor and depend on
the machine.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time

import numpy as np
import pyagrum as gum

from hipwise.causes import next_question, rank, situation, turning_points
from hipwise.causes._gain import gains
from hipwise.causes._model import model_of
from hipwise.causes._weigh import intervals, posterior, told_for_ranking
from hipwise.knowledge import Kind, Knowledge
from hipwise.model import Athlete, Evidence, Finding

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from builders.bayes_net import Network, cut_down

ON = date(2030, 5, 6)
RUNNER = Athlete.of_age(35, "female", ON)
REPEATS, TOLD = 9, 60
CAUSES, FINDINGS, PARENTS = 14, 30, 5
LIMITS_MS = {"posterior": 1.0, "intervals": 50.0, "next question": 25.0}


def best_ms(job: Callable[[], object]) -> float:
    times = []
    for _ in range(REPEATS):
        began = process_time()
        job()
        times.append(process_time() - began)
    return min(times) * 1000


def calm(knowledge: Knowledge) -> dict[str, str]:
    """The red-flag page answered, nothing alarming, and a place that is no bone site."""
    page = {
        name: question.states[0] if question.states[0] not in question.alarming else question.states[-1]
        for name, question in knowledge.findings.items()
        if question.first_page not in {None, "where"}
    }
    return page | {"worst_point": "outer_hip", "pain_outer_hip": "yes"}


def evidence_of(states: dict[str, str]) -> Evidence:
    return Evidence.of(Finding(name, state, ON) for name, state in states.items())


def ours() -> None:
    """Time what a runner waits for, with the whole base."""
    knowledge = Knowledge.load()
    model = model_of(knowledge)
    few = calm(knowledge)
    rest = [
        name
        for name, question in knowledge.findings.items()
        if name in model.spoken and name not in few and question.sensed_by == "told" and question.kind is not Kind.SCORE
    ]
    many = few | {name: knowledge.findings[name].states[0] for name in rest[:TOLD]}
    seen = situation(RUNNER, evidence_of(many), knowledge, ON)
    told = told_for_ranking(seen, model)
    odds = model.log_odds(seen)[0]
    weights = posterior(model, odds[0], told)
    begun = situation(RUNNER, evidence_of(few), knowledge, ON)
    start = posterior(model, odds[0], told_for_ranking(begun, model))
    times = {
        "posterior": best_ms(lambda: posterior(model, odds[0], told)),
        "intervals": best_ms(lambda: intervals(model, odds, told, weights)),
        "next question": best_ms(lambda: next_question(RUNNER, evidence_of(few), knowledge, ON)),
        "gains alone": best_ms(lambda: gains(model, start, rest, told_for_ranking(begun, model))),
        "rank, all of it": best_ms(lambda: rank(RUNNER, evidence_of(many), knowledge, ON)),
        "turning points": best_ms(lambda: turning_points(RUNNER, evidence_of(many), knowledge, ON)),
    }
    print(f"{len(model.causes)} causes, {len(model.sets)} sets, {len(told)} answers told, {len(rest)} questions open")
    for name, took in times.items():
        limit = LIMITS_MS.get(name)
        print(f"  {name:16} {took:7.2f} ms" + (f"  (limit {limit:g} ms)" if limit else ""))


def beside_agrum() -> None:
    """Time one posterior of each cause on the same cut-down base."""
    model = cut_down(Knowledge.load(), CAUSES, FINDINGS, PARENTS)
    network = Network(model, gum)
    chance = np.random.default_rng(1)
    told = {name: int(chance.integers(len(model.knowledge.findings[name].states))) for name in network.findings}
    odds = np.log(np.array(network.odds))
    found, expected = posterior(model, odds, told) @ model.sets, np.array(network.posterior(told))
    assert np.abs(found - expected).max() < 1e-9, "the two find different things, so their times compare nothing"
    own = best_ms(lambda: posterior(model, odds, told) @ model.sets)
    theirs = best_ms(lambda: network.posterior(told))
    print(f"{CAUSES} causes, {len(told)} answers, the same posterior to {np.abs(found - expected).max():.0e}:")
    print(f"  hipwise {own:.2f} ms, pyAgrum {theirs:.1f} ms, {theirs / own:.0f} times as long")


if __name__ == "__main__":
    ours()
    beside_agrum()
