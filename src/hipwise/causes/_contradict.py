"""Answers that cannot both be meant: they are noticed, and until the runner looks again the more careful one counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hipwise.knowledge import Contradiction, Knowledge, Situation

__all__ = ["contradictions", "doubted", "readings"]


def contradictions(seen: Situation, knowledge: Knowledge) -> tuple[Contradiction, ...]:
    """Return the contradictions that stand."""
    return tuple(each for each in knowledge.contradictions.values() if each.when.truth(seen) is True)


def doubted(seen: Situation, knowledge: Knowledge) -> frozenset[str]:
    """Return the findings that a contradiction makes doubtful."""
    return frozenset(name for each in contradictions(seen, knowledge) for name in each.doubts)


def readings(seen: Situation, knowledge: Knowledge) -> Iterator[Situation]:
    """Yield the situation as told, and for each contradiction as if nobody had told its doubtful answers."""
    yield seen
    for each in contradictions(seen, knowledge):
        states = {name: state for name, state in seen.states.items() if name not in each.doubts}
        yield replace(seen, states=states)
