"""What a definition message says: which fields follow in the messages of one kind, and how they are written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

__all__ = [
    "BASES",
    "BIG",
    "COMPRESSED",
    "DEFINES",
    "DEFINES_MASK",
    "STAMP_SIZE",
    "TEXT",
    "TIMESTAMP",
    "Base",
    "Definition",
    "DeveloperField",
    "Field",
    "definition_end",
    "parse_definition",
]

TIMESTAMP: Final = 253
STAMP_SIZE: Final = 4


DEFINES: Final = 0x40
DEFINES_MASK: Final = 0xD0
"""A header byte of which these bits are those begins a definition."""

COMPRESSED: Final = 0x80
"""A header byte from here on carries five bits of the time, and two of the local number."""

BIG: Final = 1
"""The byte order of a definition: 0 is little, 1 is big, others there are none."""


class Base(NamedTuple):
    """A base type of FIT: its NumPy type without byte order, the value that means "not known", bytes of one value."""

    code: str
    invalid: int | None
    size: int


TEXT: Final = 0x07
BASES: Final = {
    0x00: Base("u1", 0xFF, 1),
    0x01: Base("i1", 0x7F, 1),
    0x02: Base("u1", 0xFF, 1),
    0x83: Base("i2", 0x7FFF, 2),
    0x84: Base("u2", 0xFFFF, 2),
    0x85: Base("i4", 0x7FFFFFFF, 4),
    0x86: Base("u4", 0xFFFFFFFF, 4),
    0x88: Base("f4", None, 4),
    0x89: Base("f8", None, 8),
    0x0A: Base("u1", 0, 1),
    0x8B: Base("u2", 0, 2),
    0x8C: Base("u4", 0, 4),
    0x0D: Base("u1", 0xFF, 1),
    0x8E: Base("i8", 0x7FFFFFFFFFFFFFFF, 8),
    0x8F: Base("u8", 0xFFFFFFFFFFFFFFFF, 8),
    0x90: Base("u8", 0, 8),
}
"""The base types by their byte; text (0x07) is none of them."""


class Field(NamedTuple):
    """One field of a definition: its number, where it lies in the message, its bytes and its base type.

    TYPE is that base type, if the field is one number or a row of them; None for text and for what nobody can read.
    """

    number: int
    offset: int
    size: int
    base: int
    type: Base | None


class DeveloperField(NamedTuple):
    """One developer field: its number and its developer's index say which description tells its type."""

    number: int
    offset: int
    size: int
    developer: int


@dataclass(frozen=True, slots=True)
class Definition:
    """The fields of the messages of one kind; NUMBER is the global message number, SIZE in bytes without the header."""

    number: int
    big: bool
    size: int
    fields: tuple[Field, ...]
    developer: tuple[DeveloperField, ...]

    @property
    def order(self) -> str:
        """Byte order as NumPy writes it."""
        return ">" if self.big else "<"

    @property
    def stamp(self) -> int | None:
        """Where the full timestamp lies in the message."""
        stamps = (each.offset for each in self.fields if each.number == TIMESTAMP and each.size == STAMP_SIZE)
        return next(stamps, None)

    def stamp_at(self, data: bytes, message: int) -> int | None:
        """Return the timestamp of the message whose header is at MESSAGE."""
        if self.stamp is None:
            return None
        begin = message + 1 + self.stamp
        return int.from_bytes(data[begin : begin + STAMP_SIZE], "big" if self.big else "little")


def definition_end(data: bytes, at: int) -> int:
    """Return where the definition at AT ends, as it says itself."""
    after = at + 6 + 3 * data[at + 5]
    if data[at] & 0x20 and after < len(data):
        after += 1 + 3 * data[after]
    return after


@lru_cache(512)
def parse_definition(raw: bytes) -> Definition:
    """Read a definition without its header byte; the last byte says whether developer fields follow the others.

    A watch writes the same ones into each of its files.
    """
    count = raw[4]
    fields, offset = [], 0
    for at in range(5, 5 + 3 * count, 3):
        fields.append(Field(raw[at], offset, raw[at + 1], raw[at + 2], _type(raw[at + 1], raw[at + 2])))
        offset += raw[at + 1]
    developer = []
    for at in range(6 + 3 * count, len(raw) - 1, 3):
        developer.append(DeveloperField(raw[at], offset, raw[at + 1], raw[at + 2]))
        offset += raw[at + 1]
    number = int.from_bytes(raw[2:4], "big" if raw[1] else "little")
    return Definition(number, bool(raw[1]), offset, tuple(fields), tuple(developer))


def _type(size: int, base: int) -> Base | None:
    known = BASES.get(base)
    return known if known and size and size % known.size == 0 else None
