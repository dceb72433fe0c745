"""Own words, read for a journal or for a file alone."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from hipwise.errors import HipwiseError
from hipwise.journal._checked import athlete_of, checked
from hipwise.journal._weigh import Assessment, weigh
from hipwise.knowledge import Knowledge
from hipwise.model import Evidence, Finding
from hipwise.words import LONGEST, Reader, Reading, Standing

__all__ = ["OWN_WORDS", "TextAssessment", "reader_of", "told_from_text", "weigh_text"]

OWN_WORDS = "own words"
"""The origin of findings that a text told."""

BYTES_A_SIGN = 4
"""No sign of UTF-8 takes more."""

STANDARD_INPUT = Path("-")


@dataclass(frozen=True, slots=True)
class TextAssessment:
    """The assessment of a text alone, and how the text was read."""

    assessment: Assessment
    reading: Reading

    def as_dict(self) -> dict[str, Any]:
        """Return what the text adds to an assessment: what it told, by which phrase; and what was not understood."""
        return told_from_text(self.reading)


def told_from_text(reading: Reading) -> dict[str, Any]:
    """Return what a text told, by which phrase, and what was not understood, as plain data."""
    told = (*reading.of(Standing.SAID, Standing.DENIED), *reading.doubted)
    phrases = [{"finding": each.finding, "state": each.state, "phrase": each.phrase} for each in told]
    return {"told_from_text": phrases, "not_understood": list(reading.not_understood)}


@lru_cache(maxsize=2)
def reader_of(knowledge: Knowledge) -> Reader:
    """Return a reader; it takes longer to make than to use."""
    return Reader(knowledge)


def weigh_text(
    path: Path, knowledge: Knowledge, on: date | None = None, *, age: str | None = None, sex: str | None = None
) -> TextAssessment:
    """Return the assessment of a text file alone (`-` is standard input): all that it says or denies counts as told.

    A sign of now that can raise the alarm counts also where the text doubts it ("I think I heard a pop"); a denial that
    it doubts, and all else that it doubts, is unknown. AGE (years) and SEX go before what the text says of them.

    Raises:
        HipwiseError: the file cannot be read, is longer than 20,000 characters, or AGE or SEX cannot be.
    """
    day = on or datetime.now().astimezone().date()
    reading = reader_of(knowledge).read(_text(path), day)
    reading = replace(reading, sex=sex or reading.sex)
    athlete = athlete_of({"age": age if age is not None else reading.age_y, "sex": reading.sex}, day)
    states = checked(reading.careful, knowledge)
    told = Evidence.of(Finding(name, state, day, OWN_WORDS) for name, state in states.items())
    return TextAssessment(weigh(athlete, told, knowledge, day), reading)


def _text(path: Path) -> str:
    most = LONGEST * BYTES_A_SIGN + 1
    try:
        if path == STANDARD_INPUT:
            raw = sys.stdin.buffer.read(most)
        else:
            with path.open("rb") as file:
                raw = file.read(most)
        return raw.decode("utf-8-sig", "strict" if len(raw) < most else "replace")
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or str(problem)
        raise HipwiseError("text_unreadable", where=str(path), problem=why.rstrip(".")) from problem
