"""Runs and training load as plain data."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from hipwise.activity import RunSummary
from hipwise.knowledge import Knowledge
from hipwise.load import METRICS, Load
from hipwise.plan import Referral
from hipwise.texts import say

__all__ = ["load_data", "run_data"]

Data = dict[str, Any]


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
        "sources": [
            {"file": origin.file or None, "kind": origin.kind, "maker": origin.maker, "product": origin.product}
            for origin in run.origins
        ],
        "notes": [note.sentence for note in run.notes],
    }


def load_data(load: Load, on: date, knowledge: Knowledge, referral: Referral | None) -> Data:
    """Return the load as plain data: weeks, longer runs, ratios, what changed, and what each metric is worth.

    While someone must look at the hip first (REFERRAL) there is no ceiling: none may look like an offer (safety law 2).
    """
    return {
        "on": on.isoformat(),
        "onset": None if load.onset is None else load.onset.isoformat(),
        "weeks": _rows(load.weeks, "monday", "runs", "distance_m", "timer_s", "steps", "longest_m", "change_pct"),
        "spikes": _rows(load.spikes.filter(pl.col("state").is_in(["small", "moderate", "large"]))),
        "longest_30d_km": load.longest_run_km(on),
        "may_run": referral is None,
        "ceiling_km": load.ceiling_km(on) if referral is None else None,
        "referral": None if referral is None else referral.as_dict(),
        "acwr": _last(load.acwr),
        "monotony": _last(load.monotony),
        "changes": [
            {"kind": each.kind, "on": each.on.isoformat(), "days_before": each.days_before, "says": each.says}
            for each in load.changes
        ],
        "verdict": load.verdict_says,
        "not_enough": list(load.enough.says),
        "findings": {each.id: each.state for each in load.evidence},
        "metrics": [
            {
                "id": each.id,
                "name": each.name,
                "formula": each.formula(knowledge),
                "says": each.says(knowledge),
                "standing": each.standing,
                "standing_says": each.standing_says,
                "drives": each.drives,
                "sources": list(each.sources(knowledge)),
            }
            for each in METRICS
        ],
        "left_out": [{"run": each.run, "why": each.why} for each in load.left_out],
        "not_looked_at": [say("handout.hip_not_looked_at")],
    }


def _rows(frame: pl.DataFrame, *columns: str) -> list[Data]:
    return [_plain(row) for row in frame.select(columns or pl.all()).iter_rows(named=True)]


def _last(frame: pl.DataFrame) -> Data | None:
    return None if frame.is_empty() else _plain(frame.row(-1, named=True))


def _plain(row: Data) -> Data:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
