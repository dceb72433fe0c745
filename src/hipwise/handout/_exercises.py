"""Exercises as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hipwise.handout._assessment import grade_says
from hipwise.knowledge import Barring, Cause, Exercise, Knowledge, Protocol
from hipwise.plan import dose_in_words

__all__ = ["exercise_data", "exercise_list"]

Data = dict[str, Any]
BRIEF = ("id", "name", "why", "purpose", "phases", "targets", "equipment", "loads", "impact", "side")


def exercise_list(exercises: Iterable[Exercise]) -> list[Data]:
    """Return EXERCISES in brief."""
    return [{key: value for key, value in _plain(each).items() if key in BRIEF} for each in exercises]


def exercise_data(exercise: Exercise, knowledge: Knowledge) -> Data:
    """Return all that is known of an EXERCISE, with the names of what it is not for and of its neighbours."""
    data = _plain(exercise)
    rehab = knowledge.rehab
    problems: dict[str, Barring | Cause | Protocol] = {**rehab.barring, **knowledge.causes, **rehab.protocols}
    data["not_for"] = [{**bar, "name": problems[bar["of"]].name} for bar in data["not_for"]]
    data["easier_exercise"] = _brief_name(exercise.progression_of, knowledge)
    data["harder_exercises"] = [_brief_name(each, knowledge) for each in exercise.regression_of]
    data["dose_says"] = dose_in_words(exercise)
    data["grade_says"] = grade_says(exercise.dose.grade)
    data["has_figure"] = exercise.id in rehab.figures
    return data


def _brief_name(name: str | None, knowledge: Knowledge) -> Data | None:
    return None if name is None else {"id": name, "name": knowledge.rehab.exercises[name].name}


def _plain(exercise: Exercise) -> Data:
    return exercise.model_dump(mode="json")
