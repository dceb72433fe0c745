"""The score of a questionnaire, by rules that stand in the knowledge base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hipwise.errors import HipwiseError
from hipwise.knowledge import Questionnaire, QuestionnaireScale

__all__ = ["TOTAL", "Score", "score"]

TOTAL = "total"
DIGITS = 1
"""A finer score than a tenth says nothing."""

Answers = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Score:
    """The score of each scale (None where too few answers are there), and how many answers were missing."""

    questionnaire: str
    scales: dict[str, float | None]
    missing: int

    def as_dict(self) -> dict[str, Any]:
        """Return the score as plain data."""
        return {"questionnaire": self.questionnaire, "scales": dict(self.scales), "missing": self.missing}


def score(questionnaire: Questionnaire, answers: Answers) -> Score:
    """Return the score of ANSWERS, in the order of the form; None is an answer that is missing.

    A missing score is unknown: it is never made up from another scale.

    Raises:
        HipwiseError: too many or too few answers, or one that the form does not have.
    """
    whole = _complete(questionnaire, list(answers))
    scales: dict[str, float | None] = {}
    place = 0
    for name, scale in questionnaire.scales.items():
        part = whole[place : place + scale.items]
        _check(questionnaire, scale, part, place)
        scales[name] = _scale(scale, part)
        _check_top(questionnaire, scale, scales[name])
        place += scale.items
    if questionnaire.total:
        scales[TOTAL] = _mean_of_all(list(scales.values()))
    return Score(questionnaire.id, scales, sum(each is None for each in whole))


def _complete(questionnaire: Questionnaire, answers: list[float | None]) -> list[float | None]:
    """Return as many answers as the form has; a form with a gate skips the rest where the first answer is 0."""
    items = sum(scale.items for scale in questionnaire.scales.values())
    if questionnaire.gate and answers and answers[0] == 0:
        if any(answers[1:]):
            raise HipwiseError("score_gate", where=questionnaire.name)
        return [0.0] * items
    fewest = questionnaire.fewest or items
    if not fewest <= len(answers) <= items:
        raise HipwiseError(
            "score_count", where=questionnaire.name, count=len(answers), items=items, rule=questionnaire.missing
        )
    return answers


def _check(questionnaire: Questionnaire, scale: QuestionnaireScale, answers: Answers, before: int) -> None:
    for number, answer in enumerate(answers, 1):
        if answer is None:
            continue
        steps = scale.steps_of.get(number, scale.steps)
        high = scale.high_of.get(number, scale.high)
        if not scale.low <= answer <= high or (steps and answer not in steps):
            allowed = ", ".join(f"{each:g}" for each in steps) if steps else f"{scale.low:g}-{high:g}"
            raise HipwiseError(
                "score_answer", where=questionnaire.name, number=before + number, answer=f"{answer:g}", allowed=allowed
            )


def _scale(scale: QuestionnaireScale, answers: Answers) -> float | None:
    given = [each for each in answers if each is not None]
    if len(given) < scale.least:
        return None
    mean = sum(given) / len(given)
    if scale.made == "sum":
        return round(sum(given), DIGITS)
    return round(mean if scale.made == "mean" else 100 * (1 - mean / scale.high), DIGITS)


def _check_top(questionnaire: Questionnaire, scale: QuestionnaireScale, found: float | None) -> None:
    if found is not None and found > scale.top:
        raise HipwiseError("score_top", where=questionnaire.name, score=f"{found:g}", top=f"{scale.top:g}")


def _mean_of_all(scales: list[float | None]) -> float | None:
    known = [each for each in scales if each is not None]
    return round(sum(known) / len(known), DIGITS) if len(known) == len(scales) else None
