"""One run as curves to be drawn and as splits to be read. No place is in them: only how far and how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from hipwise.activity._arrays import Column, Mask, middle
from hipwise.activity._cadence import FOOT_SPORTS
from hipwise.activity._places import metres_between, too_fast
from hipwise.activity._stretches import USUAL_STEPS
from hipwise.activity._totals import LONGEST_STEP_S, climbs

if TYPE_CHECKING:
    from hipwise.activity._run import Run
    from hipwise.activity._stretches import Rows

__all__ = ["STREAMS", "Break", "Split", "Stream", "Streams", "splits_of", "streams_of"]

STREAMS: Final[tuple[str, ...]] = ("speed_mps", "heart_rate_bpm", "cadence_spm", "altitude_m")
"""What can be drawn along a run; the unit is in the name."""

ZERO_TELLS: Final = "altitude_m"
"""The sea is at 0; a heart, a step and a pace that are 0 were not measured."""

SPEED_OVER_S: Final = 10.0
"""Where the device tells no speed, it is taken from the way over so many seconds: from second to second it is noise."""

BREAKS_SHARE: Final = 4
"""At most one row in so many is a break."""

LEAST_HELD_S: Final = 1e-3
"""A sample at the very time of the next one counts all the same."""

MOST_SPLITS: Final = 1000
LEAST_SPLIT: Final = 0.02
"""A rest of less than this share of a split is no split of its own."""


@dataclass(frozen=True, slots=True)
class Stream:
    """What was measured along a run: in each row its mean over the time, its least and its most; NaN is not known."""

    mean: Column
    low: Column
    high: Column


@dataclass(frozen=True, slots=True)
class Break:
    """Before ROW there was a pause, or nothing was recorded, for so many SECONDS by the clock on the wall."""

    row: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Streams:
    """A run in rows: TIMER_S without pauses, DISTANCE_M (None: not known), and what was measured, by name of STREAMS.

    EACH: a row is one sample, so that least, mean and most are the same.
    """

    timer_s: Column
    distance_m: Column | None
    columns: Mapping[str, Stream]
    breaks: tuple[Break, ...]
    each: bool


@dataclass(frozen=True, slots=True)
class Split:
    """A part of a run, LENGTH_M long, run in TIMER_S (without pauses); None is not known."""

    length_m: float
    timer_s: float
    heart_rate_bpm: float | None
    cadence_spm: float | None
    ascent_m: float | None
    descent_m: float | None


@dataclass(frozen=True, slots=True)
class _Track:
    """The samples outside pauses: time AT, CLOCK without pauses, for how long each speaks (HELD_S), and the breaks."""

    at: Column
    clock: Column
    held_s: Column
    columns: dict[str, Column]
    metres: Column | None
    breaks: dict[int, float]


def streams_of(run: Run, rows: int) -> Streams:
    """Return the curves of a RUN in at most so many ROWS (at least 8); each row has the least and the most within it.

    Pauses are cut out, and what falls silent is broken off: of many breaks the longest are kept.
    """
    track = _track(run)
    count = len(track.clock)
    most = sorted(track.breaks, key=lambda row: track.breaks[row], reverse=True)[: rows // BREAKS_SHARE]
    even = min(count, rows - len(most))
    starts = np.unique(np.concatenate((np.arange(even) * count // max(1, even), most)).astype(np.int64))
    places = {start: row for row, start in enumerate(starts.tolist())}
    return Streams(
        _middles(track.clock, starts),
        None if track.metres is None else _middles(track.metres, starts),
        {name: _thinned(track.columns[name], track.held_s, starts) for name in STREAMS if name in track.columns},
        tuple(Break(places[start], track.breaks[start]) for start in sorted(most)),
        len(starts) == count,
    )


def splits_of(run: Run, every_m: float) -> tuple[Split, ...]:
    """Return a RUN part by part, EVERY_M long and a rest; none where its way is not known or has too many parts."""
    track = _track(run)
    if track.metres is None or not LEAST_SPLIT * every_m < track.metres[-1] <= MOST_SPLITS * every_m:
        return ()
    length = float(track.metres[-1])
    ends = np.arange(every_m, length - LEAST_SPLIT * every_m, every_m)
    edges = np.concatenate(([0.0], ends, [length]))
    rows = np.append(np.searchsorted(track.metres, edges[:-1]), len(track.clock))
    times = np.interp(edges, track.metres, track.clock)
    times[[0, -1]] = track.clock[[0, -1]]
    parts = zip(pairwise(edges.tolist()), pairwise(times.tolist()), pairwise(rows.tolist()), strict=True)
    return tuple(_split(track, end - begin, done - start, slice(*part)) for (begin, end), (start, done), part in parts)


def _split(track: _Track, length_m: float, timer_s: float, part: slice) -> Split:
    rows = {name: values[part] for name, values in track.columns.items()}
    heart, cadence = (_mean(rows.get(name), track.held_s[part]) for name in ("heart_rate_bpm", "cadence_spm"))
    climbed = climbs(rows | {"at": track.at[part]}, np.ones(len(track.at[part]), bool))
    return Split(length_m, timer_s, heart, cadence, *climbed)


def _mean(values: Column | None, held_s: Column) -> float | None:
    known = np.isfinite(values) if values is not None else np.zeros(0, bool)
    return float(np.average(values[known], weights=held_s[known])) if values is not None and known.any() else None


def _track(run: Run) -> _Track:
    samples = run.samples.drop_nulls("at")
    at = samples["at"].dt.epoch("ms").to_numpy().astype(np.float64) / 1000
    moving = samples["moving"].to_numpy()
    if not moving.any():
        return _Track(at[:0], at[:0], at[:0], {}, None, {})
    clock, silent = _clock(at, moving, run.timer_s)
    columns = {name: _column(samples, name)[moving] for name in STREAMS if name in samples.columns}
    kept = np.flatnonzero(moving)
    broken = [n for n, (one, other) in enumerate(pairwise(kept.tolist()), 1) if other > one + 1 or silent[one]]
    metres, clock = _metres(samples, at, moving, on_foot=run.sport in FOOT_SPORTS), clock[kept]
    if metres is not None and "speed_mps" not in _known(columns):
        columns["speed_mps"] = _over(metres, clock)
    held_s = np.clip(np.diff(clock), LEAST_HELD_S, LONGEST_STEP_S)
    held_s = np.append(held_s, middle(held_s) if held_s.size else 1.0)
    breaks = {n: float(at[kept[n]] - at[kept[n - 1]]) for n in broken}
    return _Track(at[kept], clock, held_s, _known(columns), metres, breaks)


def _clock(at: Column, moving: Mask, timer_s: float | None) -> tuple[Column, Mask]:
    """Return seconds without pauses, and after which samples nothing was said for long.

    A silence counts as far as the device's own time leaves room for it: a watch that was stopped says nothing either.
    """
    steps = np.diff(at)
    usual = middle(steps) if steps.size else 0.0
    silent = (steps > max(LONGEST_STEP_S, USUAL_STEPS * usual)) & moving[:-1]
    counted = np.where(moving[:-1], steps, 0.0)
    quiet_s, heard_s = float(counted[silent].sum()), float(counted[~silent].sum())
    if timer_s is not None and quiet_s:
        counted[silent] *= min(1.0, max(0.0, timer_s - heard_s) / quiet_s)
    return np.concatenate(([0.0], np.cumsum(counted))), np.append(silent, False)


def _column(samples: pl.DataFrame, name: str) -> Column:
    values = _floats(samples, name)
    return values if name == ZERO_TELLS else np.where(values > 0, values, np.nan)


def _known(columns: dict[str, Column]) -> dict[str, Column]:
    return {name: values for name, values in columns.items() if np.isfinite(values).any()}


def _metres(samples: pl.DataFrame, at: Column, moving: Mask, *, on_foot: bool) -> Column | None:
    """Return how far it was at each sample that moves: by the device, else from place to place; no jumps."""
    names = set(samples.columns)
    if "distance_m" in names and np.isfinite(counted := _floats(samples, "distance_m")).sum() > 1:
        known = np.isfinite(counted)
        steps = np.diff(counted[known])
    elif {"latitude_deg", "longitude_deg"} <= names:
        latitude, longitude = (_floats(samples, name) for name in ("latitude_deg", "longitude_deg"))
        known = np.isfinite(latitude) & np.isfinite(longitude)
        steps = np.where(moving[known][:-1], metres_between(latitude[known], longitude[known]), 0.0)
    else:
        return None
    jumps = too_fast(steps, np.diff(at[known]), on_foot=on_foot)
    metres = np.cumsum(np.where(jumps, 0.0, np.maximum(steps, 0.0)))
    if not metres.size or not metres[-1]:
        return None
    found: Column = np.interp(at, at[known], np.append(0.0, metres))[moving]
    return np.asarray(found - found[0])


def _floats(samples: pl.DataFrame, name: str) -> Column:
    values: Column = samples[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
    return values


def _over(metres: Column, clock: Column) -> Column:
    """Return metres a second over SPEED_OVER_S around each sample; NaN where nothing was covered."""
    last = len(clock) - 1
    begin = np.searchsorted(clock, clock - SPEED_OVER_S / 2)
    end = np.minimum(np.searchsorted(clock, clock + SPEED_OVER_S / 2), last)
    way, seconds = metres[end] - metres[begin], clock[end] - clock[begin]
    covered = (seconds > 0) & (way > 0)
    return np.where(covered, way / np.where(covered, seconds, 1.0), np.nan)


def _middles(values: Column, starts: Rows) -> Column:
    return np.asarray(np.add.reduceat(values, starts) / np.diff(starts, append=len(values)))


def _thinned(values: Column, held_s: Column, starts: Rows) -> Stream:
    known = np.isfinite(values)
    seconds = np.add.reduceat(np.where(known, held_s, 0.0), starts)
    sums = np.add.reduceat(np.where(known, values * held_s, 0.0), starts)
    mean = np.where(seconds > 0, sums / np.where(seconds > 0, seconds, 1.0), np.nan)
    return Stream(mean, np.fmin.reduceat(values, starts), np.fmax.reduceat(values, starts))
