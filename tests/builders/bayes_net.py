"""The same reasoning as a Bayesian network for pyAgrum, an independent engine: each table worked out by plain loops.

Each cause is a node, a chain of counters sums them up, and likelihood evidence on the sum gives each size of a set its
declared share. pyAgrum holds tables of all parents, so causes and findings are cut down until it can.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from typing import Any

from hipwise.causes._model import Model, RankingConstants
from hipwise.knowledge import Kind, Knowledge

__all__ = ["Network", "cut_down"]

LARGEST = 3
WHOLE = {"answer_weight": 1.0, "repeat_correlation": 0.0, "misled": 0.0, "least_share": 1e-12, "most_states": 16000.0}
"""A network knows no answer that counts in part."""


def cut_down(knowledge: Knowledge, causes: int, findings: int, parents: int) -> Model:
    """Return a model of the commonest CAUSES and the FINDINGS of which most speak, at most so many PARENTS each."""
    kept = sorted(knowledge.causes.values(), key=lambda cause: -cause.prior.value)[:causes]
    speakers: dict[str, list[str]] = {}
    for cause in kept:
        for finding in cause.signs:
            if knowledge.findings[finding].kind is not Kind.SCORE:
                speakers.setdefault(finding, []).append(cause.id)
    most = sorted(speakers, key=lambda finding: (-len(speakers[finding]), finding))[:findings]
    allowed = {(finding, cause) for finding in most for cause in speakers[finding][:parents]}
    smaller = {
        cause.id: cause.model_copy(
            update={"signs": {name: states for name, states in cause.signs.items() if (name, cause.id) in allowed}}
        )
        for cause in kept
    }
    base = replace(knowledge, causes=smaller)
    constants = replace(knowledge.constants(RankingConstants, "ranking"), **WHOLE)
    return Model(base, constants)


class Network:
    """A network for a model; `posterior` gives the probability of each cause."""

    def __init__(self, model: Model, gum: Any) -> None:
        self.model, self.gum = model, gum
        self.net = gum.BayesNet()
        self.odds = [cause.prior.value / (1 - cause.prior.value) for cause in model.causes]
        self.names = [f"cause_{place}" for place in range(len(model.causes))]
        for name, odds in zip(self.names, self.odds, strict=True):
            self.net.add(gum.LabelizedVariable(name, name, 2))
            self.net.cpt(name).fillWith([1 / (1 + odds), odds / (1 + odds)])
        self._add_sum()
        self.findings = sorted({finding for cause in model.causes for finding in cause.signs})
        for finding in self.findings:
            self._add_finding(finding)
        self.engine = gum.LazyPropagation(self.net)

    def posterior(self, told: dict[str, int]) -> list[float]:
        """Return the probability of each cause, in the model's order."""
        known = {f"finding_{self.findings.index(finding)}": state for finding, state in told.items()}
        self.engine.setEvidence(known | {self.last: self.sizes()})
        self.engine.makeInference()
        return [self.engine.posterior(name)[1] for name in self.names]

    def sizes(self) -> list[float]:
        """How much likelier each number of causes is than by chance: its declared share over all its sets."""
        constants = self.model.constants
        shares = [constants.none_listed, 0.0, constants.two_together, constants.three_together]
        shares[1] = 1 - sum(shares)
        return [
            share / sum(math.prod(group) for group in itertools.combinations(self.odds, size))
            for size, share in enumerate(shares)
        ] + [0.0]

    def _add_sum(self) -> None:
        before = None
        for place, cause in enumerate(self.names):
            name = f"sum_{place}"
            self.net.add(self.gum.LabelizedVariable(name, name, LARGEST + 2))
            self.net.addArc(cause, name)
            if before is not None:
                self.net.addArc(before, name)
            for present in (0, 1):
                for so_far in range(LARGEST + 2) if before is not None else [0]:
                    row = [0.0] * (LARGEST + 2)
                    row[min(so_far + present, LARGEST + 1)] = 1.0
                    self.net.cpt(name)[{cause: present} | ({before: so_far} if before is not None else {})] = row
            before = name
        self.last = before

    def _add_finding(self, finding: str) -> None:
        name = f"finding_{self.findings.index(finding)}"
        question = self.model.knowledge.findings[finding]
        self.net.add(self.gum.LabelizedVariable(name, name, len(question.states)))
        speakers = [place for place, cause in enumerate(self.model.causes) if finding in cause.signs]
        for place in speakers:
            self.net.addArc(self.names[place], name)
        for present in itertools.product((0, 1), repeat=len(speakers)):
            group = [place for place, here in zip(speakers, present, strict=True) if here]
            row = self.shares(finding, group)
            self.net.cpt(name)[{self.names[place]: here for place, here in zip(speakers, present, strict=True)}] = row

    def shares(self, finding: str, group: list[int]) -> list[float]:
        """P(state | these causes), by plain loops over states and causes."""
        background, by_cause, _ = self.model.shares(finding)
        leak, each = background[0].tolist(), [by_cause[0, place].tolist() for place in group]
        if not group:
            return leak
        if self.model.knowledge.findings[finding].kind is Kind.CHOICE:
            return [sum(shares[state] for shares in each) / len(each) for state in range(len(leak))]
        reached = [1.0]
        for state in range(1, len(leak)):
            base = sum(leak[state:])
            spared = (1 - base) * math.prod(min(1.0, (1 - sum(shares[state:])) / (1 - base)) for shares in each)
            damped = math.prod(min(1.0, sum(shares[state:]) / base) for shares in each)
            reached.append(min(reached[-1], (1 - spared) * damped))
        row = [one - other for one, other in itertools.pairwise([*reached, 0.0])]
        return [share / sum(row) for share in row]
