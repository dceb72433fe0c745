"""The why drawers of the hip: how likely a cause is, and the numbers of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from hipwise.causes import Ranked, Ranking, Reason
from hipwise.handout._drawer import cited, drawer, given, numbered, of_bounds
from hipwise.handout._plan import percent
from hipwise.knowledge import Knowledge
from hipwise.model import Evidence
from hipwise.plan import Limits, Plan, dose_in_words
from hipwise.texts import say

__all__ = ["why_cause", "why_exercise", "why_limits", "why_plan"]

Data = dict[str, Any]

OF_ALL = ("ranking.none_listed", "ranking.answer_weight", "ranking.misled", "ranking.coverage")
"""Parameters that every probability stands on."""

OF_THE_REST = ("ranking.none_listed", "ranking.misled")
MOST_ASKED, MOST_REASONS = 5, 12


def why_cause(name: str, ranking: Ranking, evidence: Evidence, knowledge: Knowledge) -> Data | None:
    """Return the drawer of a probability; None for a cause that is not in the RANKING."""
    if name == "something_else" and ranking.causes:
        value = say("why.percent", percent=percent(ranking.something_else))
        evident = of_bounds(OF_THE_REST, knowledge)
        return drawer(say("why.else_title"), value, say("why.else_what"), knowledge, evidence=evident)
    ranked = next((each for each in ranking.causes if each.id == name), None)
    return None if ranked is None else _cause(ranked, ranking, evidence, knowledge)


def _cause(ranked: Ranked, ranking: Ranking, evidence: Evidence, knowledge: Knowledge) -> Data:
    prior = knowledge.causes[ranked.id].prior
    span = {"low": percent(ranked.low), "high": percent(ranked.high)}
    coverage = knowledge.number("ranking.coverage").value
    heard = sorted((*ranked.speaks_for, *ranked.speaks_against), key=lambda each: -abs(each.decibans))
    others = [say("why.cause_differs", says=ranking.disagreement)] if ranking.disagreement else []
    return drawer(
        ranked.name,
        say("why.share", percent=percent(ranked.probability), **span),
        say("why.cause_what"),
        knowledge,
        rule=(say("why.cause_rule", prior=percent(prior.value)), say("why.cause_weight")),
        come_from=[
            *(_reason(each, evidence, knowledge) for each in heard[:MOST_REASONS]),
            *(given(say("why.more_answers", count=left), "") for left in [len(heard) - MOST_REASONS] if left > 0),
        ],
        sure=(say("why.cause_sure", coverage=percent(coverage), **span), *others, *map(say, ranking.not_looked_at)),
        evidence=[*numbered([prior]), *of_bounds(OF_ALL, knowledge)],
        sources=[source for each in ranked.reasons for source in each.sources],
        would_change=[knowledge.findings[each].question for each in ranked.not_asked if each in knowledge.findings][
            :MOST_ASKED
        ],
    )


def _reason(reason: Reason, evidence: Evidence, knowledge: Knowledge) -> Data:
    question = knowledge.findings.get(reason.finding)
    note = say("why.for" if reason.decibans > 0 else "why.against", decibans=abs(reason.decibans))
    if question is None:
        return given(say(f"handout.reason_{reason.finding}"), "", None, note)
    told = evidence.latest().get(reason.finding)
    answer = question.labels.get(reason.state, reason.state)
    return given(question.question, answer, None if told is None else told.on, note)


def why_plan(name: str, plan: Plan, knowledge: Knowledge) -> Data | None:
    """Return the drawer of a number of a PLAN: stage, weeks, limits, or run; None for any other."""
    made = {"stage": _stage, "weeks": _weeks, "limits": _limits, "run": _run}.get(name)
    return None if made is None else made(plan, knowledge)


def _stage(plan: Plan, knowledge: Knowledge) -> Data:
    stage = plan.stage
    protocols = [knowledge.rehab.protocols[each] for each in plan.protocols if each in knowledge.rehab.protocols]
    stages = [each for protocol in protocols for each in protocol.stages if each.id == stage.id]
    return drawer(
        say("why.stage_title"),
        say("why.stage", number=stage.number, count=stage.count),
        say("why.stage_what"),
        knowledge,
        rule=(
            say("why.stage_enter", says=stage.enter),
            say("why.stage_leave", says=stage.leave),
            say("why.stage_days", count=stage.least_days),
        ),
        come_from=_possible(plan),
        sure=[each.evidence for each in protocols],
        evidence=cited(*stages),
        sources=[stage.source, *(source for each in protocols for source in each.sources)],
    )


def _weeks(plan: Plan, knowledge: Knowledge) -> Data:
    protocols = [knowledge.rehab.protocols[each] for each in plan.protocols if each in knowledge.rehab.protocols]
    return drawer(
        say("why.weeks_title"),
        say("why.weeks", low=plan.weeks.low, high=plan.weeks.high),
        say("why.weeks_what"),
        knowledge,
        come_from=_possible(plan),
        evidence=numbered(each.weeks for each in protocols),
        sources=[plan.weeks.source],
    )


def _limits(plan: Plan, knowledge: Knowledge) -> Data:
    return why_limits(plan.limits, knowledge, _possible(plan))


def why_limits(limits: Limits, knowledge: Knowledge, come_from: Iterable[Data] = ()) -> Data:
    """Return the drawer of how much pain is allowed."""
    profiles = [knowledge.rehab.profiles[each] for each in limits.profiles]
    return drawer(
        say("why.limits_title"),
        say("why.limits_bone") if limits.bone else say("why.limits", lo=limits.lo, hi=limits.hi),
        say("why.limits_what"),
        knowledge,
        rule=[say("why.limits_of", name=each.name) for each in profiles],
        come_from=come_from,
        evidence=numbered(number for each in profiles for number in (each.lo, each.hi)),
        sources=limits.sources,
    )


def _run(plan: Plan, knowledge: Knowledge) -> Data | None:
    run, ladder = plan.run, knowledge.rehab.ladder
    if run.session is None:
        return None
    passed = say("why.passes", passes=run.passes, needed=run.session.passes)
    return drawer(
        say("why.run_step_title"),
        run.session.says,
        say("why.run_step_what"),
        knowledge,
        rule=(say("why.ladder_rule", stage=run.session.stage), *run.says),
        come_from=[given(say("why.calm_runs"), passed)],
        evidence=cited(ladder),
        sources=[*run.sources, *ladder.sources],
    )


def why_exercise(name: str, plan: Plan | None, knowledge: Knowledge) -> Data | None:
    """Return the drawer of the dose of an exercise: that of the PLAN where it is in it, else the usual one."""
    planned = None if plan is None else next((each for each in plan.exercises if each.id == name), None)
    known = knowledge.rehab.exercises.get(name)
    if known is None:
        return None
    return drawer(
        known.name,
        dose_in_words(known) if planned is None else planned.dose,
        say("why.dose_what"),
        knowledge,
        rule=(say("why.dose_more", says=known.progress_when), say("why.dose_stop", says=known.stop_when)),
        come_from=() if plan is None or planned is None else _possible(plan),
        sure=(say("why.dose_for", says=known.why),),
        evidence=cited(known.dose),
        sources=known.sources,
    )


def _possible(plan: Plan) -> Iterator[Data]:
    """Return what the plan was made for."""
    for each in plan.causes:
        yield given(each.name, say("why.share", percent=percent(each.probability), **_span(each)), plan.on)


def _span(each: Any) -> dict[str, int]:
    return {"low": percent(each.low), "high": percent(each.high)}
