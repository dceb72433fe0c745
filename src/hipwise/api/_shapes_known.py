"""What answers about the knowledge hold, as typed models (see `_shapes`)."""

from __future__ import annotations

from datetime import date
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from hipwise.api._shapes import Shape
from hipwise.knowledge import Exercise, NotFor, Number, Source

__all__ = ["CardList", "CauseEntry", "CountryData", "Entries", "ExerciseCard", "NumberData", "SourceData", "WhyData"]

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
    dose_says: str
    grade_says: str
    has_figure: bool


class WhyFrom(Shape):
    """Something that a number was made from, the day it stands for, and a note on it."""

    says: str
    value: str
    on: date | None
    note: str


class WhyEvidence(Shape):
    """A number or a rule of the knowledge behind it: RANGE is what is still believable, OF whom it holds of."""

    says: str
    value: float | None
    range: tuple[float, float] | None
    unit: str
    of: str
    at: str
    grade: str
    grade_says: str
    mark_says: str
    source: str


class WhyData(Shape):
    """What stands behind a number; OWN says so where that is a count of the runner's own log, and nothing else."""

    title: str
    value: str | None
    what: str
    rule: list[str]
    from_: list[WhyFrom] = Field(alias="from")
    sure: list[str]
    evidence: list[WhyEvidence]
    sources: list[SourceData]
    own: str
    would_change: list[str]
    versions: dict[str, str]


class CardList(Shape):
    """A card of the first page, and the questions on it."""

    id: str
    title: str
    findings: list[str]


class CountryData(Shape):
    """A country whose emergency number is known: its two letters (ISO 3166) and its name."""

    id: str
    name: str
