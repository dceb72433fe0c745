"""What a plan says beside its exercises: a piece of advice, and a part of the hip."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Part", "Tip"]


@dataclass(frozen=True, slots=True)
class Tip:
    """One advice: WHEN it matters, what it SAYS, what we make of it (VERDICT) and the EVIDENCE behind it, graded.

    VERDICT: do, may, no_evidence or avoid.
    """

    id: str
    name: str
    when: str
    says: str
    verdict: str
    evidence: str
    grade: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the hip that a likely problem is of: WHAT it is, what it DOES, how it HURTS."""

    id: str
    name: str
    what: str
    does: str
    hurts: str
    sources: tuple[str, ...]
