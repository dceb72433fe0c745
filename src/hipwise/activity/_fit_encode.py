"""Columns become FIT messages: the writing half of the format, for activities, workouts and all else."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hipwise.activity._fit_crc import crc16
from hipwise.activity._fit_definition import BASES, DEFINES, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from hipwise.activity._fit_profile import Scaled

__all__ = ["Block", "Written", "encode", "number", "text"]

PROTOCOL, PROFILE = 0x20, 21_194
HEADER_SIZE = 14
MOST_LOCAL = 16

U8, ENUM, U16, I32, U32, U32Z = 0x02, 0x00, 0x84, 0x85, 0x86, 0x8C


class Written(NamedTuple):
    """One field of a block: its number, its base type, and its raw values (bytes of one length for text)."""

    number: int
    base: int
    values: npt.NDArray[np.generic]


class Block(NamedTuple):
    """Messages of one kind that stand in a row: the global message number and the fields, all of one length."""

    message: int
    fields: tuple[Written, ...]


def number(field: Scaled | int, base: int, values: npt.ArrayLike) -> Written:
    """Make a field of numbers: VALUES with their unit become raw ones; NaN and what does not fit become "not known"."""
    kind = BASES[base]
    target = np.dtype("<" + kind.code)
    values = np.asarray(values, np.float64)
    if not isinstance(field, int):
        values = (values + field.offset) * field.scale
        field = field.number
    rounded = np.rint(values)
    bounds = np.iinfo(target)
    fits = (rounded >= bounds.min) & (rounded <= bounds.max)
    return Written(field, base, np.where(fits, rounded, kind.invalid or 0).astype(target))


def text(field: int, values: Sequence[str], size: int) -> Written:
    """Make a field of texts of SIZE bytes, cut to whole characters, with a NUL at the end."""
    cut = [each.encode()[: size - 1].decode("utf-8", "ignore").encode() for each in values]
    return Written(field, TEXT, np.array(cut, f"S{size}"))


def encode(blocks: Iterable[Block]) -> bytes:
    """Return a FIT file of BLOCKS, in their order; a definition is written when a layout is met first."""
    local: dict[bytes, int] = {}
    body: list[bytes] = []
    for block in blocks:
        layout = _layout(block)
        if layout not in local:
            if len(local) == MOST_LOCAL:
                local.pop(next(iter(local)))
            free = min(set(range(MOST_LOCAL)) - set(local.values()))
            local[layout] = free
            body.append(bytes([DEFINES | free]) + layout)
        body.append(_messages(block, local[layout]))
    data = b"".join(body)
    header = struct.pack("<BBHI4s", HEADER_SIZE, PROTOCOL, PROFILE, len(data), b".FIT")
    file = header + struct.pack("<H", crc16(header)) + data
    return file + struct.pack("<H", crc16(file))


def _layout(block: Block) -> bytes:
    """Return the definition of BLOCK without its header byte."""
    fields = b"".join(bytes([each.number, each.values.dtype.itemsize, each.base]) for each in block.fields)
    return struct.pack("<BBHB", 0, 0, block.message, len(block.fields)) + fields


def _messages(block: Block, local: int) -> bytes:
    types = [("header", "u1"), *((str(each.number), each.values.dtype) for each in block.fields)]
    rows = np.zeros(len(block.fields[0].values), types)
    rows["header"] = local
    for each in block.fields:
        rows[str(each.number)] = each.values
    return rows.tobytes()
