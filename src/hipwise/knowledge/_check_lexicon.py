"""A phrase must mean what it seems to: "will not|unwilling" is no choice of two, but two places in a row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from hipwise.knowledge._load import KnowledgeFault
from hipwise.knowledge._yaml import Path as Place
from hipwise.knowledge._yaml import parse
from hipwise.texts import say

__all__ = ["check_lexicon"]

OPENING = frozenset({"no", "not"})
"""They open a piece of two words ("no change", "not affected") that is easily written into a choice of single ones."""

DENYING = OPENING | frozenset(
    (
        *("never", "without", "nor", "neither", "none", "cannot", "unable", "hardly", "barely", "scarcely", "rarely"),
        *("nothing", "nobody", "zero", "nil", "free", "seldom", "impossible", "lacks", "lacking", "non", "denies"),
        *("nowhere", "any", "little"),
    )
)
"""Beside one of these an opening word is a choice of its own kind, as it should be ("no|without limp|limping")."""


def check_lexicon(root: Path) -> Iterator[KnowledgeFault]:
    """Return every phrase below ROOT/words in which a blank parts what was meant as one choice."""
    for path in sorted((root / "words").glob("*.yaml")):
        document = parse(path.read_text("utf-8"))
        for place, phrase in _phrases(document.data, ()):
            for seam in _torn(phrase):
                what = say("knowledge.torn_choice", phrase=phrase, seam=seam)
                yield KnowledgeFault(f"words/{path.name}", document.line(place), what)


def _phrases(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict | list):
        for name, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _phrases(each, (*place, name))


def _torn(phrase: str) -> Iterator[str]:
    """Return the seams of two choices that a blank seems to have made of one."""
    choices = [part.removesuffix("?").split("|") for part in phrase.split()]
    for one, two in pairwise(choices):
        if len(one) > 1 and len(two) > 1:
            opens = one[-1] in OPENING and not DENYING & set(one[:-1])
            follows = two[0] == "not" and not set(two[1:]) <= DENYING
            if opens or follows:
                yield f"{one[-1]} {two[0]}"
    for one, between, two in zip(choices, choices[1:], choices[2:], strict=False):
        if between == ["and"] and one[-1] == two[0] and len(one) > 1 and len(two) > 1:
            yield f"{one[-1]} and {two[0]}"  # "steadily|more and more|getting"
