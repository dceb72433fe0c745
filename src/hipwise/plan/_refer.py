"""When there is no plan but someone to see: one place for plan, today and assessment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from hipwise.causes import Ranking, Triage
from hipwise.knowledge import Knowledge, Level
from hipwise.knowledge import Referral as ReferralWords
from hipwise.model import Athlete, Evidence
from hipwise.plan._types import Referral
from hipwise.texts import say

__all__ = ["ASKED", "OWN_WORDS", "SEEN_BY", "Grounds", "refer", "referral", "unanswered", "weightier"]

BONE = "bone"
"""The pain profile of causes in bone."""

SEEN_BY = "seen_by_clinician"
CLEARANCE = "cleared_bone"
OWN_WORDS = "own words"
ASKED = "asked"
"""The origin of an answer to a question of a page: whether a clinician has looked may be said of an older visit."""

NO_VISIT = frozenset({OWN_WORDS, ASKED, "check-in"})
"""Origins that tell of no visit since a referral."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Why someone should be seen: BONE is the interlock, ABOUT_BONE says that the words are those for bone stress."""

    level: Level
    bone: bool
    about_bone: bool
    young: bool = False
    because: tuple[str, ...]
    codes: tuple[str, ...]
    sources: tuple[str, ...]


def refer(ranking: Ranking, athlete: Athlete, knowledge: Knowledge) -> Referral | None:
    """Return whom to see, or None where self-care is right.

    A referral stands at a level of within days or above, while a bone-stress alarm of any level stands uncleared, under
    16, and where urgent causes are together likely (`progression.refer_share`).
    """
    urgency = ranking.triage
    likely = _urgent(ranking, knowledge)
    bony = any(knowledge.causes[each].profile == BONE for each in likely)
    if not (urgency.level >= Level.WITHIN_DAYS or urgency.bone_stress or urgency.too_young or likely):
        return None
    level = max(urgency.level, Level.WITHIN_DAYS) if urgency.too_young or likely else urgency.level
    grounds = Grounds(
        level=level,
        bone=urgency.bone_stress or bony,
        about_bone=bony or any(alarm.bone_stress for alarm in urgency.alarms if alarm.level == level),
        young=urgency.too_young,
        because=tuple(_because(urgency, likely, knowledge)),
        codes=(*(alarm.id for alarm in urgency.alarms), *likely),
        sources=_sources(urgency, likely, knowledge),
    )
    return referral(grounds, athlete, knowledge)


def weightier(now: Referral | None, before: Referral | None) -> Referral | None:
    """Return the more urgent of two referrals; what either says of bone stress goes on (safety law 2)."""
    both = [each for each in (now, before) if each is not None]
    chosen = max(both, key=lambda each: Level.of(each.level), default=None)
    if chosen is None or chosen.bone_stress or not any(each.bone_stress for each in both):
        return chosen
    return replace(chosen, bone_stress=True)


def unanswered(kept: Referral, ranking: Ranking, evidence: Evidence, knowledge: Knowledge, on: date) -> Referral | None:
    """Return what of a referral that was KEPT nobody has answered on the day ON; None where nothing is left.

    A clearance of the bone answers what was said of bone, if it is no older than the referral; all else is answered by
    a visit after it. A clearance opens nothing that it was not given for. What may speak of another time (own words, an
    answer to a question whether anybody has looked) tells of no visit.
    """
    known = evidence.until(on)
    said = [each for each in known.history(SEEN_BY) if each.origin not in NO_VISIT or each.state != "yes"]
    last_said = {each.on: each.state for each in said}  # of a day the last word counts
    seen = any(state == "yes" and (kept.on is None or day > kept.on) for day, state in last_said.items())
    if not kept.bone_stress:
        return None if seen else kept
    if not _clears(kept, ranking, known, on):
        return kept
    other = any(code in knowledge.alarms and not knowledge.alarms[code].bone_stress for code in kept.codes)
    return replace(kept, bone_stress=False) if other and not seen else None


def _clears(kept: Referral, ranking: Ranking, evidence: Evidence, on: date) -> bool:
    """Whether the clearance in force speaks of this referral: one of today was judged beside it."""
    if not ranking.triage.cleared:
        return False
    given = evidence.history(CLEARANCE)[-1].on
    return kept.on is None or kept.on == on or given >= kept.on


def _because(urgency: Triage, likely: tuple[str, ...], knowledge: Knowledge) -> Iterator[str]:
    yield from (alarm.because for alarm in urgency.alarms)
    if urgency.too_young:
        yield say("plan.too_young")
    yield from (say("plan.may_be", name=knowledge.causes[cause].name) for cause in likely)


def _urgent(ranking: Ranking, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the urgent causes, if they are together likely and nobody has cleared the bone."""
    if ranking.triage.cleared:
        return ()
    found = [each for each in ranking.causes if knowledge.causes[each.id].urgent]
    together = sum(map(ranking.careful, found))
    if together < knowledge.number("progression.refer_share").value:
        return ()
    return tuple(each.id for each in found if ranking.careful(each) * len(found) >= together)


def _sources(urgency: Triage, likely: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    found = [source for alarm in urgency.alarms for source in alarm.sources]
    found += [knowledge.number("progression.refer_share").source] * bool(likely)
    found += [knowledge.number("triage.no_ranking_below_y").source] * urgency.too_young
    return tuple(dict.fromkeys(found))


def referral(grounds: Grounds, athlete: Athlete, knowledge: Knowledge) -> Referral:
    """Return a referral on GROUNDS in the words of the knowledge base."""
    entry = _words(grounds, knowledge)
    number = knowledge.rehab.emergency_numbers.get((athlete.country or "").upper())
    called = say("plan.no_number") if number is None else number.number
    return Referral(
        level=grounds.level.code,
        bone_stress=grounds.bone,
        too_young=grounds.young,
        what=entry.what.format(number=called),
        how_fast=entry.how_fast.format(number=called),
        until_then=tuple(each.format(number=called) for each in entry.until_then),
        say_there=" ".join((entry.say_there, *_also_said(grounds, entry, knowledge))),
        because=grounds.because,
        codes=grounds.codes,
        number=None if number is None else number.number,
        sources=grounds.sources if number is None else (*grounds.sources, number.source),
    )


def _also_said(grounds: Grounds, entry: ReferralWords, knowledge: Knowledge) -> Iterator[str]:
    """Return what the alarms want said to the clinician, where the words of the referral are not theirs already."""
    alarms = [knowledge.alarms[code] for code in grounds.codes if code in knowledge.alarms and not grounds.young]
    yield from dict.fromkeys(each.say_there for each in alarms if each.say_there and each.id not in entry.alarms)


def _words(grounds: Grounds, knowledge: Knowledge) -> ReferralWords:
    """Return the words for the level: those for the young, those of a ground of its own, else for bone or not."""
    fitting = [each for each in knowledge.referrals.values() if each.level == grounds.level]
    same_age = [each for each in fitting if each.young == grounds.young]
    own = (each for each in same_age if set(each.alarms) & set(grounds.codes))
    usual = (each for each in same_age if each.young or (each.bone_stress == grounds.about_bone and not each.alarms))
    return next(own, None) or next(usual, fitting[0])
