"""Files damaged at random, the same for the same seed: what disks, transfers and bad exporters do to them."""

from __future__ import annotations

import random
from collections.abc import Iterator

__all__ = ["mutants"]

MOST_CUT = 4096
MOST_FLIPS = 16


def mutants(data: bytes, seed: int, count: int, other: bytes = b"", *, first: int = 0) -> Iterator[bytes]:
    """Yield COUNT damaged forms of DATA from the FIRST on; a part of OTHER may be spliced in."""
    for number in range(first, first + count):
        chance = random.Random(f"{seed}/{number}")  # noqa: S311 (a seed, not a secret)
        text = data
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            text = chance.choice(WAYS)(text, chance, other)
        yield text


def _flipped(data: bytes, chance: random.Random, _: bytes) -> bytes:
    text = bytearray(data)
    for _each in range(chance.randint(1, MOST_FLIPS) if text else 0):
        text[chance.randrange(len(text))] ^= 1 << chance.randrange(8)
    return bytes(text)


def _overwritten(data: bytes, chance: random.Random, _: bytes) -> bytes:
    at, length = chance.randint(0, len(data)), chance.randint(1, 64)
    filler = chance.choice((b"\0", b"\xff", b"\x7f", b"A", bytes([chance.randrange(256)])))
    return data[:at] + (filler * length)[: len(data) - at] + data[at + length :]


def _cut(data: bytes, chance: random.Random, _: bytes) -> bytes:
    return data[: chance.randint(0, len(data))]


def _cut_out(data: bytes, chance: random.Random, _: bytes) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + data[at + chance.randint(1, MOST_CUT) :]


def _inserted(data: bytes, chance: random.Random, _: bytes) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.randbytes(chance.randint(1, 64)) + data[at:]


def _doubled(data: bytes, chance: random.Random, _: bytes) -> bytes:
    at, length = chance.randint(0, len(data)), chance.randint(1, MOST_CUT)
    return data[: at + length] + data[at:]


def _spliced(data: bytes, chance: random.Random, other: bytes) -> bytes:
    at, from_, length = chance.randint(0, len(data)), chance.randint(0, len(other)), chance.randint(1, MOST_CUT)
    return data[:at] + other[from_ : from_ + length] + data[at:]


WAYS = (_flipped, _flipped, _overwritten, _cut, _cut_out, _inserted, _doubled, _spliced)
