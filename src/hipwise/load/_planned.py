"""A run that is planned, held against the runner's own log before it is run."""

from __future__ import annotations

from dataclasses import dataclass

from hipwise.load._formulas import SPIKE_STATES
from hipwise.load._spikes import Hazard
from hipwise.texts import say

__all__ = ["Planned"]


@dataclass(frozen=True, slots=True)
class Planned:
    """A run of KM that is planned: its STATE against LONGEST_KM, the longest run of WINDOW_D days that counts.

    HRR is the published hazard rate ratio of that state with its interval (None: no_reference). DOUBTED: LONGEST_KM is
    the least that the longest run can have been, for the log is not sure of it.
    """

    km: float
    state: str
    longest_km: float | None
    hrr: Hazard | None
    window_d: int
    doubted: bool = False

    @property
    def excess(self) -> float | None:
        """The share by which it is longer than the longest run (negative: shorter)."""
        return None if self.longest_km is None else self.km / self.longest_km - 1

    @property
    def says(self) -> str:
        """What it would be, in words."""
        return f"{self._said} {say('load.planned_doubted')}" if self.doubted else self._said

    @property
    def _said(self) -> str:
        values = {"km": self.km, "window": self.window_d, "longest_km": self.longest_km}
        if self.excess is None or self.hrr is None:
            return say("load.planned_no_reference", **values)
        if self.state == SPIKE_STATES[0]:
            return say("load.planned_none", **values)
        hrr, low, high = self.hrr
        return say("load.planned_jump", excess_pct=self.excess * 100, hrr=hrr, low=low, high=high, **values)
