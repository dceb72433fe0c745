"""What is known becomes charts: weeks, single runs, days, pain, cadence. No ceiling where no run is offered."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

import polars as pl

from hipwise.draw import (
    Band,
    Chart,
    Day,
    Dot,
    Mark,
    Pace,
    Trend,
    Week,
    cadence_chart,
    pain_chart,
    spikes_chart,
    time_chart,
    weeks_chart,
)
from hipwise.form import Form
from hipwise.knowledge import Knowledge
from hipwise.load import SPIKE_STATES, Load
from hipwise.model import Evidence
from hipwise.texts import say

__all__ = ["before_picture", "cadence_picture", "pain_picture", "spikes_picture", "time_picture", "weeks_picture"]

WEEKS, SPIKE_DAYS, TIME_DAYS, PAIN_DAYS, AFTER_DAYS = 26, 182, 84, 14, 14
"""How far back each chart looks, and how far on from the first pain."""

WEEK_D = 7
M_PER_KM = 1000
PERCENT = 100
WIDE_BAND = 3
"""The uppermost band is drawn up to so many times its lower edge."""

SCORES = ("rest_pain_score", "walk_pain_score", "morning_pain_score", "run_pain_score", "after_pain_score")
"""Pain scores of a day; the worst of them stands for it."""

CADENCE = "cadence_spm"


def weeks_picture(load: Load, on: date, *, may_run: bool, width: float = 360) -> Chart:
    """Return the last half year of weeks; the line of 30 days stands only where a run is offered (MAY_RUN)."""
    monday = on - timedelta(on.weekday())
    rows = {row["monday"]: row for row in load.weeks.iter_rows(named=True)}
    first = max(min(rows, default=monday), monday - timedelta(WEEK_D * (WEEKS - 1)))
    days = [first + timedelta(WEEK_D * place) for place in range((monday - first).days // WEEK_D + 1)]
    return weeks_chart([_week(day, rows.get(day, {}), load, may_run=may_run) for day in days], width=width)


def _week(monday: date, row: dict[str, float | None], load: Load, *, may_run: bool) -> Week:
    longest, share = row.get("longest_30d_m"), 1 + load.constants.spike_small_above
    return Week(
        monday,
        km=_km(row.get("distance_m")) if row.get("runs") else None,
        longest_km=_km(row.get("longest_m")),
        line_km=_km(longest * share) if may_run and longest is not None else None,
        in_pain=load.onset is not None and monday + timedelta(WEEK_D) > load.onset,
    )


def spikes_picture(load: Load, on: date, knowledge: Knowledge, *, width: float = 360) -> Chart:
    """Return the single runs of half a year in the bands of the cohort."""
    lately = load.spikes.filter(pl.col("date") > on - timedelta(SPIKE_DAYS))
    dots = [
        Dot(row["date"], _km(row["distance_m"]), _percent(row["excess"]), row["state"])
        for row in lately.iter_rows(named=True)
    ]
    return spikes_chart(dots, list(_bands(load, knowledge)), width=width)


def _bands(load: Load, knowledge: Knowledge) -> Iterator[Band]:
    constants = load.constants
    edges = (constants.spike_small_above, constants.spike_moderate_above, constants.spike_large_above)
    for state, until in zip(SPIKE_STATES, (*edges, edges[-1] * WIDE_BAND), strict=True):
        hrr = None
        if state != SPIKE_STATES[0]:
            number = knowledge.number(f"load.spike_{state}_hrr")
            hrr = (number.value, *number.range)
        yield Band(state, until * PERCENT, hrr)


def before_picture(
    load: Load, evidence: Evidence, on: date, *, sessions: Collection[date] = (), width: float = 360
) -> Chart:
    """Return what changed before it hurt: four weeks before the onset (or the day ON), and two weeks after it."""
    until = on if load.onset is None else min(load.onset, on)
    first = until - timedelta(load.constants.before_onset_d)
    return _on_one_axis(load, evidence, (first, min(on, until + timedelta(AFTER_DAYS))), sessions, width)


def time_picture(
    load: Load, evidence: Evidence, on: date, *, sessions: Collection[date] = (), width: float = 360
) -> Chart:
    """Return pain, running and exercise (on the days SESSIONS) of the last twelve weeks on one axis."""
    return _on_one_axis(load, evidence, (on - timedelta(TIME_DAYS - 1), on), sessions, width)


def _on_one_axis(
    load: Load, evidence: Evidence, between: tuple[date, date], sessions: Collection[date], width: float
) -> Chart:
    marks = [
        Mark(each.on, say(f"chart.mark_{each.kind}"), each.says)
        for each in load.changes
        if between[0] <= each.on <= between[1]
    ]
    return time_chart(_days(load, evidence, between, sessions), onset=load.onset, marks=marks, width=width)


def pain_picture(evidence: Evidence, on: date, *, width: float = 360) -> Chart:
    """Return the pain of the last two weeks."""
    pain = _pain(evidence)
    days = [on - timedelta(PAIN_DAYS - 1 - place) for place in range(PAIN_DAYS)]
    return pain_chart([Day(day, pain=pain.get(day)) for day in days], width=width)


def _days(load: Load, evidence: Evidence, between: tuple[date, date], sessions: Collection[date]) -> list[Day]:
    """Return the days BETWEEN two, both among them.

    One before the first run known, or with a run without a distance, has no km.
    """
    rows = {row["date"]: row["distance_m"] for row in load.days.iter_rows(named=True)}
    pain, begins, ends = _pain(evidence), load.enough.first_run, load.enough.last_run
    days = []
    for place in range((between[1] - between[0]).days + 1):
        day = between[0] + timedelta(place)
        silent = begins is None or day < begins or (ends is not None and day <= ends and rows.get(day) is None)
        km = None if silent else _km(rows.get(day)) or 0.0
        days.append(Day(day, km, pain.get(day), day in sessions))
    return days


def _pain(evidence: Evidence) -> dict[date, float]:
    worst: dict[date, float] = {}
    for finding in evidence:
        if finding.id in SCORES and finding.is_known:
            worst[finding.on] = max(worst.get(finding.on, 0.0), float(finding.state))
    return worst


def cadence_picture(form: Form, *, width: float = 360) -> Chart:
    """Return cadence against pace, one sign a run, with the line of the newest sensor."""
    found, same = form.measure(CADENCE), {run.run for run in form.with_newest_sensor(CADENCE)}
    points = [
        Pace(run.on, run.speed_mps, run.values[CADENCE], _when(run.on, form.onset) if run.run in same else "other")
        for run in form.runs
        if CADENCE in run.values
    ]
    line = found.line if found is not None else None
    trend = Trend(line.at_mps, line.value, line.per_mps) if line is not None and line.per_mps else None
    return cadence_chart(points, trend, onset=form.onset is not None, width=width)


def _when(on: date, onset: date | None) -> str:
    return "before" if onset is None or on < onset else "after"


def _km(metres: float | None) -> float | None:
    return None if metres is None else round(metres / M_PER_KM, 2)


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * PERCENT, 1)
