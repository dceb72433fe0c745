"""One session becomes samples, second by second, and a Run as a watch would have recorded it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias

import numpy as np
import polars as pl

from hipwise.activity import SAMPLES, Origin, Run
from hipwise.simulate._fiction import RUNNER, Runner

__all__ = ["Session", "record"]

Column: TypeAlias = np.ndarray[tuple[int], np.dtype[np.float64]]
Codes: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]

M_PER_DEGREE = 111_195.0
"""Metres of a degree of latitude."""

FOOT_RESOLUTION_SPM = 64
"""A file holds cadence to one part in so many of a step a minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What is run (or ridden) on a DAY at HOUR, local time: KM at SPEED_MPS, the middle FAST_SHARE of it at FAST_MPS.

    INDOOR has no places and no altitude; SMART recording writes a sample in some seconds; PAUSE_S stops the timer once.
    """

    name: str
    day: date
    hour: float
    km: float
    speed_mps: float
    fast_mps: float | None = None
    fast_share: float = 0.4
    climb_m_per_km: float = RUNNER.flat_climb_m_per_km
    sport: str = "running"
    indoor: bool = False
    smart: bool = False
    sore: bool = False
    pause_s: int = 0
    effort: float | None = None

    @property
    def file(self) -> str:
        """The name of the file that the watch would have written."""
        return f"{self.day:%Y-%m-%d}-{self.name}.fit"


@dataclass(frozen=True, slots=True)
class Way:
    """Where and how fast, at the end of each second: metres covered, metres a second, metres up, slope."""

    distance_m: Column
    speed_mps: Column
    altitude_m: Column
    slope: Column


def record(session: Session, seed: int, place: int) -> Run:
    """Return the Run of a SESSION. SEED and PLACE (its number in the story) make its noise, and no other run's."""
    rng = np.random.Generator(np.random.PCG64([seed, place]))
    way = _way(session, rng)
    kept, after_pause_s = _recorded(session, len(way.distance_m), rng)
    columns = {name: values[kept] for name, values in _columns(session, way, rng).items()}
    moving = np.ones(len(kept), bool)
    if session.pause_s:
        pause = int(np.searchsorted(after_pause_s, session.pause_s))
        moving[pause - 1] = False
        columns["speed_mps"][pause - 1] = 0.0
    started_at = _start(session)
    seconds = kept + after_pause_s
    key = f"{seed}/{place}/{session.file}"
    timer_s = float(len(way.distance_m) - 1)
    return Run(
        id=hashlib.sha256(key.encode()).hexdigest()[:16],
        sport=session.sport,
        sub_sport="treadmill" if session.indoor else None,
        started_at=started_at,
        local_date=session.day,
        utc_offset_s=RUNNER.utc_offset_s,
        origins=(Origin(session.file, "fit", hashlib.sha256(key.encode()).hexdigest(), product="simulated"),),
        distance_m=round(float(way.distance_m[-1]), 2),
        timer_s=timer_s,
        elapsed_s=timer_s + session.pause_s,
        cadence_spm=round(float(columns["cadence_spm"][moving].mean()) * FOOT_RESOLUTION_SPM) / FOOT_RESOLUTION_SPM,
        heart_rate_bpm=float(round(columns["heart_rate_bpm"].mean())),
        ascent_m=None if session.indoor else _climbed(way.altitude_m),
        descent_m=None if session.indoor else _climbed(-way.altitude_m),
        perceived_effort=session.effort,
        records=len(kept),
        samples=_frame(columns, started_at, seconds, moving),
    )


def _start(session: Session) -> datetime:
    local = datetime.combine(session.day, time(), UTC) + timedelta(seconds=round(session.hour * 3600))
    return local - timedelta(seconds=RUNNER.utc_offset_s)


def _way(session: Session, rng: np.random.Generator) -> Way:
    """Run the session: speeds with slow and quick noise, scaled so that the whole comes to its distance."""
    usual = session.speed_mps
    mean = usual if session.fast_mps is None else usual + session.fast_share * (session.fast_mps - usual)
    seconds = round(session.km * 1000 / mean) + 1
    speed = np.full(seconds, usual) * (1 + 0.03 * _wander(rng, seconds, 90) + 0.02 * _wander(rng, seconds, 7))
    if session.fast_mps is not None:
        edge = round(seconds * (1 - session.fast_share) / 2)
        speed[edge : seconds - edge] *= session.fast_mps / usual
    speed[0] = 0.0
    speed *= session.km * 1000 / speed.sum()
    distance = np.cumsum(speed)
    phase = 2 * np.pi * distance / RUNNER.hill_m
    rise = session.climb_m_per_km * RUNNER.hill_m / 1000
    altitude = RUNNER.altitude_m + rise * (1 - np.cos(phase)) / 2
    return Way(distance, speed, altitude, np.pi * rise / RUNNER.hill_m * np.sin(phase))


def _columns(session: Session, way: Way, rng: np.random.Generator) -> dict[str, Column]:
    """Return what the sensors say."""
    columns = {"distance_m": way.distance_m, "speed_mps": way.speed_mps.copy()}
    if not session.indoor:
        columns |= _places(way, rng)
    if session.sport != "running":
        return columns | _ride(len(way.speed_mps), rng)
    return columns | _steps(session, way, rng, RUNNER)


def _places(way: Way, rng: np.random.Generator) -> dict[str, Column]:
    """Lay the way on a loop; the receiver wanders by a metre or two."""
    count = len(way.distance_m)
    angle = 2 * np.pi * way.distance_m / RUNNER.lap_m
    radius = RUNNER.lap_m / (2 * np.pi)
    north = radius * np.sin(angle) + 2 * _wander(rng, count, 60)
    east = radius * np.cos(angle) + 2 * _wander(rng, count, 60)
    metres_of_longitude = M_PER_DEGREE * np.cos(np.radians(RUNNER.latitude_deg))
    return {
        "latitude_deg": RUNNER.latitude_deg + north / M_PER_DEGREE,
        "longitude_deg": RUNNER.longitude_deg + east / metres_of_longitude,
        "altitude_m": way.altitude_m + 0.3 * _wander(rng, count, 20),
    }


def _ride(count: int, rng: np.random.Generator) -> dict[str, Column]:
    return {
        "heart_rate_bpm": np.rint(RUNNER.ride_heart_bpm + 8 * _wander(rng, count, 120)),
        "cadence_spm": np.rint(RUNNER.ride_cadence + 6 * _wander(rng, count, 30)),
    }


def _steps(session: Session, way: Way, rng: np.random.Generator, runner: Runner) -> dict[str, Column]:
    """Return heart rate, cadence and running dynamics; all follow speed and slope."""
    count, speed = len(way.speed_mps), way.speed_mps
    seconds = np.arange(count)
    wish = runner.heart_base_bpm + runner.heart_per_mps * speed + runner.heart_per_climb_bpm * np.maximum(way.slope, 0)
    heart = _late(wish, runner.heart_lag_s) + runner.heart_drift_bpm_per_s * seconds + 2 * _wander(rng, count, 45)
    cadence = runner.cadence_base_spm + runner.cadence_per_mps * speed + 1.5 * _wander(rng, count, 20)
    step_mm = np.where(speed > 0, 60_000 * speed / cadence, np.nan)
    oscillation = runner.oscillation_mm + 3 * _wander(rng, count, 30)
    contact = runner.contact_at_easy_ms + runner.contact_per_mps * (speed - runner.easy_mps)
    share = runner.sore_share_left_pct if session.sore else runner.contact_share_left_pct
    return {
        "heart_rate_bpm": np.rint(heart),
        "cadence_spm": cadence,
        "power_w": np.rint(runner.watt_per_mps * speed * (1 + 2 * np.maximum(way.slope, 0))),
        "vertical_oscillation_mm": oscillation,
        "ground_contact_ms": contact + 4 * _wander(rng, count, 30),
        "ground_contact_balance_pct": share + 0.4 * _wander(rng, count, 60),
        "step_length_mm": step_mm,
        "vertical_ratio_pct": 100 * oscillation / step_mm,
    }


def _late(values: Column, seconds: int) -> Column:
    """Return the mean of the SECONDS before (fewer at the beginning)."""
    sums = np.cumsum(np.concatenate([np.full(seconds, values[seconds // 2]), values]))
    means: Column = (sums[seconds:] - sums[:-seconds]) / seconds
    return means


def _wander(rng: np.random.Generator, count: int, every_s: int) -> Column:
    """Return noise between -1 and 1 that turns about EVERY_S seconds. Uniform numbers are the same on each machine."""
    nodes = 2 * rng.random(count // every_s + 2) - 1
    return np.interp(np.arange(count) / every_s, np.arange(len(nodes)), nodes)


def _recorded(session: Session, seconds: int, rng: np.random.Generator) -> tuple[Codes, Codes]:
    """Return the seconds of which a sample is written, and by how much a pause has put off each."""
    kept = np.arange(seconds)
    if session.smart:
        kept = np.cumsum(rng.integers(1, 8, seconds // 2))
        kept = np.concatenate([[0], kept[kept < seconds - 1], [seconds - 1]])
    pause_from = seconds // 3
    return kept, np.where(kept > pause_from, session.pause_s, 0)


def _climbed(altitude_m: Column) -> float:
    return float(round(np.clip(np.diff(altitude_m), 0, None).sum()))


def _frame(
    columns: dict[str, Column], started_at: datetime, seconds: Codes, moving: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> pl.DataFrame:
    milliseconds = (seconds + round(started_at.timestamp())) * 1000
    at = pl.Series("at", milliseconds).cast(SAMPLES["at"][0])
    native = [pl.Series(name, columns[name], nan_to_null=True) for name in SAMPLES if name in columns]
    return pl.DataFrame([at, *native, pl.Series("moving", moving, dtype=pl.Boolean)])
