"""The why drawer of a number as plain data: what it is, by which rule, from what, how sure, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from hipwise.handout._assessment import grade_says, source_list, versions
from hipwise.knowledge import Cited, Knowledge, Number
from hipwise.texts import say

__all__ = ["cited", "drawer", "given", "numbered", "of_bounds"]

Data = dict[str, Any]


def drawer(  # noqa: PLR0913 (the parts of a drawer, most of them by name)
    title: str,
    value: str | None,
    what: str,
    knowledge: Knowledge,
    *,
    rule: Iterable[str] = (),
    come_from: Iterable[Data] = (),
    sure: Iterable[str] = (),
    evidence: Iterable[Data] = (),
    sources: Iterable[str] = (),
    would_change: Iterable[str] = (),
) -> Data:
    """Return the drawer of one number.

    EVIDENCE are the numbers and rules of the knowledge that it stands on; SOURCES are further ones. Where neither is,
    it says that the number was counted from the runner's own log: no source is made up for it.
    """
    stands_on = list(evidence)
    ids = dict.fromkeys([*(each["source"] for each in stands_on), *sources])
    return {
        "title": title,
        "value": value,
        "what": what,
        "rule": list(rule),
        "from": list(come_from),
        "sure": list(sure),
        "evidence": stands_on,
        "sources": source_list(knowledge, ids),
        "own": "" if ids else say("why.own_log"),
        "would_change": list(would_change),
        "versions": versions(knowledge),
    }


def given(says: str, value: str | None, on: date | str | None = None, note: str = "") -> Data:
    """Return something that the number was made from: what, its value (None is not known), its day, a NOTE on it."""
    day = on.isoformat() if isinstance(on, date) else on
    return {"says": says, "value": say("handout.not_known") if value is None else value, "on": day, "note": note}


def numbered(numbers: Mapping[str, Number] | Iterable[Number]) -> list[Data]:
    """Return numbers of the knowledge, each with its range, of whom it holds, and how well it is known."""
    found = numbers.values() if isinstance(numbers, Mapping) else numbers
    return [_evidence(each, each.value, each.range, each.unit) for each in found]


def cited(*entries: Cited) -> list[Data]:
    """Return rules of the knowledge that hold no single number: a dose, a stage, the walk-run ladder."""
    return [_evidence(each, None, None, "") for each in entries]


def of_bounds(names: Iterable[str], knowledge: Knowledge) -> list[Data]:
    """Return parameters of the knowledge by "file.name"."""
    return numbered(knowledge.number(name) for name in names)


def _evidence(each: Number | Cited, value: float | None, span: tuple[float, float] | None, unit: str) -> Data:
    return {
        "says": each.says,
        "value": value,
        "range": None if span is None or span[0] == span[1] else list(span),
        "unit": unit,
        "of": each.of,
        "at": each.at,
        "grade": each.grade.value,
        "grade_says": grade_says(each.grade),
        "mark_says": say(f"why.mark_{each.mark.value}"),
        "source": each.source,
    }
