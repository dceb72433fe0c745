"""How far each run went without pain, as the runner told it, and whether that changed. Facts; no reason is named."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from hipwise.activity import Lap
from hipwise.knowledge import Knowledge
from hipwise.load._measure import Load
from hipwise.model import Evidence, Finding
from hipwise.texts import say

__all__ = ["PainFrom", "Trend", "lap_origin", "pain_from", "pain_state", "pain_trend"]

FINDING = "run_pain_from"
NO_PAIN, OPEN = "none", "over_10_km"
"""The answer that there was no pain, and the one that names no upper end."""

M_PER_KM = 1000

BY_LAP = re.compile(r"lap:(\d{1,6}):(\d{1,7}\.\d)", re.ASCII)
"""The origin of an answer that a lap gave: its number, and the metres at which it was pressed."""


@dataclass(frozen=True, slots=True)
class PainFrom:
    """Where the pain began in the run of a day (RUN_ON; None: the log holds none), as it was told ON a day.

    It began between LOW_KM and HIGH_KM (None: no end is known). Without pain, LOW_KM is the whole run: how far more
    would have been free of pain, nobody knows. LAP is the one that marked it, where one did.
    """

    on: date
    state: str
    run_on: date | None
    run_km: float | None
    low_km: float | None
    high_km: float | None
    lap: Lap | None = None

    @property
    def is_free(self) -> bool:
        """Whether there was no pain in the run."""
        return self.state == NO_PAIN

    @property
    def says(self) -> str:
        """The same in a sentence."""
        run = say("load.pain_from_run", km=self.run_km) if self.run_km is not None else say("load.pain_from_no_run")
        values = {"on": self.run_on or self.on, "run": run, "low": self.low_km, "high": self.high_km}
        if self.is_free:
            return say("load.pain_from_free", **values)
        if self.lap is not None:
            return say("load.pain_from_lap", **values, lap=self.lap.number, km=self.lap.end_m / M_PER_KM)
        if self.high_km == 0:
            return say("load.pain_from_at_once", **values)
        return say("load.pain_from_open" if self.high_km is None else "load.pain_from_between", **values)


@dataclass(frozen=True, slots=True)
class Trend:
    """The newest of COUNT runs against the first: STATE is later, sooner or not_told (the two cannot be told apart)."""

    state: str
    count: int
    first: PainFrom
    newest: PainFrom

    @property
    def says(self) -> str:
        """The same in words."""
        values = {"count": self.count, "first": self.first.run_on, "newest": self.newest.run_on}
        return say(f"load.pain_trend_{self.state}", **values)


def pain_state(km: float, knowledge: Knowledge) -> str:
    """Return the answer that says that the pain began KM into a run."""
    places = knowledge.parameters["pain_from"]
    reaches = sorted((knowledge.number(f"pain_from.{state}").range[1], state) for state in places)
    return next((state for reach, state in reaches if km <= reach and state != OPEN), OPEN)


def lap_origin(lap: Lap) -> str:
    """Return the origin of an answer that a LAP gave."""
    return f"lap:{lap.number}:{lap.end_m:.1f}"


def _lap_of(origin: str) -> Lap | None:
    found = BY_LAP.fullmatch(origin)
    return None if found is None else Lap(int(found[1]), float(found[2]))


def pain_from(load: Load, evidence: Evidence, knowledge: Knowledge) -> tuple[PainFrom, ...]:
    """Return where the pain began in each run of which it was told, oldest first.

    What was told belongs to the last run until that day, as far back as the answer holds; of one run the last word
    counts. EVIDENCE is that of one pain.
    """
    told: dict[date, PainFrom] = {}
    holds = timedelta(knowledge.findings[FINDING].holds_d)
    rows = load.days.filter(pl.col("runs") > 0).select("date", "distance_m", "runs_without_distance").rows()
    days = [row[0] for row in rows]
    for finding in evidence.history(FINDING):
        if finding.is_known:
            place = bisect_right(days, finding.on) - 1
            near = place >= 0 and finding.on - days[place] <= holds
            day, metres, lacking = rows[place] if near else (None, None, 0)
            km = None if metres is None or lacking else metres / M_PER_KM
            told[day or finding.on] = _placed(finding, day, km, knowledge)
    return tuple(told[day] for day in sorted(told))


def _placed(finding: Finding, day: date | None, km: float | None, knowledge: Knowledge) -> PainFrom:
    if finding.state == NO_PAIN:
        return PainFrom(finding.on, finding.state, day, km, km, None)
    low, high = knowledge.number(f"pain_from.{finding.state}").range
    most = None if finding.state == OPEN else high
    if km is not None and km > low:
        most = km if most is None else min(km, most)
    return PainFrom(finding.on, finding.state, day, km, low, most, _lap_of(finding.origin))


def pain_trend(told: Sequence[PainFrom]) -> Trend | None:
    """Return how the newest of the runs TOLD of stands to the first; None with fewer than two whose run is known."""
    known = list(_with_run(told))
    if len(known) < 2:  # noqa: PLR2004 (a trend has two ends)
        return None
    first, newest = known[0], known[-1]
    state = "later" if _is_later(newest, first) else "sooner" if _is_later(first, newest) else "not_told"
    return Trend(state, len(known), first, newest)


def _with_run(told: Sequence[PainFrom]) -> Iterator[PainFrom]:
    return (each for each in told if each.run_on is not None and each.low_km is not None)


def _is_later(one: PainFrom, other: PainFrom) -> bool:
    """Whether pain began later in ONE than in the OTHER, wherever within what was told it did."""
    if one.low_km is None or other.high_km is None or one.state == other.state:
        return False
    return one.low_km >= other.high_km
