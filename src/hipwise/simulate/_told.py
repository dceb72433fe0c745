"""What the invented runner tells: the picture of sore gluteal tendons on the right, every red flag asked and denied."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from hipwise.model import Finding
from hipwise.simulate._week import Dates

__all__ = ["CAUSE", "SIDE", "answers", "checkins"]

CAUSE = "gluteal_tendinopathy"
SIDE = "right"

OF_THE_RUNNER = {
    "infection_risk": "no",
    "hip_surgery": "no",
    "past_cancer": "no",
    "weight_loss": "no",
    "night_sweats": "no",
    "missed_periods": "no",
    "restrictive_eating": "no",
    "prior_stress_fracture": "no",
    "long_steroids": "no",
    "osteoporosis": "no",
    "low_vitamin_d": "no",
    "bisphosphonate": "no",
    "blood_thinners": "no",
    "pregnancy": "no",
    "hills_more": "yes",
    "speed_more": "no",
    "new_shoes": "no",
    "back_pain_history": "no",
    "long_sitting_days": "yes",
}
"""About the person; no side."""

NO_RED_FLAG = (
    *("pain_groin", "pain_front_hip", "pain_front_thigh", "pain_pubis", "pain_sacrum", "pain_unlocalised"),
    *("pain_buttock", "pain_sit_bone", "pain_inner_thigh", "pain_back_thigh", "pain_low_back"),
    *("pain_lower_belly", "pain_knee", "pain_below_knee"),
    *("impact_pain", "limp", "cannot_run", "hop_hurts", "sudden_crack"),
    *("pain_at_rest", "constant_pain"),
    *("fall", "leg_short_turned", "pop", "bruise", "sprint_onset", "forced_bend", "cannot_sit", "cannot_lift_leg"),
    *("fever", "very_unwell"),
    *("saddle_numb", "bladder_bowel", "foot_drop", "leg_weakness", "tingling", "shooting_pain"),
    *("cold_leg", "swollen_leg", "breathless", "belly_signs", "hard_painful_lump", "dark_urine", "vision_jaw"),
    *("severe_belly", "growing_lump"),
)
"""About the pain, asked, and answered with no."""

OF_THE_PAIN = {
    "worst_point": "outer_hip",
    "side": SIDE,
    "pain_outer_hip": "yes",
    "pain_outer_thigh": "yes",
    "duration": "under_2_weeks",
    "worsening": "same",
    "sudden_onset": "no",
    "race_onset": "no",
    "more_running": "yes",
    "movement_changes_it": "yes",
    "weight_bearing": "normal",
    "night_pain": "lying_on_it",
    "warm_up": "only_after",
    "character": "dull_ache",
    "lying_on_side_hurts": "yes",
    "one_leg_hurts": "yes",
    "stairs_hurts": "yes",
    "shoes_socks_hard": "no",
    "deep_bend_pinch": "no",
    "snap_side": "no",
    "morning_stiffness": "under_30_min",
}

CHECKED = ("rest_pain_score", "walk_pain_score", "morning_pain_score", "woken_by_hip", "short_nights", "soreness_score")
DAYS = (
    ("1", "2", "3", "lying_on_it", "one", "3"),
    ("1", "2", "3", "lying_on_it", "one", "2"),
    ("1", "1", "2", "no", "none", "2"),
    ("0", "1", "2", "no", "none", "2"),
    ("0", "1", "2", "no", "none", "1"),
    ("0", "1", "1", "no", "none", "2"),
    ("0", "1", "1", "no", "none", "1"),
    ("0", "0", "1", "no", "none", "1"),
)
"""Check-ins from the day of the answers on; the hip calms down."""

ALWAYS = {"limp": "no", "fever": "no", "painkiller": "none", "hip_changed": "no"}
AFTER_A_RUN = {"run_pain_score": "1", "after_pain_score": "2", "run_limp": "no", "settled_after": "within_24_h"}
RUN_DAYS = (2, 5)
"""Days after the answers on which the runner ran (see `sore_days`)."""


def answers(dates: Dates) -> tuple[Finding, ...]:
    """Return what is told on the day of the answers."""
    of_the_pain = OF_THE_PAIN | dict.fromkeys(NO_RED_FLAG, "no")
    return (
        *(Finding(finding, state, dates.told) for finding, state in OF_THE_RUNNER.items()),
        *(Finding(finding, state, dates.told, side=SIDE) for finding, state in of_the_pain.items()),
    )


def checkins(dates: Dates) -> tuple[Finding, ...]:
    """Return the check-ins of the days from the answers to the end."""
    return tuple(
        Finding(finding, state, dates.told + timedelta(after), "check-in", SIDE)
        for after, day in enumerate(DAYS)
        for finding, state in _checkin(after, day)
    )


def _checkin(after: int, day: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield from zip(CHECKED, day, strict=True)
    yield from ALWAYS.items()
    if after in RUN_DAYS:
        yield from AFTER_A_RUN.items()
