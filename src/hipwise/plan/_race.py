"""Weeks to a start line, as a range: many courses up the ladder are imagined, with flares as this runner had them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from hipwise.causes import Ranking
from hipwise.knowledge import Knowledge
from hipwise.model import Evidence
from hipwise.plan._course import course_of
from hipwise.plan._ladder import position
from hipwise.plan._responses import responses, run_days
from hipwise.plan._types import RunningNow, plain
from hipwise.texts import say

__all__ = [
    "Deferral",
    "RaceCheck",
    "Start",
    "no_race",
    "race_check",
    "start_now",
    "told_range",
    "waits_for_clinician",
    "weeks_to_start",
]

GROWTH = "load.spike_small_above"
CLASSES = ("green", "hold", "cut", "red")
COURSES = 2000
"""Imagined courses: enough that the shares told do not change by a hundredth from one draw to the next."""

FEWER = 500
"""For what an event would cost, where a tenth of a week does not matter."""

WEEK_D = 7
SOON_D = 21
"""What is nearer is counted in days."""

CERTAIN = 99
"""Shares are told in per cent, and never as certain."""

Numbers = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where a way back begins: STAGE and PASSES of the ladder (above its last rung: free), LONGEST_KM run of late.

    BORNE counts how the runs so far were borne, by class; those that nobody told of are left out. BONE: the steps and
    setbacks are those after a bone injury.
    """

    stage: int
    passes: int
    bone: bool
    longest_km: float | None
    borne: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Deferral:
    """What an EVENT on the way would cost: so many WEEKS, as the middle of the imagined courses."""

    event: str
    weeks: float
    says: str


@dataclass(frozen=True, slots=True)
class RaceCheck:
    """Weeks until a race of RACE_KM is sensible: from LOW to HIGH, the middle MIDDLE; None: beyond what is looked at.

    WEEKS_LEFT until the race (None: no date), the CHANCE of being ready by then, the ANSWER likely, open, unlikely or
    someone_first, and what each event on the way would cost, the least first.
    """

    race_km: float
    weeks_left: float | None
    low: float | None
    middle: float | None
    high: float | None
    chance: float | None
    answer: str
    says: tuple[str, ...]
    deferrals: tuple[Deferral, ...]
    sources: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the same as plain data, ready for JSON."""
        found: dict[str, Any] = plain(self)
        return found


@dataclass(frozen=True)
class _Rules:
    """The numbers of the ladder and of the weeks after it, as arrays by stage (1 to the last rung)."""

    knowledge: Knowledge
    bone: bool

    def number(self, name: str) -> float:
        return self.knowledge.number(name).value

    @property
    def passes(self) -> Numbers:
        rungs = self.knowledge.rehab.ladder.rungs
        return np.array([rung.passes_bone if self.bone else rung.passes for rung in rungs], float)

    @property
    def runs_a_week(self) -> int:
        return self.knowledge.rehab.ladder.run_days_a_week

    @property
    def last_km(self) -> float:
        """How far the last rung leads, at an easy pace; where the log knows better, the log counts."""
        return self.number("race.last_rung_km")


def weeks_to_start(
    start: Start,
    race_km: float,
    knowledge: Knowledge,
    dice: np.random.Generator,
    *,
    first: str | None = None,
    courses: int = COURSES,
) -> Numbers:
    """Return for each imagined course the weeks until the longest run reaches its share of RACE_KM; infinite: never.

    Each course draws how this runner bears runs from what was imagined before (`race.before_*`) and what was seen
    (BORNE), then climbs by the rules of the ladder, and after it a tenth a week. FIRST: how the very next run is borne.
    """
    rules = _Rules(knowledge, start.bone)
    shares = dice.dirichlet([_weight(each, start, knowledge) for each in CLASSES], size=courses)
    course = _Course.at(start, rules, courses)
    most = int(rules.number("race.most_weeks") * rules.runs_a_week)
    target = race_km * rules.number("race.longest_share")
    ready = np.full(courses, np.inf)
    for number in range(most):
        arrived = np.isinf(ready) & course.is_free(rules) & (course.longest_km >= target)
        ready[arrived] = number / rules.runs_a_week + course.rested[arrived]
        if not np.isinf(ready).any():
            break
        drawn = course.drawn(shares, dice, rules.number("race.stickiness"))
        if number == 0 and first is not None:
            drawn[:] = CLASSES.index(first)
        course.run(drawn, rules, ends_a_week=(number + 1) % rules.runs_a_week == 0)
    return ready


def _weight(kind: str, start: Start, knowledge: Knowledge) -> float:
    return knowledge.number(f"race.before_{kind}").value + start.borne.get(kind, 0)


@dataclass
class _Course:
    """All imagined courses at once: one number each."""

    stage: Numbers
    passes: Numbers
    longest_km: Numbers
    rested: Numbers
    sore: Numbers

    @classmethod
    def at(cls, start: Start, rules: _Rules, courses: int) -> _Course:
        free = len(rules.passes) + 1
        longest = (start.longest_km or rules.last_km) if start.stage >= free else rules.last_km
        filled = [np.full(courses, float(each)) for each in (start.stage, start.passes, longest, 0, 0)]
        return cls(*filled)

    def drawn(self, shares: Numbers, dice: np.random.Generator, stickiness: float) -> Numbers:
        """Return how the next run of each course is borne; after one that was too much it is rather so again."""
        now = shares.copy()
        more = self.sore * stickiness
        now[:, -1] += more * (1 - now[:, -1])
        now[:, :-1] *= (1 - more)[:, None]
        upto = np.cumsum(now / now.sum(1, keepdims=True), axis=1)[:, :-1]
        where: Numbers = (dice.random(len(now))[:, None] > upto).sum(axis=1)
        return where

    def run(self, drawn: Numbers, rules: _Rules, *, ends_a_week: bool) -> None:
        """Let each course make one run that is borne as was DRAWN."""
        green, cut, red = (drawn == CLASSES.index(kind) for kind in ("green", "cut", "red"))
        was_free = self.is_free(rules)  # the run that leaves the ladder is one of its last rung, and no longer one
        needed = np.append(rules.passes, np.inf)
        self.passes += green
        up = green & (self.passes >= needed[self.stage.astype(int) - 1])
        back = rules.number("progression.red_back_bone_stages" if rules.bone else "progression.red_back_stages")
        self.stage += up - cut * rules.number("progression.cut_back_stages") - red * back
        self.passes[up | cut | red] = 0
        self.stage = np.maximum(self.stage, 1)
        free = len(rules.passes) + 1
        self.longest_km[red] *= rules.number("today.cut_share")
        self.longest_km = np.where(self.stage == free, np.maximum(self.longest_km, rules.last_km), self.longest_km)
        if ends_a_week:
            grown = was_free & green
            self.longest_km[grown] *= 1 + rules.number(GROWTH)
        calm = rules.number("progression.calm_days_bone" if rules.bone else "progression.calm_days")
        self.rested += red * calm / WEEK_D
        self.sore = red.astype(float)

    def is_free(self, rules: _Rules) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Return which courses have left the ladder behind."""
        return self.stage > len(rules.passes)


def race_check(
    start: Start, race_km: float, race_on: date | None, knowledge: Knowledge, on: date, dice: np.random.Generator
) -> RaceCheck:
    """Return how many weeks a start line lies away, and what a race ON a day means; DICE are the caller's."""
    weeks = np.sort(weeks_to_start(start, race_km, knowledge, dice))
    low, middle, high = told_range(weeks, start, race_km, knowledge)
    left = None if race_on is None else (race_on - on) / timedelta(WEEK_D)
    chance = None if left is None else float(np.mean(weeks <= left))
    answer = _answer(chance, knowledge)
    costs = tuple(sorted(_deferrals(start, race_km, middle, knowledge, dice), key=lambda each: each.weeks))
    numbers = [*knowledge.parameters["race"].values(), knowledge.number(GROWTH)]
    sources = tuple(dict.fromkeys([each.source for each in numbers] + [knowledge.rehab.ladder.source]))
    says = tuple(_words(race_km, left, (low, middle, high), chance, answer, knowledge))
    return RaceCheck(race_km, left, low, middle, high, chance, answer, says, costs, sources)


def told_range(
    weeks: Numbers, start: Start, race_km: float, knowledge: Knowledge
) -> tuple[float | None, float | None, float | None]:
    """Return the near end, the middle and the far end of imagined WEEKS as they are told; None: beyond what is seen.

    The near end is drawn towards the course on which every run is calm, by `race.near_end`: runners of other model
    families than ours came earlier than imagined far more often than later (`validation/race_check.py`).
    """
    share = knowledge.number("race.range_share").value
    ends = ((1 - share) / 2, 1 / 2, (1 + share) / 2)
    low, middle, high = (_finite(np.quantile(weeks, at, method="nearest")) for at in ends)
    if low is not None:
        calm = _calmest(start, race_km, knowledge)
        low = calm + knowledge.number("race.near_end").value * (low - calm)
    return low, middle, high


def _calmest(start: Start, race_km: float, knowledge: Knowledge) -> float:
    """Return the weeks of the course on which every run is calm."""
    rules = _Rules(knowledge, start.bone)
    course = _Course.at(start, rules, 1)
    green = np.zeros(1)
    number = 0
    while not (course.is_free(rules)[0] and course.longest_km[0] >= race_km * rules.number("race.longest_share")):
        number += 1
        course.run(green, rules, ends_a_week=number % rules.runs_a_week == 0)
    return number / rules.runs_a_week


def no_race(race_km: float, race_on: date | None, on: date) -> RaceCheck:
    """Return the answer while someone must look at the hip first: no weeks, no chance."""
    left = None if race_on is None else (race_on - on) / timedelta(WEEK_D)
    says = (say("plan.race_someone_first"),)
    return RaceCheck(race_km, left, None, None, None, None, "someone_first", says, (), ())


def start_now(ranking: Ranking, evidence: Evidence, running: RunningNow, knowledge: Knowledge, on: date) -> Start:
    """Return where the way back begins on the day ON, and how the runs since the pain were borne."""
    course = course_of(ranking, evidence, knowledge, on)
    place = position(evidence, running, course.limits, course.cleared_on, knowledge, on)
    days = run_days(evidence, running.run_days, knowledge)
    borne = Counter(each.of_class(course.limits, knowledge).value for each in responses(evidence, days, knowledge))
    longest = None if running.ceiling_km is None else running.ceiling_km / (1 + knowledge.number(GROWTH).value)
    return Start(stage=place.stage, passes=place.passes, bone=course.limits.bone, longest_km=longest, borne=borne)


def waits_for_clinician(ranking: Ranking, evidence: Evidence, knowledge: Knowledge, on: date) -> bool:
    """Return whether a likely cause must be looked at before anybody can say how the way back goes."""
    return course_of(ranking, evidence, knowledge, on).waits


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _answer(chance: float | None, knowledge: Knowledge) -> str:
    if chance is None:
        return "open"
    likely = knowledge.number("race.likely_above").value
    return "likely" if chance >= likely else "unlikely" if chance <= 1 - likely else "open"


def _deferrals(
    start: Start, race_km: float, middle: float | None, knowledge: Knowledge, dice: np.random.Generator
) -> list[Deferral]:
    """Return what one run borne badly, one that nobody told of, and a week without runs would cost."""
    if middle is None:
        return []
    found = [Deferral("week_off", 1.0, say("plan.defer_week_off", cost=_cost(1.0)))]
    calm = weeks_to_start(start, race_km, knowledge, dice, first="green", courses=FEWER)
    costs = {}
    for kind in ("hold", "cut", "red"):
        weeks = weeks_to_start(start, race_km, knowledge, dice, first=kind, courses=FEWER)
        costs[kind] = max(0.0, float(np.median(weeks)) - float(np.median(calm)))
    known = {kind: cost for kind, cost in costs.items() if np.isfinite(cost)}
    return [
        *found,
        *(Deferral(kind, round(cost, 1), say(f"plan.defer_{kind}", cost=_cost(cost))) for kind, cost in known.items()),
    ]


def _words(
    race_km: float,
    left: float | None,
    weeks: tuple[float | None, float | None, float | None],
    chance: float | None,
    answer: str,
    knowledge: Knowledge,
) -> list[str]:
    low, _, high = weeks
    if low is None:
        told = [say("plan.race_beyond", km=race_km)]
    elif high is None:
        told = [say("plan.race_at_least", km=race_km, low=low)]
    else:
        told = [say("plan.race_range", km=race_km, low=low, high=high)]
    if left is not None and chance is not None:
        share = min(CERTAIN, max(1, round(100 * chance)))
        told.append(say(f"plan.race_{answer}", when=_when(round(left * WEEK_D)), share=share))
    return [*told, say("plan.race_how", share=round(100 * knowledge.number("race.range_share").value))]


def _cost(weeks: float) -> str:
    tenths = round(weeks, 1)
    if tenths in {0.0, 1.0}:
        return say("plan.defer_one" if tenths else "plan.defer_nothing")
    return say("plan.defer_weeks", weeks=tenths)


def _when(days: int) -> str:
    near = ("plan.race_today", "plan.race_tomorrow")
    if days < len(near):
        return say(near[days])
    return say("plan.race_in_days" if days < SOON_D else "plan.race_in_weeks", days=days, weeks=days / WEEK_D)
