"""What was told, sorted as a clinician looks for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from hipwise.handout._paper import Data, Line, bullets
from hipwise.handout._plan import in_words
from hipwise.knowledge import Knowledge
from hipwise.texts import say

__all__ = ["Told"]

MOST = 8


@dataclass(frozen=True, slots=True)
class Told:
    """All answers of a report, each with the group of its question."""

    answers: tuple[dict[str, Any], ...]
    on: str

    @classmethod
    def of(cls, report: Data, knowledge: Knowledge) -> Told:
        """Return what a REPORT says was told."""
        groups = knowledge.findings
        return cls(tuple(each | {"group": groups[each["finding"]].group} for each in report["told"]), report["on"])

    @property
    def remarkable(self) -> list[Data]:
        """What is more than "no", "none" or 0."""
        return [each for each in self.answers if each["remarkable"]]

    def named(self, names: Collection[str], *, all_of_them: bool = False) -> list[Data]:
        """Return the remarkable answers (or ALL_OF_THEM) to the questions NAMES."""
        return [each for each in (self.answers if all_of_them else self.remarkable) if each["finding"] in names]

    def group(self, *groups: str, without: Collection[str] = (), all_of_them: bool = False) -> list[Data]:
        """Return the remarkable answers (or ALL_OF_THEM) of GROUPS, WITHOUT those of some questions."""
        of = self.answers if all_of_them else self.remarkable
        return [each for each in of if each["group"] in groups and each["finding"] not in without]

    def lines(self, answers: Iterable[Data], most: int = MOST) -> list[Line]:
        """Return answers as lines: question, answer, and its day where that is not today."""
        found = list(answers)
        shown: list[Line] = [(each["question"], each["answer"], self._day(each)) for each in found[:most]]
        more = len(found) - most
        return [*shown, say("handout.and_more", count=more)] if more > 0 else shown

    def _day(self, answer: Data) -> str:
        return "" if answer["on"] == self.on else f" ({in_words(answer['on'])})"

    def section(self, title: str, answers: Iterable[Data], more: Iterable[Line] = (), most: int = MOST) -> Data:
        """Return a section of answers, and MORE lines."""
        return bullets([*self.lines(answers, most), *more], title)
