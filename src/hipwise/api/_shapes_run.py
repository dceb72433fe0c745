"""What answers about one run hold, as typed models (see `_shapes`)."""

from __future__ import annotations

from typing import Literal

from hipwise.api._shapes import RunData, Shape
from hipwise.api._shapes_training import PainFrom

__all__ = ["RunPage", "Split", "StreamsData"]


class LongRun(Shape):
    """How a run stands to the longest of the 30 days before it, where it was longer."""

    state: Literal["small", "moderate", "large"]
    sure: bool
    says: str


class RunPage(Shape):
    """One run, with what load, data and the runner say of it; TIME and PACE as they are read.

    PAIN_LAP is the number of the lap that marked where the pain began, where one did.
    """

    run: RunData
    time: str | None
    pace: str | None
    descent_m: float | None
    spike: LongRun | None
    faults: list[str]
    pain: PainFrom | None
    pain_lap: int | None


class StreamData(Shape):
    """What was measured along a run, row by row: the mean over the time, the least and the most within the row.

    LOW and HIGH are null where each row is one sample, and so the same as MEAN.
    """

    name: Literal["speed_mps", "heart_rate_bpm", "cadence_spm", "altitude_m"]
    mean: list[float | None]
    low: list[float | None] | None
    high: list[float | None] | None


class BreakData(Shape):
    """Before this row there was a pause, or nothing was recorded, for so many seconds by the clock on the wall."""

    row: int
    seconds: int


class SplitTable(Shape):
    """A run kilometre by kilometre (mile by mile), as a table."""

    heads: list[str]
    rows: list[list[str | float | None]]


class StreamsData(Shape):
    """The curves of a run: RECORDS samples in rows, TIMER_S without pauses; DISTANCE_M null: not known."""

    run: str
    records: int
    timer_s: list[float]
    distance_m: list[float] | None
    streams: list[StreamData]
    breaks: list[BreakData]
    splits: SplitTable


class Split(Shape):
    """A run was split: the runs that it was put together from."""

    event: int | None
    runs: list[RunData]
