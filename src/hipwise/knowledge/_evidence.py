"""What the evidence was used for: rows of diagnostic studies, conditions of the literature, tests of the body."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from hipwise.knowledge._number import Entry, Mark, Words
from hipwise.texts import say

__all__ = ["SECTIONS", "Covered", "EvidenceRow", "SelfTest", "TestVerdict", "Unused"]


class TestVerdict(StrEnum):
    """Who may do a test of the body: a runner alone, a runner with care, a clinician only, nobody."""

    __test__ = False  # no test of pytest

    OK = "ok"
    CAUTION = "caution"
    CLINICIAN = "clinician"
    NEVER = "never"

    @property
    def at_home(self) -> bool:
        """Whether a runner may be offered it."""
        return self in {TestVerdict.OK, TestVerdict.CAUTION}


class Unused(StrEnum):
    """Why a row of the evidence moves no number."""

    CLINICIAN = "clinician"
    NEVER = "never"
    SPECTRUM = "spectrum"
    POPULATION = "population"
    CASES_ONLY = "cases_only"
    SMALL = "small"
    DOUBTFUL = "doubtful"
    NO_RATIO = "no_ratio"
    TELLS_NOTHING = "tells_nothing"
    REPEATED = "repeated"
    IMAGES = "images"
    NO_EFFECT = "no_effect"


class EvidenceRow(Entry):
    """A row of the table of diagnostic accuracy.

    USED in "cause.finding", "alarms.id" or "parameters.file.name", or else WHY_NOT.
    """

    row: int = Field(gt=0)
    of: str
    finding: str
    used: tuple[str, ...] = ()
    why_not: Unused | None = None
    note: str = ""

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.used) == (self.why_not is not None):
            raise ValueError(say("knowledge.row_open"))
        return self


class Covered(Entry):
    """A condition of the literature: RANKED as causes, told by ALARMS; MODIFIES priors or alarms; or only a NOTE."""

    ranked: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()
    modifies: tuple[str, ...] = ()
    note: Words = ""


class SelfTest(Entry):
    """A test of the body, and who may do it.

    A runner is offered only a test with a FINDING (its question, its gate as `only_if`); then SET_UP, STEPS, what is
    POSITIVE and when to STOP are all told. HOLD_S is the time of the timer. A clinician's brief may name the others.
    """

    id: str
    name: Words
    verdict: TestVerdict
    finding: str | None = None
    set_up: Words = ""
    steps: tuple[Words, ...] = ()
    hold_s: int | None = Field(default=None, gt=0)
    positive: Words = ""
    stop: Words = ""
    why: Words
    sources: tuple[str, ...] = Field(min_length=1)
    mark: Mark

    @model_validator(mode="after")
    def _whole(self) -> Self:
        told = all((self.set_up, self.steps, self.positive, self.stop))
        if self.finding is not None and not (told and self.verdict.at_home):
            raise ValueError(say("knowledge.test_open"))
        return self


SECTIONS = (
    ("self_tests", "selftests.yaml", SelfTest),
    ("evidence_rows", "evidence_rows.yaml", EvidenceRow),
    ("conditions", "conditions.yaml", Covered),
)
"""Name, files and model of each section, for the reader of the folder."""
