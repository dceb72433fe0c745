"""Lengths, paces and speeds in the runner's unit.

What is worked out, kept and handed to programs stays in kilometres, metres and seconds; only what people read is turned
into their unit, here and nowhere else. A sentence names how: `{km:.1f km}` writes "8.0 km" or "5.0 mi", and
`{km:.1f km down}` rounds down in either, for what must not be passed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from string import Formatter
from typing import Any

__all__ = ["KM", "KM_PER", "MILE", "WORDS", "Filled", "numbered", "paced"]

KM, MILE = "km", "mi"
KM_PER = {KM: 1.0, MILE: 1.609344}
"""The units that a runner may choose, and how many kilometres each has."""

M_PER_KM, S_PER_MIN = 1000, 60
FAR = 100
"""From here on a tenth tells nothing."""

TINY = 1e-9
"""So much of a step may be lost in reckoning: 13.2 times ten is 132."""

WORDS = {
    "length_unit": {KM: "km", MILE: "mi"},
    "pace_unit": {KM: "pace_km", MILE: "pace_mi"},
    "speed_unit": {KM: "speed_km", MILE: "speed_mi"},
    "a_length": {KM: "a_km", MILE: "a_mi"},
}
"""Blanks that a sentence may have without being given them ("min/km", "a kilometre"), as texts of the units."""

SPEC = re.compile(r"(?P<number>\S*?) ?(?P<what>km/h|/km|~?km)(?P<down> down)?$")
SPOKEN = re.compile(r"\{[^{}]*:[^{}]*(?:km|km down|km/h|pace)\}|\{(?:length_unit|pace_unit|speed_unit|a_length)\}")
UNITS = {"km": "length_unit", "km/h": "speed_unit"}
STANDING = re.compile(r"\{(\d+(?:\.\d+)?):([^{}]*)\}")
A_LENGTH = "{a_length}"
"""What stands in sentences of the knowledge: a number ("more than {10:g km}"), and the word for one kilometre."""

Word = Callable[[str], str]
"""What gives the word for a unit ("km", "mi") in the language that is spoken."""


def _written(value: float, spec: str, unit: str, word: Word) -> str:
    """Return VALUE as a SPEC of a sentence asks for it, in a UNIT.

    `pace` is of metres a second; `<number> km` of kilometres, with `down` never more than VALUE, and `<number> ~km`
    without the word ("2 to 5 km"); `<number> km/h` of kilometres an hour; `<number> /km` of so much a kilometre.
    """
    if spec == "pace":
        return f"{paced(value, unit)} {word(WORDS['pace_unit'][unit])}"
    asked = SPEC.fullmatch(spec)
    if asked is None:
        return format(value, spec)
    number, what = asked["number"], asked["what"]
    if what == "/km":
        return format(value * KM_PER[unit], number)
    turned = value / KM_PER[unit]
    shown = _short(_floored(turned, number) if asked["down"] else turned, number)
    return shown if what == "~km" else f"{shown} {word(WORDS[UNITS[what]][unit])}"


def paced(speed_mps: float, unit: str) -> str:
    """Return minutes and seconds that one UNIT takes at a speed."""
    seconds = round(M_PER_KM * KM_PER[unit] / speed_mps)
    return f"{seconds // S_PER_MIN}:{seconds % S_PER_MIN:02d}"


def _floored(value: float, number: str) -> float:
    """Return VALUE rounded down to the last place that the format NUMBER shows."""
    places = re.search(r"\.(\d+)", number)
    steps: int = 10 ** (int(places[1]) if places else 1)
    return math.floor(value * steps + TINY) / steps


def _short(value: float, number: str) -> str:
    """Return VALUE in the format NUMBER; `g` is the shortest, to the tenth below a hundred."""
    return format(round(value, 1 if value < FAR else None), "g") if number == "g" else format(value, number)


@cache
def _speaks(sentence: str) -> bool:
    return SPOKEN.search(sentence) is not None


class Filled(Formatter):
    """Fills a sentence; lengths are written in a UNIT, with the WORD for it."""

    def __init__(self, unit: str, word: Word) -> None:
        self._unit, self._word = unit, word

    def say(self, sentence: str, values: Mapping[str, Any]) -> str:
        """Return SENTENCE with its VALUES; quick where no length is in it."""
        return self.vformat(sentence, (), values) if _speaks(sentence) else sentence.format(**values)

    def get_value(self, key: int | str, args: Sequence[Any], values: Mapping[str, Any]) -> Any:
        """Return the value of a blank: one of VALUES, or the word for the unit."""
        del args
        words = WORDS.get(str(key))
        return values[str(key)] if words is None else self._word(words[self._unit])

    def format_field(self, value: Any, spec: str) -> str:
        """Return VALUE as SPEC asks."""
        return _written(value, spec, self._unit, self._word) if isinstance(value, float | int) else format(value, spec)


def numbered(sentence: str, unit: str, word: Word) -> str:
    """Return SENTENCE of the knowledge with the lengths that stand in it as numbers in a UNIT, and the WORD for one."""
    said = STANDING.sub(lambda found: _written(float(found[1]), found[2], unit, word), sentence)
    return said.replace(A_LENGTH, word(WORDS["a_length"][unit]))
