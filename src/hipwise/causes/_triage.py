"""How urgent: the red flags of the knowledge base, run before anything is ranked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache, lru_cache

from hipwise.causes._contradict import AGO, DRUG, NO_DRUG, contradictions, readings, time_without_drug
from hipwise.causes._heard import heard
from hipwise.causes._second import more_careful, second_opinion
from hipwise.causes._standing import changed_at, known_from, states_of
from hipwise.causes._types import Raised, Triage
from hipwise.knowledge import Alarm, Knowledge, Level, Situation
from hipwise.model import Athlete, Evidence, Finding

__all__ = ["alarms_of", "calmest", "is_asked_of", "situation", "triage", "triage_of"]

CLEARANCE = "cleared_bone"
VOID = "void"
NO_CLINICIAN = frozenset({"told", "check-in", "own words", "asked"})
"""Origins that name no clinician."""
PLACE = "worst_point"

KEPT = 512
"""Urgencies remembered: those of a table of the next days, with room beside it."""


def situation(athlete: Athlete, evidence: Evidence, knowledge: Knowledge, on: date) -> Situation:
    """Return what is known on the day ON, as conditions read it.

    Not knowing today does not unsay the alarm of yesterday. What was told of a pain before it changed its place, side
    or kind no longer switches a rule off: the old place is not the place of the new pain. Nor does a place that the
    runner cannot point at any more; a place that can alarm stays. A clearance that something has voided says so.
    """
    known = evidence.until(on)
    states = states_of(known, knowledge, on)
    if AGO in states and not _is_of_the_last_drug(known):
        del states[AGO]
    if states.get(CLEARANCE) == "yes" and not is_cleared(evidence, knowledge, on):
        states[CLEARANCE] = VOID
    return Situation(states, age_of(athlete, knowledge, on), athlete.sex, knowledge.facts)


def _is_of_the_last_drug(known: Evidence) -> bool:
    """Whether the time of a painkiller goes with what was told last of them: one of before says nothing of "none"."""
    drugs = known.history(DRUG)
    if not drugs or drugs[-1].state != NO_DRUG:
        return True
    return time_without_drug(known.between(drugs[-1].on, drugs[-1].on))


def age_of(athlete: Athlete, knowledge: Knowledge, on: date) -> int | None:
    """Return the age in full years, or None where it was not told or nobody can be so old."""
    age_y = athlete.age_y(on)
    return age_y if age_y is not None and 0 <= age_y <= knowledge.number("ranking.oldest_y").value else None


def triage(athlete: Athlete, evidence: Evidence, knowledge: Knowledge, on: date) -> Triage:
    """Return how urgent it is on the day ON from what was told until then (the alarms of the knowledge base)."""
    seen = situation(athlete, evidence, knowledge, on)
    return triage_of(seen, athlete, evidence, knowledge, on)


def triage_of(seen: Situation, athlete: Athlete, evidence: Evidence, knowledge: Knowledge, on: date) -> Triage:
    """Return the same as `triage`; SEEN is the situation of that day, if it is at hand."""
    missing = tuple(_missing(athlete, evidence, seen, knowledge, on))
    cleared = is_cleared(evidence, knowledge, on)
    return _judged(knowledge, heard(seen, knowledge), seen.age_y, seen.sex, cleared, missing)


@lru_cache(maxsize=KEPT)
def _judged(
    knowledge: Knowledge,
    states: frozenset[tuple[str, str]],
    age_y: int | None,
    sex: str | None,
    cleared: bool,
    missing: tuple[str, ...],
) -> Triage:
    """Return how urgent STATES are: the same for all answers that no rule tells apart, and a day has many of them."""
    seen = Situation(dict(sorted(states)), age_y, sex, knowledge.facts)
    doubts = tuple(each.says for each in contradictions(seen, knowledge))
    flags = [
        alarm
        for alarm in _highest(seen, knowledge)
        if not (cleared and knowledge.alarms[alarm.id].clearable and alarm.level < Level.EMERGENCY)
    ]
    more = tuple(more_careful(seen, knowledge, flags, cleared=cleared))
    raised = (*flags, *more)
    floor = Level.ROUTINE if missing or doubts or _first_page_alarms(seen, knowledge) else Level.SELF_CARE
    return Triage(
        level=max((floor, *(alarm.level for alarm in raised))),
        alarms=tuple(sorted(raised, key=lambda alarm: -alarm.level)),
        bone_stress=any(alarm.bone_stress for alarm in raised),
        cleared=cleared,
        missing=missing,
        too_young=age_y is not None and age_y < knowledge.number("triage.no_ranking_below_y").value,
        contradictions=doubts,
        second=second_opinion(seen, knowledge),
        more_careful=bool(more),
    )


def _highest(seen: Situation, knowledge: Knowledge) -> Iterator[Raised]:
    """Return each alarm at its highest rung over all ways to read the answers."""
    found: dict[str, Raised] = {}
    for reading in readings(seen, knowledge):
        for alarm in alarms_of(reading, knowledge):
            if alarm.id not in found or alarm.level > found[alarm.id].level:
                found[alarm.id] = alarm
    yield from found.values()


def alarms_of(seen: Situation, knowledge: Knowledge) -> Iterator[Raised]:
    """Return the alarms that stand in a situation, each at its highest rung that holds."""
    for alarm in knowledge.alarms.values():
        for rung in alarm.levels:
            if rung.when.truth(seen):
                yield _raised(alarm, rung.level, rung.because, rung.when.because(seen))
                break


def _raised(alarm: Alarm, level: Level, because: str, findings: tuple[str, ...]) -> Raised:
    return Raised(
        id=alarm.id,
        level=level,
        name=alarm.name,
        because=because,
        says=alarm.says,
        suspects=alarm.suspects,
        sources=alarm.sources,
        findings=findings,
        bone_stress=alarm.bone_stress,
        no_ranking=alarm.no_ranking,
    )


def is_cleared(evidence: Evidence, knowledge: Knowledge, on: date) -> bool:
    """Return whether a clinician's clearance of the bone is in force: given, and nothing told since that voids it.

    It must come from a clinician, not from an answer, and it ends with the days that it holds. What was told on its day
    voids it too, and a sign that has gone again has voided it for good: when in doubt, the clinician is asked again.
    """
    known = evidence.until(on)
    given = [each for each in known.history(CLEARANCE) if each.origin not in NO_CLINICIAN or each.state != "yes"]
    if not given or given[-1].state != "yes":
        return False
    last = given[-1]
    if (on - last.on).days > knowledge.findings[CLEARANCE].holds_d:
        return False
    before = {each.id: each.state for each in known if each.on < last.on and each.is_known}
    since = [each for each in known if each.on >= last.on and each.is_known]
    new = [each for each in since if before.get(each.id) != each.state]
    return not (_any_alone("clearance_void", since, knowledge) or _any_alone("clearance_void_if_new", new, knowledge))


def _any_alone(fact: str, findings: list[Finding], knowledge: Knowledge) -> bool:
    """Return whether any of FINDINGS makes the fact true by itself, whatever was told after it."""
    return any(_alone(fact, each.id, each.state, knowledge) for each in findings)


@lru_cache(maxsize=KEPT)
def _alone(fact: str, finding: str, state: str, knowledge: Knowledge) -> bool:
    """Return whether a finding in that state makes the fact true by itself; weeks of check-ins say the same."""
    return bool(knowledge.facts[fact].truth(Situation({finding: state}, facts=knowledge.facts)))


def is_asked_of(finding: str, seen: Situation, knowledge: Knowledge) -> bool:
    """Return whether a question concerns this runner (no question about periods to a man)."""
    only_if = knowledge.findings[finding].only_if
    return only_if is None or only_if.truth(seen) is not False


def _missing(athlete: Athlete, evidence: Evidence, seen: Situation, knowledge: Knowledge, on: date) -> Iterator[str]:
    """First-page questions without a fresh answer; the place counts as one question."""
    if age_of(athlete, knowledge, on) is None:
        yield "age"
    fresh = _fresh(athlete, evidence, knowledge, on)
    if knowledge.facts["place_told"].truth(fresh) is not True:
        yield PLACE
    yield from (name for name in _page(knowledge) if name not in fresh.states and is_asked_of(name, seen, knowledge))


@cache
def _page(knowledge: Knowledge) -> tuple[str, ...]:
    """Return the questions of the first page, card by card; where it hurts counts as one, and is not among them."""
    by_card = {
        card: [name for name, question in knowledge.findings.items() if question.first_page == card]
        for card in knowledge.cards
        if card != "where"
    }
    return tuple(name for names in by_card.values() for name in names)


def _fresh(athlete: Athlete, evidence: Evidence, knowledge: Knowledge, on: date) -> Situation:
    """What was told within the days that a first-page answer holds, and after the last change of the pain."""
    known = evidence.until(on)
    since = on - timedelta(days=knowledge.number("triage.first_page_fresh_d").value)
    states = known_from(known, max(known.begin_of(since), changed_at(known, knowledge)))
    return Situation(states, age_of(athlete, knowledge, on), athlete.sex, knowledge.facts)


def calmest(missing: Iterable[str], knowledge: Knowledge) -> dict[str, str]:
    """Return the calmest answer to each of the MISSING findings; what is no finding (an age) has none.

    The calmest place is one that is pointed at and is no bone site.
    """
    found = {}
    for question in (knowledge.findings[name] for name in missing if name in knowledge.findings):
        calm = (state for state in question.states if state not in question.alarming)
        found[question.id] = next(each for each in calm if question.id != PLACE or _is_elsewhere(each, knowledge))
    return found


def _is_elsewhere(state: str, knowledge: Knowledge) -> bool:
    return knowledge.facts["told_where"].truth(Situation({PLACE: state}, facts=knowledge.facts)) is True


def _first_page_alarms(seen: Situation, knowledge: Knowledge) -> bool:
    """Whether any first-page answer is alarming, even if no rule speaks of it alone."""
    return any(
        question.first_page is not None and seen.states.get(name) in question.alarming
        for name, question in knowledge.findings.items()
    )
