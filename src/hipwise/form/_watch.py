"""The samples of one run become its form: means weighted by time, by pace, and its drift."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
import polars as pl

from hipwise.activity import Run, RunSummary

__all__ = ["MEASURES", "Band", "FormConstants", "RunForm", "run_form", "to_read"]

Column: TypeAlias = np.ndarray[tuple[int], np.dtype[np.float64]]
Mask: TypeAlias = np.ndarray[tuple[int], np.dtype[np.bool_]]

MEASURES = (
    "cadence_spm",
    "step_length_mm",
    "ground_contact_ms",
    "vertical_oscillation_mm",
    "vertical_ratio_pct",
    "ground_contact_balance_pct",
)
"""What a watch measures of form; the unit is in the name."""

CADENCE, STEP = MEASURES[:2]
RUNNING = "running"
S_PER_MIN = 60
MM_PER_M = 1000
THIRD = 3  # a run has a first and a last one


@dataclass(frozen=True, slots=True, kw_only=True)
class FormConstants:
    """The numbers of form (`parameters/form.yaml`). Filled by `Knowledge.constants(FormConstants, "form")`."""

    runs_most: float
    cadence_least_spm: float
    speed_least_mps: float
    sample_longest_s: float
    used_least_s: float
    band_mps: float
    band_least_s: float
    trend_least_runs: float
    trend_least_d: float
    side_least_runs: float
    sure_times: float
    uneven_times: float


@dataclass(frozen=True, slots=True)
class Band:
    """A pace within one run: mean speed and cadence, and for how many seconds."""

    speed_mps: float
    cadence_spm: float
    seconds: float


@dataclass(frozen=True, slots=True)
class RunForm:
    """The form of one run: means over SECONDS of running (a SHARE of the time that the timer ran).

    VALUES and SENSORS go by measure; a measure that the watch lacks is in neither. DRIFT is the last third less the
    first at the same pace, where both held it.
    """

    run: str
    on: date
    seconds: float
    share: float
    speed_mps: float
    values: Mapping[str, float]
    sensors: Mapping[str, str]
    bands: tuple[Band, ...]
    drift: Mapping[str, float]


def to_read(
    runs: Sequence[RunSummary], on: date, onset: date | None, constants: FormConstants
) -> tuple[RunSummary, ...]:
    """Return which RUNS, in order of time, to read sample by sample for the day ON: a bounded number of them.

    The last ones; with an ONSET half of them from before it, as far as there are so many.
    """
    most = int(constants.runs_most)
    fit = [run for run in runs if run.sport == RUNNING and run.cadence_spm and run.records and run.local_date <= on]
    if onset is None:
        return tuple(fit[-most:])
    before = [run for run in fit if run.local_date < onset]
    since = [run for run in fit if run.local_date >= onset]
    newest = min(len(since), max(most // 2, most - len(before)))
    oldest = min(len(before), most - newest)
    return (*before[len(before) - oldest :], *since[len(since) - newest :])


def run_form(run: Run, constants: FormConstants) -> RunForm | None:
    """Return the form of a RUN; None where its samples hold too little running with cadence and speed."""
    columns, speed, weights = _columns(run.samples, constants)
    used = (columns[CADENCE] >= constants.cadence_least_spm) & (speed >= constants.speed_least_mps) & (weights > 0)
    seconds = float(weights[used].sum())
    if seconds < constants.used_least_s:
        return None
    columns = {name: values[used] for name, values in columns.items()}
    speed, held = speed[used], weights[used]
    means = {name: _mean(values, held, constants.used_least_s) for name, values in columns.items()}
    values = {name: mean for name, mean in means.items() if mean is not None}
    return RunForm(
        run=run.id,
        on=run.local_date,
        seconds=seconds,
        share=seconds / float(weights.sum()),
        speed_mps=float(np.average(speed, weights=held)),
        values=values,
        sensors={name: _sensor(run, name) for name in values},
        bands=tuple(_bands(speed, columns[CADENCE], held, constants)),
        drift=_drifts({name: columns[name] for name in values}, speed, held, constants),
    )


def _columns(samples: pl.DataFrame, constants: FormConstants) -> tuple[dict[str, Column], Column, Column]:
    """Return the measures that the samples have, speed, and for how many seconds each sample speaks (0: paused)."""
    at = samples["at"].dt.epoch("ms").to_numpy().astype(np.float64) / MM_PER_M
    gaps = np.diff(at, append=at[-1:])
    moving = samples["moving"].to_numpy()
    weights = np.where(moving, np.minimum(gaps, constants.sample_longest_s), 0.0)
    speed = _speed(samples, gaps)
    columns = {name: _column(samples, name) for name in MEASURES if name in samples.columns or name == CADENCE}
    if STEP not in columns:
        cadence = np.where(columns[CADENCE] > 0, columns[CADENCE], np.nan)
        columns[STEP] = speed * S_PER_MIN * MM_PER_M / cadence
    return columns, speed, weights


def _speed(samples: pl.DataFrame, gaps: Column) -> Column:
    """Return metres a second as the device says, else from its distance."""
    if "speed_mps" in samples.columns or "distance_m" not in samples.columns:
        return _column(samples, "speed_mps")
    metres = _column(samples, "distance_m")
    return np.diff(metres, append=metres[-1:]) / np.where(gaps > 0, gaps, np.nan)


def _column(samples: pl.DataFrame, name: str) -> Column:
    """Return a column with NaN for what is not known; one that measures form and is 0 measures nothing."""
    if name not in samples.columns:
        return np.full(len(samples), np.nan)
    values = samples[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
    return np.where(values > 0, values, np.nan)


def _mean(values: Column, weights: Column, least_s: float) -> float | None:
    """Return the mean weighted by time, None where less than LEAST_S of it is known."""
    known = np.isfinite(values)
    if float(weights[known].sum()) < least_s:
        return None
    return float(np.average(values[known], weights=weights[known]))


def _sensor(run: Run, measure: str) -> str:
    """Return what measured it: as the file says of the column, else the device."""
    origin = run.origins[0]
    column = CADENCE if measure == STEP else measure
    device = " ".join(str(each) for each in (origin.maker, origin.product, origin.serial) if each is not None)
    return dict(run.column_sources).get(column) or device or origin.kind


def _bands(speed: Column, cadence: Column, weights: Column, constants: FormConstants) -> list[Band]:
    found = []
    bins = np.floor(speed / constants.band_mps)
    for each in np.unique(bins):
        held = np.where(bins == each, weights, 0.0)
        if held.sum() >= constants.band_least_s:
            pace, steps = (float(np.average(values, weights=held)) for values in (speed, cadence))
            found.append(Band(pace, steps, float(held.sum())))
    return found


def _drifts(
    columns: Mapping[str, Column], speed: Column, weights: Column, constants: FormConstants
) -> dict[str, float]:
    """Return for each measure the last third less the first, over the paces that both held."""
    done = np.cumsum(weights) / weights.sum()
    first, last = done <= 1 / THIRD, done > 1 - 1 / THIRD
    bins = np.floor(speed / constants.band_mps)
    found = {}
    for name, values in columns.items():
        known = np.isfinite(values)
        shifts = [
            shift
            for each in np.unique(bins[known & first])
            if (shift := _shift(values, weights, known & (bins == each), (first, last), constants)) is not None
        ]
        if shifts:
            found[name] = float(np.average([by for by, _ in shifts], weights=[held for _, held in shifts]))
    return found


def _shift(
    values: Column, weights: Column, at_pace: Mask, thirds: tuple[Mask, Mask], constants: FormConstants
) -> tuple[float, float] | None:
    """Return by how much the last of the THIRDS differs from the first at one pace, and for how long both held it."""
    parts = [at_pace & third for third in thirds]
    held = min(float(weights[part].sum()) for part in parts)
    if held < constants.band_least_s:
        return None
    first, last = (float(np.average(values[part], weights=weights[part])) for part in parts)
    return last - first, held
