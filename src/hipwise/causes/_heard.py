"""What the rules of urgency hear of the answers: only the findings that they speak of, and scores up to a threshold.

Two situations that are heard alike are judged alike, so one judgement serves for both.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from math import ceil, floor

from hipwise.knowledge import Compare, Condition, Fact, Knowledge, Situation, Told

__all__ = ["heard"]


def heard(seen: Situation, knowledge: Knowledge) -> frozenset[tuple[str, str]]:
    """Return the states that can move an urgency; a score that is only compared is the lowest of its band."""
    edges = _edges(knowledge)
    told = [each for each in seen.states.items() if each[0] in edges]
    return frozenset(
        [(name, state if (bands := edges[name]) is None else _lowest(bands, state)) for name, state in told]
    )


def _lowest(bands: tuple[int, ...], state: str) -> str:
    return str(bands[bisect_right(bands, int(state)) - 1])


@cache
def _edges(knowledge: Knowledge) -> Mapping[str, tuple[int, ...] | None]:
    """Return the findings that rules speak of; of a score that is only compared, where its bands begin."""
    leaves = [leaf for rule in _rules(knowledge) for leaf in _leaves(rule, knowledge.facts)]
    page = {name for name, each in knowledge.findings.items() if each.first_page is not None}
    told = page | {leaf.finding for leaf in leaves if isinstance(leaf, Told)}
    found: dict[str, tuple[int, ...] | None] = dict.fromkeys(sorted(told))
    compared = [leaf for leaf in leaves if isinstance(leaf, Compare) and leaf.subject not in told]
    for name in sorted({leaf.subject for leaf in compared} & set(knowledge.findings)):  # not "age", and not "sex"
        found[name] = tuple(sorted({0, *(_edge(leaf) for leaf in compared if leaf.subject == name)}))
    return found


def _edge(leaf: Compare) -> int:
    """Return the score from which a comparison answers otherwise."""
    value = float(leaf.value)
    return floor(value) + 1 if leaf.sign in {">", "<="} else ceil(value)


def _rules(knowledge: Knowledge) -> Iterator[Condition]:
    yield from (rung.when for alarm in knowledge.alarms.values() for rung in alarm.levels)
    yield from (each.when for each in knowledge.contradictions.values())
    yield from (rule for each in knowledge.patterns.values() for rule in (each.must, *each.signs))


def _leaves(rule: Condition, facts: Mapping[str, Condition]) -> Iterator[Told | Compare]:
    """Yield the smallest parts of a rule, those of named facts and of what switches it off too."""
    for leaf in rule.leaves():
        if isinstance(leaf, Fact):
            yield from _leaves(facts[leaf.name], facts)
        else:
            yield leaf
    for switch in rule.switches():
        yield from _leaves(switch, facts)
