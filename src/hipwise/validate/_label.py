"""A labelled case: what may be told to hipwise, and, kept apart from it, what should come out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hipwise.knowledge import Level

__all__ = ["Case", "Label"]


@dataclass(frozen=True, slots=True)
class Label:
    """What should come out, and how sure that is.

    EXACT are the levels that were labelled, ALLOWED those that are no error; OPEN those that are none where only own
    words were heard: they leave the red-flag page open, so that self-care cannot be given. FINAL is the cause that was
    found (None: not one that we rank), FAIR what a fair marker would also take. KIND, GROUP, BASIS (of the diagnosis)
    and DETAIL part the tables; EVIDENCE and REASON say from where the label comes.
    """

    exact: frozenset[Level]
    allowed: frozenset[Level]
    open: frozenset[Level]
    final: str | None = None
    fair: frozenset[str] = frozenset()
    kind: str = ""
    group: str = ""
    basis: str = ""
    detail: str = ""
    evidence: str = ""
    reason: str = ""

    @property
    def named(self) -> str:
        """The label as a table shows it: its levels from the least to the highest."""
        return "-".join(dict.fromkeys((min(self.allowed).code, max(self.allowed).code)))


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled case; TOLD is None where only own words (TEXT) are there, TEXT where only answers are."""

    id: str
    title: str
    age_y: int | None
    sex: str | None
    told: Mapping[str, str] | None
    text: str | None
    label: Label = field(repr=False)
