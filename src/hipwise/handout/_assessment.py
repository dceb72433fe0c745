"""How urgent, what it could be and why, as plain data: one shape for the command line, files and other programs."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

from hipwise.causes import Next, Raised, Ranked, Ranking, Reason, TurningPoint
from hipwise.knowledge import Grade, Knowledge, Level, Question
from hipwise.plan import Referral
from hipwise.texts import say

__all__ = [
    "assessment",
    "cause_list",
    "finding_list",
    "grade_says",
    "question_data",
    "source_list",
    "turning_data",
    "versions",
]

Data = dict[str, Any]

DIGITS = 4


def assessment(ranking: Ranking, following: Next | None, referral: Referral | None, knowledge: Knowledge) -> Data:
    """Return a ranking as plain data: level, alarms, causes, next question, referral, what was not looked at.

    The level is that of the referral where that is more urgent: a likely bone injury refers without an alarm.
    """
    level = ranking.level if referral is None else max(ranking.level, Level.of(referral.level))
    return {
        "level": level.code,
        "alarms": [_alarm(alarm) for alarm in ranking.triage.alarms],
        "bone_stress": ranking.triage.bone_stress,
        "cleared": ranking.triage.cleared,
        "causes": [_cause(ranked, knowledge) for ranked in ranking.causes],
        "something_else": _share(ranking.something_else) if ranking.causes else 0.0,
        "left_out": round(ranking.left_out, DIGITS),
        "next": None if following is None else question_data(following.question) | {"why": following.why},
        "referral": None if referral is None else referral.as_dict(),
        "missing": list(ranking.triage.missing),
        "contradictions": list(ranking.triage.contradictions),
        "second_opinion": _second(ranking),
        "not_looked_at": [say(text) for text in ranking.not_looked_at],
        "versions": versions(knowledge),
    }


def question_data(question: Question) -> Data:
    """Return a finding as plain data: its id, its question, its help, and its states with their words."""
    return {
        "id": question.id,
        "group": question.group,
        "about": question.about,
        "kind": question.kind.value,
        "question": question.question,
        "help": question.help,
        "states": list(question.states),
        "labels": {state: question.labels.get(state, state) for state in question.states},
        "alarming": list(question.alarming),
        "first_page": question.first_page,
        "holds_d": question.holds_d,
        "sensed_by": question.sensed_by,
    }


def turning_data(point: TurningPoint, knowledge: Knowledge) -> Data:
    """Return a turning point as plain data, in ids and in words; CHANGES is "level" or "cause"."""
    question = knowledge.findings[point.finding]
    changed = point.level != point.level_then or point.top_then is None
    return {
        "changes": "level" if changed else "cause",
        "finding": point.finding,
        "question": question.question,
        "state": point.state,
        "answer": question.labels.get(point.state, point.state),
        "then": point.then,
        "answer_then": question.labels.get(point.then, point.then),
        "level": point.level.code,
        "level_then": point.level_then.code,
        "level_says": say(f"handout.level_{point.level_then.code}"),
        "top": point.top,
        "top_then": point.top_then,
        "top_says": "" if point.top_then is None else knowledge.causes[point.top_then].name,
    }


def finding_list(knowledge: Knowledge) -> list[Data]:
    """Return every finding that can be told or sensed."""
    return [question_data(question) for question in knowledge.findings.values()]


def cause_list(knowledge: Knowledge) -> list[Data]:
    """Return every cause that can be ranked, with its prior and the source of it."""
    return [
        {
            "id": cause.id,
            "name": cause.name,
            "plain": cause.plain,
            "site": cause.site,
            "urgent": cause.urgent,
            "self_care": cause.self_care,
            "icd10": cause.icd10,
            "prior": cause.prior.model_dump(mode="json"),
            "findings": sorted(cause.signs),
            "separates": cause.separates,
            "recovers": cause.recovers,
            "see_someone": cause.see_someone,
        }
        for cause in knowledge.causes.values()
    ]


def source_list(knowledge: Knowledge, ids: Iterable[str]) -> list[Data]:
    """Return the sources IDS: who says what."""
    return [{"id": each, **knowledge.sources[each].model_dump(mode="json")} for each in ids]


def grade_says(grade: Grade) -> str:
    """Return a GRADE of evidence in plain words."""
    return say(f"why.grade_{grade.value}")


def versions(knowledge: Knowledge) -> dict[str, str]:
    """Return the versions that an answer depends on."""
    return {"hipwise": version("hipwise"), "knowledge": knowledge.version}


def _second(ranking: Ranking) -> Data:
    """Return the second opinion: what it asks for, what it sees, and in what the two ways of reasoning differ."""
    second = ranking.triage.second
    pictures = second.pictures if ranking.causes else ()
    return {
        "level": second.level.code,
        "disagreement": ranking.disagreement,
        "pictures": [
            {"id": each.id, "name": each.name, "causes": list(each.causes), "met": each.met, "of": each.of}
            for each in pictures
        ],
    }


def _alarm(alarm: Raised) -> Data:
    return {
        "id": alarm.id,
        "level": alarm.level.code,
        "name": alarm.name,
        "because": alarm.because,
        "findings": list(alarm.findings),
        "suspects": list(alarm.suspects),
        "says": alarm.says,
        "sources": list(alarm.sources),
        "bone_stress": alarm.bone_stress,
    }


def _cause(ranked: Ranked, knowledge: Knowledge) -> Data:
    return {
        "id": ranked.id,
        "name": ranked.name,
        "probability": _share(ranked.probability),
        "low": _share(ranked.low),
        "high": _share(ranked.high),
        "likelihood_says": say(f"handout.{_likelihood(ranked.probability, knowledge)}"),
        "for": _reasons(ranked.speaks_for, knowledge),
        "against": _reasons(ranked.speaks_against, knowledge),
        "rest": [_reason(each, knowledge) for each in ranked.reasons if each.finding in {"prior", "overlap", "doubt"}],
        "not_asked": list(ranked.not_asked),
    }


def _likelihood(share: float, knowledge: Knowledge) -> str:
    """Return the word for a SHARE, because people read words before figures."""
    if share >= knowledge.number("ranking.more_likely_from").value:
        return "more_likely"
    return "possible" if share >= knowledge.number("ranking.possible_from").value else "less_likely"


def _reasons(reasons: Iterable[Reason], knowledge: Knowledge) -> list[Data]:
    """Return reasons as plain data, without those that weigh nothing."""
    return [found for reason in reasons if (found := _reason(reason, knowledge))["decibans"]]


def _reason(reason: Reason, knowledge: Knowledge) -> Data:
    question = knowledge.findings.get(reason.finding)
    return {
        "finding": reason.finding,
        "state": reason.state,
        "says": _words(reason, question),
        "decibans": round(reason.decibans, 2),
        "sources": list(reason.sources),
    }


def _words(reason: Reason, question: Question | None) -> str:
    if question is None:
        return say(f"handout.reason_{reason.finding}")
    if not reason.state:
        return question.question
    if reason.state in question.said:
        return question.said[reason.state]
    return say("handout.reason", question=question.question, answer=question.labels.get(reason.state, reason.state))


def _share(share: float) -> float:
    """Return a probability rounded, but neither nothing nor all: no interview gives a certainty."""
    least = 10.0**-DIGITS
    return round(min(1 - least, max(least, share)), DIGITS)
