"""Runs become load: days, weeks, spikes, what changed before the pain, and findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from hipwise.activity import Bounds, Quality, RunSummary
from hipwise.knowledge import Knowledge
from hipwise.load._calendar import (
    calendar_of,
    days_frame,
    monotony_frame,
    rolling_frame,
    rolling_weeks,
    weeks_frame,
)
from hipwise.load._changes import FINDERS, new_sports
from hipwise.load._constants import LoadConstants
from hipwise.load._doubt import Doubt
from hipwise.load._effort import Dose, dose_of, trimps_of
from hipwise.load._enough import Enough
from hipwise.load._fitness import fitness_frame
from hipwise.load._formulas import EDGE, NO_REFERENCE, SPIKE_STATES, Column, spike_state
from hipwise.load._look import Change, Look, Seen
from hipwise.load._metrics import Metric
from hipwise.load._outings import LeftOut, Log, Outings, join, sort_out
from hipwise.load._planned import Planned
from hipwise.load._ratios import acwr_frame
from hipwise.load._runs import runs_frame
from hipwise.load._spikes import far_beyond, hazards, spikes_frame, spikes_of
from hipwise.model import UNKNOWN, Athlete, Evidence, Finding
from hipwise.texts import say

__all__ = ["Doubted", "Load", "measure"]

ORIGIN = "load"
M_PER_KM = 1000
CEILING_STEP_M = 10
"""A ceiling is told to 10 m, rounded down."""


@dataclass(frozen=True, slots=True)
class Doubted:
    """Why a ceiling is low: SURE_KM it would be if the longest run, ON a day in a week of that GRADE, were sure."""

    sure_km: float
    on: date
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Load:
    """What was run, up to the day ON, and what it says about the pain that began on ONSET (None: not known).

    Null in a frame is "not known", never zero.

    GRADE in a frame is that of the week of its data (A to D; the worst one of a window; null where nobody looked). LOW
    and HIGH are the ends of a number as far as that grade says; null where none can be named.

    RUNS: one row an outing: date, run (id of its first file), distance_m, timer_s, steps, ascent_m, descent_m,
    climb_m_per_km, hilly, speed_mps, zone (slower, usual or faster than the usual speed of the days before), srpe_au
    (minutes times effort), trimp, dose_steps with dose_low and dose_high (steps weighed by the force at the hip),
    grade.
    DAYS: date, runs, distance_m, timer_s, steps, longest_m, ascent_m, descent_m, srpe_au, trimp, dose_steps,
    other_sport_timer_s, runs_without_distance, grade, known (whether anybody knows what was run), sure_share (which
    share of its runs bears the ceiling), distance_low_m, distance_high_m. From the first activity to the last; a day
    without a run is a rest day only where it is known, between the first run and the last.
    WEEKS: Monday to Sunday: monday, runs, distance_m, timer_s, steps, longest_m, longest_30d_m (of the days before the
    Monday), longest_30d_sure_m (the same, where in doubt at its least), the sums of DAYS, whole (all seven days known),
    change_pct (against the week before; null after an empty one), grade, unknown_d (days that nobody knows of),
    distance_low_m, distance_high_m.
    ROLLING: for each day the seven days that end on it: date, distance_m, before_m, most_m (the largest seven days of
    the two weeks before), usual_m (the mean week of the four before), runs_without_distance, change_pct, grade.
    SPIKES: one row an outing: date, run (id of its first file), distance_m, longest_30d_m, excess (share above it),
    state (none, small, moderate, large, no_reference; null where its distance is not known), hrr, hrr_low, hrr_high,
    grade, excess_low, excess_high, sure (between these ends the state is the same), sure_share.
    ACWR: date, coupled, uncoupled, ewma, of distance, each with its ends; null over a day that nobody knows of, but for
    the ends of ewma. MONOTONY: date, monotony, strain, of minutes of running. FITNESS: date, fitness, fatigue, form, of
    kilometres, each with its ends. All with known_d (how many days of its window are known) and grade.
    CHANGES: what changed in the days before the onset (before ON where no onset is known), what has the best evidence
    first, then the oldest; VERDICT a text id of it in a few words. LEFT_OUT: runs that were not counted, and why.
    UNKNOWN: days of which nobody knows what was run.
    """

    on: date
    onset: date | None
    runs: pl.DataFrame
    days: pl.DataFrame
    weeks: pl.DataFrame
    rolling: pl.DataFrame
    spikes: pl.DataFrame
    acwr: pl.DataFrame
    monotony: pl.DataFrame
    fitness: pl.DataFrame
    changes: tuple[Change, ...]
    verdict: str
    enough: Enough
    evidence: Evidence
    left_out: tuple[LeftOut, ...]
    constants: LoadConstants
    unknown: frozenset[date] = frozenset()

    @property
    def verdict_says(self) -> str:
        """What changed, in a few words, without a word of cause."""
        return say(self.verdict, days=int(self.constants.before_onset_d), near=int(self.constants.clear_change_d))

    def longest_run_km(self, on: date, days: int | None = None) -> float | None:
        """Return the longest outing of the DAYS before the day ON (as in the evidence by default), None without one."""
        return _longest_km(self.spikes, on - timedelta(days or self.constants.spike_window_d), on)

    def ceiling_km(self, on: date) -> float | None:
        """Return how far the next run may go at most on the day ON; None where the log does not say enough.

        10 % above the longest outing of the 30 days before (Frandsen 2025: the reference band), down to 10 m. A log
        shorter than the window, or without a run in it, gives no ceiling: ask, or take the rules of return to running.
        Where there is pain, an outing that was itself a jump does not lift the ceiling; where a week is doubted, its
        runs count for the least that they can have been (both are our own judgement).
        """
        return self._tenth_above(on, self.longest_borne_km(on))

    def doubted(self, on: date) -> Doubted | None:
        """Return what the ceiling of the day ON would be if nothing were doubted; None where it is just that."""
        ceiling, sure = self.ceiling_km(on), self._tenth_above(on, self.longest_borne_km(on, trusting=True))
        if ceiling is None or sure is None or ceiling >= sure:
            return None
        borne = self._borne(on).filter(pl.col("grade").is_not_null()).sort("distance_m", "date")
        return Doubted(sure, borne["date"][-1], borne["grade"][-1])

    def _tenth_above(self, on: date, longest: float | None) -> float | None:
        first = self.enough.first_run
        if longest is None or first is None or (on - first).days < self.constants.spike_window_d:
            return None
        metres = longest * M_PER_KM * (1 + self.constants.spike_small_above)
        return float(np.floor(metres / CEILING_STEP_M + EDGE)) * CEILING_STEP_M / M_PER_KM

    def _borne(self, on: date) -> pl.DataFrame:
        """The outings of the window before the day ON.

        While there is pain no jump, nothing as far as one that more than doubled what was run (see `far_beyond`), and
        what nobody can call one or none (a run after a break, or at the begin of the log) only where there is nothing
        else.
        """
        since = on - timedelta(self.constants.spike_window_d)
        window = pl.col("date").is_between(since, on, closed="left") & pl.col("distance_m").is_not_null()
        if self.onset is None:
            return self.spikes.filter(window)
        jumps = pl.col("state").is_in(SPIKE_STATES[1:]).fill_null(value=False)
        far = pl.col("run").is_in(far_beyond(self.spikes, on, self.constants))
        borne = self.spikes.filter(window & ~jumps & ~far)
        compared = borne.filter((pl.col("state") != NO_REFERENCE).fill_null(value=True))
        return borne if compared.is_empty() else compared

    def longest_borne_km(self, on: date, *, trusting: bool = False, since: date | None = None) -> float | None:
        """The longest that bears the ceiling, at its least where in doubt; TRUSTING: as it stands in the log.

        With SINCE, only outings from that day on are looked at.
        """
        borne = self._borne(on).filter(pl.col("date") >= (since or date.min))
        metres = borne["distance_m"] if trusting else borne["distance_m"] * borne["sure_share"]
        longest = metres.max()
        return longest / M_PER_KM if isinstance(longest, float) else None

    def planned_state(self, planned_km: float, on: date) -> str:
        """Return the state of a run of PLANNED_KM on the day ON; no_reference where there is no ceiling."""
        if self.ceiling_km(on) is None:
            return NO_REFERENCE
        return spike_state(planned_km, self.longest_borne_km(on), self.constants)

    def planned(self, planned_km: float, on: date, knowledge: Knowledge) -> Planned:
        """Return what a run of PLANNED_KM on the day ON would be, before it is run."""
        state, window_d = self.planned_state(planned_km, on), int(self.constants.spike_window_d)
        doubted = None if state == NO_REFERENCE else self.doubted(on)
        longest_km = None if state == NO_REFERENCE else self.longest_borne_km(on)
        return Planned(planned_km, state, longest_km, hazards(knowledge).get(state), window_d, doubted is not None)

    def known_days(self, metric: Metric) -> tuple[int, int] | None:
        """Return how many days of the window of METRIC are known on the last day of the log, and how many it has."""
        if metric.frame is None or metric.window is None:
            return None
        known = getattr(self, metric.frame)["known_d"].drop_nulls()
        return int(known[-1]) if len(known) else 0, int(getattr(self.constants, metric.window))

    def ran_on(self, day: date) -> bool:
        """Return whether the log holds a run on DAY."""
        return not self.days.filter((pl.col("date") == day) & (pl.col("runs") > 0)).is_empty()

    def run_days_in_row(self, on: date) -> int:
        """Return the days with a run in a row that end on the day ON, or on the day before if there is none yet."""
        ran = set(self.days.filter(pl.col("runs") > 0)["date"])
        day = on if on in ran else on - timedelta(1)
        count = 0
        while day - timedelta(count) in ran:
            count += 1
        return count


def measure(
    runs: Iterable[RunSummary],
    athlete: Athlete,
    knowledge: Knowledge,
    *,
    on: date,
    onset: date | None = None,
    quality: Quality | None = None,
) -> Load:
    """Return the load of RUNS up to the day ON, seen from a pain that began on ONSET.

    Only running counts for distance; other sports have a column of their own. Findings (`load_*`) are unknown, never
    "no", where the log does not reach far enough, or no onset is known; a log without runs gives none. A total that no
    body reaches (`parameters/bounds.yaml`) is not known: nobody knows then how far that run was. QUALITY says
    what the log is worth (`hipwise.activity.look_at`): it can only make what is said more careful. Without it nothing
    is doubted, and nothing is called sure by a grade.
    """
    constants = knowledge.constants(LoadConstants, "load")
    log = sort_out(runs, knowledge.constants(Bounds, "bounds"), on)
    outings = join(log.runs, constants)
    trimps, dose = trimps_of(outings, athlete, on, constants), dose_of(outings, knowledge, constants)
    doubt = _doubt(log, quality, on, constants)
    calendar = calendar_of(log, outings, _described(outings, trimps, dose), doubt)
    weeks = rolling_weeks(calendar, constants)
    spikes = spikes_of(outings, calendar, constants)
    look = Look(min(onset or on, on), calendar, weeks, outings, spikes, log.others, doubt, constants)
    seen = {finding: find(look) for finding, find in FINDERS.items()}
    changes = _in_order(seen, new_sports(look))
    return Load(
        on=on,
        onset=onset,
        runs=runs_frame(outings, trimps, dose, spikes.grade, constants),
        days=days_frame(calendar, constants),
        weeks=weeks_frame(calendar, constants),
        rolling=rolling_frame(calendar, weeks),
        spikes=spikes_frame(outings, spikes, knowledge),
        acwr=acwr_frame(calendar, constants),
        monotony=monotony_frame(calendar, constants),
        fitness=fitness_frame(calendar, constants),
        changes=changes,
        verdict=_verdict(seen, changes, constants),
        enough=Enough.of(calendar.first_run, calendar.last_run, on, onset, constants),
        evidence=_evidence(seen, on, onset) if log.runs.ids else Evidence(),
        left_out=log.left_out,
        constants=constants,
        unknown=frozenset() if quality is None else quality.unknown,
    )


def _described(outings: Outings, trimps: Column, dose: Dose) -> dict[str, Column]:
    """Return what is added up by day beside distance, time and steps."""
    return {
        "ascent_m": outings.ascent_m,
        "descent_m": outings.descent_m,
        "srpe_au": outings.srpe_au,
        "trimp": trimps,
        "dose_steps": dose.steps,
    }


def _doubt(log: Log, quality: Quality | None, on: date, constants: LoadConstants) -> Doubt:
    """Return the doubt about the days from the first activity of LOG to the day ON."""
    every = np.concatenate([log.runs.day, log.others.day])
    return Doubt.of(quality, int(every.min(initial=on.toordinal())), on.toordinal(), constants)


def _longest_km(outings: pl.DataFrame, since: date, on: date) -> float | None:
    """The longest of OUTINGS from SINCE to the day before ON, None without one."""
    known = outings.filter(pl.col("date").is_between(since, on, closed="left"))["distance_m"].max()
    return known / M_PER_KM if isinstance(known, float) else None


def _in_order(seen: dict[str, Seen], sports: tuple[Change, ...]) -> tuple[Change, ...]:
    """Return all changes: those with the best evidence first, which is the order of the finders; then the oldest."""
    found = [sorted(each.changes, key=lambda change: change.on) for each in seen.values()]
    return (*(change for changes in found for change in changes), *sports)


def _verdict(seen: dict[str, Seen], changes: tuple[Change, ...], constants: LoadConstants) -> str:
    """Return the text id of the verdict; a week that is big because of a listed run does not count again."""
    own = [change for change in changes if not change.echo]
    if len(own) > 1:
        return "load.verdict_several"
    if own:
        near = own[0].days_before <= constants.clear_change_d
        return "load.verdict_one_clear" if near else "load.verdict_one_earlier"
    unknown = any(each.state == UNKNOWN for each in seen.values())
    return "load.verdict_not_enough" if unknown else "load.verdict_none"


def _evidence(seen: dict[str, Seen], on: date, onset: date | None) -> Evidence:
    """Return a finding for each state; without an onset nobody knows what came before the pain."""
    states = {finding: UNKNOWN if onset is None else each.state for finding, each in seen.items()}
    return Evidence.of(Finding(finding, state, on, ORIGIN) for finding, state in states.items())
