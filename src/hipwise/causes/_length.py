"""How long the interview still is, if each answer is the likeliest one."""

from __future__ import annotations

from datetime import date

from hipwise.causes._gain import telling
from hipwise.causes._model import model_of
from hipwise.causes._questions import next_question
from hipwise.causes._rank import asked_of, thought
from hipwise.causes._triage import situation
from hipwise.knowledge import Knowledge, Question
from hipwise.model import Athlete, Evidence, Finding

__all__ = ["questions_ahead"]


def questions_ahead(athlete: Athlete, evidence: Evidence, knowledge: Knowledge, on: date) -> int:
    """Return how many questions are still to come, the next one included, if each gets its likeliest answer.

    The interview is played to its end by its own rules. An answer that surprises makes it longer or shorter, so this
    is an estimate and no promise; it is 0 exactly where there is no next question.
    """
    told, count = evidence, 0
    while count < len(knowledge.findings) and (following := next_question(athlete, told, knowledge, on)) is not None:
        state = _likeliest(following.question, athlete, told, knowledge, on)
        told |= Evidence((Finding(following.question.id, state, on),))
        count += 1
    return count


def _likeliest(question: Question, athlete: Athlete, told: Evidence, knowledge: Knowledge, on: date) -> str:
    """Return the calm answer to a red flag, as nearly everybody gives it, and the likeliest one to what causes tell."""
    calm = [state for state in question.states if state not in question.alarming]
    model = model_of(knowledge)
    if question.first_page is not None or question.id not in model.spoken:
        return (calm or question.states)[0]
    weights, _ = thought(knowledge, *asked_of(situation(athlete, told, knowledge, on), knowledge))
    return question.states[int(telling(model, weights, question.id).argmax())]
