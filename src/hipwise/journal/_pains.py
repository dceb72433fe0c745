"""Pains: which one is looked at, what more is said of it, and what still stands for the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

from hipwise.causes import rank, standing
from hipwise.errors import HipwiseError
from hipwise.journal._checked import MOST_LETTERS, OLDEST_Y
from hipwise.knowledge import Knowledge
from hipwise.model import Athlete, Episode, Evidence, Finding
from hipwise.plan import (
    Asked,
    Entry,
    Plan,
    Referral,
    RunningNow,
    held_stage,
    is_sound,
    locks_of,
    rebuilt,
    recall,
    refer,
    standing_decline,
    unanswered,
)
from hipwise.store import Memory, Step
from hipwise.texts import say

__all__ = [
    "Other",
    "about_the_runner",
    "agreed_on",
    "asked_beside",
    "check_pain",
    "elsewhere",
    "entries_of",
    "held_by",
    "id_of",
    "keep_told",
    "kept",
    "kept_for_good",
    "lame_sign",
    "left_standing",
    "mend",
    "of_the_runner",
    "pain_called",
    "pain_named",
    "told_of",
    "told_sign",
]

SeenOf = Callable[[Episode], Evidence]
"""Gives all that is known of a pain."""

SIDES = ("left", "right", "both")
SCORES = frozenset({"rest_pain_score", "walk_pain_score"})
"""What a check-in begins with."""

ORDERED = frozenset({"painkiller", "painkiller_hours_ago"})
"""Of what is about the runner, what is told again with a pain that is mended: scores count by what was told before."""

SIGNS = SCORES | {
    *("morning_pain_score", "run_pain_score", "after_pain_score"),
    *("limp", "run_limp", "woken_by_hip", "weight_bearing"),
}
"""What says that a pain is still there, where it is more than the least that can be told."""

WALKING = "walk_pain_score"
LIMP = "limp"
"""Of what a check-in tells, what holds the longest."""


def id_of(episode: Episode | None) -> str | None:
    """Return the id of an episode; None is the runner at large."""
    return None if episode is None else episode.id


def check_pain(onset: date | None, side: str | None, on: date) -> None:
    """Look at what is said of a pain.

    Raises:
        HipwiseError: ONSET lies after the day ON or before anybody lived, or SIDE is none of left, right and both.
    """
    if onset is not None and not (onset <= on and on.year - onset.year <= OLDEST_Y):
        raise HipwiseError("told_onset", where=onset.isoformat())
    if side is not None and side not in SIDES:
        raise HipwiseError("told_side", where=side)


def told_of(memory: Memory, episode: Episode | None, knowledge: Knowledge) -> Evidence:
    """Return what was told of a pain, and of the runner: the latter counts for every pain, whichever it was told with.

    A new pain opens a new screening: what was told of the runner before the day on which it was opened still alarms,
    and calms nothing any more.
    """
    told = memory.evidence(id_of(episode), about_the_runner(knowledge))
    return told if episode is None else told.marked(episode.opened)


@lru_cache(maxsize=2)
def about_the_runner(knowledge: Knowledge) -> frozenset[str]:
    """Return the findings that are about the runner, and so about no single pain."""
    return frozenset(name for name, each in knowledge.findings.items() if each.about == "runner")


def mend(memory: Memory, step: Step, old: Episode, said: Episode, knowledge: Knowledge) -> Episode:
    """Write down an episode in place of OLD: with all that OLD had, and with what is SAID now."""
    told = memory.evidence(old.id, about_the_runner(knowledge))
    plan, entries = memory.plan(old.id), memory.plan_entries(old.id)
    step.close_episode(old.id, said.opened)
    new = step.open_episode(
        old.opened, onset=said.onset or old.onset, side=said.side or old.side, site=said.site or old.site
    )
    again = knowledge.findings.keys() - (about_the_runner(knowledge) - ORDERED)
    keep_told(step, (each for each in told if each.id in again), new.id, knowledge)
    if plan is not None:
        step.set_plan(plan.body, plan.on, new.id, plan.versions)
    step.add_entries(entries, new.id)
    return new


def keep_told(step: Step, findings: Iterable[Finding], episode_id: str | None, knowledge: Knowledge) -> None:
    """Keep FINDINGS in their order: what is about a pain with that one, what is about the runner for all."""
    of_all = about_the_runner(knowledge)
    for of_runner, some in groupby(findings, key=lambda each: each.id in of_all):
        step.add_findings(some, None if of_runner else episode_id)


def agreed_on(memory: Memory, episode_id: str | None) -> Plan | Referral | None:
    """Return the plan (or referral) kept for a pain; None where there is none, or an older version made it."""
    found = memory.plan(episode_id)
    return None if found is None else _recalled(found.body)


def entries_of(memory: Memory, episode_id: str | None) -> tuple[Entry, ...]:
    """Return the row of a plan; lines that nobody can read (of a forged backup) are passed over."""
    rows = (Entry(each.on, each.kind, each.body) for each in memory.plan_entries(episode_id))
    return tuple(each for each in rows if is_sound(each))


def held_by(entries: tuple[Entry, ...]) -> int | None:
    """Return above which stage of the ladder the row of a plan lets nobody go today; None: nothing holds it."""
    plan = rebuilt(entries)
    return None if plan is None else held_stage(plan, locks_of(entries), standing_decline(entries, "run"))


def pain_called(memory: Memory, name: str, *, over: bool = False) -> Episode:
    """Return the open pain (or one that is OVER) that NAME means: its id, or its side where only one is on it.

    Raises:
        HipwiseError: there is none, or more than one.
    """
    closed, ended = memory.closed(), memory.ended()
    there = [each for each in memory.episodes() if (each.id in ended if over else each.id not in closed)]
    found = [each for each in there if each.id == name] or [each for each in there if each.side == name]
    if len(found) != 1:
        called = "; ".join(map(pain_named, there))
        text = "no_such_pain_over" if over else "no_such_pain"
        raise HipwiseError(text, where=name[:MOST_LETTERS], pains=called or "-")
    return found[0]


def pain_named(each: Episode) -> str:
    """Return how a pain is called: its id, its side, since when."""
    return say("journal.pain", id=each.id, side=each.side or "-", on=each.onset or each.opened)


def told_sign(evidence: Evidence, knowledge: Knowledge, on: date) -> Finding | None:
    """Return what was told that still counts on the day ON and says that the pain is there; None: nothing does."""
    signs = (each for name, each in standing(evidence, knowledge, on).items() if name in SIGNS and each.is_known)
    return next((each for each in signs if _is_sign(each, knowledge)), None)


def lame_sign(evidence: Evidence, since: date) -> Finding | None:
    """Return what was told of walking from a day SINCE on that was the worst: a limp, or else the most pain."""
    told = [each for each in evidence if each.on >= since and each.is_known]
    limps = [each for each in told if (each.id, each.state) == (LIMP, "yes")]
    scores = sorted((each for each in told if each.id == WALKING), key=lambda each: int(each.state))
    return next(iter((*limps, *scores[-1:])), None)


def _is_sign(finding: Finding, knowledge: Knowledge) -> bool:
    """Whether a finding says that a pain is there: more than the least that can be told."""
    known = finding.id in SIGNS and finding.is_known
    return known and finding.state != knowledge.findings[finding.id].states[0]


@dataclass(frozen=True, slots=True)
class Other:
    """What is known of a pain beside: its EVIDENCE, the referrals KEPT for it, and whether it is OVER."""

    evidence: Evidence
    kept: tuple[Referral, ...]
    over: bool

    def told(self, findings: Iterable[Finding]) -> Other:
        """Return the same once FINDINGS, which are about the runner, are told too."""
        return replace(self, evidence=self.evidence | Evidence.of(findings))

    def referrals(self, athlete: Athlete, knowledge: Knowledge, on: date) -> Iterator[Referral]:
        """Yield what stands on the day ON: by what is known now, unless it is over, and what is kept and unanswered."""
        found = None if self.over else refer(rank(athlete, self.evidence, knowledge, on), athlete, knowledge)
        yield from () if found is None else (replace(found, on=on),)
        yield from self.left(athlete, knowledge, on)

    def left(self, athlete: Athlete, knowledge: Knowledge, on: date) -> Iterator[Referral]:
        """Yield what is kept and stands: nothing that was told of the pain has answered it."""
        ranking = rank(athlete, self.evidence, knowledge, on)
        yield from filter(None, (unanswered(each, ranking, self.evidence, knowledge, on) for each in self.kept))


def elsewhere(memory: Memory, episode: Episode | None, seen_of: SeenOf) -> Iterator[Other]:
    """Yield the pains other than EPISODE for which referrals may stand: a new pain does not make an old one safe.

    Each is answered by what is known of its own pain (SEEN_OF it), and by nothing that was told of another.
    """
    over = memory.closed()
    for other in _looked_after(memory):
        if other.id != id_of(episode):
            yield Other(seen_of(other), _kept_for(memory, other.id), other.id in over)


def _looked_after(memory: Memory) -> tuple[Episode, ...]:
    """Return the pains whose referrals hold: all but those in whose place another was written down.

    None is ended while a referral stands, but an undo can leave one that does.
    """
    closed, ended = memory.closed(), memory.ended()
    return tuple(each for each in memory.episodes() if each.id not in closed or each.id in ended)


def asked_beside(
    memory: Memory,
    athlete: Athlete,
    episode: Episode | None,
    knowledge: Knowledge,
    running: RunningNow,
    seen_of: SeenOf,
    on: date,
) -> Iterator[Asked]:
    """Yield the question of the day for the open pains other than EPISODE of which these days tell something.

    That is a check-in, or a single sign that such a pain is there.

    A limp that was told of a pain stands as long as it holds, also where nobody asks for that pain any more. Of the
    others nothing is known but their referrals: see `elsewhere`. SEEN_OF gives what is known of a pain.
    """
    holds_d = knowledge.findings[LIMP].holds_d
    over = {*memory.closed(), id_of(episode)}
    for other in memory.episodes():
        told = Evidence() if other.id in over else memory.evidence(other.id)  # of this pain alone
        lately = (each for each in told if 0 <= (on - each.on).days <= holds_d)
        if any(each.id in SCORES or _is_sign(each, knowledge) for each in lately):
            agreed, since = agreed_on(memory, other.id), other.onset or other.opened
            yield Asked(
                athlete=athlete,
                evidence=seen_of(other),
                running=running,
                agreed=agreed.limits.profiles if isinstance(agreed, Plan) else agreed,
                on=on,
                most_stage=held_by(entries_of(memory, other.id)),
                called=say("journal.other_pain", side=other.side or say("journal.no_side"), on=since),
            )


def left_standing(memory: Memory, athlete: Athlete, knowledge: Knowledge, on: date) -> tuple[Referral, ...]:
    """Return the referrals that were kept, of every open pain and of the runner, and that nobody has answered yet."""

    def seen_of(each: Episode) -> Evidence:
        return told_of(memory, each, knowledge)

    left = (each for pain in elsewhere(memory, None, seen_of) for each in pain.left(athlete, knowledge, on))
    return (*of_the_runner(memory, athlete, knowledge, on, seen_of), *left)


def of_the_runner(
    memory: Memory, athlete: Athlete, knowledge: Knowledge, on: date, seen_of: SeenOf
) -> tuple[Referral, ...]:
    """Return the referrals that were kept for no pain, and that nothing told of any pain has answered.

    Such a one stands for whichever pain is looked at: a pain that is written down later does not make it safe.
    """
    left = _kept_for(memory, None)
    for pain in memory.episodes() if left else ():
        evidence = seen_of(pain)
        ranking = rank(athlete, evidence, knowledge, on)
        left = tuple(filter(None, (unanswered(each, ranking, evidence, knowledge, on) for each in left)))
    return left


def _kept_for(memory: Memory, episode_id: str | None) -> tuple[Referral, ...]:
    """Return the referrals that were kept for a pain (None: for the runner)."""
    agreed = agreed_on(memory, episode_id)
    return (*((agreed,) if isinstance(agreed, Referral) else ()), *kept_for_good(memory, episode_id))


def kept(memory: Memory) -> Iterator[tuple[str | None, Referral]]:
    """Yield the referrals that are kept, each with its pain; a pain in whose place another stands has none."""
    for name in (None, *(each.id for each in _looked_after(memory))):
        found = agreed_on(memory, name)
        if isinstance(found, Referral):
            yield name, found


def kept_for_good(memory: Memory, episode_id: str | None) -> Iterator[Referral]:
    """Yield what an undo took away of a pain (None: of the runner), and what holds until a clinician was seen.

    What stood for a pain that was taken back itself stands for the runner.
    """
    there = {each.id for each in memory.episodes()}
    for each in memory.verdicts("referral", whole=False):
        found = _recalled(each.trace.get("referral"))
        name = each.episode_id if each.episode_id in there else None
        if name == episode_id and isinstance(found, Referral):
            yield found


def _recalled(data: Any) -> Plan | Referral | None:
    try:
        return recall(data)
    except ValueError:
        return None
