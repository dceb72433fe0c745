"""What each metric is worth: shown side by side, each with the standing of its evidence."""

from __future__ import annotations

from dataclasses import dataclass

from hipwise.knowledge import Knowledge
from hipwise.texts import say

__all__ = ["METRICS", "Metric"]


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of load. ID and STANDING name texts (`load.metric_<id>`, `load.standing_<standing>`).

    STANDING is best_evidence, weak_evidence, convention or no_relation. NUMBERS are parameters of the knowledge base
    that bear it. DRIVES says whether hipwise lets it limit a run.
    """

    id: str
    standing: str
    numbers: tuple[str, ...]
    drives: bool = False

    @property
    def name(self) -> str:
        """What it is called."""
        return say(f"load.metric_{self.id}_name")

    def formula(self, knowledge: Knowledge) -> str:
        """Return in words how it is reckoned."""
        return say(f"load.metric_{self.id}_formula", **self._values(knowledge))

    def says(self, knowledge: Knowledge) -> str:
        """Return what is known of it."""
        return say(f"load.metric_{self.id}_says", **self._values(knowledge))

    @property
    def standing_says(self) -> str:
        """The standing of its evidence in words."""
        return say(f"load.standing_{self.standing}")

    def sources(self, knowledge: Knowledge) -> tuple[str, ...]:
        """Return the ids of the sources behind it."""
        return tuple(dict.fromkeys(knowledge.number(f"load.{name}").source for name in self.numbers))

    def _values(self, knowledge: Knowledge) -> dict[str, float]:
        return {name: knowledge.number(f"load.{name}").value for name in self.numbers}


METRICS = (
    Metric(
        "session_spike",
        "best_evidence",
        ("spike_window_d", "spike_small_above", "spike_small_hrr", "spike_moderate_hrr", "spike_large_hrr"),
        drives=True,
    ),
    Metric("week_change", "weak_evidence", ("week_jump_pct", "week_jump_hr", "week_d")),
    Metric("ten_percent", "convention", ("week_planned_pct", "week_ten_injured", "week_faster_injured")),
    Metric("acwr", "no_relation", ("week_d", "acute_d", "chronic_d", "acwr_low", "acwr_high", "acwr_danger")),
    Metric("monotony", "convention", ("monotony_d", "monotony_caution", "monotony_high")),
)
"""All metrics, the one with the best evidence first."""
