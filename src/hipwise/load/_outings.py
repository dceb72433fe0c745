"""Activities become columns: each counted once, and the files of one outing joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date

import numpy as np

from hipwise.activity import Bounds, RunSummary, possible_run
from hipwise.load._constants import LoadConstants
from hipwise.load._formulas import Codes, Column, Mask, session_rpe

__all__ = ["Activities", "LeftOut", "Log", "Outings", "join", "sort_out"]

RUNNING = "running"
"""The sport, as every reader spells it, whose distance counts; trail, track and treadmill are kinds of it."""

OVERLAP_S = 60.0
"""Two files of one watch may overlap by so much; nobody runs twice at once for longer."""

S_PER_MIN = 60


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A run that was not counted: its id, and a text id that says why."""

    run: str
    why: str


@dataclass(frozen=True, slots=True)
class Activities:
    """Activities as columns in order of time; NaN = not known. DAY is a proleptic ordinal, STARTS_S unix seconds.

    BY_HAND: typed by the runner, or told by a table without an hour; the day is right, but nobody measured the hour.
    """

    ids: tuple[str, ...]
    sports: tuple[str, ...]
    by_hand: Mask
    day: Codes
    starts_s: Column
    ends_s: Column
    distance_m: Column
    timer_s: Column
    steps: Column
    ascent_m: Column
    descent_m: Column
    cadence_spm: Column
    heart_bpm: Column
    effort: Column

    @classmethod
    def of(cls, runs: Sequence[RunSummary]) -> Activities:
        """Return RUNS, which are in order of time, as columns."""
        starts = np.array([run.started_at.timestamp() for run in runs], float)
        timer = _known([run.timer_s for run in runs])
        elapsed = _known([run.elapsed_s for run in runs])
        return cls(
            ids=tuple(run.id for run in runs),
            sports=tuple(run.sport for run in runs),
            by_hand=np.array([_typed(run) for run in runs], bool),
            day=np.array([run.local_date.toordinal() for run in runs], np.int64),
            starts_s=starts,
            ends_s=starts + np.nan_to_num(np.where(np.isnan(elapsed), timer, elapsed)),
            distance_m=_known([run.distance_m for run in runs]),
            timer_s=timer,
            steps=_known([run.steps for run in runs]),
            ascent_m=_known([run.ascent_m for run in runs], least=0.0),
            descent_m=_known([run.descent_m for run in runs], least=0.0),
            cadence_spm=_known([run.cadence_spm for run in runs]),
            heart_bpm=_known([run.heart_rate_bpm for run in runs]),
            effort=_known([run.perceived_effort for run in runs]),
        )

    def at(self, which: Codes) -> Activities:
        """Return those at the places WHICH, in that order."""
        columns = {each.name: getattr(self, each.name) for each in fields(self)}
        ids, sports = columns.pop("ids"), columns.pop("sports")
        return Activities(
            ids=tuple(ids[place] for place in which.tolist()),
            sports=tuple(sports[place] for place in which.tolist()),
            **{name: values[which] for name, values in columns.items()},
        )


@dataclass(frozen=True, slots=True)
class Log:
    """What was recorded up to a day: running, other sports, and what was not counted."""

    runs: Activities
    others: Activities
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Outings:
    """Runs without their breaks, one row an outing, in order of time; NaN = not known.

    MEASURED: every file of the outing has a distance; else DISTANCE_M is what is known of it. SRPE_AU and HEART_BPM are
    minutes times effort, and the mean heart rate while the timer ran.
    """

    ids: tuple[str, ...]
    day: Codes
    distance_m: Column
    measured: Mask
    timer_s: Column
    steps: Column
    ascent_m: Column
    descent_m: Column
    cadence_spm: Column
    heart_bpm: Column
    srpe_au: Column

    @property
    def speed_mps(self) -> Column:
        """Mean speed while the timer ran, where distance and time are known of all files."""
        return np.where(self.measured, self.distance_m, np.nan) / self.timer_s

    @property
    def climb_m_per_km(self) -> Column:
        """Metres climbed a kilometre."""
        return self.ascent_m / np.where(self.measured, self.distance_m, np.nan) * 1000


def sort_out(runs: Iterable[RunSummary], bounds: Bounds, on: date) -> Log:
    """Put RUNS up to the day ON in order of time; leave out what has no day, and what is there twice.

    A total beyond BOUNDS is not known: the run is one, but nobody can say how far, and it is nobody's longest.
    """
    in_order = sorted(runs, key=lambda run: (run.started_at, run.id))
    undated = {run.id for run in in_order if not run.is_dated}
    once = {run.id: possible_run(run, bounds) for run in in_order if run.local_date <= on and run.id not in undated}
    every = Activities.of(tuple(once.values()))
    is_run = np.array([sport == RUNNING for sport in every.sports], bool)
    running = every.at(np.flatnonzero(is_run))
    keep = _once(running)
    return Log(
        runs=running.at(np.flatnonzero(keep)),
        others=every.at(np.flatnonzero(~is_run)),
        left_out=(
            *(LeftOut(run, "load.left_out_undated") for run in sorted(undated)),
            *(LeftOut(run, "load.left_out_twice") for run in running.at(np.flatnonzero(~keep)).ids),
        ),
    )


def join(runs: Activities, constants: LoadConstants) -> Outings:
    """Join runs with a break shorter than `outing_gap_min`: a watch stopped and started again is one load.

    A run typed by hand stays alone: its hour is a guess, and a run that is there twice must not look twice as long.
    """
    runs = runs.at(np.lexsort((runs.starts_s, runs.by_hand)))
    breaks_s = runs.starts_s[1:] - np.maximum.accumulate(runs.ends_s)[:-1]
    apart = runs.by_hand[1:] | (breaks_s >= constants.outing_gap_min * S_PER_MIN)
    first = np.flatnonzero(np.concatenate([[True] * bool(runs.ids), apart]))
    in_time = np.lexsort((first, runs.starts_s[first]))

    def total(values: Column) -> Column:
        """Return the sum of each outing, NaN where one of its files lacks it."""
        return np.add.reduceat(values, first) if len(first) else values

    known, timer = total(np.nan_to_num(runs.distance_m)), total(runs.timer_s)
    with_distance = total(np.isfinite(runs.distance_m).astype(np.float64))
    columns = {
        "distance_m": np.where(with_distance > 0, known, np.nan),
        "timer_s": timer,
        "steps": total(runs.steps),
        "ascent_m": total(runs.ascent_m),
        "descent_m": total(runs.descent_m),
        "cadence_spm": total(runs.cadence_spm * runs.timer_s) / timer,
        "heart_bpm": total(runs.heart_bpm * runs.timer_s) / timer,
        "srpe_au": total(session_rpe(runs.effort, runs.timer_s)),
    }
    return Outings(
        ids=tuple(runs.ids[place] for place in first[in_time].tolist()),
        day=runs.day[first][in_time],
        measured=(with_distance == np.diff(first, append=len(runs.ids)))[in_time],
        **{name: values[in_time] for name, values in columns.items()},
    )


def _typed(run: RunSummary) -> bool:
    return run.is_only_from("hand") or run.is_hourless


def _known(values: Sequence[float | None], least: float = np.nextafter(0, 1)) -> Column:
    """Return VALUES as a column; what is not known, or cannot be (a run of 0 m), is NaN."""
    column = np.array(values, float)
    return np.where(np.isfinite(column) & (column >= least), column, np.nan)


def _once(runs: Activities) -> Mask:
    """Return which runs to count: of runs at the same time, those that make the greatest distance without overlap.

    The same run from two devices must not count twice, nor a false one hide a true one (weighted interval scheduling).
    Runs typed by hand all count.
    """
    keep = np.ones(len(runs.ids), bool)
    measured = np.flatnonzero(~runs.by_hand)
    keep[measured] = _without_overlap(runs.at(measured))
    return keep


def _without_overlap(runs: Activities) -> Mask:
    keep = np.ones(len(runs.ids), bool)
    ends = np.maximum(runs.ends_s - OVERLAP_S, runs.starts_s)
    if not (runs.starts_s[1:] < np.maximum.accumulate(ends)[:-1]).any():
        return keep
    order = np.argsort(ends, kind="stable")
    before = np.minimum(np.searchsorted(ends[order], runs.starts_s[order], side="right"), np.arange(len(order)))
    distance = np.nan_to_num(runs.distance_m[order])
    best = [0.0]
    for place, (fits, metres) in enumerate(zip(before.tolist(), distance.tolist(), strict=True)):
        best.append(max(best[place], best[fits] + metres))
    keep[order] = _chosen(best, before.tolist(), distance.tolist())
    return keep


def _chosen(best: list[float], before: list[int], distance: list[float]) -> list[bool]:
    """Walk back through the BEST totals: which of the runs made them."""
    chosen = [False] * len(distance)
    place = len(distance)
    while place:
        place -= 1
        if best[before[place]] + distance[place] >= best[place]:
            chosen[place] = True
            place = before[place]
    return chosen
