"""What answers about the knowledge hold, as typed models (see `_shapes`)."""

from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from hipwise.api._shapes import Shape
from hipwise.knowledge import Exercise, NotFor, Number, Source

__all__ = ["CardList", "CauseEntry", "Entries", "ExerciseCard", "NumberData", "SourceData"]

Kind = TypeVar("Kind", bound=BaseModel)
WHOLE = ConfigDict(json_schema_serialization_defaults_required=True)
"""An answer leaves no field out because it holds what it holds by default."""


class Entries(Shape, Generic[Kind]):
    """Entries of the knowledge base."""

    entries: list[Kind]


class SourceData(Source):
    """Who says so."""

    model_config = WHOLE

    id: str


class NumberData(Number):
    """A number that can be asked "says who?"."""

    model_config = WHOLE

    id: str


class CauseEntry(Shape):
    """A cause that can be ranked; PRIOR is how common it is before anything is told."""

    id: str
    name: str
    plain: str
    site: str
    urgent: bool
    self_care: bool
    icd10: str
    prior: Number
    findings: list[str]
    separates: str
    recovers: str
    see_someone: str


class Near(Shape):
    """A neighbour of an exercise."""

    id: str
    name: str


class Barred(NotFor):
    """What an exercise is not for, by name."""

    name: str


class ExerciseCard(Exercise):
    """All that is known of an exercise."""

    model_config = WHOLE

    not_for: tuple[Barred, ...]
    easier_exercise: Near | None
    harder_exercises: list[Near]
    has_figure: bool


class CardList(Shape):
    """A card of the first page, and the questions on it."""

    id: str
    title: str
    findings: list[str]
