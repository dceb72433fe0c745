"""The smallest changes that would alter a verdict; each is tried out before it is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from hipwise.knowledge import Knowledge
from hipwise.model import Evidence, Finding
from hipwise.plan._morning import Asked
from hipwise.plan._rules import decide
from hipwise.plan._today import Decided, decided, said
from hipwise.plan._types import Flip, Today
from hipwise.texts import say

__all__ = ["PLANNED", "applied", "argued", "would_change"]

PLANNED = "planned_km"
"""Not a finding, but what the runner has in mind."""

MOST = 3
"""No more changes than this are told."""

TOGETHER = 2
"""Of two things that must change at once it is still plain what to do; of more it is not."""

ORIGIN = "what if"


@dataclass(frozen=True, slots=True)
class _Change:
    """Finding (or PLANNED) in another STATE, and the parts of the morning that would follow from it."""

    name: str
    state: str
    parts: dict[str, Any]


def would_change(asked: Asked, verdict: Decided) -> tuple[Flip, ...]:
    """Return the smallest changes of today's answers that would give another verdict, the single ones first.

    An alarm and a referral have none: only being seen changes them, and no answer is suggested that would lift them.
    Nor has another pain that decided. Each change was applied to what was ASKED, and the whole question answered anew.
    """
    if verdict.stands is not None or verdict.called or verdict.answer == "see_someone":
        return ()
    changes = list(_changes(verdict))
    for count in range(1, TOGETHER + 1):
        likely = [group for group in combinations(changes, count) if _flips_the_table(verdict, group)]
        found = [flip for group in likely[:MOST] if (flip := _tried(asked, verdict, group)) is not None]
        if found:
            return tuple(found)
    return ()


def argued(asked: Asked, knowledge: Knowledge, verdict: Decided | None = None) -> Today:
    """Return the verdict of the day that was ASKED about, with what would change it; VERDICT if it is at hand."""
    verdict = verdict or decided(asked, knowledge)
    found, flips = said(verdict), would_change(asked, verdict)
    return replace(found, flips=flips, would_change=(*found.would_change, *(flip.says for flip in flips)))


def applied(asked: Asked, tell: tuple[tuple[str, str], ...]) -> Asked:
    """Return the question with each finding of TELL told on that day (and PLANNED as the run in mind)."""
    told = Evidence.of(Finding(name, state, asked.on, ORIGIN) for name, state in tell if name != PLANNED)
    planned = [float(state) for name, state in tell if name == PLANNED]
    return replace(asked, evidence=asked.evidence | told, planned_km=planned[-1] if planned else asked.planned_km)


def _flips_the_table(verdict: Decided, group: tuple[_Change, ...]) -> bool:
    """Whether the table alone would say something else; quick, and not yet the whole truth."""
    parts = [change.parts for change in group]
    last = {name: value for part in parts for name, value in part.get("last", {}).items()}
    morning = replace(verdict.morning, **{name: part[name] for part in parts for name in part if name != "last"})
    if last and morning.last is not None:
        morning = replace(morning, last=replace(morning.last, **last))
    _, outcome = decide(morning, verdict.knowledge)
    return verdict.knowledge.rehab.outcomes[outcome].verdict.value != verdict.answer


def _tried(asked: Asked, verdict: Decided, group: tuple[_Change, ...]) -> Flip | None:
    """Return the change as told, if the whole question answered anew gives another verdict."""
    tell = tuple((change.name, change.state) for change in group)
    other = decided(applied(asked, tell), verdict.knowledge)
    if other.answer == verdict.answer:
        return None
    return Flip(tell, other.answer, other.rule.id, _in_words(tell, other))


def _in_words(tell: tuple[tuple[str, str], ...], other: Decided) -> str:
    said = [_said(name, state, other.knowledge) for name, state in tell]
    what = said[0] if len(said) == 1 else say("today.flip_join", one=said[0], other=said[1])
    return say("today.flip", what=what, verdict=say(f"today.answer_{other.answer}"))


def _said(name: str, state: str, knowledge: Knowledge) -> str:
    if name == PLANNED:
        return say("today.flip_planned", km=float(state))
    question = knowledge.findings[name]
    return say("today.flip_state", name=question.question, label=question.labels.get(state, state))


def _changes(verdict: Decided) -> Iterator[_Change]:
    """Yield the changes that are worth a try: of the scores, of the ticks, of the last run, of the run in mind."""
    if verdict.morning.missing:
        return
    yield from _shorter(verdict)
    yield from _worse(verdict) if verdict.offers == "run" else _better(verdict)


def _worse(verdict: Decided) -> Iterator[_Change]:
    low = verdict.morning.limits.lo + 1
    yield _Change("limp", "yes", {"limp": True})
    yield _Change("walk_pain_score", str(low), {"walk": low})
    yield _Change("rest_pain_score", str(low), {"rest": low})


def _better(verdict: Decided) -> Iterator[_Change]:
    morning, limits = verdict.morning, verdict.morning.limits
    for name, part in (("walk_pain_score", "walk"), ("rest_pain_score", "rest")):
        score = getattr(morning, part)
        if score is not None and score > limits.lo:
            yield _Change(name, str(limits.lo), {part: limits.lo})
    if morning.limp:
        yield _Change("limp", "no", {"limp": False})
    if morning.woken:
        yield _Change("woken_by_hip", "no", {"woken": False})
    if morning.medicated:
        yield _Change("painkiller", "none", {"medicated": False})
    if morning.landing_hurts:
        yield _Change("hop_hurts", "no", {"landing_hurts": False})
    yield from _gate(verdict)
    yield from _last_run(verdict)


def _gate(verdict: Decided) -> Iterator[_Change]:
    if not verdict.morning.gate_passed:
        yield _Change("gate_walk_30", "yes", {"gate_passed": True})
        yield _Change("gate_calm_days", "yes", {"gate_passed": True})


def _last_run(verdict: Decided) -> Iterator[_Change]:
    morning, last = verdict.morning, verdict.morning.last
    if last is None:
        return
    calm = str(min(last.usual, verdict.morning.limits.lo))
    if last.during is None:
        yield _Change("run_pain_score", calm, {"last": {"during": int(calm)}})
    if last.morning is None or (morning.morning or 0) > last.usual:
        yield _Change("morning_pain_score", calm, {"morning": int(calm), "last": {"morning": int(calm)}})


def _shorter(verdict: Decided) -> Iterator[_Change]:
    morning = verdict.morning
    if morning.planned_km is not None and morning.ceiling_km is not None and morning.planned_km > morning.ceiling_km:
        yield _Change(PLANNED, f"{morning.ceiling_km:.3f}", {"planned_km": morning.ceiling_km})
