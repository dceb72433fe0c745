"""FIT files, from watches: bytes become runs."""

from __future__ import annotations

import hashlib
import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from hipwise.activity._clean import Raw, finish
from hipwise.activity._fit_columns import Table
from hipwise.activity._fit_developer import add_developer_columns
from hipwise.activity._fit_frame import Part, parts
from hipwise.activity._fit_heart import fill_heart_rate
from hipwise.activity._fit_profile import FILE_KINDS, MAKERS, Message
from hipwise.activity._fit_records import record_columns
from hipwise.activity._fit_session import clock_shift, laps, pauses, sessions, sport_alone, utc_offset
from hipwise.activity._run import Note, Origin, Run
from hipwise.activity._totals import LONGEST_RUN_S
from hipwise.errors import HipwiseError, NotAnActivity, UnreadableFile
from hipwise.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hipwise.activity._arrays import Column
    from hipwise.activity._fit_session import Session

__all__ = ["read_fit"]

MOST_BYTES = 256 * 2**20
MOST_RECORDS = 1_000_000
"""Eleven days at one record a second; what is more is cut, with a note."""

ACTIVITY = 4
NO_KIND = -1
TYPE, MAKER, PRODUCT, SERIAL, PRODUCT_NAME = 0, 1, 2, 3, 8


def read_fit(data: bytes, file: str) -> tuple[Run, ...]:
    """Read the runs of a FIT file: one for each leg of each activity in the chain.

    Raises:
        UnreadableFile: no FIT header, or nothing behind it that could be read.
        NotAnActivity: a workout, a course, settings or another kind of FIT file.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableFile("too_large", where=file, most=MOST_BYTES // 2**20)
    origin = Origin(file, "fit", hashlib.sha256(data).hexdigest())
    runs: list[Run] = []
    faults: list[HipwiseError] = []
    for part in parts(data):
        try:
            for raw in _legs(part, origin):
                raw.leg = len(runs)
                runs.append(finish(raw))
        except (UnreadableFile, NotAnActivity) as fault:
            faults.append(fault)
    if not runs:
        raise faults[0] if faults else UnreadableFile("not_fit", where=file)
    return tuple(runs)


def _legs(part: Part, origin: Origin) -> Iterator[Raw]:
    """Yield the legs of PART as they stand in the file."""
    kind, origin = _identity(part, origin)
    if kind not in {ACTIVITY, NO_KIND}:
        name = FILE_KINDS.get(kind, "unknown")
        raise NotAnActivity("not_an_activity", where=origin.file, kind=say(f"activity.kind_{name}"))
    records = Table(part, Message.RECORD, MOST_RECORDS)
    said = sessions(part)
    if not len(records) and not said:
        raise UnreadableFile("fit_empty", where=origin.file)
    whole = _whole(part, records, origin)
    shift = clock_shift(part)
    if len(said) <= 1:
        yield _on_time(_with_session(whole, said[0] if said else sport_alone(part)), shift)
        return
    starts = np.array([session.started_at_s or -np.inf for session in said])
    leg_of = np.maximum(np.searchsorted(starts, whole.columns["at"], "right") - 1, 0)
    for leg, session in enumerate(said):
        mine = leg_of == leg
        yield _on_time(_with_session(replace(whole, columns=_rows(whole.columns, mine)), session), shift)


def _rows(columns: dict[str, Column], mine: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> dict[str, Column]:
    return {name: column[mine] for name, column in columns.items()}


def _whole(part: Part, records: Table, origin: Origin) -> Raw:
    """Return the whole part as one leg, without what its sessions say."""
    columns, sources = record_columns(records)
    if part.lost:
        _blank_torn(columns)
    notes = list(part.notes)
    if add_developer_columns(part, records, columns, sources):
        notes.append(Note("activity.fit_developer_unknown"))
    if fill_heart_rate(part, columns):
        sources["heart_rate_bpm"] = "strap"
    if len(records) == MOST_RECORDS:
        notes.append(Note("activity.fit_too_many_records", (("count", str(MOST_RECORDS)),)))
    return Raw(
        kind="fit",
        sport="other",
        columns=columns,
        origin=origin,
        utc_offset_s=utc_offset(part),
        pauses=pauses(part),
        laps=laps(part),
        notes=notes,
        column_sources=sources,
    )


def _blank_torn(columns: dict[str, Column]) -> None:
    """Make unknown all of a record whose time cannot be: it was put together across a tear in the file."""
    at = columns["at"]
    if np.isfinite(at).any():
        torn = np.abs(at - np.nanmedian(at)) > LONGEST_RUN_S
        for column in columns.values():
            column[torn] = np.nan


def _with_session(leg: Raw, session: Session) -> Raw:
    return replace(
        leg,
        sport=session.sport,
        sub_sport=session.sub_sport,
        started_at_s=session.started_at_s,
        totals=session.totals,
    )


def _on_time(leg: Raw, shift: float) -> Raw:
    """Return LEG with all its times moved by SHIFT, from the device's count to its local time."""
    if not shift:
        return leg
    start = leg.started_at_s
    return replace(
        leg,
        columns=leg.columns | {"at": leg.columns["at"] + shift},
        started_at_s=None if start is None else start + shift,
        pauses=[(begin + shift, end + shift) for begin, end in leg.pauses],
        laps=[replace(lap, begin_s=lap.begin_s + shift, end_s=lap.end_s + shift) for lap in leg.laps],
        utc_offset_s=0,
        notes=[*leg.notes, Note("activity.fit_clock_local")],
    )


def _identity(part: Part, origin: Origin) -> tuple[int, Origin]:
    """Return the kind of file, and ORIGIN with its device."""
    table = Table(part, Message.FILE_ID, 1)
    if not len(table):
        return NO_KIND, origin
    said = [float(table.numbers(field)[0]) for field in (TYPE, MAKER, PRODUCT, SERIAL)]
    kind, maker, product, serial = (NO_KIND if math.isnan(each) else each for each in said)
    name = table.texts(PRODUCT_NAME)[0] or (f"{product:.0f}" if product >= 0 else None)
    return int(kind), replace(
        origin,
        maker=MAKERS.get(int(maker), f"{maker:.0f}") if maker >= 0 else None,
        product=name,
        serial=int(serial) if serial >= 0 else None,
    )
