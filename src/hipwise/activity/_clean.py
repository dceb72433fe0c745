"""What is the same for every format: from what a reader found to a Run."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl

from hipwise.activity._arrays import Column, Mask, middle
from hipwise.activity._cadence import FOOT_SPORTS, steps_of_both_feet
from hipwise.activity._laps import LapSaid, laps_by_hand
from hipwise.activity._places import drop_false_places
from hipwise.activity._run import SAMPLES, TRUSTED_YEARS, UNDATED, Note, Origin, Run
from hipwise.activity._totals import LONGEST_RUN_S, Course, Totals, doubts, possible, rebuild, set_right
from hipwise.errors import UnreadableFile

__all__ = ["Raw", "finish"]

ZERO_IS_MISSING = (
    "heart_rate_bpm",
    "vertical_oscillation_mm",
    "ground_contact_ms",
    "ground_contact_balance_pct",
    "step_length_mm",
    "vertical_ratio_pct",
)
"""Columns in which a sensor that is not there writes 0 (COROS without its pod)."""

ZERO_THROUGHOUT_IS_MISSING = ("power_w", "cadence_spm")
"""Columns in which 0 is a value, unless nothing else is ever said."""

NO_SAMPLES = pl.DataFrame(schema={name: SAMPLES[name][0] for name in ("at", "moving")})
"""What a line of a list has; there are thousands of them, and to make it anew takes longer than all the rest."""

LONGEST_NAME = 120
FIRST_TRUSTED_S, LAST_TRUSTED_S = (
    datetime(year, 1, 1, tzinfo=UTC).timestamp() for year in (TRUSTED_YEARS.start, TRUSTED_YEARS.stop)
)
FARTHEST_OFFSET_S = 15 * 3600
WRITABLE_S = (datetime(1, 1, 2, tzinfo=UTC).timestamp(), datetime(9999, 12, 30, tzinfo=UTC).timestamp())


@dataclass(slots=True)
class Raw:
    """One leg as a reader found it.

    COLUMNS are float64 arrays of one length, NaN = not known: names of SAMPLES without "moving", "at" in unix seconds,
    and `dev_*`. PAUSES are [from, to) in unix seconds in which the timer stood. TOTALS are as the device says them:
    distance_m timer_s elapsed_s cadence_spm (same unit as the column: one foot where it is one foot) heart_rate_bpm
    ascent_m descent_m perceived_effort. CADENCE_ONE_FOOT: True doubles, False does not, None lets the data decide.
    """

    kind: str
    sport: str
    columns: dict[str, Column]
    origin: Origin
    leg: int = 0
    sub_sport: str | None = None
    started_at_s: float | None = None
    utc_offset_s: int | None = None
    pauses: list[tuple[float, float]] = field(default_factory=list)
    totals: dict[str, float] = field(default_factory=dict)
    cadence_one_foot: bool | None = None
    name: str | None = None
    gear: str | None = None
    notes: list[Note] = field(default_factory=list)
    column_sources: dict[str, str] = field(default_factory=dict)
    laps: list[LapSaid] = field(default_factory=list)


def finish(raw: Raw) -> Run:
    """Make the Run of RAW, whose columns are used up on the way (a long file should not stand in memory twice).

    Raises:
        UnreadableFile: no time is known, neither of a sample nor of the start.
    """
    columns, notes = raw.columns, list(raw.notes)
    _order_by_time(columns, notes)
    _drop_false_values(columns)
    jumped = drop_false_places(columns, on_foot=raw.sport in FOOT_SPORTS)
    notes += [Note("activity.places_dropped", (("count", str(jumped)),))] if jumped else []
    at = columns["at"]
    started_at_s = _start(raw, at)
    pauses = _clip(raw.pauses, at)
    moving = _moving(at, pauses)
    factor = steps_of_both_feet(columns, moving, raw.sport, one_foot=raw.cadence_one_foot)
    _from_here(columns)
    course = Course(columns, moving, pauses, raw.sport in FOOT_SPORTS)
    told = _said(raw.totals, factor)
    said = possible(told, on_foot=course.on_foot)
    offset = _trusted_offset(raw.utc_offset_s)
    notes += [*_impossible(told, said), *doubts(course, said), *set_right(course), *_date_notes(started_at_s, offset)]
    started_at = datetime.fromtimestamp(started_at_s, UTC)
    totals = rebuild(course, said)
    return Run(
        id=hashlib.sha256(f"{raw.origin.sha256}/{raw.leg}".encode()).hexdigest()[:16],
        sport=raw.sport,
        sub_sport=raw.sub_sport,
        started_at=started_at,
        local_date=(started_at + timedelta(seconds=offset or 0)).date(),
        utc_offset_s=offset,
        origins=(raw.origin,),
        name=_short(raw.name),
        gear=_short(raw.gear),
        records=len(moving),
        notes=tuple(dict.fromkeys(notes)),
        column_sources=_sources(raw.column_sources, columns),
        laps=laps_by_hand(raw.laps, columns),
        **{each.name: getattr(totals, each.name) for each in fields(Totals)},
        samples=_frame(columns, moving),
    )


def _short(text: str | None) -> str | None:
    """Return what was written by hand on one line, without what could steer a terminal."""
    words = " ".join("".join(each if each.isprintable() else " " for each in text or "").split())
    return words[:LONGEST_NAME] or None


def _order_by_time(columns: dict[str, Column], notes: list[Note]) -> None:
    """Put the samples in order of time; one that has no time takes that of its neighbour before (else after) it."""
    at = columns.setdefault("at", np.empty(0))
    known = _known_times(at)
    if not known.all():
        notes.append(Note("activity.times_mended", (("count", str(int((~known).sum()))),)))
        columns["at"] = at = _filled(at, known)
    if not len(at):
        for name in columns:
            columns[name] = np.empty(0)
    elif (at[1:] < at[:-1]).any():
        order = np.argsort(at, kind="stable")
        notes.append(Note("activity.sorted"))
        for name in columns:
            columns[name] = columns[name][order]


def _known_times(at: Column) -> Mask:
    known = np.isfinite(at) & (at > WRITABLE_S[0]) & (at < WRITABLE_S[1])
    if known.any():
        known &= np.abs(at - middle(at[known])) < LONGEST_RUN_S
    return known


def _filled(at: Column, known: Mask) -> Column:
    if not known.any():
        return np.empty(0)
    last_known = np.maximum.accumulate(np.where(known, np.arange(len(at)), -1))
    return at[np.where(last_known < 0, int(known.argmax()), last_known)]


def _drop_false_values(columns: dict[str, Column]) -> None:
    for name in ZERO_IS_MISSING:
        if name in columns:
            columns[name] = np.where(columns[name] == 0, np.nan, columns[name])
    for name in ZERO_THROUGHOUT_IS_MISSING:
        if name in columns and not (np.abs(columns[name]) > 0).any():
            columns[name] = np.full_like(columns[name], np.nan)


def _start(raw: Raw, at: Column) -> float:
    said = raw.started_at_s
    writable = said is not None and WRITABLE_S[0] < said < WRITABLE_S[1]
    if len(at) and not (writable and said is not None and abs(said - at[0]) < LONGEST_RUN_S):
        return float(at[0])
    if said is None or not writable:
        raise UnreadableFile("no_time", where=raw.origin.file)
    return said


def _clip(pauses: list[tuple[float, float]], at: Column) -> list[tuple[float, float]]:
    """Join pauses that overlap and cut them to the time of the samples.

    A stop at the last sample is the end of the run and no pause; a pause that outlasts the samples holds the last one.
    """
    joined: list[tuple[float, float]] = []
    if not len(at):
        return joined
    first, last = float(at[0]), float(at[-1])
    for begin, end in sorted((max(begin, first), min(end, math.nextafter(last, math.inf))) for begin, end in pauses):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif begin < min(end, last):
            joined.append((begin, end))
    return joined


def _moving(at: Column, pauses: list[tuple[float, float]]) -> Mask:
    moving = np.ones(len(at), dtype=bool)
    for begin, end in zip(*(np.searchsorted(at, side) for side in zip(*pauses, strict=True)), strict=True):
        moving[begin:end] = False
    return moving


def _from_here(columns: dict[str, Column]) -> None:
    """Let the distance begin at 0: in a multisport file it goes on from the leg before."""
    distance = columns.get("distance_m")
    if distance is not None and (known := np.flatnonzero(np.isfinite(distance))).size:
        columns["distance_m"] = distance - distance[known[0]]


def _said(said: dict[str, float], factor: float) -> Totals:
    values = {name: value for name, value in said.items() if np.isfinite(value)}
    if "cadence_spm" in values:
        values["cadence_spm"] *= factor
    return Totals(**values)


def _impossible(told: Totals, kept: Totals) -> list[Note]:
    lost = any(getattr(told, name) and not getattr(kept, name) for name in ("distance_m", "timer_s", "elapsed_s"))
    return [Note("activity.total_impossible")] if lost else []


def _trusted_offset(offset_s: int | None) -> int | None:
    return offset_s if offset_s is not None and abs(offset_s) < FARTHEST_OFFSET_S else None


def _date_notes(started_at_s: float, offset: int | None) -> list[Note]:
    notes = [] if offset is not None else [Note("activity.no_local_time")]
    if not FIRST_TRUSTED_S <= started_at_s < LAST_TRUSTED_S:
        date = datetime.fromtimestamp(started_at_s, UTC).date()
        notes.append(Note(UNDATED, (("date", date.isoformat()),)))
    return notes


def _sources(said: dict[str, str], columns: dict[str, Column]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, source) for name, source in said.items() if name in columns))


def _frame(columns: dict[str, Column], moving: Mask) -> pl.DataFrame:
    """Make the frame, in the order of SAMPLES, without columns that hold nothing."""
    if not len(moving):
        return NO_SAMPLES.clone()
    milliseconds = np.rint(columns.pop("at") * 1000).astype(np.int64)
    series = [pl.Series("at", milliseconds).cast(SAMPLES["at"][0])]
    native = [name for name in SAMPLES if name in columns]
    for name in (*native, *sorted(name for name in columns if name.startswith("dev_"))):
        values = columns.pop(name).astype(np.float64, copy=False)  # half as wide where they came in millions
        known = np.isfinite(values)
        if known.all() and len(known):
            series.append(pl.Series(name, values))
        elif known.any():
            series.append(pl.Series(name, np.where(known, values, np.nan), nan_to_null=True))
    return pl.DataFrame([*series, pl.Series("moving", moving, dtype=pl.Boolean)])
