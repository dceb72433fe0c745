"""May I run today? The decision table, with its reasons, its ceiling, when to stop, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hipwise.causes import Ranking, Triage
from hipwise.knowledge import Knowledge, Level, TodayRule
from hipwise.model import Athlete, Evidence
from hipwise.plan._ceiling import Ceiling, ceiling, least
from hipwise.plan._gate import gate_asks
from hipwise.plan._morning import Asked, Morning, Scene, morning_of, scene_of
from hipwise.plan._refer import Grounds, refer, referral, unanswered, weightier
from hipwise.plan._rules import decide
from hipwise.plan._seen import Seen
from hipwise.plan._types import Bound, Input, Limits, NextCheck, Plan, Referral, RunningNow, Today
from hipwise.texts import say

__all__ = ["Decided", "answer", "decided", "run_stop_rules", "said", "today"]

ANSWERS = ("run", "run_less", "ask", "not_today", "see_someone")
"""From the least to the most careful."""

CHECK_AFTER_D = {"day": 1, "next_morning": 1}

NUMBERS = {
    "R6D": ("today.limp_free_d",),
    "R7": ("today.nights_refer", "today.nights_window_d"),
    "R10": (
        "progression.calm_days",
        "progression.red_back_stages",
        "progression.red_refer",
        "progression.red_window_d",
    ),
    "R12": ("progression.morning_rise", "progression.cut_back_stages"),
    "R13": ("today.rest_between_d", "today.run_days_most"),
    "R16": ("today.trend_rise", "today.cut_share"),
    "R18": ("load.spike_small_above",),
    "R19": ("today.short_nights_most", "today.soreness_high"),
}
"""The numbers behind a row, shown with their sources."""


def today(  # noqa: PLR0913 (what a clinician would ask for, and a ranking that was made of it before)
    athlete: Athlete,
    evidence: Evidence,
    running: RunningNow,
    plan: Plan | Referral | None,
    knowledge: Knowledge,
    on: date,
    *,
    planned_km: float | None = None,
    ranking: Ranking | None = None,
) -> Today:
    """Return what to do on the day ON. Works without a plan. RANKING: that of the same evidence, if it was made before.

    The urgency is judged anew from the evidence, never taken from PLAN; a stored referral holds on until the bone is
    cleared or a clinician was seen, and of the pain limits of then and now the lower ones count.
    """
    heed = plan.limits.profiles if isinstance(plan, Plan) else plan
    asked = Asked(athlete=athlete, evidence=evidence, running=running, agreed=heed, on=on, planned_km=planned_km)
    return answer(asked, knowledge, ranking)


def answer(asked: Asked, knowledge: Knowledge, ranking: Ranking | None = None) -> Today:
    """Return what to do on the day that was ASKED about; RANKING is that of the same evidence, if it is at hand."""
    return said(decided(asked, knowledge, ranking))


def decided(asked: Asked, knowledge: Knowledge, ranking: Ranking | None = None) -> Decided:
    """Return what the table decides, and from what; of several pains the most careful verdict counts.

    Of a pain beside this one only what was told of it counts, and the referrals for it (`Asked.elsewhere`): what nobody
    told of it asks for nothing. Where all may run, the run is no longer than any of them bears.
    """
    own = _decided(asked, knowledge, ranking)
    if not asked.beside:
        return own
    others = ((each.called, _decided(each, knowledge, None, asks=False)) for each in asked.beside)
    everyone = (("", own), *others)
    called, found = max(everyone, key=lambda each: each[1].careful)
    beside = tuple(each for each in everyone if each[1] is not found)
    return replace(found, called=called, beside=beside)


def _decided(asked: Asked, knowledge: Knowledge, ranking: Ranking | None, *, asks: bool = True) -> Decided:
    scene = scene_of(asked, knowledge, ranking)
    now = refer(scene.ranking, asked.athlete, knowledge)
    kept = asked.agreed if isinstance(asked.agreed, Referral) else None
    left = None if kept is None else unanswered(kept, scene.ranking, scene.evidence, knowledge, scene.on)
    stands = weightier(weightier(now, left), asked.elsewhere)
    morning = morning_of(
        scene,
        suspect_bone=stands is not None and stands.bone_stress,
        referred=now is None and stands is not None and not stands.bone_stress,
        planned_km=asked.planned_km,
    )
    rule, outcome = decide(morning, knowledge, asks=asks)
    return Decided(scene, morning, rule, outcome, stands)


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided, and from what; STANDS is the referral that holds, if there is one.

    CALLED names another pain than the one that is looked at, where that one decided. BESIDE is what was decided for the
    pains beside it, each with its name; where this one may run they all may, for it is the most careful.
    """

    scene: Scene
    morning: Morning
    rule: TodayRule
    outcome: str
    stands: Referral | None
    called: str = ""
    beside: tuple[tuple[str, Decided], ...] = ()

    @property
    def alone(self) -> Ceiling:
        """How far a run may go at most by this pain alone; none where none is offered."""
        return ceiling(self.scene, self.outcome) if self.offers == "run" else Ceiling()

    @property
    def ceiling(self) -> Ceiling:
        """How far a run may go at most: no further than any pain bears."""
        return self.alone if self.offers != "run" else self.with_all(each for _, each in self.beside)

    def with_all(self, others: Iterable[Decided]) -> Ceiling:
        """Return how far a run may go at most where OTHERS bear it too."""
        return least([self.alone, *(each.alone for each in others)], self.scene)

    @property
    def limits(self) -> Limits:
        """How much pain a run may cause: as little as the one of all pains that bears least."""
        every = [self, *(each for _, each in self.beside)]
        return min((each.scene.course.limits for each in every), key=lambda each: (not each.bone, each.hi))

    @property
    def careful(self) -> tuple[int, bool, bool]:
        """How careful the verdict is: its place in `ANSWERS`, whether it is final, whether it bars even a walk."""
        return ANSWERS.index(self.answer), self.rule.final, self.offers != "walk"

    @property
    def knowledge(self) -> Knowledge:
        """What was judged by."""
        return self.scene.knowledge

    @property
    def offers(self) -> str:
        """What may be offered at most."""
        return self.knowledge.rehab.outcomes[self.outcome].offers

    @property
    def answer(self) -> str:
        """One of the five verdicts."""
        return self.knowledge.rehab.outcomes[self.outcome].verdict.value

    def number(self, name: str) -> float:
        """Return a parameter."""
        return self.knowledge.number(name).value


def said(verdict: Decided) -> Today:
    """Return a decision in words."""
    rule, scene = verdict.rule, verdict.scene
    far = verdict.ceiling
    seen = Seen(scene.evidence, scene.knowledge, scene.on)
    referred = _referral(verdict)
    bounds = tuple(_bounds(verdict, far))
    return Today(
        on=scene.on,
        rule=rule.id,
        outcome=verdict.outcome,
        verdict=verdict.answer,
        colour=rule.outcomes[verdict.outcome],
        headline=say(f"today.{scene.knowledge.rehab.outcomes[verdict.outcome].headline}"),
        reason=_worded(rule.reason, verdict),
        inputs=tuple(_inputs(verdict, seen)),
        limits=verdict.limits,
        ceiling_km=far.km,
        ceiling_min=far.minutes,
        ceiling_says=far.says or say("today.no_ceiling"),
        walk_min=verdict.number("today.walk_only_min") if verdict.offers == "walk" else None,
        session=far.session,
        stop_rules=tuple(_stop_rules(verdict, far)),
        notes=tuple(_notes(verdict, far)),
        next_check=_next_check(verdict),
        would_change=(_worded(rule.change, verdict),),
        asks=_asks(verdict, seen),
        referral=referred,
        bounds=bounds,
        sources=_sources(verdict, referred, bounds),
    )


def _worded(text: str, verdict: Decided) -> str:
    """Return a sentence of the table with the numbers that it may need."""
    limits = verdict.scene.course.limits
    need = verdict.number("progression.calm_days_bone" if limits.bone else "progression.calm_days")
    return say(
        text,
        lo=limits.lo,
        hi=limits.hi,
        days=int(need),
        calm=verdict.morning.calm_days,
        rise=int(verdict.number("progression.morning_rise")),
        most=int(verdict.number("today.run_days_most")),
        walk=int(verdict.number("today.walk_only_min")),
    )


def _referral(verdict: Decided) -> Referral | None:
    """Return whom to see: the referral that stands, or the one that the row itself asks for."""
    if verdict.outcome not in {"STOP_URGENT", "STOP_REFER"}:
        return None
    if verdict.stands is not None:
        return replace(verdict.stands, on=verdict.stands.on or verdict.scene.on)
    bone = verdict.scene.course.limits.bone
    grounds = Grounds(
        level=Level.WITHIN_DAYS,
        bone=bone,
        about_bone=bone,
        because=(_worded(verdict.rule.reason, verdict),),
        codes=(verdict.rule.id,),
        sources=verdict.rule.sources,
    )
    return replace(referral(grounds, verdict.scene.athlete, verdict.knowledge), on=verdict.scene.on)


def _inputs(verdict: Decided, seen: Seen) -> Iterator[Input]:
    """Return what the row looked at."""
    for name in verdict.rule.inputs:
        if name == "alarms":
            codes = () if verdict.stands is None else verdict.stands.codes
            yield Input(name, say("today.listed", names=", ".join(codes)) if codes else say("today.none"), None)
        elif name == "age":
            age_y = verdict.scene.athlete.age_y(verdict.scene.on)
            yield Input(name, say("today.not_known") if age_y is None else str(age_y), None)
        elif name == "runs":
            yield from _run_inputs(verdict)
        else:
            found = seen.finding(name)
            yield Input(name, say("today.not_known") if found is None else found.state, found.on if found else None)


def _run_inputs(verdict: Decided) -> Iterator[Input]:
    running = verdict.scene.running
    last = running.run_days[-1] if running.run_days else None
    yield Input("last_run", say("today.not_known") if last is None else last.isoformat(), last)
    yield Input("run_days_in_row", str(verdict.morning.run_days_in_row), None)
    for name, value in (("longest_30d_km", running.longest_30d_km), ("planned_km", verdict.morning.planned_km)):
        yield Input(name, say("today.not_known") if value is None else say("today.km", km=value), None)


def run_stop_rules(limits: Limits) -> Iterator[str]:
    """Yield when to stop a run."""
    yield say("today.start_walking")
    yield say("today.stop_bone" if limits.bone else "today.stop_pain", hi=limits.hi)
    yield say("today.stop_signs")


def _stop_rules(verdict: Decided, far: Ceiling) -> Iterator[str]:
    if verdict.offers == "run":
        yield from run_stop_rules(verdict.limits)
        if far.session is not None and far.session.stage <= verdict.number("today.lap_stage"):
            yield say("today.stay_near", km=int(verdict.number("today.lap_km")))
    elif verdict.offers == "walk":
        yield say("today.stop_walk", lo=verdict.scene.course.limits.lo)


def _notes(verdict: Decided, far: Ceiling) -> Iterator[str]:
    yield from (say("today.other_pain", pain=each) for each in _others(verdict))
    limits, last = verdict.scene.course.limits, verdict.morning.last
    if verdict.offers == "run" and last is not None and limits.lo < limits.hi == last.during:
        yield say("today.at_limit")
    if far.session is not None:
        yield say("today.ladder", stage=far.session.stage, says=far.session.says)
    if verdict.offers == "pain_free_movement":
        yield say("today.other_movement")
    if verdict.stands is None and _is_routine(verdict.scene.ranking.triage):
        yield say("plan.routine")


def _is_routine(triage: Triage) -> bool:
    """Return whether something speaks for a visit within weeks, beside what was not asked yet."""
    found = triage.alarms or triage.more_careful or triage.contradictions
    return triage.level is Level.ROUTINE and bool(found or not triage.missing)


def _others(verdict: Decided) -> Iterator[str]:
    """Yield how each pain beside this one is called that decided, or that makes the run a shorter one."""
    if verdict.called:
        yield verdict.called
    elif verdict.offers == "run":
        yield from (called for called, each in verdict.beside if verdict.with_all([each]) != verdict.alone)


def _next_check(verdict: Decided) -> NextCheck:
    kind = verdict.rule.next_check
    on = None if kind == "after_visit" else verdict.scene.on + timedelta(CHECK_AFTER_D.get(kind, 0))
    return NextCheck(kind, on, say(f"today.next_{kind}"))


def _asks(verdict: Decided, seen: Seen) -> tuple[str, ...]:
    """Return the findings to ask for now."""
    if verdict.rule.id == "R0":
        return verdict.morning.missing
    if verdict.rule.id == "R14":
        return gate_asks(seen)
    if verdict.outcome == "ASK":
        return tuple(name for name in verdict.rule.inputs if seen.state(name) is None) or verdict.rule.inputs
    return ()


def _bounds(verdict: Decided, far: Ceiling) -> Iterator[Bound]:
    """Return the numbers that were used or are shown, each with its source."""
    profiles = [verdict.knowledge.rehab.profiles[name] for name in verdict.limits.profiles]
    numbers = [number for profile in profiles for number in (profile.lo, profile.hi)]
    named = [*NUMBERS.get(verdict.rule.id, ())]
    named += ["load.spike_small_above"] * (far.km is not None)
    named += ["today.walk_only_min"] * (verdict.offers == "walk")
    numbers += [verdict.knowledge.number(name) for name in dict.fromkeys(named)]
    yield from (Bound(number.value, number.unit, number.source, number.grade.value) for number in numbers)


def _sources(verdict: Decided, referred: Referral | None, bounds: tuple[Bound, ...]) -> tuple[str, ...]:
    found = [*verdict.rule.sources, *(() if referred is None else referred.sources), *(each.source for each in bounds)]
    return tuple(dict.fromkeys(found))
