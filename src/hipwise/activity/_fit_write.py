"""A Run becomes a FIT activity, as a watch would have written it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from hipwise.activity._cadence import FOOT_SPORTS
from hipwise.activity._fit_encode import ENUM, I32, U8, U16, U32, U32Z, Block, Written, encode, number, text
from hipwise.activity._fit_profile import (
    FIT_EPOCH_S,
    FRACTION_OF_CADENCE,
    MAKERS,
    RECORD_COLUMNS,
    SESSION_FRACTION_OF_CADENCE,
    SESSION_TOTALS,
    SPORTS,
    SUB_SPORTS,
    Message,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy.typing as npt

    from hipwise.activity._arrays import Column
    from hipwise.activity._fit_profile import Scaled
    from hipwise.activity._run import Run

__all__ = ["fit_bytes", "write_fit"]

RECORD_BASES = {
    "latitude_deg": I32,
    "longitude_deg": I32,
    "altitude_m": U32,
    "distance_m": U32,
    "speed_mps": U32,
    "heart_rate_bpm": U8,
    "power_w": U16,
    "vertical_oscillation_mm": U16,
    "ground_contact_ms": U16,
    "ground_contact_balance_pct": U16,
    "step_length_mm": U16,
    "vertical_ratio_pct": U16,
}
"""Columns of records by base type; cadence needs two fields and is written apart."""

TOTAL_BASES = {
    "elapsed_s": U32,
    "timer_s": U32,
    "distance_m": U32,
    "heart_rate_bpm": U8,
    "ascent_m": U16,
    "descent_m": U16,
    "perceived_effort": U8,
}

STAMP, MESSAGE_INDEX = 253, 254
ACTIVITY, DEVELOPMENT = 4, 255
TIMER_EVENT, LAP_EVENT, SESSION_EVENT, ACTIVITY_EVENT = 0, 9, 8, 26
START, STOP, STOP_ALL = 0, 1, 4
PRODUCT_NAME_SIZE = 32

MAKER_NUMBERS = {name: maker for maker, name in reversed(MAKERS.items())}
SPORT_NUMBERS = {name: sport for sport, name in SPORTS.items()}
SUB_SPORT_NUMBERS = {name: sport for sport, name in SUB_SPORTS.items()}


def write_fit(run: Run, path: Path) -> None:
    """Write RUN as a FIT activity to PATH.

    Raises:
        OSError: the file cannot be written.
    """
    path.write_bytes(fit_bytes(run))


def fit_bytes(run: Run) -> bytes:
    """Return RUN as a FIT activity.

    Times are whole seconds in FIT. Cadence of runs and walks is written for one foot with its fraction, pauses as
    events of the timer. Developer columns and laps are not written.
    """
    start = run.started_at.timestamp() - FIT_EPOCH_S
    end = start + (run.elapsed_s or 0)
    return encode([_file_id(run, start), *_course(run, start), *_summaries(run, start, end)])


def _file_id(run: Run, start: float) -> Block:
    origin = run.origins[0]
    maker, product = origin.maker or "", origin.product or ""
    fields = [
        number(0, ENUM, [ACTIVITY]),
        number(1, U16, [int(maker) if maker.isdecimal() else MAKER_NUMBERS.get(maker, DEVELOPMENT)]),
        number(2, U16, [float(product) if product.isdecimal() else 0]),
        number(3, U32Z, [origin.serial or crc32(run.id.encode()) or 1]),
        number(4, U32, [start]),
    ]
    if product and not product.isdecimal():
        fields.append(text(8, [product], PRODUCT_NAME_SIZE))
    return Block(Message.FILE_ID, tuple(fields))


def _course(run: Run, start: float) -> Iterator[Block]:
    """Yield the samples in order of time, with a stop and a start of the timer around each pause."""
    at = run.samples["at"].dt.epoch("ms").to_numpy() / 1000 - FIT_EPOCH_S
    moving = run.samples["moving"].to_numpy()
    fields = _record_fields(run, at)
    yield _event(start, START)
    begin = 0
    for edge in np.flatnonzero(np.diff(moving, prepend=True)).tolist():
        yield from _records(fields, begin, edge)
        yield _event(at[edge], START if moving[edge] else STOP)
        begin = edge
    yield from _records(fields, begin, len(at))
    if not len(at) or moving[-1]:
        yield _event(max([start + (run.elapsed_s or 0), *at[-1:]]), STOP_ALL)


def _event(at: float, kind: int) -> Block:
    return Block(Message.EVENT, (number(STAMP, U32, [at]), number(0, ENUM, [TIMER_EVENT]), number(1, ENUM, [kind])))


def _records(fields: tuple[Written, ...], begin: int, end: int) -> Iterator[Block]:
    if end > begin:
        yield Block(Message.RECORD, tuple(each._replace(values=each.values[begin:end]) for each in fields))


def _record_fields(run: Run, at: Column) -> tuple[Written, ...]:
    fields = [number(STAMP, U32, at)]
    for name, base in RECORD_BASES.items():
        if name in run.samples.columns:
            fields.append(number(RECORD_COLUMNS[name][0], base, run.samples[name].to_numpy()))
    if "cadence_spm" in run.samples.columns:
        field = RECORD_COLUMNS["cadence_spm"][0]
        fields += _cadence(run, run.samples["cadence_spm"].to_numpy(), field, FRACTION_OF_CADENCE)
    return tuple(fields)


def _cadence(run: Run, cadence_spm: npt.ArrayLike, whole: Scaled, fraction: Scaled) -> list[Written]:
    """Return cadence as its whole number and its fraction, counted for one foot where feet are counted."""
    counted = np.asarray(cadence_spm, np.float64) / (2 if run.sport in FOOT_SPORTS else 1)
    parts = np.rint(counted * fraction.scale) / fraction.scale
    return [number(whole, U8, np.floor(parts)), number(fraction, U8, parts - np.floor(parts))]


def _summaries(run: Run, start: float, end: float) -> list[Block]:
    span = [number(STAMP, U32, [end]), number(MESSAGE_INDEX, U16, [0]), number(2, U32, [start])]
    totals = [number(SESSION_TOTALS[name], base, [_known(getattr(run, name))]) for name, base in TOTAL_BASES.items()]
    session = [
        *span,
        *_kind(SESSION_EVENT),
        number(5, ENUM, [SPORT_NUMBERS.get(run.sport, 0)]),
        number(6, ENUM, [SUB_SPORT_NUMBERS.get(run.sub_sport or "", 0)]),
        *totals,
        *_cadence(run, [_known(run.cadence_spm)], SESSION_TOTALS["cadence_spm"], SESSION_FRACTION_OF_CADENCE),
        number(25, U16, [0]),
        number(26, U16, [1]),
    ]
    activity = [
        number(STAMP, U32, [end]),
        number(0, U32, [_known(run.timer_s) * 1000]),
        number(1, U16, [1]),
        number(2, ENUM, [0]),
        *(each._replace(number=each.number + 3) for each in _kind(ACTIVITY_EVENT)),
        number(5, U32, [end + _known(run.utc_offset_s)]),
    ]
    return [
        Block(Message.LAP, (*span, *_kind(LAP_EVENT), *totals[:3])),
        Block(Message.SESSION, tuple(session)),
        Block(Message.ACTIVITY, tuple(activity)),
    ]


def _kind(event: int) -> list[Written]:
    return [number(0, ENUM, [event]), number(1, ENUM, [STOP])]


def _known(value: float | None) -> float:
    return np.nan if value is None else value
