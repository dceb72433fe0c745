"""Where the messages of a FIT file lie, found without looking into them.

A file is a chain of parts (header, messages, checksum). A message is one header byte and the bytes that its definition
says; so the walk through them needs a table of 256 lengths and nothing else, and where headers repeat with a period
(record, record, ... or record, other, record, other, ...) it goes in one leap.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from hipwise.activity._fit_crc import crc16
from hipwise.activity._fit_definition import (
    BIG,
    COMPRESSED,
    DEFINES,
    DEFINES_MASK,
    Definition,
    definition_end,
    parse_definition,
)
from hipwise.activity._fit_resync import Patience, Torn, next_sound
from hipwise.activity._run import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Part", "parts"]

Octets: TypeAlias = np.ndarray[tuple[int], np.dtype[np.uint8]]
Places: TypeAlias = np.ndarray[tuple[int], np.dtype[np.signedinteger]]

MAGIC = b".FIT"
HEADER_SIZES = (12, 14)
CRC_SIZE = 2

MOST_PARTS = 64
MOST_DEFINITIONS = 100_000
MOST_KINDS = 2_000
MOST_TEARS = 1_000
"""What no honest file reaches; a hostile one is read up to here."""

NEAREST_LOOK = 1024
FARTHEST_LOOK = 65_536
"""Bytes walked one message at a time before the next leap is tried; doubled whenever it fails."""

LAST_LOOKED_AT = 50
LONGEST_PERIOD = 6
SHORTEST_LEAP = 64
"""Messages that a leap must take to be worth its cost."""


@dataclass(slots=True)
class Part:
    """One FIT file of the chain: where each message begins (its header byte) and which definition it follows.

    LOST bytes in its middle could not be read.
    """

    data: bytes
    octets: Octets
    definitions: list[Definition] = field(default_factory=list)
    positions: Places = field(default_factory=lambda: np.zeros(0, np.int32))
    headers: Octets = field(default_factory=lambda: np.zeros(0, np.uint8))
    kinds: Places = field(default_factory=lambda: np.zeros(0, np.int16))
    notes: list[Note] = field(default_factory=list)
    lost: int = 0


def parts(data: bytes) -> Iterator[Part]:
    """Yield the parts of DATA that have a header, at most MOST_PARTS."""
    octets = np.frombuffer(data, np.uint8)
    at, found = 0, 0
    while found < MOST_PARTS and (begin := _find_header(data, at)) is not None:
        part = Part(data, octets)
        if begin > at:
            part.notes.append(_skipped("activity.fit_bytes_before", begin - at))
        at = _read(part, begin)
        found += 1
        if at < len(data) and _find_header(data, at) is None:
            part.notes.append(_skipped("activity.fit_bytes_after", len(data) - at))
        yield part


def _skipped(text: str, count: int) -> Note:
    return Note(text, (("count", str(count)),))


def _find_header(data: bytes, at: int) -> int | None:
    """Return where the next part begins; a first one whose magic word is damaged is known by its exact size."""
    if not at and len(data) > HEADER_SIZES[0] and data[0] in HEADER_SIZES and _declared_end(data, 0) == len(data):
        return 0
    magic = data.find(MAGIC, at + 8)
    return magic - 8 if magic >= 0 else None


def _header_size(data: bytes, begin: int) -> int:
    return max(HEADER_SIZES[0], data[begin]) if data[begin] <= 2 * HEADER_SIZES[1] else HEADER_SIZES[1]


def _declared_end(data: bytes, begin: int) -> int:
    return begin + _header_size(data, begin) + int.from_bytes(data[begin + 4 : begin + 8], "little") + CRC_SIZE


def _read(part: Part, begin: int) -> int:
    """Walk through the part that begins at BEGIN; return where it ends."""
    data, first, end = part.data, begin + _header_size(part.data, begin), _declared_end(part.data, begin)
    _check_header(part, begin)
    if end > len(data):
        end = _read_undeclared(part, first, end)
    elif end == first + CRC_SIZE:  # the device never came to write the size
        end = _next_header(data, first)
        _walk(part, first, end - CRC_SIZE)
    else:
        end = _read_declared(part, first, end)
        _check_crc(part, begin, end)
    if part.lost:
        part.notes.append(_skipped("activity.fit_bytes_skipped", part.lost))
    return end


def _read_undeclared(part: Part, first: int, declared: int) -> int:
    """Walk up to the next part, or to the cut, where the DECLARED end lies beyond all that there is."""
    end = _next_header(part.data, first)
    cut = end == len(part.data)
    part.notes.append(Note("activity.fit_truncated" if cut else "activity.fit_size_wrong"))
    _walk(part, first, min(end, declared - CRC_SIZE) if cut else end - CRC_SIZE)
    return end


def _read_declared(part: Part, first: int, end: int) -> int:
    """Walk up to END, or beyond it where it cuts a message and no other part follows."""
    cut = _walk(part, first, end - CRC_SIZE)
    if cut and end < len(part.data) and _find_header(part.data, end) is None:
        part.notes.append(Note("activity.fit_size_wrong"))
        end = len(part.data)
        cut = _walk(part, first, end - CRC_SIZE)
    if cut:
        part.notes.append(Note("activity.fit_truncated"))
    return end


def _next_header(data: bytes, first: int) -> int:
    following = _find_header(data, first)
    return len(data) if following is None else following


def _check_header(part: Part, begin: int) -> None:
    data = part.data
    header = data[begin : begin + HEADER_SIZES[1]]
    odd = header[0] not in HEADER_SIZES or header[8:12] != MAGIC
    said = int.from_bytes(header[12:14], "little") if header[0] == HEADER_SIZES[1] else 0
    if odd or (said and said != crc16(header[:12])):
        part.notes.append(Note("activity.fit_header_odd"))


def _check_crc(part: Part, begin: int, end: int) -> None:
    said = int.from_bytes(part.data[end - CRC_SIZE : end], "little")
    if said != crc16(memoryview(part.data)[begin : end - CRC_SIZE]):
        part.notes.append(Note("activity.fit_checksum_wrong"))


def _walk(part: Part, first: int, end: int) -> bool:
    """Fill PART with the messages from FIRST to END; return whether END cuts a message."""
    walk = _Walk(part.data, part.octets, end)
    walk.go(first)
    part.definitions = walk.definitions
    part.positions, part.headers, part.kinds = walk.found()
    part.lost = walk.lost
    return walk.cut


class _Walk:
    """The walk through one part, from message to message."""

    def __init__(self, data: bytes, octets: Octets, end: int) -> None:
        self.data, self.octets, self.end = data, octets, end
        self.definitions: list[Definition] = []
        self.lost = 0
        self.cut = False
        self._steps = [0] * 256  # length of the message that a header byte begins; 0: not known
        self._known: dict[bytes, int] = {}
        self._active: dict[int, int] = {}
        self._changes: list[tuple[int, int, int]] = []  # messages before, local number, definition
        self._chunks: list[Places] = []
        self._count = 0
        self._tears = 0
        self._patience = Patience()
        self._type = np.int32 if len(data) < 2**31 else np.int64

    def go(self, at: int) -> None:
        """Walk from AT to the end."""
        look, leap_from = NEAREST_LOOK, at
        while at < self.end:
            if at >= leap_from:
                landed = self._leap(at)
                look = NEAREST_LOOK if landed > at else min(2 * look, FARTHEST_LOOK)
                at = landed
                leap_from = at + look
            at = self._stroll(at, min(self.end, leap_from))
            if at < self.end and not self._steps[self.data[at]]:
                at = self._define(at) or self._find_sound(at)

    def _stroll(self, at: int, stop: int) -> int:
        """Go from message to message until STOP or a header that begins none; return where."""
        data, steps = self.data, self._steps
        found: list[int] = []
        keep = found.append
        while at < stop:
            step = steps[data[at]]
            if not step:
                break
            keep(at)
            at += step
        if at > self.end:
            self.cut = True
            found.pop()
        self._keep(np.array(found, self._type))
        return at

    def _leap(self, at: int) -> int:
        """Take the messages from AT whose headers repeat with a period of 1 to 6; return where that ends (or AT)."""
        offsets, size = self._period(at)
        times = (self.end - at) // size if offsets else 0
        for offset in offsets:
            times = min(times, self._repeats(at + offset, size, times))
        if times * len(offsets) < SHORTEST_LEAP:
            return at
        starts = at + size * np.arange(times, dtype=self._type)
        self._keep((starts[:, None] + np.array(offsets, self._type)).ravel())
        return at + times * size

    def _period(self, at: int) -> tuple[list[int], int]:
        """Return where the messages of one period begin, seen from AT, and its length; nothing if there is none."""
        data, steps, here = self.data, self._steps, at
        offsets: list[int] = []
        while here < self.end and len(offsets) <= LONGEST_PERIOD:  # pragma: no branch (real files only have more)
            if offsets and data[here] == data[at]:
                return offsets, here - at
            step = steps[data[here]]
            if not step:
                break
            offsets.append(here - at)
            here += step
        return [], 0

    def _repeats(self, at: int, stride: int, most: int) -> int:
        """Return how often, up to MOST, the header at AT stands there again after each STRIDE."""
        header, done, block = self.data[at], 0, SHORTEST_LEAP
        while done < most:
            take = min(block, most - done)
            begin = at + done * stride
            other = self.octets[begin : begin + (take - 1) * stride + 1 : stride] != header
            first = int(other.argmax())
            if other[first]:
                return done + first
            done += take
            block *= 8
        return most

    def _keep(self, found: Places) -> None:
        if len(found):
            self._chunks.append(found)
            self._count += len(found)

    def _define(self, at: int) -> int:
        """Take the definition at AT; return where it ends, or 0 if there is none."""
        data = self.data
        if data[at] & DEFINES_MASK != DEFINES:
            return 0
        after = definition_end(data, at) if at + 6 <= self.end else self.end + 1
        if after > self.end or data[at + 2] > BIG:
            self.cut = after > self.end
            return 0
        raw = data[at + 1 : after] + bytes([data[at] & 0x20])
        kind = self._known.get(raw)
        if kind is None:
            kind = self._known[raw] = len(self.definitions)
            self.definitions.append(parse_definition(raw))
        if len(self._changes) >= MOST_DEFINITIONS or kind >= MOST_KINDS:
            return self._give_up(at)
        self._use(data[at] & 0x0F, kind)
        return after

    def _use(self, local: int, kind: int) -> None:
        definition = self.definitions[kind]
        step = definition.size + 1
        self._steps[local] = step
        self._steps[0x20 | local] = step if definition.developer else 0
        if local < 4:  # noqa: PLR2004 (a compressed header has two bits for it)
            self._steps[0x80 + 32 * local : 0xA0 + 32 * local] = [step] * 32
        self._active[local] = kind
        self._changes.append((self._count, local, kind))

    def _give_up(self, at: int) -> int:
        self.lost += self.end - at
        return self.end

    def _find_sound(self, at: int) -> int:
        """Return where, after the torn place AT, messages can be read again."""
        self._tears += 1
        if self._tears > MOST_TEARS:
            return self._give_up(at)
        active = {local: self.definitions[kind] for local, kind in self._active.items()}
        time = self._last_time()
        sound = next_sound(Torn(self.data, self.octets, at, self.end, active, self._steps, time, self._patience))
        if sound < self.end or not self.cut:
            self.lost += sound - at
            self.cut = False
        return sound

    def _last_time(self) -> int | None:
        """Return the middle of the full timestamps among the last messages (the very last may be torn itself)."""
        last = self._chunks[-1][-LAST_LOOKED_AT:].tolist() if self._chunks else []
        stamps = [self._stamp(at) for at in last if self.data[at] < COMPRESSED]
        return int(np.median(known)) if (known := [stamp for stamp in stamps if stamp is not None]) else None

    def _stamp(self, at: int) -> int | None:
        return self.definitions[self._active[self.data[at] & 0x0F]].stamp_at(self.data, at)

    def found(self) -> tuple[Places, Octets, Places]:
        """Return where each message begins, its header byte, and the index of its definition."""
        positions: Places = np.concatenate([np.zeros(0, self._type), *self._chunks])
        self._chunks.clear()
        headers: Octets = self.octets[positions]
        local = np.where(headers & COMPRESSED, headers >> 5 & 3, headers & 15)
        kinds: Places = np.zeros(len(positions), np.int16)
        changes: dict[int, list[tuple[int, int]]] = {}
        for since, number, kind in self._changes:
            changes.setdefault(number, []).append((since, kind))
        for number, mine in changes.items():
            here = local == number
            untils = [*(since for since, _ in mine[1:]), len(positions)]
            for (since, kind), until in zip(mine, untils, strict=True):
                kinds[since:until][here[since:until]] = kind
        return positions, headers, kinds
