"""The shape of what watches over the ranking: contradictions, and the plain pictures of a second opinion."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from hipwise.knowledge._number import Entry, Mark, Words
from hipwise.knowledge._schema import Level, LevelCode, Rule
from hipwise.texts import say

__all__ = ["SECTIONS", "Contradiction", "Pattern"]


class _WithRules(Entry):
    model_config = Entry.model_config | {"arbitrary_types_allowed": True}


class Contradiction(_WithRules):
    """Answers that cannot both be meant.

    While `when` holds, self-care waits, `says` asks to look at the answers again, and the findings of `doubts` are also
    read as if nobody had told them: whichever way is more careful counts.
    """

    id: str
    when: Rule
    says: Words
    doubts: tuple[str, ...] = Field(min_length=1)


class Pattern(_WithRules):
    """A plain picture: `must` holds and at least `enough` of `signs` do.

    It speaks for `causes` and asks for `level`; with `bone_stress` the interlock goes on. It shares no number with the
    ranking: signs are counted, not weighed.
    """

    id: str
    name: Words
    causes: tuple[str, ...] = ()
    must: Rule
    signs: tuple[Rule, ...] = Field(min_length=1)
    enough: int = Field(gt=0)
    level: LevelCode = Level.SELF_CARE
    bone_stress: bool = False
    because: Words = ""
    says: Words = ""
    sources: tuple[str, ...] = Field(min_length=1)
    mark: Mark

    @model_validator(mode="after")
    def _speaks(self) -> Self:
        if self.level > Level.SELF_CARE and not (self.because and self.says):
            raise ValueError(say("knowledge.silent_pattern", pattern=self.id))
        if self.enough > len(self.signs):
            raise ValueError(say("knowledge.unreachable_pattern", pattern=self.id))
        return self


SECTIONS = (
    ("contradictions", "contradictions.yaml", Contradiction),
    ("patterns", "second_opinion.yaml", Pattern),
)
