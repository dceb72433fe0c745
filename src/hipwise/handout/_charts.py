"""What is known becomes charts: weeks, single runs, days, pain, cadence. No ceiling where no run is offered."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl

from hipwise.draw import (
    Band,
    Chart,
    Day,
    Dot,
    Mark,
    Pace,
    Stretch,
    Trend,
    Week,
    cadence_chart,
    pain_chart,
    sparkline,
    spikes_chart,
    time_chart,
    until_chart,
    weeks_chart,
)
from hipwise.form import Form
from hipwise.handout._sessions import Dated
from hipwise.knowledge import Knowledge
from hipwise.load import SPIKE_STATES, Load, pain_from
from hipwise.model import Evidence
from hipwise.texts import say

__all__ = [
    "before_picture",
    "cadence_picture",
    "pain_line",
    "pain_picture",
    "spikes_picture",
    "time_picture",
    "until_picture",
    "weeks_picture",
]

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

DOUBTED = ("C", "D")
"""Grades of weeks that are drawn as in doubt."""

NO_ROW: dict[str, Any] = {"distance_m": None, "known": True, "grade": None}
"""A day outside of the log."""


def weeks_picture(load: Load, on: date, *, may_run: bool, ahead: Collection[Dated] = (), width: float = 360) -> Chart:
    """Return the last half year of weeks; the line of 30 days stands only where a run is offered (MAY_RUN).

    AHEAD are days of the plan that may be handed out: their runs are drawn hollow.
    """
    monday = on - timedelta(on.weekday())
    rows = {row["monday"]: row for row in load.weeks.iter_rows(named=True)}
    first = max(min(rows, default=monday), monday - timedelta(WEEK_D * (WEEKS - 1)))
    runs = _still_ahead(load, ahead)
    last = max((day - timedelta(day.weekday()) for day in runs), default=monday)
    days = [first + timedelta(WEEK_D * place) for place in range((max(last, monday) - first).days // WEEK_D + 1)]
    weeks = (_week(day, rows.get(day, {}), load, on, may_run=may_run) for day in days)
    return weeks_chart([_with_planned(week, runs) for week in weeks], width=width)


def _still_ahead(load: Load, ahead: Collection[Dated]) -> dict[date, Dated]:
    """Return the days of AHEAD with a run that has not been run yet."""
    return {each.on: each for each in ahead if each.run and not load.ran_on(each.on)}


def _with_planned(week: Week, runs: Mapping[date, Dated]) -> Week:
    of_week = [each for day, each in runs.items() if week.monday <= day < week.monday + timedelta(WEEK_D)]
    known = [each.km for each in of_week if each.km is not None]
    return replace(week, planned_runs=len(of_week), planned_km=_down(sum(known)) if known else None)


def _week(monday: date, row: dict[str, Any], load: Load, on: date, *, may_run: bool) -> Week:
    in_pain = load.onset is not None and monday + timedelta(WEEK_D) > load.onset
    return Week(
        monday,
        grade=row.get("grade"),
        in_doubt=row.get("grade") in DOUBTED,
        low_km=_km(row.get("distance_low_m")),
        high_km=_km(row.get("distance_high_m")),
        km=_km(row.get("distance_m")) if row.get("runs") else None,
        longest_km=_km(row.get("longest_m")),
        line_km=_line(monday, row.get("longest_30d_sure_m"), load, on, in_pain=in_pain) if may_run else None,
        in_pain=in_pain,
    )


def _line(monday: date, longest_m: float | None, load: Load, on: date, *, in_pain: bool) -> float | None:
    """Return where the line of a week stands; in pain no higher than the ceiling, which leaves jumps out."""
    if longest_m is None:
        return None
    tenth = _down(longest_m * (1 + load.constants.spike_small_above) / M_PER_KM)
    ceiling = load.ceiling_km(min(on, monday + timedelta(WEEK_D - 1))) if in_pain else None
    return tenth if ceiling is None else min(tenth, ceiling)


def spikes_picture(load: Load, on: date, knowledge: Knowledge, *, width: float = 360) -> Chart:
    """Return the single runs of half a year in the bands of the cohort."""
    lately = load.spikes.filter(pl.col("date") > on - timedelta(SPIKE_DAYS))
    dots = [
        Dot(row["date"], _km(row["distance_m"]), _percent(row["excess"]), row["state"], row["sure"] or not row["grade"])
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
    return _on_one_axis(load, _days(load, evidence, (first, min(on, until + timedelta(AFTER_DAYS))), sessions), width)


def time_picture(
    load: Load,
    evidence: Evidence,
    on: date,
    *,
    sessions: Collection[date] = (),
    ahead: Collection[Dated] = (),
    width: float = 360,
) -> Chart:
    """Return pain, running and exercise (on the days SESSIONS) of the last twelve weeks on one axis.

    AHEAD are days of the plan that may be handed out: their runs are drawn hollow, behind today.
    """
    runs = _still_ahead(load, ahead)
    until = max(runs, default=on)
    done = [
        _with_run(day, runs.get(day.on)) for day in _days(load, evidence, (on - timedelta(TIME_DAYS - 1), on), sessions)
    ]
    coming = [on + timedelta(place) for place in range(1, (until - on).days + 1)]
    return _on_one_axis(load, [*done, *(_with_run(Day(day, ahead=True), runs.get(day)) for day in coming)], width)


def _with_run(day: Day, planned: Dated | None) -> Day:
    """Return DAY with the run that is PLANNED on it."""
    if planned is None:
        return day
    if planned.km is not None:
        return replace(day, planned=say("chart.planned_km", km=planned.km), planned_km=_down(planned.km))
    minutes = planned.minutes
    said = say("chart.planned_run") if minutes is None else say("chart.planned_minutes", minutes=int(minutes))
    return replace(day, planned=said)


def _on_one_axis(load: Load, days: list[Day], width: float) -> Chart:
    marks = [
        Mark(each.on, say(f"chart.mark_{each.kind}"), each.says)
        for each in load.changes
        if days[0].on <= each.on <= days[-1].on
    ]
    return time_chart(days, onset=load.onset, marks=marks, width=width)


def pain_picture(evidence: Evidence, on: date, *, width: float = 360) -> Chart:
    """Return the pain of the last two weeks."""
    return pain_chart(_fortnight(evidence, on), width=width)


def pain_line(evidence: Evidence, on: date) -> dict[str, str] | None:
    """Return the same as a small line for a card, as plain data; None where no score was told in that time."""
    days = _fortnight(evidence, on)
    if all(day.pain is None for day in days):
        return None
    drawn = sparkline(days)
    return {"title": drawn.title, "says": drawn.says, "svg": drawn.svg}


def _fortnight(evidence: Evidence, on: date) -> list[Day]:
    pain = _pain(evidence)
    days = (on - timedelta(PAIN_DAYS - 1 - place) for place in range(PAIN_DAYS))
    return [Day(day, pain=pain.get(day)) for day in days]


def until_picture(load: Load, evidence: Evidence, knowledge: Knowledge, *, width: float = 360) -> Chart:
    """Return how far each run went without pain, as it was told."""
    stretches = [
        Stretch(each.run_on, _round(each.run_km), _round(each.low_km), _round(each.high_km), each.is_free)
        for each in pain_from(load, evidence, knowledge)
        if each.run_on is not None
    ]
    return until_chart(stretches, width=width)


def _days(load: Load, evidence: Evidence, between: tuple[date, date], sessions: Collection[date]) -> list[Day]:
    """Return the days BETWEEN two, both among them.

    One before the first run known, that nobody knows of, or with a run without a distance, has no km.
    """
    rows = {row["date"]: row for row in load.days.iter_rows(named=True)}
    pain, begins, ends = _pain(evidence), load.enough.first_run, load.enough.last_run
    days = []
    for place in range((between[1] - between[0]).days + 1):
        day = between[0] + timedelta(place)
        row = rows.get(day, NO_ROW)
        silent = begins is None or day < begins or (ends is not None and day <= ends and row["distance_m"] is None)
        blank = day in load.unknown or not row["known"]
        km = None if silent or blank else _km(row["distance_m"]) or 0.0
        grade = row["grade"]
        days.append(Day(day, km, pain.get(day), day in sessions, grade, grade in DOUBTED))
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


def _round(km: float | None) -> float | None:
    return None if km is None else round(km, 2)


def _down(km: float) -> float:
    """Return what must not be passed to the hundredth, rounded down."""
    return math.floor(km * 100 + 1e-6) / 100


def _km(metres: float | None) -> float | None:
    return None if metres is None else round(metres / M_PER_KM, 2)


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * PERCENT, 1)
