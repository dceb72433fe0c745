"""The checksum of FIT: CRC-16 with the polynomial x^16 + x^15 + x^2 + 1, lowest bit first, starting at 0."""

from __future__ import annotations

from functools import cache

import numpy as np

__all__ = ["crc16"]

POLYNOMIAL = 0xA001

PERIOD = 32_767
"""x^32767 is 1 modulo the polynomial (it is (x + 1)(x^15 + x + 1), and the second factor is primitive).

So bits that lie this far apart may be folded onto each other: first blocks of so many bytes, then the eight parts of
so many bits in such a block. What remains of any file are so many bits, and each bit of the checksum is the parity of
some of them.
"""

SMALL = 4096


def _step(remainder: int) -> int:
    for _ in range(8):
        remainder = (remainder >> 1) ^ POLYNOMIAL if remainder & 1 else remainder >> 1
    return remainder


TABLE = tuple(_step(byte) for byte in range(256))


def crc16(data: bytes | memoryview) -> int:
    """Return the checksum of DATA."""
    if len(data) > SMALL:
        folded = _folded(data)
        return sum((folded & mask).bit_count() % 2 << place for place, mask in enumerate(_masks()))
    remainder = 0
    for byte in data:
        remainder = (remainder >> 8) ^ TABLE[(remainder ^ byte) & 0xFF]
    return remainder


@cache
def _masks() -> tuple[int, ...]:
    """Return for each bit of the checksum which bits of a folded file it is the parity of."""
    weights, weight = [], POLYNOMIAL
    for _ in range(PERIOD):
        weights.append(weight)
        weight = (weight >> 1) ^ POLYNOMIAL if weight & 1 else weight >> 1
    bits = np.unpackbits(np.array(weights[::-1], "<u2").view(np.uint8).reshape(-1, 2), axis=1, bitorder="little")
    return tuple(int.from_bytes(np.packbits(each, bitorder="little").tobytes(), "little") for each in bits.T)


def _folded(data: bytes | memoryview) -> int:
    """Return the bits that DATA folds into, the first one the lowest (zeros in front change nothing)."""
    octets = np.frombuffer(data, np.uint8)
    blocks, rest = divmod(len(octets), PERIOD)
    block = np.bitwise_xor.reduce(octets[rest:].reshape(blocks, PERIOD), axis=0)
    block[PERIOD - rest :] ^= octets[:rest]
    bits = int.from_bytes(block.tobytes(), "little")
    part = (1 << PERIOD) - 1
    folded = 0
    while bits:
        folded ^= bits & part
        bits >>= PERIOD
    return folded
