"""What a change of a score means: more than error, and more than nothing to the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hipwise.knowledge import Number, Questionnaire, QuestionnaireScale

__all__ = ["Change", "Meaning", "change"]


class Meaning(StrEnum):
    """What a change means, by the thresholds that are known; without any, nothing can be said."""

    MATTERS = "matters"
    TOO_SMALL = "too_small"
    WITHIN_ERROR = "within_error"
    BEYOND_ERROR = "beyond_error"
    NO_THRESHOLD = "no_threshold"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Change:
    """How far one scale went BY points (positive is better), what that means, and by which number of the knowledge."""

    scale: str
    by: float | None
    meaning: Meaning
    threshold: Number | None

    def as_dict(self) -> dict[str, Any]:
        """Return the change as plain data; the threshold with its source and grade."""
        number = None if self.threshold is None else self.threshold.model_dump(mode="json")
        return {"scale": self.scale, "by": self.by, "meaning": self.meaning.value, "threshold": number}


def change(
    questionnaire: Questionnaire, before: Mapping[str, float | None], now: Mapping[str, float | None]
) -> tuple[Change, ...]:
    """Return the change of each scale from the scores BEFORE to those of NOW; only scales that both name."""
    sign = 1 if questionnaire.better == "high" else -1
    found = []
    for name, later in now.items():
        if name not in before:
            continue
        earlier, scale = before[name], questionnaire.scales.get(name)
        if earlier is None or later is None:
            found.append(Change(name, None, Meaning.NOT_KNOWN, None))
            continue
        by = round(sign * (later - earlier), 1)
        meaning, number = _meaning(scale, abs(by))
        found.append(Change(name, by, meaning, number))
    return tuple(found)


def _meaning(scale: QuestionnaireScale | None, size: float) -> tuple[Meaning, Number | None]:
    """Return the meaning of a change of SIZE: error first, for what may be error cannot be said to matter."""
    if scale is None or (scale.mdc is None and scale.mcid is None):
        return Meaning.NO_THRESHOLD, None
    if scale.mdc is not None and size < scale.mdc.value:
        return Meaning.WITHIN_ERROR, scale.mdc
    if scale.mcid is None:
        return Meaning.BEYOND_ERROR, scale.mdc
    return (Meaning.MATTERS if size >= scale.mcid.value else Meaning.TOO_SMALL), scale.mcid
