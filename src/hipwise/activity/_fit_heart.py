"""Heart rate that a strap stored by itself (swimming) and the watch appended as `hr` messages after the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hipwise.activity._fit_columns import Table
from hipwise.activity._fit_profile import Message

if TYPE_CHECKING:
    from hipwise.activity._arrays import Column
    from hipwise.activity._fit_frame import Part

__all__ = ["fill_heart_rate"]

FRACTION, BEATS, STAMP, PACKED = 0, 6, 9, 10
PER_SECOND = 1024
ROLLS_OVER_AT = 4096
"""The packed stamps have 12 bits of 1/1024 s and start again every 4 s."""

MOST_MESSAGES = 100_000
NEAR_S = 5.0
"""A sample without heart rate takes that of the strap no further away than this."""


def fill_heart_rate(part: Part, columns: dict[str, Column]) -> bool:
    """Fill gaps of the heart rate in COLUMNS from the strap's own memory; return whether there was any."""
    times, beats = _stored(part)
    at = columns["at"]
    if not len(times) or not len(at):
        return False
    heart = columns.get("heart_rate_bpm")
    heart = np.full(len(at), np.nan) if heart is None else heart.copy()
    after = np.clip(np.searchsorted(times, at), 1, max(1, len(times) - 1)) if len(times) > 1 else np.zeros(len(at), int)
    nearest = np.where(np.abs(times[after - 1] - at) < np.abs(times[after] - at), after - 1, after)
    fits = np.isnan(heart) & (np.abs(times[nearest] - at) <= NEAR_S)
    heart[fits] = beats[nearest[fits]]
    columns["heart_rate_bpm"] = heart
    return bool(fits.any())


def _stored(part: Part) -> tuple[Column, Column]:
    """Return times (unix seconds, ascending) and beats a minute of all `hr` messages."""
    table = Table(part, Message.HEART_RATE, MOST_MESSAGES)
    if not len(table):
        return np.zeros(0), np.zeros(0)
    ticks, beats, messages = _ticks(table)
    seconds = table.unix_times() + np.nan_to_num(table.numbers(FRACTION, 32_768))
    anchors = np.flatnonzero(np.isfinite(seconds[messages]) & np.isfinite(ticks))
    if not len(anchors):
        return np.zeros(0), np.zeros(0)
    anchor = anchors[np.maximum(np.searchsorted(anchors, np.arange(len(ticks)), "right") - 1, 0)]
    times = seconds[messages[anchor]] + (ticks - ticks[anchor]) / PER_SECOND
    good = np.isfinite(times) & (beats > 0) & (beats < 255)  # noqa: PLR2004 (what a strap writes for "not known")
    order = np.argsort(times[good], kind="stable")
    return times[good][order], beats[good][order]


def _ticks(table: Table) -> tuple[Column, Column, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Return for every beat stamp of the table its 1/1024 s, the heart rate, and the message it is in."""
    ticks: list[float] = []
    beats: list[float] = []
    messages: list[int] = []
    last = float("nan")
    rows = zip(table.bytes_of(STAMP), table.bytes_of(PACKED), table.bytes_of(BEATS), strict=True)
    for message, (full, packed, said) in enumerate(rows):
        stamps = np.frombuffer(full[: len(full) // 4 * 4], "<u4").astype(float).tolist()
        if not stamps:
            stamps = _unpacked(packed, last)
        stamps = stamps[: len(said)]
        last = stamps[-1] if stamps else last
        ticks += stamps
        beats += said[: len(stamps)]
        messages += [message] * len(stamps)
    return np.array(ticks), np.array(beats, float), np.array(messages, np.int64)


def _unpacked(packed: bytes, last: float) -> list[float]:
    """Return the stamps of 12 bits, each after the one before (LAST is the one before the first)."""
    stamps = []
    for at in range(0, len(packed) - 2, 3):
        three = int.from_bytes(packed[at : at + 3], "little")
        for low in (three & 0xFFF, three >> 12):
            last += (low - last) % ROLLS_OVER_AT
            stamps.append(last)
    return stamps
