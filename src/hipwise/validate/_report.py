"""Answers to many cases, summed up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from statistics import median
from typing import Any

from hipwise.knowledge import Level
from hipwise.validate._answer import Answer
from hipwise.validate._shares import brier, reliability, share

__all__ = ["report"]

TOP = 3
TABLES: dict[str, Callable[[Answer], str]] = {
    "kind": lambda each: each.case.label.kind,
    "group": lambda each: each.case.label.group,
    "diagnosis_basis": lambda each: each.case.label.basis,
    "detail_level": lambda each: each.case.label.detail,
}


def report(answers: Iterable[Answer]) -> dict[str, Any]:
    """Return the figures of ANSWERS as plain data: in all, by group and strength of label, and every miss with reasons.

    Each share is {count, of, share, low, high} with its 95 % Wilson interval. `triage`: exact, acceptable, under, over.
    `causes`: first and among three, strict (the final one) and fair (what a fair marker accepts), and their Brier score
    and reliability. `confusion`: labelled levels, then counts by level said.
    """
    every = list(answers)
    asked = [each.asked for each in every if each.asked is not None]
    return {
        **_sums(every),
        "calibration": _calibration(every),
        "questions": {"median": median(asked), "most": max(asked)} if asked else None,
        "by": {name: _by(every, key) for name, key in TABLES.items() if any(key(each) for each in every)},
        "confusion": _confusion(every),
        "misses": [_miss(each) for each in every if _missed(each)],
    }


def _sums(answers: Sequence[Answer]) -> dict[str, Any]:
    strict = [place for each in answers if (place := each.place(fair=False)) is not None]
    fair = [place for each in answers if (place := each.place(fair=True)) is not None]
    return {
        "cases": len(answers),
        "triage": {
            "exact": share([each.exact for each in answers]),
            "acceptable": share([not each.under and not each.over for each in answers]),
            "under": share([each.under for each in answers]),
            "over": share([each.over for each in answers]),
        },
        "causes": {
            "first_strict": share([place < 1 for place in strict]),
            "three_strict": share([place < TOP for place in strict]),
            "first_fair": share([place < 1 for place in fair]),
            "three_fair": share([place < TOP for place in fair]),
        },
    }


def _calibration(answers: Sequence[Answer]) -> dict[str, Any]:
    said = [each.promise for each in answers if each.case.label.fair]
    return {"cases": len(said), "brier": brier(said), "reliability": reliability(said)}


def _by(answers: Sequence[Answer], key: Callable[[Answer], str]) -> dict[str, Any]:
    names = sorted({key(each) for each in answers})
    return {name: _sums([each for each in answers if key(each) == name]) for name in names}


def _confusion(answers: Sequence[Answer]) -> dict[str, dict[str, int]]:
    labels = sorted({each.case.label.allowed for each in answers}, key=lambda allowed: (min(allowed), max(allowed)))
    rows: dict[str, dict[str, int]] = {}
    for allowed in labels:
        here = [each for each in answers if each.case.label.allowed == allowed]
        counts = Counter(each.level for each in here)
        rows[here[0].case.label.named] = {level.code: counts[level] for level in Level}
    return rows


def _missed(each: Answer) -> bool:
    place = each.place(fair=True)
    return each.under or each.over or (place is not None and place >= TOP)


def _miss(each: Answer) -> dict[str, Any]:
    """Return one miss: what was heard, said and labelled, which alarms stood, and which causes came first."""
    label = each.case.label
    first = list(each.causes)[:TOP]
    return {
        "id": each.case.id,
        "title": each.case.title,
        "what": "under" if each.under else "over" if each.over else "cause",
        "level": each.level.code,
        "labelled": label.named,
        "alarms": list(each.alarms),
        "first": first,
        "fair": sorted(label.fair),
        "probability": {cause: each.causes[cause] for cause in (*first, *sorted(label.fair))},
        "told": dict(each.told),
        "evidence": label.evidence,
        "reason": label.reason,
    }
