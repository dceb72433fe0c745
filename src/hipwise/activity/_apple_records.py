"""The measurements of an Apple Health export: cut out of a window of its text, and kept in few bytes each.

An export holds millions of records, one like the other, before the workouts that they belong to. Those that say
something of a run are kept as numbers; nothing of the text stays in memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import numpy as np
import polars as pl

from hipwise.activity._arrays import Column, Mask
from hipwise.activity._moments import moments

__all__ = ["METRICS", "Metric", "Record", "Records"]

OPENING: Final = b'<Record type="HKQuantityTypeIdentifier'
MOST_RECORDS: Final = 12_000_000
"""Ten years of a watch are three million that matter; each takes 18 bytes."""

MOST_SOURCES: Final = 1000
"""Devices and apps that are told apart; all others count as one."""

Parts: TypeAlias = tuple[Column, Column, Column, Column]


@dataclass(frozen=True, slots=True)
class Metric:
    """What a type of record measures: the COLUMN it becomes, and the factor of each unit that Apple writes."""

    column: str
    units: dict[str, float]


LENGTHS: Final = {"km": 1000.0, "mi": 1609.344, "m": 1.0, "yd": 0.9144, "ft": 0.3048, "cm": 0.01, "in": 0.0254}
SPEEDS: Final = {"km/hr": 1 / 3.6, "mi/hr": 0.44704, "m/s": 1.0, "ft/s": 0.3048}
MILLIMETRES: Final = {unit: factor * 1000 for unit, factor in LENGTHS.items()} | {"mm": 1.0}

METRICS: Final = {
    "HeartRate": Metric("heart_rate_bpm", {"count/min": 1.0, "count/s": 60.0}),
    "StepCount": Metric("steps", {"count": 1.0}),
    "DistanceWalkingRunning": Metric("distance_m", LENGTHS),
    "DistanceCycling": Metric("distance_m", LENGTHS),
    "RunningSpeed": Metric("speed_mps", SPEEDS),
    "RunningPower": Metric("power_w", {"W": 1.0, "kW": 1000.0}),
    "RunningGroundContactTime": Metric("ground_contact_ms", {"ms": 1.0, "s": 1000.0}),
    "RunningVerticalOscillation": Metric("vertical_oscillation_mm", MILLIMETRES),
    "RunningStrideLength": Metric("step_length_mm", MILLIMETRES),  # Apple's word; it is one step
    "WorkoutEffortScore": Metric("perceived_effort", {"appleEffortScore": 1.0, "count": 1.0}),
}
FACTORS: Final = {f"{name} {unit}": factor for name, metric in METRICS.items() for unit, factor in metric.units.items()}
BEGINNINGS: Final = tuple(f'{name}"'.encode() for name in METRICS)
ATTRIBUTES: Final = ("sourceName", "unit", "startDate", "endDate", "value")


@dataclass(frozen=True, slots=True)
class Record:
    """The measurements of one kind in order of their START_S (unix seconds): LENGTH_S, VALUE, and whose (SOURCE)."""

    start_s: Column
    length_s: Column
    value: Column
    source: Column

    def __len__(self) -> int:
        return len(self.start_s)

    def between(self, begin_s: float, end_s: float) -> Record:
        """Return those that start in [BEGIN_S, END_S]."""
        first, last = np.searchsorted(self.start_s, [begin_s, np.nextafter(end_s, np.inf)])
        return self.at(slice(int(first), int(last)))

    def of(self, source: int) -> Record:
        """Return those of SOURCE; where it has none, those of the one that has most (two may count the same steps)."""
        mine = self.source == source
        if len(self) and not mine.any():
            mine = self.source == np.bincount(self.source).argmax()
        return self.at(mine)

    def at(self, rows: slice | Mask) -> Record:
        """Return those in ROWS."""
        return Record(self.start_s[rows], self.length_s[rows], self.value[rows], self.source[rows])


@dataclass(slots=True)
class Records:
    """All measurements, by the column they become. SOURCES numbers the names of devices and apps."""

    sources: dict[str, int] = field(default_factory=dict)
    count: int = 0
    _parts: defaultdict[str, list[Parts]] = field(default_factory=lambda: defaultdict(list))

    @property
    def full(self) -> bool:
        """Whether there are as many as are kept."""
        return self.count >= MOST_RECORDS

    def take(self, window: bytes) -> None:
        """Keep the measurements of a WINDOW of the text that ends between two elements."""
        pieces = [piece for piece in window.split(OPENING)[1:] if piece.startswith(BEGINNINGS)]
        if not pieces or self.full:
            return
        texts = pl.Series([piece.decode("utf-8", "replace") for piece in pieces])
        said = (
            pl.DataFrame({"text": texts})
            .select(
                pl.col("text").str.extract(r"^(\w+)").alias("type"),
                *(pl.col("text").str.extract(f' {name}="([^"]*)"').alias(name) for name in ATTRIBUTES),
            )
            .with_columns(pl.concat_str(["type", "unit"], separator=" ").alias("kind"))
        )
        start_s, _ = moments(said["startDate"])
        end_s, _ = moments(said["endDate"])
        names = said["sourceName"].fill_null("")
        source = names.replace_strict(self._numbers(names), return_dtype=pl.Int16)
        value = said["value"].cast(pl.Float64, strict=False) * said["kind"].replace_strict(
            FACTORS, default=None, return_dtype=pl.Float64
        )
        self._keep(said["type"], start_s, end_s, value.to_numpy(), source.to_numpy())

    def _numbers(self, names: pl.Series) -> dict[str, int]:
        numbers = {}
        for name in names.unique(maintain_order=True):
            if len(self.sources) < MOST_SOURCES:
                self.sources.setdefault(name, len(self.sources))
            numbers[name] = self.sources.get(name, MOST_SOURCES)
        return numbers

    def _keep(self, types: pl.Series, start_s: Column, end_s: Column, value: Column, source: Column) -> None:
        kept = np.isfinite(start_s) & np.isfinite(end_s) & np.isfinite(value)
        self.count += int(kept.sum())
        for name in types.unique(maintain_order=True):
            mine = kept & (types == name).to_numpy()
            length = (end_s[mine] - start_s[mine]).astype(np.float32)
            self._parts[METRICS[name].column].append(
                (start_s[mine], length, value[mine].astype(np.float32), source[mine])
            )

    def columns(self) -> Iterator[tuple[str, Record]]:
        """Yield each column with its measurements in order of time; what was gathered is used up."""
        while self._parts:
            name, parts = self._parts.popitem()
            start_s, length, value, source = (np.concatenate(each) for each in zip(*parts, strict=True))
            parts.clear()
            if (start_s[1:] < start_s[:-1]).any():
                order = np.argsort(start_s, kind="stable")
                start_s, length, value, source = start_s[order], length[order], value[order], source[order]
            yield name, Record(start_s, length, value, source)
