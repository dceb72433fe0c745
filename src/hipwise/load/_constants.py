"""The numbers of load, by name; values, ranges and sources stand in the knowledge base (`parameters/load.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LoadConstants"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadConstants:
    """What `measure` needs of `parameters/load.yaml`. Filled by `Knowledge.constants(LoadConstants, "load")`."""

    spike_window_d: float
    spike_small_above: float
    spike_moderate_above: float
    spike_large_above: float
    outing_gap_min: float
    week_d: float
    week_jump_pct: float
    week_least_km: float
    week_before_d: float
    week_usual_d: float
    acute_d: float
    chronic_d: float
    monotony_d: float
    fitness_d: float
    fatigue_d: float
    trimp_factor: float
    trimp_male: float
    trimp_female: float
    heart_rest_bpm: float
    heart_max_at_birth_bpm: float
    heart_max_per_y: float
    dose_kmh: float
    dose_exponent: float
    hip_force_slow_kmh: float
    hip_force_fast_kmh: float
    hip_force_slow_bw: float
    hip_force_fast_bw: float
    steep_down_pct: float
    steep_down_more: float
    before_onset_d: float
    clear_change_d: float
    usual_d: float
    usual_least_d: float
    usual_least_runs: float
    lately_least_runs: float
    known_share: float
    log_reach_d: float
    compared_from_km: float
    gap_d: float
    hills_m_per_km: float
    hills_times: float
    fast_percentile: float
    faster_share: float
    same_speed_share: float
    cadence_shift_share: float
    cadence_unit_share: float
    other_sport_min: float
    sure_within: float
    bears_least_share: float
    unknown_day_most: float
