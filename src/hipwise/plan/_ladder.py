"""Where a runner stands on the walk-run ladder: a function of the runs since the pain began and how each was borne."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import pairwise
from statistics import median

from hipwise.knowledge import Knowledge
from hipwise.model import Evidence, Finding
from hipwise.plan._responses import KEPT, Class, Response, responses, run_days
from hipwise.plan._row import Row
from hipwise.plan._seen import PASTS_KEPT
from hipwise.plan._types import Limits, RunningNow, Session
from hipwise.texts import say

__all__ = ["Position", "position", "session"]

CLEARANCE = "cleared_bone"
DURATION = "duration"
SHORT_PAIN = "under_2_weeks"
FIRST = 1
S_PER_MIN = 60


@dataclass(frozen=True, slots=True)
class Position:
    """STAGE of the ladder for the next run (above the last one: free running), and how often it has passed.

    AT is the stage at which the last run was made; LAST is the response to it, None without a run that still counts;
    REDS are the red runs within the window.
    """

    stage: int
    passes: int
    at: int
    last: Response | None
    reds: int
    free: bool


@dataclass(frozen=True, slots=True)
class _Climb:
    """The rules of the ladder for one runner."""

    knowledge: Knowledge
    limits: Limits
    durations: tuple[Finding, ...]
    usual_gap_d: float

    def number(self, name: str) -> int:
        return int(self.knowledge.number(f"progression.{name}").value)

    @property
    def free(self) -> int:
        return len(self.knowledge.rehab.ladder.rungs) + 1

    def start(self, gap_d: int, on: date) -> int:
        """Return the stage to start at after GAP_D days without a run."""
        if self.limits.bone or gap_d > self.number("off_long_d"):
            return FIRST
        if gap_d > self.number("off_middle_d"):
            return self.number("start_long")
        if gap_d > self.number("off_short_d") or not self._is_short(on):
            return self.number("start_middle")
        return self.number("start_short")

    def _is_short(self, on: date) -> bool:
        told = [each for each in self.durations if each.is_known and each.on <= on]
        return bool(told) and told[-1].state == SHORT_PAIN

    def after_gap(self, stage: int, gap_d: int, on: date) -> int:
        """Return the stage after GAP_D days since the last run."""
        if stage == self.free:
            usual = min(self.usual_gap_d, self.number("off_short_d"))
            return stage if gap_d <= max(self.number("never_stopped_d"), usual) else self.start(gap_d, on)
        if gap_d > self.number("gap_restart_d"):
            return min(stage, self.start(gap_d, on))
        return self.back(stage, self.number("gap_back_stages")) if gap_d > self.number("gap_back_d") else stage

    def back(self, stage: int, stages: int) -> int:
        return max(FIRST, stage - stages)

    def after_run(self, stage: int, passes: int, response: Response) -> tuple[int, int]:
        """Return stage and passes after a run that was borne like this."""
        match response.of_class(self.limits, self.knowledge):
            case Class.RED:
                return self.back(stage, self.red_back()), 0
            case Class.CUT:
                return self.back(stage, self.number("cut_back_stages")), 0
            case Class.GREEN:
                return self._passed(stage, passes + 1)
            case _:
                return stage, passes

    def red_back(self) -> int:
        return self.number("red_back_bone_stages" if self.limits.bone else "red_back_stages")

    def _passed(self, stage: int, passes: int) -> tuple[int, int]:
        if stage == self.free:
            return stage, 0
        rung = self.knowledge.rehab.ladder.rungs[stage - 1]
        needed = rung.passes_bone if self.limits.bone else rung.passes
        return (stage + 1, 0) if passes >= needed else (stage, passes)


def position(
    evidence: Evidence, running: RunningNow, limits: Limits, cleared_on: date | None, knowledge: Knowledge, on: date
) -> Position:
    """Return where the runner stands on the day ON.

    The count begins with the last run before the pain was first told (free running until then), or on the day of a
    clearance (stage 1). Without a run in the log before that day nobody knows how long the break was: stage 1.
    """
    since = cleared_on or _first_told(evidence, knowledge, on)
    days = run_days(evidence, running.run_days, knowledge)
    known = days[: bisect_right(days, on)]
    begin = bisect_left(known, since)
    before = () if cleared_on else known[:begin]
    climb = _Climb(knowledge, limits, evidence.history(DURATION), _usual_gap_d(before, knowledge))
    borne = responses(evidence, (*before[-1:], *known[begin:]), knowledge)
    return _climbed(climb, climb.free if before else FIRST, Row(borne), on)


@lru_cache(maxsize=KEPT)
def _climbed(climb: _Climb, stage: int, row: Row[Response], on: date) -> Position:
    borne, passes, at = row.all, 0, stage
    last_day = borne[0].day if borne else on
    for response in borne:
        stage, passes = _gap(climb, stage, passes, (response.day - last_day).days, response.day)
        at = stage
        stage, passes = climb.after_run(stage, passes, response)
        last_day = response.day
    gap_d = (on - last_day).days
    stage, passes = _gap(climb, stage, passes, gap_d, on)
    window = timedelta(climb.number("red_window_d"))
    reds = sum(each.is_red(climb.limits) for each in borne if on - each.day <= window)
    fresh = timedelta(climb.knowledge.number("today.last_run_fresh_d").value)
    last = borne[-1] if borne and on - borne[-1].day <= fresh else None
    return Position(stage, passes, min(at, climb.after_gap(at, gap_d, on)), last, reds, stage == climb.free)


def _usual_gap_d(days: Sequence[date], knowledge: Knowledge) -> float:
    """Return the usual number of days from one run to the next, before the pain; 0 where there were too few."""
    last = days[-int(knowledge.number("progression.usual_gaps").value) - 1 :]
    return median([(later - earlier).days for earlier, later in pairwise(last)] or [0])


def _gap(climb: _Climb, stage: int, passes: int, gap_d: int, on: date) -> tuple[int, int]:
    after = climb.after_gap(stage, gap_d, on)
    return after, passes if after == stage else 0


def _first_told(evidence: Evidence, knowledge: Knowledge, on: date) -> date:
    """Return the day on which the pain was first told of."""
    first = _first_before(evidence.past, knowledge)
    return (_first_in(evidence.newest, knowledge) or on) if first is None else first


@lru_cache(maxsize=PASTS_KEPT)
def _first_before(past: Evidence, knowledge: Knowledge) -> date | None:
    return _first_in(past, knowledge)


def _first_in(told: Iterable[Finding], knowledge: Knowledge) -> date | None:
    spoken = _of_pain(knowledge)
    return next((finding.on for finding in told if finding.id in spoken), None)


@cache
def _of_pain(knowledge: Knowledge) -> frozenset[str]:
    """Return what a runner tells of a pain."""
    known = knowledge.findings.items()
    return frozenset(name for name, each in known if each.about == "pain" and each.sensed_by != "load")


def session(stage: int, knowledge: Knowledge, *, bone: bool) -> Session | None:
    """Return the session of a STAGE of the ladder, None for free running."""
    ladder = knowledge.rehab.ladder
    if stage > len(ladder.rungs):
        return None
    rung = ladder.rungs[stage - 1]
    warm_min = (ladder.warm_up_s + ladder.cool_down_s) / S_PER_MIN
    warm_up = ladder.warm_up_s // S_PER_MIN
    kind = "plan.session" if rung.walk_s else "plan.session_whole"
    return Session(
        stage=stage,
        run_s=rung.run_s,
        walk_s=rung.walk_s,
        repeats=rung.repeats,
        run_min=rung.run_s * rung.repeats / S_PER_MIN,
        total_min=(rung.run_s + rung.walk_s) * rung.repeats / S_PER_MIN + warm_min,
        passes=rung.passes_bone if bone else rung.passes,
        says=say(kind, run=_length(rung.run_s), walk=_length(rung.walk_s), repeats=rung.repeats, warm=warm_up),
        source=ladder.source,
    )


def _length(seconds: int) -> str:
    """Return a length of time in words."""
    if seconds % S_PER_MIN:
        return say("plan.seconds", count=seconds)
    return say("plan.minutes", count=seconds // S_PER_MIN)
