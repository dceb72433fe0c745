"""What no body does: totals that a slip, a broken file or a forged one claims, and that nothing may be built on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from hipwise.activity._cadence import FOOT_SPORTS
from hipwise.activity._run import RunSummary

__all__ = ["Bounds", "beyond", "possible_run"]

S_PER_DAY: Final = 86400.0
M_PER_KM: Final = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The most that anybody does. Filled by `Knowledge.constants(Bounds, "bounds")`.

    FASTEST_MPS over any distance, FASTEST_LONG_MPS from LONG_KM on and FASTEST_FAR_MPS from FAR_KM on; FARTHEST_DAY_KM
    in a day, LONGEST_D for one run.
    """

    fastest_mps: float
    long_km: float
    fastest_long_mps: float
    far_km: float
    fastest_far_mps: float
    farthest_day_km: float
    longest_d: float
    most_heart_bpm: float
    most_cadence_spm: float
    most_climb_m: float
    most_effort: float

    def metres_in(self, seconds: float | None) -> float:
        """Return the most metres on foot in so many SECONDS (None: nobody knows how many; a day then)."""
        day_m = self.farthest_day_km * M_PER_KM
        if seconds is None:
            return day_m
        long_m, far_m = self.long_km * M_PER_KM, self.far_km * M_PER_KM
        most = min(self.fastest_mps * seconds, max(long_m, self.fastest_long_mps * seconds))
        most = min(most, max(far_m, self.fastest_far_mps * seconds))
        return min(most, day_m * max(1.0, seconds / S_PER_DAY))


def beyond(run: RunSummary, bounds: Bounds) -> tuple[str, ...]:
    """Return the names of the totals of a RUN that cannot be: negative, endless, or more than anybody does."""
    return tuple(name for name, most in _most(run, bounds) if not _is_within(getattr(run, name), most))


def possible_run(run: RunSummary, bounds: Bounds) -> RunSummary:
    """Return RUN without the totals that cannot be: they are not known then. What can be is the very same run."""
    wrong = beyond(run, bounds)
    nothing: dict[str, Any] = dict.fromkeys(wrong)
    return replace(run, **nothing) if wrong else run


def _most(run: RunSummary, bounds: Bounds) -> Iterator[tuple[str, float]]:
    longest_s = bounds.longest_d * S_PER_DAY
    yield from (("timer_s", longest_s), ("elapsed_s", longest_s))
    if run.sport in FOOT_SPORTS:
        known = [each for each in (run.timer_s, run.elapsed_s) if each and 0 < each <= longest_s]
        yield "distance_m", bounds.metres_in(max(known, default=None))
        yield "cadence_spm", bounds.most_cadence_spm
    yield "heart_rate_bpm", bounds.most_heart_bpm
    yield from (("ascent_m", bounds.most_climb_m), ("descent_m", bounds.most_climb_m))
    yield "perceived_effort", bounds.most_effort


def _is_within(value: float | None, most: float) -> bool:
    return value is None or 0 <= value <= most  # NaN is within nothing
