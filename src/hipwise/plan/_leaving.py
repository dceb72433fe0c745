"""The stages of a plan one by one, and what leaving the present one still takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from hipwise.knowledge import Compare, Fact, Knowledge, Protocol, Stage, Told
from hipwise.model import Evidence
from hipwise.plan._course import Standing, fresh, holds, is_enough, standing_in
from hipwise.plan._row import Same
from hipwise.plan._types import Plan
from hipwise.texts import say

__all__ = ["Need", "StageLine", "stages_of"]


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that leaving a stage takes: what, how it stands NOW, both in words, and whether it is MET."""

    says: str
    now: str
    met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StageLine:
    """One stage: its NUMBER and NAME, how it is entered and left, whether it is past, now or ahead.

    NEEDS are of the present one alone; none where it has no end that a check-in could tell.
    """

    number: int
    name: str
    enter: str
    leave: str
    stands: Literal["past", "now", "ahead"]
    needs: tuple[Need, ...]


def stages_of(plan: Plan, evidence: Evidence, knowledge: Knowledge, on: date) -> tuple[StageLine, ...]:
    """Return the stages of a PLAN; what the present one needs is read from the EVIDENCE up to the day ON.

    Of several protocols the needs are those of the one that stands earliest, which holds the others back.
    """
    protocols = [knowledge.rehab.protocols[name] for name in plan.protocols if name in knowledge.rehab.protocols]
    if not protocols or plan.missing:
        return ()
    at = {each.id: standing_in(each, plan.limits, evidence, knowledge, on) for each in protocols}
    latest = min(protocols, key=lambda each: at[each.id].place)
    needs = tuple(_needs(latest, at[latest.id], plan.stage.number - 1, knowledge, on))
    return tuple(_line(each, plan.stage.number, needs) for each in protocols[0].stages)


def _line(stage: Stage, now: int, needs: tuple[Need, ...]) -> StageLine:
    number = stage.id.place + 1
    return StageLine(
        number=number,
        name=say(f"plan.stage_{stage.id.value}"),
        enter=stage.enter,
        leave=stage.leave,
        stands="now" if number == now else "past" if number < now else "ahead",
        needs=needs if number == now else (),
    )


def _needs(protocol: Protocol, at: Standing, place: int, knowledge: Knowledge, on: date) -> Iterator[Need]:
    """Yield the parts of the exit rule, the checks and the days. All are met where the check-ins have gone further."""
    stage = [each for each in protocol.stages if each.id.place <= place][-1]
    if stage.leave_when is None:
        return
    told = frozenset(fresh(at.latest.values(), knowledge, on))
    gone, here = at.place > place, at.place == place
    for leaf in stage.leave_when.leaves():
        yield _part(leaf, told, knowledge, gone=gone)
    count, days = len(at.held) if here else 0, (on - (at.entered or on)).days if here else 0
    checks = knowledge.number("progression.stage_checks").value
    apart = knowledge.number("progression.stage_checks_apart_d").value
    yield Need(
        say("plan.need_checks", checks=checks, apart=apart),
        "" if gone else say("plan.need_checks_now", count=count),
        gone or (here and is_enough(at.held, knowledge)),
    )
    yield Need(
        say("plan.need_days", least=stage.least_days),
        "" if gone else say("plan.need_days_now", days=days),
        gone or (here and timedelta(days) >= timedelta(stage.least_days)),
    )


def _part(leaf: Told | Compare | Fact, told: frozenset[tuple[str, str]], knowledge: Knowledge, *, gone: bool) -> Need:
    """Return one part of an exit rule as a statement, or as the question that it is told by and the answer it wants."""
    assert not isinstance(leaf, Fact)  # noqa: S101 (an exit rule speaks of answers; a test of the data holds it)
    name = leaf.subject if isinstance(leaf, Compare) else leaf.finding
    question = knowledge.findings[name]
    if isinstance(leaf, Compare):
        wanted = say("plan.need_most", name=question.named, value=leaf.value)
    else:
        wanted = " ".join(question.said[state] for state in question.states if state in leaf.states)
    state = dict(told).get(name)
    shown = state if isinstance(leaf, Compare) else question.labels.get(state or "")
    now = say("plan.need_not_told") if state is None else say("plan.need_now", answer=shown)
    return Need(wanted, "" if gone else now, gone or holds(Same(leaf), told, knowledge))
