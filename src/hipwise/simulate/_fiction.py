"""An invented runner. Every number here is fiction, made to look like the watch of somebody real; none is evidence."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["RUNNER", "STORY", "Runner", "StoryPlan"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """How the invented runner runs; everything follows from speed, with noise."""

    easy_mps: float = 2.75
    long_mps: float = 2.65
    tempo_mps: float = 3.25
    ride_mps: float = 6.4
    # cadence = base + per_mps * speed: 168 at the easy speed, 173 at tempo
    cadence_base_spm: float = 142.0
    cadence_per_mps: float = 9.5
    ride_cadence: float = 82.0
    # heart rate follows speed a minute late, and drifts upwards
    heart_base_bpm: float = 86.0
    heart_per_mps: float = 21.0
    heart_per_climb_bpm: float = 250.0
    heart_drift_bpm_per_s: float = 0.0012
    heart_lag_s: int = 60
    ride_heart_bpm: float = 128.0
    watt_per_mps: float = 68.0
    oscillation_mm: float = 86.0
    contact_at_easy_ms: float = 262.0
    contact_per_mps: float = -38.0
    contact_share_left_pct: float = 49.8
    sore_share_left_pct: float = 50.9
    """The sore right leg spares itself: the left one stays longer on the ground."""
    # a loop in the open Atlantic: nobody's home, nobody's route
    latitude_deg: float = 30.0
    longitude_deg: float = -30.0
    utc_offset_s: int = -7200
    lap_m: float = 2000.0
    hill_m: float = 1000.0
    altitude_m: float = 12.0
    flat_climb_m_per_km: float = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPlan:
    """What is planted in the story."""

    age_y: int = 46
    first_long_km: float = 10.0
    last_long_km: float = 12.0
    long_growth: float = 1.02
    """So much longer each week, far within any band."""
    lighter_week: int = 4
    """Every so many weeks the long run is shorter."""
    lighter_share: float = 0.85
    pause_chance: float = 0.4
    short_run_chance: float = 0.85
    late_chance: float = 0.15
    """The short run begins so late that the day is another one in UTC."""
    treadmill_every_weeks: int = 5
    spike_excess: tuple[float, float] = (0.45, 0.6)
    """How much longer the planted run is than the longest of the 30 days before it."""
    hill_climb_m_per_km: float = 26.0
    onset_after_d: int = 5
    told_after_d: int = 11
    ends_after_d: int = 18
    """Days from the planted run to the first pain, to the answers, and to the last check-in."""
    least_months: int = 4
    """A shorter story has not enough days before the pain for anything to be seen."""


RUNNER = Runner()
STORY = StoryPlan()
