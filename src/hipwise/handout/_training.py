"""Runs and training load as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from hipwise.activity import RunSummary
from hipwise.knowledge import Knowledge
from hipwise.load import METRICS, Change, Load, Metric, PainFrom, pain_from, pain_trend
from hipwise.model import Evidence
from hipwise.plan import Referral, Today
from hipwise.texts import say

__all__ = ["laps_data", "load_data", "offers_run", "run_data", "told_data"]

M_PER_KM = 1000

Data = dict[str, Any]

RUNNING = ("run", "run_less")
"""Verdicts of the day that offer a run."""

PAIN_FROM = "run_pain_from"
"""The finding that tells how far into a run the pain began."""

NOTHING_TOLD = Evidence()

WEEK = (
    "monday", "runs", "distance_m", "timer_s", "steps", "longest_m", "longest_30d_m", "ascent_m", "descent_m",
    "srpe_au", "trimp", "dose_steps", "whole", "change_pct", "grade", "unknown_d", "distance_low_m", "distance_high_m",
)  # fmt: skip


def run_data(run: RunSummary) -> Data:
    """Return the totals of one run as plain data; null is "not known"."""
    return {
        "id": run.id,
        "file": run.file or None,
        "name": run.name,
        "gear": run.gear,
        "sport": run.sport,
        "sub_sport": run.sub_sport,
        "started_at": run.started_at.isoformat(),
        "local_date": run.local_date.isoformat(),
        "distance_m": run.distance_m,
        "timer_s": run.timer_s,
        "elapsed_s": run.elapsed_s,
        "records": run.records,
        "cadence_spm": run.cadence_spm,
        "heart_rate_bpm": run.heart_rate_bpm,
        "ascent_m": run.ascent_m,
        "perceived_effort": run.perceived_effort,
        "laps": laps_data(run),
        "sources": [
            {"file": origin.file or None, "kind": origin.kind, "maker": origin.maker, "product": origin.product}
            for origin in run.origins
        ],
        "notes": [note.sentence for note in run.notes],
    }


def laps_data(run: RunSummary) -> list[Data]:
    """Return the laps that were pressed by hand, each with how far into the run that was."""
    return [{"number": lap.number, "km": lap.end_m / M_PER_KM} for lap in run.laps]


def load_data(
    load: Load,
    today: Today,
    knowledge: Knowledge,
    *,
    referral: Referral | None = None,
    planned_km: float | None = None,
    evidence: Evidence = NOTHING_TOLD,
) -> Data:
    """Return the load as plain data: weeks, longer runs, ratios, what changed, and what each metric is worth.

    Only where TODAY offers a run is there a ceiling, and then the one of today, and a run that is planned is judged:
    elsewhere none may look like an offer (safety law 2). REFERRAL is one that stands; EVIDENCE holds what was told of
    runs.
    """
    on, may_run = today.on, offers_run(today, referral)
    told = pain_from(load, evidence, knowledge)
    return {
        "on": on.isoformat(),
        "onset": None if load.onset is None else load.onset.isoformat(),
        "weeks": _rows(load.weeks.select(WEEK)),
        "runs": _rows(load.runs.filter(pl.col("date") >= on - timedelta(load.constants.before_onset_d))),
        "spikes": _rows(load.spikes.filter(pl.col("state").is_in(["small", "moderate", "large"]))),
        "longest_30d_km": load.longest_run_km(on),
        "may_run": may_run,
        "ceiling_km": today.ceiling_km if may_run else None,
        "ceiling_says": None if may_run else today.headline,
        "ceiling_doubt": _doubt(load, on) if may_run else None,
        "planned": None if planned_km is None else _planned(load, today, knowledge, planned_km, may_run=may_run),
        "referral": None if referral is None else referral.as_dict(),
        "acwr": _last(load.acwr),
        "monotony": _last(load.monotony),
        "fitness": _last(load.fitness),
        "changes": [_change(each) for each in load.changes],
        "verdict": load.verdict_says,
        "pain_from": [told_data(each, knowledge) for each in told],
        "pain_from_trend": _trend(told),
        "not_enough": list(load.enough.says),
        "findings": {each.id: each.state for each in load.evidence},
        "metrics": [_metric(each, load, knowledge) for each in METRICS],
        "left_out": [{"run": each.run, "why": each.why} for each in load.left_out],
        "not_looked_at": [say("handout.hip_not_looked_at")],
    }


def offers_run(today: Today, referral: Referral | None) -> bool:
    """Return whether a run is offered: by the verdict of TODAY, and no REFERRAL stands."""
    return referral is None and today.referral is None and today.verdict in RUNNING


def _planned(load: Load, today: Today, knowledge: Knowledge, planned_km: float, *, may_run: bool) -> Data:
    if not may_run:
        return {"km": planned_km, "state": None, "says": say("load.planned_not_today", headline=today.headline)}
    found = load.planned(planned_km, today.on, knowledge)
    return {"km": planned_km, "state": found.state, "says": found.says}


def _change(change: Change) -> Data:
    return {
        "kind": change.kind,
        "on": change.on.isoformat(),
        "days_before": change.days_before,
        "says": change.says,
        "standing": change.standing,
        "standing_says": say(f"load.standing_{change.standing}"),
        "sure": change.sure,
    }


def _doubt(load: Load, on: date) -> Data | None:
    """Return why the ceiling is lower than the log alone would have it; None where nothing is doubted."""
    doubted = load.doubted(on)
    if doubted is None:
        return None
    says = say("today.ceiling_doubted", on=doubted.on, grade=doubted.grade)
    return _plain({"km": doubted.sure_km, "on": doubted.on, "grade": doubted.grade, "says": says})


def told_data(each: PainFrom, knowledge: Knowledge) -> Data:
    """Return how far into a run the pain began, as it was told."""
    row = {name: getattr(each, name) for name in ("on", "state", "run_on", "run_km", "low_km", "high_km")}
    return _plain(row | {"says": knowledge.findings[PAIN_FROM].labels[each.state], "told": each.says})


def _trend(told: Sequence[PainFrom]) -> Data | None:
    found = pain_trend(told)
    return None if found is None else {"state": found.state, "count": found.count, "says": found.says}


def _metric(metric: Metric, load: Load, knowledge: Knowledge) -> Data:
    known, last = load.known_days(metric), None if metric.frame is None else _last(getattr(load, metric.frame))
    now = {} if last is None else {name: last[name] for name in (*metric.columns, "date")}
    return {
        "id": metric.id,
        "name": metric.name,
        "now": None if not now or None in now.values() else say(f"load.metric_{metric.id}_now", **now),
        "grade": None if last is None else last["grade"],
        "how_sure": _how_sure(metric, last),
        "formula": metric.formula(knowledge),
        "says": metric.says(knowledge),
        "standing": metric.standing,
        "standing_says": metric.standing_says,
        "in_runners": metric.in_runners,
        "drives": metric.drives,
        "sources": list(metric.sources(knowledge)),
        "grades": list(metric.grades(knowledge)),
        "known": None if known is None else say("load.known_days", known=known[0], window=known[1]),
    }


def _how_sure(metric: Metric, last: Data | None) -> str | None:
    """Say how good the weeks are that a figure stands on, and between which ends it lies where they are in doubt."""
    if last is None or last["grade"] is None:
        return None
    ends = {text: {name: last[name] for name in names} for text, names in metric.ends}
    told = [say(f"load.metric_{metric.id}_{text}", **each) for text, each in ends.items() if None not in each.values()]
    return " ".join((say(f"load.how_sure_{last['grade'].lower()}"), *told))


def _rows(frame: pl.DataFrame) -> list[Data]:
    return [_plain(row) for row in frame.iter_rows(named=True)]


def _last(frame: pl.DataFrame) -> Data | None:
    known = frame.filter(pl.col("known_d").is_not_null())
    return None if known.is_empty() else _plain(known.row(-1, named=True))


def _plain(row: Data) -> Data:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
