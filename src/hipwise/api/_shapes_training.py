"""What answers about the training hold, as typed models (see `_shapes`)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from hipwise.api._shapes import Shape
from hipwise.plan import Referral

__all__ = ["FormData", "LoadData", "QualityData"]

Grade = Literal["A", "B", "C", "D"]


class WeekData(Shape):
    """One week of training; null is not known. GRADE says what its data are worth, WHOLE that all of it is known.

    UNKNOWN_D counts its days of which nobody knows; LOW and HIGH are the ends between which the distance lies.
    """

    monday: date
    runs: int
    distance_m: float
    timer_s: float
    steps: float | None
    longest_m: float | None
    longest_30d_m: float | None
    ascent_m: float | None
    descent_m: float | None
    srpe_au: float | None
    trimp: float | None
    dose_steps: float | None
    whole: bool
    change_pct: float | None
    grade: Grade | None
    unknown_d: int
    distance_low_m: float | None
    distance_high_m: float | None


class RunLoad(Shape):
    """The load of one run."""

    date: date
    run: str
    distance_m: float | None
    timer_s: float | None
    steps: float | None
    ascent_m: float | None
    descent_m: float | None
    climb_m_per_km: float | None
    hilly: bool | None
    speed_mps: float | None
    zone: str | None
    srpe_au: float | None
    trimp: float | None
    dose_steps: float | None
    dose_low: float | None
    dose_high: float | None
    grade: Grade | None


class Spike(Shape):
    """A run that was longer than the longest of the 30 days before it; HRR is the hazard ratio of its band.

    SURE: it stays one at the least that it can have been. SURE_SHARE is that least, as a share of its distance.
    """

    date: date
    run: str
    distance_m: float
    longest_30d_m: float
    excess: float
    state: Literal["small", "moderate", "large"]
    hrr: float | None
    hrr_low: float | None
    hrr_high: float | None
    grade: Grade | None
    excess_low: float | None
    excess_high: float | None
    sure: bool
    sure_share: float


class Acwr(Shape):
    """The newest day against the weeks before it, reckoned in three ways."""

    date: date
    coupled: float | None
    uncoupled: float | None
    ewma: float | None
    coupled_low: float | None
    coupled_high: float | None
    uncoupled_low: float | None
    uncoupled_high: float | None
    ewma_low: float | None
    ewma_high: float | None
    known_d: int
    grade: Grade | None


class Monotony(Shape):
    """How alike the days of the newest week are."""

    date: date
    monotony: float | None
    strain: float | None
    known_d: int
    grade: Grade | None


class Fitness(Shape):
    """The balance of a long and a short average."""

    date: date
    fitness: float | None
    fatigue: float | None
    form: float | None
    fitness_low: float | None
    fitness_high: float | None
    fatigue_low: float | None
    fatigue_high: float | None
    form_low: float | None
    form_high: float | None
    known_d: int
    grade: Grade | None


class ChangeData(Shape):
    """Something that changed before the pain began, and what such a change is known to mean."""

    kind: str
    on: date
    days_before: int
    says: str
    standing: str
    standing_says: str
    sure: bool


class MetricData(Shape):
    """A figure of load: how it is reckoned, what it is now, and what it is worth."""

    id: str
    name: str
    now: str | None
    grade: Grade | None
    how_sure: str | None
    formula: str
    says: str
    standing: str
    standing_says: str
    in_runners: bool
    drives: bool
    sources: list[str]
    grades: list[str]
    known: str | None


class PlannedRun(Shape):
    """What a run in mind would be."""

    km: float
    state: str | None
    says: str


class PainFrom(Shape):
    """How far into a run the pain began, between LOW_KM and HIGH_KM."""

    on: date
    state: str
    run_on: date | None
    run_km: float | None
    low_km: float | None
    high_km: float | None
    says: str
    told: str


class PainTrend(Shape):
    """Whether runs go farther without pain than they did."""

    state: str
    count: int
    says: str


class CeilingDoubt(Shape):
    """Why the ceiling is lower than the log alone would have it: a week of a GRADE that is doubted."""

    km: float
    on: date
    grade: Grade
    says: str


class LeftOut(Shape):
    """A run that counts for nothing, and why."""

    run: str
    why: str


class LoadData(Shape):
    """The training load."""

    on: date
    onset: date | None
    weeks: list[WeekData]
    runs: list[RunLoad]
    spikes: list[Spike]
    longest_30d_km: float | None
    may_run: bool
    ceiling_km: float | None
    ceiling_says: str | None
    ceiling_doubt: CeilingDoubt | None
    planned: PlannedRun | None
    referral: Referral | None
    acwr: Acwr | None
    monotony: Monotony | None
    fitness: Fitness | None
    changes: list[ChangeData]
    verdict: str
    pain_from: list[PainFrom]
    pain_from_trend: PainTrend | None
    not_enough: list[str]
    findings: dict[str, str]
    metrics: list[MetricData]
    left_out: list[LeftOut]
    not_looked_at: list[str]


class MeasureData(Shape):
    """One measure of the form, as numbers and in sentences."""

    id: str
    name: str
    unit: str
    value: float
    pace: str
    speed_mps: float
    per_mps: float
    spread: float | None
    runs: int
    runs_of_other_sensors: int
    trend_30d: float | None
    change: float | None
    drift: float | None
    uneven: bool | None
    says: list[str]


class PaceData(Shape):
    """The cadence at one pace."""

    pace: str
    speed_mps: float
    cadence_spm: float
    minutes: float
    runs: int


class FormData(Shape):
    """What the watch tells of the form; RUNS are rows of a table whose columns are the measures of the watch."""

    on: date
    onset: date | None
    says: str
    measures: list[MeasureData]
    paces: list[PaceData]
    runs: list[dict[str, object]]
    known: list[str]
    sources: list[str]
    not_looked_at: list[str]


class GradedWeek(Shape):
    """What the data of one week are worth; MAY_BE_OFF_BY is a share."""

    monday: date
    grade: Grade
    may_be_off_by: float


class DataFault(Shape):
    """A fault of a watch, or days without it."""

    kind: str
    from_: date = Field(alias="from")
    to: date
    says: str
    run: str | None
    serious: bool


class QualityData(Shape):
    """What the training data are worth."""

    on: date
    weeks: list[GradedWeek]
    unknown_days: list[date]
    faults: list[DataFault]
    merged_runs: int
