"""One run as plain data: what is known of it, and its curves. No place leaves the journal."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from hipwise.activity import Quality, Run, RunSummary, Split, Stream, splits_of, streams_of
from hipwise.handout._training import run_data, told_data
from hipwise.knowledge import Knowledge
from hipwise.load import Load, PainFrom
from hipwise.texts import in_unit, km_per_unit, pace, say

__all__ = ["run_page", "streams_data"]

M_PER_KM, PERCENT = 1000, 100
S_PER_MIN, MIN_PER_H = 60, 60
LONGER = ("small", "moderate", "large")
"""States of a run that was longer than those of the days before it."""

DIGITS = {"speed_mps": 3, "heart_rate_bpm": 1, "cadence_spm": 1, "altitude_m": 1}

Data = dict[str, Any]


def run_page(run: RunSummary, load: Load, quality: Quality, told: PainFrom | None, knowledge: Knowledge) -> Data:
    """Return a run and what is known of it: its pace, whether it was long, what its data lack, TOLD of pain."""
    speed = run.distance_m / run.timer_s if run.distance_m and run.timer_s else None
    says = [fault.says for fault in quality.faults if fault.run == run.id]
    return {
        "run": run_data(run),
        "time": None if run.timer_s is None else _clock(run.timer_s),
        "pace": None if speed is None else say("handout.run_pace", speed=speed),
        "descent_m": run.descent_m,
        "spike": _spike(run, load),
        "faults": list(dict.fromkeys((*says, *(note.sentence for note in run.notes)))),
        "pain": None if told is None else told_data(told, knowledge),
        "pain_lap": told.lap.number if told is not None and told.lap is not None else None,
    }


def streams_data(run: Run, rows: int) -> Data:
    """Return the curves of a RUN in at most so many ROWS, and its splits in the runner's unit; null is not known."""
    found = streams_of(run, rows)
    return {
        "run": run.id,
        "records": run.records,
        "timer_s": _plain(found.timer_s, 1),
        "distance_m": None if found.distance_m is None else _plain(found.distance_m, 1),
        "streams": [_stream(name, each, whole=found.each) for name, each in found.columns.items()],
        "breaks": [{"row": each.row, "seconds": round(each.seconds)} for each in found.breaks],
        "splits": _splits(splits_of(run, M_PER_KM * km_per_unit())),
    }


def _clock(seconds: float) -> str:
    """Return seconds as a clock shows them: 31:07, 1:04:30."""
    minutes, rest = divmod(round(seconds), S_PER_MIN)
    hours, minutes = divmod(minutes, MIN_PER_H)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def _spike(run: RunSummary, load: Load) -> Data | None:
    """Return by how much a run was longer than the longest of the days before it; None where it was not."""
    rows = load.spikes.filter((pl.col("run") == run.id) & pl.col("state").is_in(LONGER))
    if rows.is_empty():
        return None
    row = rows.row(0, named=True)
    window, longest_km = load.constants.spike_window_d, row["longest_30d_m"] / M_PER_KM
    says = say("handout.run_spike", pct=PERCENT * row["excess"], window=window, longest_km=longest_km)
    doubted = "" if row["sure"] else say("handout.run_spike_doubted")
    return {"state": row["state"], "sure": row["sure"], "says": " ".join(filter(None, (says, doubted)))}


def _stream(name: str, stream: Stream, *, whole: bool) -> Data:
    """Return a stream; where each row is one sample, least and most are left out: they are the same."""
    ends = {"low": stream.low, "high": stream.high}
    columns = {"mean": stream.mean} if whole else {"mean": stream.mean} | ends
    return {"name": name, "low": None, "high": None} | {
        key: _plain(each, DIGITS[name]) for key, each in columns.items()
    }


def _plain(values: npt.NDArray[np.float64], digits: int) -> list[float | None]:
    known = np.isfinite(values).tolist()
    return [value if told else None for value, told in zip(np.round(values, digits).tolist(), known, strict=True)]


def _splits(splits: tuple[Split, ...]) -> Data:
    """Return splits as a table, without the columns of which nothing is known."""
    columns: Data = {"length": [], "pace": [], "heart": [], "cadence": [], "climb": [], "descent": []}
    done_m = 0.0
    for each in splits:
        done_m += each.length_m
        columns["length"].append(round(in_unit(done_m / M_PER_KM), 2))
        columns["pace"].append(pace(each.length_m / each.timer_s) if each.timer_s else None)
        for name, value in zip(
            ("heart", "cadence", "climb", "descent"),
            (each.heart_rate_bpm, each.cadence_spm, each.ascent_m, each.descent_m),
            strict=True,
        ):
            columns[name].append(None if value is None else round(value))
    shown = {name: cells for name, cells in columns.items() if any(cell is not None for cell in cells)}
    heads = [say(f"handout.run_head_{name}") for name in shown]
    return {"heads": heads, "rows": [list(row) for row in zip(*shown.values(), strict=True)]}
