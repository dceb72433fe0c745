"""What may be the matter, how much pain is allowed, and at which stage rehab stands."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache

from hipwise.causes import Ranked, Ranking, changed_at
from hipwise.knowledge import (
    Advice,
    Condition,
    Exercise,
    Kind,
    Knowledge,
    Phase,
    Profile,
    Protocol,
    RunMode,
    Situation,
    Stage,
    names_in,
)
from hipwise.model import Evidence, Finding
from hipwise.plan._refer import OWN_WORDS, SEEN_BY
from hipwise.plan._row import Same
from hipwise.plan._seen import PASTS_KEPT, trusted
from hipwise.plan._types import Limits

__all__ = ["Course", "Standing", "course_of", "fresh", "holds", "is_enough", "limits_of", "stage_of", "standing_in"]

BONE = "bone_stress"
NOT_SURE = "nonspecific"
BONE_PROFILE = "bone"
CLEARANCE = "cleared_bone"

KEPT = 1024
"""Answers remembered with what an exit rule says to them."""


@dataclass(frozen=True, slots=True)
class Course:
    """The likely causes, their protocols (the likeliest first), the most careful limits and the earliest stage.

    CLEARED_ON is the day of a clinician's clearance that is in force.
    """

    causes: tuple[Ranked, ...]
    protocols: tuple[Protocol, ...]
    limits: Limits
    phase: Phase
    cleared_on: date | None

    @property
    def problems(self) -> frozenset[str]:
        """The ids of causes and protocols that an exercise may not harm."""
        return frozenset(each.id for each in self.causes) | {each.id for each in self.protocols}

    def keeps_from(self, thing: Exercise | Advice, *, impact: bool = False) -> bool:
        """Return whether a likely problem is kept from what a THING presses, stretches or lands on."""
        strains = {"presses": thing.presses, "stretches": thing.stretches}
        return any(each.keeps_from(self.phase, **strains, impact=impact) for each in self.protocols)

    @property
    def waits(self) -> bool:
        """Whether a clinician must look first: for a likely problem that may not be loaded before."""
        return any(each.needs_clinician and self.stage(each).run is RunMode.NONE for each in self.protocols)

    def exercise_days(self, knowledge: Knowledge) -> tuple[int, int]:
        """Return on how many days a week the exercises stand, from and to: as many as all protocols bear."""
        spans = [self.stage(each).days for each in self.protocols]
        most = int(knowledge.number(f"progression.strength_days_{self.phase.value}").value)
        high = min(most, *(span[1] for span in spans))
        return min(high, max(span[0] for span in spans)), high

    def stage(self, protocol: Protocol) -> Stage:
        """Return the stage of a protocol that goes with the phase: the last one that is not ahead of it."""
        return [each for each in protocol.stages if each.id.place <= self.phase.place][-1]


def course_of(
    ranking: Ranking, evidence: Evidence, knowledge: Knowledge, on: date, also: tuple[str, ...] = ()
) -> Course:
    """Return the course that RANKING and the check-ins up to the day ON ask for; ALSO names pain profiles to heed."""
    causes = tuple(_likely(ranking, knowledge))
    seen = _was_seen(evidence.until(on), knowledge, on)
    protocols = _protocols(causes, knowledge, cleared=ranking.triage.cleared, seen=seen)
    profiles = [*(each.profile for each in protocols), *(knowledge.causes[each.id].profile for each in causes)]
    known = tuple(name for name in also if name in knowledge.rehab.profiles)
    limits = limits_of(tuple(dict.fromkeys((*profiles, *known))), knowledge)
    phases = [stage_of(protocol, limits, evidence, knowledge, on) for protocol in protocols]
    clearances = evidence.until(on).history(CLEARANCE)
    return Course(
        causes=causes,
        protocols=protocols,
        limits=limits,
        phase=min(phases, key=lambda phase: phase.place),
        cleared_on=clearances[-1].on if ranking.triage.cleared else None,
    )


def _was_seen(known: Evidence, knowledge: Knowledge, on: date) -> bool:
    """Whether a clinician has looked at this pain since it last changed, within the time that a look holds.

    A text in own words may speak of another time, and tells of no look.
    """
    said = [each for each in known.history(SEEN_BY) if each.is_known]
    told = [each for each in said if each.origin != OWN_WORDS or each.state != "yes"]
    if not told or told[-1].state != "yes":
        return False
    last = told[-1]
    holds_d = knowledge.number("progression.visit_holds_d").value
    that_day = enumerate(known.between(last.on, last.on), known.begin_of(last.on))
    place = max(place for place, each in that_day if each == last)
    return (on - last.on).days <= holds_d and place >= changed_at(known, knowledge)


def _likely(ranking: Ranking, knowledge: Knowledge) -> Iterator[Ranked]:
    share = knowledge.number("progression.likely_share").value
    most = int(knowledge.number("progression.likely_most").value)
    top = ranking.top(most)
    yield from (each for each in top if each.probability >= share)
    yield from (each for each in ranking.causes if each.probability < share <= ranking.careful(each))


def _protocols(causes: tuple[Ranked, ...], knowledge: Knowledge, *, cleared: bool, seen: bool) -> tuple[Protocol, ...]:
    """Return the protocols of the likely causes: bone first after a clearance, the unspecific one if none is likely.

    What a clinician must see first gets a calm stage only, until one has SEEN the hip. A clearance is of bone alone.
    """
    names = [BONE] if cleared else []
    for each in causes:
        cause = knowledge.causes[each.id]
        is_cleared = cleared and cause.profile == BONE_PROFILE
        names += [BONE if is_cleared else knowledge.rehab.protocol_of(cause, seen=seen).id]
    return tuple(knowledge.rehab.protocols[name] for name in dict.fromkeys(names or [NOT_SURE]))


def limits_of(profiles: tuple[str, ...], knowledge: Knowledge) -> Limits:
    """Return the most careful limits of several pain profiles."""
    found: list[Profile] = [knowledge.rehab.profiles[name] for name in profiles]
    low = min(found, key=lambda each: each.lo.value).lo
    high = min(found, key=lambda each: each.hi.value).hi
    sources = tuple(dict.fromkeys((low.source, high.source)))
    return Limits(profiles, int(low.value), int(high.value), BONE_PROFILE in profiles, sources)


def stage_of(protocol: Protocol, limits: Limits, evidence: Evidence, knowledge: Knowledge, on: date) -> Phase:
    """Return the stage of a protocol on the day ON, from the check-ins alone.

    A stage is left when its exit rule holds on enough checks that lie days apart, and its least days are over. A score
    that is missing or was hidden by a painkiller fulfils nothing. Pain on walking above the limit or a limp leads back.
    """
    return protocol.stages[standing_in(protocol, limits, evidence, knowledge, on).place].id


def standing_in(protocol: Protocol, limits: Limits, evidence: Evidence, knowledge: Knowledge, on: date) -> Standing:
    """Return where the check-ins up to the day ON put a runner in a protocol (see `stage_of`)."""
    known = evidence.until(on)
    before = _stood(Same(protocol), limits.hi, known.past, knowledge)
    return _gone_on(before, protocol, limits.hi, known.newest, trusted(known, knowledge).newest, knowledge)


@dataclass(frozen=True, slots=True)
class Standing:
    """At which PLACE among the stages rehab stands, ENTERED on a day, and on which last checks the exit rule HELD.

    ENTERED is None before the first check. LATEST is what was told last of what the exit rules speak of.
    """

    place: int = 0
    entered: date | None = None
    held: tuple[date, ...] = ()
    latest: Mapping[str, Finding] = field(default_factory=dict)


@lru_cache(maxsize=PASTS_KEPT)
def _stood(protocol: Same[Protocol], hi: int, past: Evidence, knowledge: Knowledge) -> Standing:
    return _gone_on(Standing(), protocol.thing, hi, past.findings, trusted(past, knowledge).findings, knowledge)


def _gone_on(
    before: Standing,
    protocol: Protocol,
    hi: int,
    told: tuple[Finding, ...],
    sure: tuple[Finding, ...],
    knowledge: Knowledge,
) -> Standing:
    """Return where rehab stands after what was TOLD on later days, of which SURE is what no painkiller was hiding."""
    spoken, days = _spoken_in(Same(protocol), knowledge), _check_days(told, knowledge)
    ahead = deque(each for each in sure if each.id in spoken)
    place, entered, held, latest = before.place, before.entered, before.held, dict(before.latest)
    for day, of_day in days.items():
        entered = entered or day
        while ahead and ahead[0].on <= day:
            heard = ahead.popleft()
            latest[heard.id] = heard
        if _set_back(of_day, hi):
            place, entered, held = max(0, place - 1), day, ()
            continue
        held = (*held, day) if _may_leave(protocol.stages[place], latest, knowledge, day) else ()
        if _is_over(protocol.stages[place], entered, held, knowledge) and place + 1 < len(protocol.stages):
            place, entered, held = place + 1, day, ()
    latest |= {each.id: each for each in ahead}
    return Standing(place, entered, held, latest)


@cache
def _spoken_in(protocol: Same[Protocol], knowledge: Knowledge) -> frozenset[str]:
    """Return what the exit rules of a protocol speak of."""
    rules = [stage.leave_when for stage in protocol.thing.stages if stage.leave_when is not None]
    return frozenset().union(*(_spoken_of(Same(rule), knowledge) for rule in rules))


def _check_days(told: Iterable[Finding], knowledge: Knowledge) -> dict[date, dict[str, Finding]]:
    """Return the newest answers of each day with a check-in, the days in their order."""
    card, found = _card(knowledge), defaultdict[date, dict[str, Finding]](dict)
    for finding in told:
        found[finding.on][finding.id] = finding
    return {day: of_day for day, of_day in found.items() if not card.isdisjoint(of_day)}


@cache
def _card(knowledge: Knowledge) -> frozenset[str]:
    return frozenset(name for name, question in knowledge.findings.items() if question.sensed_by == "checkin")


def _set_back(told: Mapping[str, Finding], hi: int) -> bool:
    """Whether a limp or more pain on walking than HI was TOLD that day."""
    walk, limp = told.get("walk_pain_score"), told.get("limp")
    sore = walk is not None and walk.is_known and int(walk.state) > hi
    return sore or (limp is not None and limp.state == "yes")


def _may_leave(stage: Stage, latest: Mapping[str, Finding], knowledge: Knowledge, day: date) -> bool:
    if stage.leave_when is None:
        return False
    rule = Same(stage.leave_when)
    spoken = (latest[name] for name in _spoken_of(rule, knowledge) if name in latest)
    return holds(rule, frozenset(fresh(spoken, knowledge, day)), knowledge)


@lru_cache(maxsize=KEPT)
def holds(rule: Same[Condition], states: frozenset[tuple[str, str]], knowledge: Knowledge) -> bool:
    """Return whether a rule holds; one day after the other says the same, and each is asked about many times."""
    return rule.thing.truth(Situation(dict(states), facts=knowledge.facts)) is True


@cache
def _spoken_of(rule: Same[Condition], knowledge: Knowledge) -> frozenset[str]:
    return names_in(rule.thing, knowledge.facts)


def fresh(told: Iterable[Finding], knowledge: Knowledge, day: date) -> Iterator[tuple[str, str]]:
    """Return what counts for a check: scores only of these days, other answers as long as they hold."""
    lasts = _lasts(knowledge)
    for finding in told:
        if finding.is_known and finding.id in lasts and day - finding.on <= lasts[finding.id]:
            yield finding.id, finding.state


@cache
def _lasts(knowledge: Knowledge) -> dict[str, timedelta]:
    fresh_d = int(knowledge.number("progression.stage_check_fresh_d").value)
    return {
        name: timedelta(min(fresh_d, each.holds_d) if each.kind is Kind.SCORE else each.holds_d)
        for name, each in knowledge.findings.items()
    }


def _is_over(stage: Stage, entered: date, held: tuple[date, ...], knowledge: Knowledge) -> bool:
    return is_enough(held, knowledge) and held[-1] - entered >= timedelta(stage.least_days)


def is_enough(held: tuple[date, ...], knowledge: Knowledge) -> bool:
    """Whether an exit rule HELD on enough checks that lie days apart."""
    if not held:
        return False
    checks = knowledge.number("progression.stage_checks").value
    apart = timedelta(knowledge.number("progression.stage_checks_apart_d").value)
    return len(held) >= checks and held[-1] - held[0] >= apart
