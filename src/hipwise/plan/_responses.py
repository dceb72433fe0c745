"""How each run was borne: pain during, after and the next morning, a limp, how long it took to settle."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cached_property, lru_cache
from statistics import median, median_low

from hipwise.knowledge import Knowledge
from hipwise.model import Evidence, Finding
from hipwise.plan._row import Row
from hipwise.plan._seen import PASTS_KEPT, trusted
from hipwise.plan._types import Limits

__all__ = ["KEPT", "LOGS", "Class", "Response", "responses", "run_days", "trend"]

DURING = "run_pain_score"
AFTER = "after_pain_score"
MORNING = "morning_pain_score"
LIMP = "run_limp"
SETTLED = "settled_after"
ABOUT_THE_RUN = (DURING, AFTER, LIMP, SETTLED)

HEARD = frozenset({*ABOUT_THE_RUN, MORNING})

DAY = timedelta(1)

KEPT = 64
"""What was told of runs and mornings, remembered with what it says: of a few runners and their next days."""

LOGS = 8
"""Logs whose days are remembered in order: those of a few runners and their next days."""


class Class(Enum):
    """How a run was borne. UNKNOWN holds: what nobody told never lets anything progress."""

    GREEN = "green"
    HOLD = "hold"
    UNKNOWN = "unknown"
    CUT = "cut"
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What was told of the run on DAY; None is not told.

    TRUSTED: it is plain that the scores are of this run, and none of them was hidden by a painkiller.
    """

    day: date
    during: int | None = None
    after: int | None = None
    morning: int | None = None
    limp: bool | None = None
    settled: str | None = None
    usual: int = 0
    trusted: bool = True

    def worst(self, limits: Limits) -> int | None:
        """Return the pain that counts: during the run; of a bone any pain until the next morning."""
        if not limits.bone:
            return self.during
        told = [score for score in (self.during, self.after, self.morning) if score is not None]
        return max(told, default=None)

    def is_red(self, limits: Limits) -> bool:
        """Whether the run was too much."""
        worst = self.worst(limits)
        return self.limp is True or self.settled == "over_48_h" or (worst is not None and worst > limits.hi)

    def rise(self) -> int | None:
        """Return how far the next morning lay above the usual one."""
        return None if self.morning is None else self.morning - self.usual

    def of_class(self, limits: Limits, knowledge: Knowledge) -> Class:
        """Return how the run was borne."""
        if self.is_red(limits):
            return Class.RED
        rise = self.rise()
        most = knowledge.number("progression.morning_rise").value
        if self.settled == "within_48_h" or (rise is not None and rise >= most):
            return Class.CUT
        if not self.trusted or None in {self.during, self.morning, self.limp}:
            return Class.UNKNOWN
        return Class.HOLD if self.during is not None and self.during > limits.lo else Class.GREEN


def responses(evidence: Evidence, days: tuple[date, ...], knowledge: Knowledge) -> tuple[Response, ...]:
    """Return one response for each of the run DAYS (see `run_days`), oldest first."""
    sure = trusted(evidence, knowledge)
    return _heard(_about(evidence), None if sure is evidence else _about(sure), Row(days), knowledge)


def _about(evidence: Evidence) -> Evidence:
    """Return what is heard of runs and mornings."""
    return Evidence((*_about_before(evidence.past), *_spoken(evidence.newest)))


@lru_cache(maxsize=PASTS_KEPT)
def _about_before(past: Evidence) -> tuple[Finding, ...]:
    return _spoken(past.findings)


def _spoken(told: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(each for each in told if each.id in HEARD)


@lru_cache(maxsize=KEPT)
def _heard(told: Evidence, unhidden: Evidence | None, days: Row[date], knowledge: Knowledge) -> tuple[Response, ...]:
    """Return the responses for what was TOLD, and what of it no painkiller was hiding (None: all of it).

    The same for all check-ins that say the same of runs and mornings: a table of verdicts asks for many.
    """
    diary = _Diary(told, None if unhidden is None else frozenset(unhidden), days.all, knowledge)
    usual = _Usual.of(told if unhidden is None else unhidden, days.all, knowledge)
    return tuple(diary.response(place, usual.before(day)) for place, day in enumerate(days.all))


def run_days(evidence: Evidence, runs: Iterable[date], knowledge: Knowledge) -> tuple[date, ...]:
    """Return the days with a run, in order: those of the log, and those of which only a check-in speaks.

    A check-in speaks of the last run in the log; only where the log has none of late does it stand for a run that day.
    """
    logged = _in_order(Row(tuple(runs)))
    return _with_alone(logged, Row(tuple(each for each in evidence.history(DURING) if each.is_known)), knowledge)


@lru_cache(maxsize=LOGS)
def _in_order(days: Row[date]) -> Row[date]:
    """Return each of the DAYS once; the log of many years is asked for again and again."""
    return Row(tuple(sorted(set(days.all))))


@lru_cache(maxsize=LOGS)
def _with_alone(logged: Row[date], told: Row[Finding], knowledge: Knowledge) -> tuple[date, ...]:
    """Return the days of the log and those of a score that was TOLD where the log has no run of late."""
    fresh = timedelta(knowledge.number("today.last_run_fresh_d").value)
    alone = {each.on for each in told.all if not _ran_since(logged.all, each.on - fresh, each.on)}
    return tuple(sorted({*logged.all, *alone})) if alone else logged.all


def _ran_since(logged: tuple[date, ...], since: date, day: date) -> bool:
    """Whether the log, in order, has a run from SINCE to DAY."""
    place = bisect_right(logged, day)
    return place > 0 and logged[place - 1] >= since


@dataclass(frozen=True)
class _Diary:
    """What was told of runs and mornings, what no painkiller was hiding (None: all of it), and the days with a run."""

    evidence: Evidence
    unhidden: frozenset[Finding] | None
    days: tuple[date, ...]
    knowledge: Knowledge

    @cached_property
    def _about(self) -> Evidence:
        return Evidence(tuple(each for each in self.evidence if each.id in ABOUT_THE_RUN))

    @cached_property
    def _mornings(self) -> Evidence:
        return Evidence(tuple(each for each in self.evidence.history(MORNING) if each.is_known))

    @cached_property
    def _scored_on(self) -> tuple[date, ...]:
        return tuple(each.on for each in self.evidence.history(DURING))

    def response(self, place: int, usual: int) -> Response:
        """Return how the run at a PLACE in the row of days was borne."""
        day = self.days[place]
        told, plain = self._told(place)
        worst = _worst(told, self.knowledge)
        morning = _next_morning(day, self._mornings, settled=SETTLED in worst)
        scored = [each for each in (worst.get(DURING), worst.get(AFTER), morning) if each is not None]
        return Response(
            day=day,
            during=_score(worst.get(DURING)),
            after=_score(worst.get(AFTER)),
            morning=_score(morning),
            limp=None if LIMP not in worst else worst[LIMP].state == "yes",
            settled=worst[SETTLED].state if SETTLED in worst else None,
            usual=usual,
            trusted=plain and (self.unhidden is None or self.unhidden.issuperset(scored)),
        )

    def _told(self, place: int) -> tuple[list[Finding], bool]:
        """Return what was told of a run, and whether it is plain that this run was meant.

        That is what was told until the next run. What was told on the day of the next run counts only where nothing was
        told before, and is not plain; nor is a single answer on a run day while the run before has none.
        """
        day = self.days[place]
        until = self.days[place + 1] if place + 1 < len(self.days) else date.max
        about = self._about.between(day, until)
        early = [each for each in about if each.on < until]
        scores = [each for each in early if each.id == DURING]
        alone = len(scores) == 1 and scores[0].on == day
        return early or list(about), bool(early) and not (alone and self._lacks(place - 1))

    def _lacks(self, place: int) -> bool:
        """Whether nobody told of a run before the next one."""
        if place < 0:
            return False
        day, until = self.days[place], self.days[place + 1]
        return bisect_left(self._scored_on, day) == bisect_left(self._scored_on, until)


@dataclass(frozen=True, slots=True)
class _Usual:
    """The usual morning pain: the middle of the last MOST mornings that do not follow a run, oldest first.

    Where no such morning is known it is 0, so that every rise counts.
    """

    days: tuple[date, ...]
    scores: tuple[int, ...]
    most: int

    @classmethod
    def of(cls, evidence: Evidence, days: Collection[date], knowledge: Knowledge) -> _Usual:
        """Return the mornings of EVIDENCE that do not follow one of the run DAYS."""
        after_a_run = {day + DAY for day in days}
        told = (each for each in evidence.history(MORNING) if each.is_known and each.on not in after_a_run)
        rested = {each.on: int(each.state) for each in told}
        return cls(tuple(rested), tuple(rested.values()), int(knowledge.number("progression.baseline_mornings").value))

    def before(self, day: date) -> int:
        """Return the usual score before a DAY, that day's own included."""
        end = bisect_right(self.days, day)
        last = self.scores[max(0, end - self.most) : end]
        return median_low(last) if last else 0


def trend(evidence: Evidence, knowledge: Knowledge, on: date) -> float | None:
    """Return how far the middle morning of the last days lies above that of the days before; None with too few."""
    length = timedelta(knowledge.number("today.trend_d").value)
    least = knowledge.number("today.trend_least").value
    now = list(_scores_between(evidence, on - length, on))
    before = list(_scores_between(evidence, on - 2 * length, on - length))
    if min(len(now), len(before)) < least:
        return None
    return median(now) - median(before)


def _scores_between(evidence: Evidence, after: date, until: date) -> Iterator[int]:
    told = evidence.between(after + DAY, until)
    newest = {each.on: each for each in told if each.id == MORNING}
    yield from (int(each.state) for each in newest.values() if each.is_known)


def _next_morning(day: date, known: Evidence, *, settled: bool) -> Finding | None:
    """Return the score of the morning after a run; a later one counts where it was told how the run settled."""
    of_next = known.between(day + DAY, day + DAY)
    if of_next:
        return of_next[-1]
    return next(iter(known.between(day + DAY, date.max)), None) if settled else None


def _worst(told: Iterable[Finding], knowledge: Knowledge) -> dict[str, Finding]:
    """Return of what was TOLD of a run the worst that was said on any day: a better answer of later unsays none.

    Of one day the last word counts: what was told again that day was set right.
    """

    def badness(finding: Finding) -> int:
        return knowledge.findings[finding.id].states.index(finding.state)

    of_day = {(each.id, each.on): each for each in told if each.is_known}
    found: dict[str, Finding] = {}
    for each in of_day.values():
        there = found.get(each.id)
        found[each.id] = each if there is None or badness(each) >= badness(there) else there
    return found


def _score(finding: Finding | None) -> int | None:
    return int(finding.state) if finding is not None and finding.is_known else None
