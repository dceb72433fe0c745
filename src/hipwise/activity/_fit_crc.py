"""The checksum of FIT: CRC-16 with the polynomial x^16 + x^15 + x^2 + 1, lowest bit first, starting at 0."""

from __future__ import annotations

import numpy as np

__all__ = ["crc16"]

POLYNOMIAL = 0xA001

PERIOD = 32_767
"""x^32767 is 1 modulo the polynomial (it is (x + 1)(x^15 + x + 1), and the second factor is primitive).

So bits that lie this far apart may be folded onto each other: first blocks of so many bytes, then the eight parts of
so many bits in such a block. What remains of any file are 4 KiB.
"""

SMALL = 4096


def _step(remainder: int) -> int:
    for _ in range(8):
        remainder = (remainder >> 1) ^ POLYNOMIAL if remainder & 1 else remainder >> 1
    return remainder


TABLE = tuple(_step(byte) for byte in range(256))


def crc16(data: bytes | memoryview) -> int:
    """Return the checksum of DATA."""
    remainder = 0
    table = TABLE
    for byte in data if len(data) <= SMALL else _folded(data):
        remainder = (remainder >> 8) ^ table[(remainder ^ byte) & 0xFF]
    return remainder


def _folded(data: bytes | memoryview) -> bytes:
    """Return 4 KiB with the same checksum as DATA (zeros in front change nothing, since it starts at 0)."""
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
    return (folded << 1).to_bytes(SMALL, "little")
