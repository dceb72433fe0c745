"""The form of many runs becomes facts: usual values with their spread, trends, before and since the pain, drift."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from hipwise.form._watch import CADENCE, MEASURES, Column, FormConstants, RunForm

__all__ = ["Form", "Line", "Measure", "PaceBand", "form_of"]

MONTH_D = 30
"""A trend is told for so many days."""

HALF_PCT = 50.0
"""Both feet alike."""

BALANCE = "ground_contact_balance_pct"


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line: a VALUE at the speed AT_MPS, and PER_MPS more for each metre a second."""

    at_mps: float
    value: float
    per_mps: float

    def at(self, speed_mps: Column) -> Column:
        """Return the values on the line."""
        return self.value + self.per_mps * (speed_mps - self.at_mps)


@dataclass(frozen=True, slots=True)
class Shift:
    """A difference BY, give or take ERROR (about 95 %); COUNTS are the runs that bear it."""

    by: float
    error: float
    counts: tuple[int, ...]

    @property
    def is_sure(self) -> bool:
        """Whether it lies outside of its error."""
        return abs(self.by) > self.error


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of form over the RUNS of one sensor, the newest; OTHER runs had another one and are left out.

    LINE gives its usual value by speed, SPREAD how far a run lies from it (one standard deviation; None: one run).
    TREND is of 30 days, CHANGE since the pain less before it, both at the same pace; DRIFT the last third of a run less
    its first. None: too few runs. UNEVEN is told of the balance alone.
    """

    id: str
    runs: int
    other: int
    line: Line
    spread: float | None
    trend: Shift | None
    change: Shift | None
    sides: tuple[int, int] | None
    drift: Shift | None
    uneven: bool | None


@dataclass(frozen=True, slots=True)
class PaceBand:
    """A pace over the runs of the newest sensor: speed and cadence weighted by time, SECONDS, count of RUNS."""

    speed_mps: float
    cadence_spm: float
    seconds: float
    runs: int


@dataclass(frozen=True, slots=True)
class Form:
    """What the watch tells of the form of RUNS up to the day ON, before and since a pain that began on ONSET."""

    on: date
    onset: date | None
    runs: tuple[RunForm, ...]
    measures: tuple[Measure, ...]
    bands: tuple[PaceBand, ...]

    def measure(self, name: str) -> Measure | None:
        """Return one measure, None where no run has it."""
        return next((each for each in self.measures if each.id == name), None)

    def with_newest_sensor(self, name: str) -> tuple[RunForm, ...]:
        """Return the runs whose measure NAME came from the sensor of the newest run that has it."""
        return tuple(_of_one_sensor(self.runs, name))


def form_of(runs: Sequence[RunForm], constants: FormConstants, on: date, onset: date | None = None) -> Form:
    """Return the facts of RUNS, which are in order of time."""
    known = tuple(run for run in runs if run.on <= on)
    measures = tuple(
        _measure(name, _of_one_sensor(known, name), known, constants, onset)
        for name in MEASURES
        if any(name in run.values for run in known)
    )
    return Form(on, onset, known, measures, tuple(_bands(_of_one_sensor(known, CADENCE), constants)))


def _of_one_sensor(runs: Sequence[RunForm], name: str) -> list[RunForm]:
    """Return the runs with a measure from the sensor of the newest of them: another sensor measures otherwise."""
    having = [run for run in runs if name in run.values]
    return [run for run in having if run.sensors[name] == having[-1].sensors[name]]


def _measure(
    name: str, runs: list[RunForm], every: Sequence[RunForm], constants: FormConstants, onset: date | None
) -> Measure:
    values = np.array([run.values[name] for run in runs])
    speed = np.array([run.speed_mps for run in runs])
    line = _line(speed, values, np.array([run.seconds for run in runs]), constants)
    off = values - line.at(speed)
    spread = float(off.std(ddof=1)) if len(runs) > 1 else None
    before = None if onset is None else np.array([run.on < onset for run in runs])
    drifts = np.array([run.drift[name] for run in runs if name in run.drift])
    return Measure(
        id=name,
        runs=len(runs),
        other=sum(name in run.values for run in every) - len(runs),
        line=line,
        spread=spread,
        trend=_trend(np.array([run.on.toordinal() for run in runs], float), off, constants),
        change=None if before is None else _change(off[before], off[~before], constants),
        sides=None if before is None else (int(before.sum()), int((~before).sum())),
        drift=_drift(drifts, constants),
        uneven=_uneven(line.value, spread, constants) if name == BALANCE else None,
    )


def _line(speed: Column, values: Column, weights: Column, constants: FormConstants) -> Line:
    """Return the line through VALUES by speed, weighted by time; flat where all runs have (nearly) one speed."""
    at, value = (float(np.average(each, weights=weights)) for each in (speed, values))
    wide = float(np.average((speed - at) ** 2, weights=weights))
    together = float(np.average((speed - at) * (values - value), weights=weights))
    bears = len(values) >= constants.trend_least_runs and np.ptp(speed) >= constants.band_mps
    return Line(at, value, together / wide if bears else 0.0)


def _trend(days: Column, off: Column, constants: FormConstants) -> Shift | None:
    """Return the rise of what lies OFF the line in 30 days."""
    if len(off) < constants.trend_least_runs or np.ptp(days) < constants.trend_least_d:
        return None
    since = days - days.mean()
    wide = float((since**2).sum())
    slope = float((since * off).sum()) / wide
    left = off - off.mean() - slope * since
    error = constants.sure_times * float(np.sqrt((left**2).sum() / (len(off) - 2) / wide))
    return Shift(slope * MONTH_D, error * MONTH_D, (len(off),))


def _change(before: Column, after: Column, constants: FormConstants) -> Shift | None:
    counts = len(before), len(after)
    if min(counts) < constants.side_least_runs:
        return None
    error = float(np.sqrt(sum(side.var(ddof=1) / len(side) for side in (before, after))))
    return Shift(float(after.mean() - before.mean()), constants.sure_times * error, counts)


def _drift(drifts: Column, constants: FormConstants) -> Shift | None:
    if len(drifts) < constants.side_least_runs:
        return None
    error = constants.sure_times * float(drifts.std(ddof=1)) / len(drifts) ** (1 / 2)
    return Shift(float(drifts.mean()), error, (len(drifts),))


def _uneven(value: float, spread: float | None, constants: FormConstants) -> bool | None:
    return None if spread is None else abs(value - HALF_PCT) > constants.uneven_times * spread


def _bands(runs: Sequence[RunForm], constants: FormConstants) -> Iterator[PaceBand]:
    held = [(int(band.speed_mps / constants.band_mps), band) for run in runs for band in run.bands]
    for place in sorted({place for place, _ in held}):
        bands = [band for at, band in held if at == place]
        weights = [band.seconds for band in bands]
        speed = float(np.average([band.speed_mps for band in bands], weights=weights))
        cadence = float(np.average([band.cadence_spm for band in bands], weights=weights))
        yield PaceBand(speed, cadence, sum(weights), len(bands))
