"""How well own words are read: precision and recall against texts whose findings a person has written down.

    python validation/own_words.py [FOLDER_OF_CASES]

Without the folder of cases (cases.json, development only, not part of the project) our own sentences are scored alone.
Prints micro precision and recall for each set, then for each alarming finding; --verbose lists every miss.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from hipwise.knowledge import Knowledge
from hipwise.words import Reader

HERE = Path(__file__).parent
SENTENCES = HERE.parent / "tests" / "data" / "words_sentences.yaml"
TEXTS = HERE.parent / "tests" / "data" / "words_texts"
TRUTH = HERE / "words_truth.yaml"
ON = date(2026, 6, 15)
RUNS = 9


@dataclass
class Tally:
    """Right, wrong and missed proposals, in all and by finding."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def add(self, name: str, told: Mapping[str, str], truth: Mapping[str, str], may: Iterable[str]) -> None:
        """Count one text: TOLD against the TRUTH; what it MAY say counts neither way."""
        for finding in told.keys() | truth.keys():
            if finding in truth and told.get(finding) == truth[finding]:
                self.right[finding] += 1
                continue
            if finding in told and finding not in may:
                self.wrong[finding] += 1
                self.notes.append(f"  {name}: wrong {finding}={told[finding]} (truth {truth.get(finding)})")
            if finding in truth:
                self.missed[finding] += 1
                if finding not in told:
                    self.notes.append(f"  {name}: missed {finding}={truth[finding]}")

    def shares(self, findings: Iterable[str] | None = None) -> tuple[float, float, int, int, int]:
        """Return precision, recall and the three counts, of FINDINGS or of all."""
        names = set(self.right | self.wrong | self.missed) if findings is None else set(findings)
        right, wrong, missed = (sum(each[name] for name in names) for each in (self.right, self.wrong, self.missed))
        return right / max(right + wrong, 1), right / max(right + missed, 1), right, wrong, missed


def cases(folder: Path) -> Iterator[tuple[str, str, Mapping[str, str], list[str]]]:
    """Return (id, text, truth, may) of the development cases."""
    truth = yaml.safe_load(TRUTH.read_text("utf-8"))
    for case in json.loads((folder / "cases.json").read_text("utf-8")):
        if case["id"] in truth:
            yield case["id"], case["free_text"], truth[case["id"]]["told"], truth[case["id"]]["may"]


def sentences(*, held_out: bool) -> Iterator[tuple[str, str, Mapping[str, str], list[str]]]:
    """Return (number, text, truth, may) of our own sentences."""
    part = "held_out" if held_out else "written"
    for number, each in enumerate(yaml.safe_load(SENTENCES.read_text("utf-8"))[part], 1):
        yield f"{part} {number}", each["text"], each["told"], each.get("may", [])


def batch(path: Path) -> Iterator[tuple[str, str, Mapping[str, str], list[str]]]:
    """Return (number, text, truth, may) of a batch of longer texts; a finding without "=" is "yes"."""
    for number, each in enumerate(yaml.safe_load(path.read_text("utf-8")), 1):
        pairs = (part.partition("=") for part in each["told"].split())
        truth = {finding: state or "yes" for finding, _, state in pairs}
        yield f"{path.stem} {number}", each["text"], truth, each.get("may", "").split()


def scored(reader: Reader, texts: Iterable[tuple[str, str, Any, Any]]) -> Tally:
    """Return the tally over TEXTS."""
    tally = Tally()
    for name, text, truth, may in texts:
        tally.add(name, reader.read(text, ON).told, truth, may)
    return tally


def show(title: str, tally: Tally, knowledge: Knowledge, *, verbose: bool) -> None:
    """Print one set."""
    precision, recall, right, wrong, missed = tally.shares()
    print(f"{title}: precision {precision:.3f}, recall {recall:.3f} (right {right}, wrong {wrong}, missed {missed})")
    alarming = [name for name, each in knowledge.findings.items() if each.alarming]
    precision, recall, right, wrong, missed = tally.shares(alarming)
    print(f"  alarming findings: precision {precision:.3f}, recall {recall:.3f} ({right}, {wrong}, {missed})")
    for name in alarming:
        if tally.wrong[name] or tally.missed[name]:
            precision, recall, right, wrong, missed = tally.shares([name])
            print(f"    {name}: precision {precision:.2f}, recall {recall:.2f} ({right}, {wrong}, {missed})")
    if verbose:
        print("\n".join(tally.notes))


def taken(reader: Reader, text: str) -> float:
    """Return how many milliseconds of the processor it takes to read TEXT."""
    began = time.process_time()
    reader.read(text, ON)
    return (time.process_time() - began) * 1000


def main(words: list[str]) -> None:
    """Score every set that is there."""
    verbose = "--verbose" in words
    folders = [Path(word) for word in words if word != "--verbose"]
    knowledge = Knowledge.load()
    reader = Reader(knowledge)
    for path in sorted(TEXTS.glob("*.yaml")):
        show(path.stem, scored(reader, batch(path)), knowledge, verbose=verbose)
    for folder in folders:
        show(f"cases in {folder}", scored(reader, cases(folder)), knowledge, verbose=verbose)
    if SENTENCES.exists():
        for held_out in (False, True):
            title = "sentences held out" if held_out else "sentences"
            show(title, scored(reader, sentences(held_out=held_out)), knowledge, verbose=verbose)
        long = " ".join(text for _, text, _, _ in sentences(held_out=False))
        text = " ".join(long.split()[:300])
        print(f"a text of {len(text.split())} words: {min(taken(reader, text) for _ in range(RUNS)):.1f} ms")


if __name__ == "__main__":
    main(sys.argv[1:])
