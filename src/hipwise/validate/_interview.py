"""An interview that is held with the answers of a case: how long it would be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hipwise.causes import next_question
from hipwise.knowledge import Knowledge
from hipwise.model import UNKNOWN, Athlete, Evidence, Finding

__all__ = ["Heard", "hear"]

MOST_ASKED = 200
PLACES = "where"
"""A map of the body is told at once."""


@dataclass(frozen=True, slots=True)
class Heard:
    """PAGES of red flags, QUESTIONS after them, and what was answered."""

    pages: int
    questions: int
    answers: dict[str, str]

    @property
    def asked(self) -> int:
        """Pages and questions together."""
        return self.pages + self.questions


def hear(athlete: Athlete, answers: Mapping[str, str], knowledge: Knowledge, on: date) -> Heard:
    """Ask until nothing is left that is worth it; what ANSWERS do not tell is answered with "I do not know"."""
    heard: dict[str, str] = {}
    told: list[Finding] = []
    pages: set[str] = set()
    questions = 0
    for _ in range(MOST_ASKED):
        following = next_question(athlete, Evidence(tuple(told)), knowledge, on)
        if following is None:
            break
        question = following.question
        if question.first_page is None:
            questions += 1
        else:
            pages.add(question.first_page)
        said = {question.id: answers.get(question.id, UNKNOWN)}
        if question.first_page == PLACES:
            said |= {name: answers[name] for name in answers if knowledge.findings[name].first_page == PLACES}
        told += [Finding(name, state, on) for name, state in said.items()]
        heard |= said
    return Heard(len(pages), questions, heard)
