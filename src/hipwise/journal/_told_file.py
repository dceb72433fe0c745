"""An assessment of a file alone: what other programs ask, without a journal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from hipwise import load as load_room
from hipwise.activity import Bounds, QualityLimits, look_at
from hipwise.errors import HipwiseError
from hipwise.journal._checked import athlete_of, checked
from hipwise.journal._imports import gather
from hipwise.journal._weigh import Assessment, weigh
from hipwise.knowledge import Knowledge
from hipwise.model import Evidence, Finding

__all__ = ["weigh_told"]

MOST_BYTES = 4_000_000
"""No list of answers is larger."""

STANDARD_INPUT = Path("-")
PARTS = {"athlete", "told", "runs", "onset"}
OF_ATHLETE = {"age", "sex", "born", "country"}


def weigh_told(path: Path, knowledge: Knowledge, on: date | None = None) -> Assessment:
    """Return the assessment of a file alone, without a journal; `-` is standard input.

    It holds one JSON object: `told`: finding ids with states (a score may be a number, a yes or no true or false; null
    is not told); `athlete`: age or born, sex, country; `runs`: paths of files, as seen from here or from the file;
    `onset`: the day on which the pain began, without which runs say nothing of the time before it. Nothing is required.

    Raises:
        HipwiseError: the file is not of that shape.
        UnknownAnswer: a finding or state that the knowledge base does not have.
    """
    day = on or datetime.now().astimezone().date()
    where = str(path)
    document = _document(path)
    athlete = athlete_of(_object(document, "athlete", where, OF_ATHLETE), day, where)
    told = checked(_states(_object(document, "told", where), where), knowledge, where)
    onset = _onset(document.get("onset"), day, where)
    runs, report = gather(_paths(document.get("runs"), path))
    limits, bounds = knowledge.constants(QualityLimits, "quality"), knowledge.constants(Bounds, "bounds")
    quality = look_at(runs, limits, bounds, on=day)
    load = load_room.measure(runs, athlete, knowledge, on=day, onset=onset, quality=quality)
    answers = Evidence.of(Finding(name, state, day) for name, state in told.items())
    return replace(weigh(athlete, load.evidence | answers, knowledge, day), files=report)


def _document(path: Path) -> dict[str, Any]:
    where = str(path)
    try:
        raw = sys.stdin.buffer.read(MOST_BYTES + 1) if path == STANDARD_INPUT else _bytes(path)
        document = json.loads(raw, object_pairs_hook=_once) if len(raw) <= MOST_BYTES else None
    except (OSError, ValueError, RecursionError) as problem:
        raise HipwiseError("told_unreadable", where=where, problem=str(problem).rstrip(".")) from problem
    if not isinstance(document, dict) or not set(document) <= PARTS:
        raise HipwiseError("told_shape", where=where)
    return document


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Read an object. Of a name that stands twice nobody knows which is meant, and it could be a red flag."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise HipwiseError("told_twice", where=name)
        found[name] = value
    return found


def _object(document: dict[str, Any], name: str, where: str, parts: set[str] | None = None) -> dict[str, Any]:
    found = document.get(name)
    if found is None:
        return {}
    if not isinstance(found, dict) or (parts is not None and not set(found) <= parts):
        raise HipwiseError("told_athlete" if parts else "told_shape", where=where)
    return found


def _states(told: dict[str, Any], where: str) -> dict[str, str]:
    return {name: _state(name, value, where) for name, value in told.items() if value is not None}


def _state(name: str, value: Any, where: str) -> str:
    """Read a state as text; a score may come as a number and a yes or no as true or false."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if not isinstance(value, str | int | float):
        raise HipwiseError("told_value", where=where, finding=name)
    return str(value)


def _onset(value: Any, on: date, where: str) -> date | None:
    try:
        onset = None if value is None else date.fromisoformat(value)
    except (TypeError, ValueError) as problem:
        raise HipwiseError("told_onset", where=where) from problem
    if onset is not None and onset > on:
        raise HipwiseError("told_onset", where=where)
    return onset


def _paths(data: Any, path: Path) -> list[str]:
    """Read the paths of runs: as they are seen from here, or else from the file that names them."""
    runs = data if data is not None else []
    if not isinstance(runs, list) or not all(isinstance(each, str) for each in runs):
        raise HipwiseError("told_shape", where=str(path))
    return [each if os.path.exists(each) else str(path.parent / each) for each in runs]  # noqa: PTH110 (never raises)
