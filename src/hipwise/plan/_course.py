"""What may be the matter, how much pain is allowed, and at which stage rehab stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from hipwise.causes import Ranked, Ranking
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
from hipwise.plan._seen import Seen, trusted
from hipwise.plan._types import Limits

__all__ = ["Course", "Standing", "course_of", "fresh", "holds", "is_enough", "limits_of", "stage_of", "standing_in"]

BONE = "bone_stress"
NOT_SURE = "nonspecific"
BONE_PROFILE = "bone"
CLEARANCE = "cleared_bone"
SEEN_BY = "seen_by_clinician"

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
    seen = Seen(evidence.until(on), knowledge, on).yes(SEEN_BY)
    protocols = _protocols(causes, knowledge, cleared=ranking.triage.cleared, seen=seen)
    profiles = [*(each.profile for each in protocols), *(knowledge.causes[each.id].profile for each in causes)]
    known = tuple(name for name in also if name in knowledge.rehab.profiles)
    limits = limits_of(tuple(dict.fromkeys((*profiles, *known))), knowledge)
    checks = _Checks.of(evidence.until(on), knowledge)
    phases = [_stage(protocol, limits, checks, knowledge, on) for protocol in protocols]
    clearances = evidence.until(on).history(CLEARANCE)
    return Course(
        causes=causes,
        protocols=protocols,
        limits=limits,
        phase=min(phases, key=lambda phase: phase.place),
        cleared_on=clearances[-1].on if ranking.triage.cleared else None,
    )


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
    return _stage(protocol, limits, _Checks.of(evidence.until(on), knowledge), knowledge, on)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a runner stands in a protocol: the PLACE of the stage, ENTERED on a day, its exit rule HELD on days.

    LATEST are the newest answers that count for it, by their finding.
    """

    place: int
    entered: date
    held: list[date]
    latest: Mapping[str, Finding]


def standing_in(protocol: Protocol, limits: Limits, evidence: Evidence, knowledge: Knowledge, on: date) -> Standing:
    """Return where the check-ins up to the day ON put a runner in a protocol (see `stage_of`)."""
    return _standing(protocol, limits, _Checks.of(evidence.until(on), knowledge), knowledge, on)


@dataclass(frozen=True, slots=True)
class _Checks:
    """The DAYS with a check-in, what was TOLD on each day, and what of it no painkiller was hiding."""

    days: list[date]
    told: Mapping[date, Mapping[str, Finding]]
    sure: Evidence

    @classmethod
    def of(cls, known: Evidence, knowledge: Knowledge) -> _Checks:
        """Return the check-ins among what is KNOWN."""
        return cls(_check_days(known, knowledge), _by_day(known), trusted(known, knowledge))


def _stage(protocol: Protocol, limits: Limits, checks: _Checks, knowledge: Knowledge, on: date) -> Phase:
    return protocol.stages[_standing(protocol, limits, checks, knowledge, on).place].id


def _standing(protocol: Protocol, limits: Limits, checks: _Checks, knowledge: Knowledge, on: date) -> Standing:
    spoken = _spoken_in(protocol, knowledge)
    sure = iter([each for each in checks.sure if each.id in spoken])
    place, entered = 0, checks.days[0] if checks.days else on
    held: list[date] = []
    latest: dict[str, Finding] = {}
    ahead = next(sure, None)
    for day in checks.days:
        while ahead is not None and ahead.on <= day:
            latest[ahead.id] = ahead
            ahead = next(sure, None)
        if _set_back(checks.told[day], limits):
            place, entered, held = max(0, place - 1), day, []
            continue
        held = [*held, day] if _may_leave(protocol.stages[place], latest, knowledge, day) else []
        if _is_over(protocol.stages[place], entered, held, knowledge) and place + 1 < len(protocol.stages):
            place, entered, held = place + 1, day, []
    return Standing(place, entered, held, latest)


@cache
def _spoken_in(protocol: Protocol, knowledge: Knowledge) -> frozenset[str]:
    """Return what the exit rules of a protocol speak of."""
    rules = [stage.leave_when for stage in protocol.stages if stage.leave_when is not None]
    return frozenset().union(*(_spoken_of(rule, knowledge) for rule in rules))


def _by_day(evidence: Evidence) -> dict[date, dict[str, Finding]]:
    """Return the newest answers of each day."""
    found: defaultdict[date, dict[str, Finding]] = defaultdict(dict)
    for finding in evidence:
        found[finding.on][finding.id] = finding
    return found


def _check_days(evidence: Evidence, knowledge: Knowledge) -> list[date]:
    card = _card(knowledge)
    return sorted({finding.on for finding in evidence if finding.id in card})


@cache
def _card(knowledge: Knowledge) -> frozenset[str]:
    return frozenset(name for name, question in knowledge.findings.items() if question.sensed_by == "checkin")


def _set_back(told: Mapping[str, Finding], limits: Limits) -> bool:
    """Whether a limp or too much pain on walking was TOLD that day."""
    walk, limp = told.get("walk_pain_score"), told.get("limp")
    sore = walk is not None and walk.is_known and int(walk.state) > limits.hi
    return sore or (limp is not None and limp.state == "yes")


def _may_leave(stage: Stage, latest: Mapping[str, Finding], knowledge: Knowledge, day: date) -> bool:
    if stage.leave_when is None:
        return False
    spoken = (latest[name] for name in _spoken_of(stage.leave_when, knowledge) if name in latest)
    return holds(stage.leave_when, frozenset(fresh(spoken, knowledge, day)), knowledge)


@lru_cache(maxsize=KEPT)
def holds(rule: Condition, states: frozenset[tuple[str, str]], knowledge: Knowledge) -> bool:
    """Return whether a rule holds; one day after the other says the same, and each is asked about many times."""
    return rule.truth(Situation(dict(states), facts=knowledge.facts)) is True


@cache
def _spoken_of(rule: Condition, knowledge: Knowledge) -> frozenset[str]:
    return names_in(rule, knowledge.facts)


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


def _is_over(stage: Stage, entered: date, held: list[date], knowledge: Knowledge) -> bool:
    return is_enough(held, knowledge) and held[-1] - entered >= timedelta(stage.least_days)


def is_enough(held: list[date], knowledge: Knowledge) -> bool:
    """Return whether the days on which an exit rule HELD are enough checks, far enough apart."""
    checks = knowledge.number("progression.stage_checks").value
    apart = timedelta(knowledge.number("progression.stage_checks_apart_d").value)
    return len(held) >= checks and held[-1] - held[0] >= apart
