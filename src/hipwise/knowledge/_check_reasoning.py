"""What must hold of contradictions and of the pictures of the second opinion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hipwise.knowledge._conditions import Condition
from hipwise.knowledge._load import Folder
from hipwise.knowledge._reasoning import Contradiction, Pattern
from hipwise.texts import say

__all__ = ["check_reasoning", "reasoning_rules"]


def reasoning_rules(folder: Folder) -> Iterator[tuple[str, str, tuple[Any, ...], Condition]]:
    """Return every rule of contradictions and pictures, with where it stands."""
    contradictions: Mapping[str, Contradiction] = folder.entries["contradictions"]
    patterns: Mapping[str, Pattern] = folder.entries["patterns"]
    for name, contradiction in contradictions.items():
        yield "contradictions", name, ("when",), contradiction.when
    for name, pattern in patterns.items():
        yield "patterns", name, ("must",), pattern.must
        yield from (("patterns", name, ("signs", place), sign) for place, sign in enumerate(pattern.signs))


def check_reasoning(folder: Folder) -> None:
    """What a contradiction doubts can be told, and a picture speaks for causes that exist."""
    contradictions: Mapping[str, Contradiction] = folder.entries["contradictions"]
    patterns: Mapping[str, Pattern] = folder.entries["patterns"]
    for name, contradiction in contradictions.items():
        for finding in sorted(set(contradiction.doubts) - set(folder.entries["findings"])):
            folder.fault("contradictions", name, say("knowledge.no_finding", finding=finding), ("doubts",))
    for name, pattern in patterns.items():
        for cause in sorted(set(pattern.causes) - set(folder.entries["causes"])):
            folder.fault("patterns", name, say("knowledge.no_cause", cause=cause), ("causes",))
