"""Situations and what must come out: cases that a clinician can read, run against the knowledge base."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from hipwise.causes._rank import weighed
from hipwise.causes._triage import situation, triage
from hipwise.errors import BadKnowledge
from hipwise.knowledge import Knowledge, KnowledgeFault, Level, read_cases
from hipwise.model import Athlete, Evidence, Finding
from hipwise.texts import say

__all__ = ["check_cases"]

ON = date(2030, 5, 6)
"""Any day: a case tells everything on one day."""


def check_cases(root: Path) -> list[KnowledgeFault]:
    """Return the cases below ROOT/cases that do not come out as they expect; none where ROOT itself has faults.

    A case is `{athlete: {age, sex}, told: {finding: state}, expect: {...}}`; `expect` may have `top` (one of these
    causes is likeliest, weighed without the alarms), `level` (exactly), `at_least` (a level), `alarms` (these stand).
    """
    try:
        knowledge = Knowledge.load(root)
    except BadKnowledge:
        return []
    return [
        KnowledgeFault(file, line, what)
        for file, line, name, case in read_cases(root)
        for what in _problems(name, case, knowledge)
    ]


def _problems(name: str, case: dict[str, Any], knowledge: Knowledge) -> Iterator[str]:
    known = case.get("athlete") or {}
    athlete = Athlete.of_age(known.get("age"), known.get("sex"), ON)
    told = case.get("told") or {}
    strangers = [each for each in told if each not in knowledge.findings]
    if strangers:
        yield say("causes.case_stranger", case=name, findings=", ".join(strangers))
        return
    evidence = Evidence.of(Finding(finding, state, ON) for finding, state in told.items())
    expect = case.get("expect") or {}
    urgency = triage(athlete, evidence, knowledge, ON)
    if "level" in expect and urgency.level is not Level.of(expect["level"]):
        yield say("causes.case_level", case=name, expected=expect["level"], level=urgency.level.code)
    if "at_least" in expect and urgency.level < Level.of(expect["at_least"]):
        yield say("causes.case_at_least", case=name, expected=expect["at_least"], level=urgency.level.code)
    silent = sorted(set(expect.get("alarms", ())) - {alarm.id for alarm in urgency.alarms})
    if silent:
        yield say("causes.case_alarms", case=name, alarms=", ".join(silent))
    if "top" in expect:
        yield from _top_problems(name, expect["top"], athlete, evidence, knowledge)


def _top_problems(
    name: str, expected: str | list[str], athlete: Athlete, evidence: Evidence, knowledge: Knowledge
) -> Iterator[str]:
    top = next(iter(weighed(situation(athlete, evidence, knowledge, ON), knowledge)))
    wanted = [expected] if isinstance(expected, str) else expected
    if top not in wanted:
        yield say("causes.case_top", case=name, expected=", ".join(wanted), top=top)
