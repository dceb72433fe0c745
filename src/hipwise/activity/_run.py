"""What a file becomes: a Run, and its totals alone."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Final

import polars as pl

from hipwise.texts import say

__all__ = ["NO_TIME_OF_DAY", "SAMPLES", "TRUSTED_YEARS", "UNDATED", "Lap", "Note", "Origin", "Run", "RunSummary"]

UNDATED: Final = "activity.date_doubtful"
"""The note of a run whose clock was not set: its day is not known."""

NO_TIME_OF_DAY: Final = "activity.no_time_of_day"
"""The note of a run of which a table tells the day alone: its hour is made up."""

TRUSTED_YEARS: Final = range(2010, 2100)
"""The clock of a watch that says another year was not set."""

SAMPLES: dict[str, tuple[pl.DataType, str]] = {
    "at": (pl.Datetime("ms", "UTC"), "time of the sample"),
    "latitude_deg": (pl.Float64(), "WGS 84"),
    "longitude_deg": (pl.Float64(), "WGS 84"),
    "altitude_m": (pl.Float64(), "above sea level as the device says"),
    "distance_m": (pl.Float64(), "covered since the start of this run"),
    "speed_mps": (pl.Float64(), "as the device says"),
    "heart_rate_bpm": (pl.Float64(), ""),
    "cadence_spm": (pl.Float64(), "steps of both feet a minute; strokes or revolutions where the sport has no steps"),
    "power_w": (pl.Float64(), ""),
    "vertical_oscillation_mm": (pl.Float64(), ""),
    "ground_contact_ms": (pl.Float64(), ""),
    "ground_contact_balance_pct": (pl.Float64(), "left foot's share of the contact time"),
    "step_length_mm": (pl.Float64(), "one step, not one stride"),
    "vertical_ratio_pct": (pl.Float64(), ""),
    "moving": (pl.Boolean(), "False between a timer stop and the next start"),
}
"""Columns that a Run's samples may have: type and meaning; the unit is in the name.

Only `at` and `moving` always stand. Developer fields come as `dev_<application>_<number>_<name>` (Float64).
"""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a run was read: FILE as the user knows it, its KIND, SHA256, and the device.

    KIND is fit, tcx, gpx, apple, strava, garmin (a row of that service's own list), csv or hand.
    """

    file: str
    kind: str
    sha256: str
    maker: str | None = None
    product: str | None = None
    serial: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader should know of a run: a text id of the catalogue `activity` and its values."""

    text: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """The note in words."""
        return say(self.text, **{name: int(value) if value.isdecimal() else value for name, value in self.values})


@dataclass(frozen=True, slots=True)
class Lap:
    """A lap that the runner ended by hand: its NUMBER in the run, and how far into the run that was."""

    number: int
    end_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """The totals of one run (or ride, swim, walk: see SPORT). None is "not known", never zero.

    TIMER_S is time without pauses, ELAPSED_S the wall clock; LOCAL_DATE the calendar day where the run began;
    CADENCE_SPM and HEART_RATE_BPM are means weighted by time while moving. NAME is what the runner called it, GEAR the
    shoes it was run in. LAPS are those pressed by hand; what the watch counts by itself is none. ID is stable for the
    same content.
    """

    id: str
    sport: str
    started_at: datetime
    local_date: date
    origins: tuple[Origin, ...]
    sub_sport: str | None = None
    utc_offset_s: int | None = None
    distance_m: float | None = None
    timer_s: float | None = None
    elapsed_s: float | None = None
    cadence_spm: float | None = None
    heart_rate_bpm: float | None = None
    ascent_m: float | None = None
    descent_m: float | None = None
    perceived_effort: float | None = None
    name: str | None = None
    gear: str | None = None
    records: int = 0
    notes: tuple[Note, ...] = ()
    column_sources: tuple[tuple[str, str], ...] = ()
    laps: tuple[Lap, ...] = ()

    @property
    def file(self) -> str:
        """The file that the run was (first) read from."""
        return self.origins[0].file

    @property
    def is_dated(self) -> bool:
        """Whether its day is known: the clock was set, and says a year in which there are such devices."""
        return self.local_date.year in TRUSTED_YEARS and all(note.text != UNDATED for note in self.notes)

    @property
    def is_hourless(self) -> bool:
        """Whether a table tells of it without the time of day."""
        return any(note.text == NO_TIME_OF_DAY for note in self.notes)

    def is_only_from(self, *kinds: str) -> bool:
        """Return whether sources of these KINDS alone tell of it ("hand": typed, "csv": a table); without any, no."""
        return bool(self.origins) and all(origin.kind in kinds for origin in self.origins)

    @property
    def steps(self) -> float | None:
        """Steps of both feet, from mean cadence and timer time; None where either is not known."""
        if self.cadence_spm is None or self.timer_s is None:
            return None
        return self.cadence_spm * self.timer_s / 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(RunSummary):
    """One run with its samples: a frame with the columns of SAMPLES that the source has, in order of time."""

    samples: pl.DataFrame = field(compare=False, repr=False)

    @property
    def summary(self) -> RunSummary:
        """The totals alone."""
        return RunSummary(**{each.name: getattr(self, each.name) for each in fields(RunSummary)})
