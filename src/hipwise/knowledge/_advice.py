"""The shape of advice: what runners are told about sore hips, the parts of the hip, and common questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, Field

from hipwise.knowledge._number import Entry, Grade, Mark
from hipwise.knowledge._rehab import BodyRegion, Phase
from hipwise.knowledge._schema import Rule

__all__ = ["SECTIONS", "Advice", "AdviceBook", "Answer", "BodyPart", "Claim", "Worth"]


class Worth(StrEnum):
    """What we make of a claim."""

    DO = "do"
    MAY = "may"
    NO_EVIDENCE = "no_evidence"
    AVOID = "avoid"


class Claim(Entry):
    """One thing that is claimed: what the first texts say of it (SEED), what the evidence says, our verdict."""

    claim: str
    seed: str
    evidence: str
    verdict: Worth
    grade: Grade
    mark: Mark
    sources: tuple[str, ...] = Field(min_length=1)


class Advice(Entry):
    """One topic: WHEN it matters, what it SAYS to the runner, and the claims behind it.

    Where ONLY_IF stands, the advice is given only when that is known to hold: unknown is not enough. FITS names the
    protocols that it is most for, NOT_WITH those it is not for, STAGES when (none named: any). PRESSES and STRETCHES:
    what it would do to which part.
    """

    model_config = Entry.model_config | {"arbitrary_types_allowed": True}

    id: str
    name: str
    when: str = Field(pattern="^(daily|before_run|run|after_run|strength_day|cross_day|flare|clinic)$")
    says: str
    only_if: Rule | None = None
    fits: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    stages: tuple[Phase, ...] = ()
    presses: tuple[BodyRegion, ...] = ()
    stretches: tuple[BodyRegion, ...] = ()
    claims: tuple[Claim, ...] = Field(min_length=1)


class BodyPart(Entry):
    """A part of the hip: what it is, what it does, how it hurts; FITS names the protocols for what hurts there."""

    id: str
    place: int
    fits: tuple[str, ...] = ()
    name: str
    what: str
    does: str
    hurts: str
    sources: tuple[str, ...] = Field(min_length=1)


class Answer(Entry):
    """A question that runners ask, with a short answer (120 words at most)."""

    id: str
    place: int
    question: str
    answer: str
    sources: tuple[str, ...] = Field(min_length=1)
    grade: Grade
    mark: Mark


SECTIONS: tuple[tuple[str, str, type[BaseModel], bool], ...] = (
    ("advice", "advice/topics.yaml", Advice, False),
    ("anatomy", "advice/anatomy.yaml", BodyPart, False),
    ("answers", "advice/questions.yaml", Answer, False),
)
"""(section, glob, model, one entry a file)"""


@dataclass(frozen=True, slots=True)
class AdviceBook:
    """All advice by id; the parts of the hip and the questions in their order."""

    topics: Mapping[str, Advice]
    anatomy: Mapping[str, BodyPart]
    answers: Mapping[str, Answer]

    @classmethod
    def of(cls, entries: dict[str, dict[str, Any]]) -> AdviceBook:
        """Return the advice among the entries of a folder."""
        return cls(
            topics=entries["advice"],
            anatomy=dict(sorted(entries["anatomy"].items(), key=lambda each: each[1].place)),
            answers=dict(sorted(entries["answers"].items(), key=lambda each: each[1].place)),
        )
