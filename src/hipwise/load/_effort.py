"""What a run asked of the heart and of the hip: described, never a limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from hipwise.knowledge import Knowledge
from hipwise.load._constants import LoadConstants
from hipwise.load._formulas import Column, trimps
from hipwise.load._outings import Outings
from hipwise.model import Athlete

__all__ = ["Dose", "dose_of", "hip_force_bw", "trimp", "trimps_of"]

KMH_PER_MPS = 3.6  # 3600 s an hour, 1000 m a kilometre
S_PER_MIN = 60
PERCENT = 100


@dataclass(frozen=True, slots=True)
class Dose:
    """Steps, each weighed by how hard it presses the hip: as many steps at one speed on the flat; NaN = not known.

    LOW and HIGH hold every believable exponent, and whether or not the harder impact downhill counts for the hip.
    """

    steps: Column
    low: Column
    high: Column


def trimp(minutes: float, bpm: float, *, rest_bpm: float, most_bpm: float, sex: str, constants: LoadConstants) -> float:
    """Return Banister's training impulse of MINUTES at a mean heart rate; 0 at rest and below it.

    SEX is "male" or "female". Source: Banister, constants as in GoldenCheetah (both sexes with the factor 0.64).
    """
    return float(trimps(np.array([minutes]), np.array([bpm]), rest_bpm, most_bpm, sex, constants)[0])


def trimps_of(outings: Outings, athlete: Athlete, on: date, constants: LoadConstants) -> Column:
    """Return the training impulse of each outing; NaN without a heart rate, or where age or sex is not known.

    Rest and maximum are not asked: the first is a judgement, the second follows from the age.
    """
    age_y = athlete.age_y(on)
    if age_y is None or athlete.sex is None:
        return np.full(len(outings.ids), np.nan)
    most = constants.heart_max_at_birth_bpm - constants.heart_max_per_y * age_y
    minutes = outings.timer_s / S_PER_MIN
    return trimps(minutes, outings.heart_bpm, constants.heart_rest_bpm, most, athlete.sex, constants)


def hip_force_bw(kmh: Column, constants: LoadConstants) -> Column:
    """Return the peak force at the hip in body weights at speeds KMH, on the line through two speeds of one model."""
    rise = constants.hip_force_fast_bw - constants.hip_force_slow_bw
    per_kmh = rise / (constants.hip_force_fast_kmh - constants.hip_force_slow_kmh)
    return constants.hip_force_slow_bw + per_kmh * (kmh - constants.hip_force_slow_kmh)


def dose_of(outings: Outings, knowledge: Knowledge, constants: LoadConstants) -> Dose:
    """Return the mechanical load of each outing, from its steps, its mean speed and its descent.

    What lies between the two speeds of the source is a line, and what lies outside them is held at their ends. Mean
    speed hides what was fast and what was slow. Source: Giarmatzis 2015; Gottschall and Kram 2005.
    """
    slowest, fastest = constants.hip_force_slow_kmh, constants.hip_force_fast_kmh
    kmh = np.clip(outings.speed_mps * KMH_PER_MPS, slowest, fastest)
    ratio = hip_force_bw(kmh, constants) / hip_force_bw(np.array([constants.dose_kmh]), constants)
    metres = np.where(outings.measured, outings.distance_m, np.nan)
    steep = np.minimum(1.0, outings.descent_m / (metres * constants.steep_down_pct / PERCENT))
    exponents = (constants.dose_exponent, *knowledge.number("load.dose_exponent").range)
    harder = (constants.steep_down_more, *knowledge.number("load.steep_down_more").range)
    found = [
        outings.steps * ratio**exponent * (1 - steep + steep * (1 + more) ** exponent)
        for exponent in exponents
        for more in harder
    ]
    return Dose(found[0], np.minimum.reduce(found), np.maximum.reduce(found))
