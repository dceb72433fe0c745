"""Answers that cannot both be meant: they are noticed, and until the runner looks again the more careful one counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from hipwise.knowledge import Contradiction, Knowledge, Situation, names_in
from hipwise.model import Evidence, Finding

__all__ = [
    "AGO",
    "DRUG",
    "NO_DRUG",
    "contradictions",
    "doubted",
    "doubts_in",
    "readings",
    "time_without_drug",
    "to_ask_again",
]

TWICE = 2
KEPT = 512
"""Answers as they are heard, remembered with what is doubtful in them: as many as urgencies are."""

DRUG, AGO, NO_DRUG = "painkiller", "painkiller_hours_ago", "none"


def contradictions(seen: Situation, knowledge: Knowledge) -> tuple[Contradiction, ...]:
    """Return the contradictions that stand."""
    return tuple(each for each in knowledge.contradictions.values() if each.when.truth(seen) is True)


def doubted(seen: Situation, knowledge: Knowledge) -> frozenset[str]:
    """Return the findings that a contradiction makes doubtful."""
    return frozenset(name for each in contradictions(seen, knowledge) for name in each.doubts)


@lru_cache(maxsize=KEPT)
def doubts_in(
    states: frozenset[tuple[str, str]], age_y: int | None, sex: str | None, knowledge: Knowledge
) -> frozenset[str]:
    """Return the same for STATES as the rules hear them (`heard`), which say all that a contradiction looks at."""
    return doubted(Situation(dict(states), age_y, sex, knowledge.facts), knowledge)


def to_ask_again(seen: Situation, evidence: Evidence, knowledge: Knowledge) -> Iterator[str]:
    """Yield the doubtful findings that nobody was asked about again since what speaks against them was told.

    One that was told twice, and last, was looked at again: the contradiction stands, and is not asked a third time.
    Nor is one asked for ever whose answers and those against it take turns.
    """
    for each in contradictions(seen, knowledge):
        against = names_in(each.when, knowledge.facts) - set(each.doubts)
        last = max((place for place, finding in enumerate(evidence) if finding.id in against), default=-1)
        for name in each.doubts:
            places = [place for place, finding in enumerate(evidence) if finding.id == name]
            day = [place for place in places if evidence.findings[place].on >= evidence.findings[last].on]
            if len(day) <= TWICE and (len(places) < TWICE or places[-1] < last):
                yield name


def time_without_drug(day: Sequence[Finding]) -> bool:
    """Whether of the findings of one DAY more times of a painkiller were told than painkillers.

    "None" that was told again, and last, has been looked at: the time was a slip. A time that was taken back is none.
    """
    drugs = [(place, each.state) for place, each in enumerate(day) if each.id == DRUG]
    times = [place for place, each in enumerate(day) if each.id == AGO and each.is_known]
    none = [place for place, state in drugs if state == NO_DRUG]
    if not none or len(times) <= len(drugs) - len(none) or not _last_is_known(day):
        return False
    return len(none) < TWICE or none[-1] < times[-1]


def _last_is_known(day: Sequence[Finding]) -> bool:
    return [each for each in day if each.id == AGO][-1].is_known


def readings(seen: Situation, knowledge: Knowledge) -> Iterator[Situation]:
    """Yield the situation as told, and for each contradiction as if nobody had told its doubtful answers."""
    yield seen
    for each in contradictions(seen, knowledge):
        states = {name: state for name, state in seen.states.items() if name not in each.doubts}
        yield replace(seen, states=states)
