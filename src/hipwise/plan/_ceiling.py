"""How far and how long a run may go at most."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hipwise.plan._ladder import session
from hipwise.plan._morning import Scene
from hipwise.plan._types import Session
from hipwise.texts import say

__all__ = ["Ceiling", "ceiling", "least"]

SAME = frozenset({"RUN_REPEAT", "RUN_CUT_25"})
CUT = "RUN_CUT_25"
BACK = frozenset({"RUN_BACK_1", "RUN_BACK_2"})
TINY = 1e-6
"""So much may be lost in reckoning: three quarters of 44 are 33."""


@dataclass(frozen=True, slots=True)
class Ceiling:
    """At most KM and MINUTES (walking included); None where there is none to tell, SAYS why."""

    km: float | None = None
    minutes: float | None = None
    session: Session | None = None
    says: str = ""


def ceiling(scene: Scene, outcome: str) -> Ceiling:
    """Return the ceiling of a run: never more than the log allows, and never more than the outcome allows.

    On the ladder the session bounds the minutes. A repeated run is no farther than the last one, and freely no longer
    either; one that is cut is a share of that, also where the last one was farther than the log allows. Where the log
    does not say enough, the last run bounds the minutes, or the last session of the ladder.
    """
    share = scene.knowledge.number("today.cut_share").value if outcome == CUT else 1.0
    at = _session(scene, outcome)
    km = scene.running.ceiling_km
    minutes = None if at is None else at.total_min * share
    if outcome in SAME:
        km = _times(_lowest([km, scene.running.last_run_km]), share)
        if at is None:
            minutes = _times(scene.running.last_run_min, share)
    if km is None and minutes is None:
        minutes = _of_last(scene)
    return Ceiling(_floored(km), _floored(minutes), at, _in_words(km, minutes) + _doubt(scene, km))


def least(ceilings: Sequence[Ceiling], scene: Scene) -> Ceiling:
    """Return a ceiling that all of CEILINGS, which are of the runner of a SCENE, allow: the lowest of each part."""
    first = ceilings[0]
    km, minutes = (_lowest([getattr(each, part) for each in ceilings]) for part in ("km", "minutes"))
    sessions = [each.session for each in ceilings if each.session is not None]
    at = min(sessions, key=lambda each: each.stage, default=None)
    if (km, minutes, at) == (first.km, first.minutes, first.session):
        return first
    return Ceiling(km, minutes, at, _in_words(km, minutes) + _doubt(scene, km))


def _session(scene: Scene, outcome: str) -> Session | None:
    """Return the session of the ladder: after the last run's response for a plan or a step back, else as last time."""
    stage = scene.place.at if outcome in SAME else scene.place.stage
    bone = scene.course.limits.bone
    return session(min(stage, scene.place.stage), scene.knowledge, bone=bone)


def _of_last(scene: Scene) -> float:
    """Return how long the last run was: of a single one nobody knows whether it is usual, nor where none is known."""
    last, longest = scene.running.last_run_min, _longest_session(scene).total_min
    alone = len(scene.running.run_days) <= 1
    return min(last or longest, longest) if alone else last or longest


def _longest_session(scene: Scene) -> Session:
    last = session(len(scene.knowledge.rehab.ladder.rungs), scene.knowledge, bone=scene.course.limits.bone)
    assert last is not None  # noqa: S101 (a ladder has a last rung)
    return last


def _lowest(numbers: Iterable[float | None]) -> float | None:
    return min((each for each in numbers if each is not None), default=None)


def _times(value: float | None, share: float) -> float | None:
    return None if value is None else value * share


def _floored(value: float | None) -> float | None:
    """Return VALUE to the hundredth, rounded down: a ceiling is never told higher than it is."""
    return None if value is None else math.floor(value * 100 + TINY) / 100


def _doubt(scene: Scene, km: float | None) -> str:
    """Say why the ceiling of KM is lower than the log alone would have it; the higher number itself is no offer."""
    doubted = scene.running.doubted
    if doubted is None or km is None or km < (scene.running.ceiling_km or 0):
        return ""
    return " " + say("today.ceiling_doubted", on=doubted.on, grade=doubted.grade)


def _whole(minutes: float) -> int:
    return math.floor(minutes + TINY)


def _in_words(km: float | None, minutes: float | None) -> str:
    if km is None:
        return say("today.not_enough_history", minutes=_whole(minutes or 0))
    if minutes is None:
        return say("today.ceiling_km", km=km)
    return say("today.ceiling_both", km=km, minutes=_whole(minutes))
