"""What runners say for what we know: the folder `words` of the knowledge base, for the room that reads own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from hipwise.errors import BadKnowledge
from hipwise.knowledge._yaml import parse
from hipwise.texts import say

__all__ = ["Lexicon"]

Words = Mapping[str, tuple[str, ...]]
LISTS, ZONES, SCOPE, KINDS = "lists", "zones", "scope", "kinds"
NUMBERS, STEPS, UNSAID, ACTS, NET = "numbers", "steps", "unsaid", "acts", "net"
PARTS = (LISTS, ZONES, SCOPE, KINDS, NUMBERS, STEPS, UNSAID, ACTS, NET)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Phrases by finding and state, and the small words that turn them round.

    LISTS name words that mean the same; ZONES are lists of places of the body; SCOPE holds the words that deny, doubt,
    and set aside; KINDS name findings that are read in a way of their own; NUMBERS are number words, units and months;
    STEPS turn a number into a state (each state with the value that it stays below, in the order of rising values);
    UNSAID says why a finding has no phrase. ACTS are the words for what people do, by the finding that it hurts.
    NET holds families of serious words (in capitals) and, by `finding.state`, which of them must stand together.
    """

    phrases: Mapping[str, Words]
    lists: Words
    zones: Words
    scope: Words
    kinds: Words
    numbers: Mapping[str, Mapping[str, float]]
    steps: Mapping[str, Mapping[str, float]]
    unsaid: Mapping[str, str]
    acts: Words = field(default_factory=dict)
    net: Words = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path | None = None) -> Lexicon:
        """Return the lexicon in FOLDER (the package's own by default, which is read once).

        Raises:
            BadKnowledge: a file is no mapping of the strict YAML of the knowledge base, or names a finding twice.
        """
        return _own() if folder is None else _built(folder)


@cache
def _own() -> Lexicon:
    with as_file(files("hipwise.knowledge") / "data" / "words") as folder:
        return _built(folder)


def _built(folder: Path) -> Lexicon:
    faults: list[str] = []
    parts: dict[str, Any] = {part: {} for part in PARTS}
    phrases: dict[str, Words] = {}
    for path in sorted(folder.glob("*.yaml")):
        entries = dict(_entries(path, faults))
        if path.stem in PARTS:
            parts[path.stem] = entries
            continue
        faults.extend(_fault(path, 1, say("knowledge.twice", shown=name)) for name in entries.keys() & phrases.keys())
        phrases |= {name: _words(states) for name, states in entries.items()}
    if faults:
        raise BadKnowledge(tuple(faults))
    return Lexicon(
        phrases,
        _words(parts[LISTS]),
        _words(parts[ZONES]),
        _words(parts[SCOPE]),
        _words(parts[KINDS]),
        parts[NUMBERS],
        parts[STEPS],
        parts[UNSAID],
        _words(parts[ACTS]),
        _words(parts[NET]),
    )


def _entries(path: Path, faults: list[str]) -> Iterator[tuple[str, Any]]:
    document = parse(path.read_text("utf-8"))
    faults.extend(_fault(path, each.line, say(f"knowledge.{each.kind}", shown=each.shown)) for each in document.faults)
    if isinstance(document.data, dict):
        yield from document.data.items()
    elif not document.faults:
        faults.append(_fault(path, 1, say("knowledge.no_mapping")))


def _fault(path: Path, line: int, what: str) -> str:
    return f"words/{path.name}:{line}: {what}"


def _words(entries: Mapping[str, Any]) -> Words:
    return {name: tuple(str(word) for word in words) for name, words in entries.items()}
