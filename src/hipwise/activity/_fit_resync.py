"""Finding the way back into a damaged file: the next place where messages make sense again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from hipwise.activity._fit_definition import (
    BASES,
    BIG,
    COMPRESSED,
    DEFINES,
    DEFINES_MASK,
    STAMP_SIZE,
    TEXT,
    TIMESTAMP,
    Definition,
    definition_end,
    parse_definition,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Patience", "Torn", "next_sound"]

Octets: TypeAlias = np.ndarray[tuple[int], np.dtype[np.uint8]]

FIRST_BLOCK, GROWTH, LARGEST_BLOCK = 1024, 4, 65_536
"""Bytes searched at once: few at first, since the next message is mostly near."""

NEAR = 256
"""A definition no further than this is believed before any message: it says itself what follows."""

NAMED_BELOW, MAKERS_OWN_FROM = 1024, 0xFF00
"""Global message numbers in use: those of the profile, and those that makers keep for themselves."""

KNOWN_BASES = bytes([*BASES, TEXT])
MESSAGES_IN_A_ROW = 4
SAME_TIME_S = 86_400
"""Messages are believed if so many stand in a row, with times within a day of the last time before the tear."""


@dataclass(slots=True)
class Patience:
    """How many places of one part may still be looked at closely (a hostile file offers millions)."""

    left: int = 20_000

    def spend(self) -> bool:
        """Look at one more place, if any patience is left."""
        self.left -= 1
        return self.left >= 0


@dataclass(slots=True)
class Torn:
    """A place AT which no message begins: the file up to END, the definitions in use, and the last time before."""

    data: bytes
    octets: Octets
    at: int
    end: int
    active: dict[int, Definition]
    steps: list[int]
    last_time: int | None
    patience: Patience


def next_sound(torn: Torn) -> int:
    """Return the next place where messages can be read again, or the end."""
    begin, block = torn.at + 1, FIRST_BLOCK
    while begin < torn.end:
        stop = min(torn.end, begin + block)
        definition = next(_definitions(torn, begin, stop), torn.end)
        if definition < min(torn.end, torn.at + NEAR):
            return definition
        sound = min(definition, next(_messages(torn, begin, stop), torn.end))
        if sound < stop:
            return sound
        begin, block = stop, min(GROWTH * block, LARGEST_BLOCK)
    return torn.end


def _definitions(torn: Torn, begin: int, stop: int) -> Iterator[int]:
    """Yield the places in [begin, stop) where a definition stands that can be meant."""
    header, reserved, order = (torn.octets[begin + shift : stop + shift] for shift in (0, 1, 2))
    length = len(order)
    likely = (header[:length] & DEFINES_MASK == DEFINES) & (reserved[:length] == 0) & (order <= BIG)
    for at in (np.flatnonzero(likely) + begin).tolist():
        if not torn.patience.spend():
            return
        if _is_definition(torn, at):
            yield at


def _is_definition(torn: Torn, at: int) -> bool:
    after = definition_end(torn.data, at) if at + 6 <= torn.end else torn.end + 1
    if after > torn.end or not _has_fields(torn.data[at + 6 : at + 6 + 3 * torn.data[at + 5]]):
        return False
    definition = parse_definition(torn.data[at + 1 : after] + bytes([torn.data[at] & 0x20]))
    return (
        (definition.number < NAMED_BELOW or definition.number >= MAKERS_OWN_FROM)
        and all(each.type or (each.base == TEXT and each.size) for each in definition.fields)
        and all(each.size == STAMP_SIZE for each in definition.fields if each.number == TIMESTAMP)
        and _can_follow(torn, after, at)
    )


def _has_fields(fields: bytes) -> bool:
    """Whether FIELDS (number, size, base type; again and again) are some, each once, and of types that there are."""
    numbers = fields[::3]
    return bool(numbers) and len(set(numbers)) == len(numbers) and not fields[2::3].translate(None, KNOWN_BASES)


def _can_follow(torn: Torn, after: int, definition: int) -> bool:
    """Whether what stands AFTER a definition can stand there: its own messages, known ones, or another definition."""
    if after >= torn.end:
        return True
    header = torn.data[after]
    local = torn.data[definition] & 0x0F
    return header & 0xDF == local or bool(torn.steps[header]) or header & DEFINES_MASK == DEFINES


def _messages(torn: Torn, begin: int, stop: int) -> Iterator[int]:
    """Yield the places in [begin, stop) from which several messages with believable times follow each other."""
    if torn.last_time is None:
        return
    found: list[int] = []
    for local, definition in torn.active.items():
        if definition.stamp is not None:
            found += _timed(torn, local, definition, begin, stop)
    for at in sorted(found):
        if not torn.patience.spend():
            return
        if _are_messages(torn, at):
            yield at


def _timed(torn: Torn, local: int, definition: Definition, begin: int, stop: int) -> list[int]:
    """Return the places with the header LOCAL that a believable time follows where it should."""
    last = min(stop, torn.end - definition.size)
    at = np.flatnonzero(torn.octets[begin:last] == local) + begin if last > begin else np.zeros(0, np.int64)
    first = at + 1 + (definition.stamp or 0)
    weights = (24, 16, 8, 0) if definition.big else (0, 8, 16, 24)
    time = np.zeros(len(at), np.int64)
    for shift, weight in enumerate(weights):
        time += torn.octets[first + shift].astype(np.int64) << weight
    near: list[int] = at[np.abs(time - (torn.last_time or 0)) < SAME_TIME_S].tolist()
    return near


def _are_messages(torn: Torn, at: int) -> bool:
    for _ in range(MESSAGES_IN_A_ROW):
        if at >= torn.end:
            return at == torn.end
        header = torn.data[at]
        if header & DEFINES_MASK == DEFINES:
            return _is_definition(torn, at)
        step = torn.steps[header]
        if not step:
            return False
        stamp = torn.active[header & 0x0F].stamp_at(torn.data, at) if header < COMPRESSED else None
        if stamp is not None and torn.last_time is not None and abs(stamp - torn.last_time) > SAME_TIME_S:
            return False
        at += step
    return True
