"""A run against the advice: allowed where nothing alarms, and noted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hipwise.causes import Ranking
from hipwise.errors import HipwiseError
from hipwise.knowledge import Knowledge
from hipwise.model import Evidence
from hipwise.plan._course import course_of
from hipwise.plan._responses import responses, run_days
from hipwise.plan._today import run_stop_rules
from hipwise.plan._types import RunningNow, Today
from hipwise.texts import say

__all__ = ["borne", "overridden"]

NEVER = frozenset({"see_someone", "ask"})
"""At an alarm, and while it is not known whether there is one."""


def overridden(verdict: Today, reason: str, knowledge: Knowledge) -> Today:
    """Return VERDICT with the runner's REASON to run all the same; when to stop is told even so.

    Raises:
        HipwiseError: someone must look first, a question is open, the bone was hurt, the rule is final (fever, a limp,
            a broken night, pain at rest, a lock), or no reason is given.
    """
    final = any(rule.final for rule in knowledge.rehab.today if rule.id == verdict.rule)
    if final or verdict.verdict in NEVER or verdict.limits.bone:
        raise HipwiseError("override_refused", where=verdict.rule, reason=verdict.reason)
    if not reason.strip():
        raise HipwiseError("override_bare", where=verdict.rule)
    rules = verdict.stop_rules if verdict.verdict in {"run", "run_less"} else run_stop_rules(verdict.limits)
    notes = (*verdict.notes, say("today.override_noted"))
    return replace(verdict, override=reason.strip(), stop_rules=tuple(rules), notes=notes)


def borne(ranking: Ranking, evidence: Evidence, running: RunningNow, knowledge: Knowledge, on: date) -> dict[date, str]:
    """Return how each run up to the day ON was borne: green, hold, cut, red or unknown."""
    limits = course_of(ranking, evidence, knowledge, on).limits
    days = run_days(evidence, running.run_days, knowledge)
    return {each.day: each.of_class(limits, knowledge).value for each in responses(evidence, days, knowledge)}
