"""A run as a list tells it: totals without samples, and the file that the list says it is in."""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from hipwise.activity._clean import Raw, finish
from hipwise.activity._run import Note, Origin, Run
from hipwise.errors import HipwiseError

__all__ = ["Row", "clock_s", "number"]

CLOCK: Final = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,]\d{1,6})?")
MOST_LETTERS: Final = 60


@dataclass(slots=True)
class Row:
    """One activity of a list: where it stands there (LABEL), its text (SAID), and what it says.

    PLACE is the file in the archive that holds its samples, if the list tells. FAULT is what is wrong with it.
    """

    label: str
    kind: str
    said: str
    sport: str = "other"
    sub_sport: str | None = None
    started_at_s: float | None = None
    utc_offset_s: int | None = None
    totals: dict[str, float] = field(default_factory=dict)
    name: str | None = None
    gear: str | None = None
    place: str | None = None
    key: str | None = None
    notes: list[Note] = field(default_factory=list)
    fault: HipwiseError | None = None
    sha256: str = ""

    def __post_init__(self) -> None:
        """Keep the identity of the text in place of the text, which may be long."""
        self.sha256 = hashlib.sha256(f"{self.kind}\0{self.said}".encode("utf-8", "surrogatepass")).hexdigest()
        self.said = ""

    def run(self) -> Run:
        """Make the run.

        Raises:
            HipwiseError: the row says neither when, nor how far or how long.
        """
        if self.fault is not None:
            raise self.fault
        return finish(
            Raw(
                kind=self.kind,
                sport=self.sport,
                sub_sport=self.sub_sport,
                columns={"at": np.empty(0)},
                origin=Origin(self.label, self.kind, self.sha256),
                started_at_s=self.started_at_s,
                utc_offset_s=self.utc_offset_s,
                totals={name: value for name, value in self.totals.items() if math.isfinite(value)},
                name=self.name,
                gear=self.gear,
                notes=list(self.notes),
            )
        )


def number(text: str | float | None, comma: str = ".") -> float:
    """Return the number that TEXT is, NaN where it is none; COMMA parts the whole from the rest."""
    words = str(text if text is not None else "").strip()[:MOST_LETTERS].replace("\u00a0", "").replace("\u202f", "")
    if comma == ",":
        words = words.replace(".", "").replace(",", ".") if "," in words else words
    else:
        words = words.replace(",", "")
    try:
        return float(words)
    except ValueError:
        return math.nan


def clock_s(text: str) -> float:
    """Return the seconds that 1:02:03 or 47:12 are; NaN where TEXT is no such time."""
    found = CLOCK.fullmatch(text.strip())
    return math.nan if found is None else int(found[1] or 0) * 3600 + int(found[2]) * 60 + float(found[3])
