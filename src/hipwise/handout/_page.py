"""All that a clinician wants on one page, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hipwise.causes import first_page, situation, standing
from hipwise.knowledge import Kind, Knowledge, Question, Situation
from hipwise.model import Athlete, Episode, Evidence, Finding

__all__ = ["report_data"]

Data = dict[str, Any]

NOTHING_ELSE = ("emergency", "same_day")
"""At these levels a page holds what was told and the referral, and nothing that could be taken for advice."""


def report_data(
    athlete: Athlete, episode: Episode | None, evidence: Evidence, parts: Data, knowledge: Knowledge, on: date
) -> Data:
    """Return the page. PARTS has `assessment`, `load` and `plan` as plain data."""
    alone = parts["assessment"]["level"] in NOTHING_ELSE
    answers = standing(evidence, knowledge, on)
    return {
        "on": on.isoformat(),
        "athlete": {"age_y": athlete.age_y(on), "sex": athlete.sex},
        "episode": None if episode is None else _episode(episode),
        "red_flags": _red_flags(answers, situation(athlete, evidence, knowledge, on), knowledge),
        "told": [_answer(each, knowledge.findings[name]) for name, each in answers.items() if each.is_known],
        **parts,
        "load": None if alone else parts["load"],
    }


def _episode(episode: Episode) -> Data:
    onset = None if episode.onset is None else episode.onset.isoformat()
    return {"onset": onset, "side": episode.side, "site": episode.site}


def _answer(finding: Finding, question: Question) -> Data:
    """Return one answer; `remarkable` is what is more than the least of its states."""
    return {
        "finding": question.id,
        "question": question.question,
        "answer": question.labels.get(finding.state, finding.state),
        "on": finding.on.isoformat(),
        "origin": finding.origin,
        "first_page": question.first_page,
        "remarkable": question.kind is Kind.CHOICE or finding.state != question.states[0],
    }


def _red_flags(answers: Mapping[str, Finding], seen: Situation, knowledge: Knowledge) -> list[Data]:
    """Return, card by card, how many red-flag questions concern this runner, and which have no fresh answer."""
    found = []
    for card, questions in first_page(knowledge).items():
        asked = [each.id for each in questions if each.only_if is None or each.only_if.truth(seen) is not False]
        unknown = [name for name in asked if name not in answers or not answers[name].is_known]
        title = knowledge.cards[card].title
        found.append({"card": card, "title": title, "questions": len(asked), "open": unknown})
    return found
