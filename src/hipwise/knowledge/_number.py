"""A number that can be asked "says who?"."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from hipwise.texts import say, translated

__all__ = ["Entry", "Grade", "Mark", "Number", "Source", "Words"]


Words = Annotated[str, AfterValidator(translated)]
"""What people read: in the language that is spoken while the knowledge is loaded. Ids and titles are plain `str`."""


class Entry(BaseModel):
    """A piece of knowledge: complete, closed and unchangeable."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Grade(StrEnum):
    """How the number was found, best first."""

    GUIDELINE = "guideline"
    META_ANALYSIS = "meta_analysis"
    TRIAL = "trial"
    COHORT = "cohort"
    ACCURACY_STUDY = "accuracy_study"
    CROSS_SECTIONAL = "cross_sectional"
    CASE_SERIES = "case_series"
    CASE_REPORT = "case_report"
    CONSENSUS = "consensus"
    CONVENTION = "convention"
    COMPUTED = "computed"
    JUDGEMENT = "judgement"


class Mark(StrEnum):
    """How well we know that the source says so."""

    SEEN = "seen"
    SECOND_HAND = "second_hand"
    MEMORY_HIGH = "memory_high"
    MEMORY_MEDIUM = "memory_medium"
    MEMORY_LOW = "memory_low"
    COMPUTED = "computed"
    OWN = "own"
    """Our own judgement or proposal: no source states it."""


class Source(Entry):
    """A paper, a guideline, a page, or ourselves."""

    title: str
    year: int | None = None
    authors: str | None = None
    where: str | None = None
    doi: str | None = None
    design: Grade
    says: Words | None = None


class Number(Entry):
    """A value with its range, unit, population, source, place in the source, grade and mark.

    `range` is what is still believable (about 95 %); `says` is what the source says, in our own words.
    """

    value: float
    range: tuple[float, float]
    unit: Words
    of: Words
    source: str
    at: Words = ""
    says: Words = ""
    grade: Grade
    mark: Mark
    since: str | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        low, high = self.range
        if not low <= self.value <= high:
            raise ValueError(say("knowledge.out_of_range", value=self.value, low=low, high=high))
        return self


class Share(Number):
    """A number between 0 and 1."""

    value: float = Field(gt=0, lt=1)
