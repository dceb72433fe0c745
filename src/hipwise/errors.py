"""What can go wrong, in words: what, where, why, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hipwise.texts import say

__all__ = [
    "BadKnowledge",
    "Broken",
    "HipwiseError",
    "JournalError",
    "NotAnActivity",
    "RulesBroken",
    "UnknownAnswer",
    "UnreadableFile",
]


class HipwiseError(Exception):
    """An error that tells what, where, why and what next.

    TEXT names an entry `<text>_what`, `<text>_why`, `<text>_next` in the catalogue `errors`; WHERE is a file, a line, a
    field; VALUES fill the sentences.
    """

    def __init__(self, text: str, *, where: str = "", **values: object) -> None:
        super().__init__(text)
        self.text = text
        self.where = where
        self.values = values

    def _part(self, part: str) -> str:
        return say(f"errors.{self.text}_{part}", where=self.where, **self.values)

    @property
    def what(self) -> str:
        """What went wrong."""
        return self._part("what")

    @property
    def why(self) -> str:
        """Why it went wrong."""
        return self._part("why")

    @property
    def next_step(self) -> str:
        """What the reader can do about it."""
        return self._part("next")

    def __str__(self) -> str:
        layout = "errors.layout_where" if self.where else "errors.layout"
        return say(layout, what=self.what, where=self.where, why=self.why, next=self.next_step)

    def as_dict(self) -> dict[str, Any]:
        """Return the error as plain data: id, what, where, why, next."""
        return {"id": self.text, "what": self.what, "where": self.where, "why": self.why, "next": self.next_step}


@dataclass(frozen=True, slots=True)
class Broken:
    """A RULE or wish that cannot be kept, by id and in words."""

    rule: str
    says: str


class RulesBroken(HipwiseError):
    """What was asked for cannot be kept together: RULES stand for the hip, WISHES are the runner's own.

    Raised before anything is changed. A list that has no place in what was asked is empty.
    """

    def __init__(
        self,
        text: str,
        *,
        where: str = "",
        rules: Sequence[Broken] = (),
        wishes: Sequence[Broken] = (),
        **values: object,
    ) -> None:
        told = {"rules": "; ".join(each.says for each in rules), "wishes": "; ".join(each.says for each in wishes)}
        super().__init__(text, where=where, **told, **values)
        self.rules = tuple(rules)
        self.wishes = tuple(wishes)

    @property
    def conflict(self) -> dict[str, list[dict[str, str]]]:
        """The rules and wishes as plain data."""
        named = {"rules": self.rules, "wishes": self.wishes}
        return {name: [{"rule": each.rule, "says": each.says} for each in group] for name, group in named.items()}

    def as_dict(self) -> dict[str, Any]:
        """Return the error as plain data, with what cannot be kept under `conflict`."""
        return super().as_dict() | {"conflict": self.conflict}


class UnreadableFile(HipwiseError):
    """A file that should be an activity cannot be read at all."""


class NotAnActivity(HipwiseError):
    """A file is readable, but holds no activity (a course, a workout, settings, another format)."""


class UnknownAnswer(HipwiseError):
    """A finding or a state of it that the knowledge base does not have."""


class BadKnowledge(HipwiseError):
    """The knowledge base has faults; `faults` lists them all."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("bad_knowledge", count=len(faults), faults="\n".join(faults))
        self.faults = faults


class JournalError(HipwiseError):
    """The journal cannot do what was asked (no such run, nothing to undo, a database of a newer version)."""
