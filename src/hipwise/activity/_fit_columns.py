"""All messages of one kind as columns: every field is decoded for all messages at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from hipwise.activity._fit_definition import COMPRESSED
from hipwise.activity._fit_profile import FIT_EPOCH_S, Scaled

if TYPE_CHECKING:
    from hipwise.activity._arrays import Column
    from hipwise.activity._fit_definition import Base, Definition, Field
    from hipwise.activity._fit_frame import Part

__all__ = ["Group", "Table"]

Octets: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.uint8]]
Places: TypeAlias = np.ndarray[tuple[int], np.dtype[np.signedinteger]]

NO_STAMP = 0xFFFF_FFFF
LARGEST = 1e15


class Group:
    """The messages of one definition: their bytes, and which rows of the table they are."""

    def __init__(self, part: Part, definition: Definition, positions: Places, rows: Places | slice) -> None:
        self.definition, self.positions, self.rows = definition, positions, rows
        self._part = part
        self._octets: Octets | None = None

    def __len__(self) -> int:
        return len(self.positions)

    @property
    def octets(self) -> Octets:
        """The bytes of the messages without their headers, one message a row."""
        if self._octets is None:
            octets, size = self._part.octets, self.definition.size
            windows = np.ndarray((max(0, len(octets) - size), size + 1), np.uint8, octets.data, strides=(1, 1))
            self._octets = windows[self.positions]
        return self._octets

    def values(self, offset: int, base: Base) -> Column:
        """Return the numbers of type BASE that lie at OFFSET; NaN is not known."""
        step = self.definition.size + 1
        raw = np.ndarray(
            (len(self),), self.definition.order + base.code, self.octets.data, offset=offset + 1, strides=(step,)
        )
        if base.invalid is None:
            return _finite(raw)
        values: Column = raw.astype(np.float64)
        values[raw == base.invalid] = np.nan
        return values


class Table:
    """The messages of PART with the global number NUMBER, in the order of the file, at most MOST of them."""

    def __init__(self, part: Part, number: int, most: int = 1_000_000) -> None:
        of_number = np.array([each.number == number for each in part.definitions], bool)
        mine = np.flatnonzero(of_number[part.kinds])[:most] if of_number.any() else np.zeros(0, np.int64)
        self._part, self._messages = part, mine
        kinds = part.kinds[mine]
        self.positions: Places = part.positions[mine]
        distinct = np.flatnonzero(np.bincount(kinds)).tolist()
        self.groups = [
            Group(part, part.definitions[kind], *self._rows(kinds, kind, alone=len(distinct) == 1)) for kind in distinct
        ]

    def _rows(self, kinds: Places, kind: int, *, alone: bool) -> tuple[Places, Places | slice]:
        if alone:
            return self.positions, slice(None)
        rows = np.flatnonzero(kinds == kind)
        return self.positions[rows], rows

    def __len__(self) -> int:
        return len(self.positions)

    def column(self, field: Scaled) -> Column | None:
        """Return FIELD of all messages (NaN: not known), or None if no definition has it as a number."""
        column: Column | None = None
        for group in self.groups:
            found = _field(group.definition, field.number)
            if found is None or not found.type:
                continue
            values = group.values(found.offset, found.type)
            if isinstance(group.rows, slice):
                column = values
            else:
                column = np.full(len(self), np.nan) if column is None else column
                column[group.rows] = values
        return None if column is None else _scaled(column, field)

    def numbers(self, number: int, scale: float = 1.0) -> Column:
        """Return field NUMBER of all messages; NaN throughout if no definition has it."""
        column = self.column(Scaled(number, scale))
        return np.full(len(self), np.nan) if column is None else column

    def bytes_of(self, number: int) -> list[bytes]:
        """Return the bytes of field NUMBER, message by message (for text and rows of numbers; empty if it has none)."""
        found = [b""] * len(self)
        for group in self.groups:
            field = _field(group.definition, number)
            if field is not None:
                begin, end = field.offset + 1, field.offset + 1 + field.size
                rows = range(len(self)) if isinstance(group.rows, slice) else group.rows.tolist()
                for row, octets in zip(rows, group.octets, strict=True):
                    found[row] = octets[begin:end].tobytes()
        return found

    def octets(self, number: int, size: int) -> Octets | None:
        """Return field NUMBER as SIZE bytes a message (0xFF where it is not), or None if no definition has it so."""
        found: Octets | None = None
        for group in self.groups:
            field = _field(group.definition, number)
            if field is not None and field.size == size:
                found = np.full((len(self), size), 0xFF, np.uint8) if found is None else found
                found[group.rows] = group.octets[:, field.offset + 1 : field.offset + 1 + size]
        return found

    def texts(self, number: int) -> list[str]:
        """Return the text field NUMBER, message by message: up to the first NUL, what is no UTF-8 made visible."""
        return [each.split(b"\0", 1)[0].decode("utf-8", "replace").strip() for each in self.bytes_of(number)]

    def unix_times(self) -> Column:
        """Return the time of each message in unix seconds: its own stamp, or the five bits of a compressed header."""
        if (self._part.headers >= COMPRESSED).any():
            return _compressed_times(self._part)[self._messages] + FIT_EPOCH_S
        times = np.full(len(self), np.nan)
        for group in self.groups:
            _put_stamps(group, times)
        return times + FIT_EPOCH_S


def _field(definition: Definition, number: int) -> Field | None:
    return next((each for each in definition.fields if each.number == number), None)


def _finite(raw: np.ndarray[tuple[int], np.dtype[np.floating]]) -> Column:
    """Return RAW without what is no number, or none that anything could measure."""
    with np.errstate(invalid="ignore"):  # a damaged file holds any bits, also those that no cast likes
        values: Column = raw.astype(np.float64)
    values[~(np.abs(values) < LARGEST)] = np.nan
    return values


def _scaled(column: Column, field: Scaled) -> Column:
    if field.scale != 1:
        column /= field.scale
    if field.offset:
        column -= field.offset
    return column


def _put_stamps(group: Group, times: Column) -> None:
    """Put the full timestamps of GROUP into its rows of TIMES (some makers declare them as four single bytes)."""
    offset = group.definition.stamp
    if offset is None:
        return
    step = group.definition.size + 1
    raw = np.ndarray((len(group),), group.definition.order + "u4", group.octets.data, offset + 1, (step,))
    times[group.rows] = np.where(raw == NO_STAMP, np.nan, raw)


def _compressed_times(part: Part) -> Column:
    """Return the time of every message of PART, NaN where none is known.

    A compressed header has the lowest five bits of the time; it lies less than 32 s after the time before it.
    """
    headers = part.headers
    compressed = headers >= COMPRESSED
    times = np.full(len(headers), np.nan)
    for kind, definition in enumerate(part.definitions):
        rows = np.flatnonzero((part.kinds == kind) & ~compressed)
        if len(rows):
            _put_stamps(Group(part, definition, part.positions[rows], rows), times)
    full = ~np.isnan(times)
    told = np.flatnonzero(full | compressed)
    low = np.where(compressed, headers & 31, np.nan_to_num(times) % 32)[told]
    passed = np.cumsum(np.where(compressed[told], np.diff(low, prepend=low[:1]) % 32, 0))
    anchor = np.maximum.accumulate(np.where(full[told], np.arange(len(told)), -1))
    times[told] = np.where(anchor < 0, np.nan, times[told][anchor] + passed - passed[anchor])
    return times
