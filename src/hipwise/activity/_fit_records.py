"""The record messages of a FIT file as columns of SAMPLES."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hipwise.activity._fit_profile import FRACTION_OF_CADENCE, RECORD_COLUMNS, SPEED_AND_DISTANCE

if TYPE_CHECKING:
    from hipwise.activity._arrays import Column
    from hipwise.activity._fit_columns import Table
    from hipwise.activity._fit_profile import Scaled

__all__ = ["record_columns"]

NATIVE = "native"
PACKED = "foot pod, packed"
ROLLS_OVER_AT = 4096
NOTHING = 0xFF


def record_columns(table: Table) -> tuple[dict[str, Column], dict[str, str]]:
    """Return the columns of TABLE, "at" in unix seconds and cadence as written (one foot), and where each is from."""
    columns = {"at": table.unix_times()}
    for name, fields in RECORD_COLUMNS.items():
        column = _first_known(table, fields)
        if column is not None:
            columns[name] = column
    _add_fraction(table, columns)
    sources = dict.fromkeys((name for name in columns if name != "at"), NATIVE)
    for name, column in _unpacked(table).items():
        if name not in columns:
            columns[name] = column
            sources[name] = PACKED
    return columns, sources


def _first_known(table: Table, fields: tuple[Scaled, ...]) -> Column | None:
    """Return the first of FIELDS that is known, message by message."""
    best: Column | None = None
    for field in fields:
        if best is not None and not np.isnan(best).any():
            break
        column = table.column(field)
        if best is None:
            best = column
        elif column is not None:
            best = np.where(np.isnan(best), column, best)
    return best


def _add_fraction(table: Table, columns: dict[str, Column]) -> None:
    fraction = table.column(FRACTION_OF_CADENCE)
    if fraction is not None and "cadence_spm" in columns:
        columns["cadence_spm"] += np.where(np.isnan(fraction), 0.0, fraction)


def _unpacked(table: Table) -> dict[str, Column]:
    """Return speed and distance of foot pods that pack both into three bytes."""
    packed = table.octets(SPEED_AND_DISTANCE, 3)
    if packed is None:
        return {}
    first, second, third = packed.T.astype(np.int64)
    known = ~(packed == NOTHING).all(axis=1)
    speed = np.where(known, (first | (second & 0x0F) << 8) / 100, np.nan)
    distance = np.full(len(table), np.nan)
    sixteenths = (second >> 4 | third << 4)[known]
    distance[known] = np.cumsum(np.diff(sixteenths, prepend=0) % ROLLS_OVER_AT) / 16
    return {"speed_mps": speed, "distance_m": distance}
