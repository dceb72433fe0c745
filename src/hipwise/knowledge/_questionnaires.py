"""The shape of a questionnaire: how its numbers are counted and what a change of its score means; never its items."""

from __future__ import annotations

from pydantic import Field

from hipwise.knowledge._number import Entry, Number, Words

__all__ = ["Questionnaire", "QuestionnaireScale"]


class QuestionnaireScale(Entry):
    """A part of a questionnaire that has a score of its own.

    `items` answers from `low` to `high` (or only `steps`; other limits by place) make a score of at most `top`: their
    `sum`, their `mean`, or `hundred` (100 is best, each item is worst at `high`). At least `least` must be there; the
    mean of those stands in for the others. `mdc` is what error can make, `mcid` what matters to people.
    """

    name: Words
    items: int = Field(gt=0)
    low: float = 0
    high: float
    steps: tuple[float, ...] = ()
    steps_of: dict[int, tuple[float, ...]] = Field(default_factory=dict)
    high_of: dict[int, float] = Field(default_factory=dict)
    least: int = Field(gt=0)
    made: str = Field(pattern="^(sum|mean|hundred)$")
    top: float
    mdc: Number | None = None
    mcid: Number | None = None
    substantial: Number | None = None
    acceptable: Number | None = None


class Questionnaire(Entry):
    """Scales in the order in which the answers are given.

    `better` is "high" or "low"; `fewest` answers may be given where the number is free; `gate`: a first answer of 0
    skips the others; `total`: there is a mean of all scales.
    """

    id: str
    name: str
    about: Words
    better: str = Field(pattern="^(high|low)$")
    scales: dict[str, QuestionnaireScale]
    fewest: int | None = None
    gate: bool = False
    total: bool = False
    missing: Words
    licence: Words
    note: Words = ""
    sources: tuple[str, ...]
