"""The samples of one workout, from measurements that each have their own times."""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np

from hipwise.activity._apple_records import Record
from hipwise.activity._arrays import Column
from hipwise.activity._gpx import SHAPE
from hipwise.activity._xml import text_of
from hipwise.activity._xml_quick import parse
from hipwise.errors import HipwiseError

__all__ = ["places_of", "samples_of"]

Columns: TypeAlias = dict[str, Column]

HOLDS_S: Final = 10.0
"""A value speaks for so long at most where the next one is late (the watch measures every 2 to 5 seconds)."""

MOST_SAMPLES: Final = 1_000_000
PLACES: Final = ("latitude_deg", "longitude_deg", "altitude_m")


def places_of(route: bytes | None, file: str) -> Columns:
    """Return the points of a ROUTE with their times; nothing where it cannot be read."""
    if route is None:
        return {}
    try:
        columns = parse(text_of(route), SHAPE, file).columns
    except HipwiseError:
        return {}
    known = np.isfinite(columns["at"])
    return {name: columns[name][known] for name in ("at", *PLACES)} if known.any() else {}


def samples_of(measured: dict[str, Record], places: Columns) -> Columns:
    """Return columns of one length: a sample wherever something was measured, each value where it holds.

    Distances and steps are told as amounts over a time: the first become a count that grows, the second a cadence.
    """
    measured = {name: record for name, record in measured.items() if len(record)}
    times = [record.start_s for record in measured.values()] + ([places["at"]] if places else [])
    if "distance_m" in measured:
        times.append(measured["distance_m"].start_s + measured["distance_m"].length_s)
    at = np.unique(np.rint(np.concatenate([*times, np.empty(0)])))[:MOST_SAMPLES]
    columns: Columns = {"at": at}
    for name, record in measured.items():
        if name == "steps":
            columns["cadence_spm"] = _held(at, _cadence(record))
        elif name == "distance_m":
            columns[name] = _counted(at, record)
        else:
            columns[name] = _held(at, record)
    return columns | (_placed(at, places) if places else {})


def _cadence(steps: Record) -> Record:
    """Return steps a minute; a count without a length says nothing."""
    lasting = steps.at(steps.length_s > 0)
    return Record(lasting.start_s, lasting.length_s, lasting.value / lasting.length_s * 60, lasting.source)


def _held(at: Column, record: Record) -> Column:
    """Return what RECORD says AT each time: the value that began last, while it holds."""
    if not len(record):
        return np.full(len(at), np.nan)
    place = np.searchsorted(np.rint(record.start_s), at, side="right") - 1
    age = at - np.rint(record.start_s[place])
    holds = (place >= 0) & (age <= np.maximum(record.length_s[place], HOLDS_S))
    held: Column = np.where(holds, record.value[place], np.nan)
    return held


def _counted(at: Column, record: Record) -> Column:
    """Return metres covered AT each time, from the ends of the amounts; even speed between them."""
    ends = record.start_s + record.length_s
    order = np.argsort(ends, kind="stable")
    covered: Column = np.append(0.0, np.cumsum(record.value[order]))
    return np.interp(at, np.append(record.start_s[:1], ends[order]), covered)


def _placed(at: Column, places: Columns) -> Columns:
    rows = np.searchsorted(at, np.rint(places["at"]))
    there = rows < len(at)
    placed: Columns = {}
    for name in PLACES:
        placed[name] = np.full(len(at), np.nan)
        placed[name][rows[there]] = places[name][there]
    return placed
