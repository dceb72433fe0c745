"""What each metric is worth: shown side by side, each with the standing of its evidence."""

from __future__ import annotations

from dataclasses import dataclass

from hipwise.knowledge import Knowledge
from hipwise.texts import say

__all__ = ["METRICS", "Metric"]


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of load. ID and STANDING name texts (`load.metric_<id>`, `load.standing_<standing>`).

    STANDING is best_evidence, weak_evidence, convention, no_relation or description; the first two and no_relation
    come from studies of runners. NUMBERS are parameters of the knowledge base that bear it. DRIVES says whether hipwise
    lets it limit a run. FRAME and WINDOW name where it stands in a Load, and the parameter that is its window of days;
    COLUMNS are those that it is told by; ENDS those between which they lie, by the text (`load.metric_<id>_<text>`)
    that tells them where all of them are known.
    """

    id: str
    standing: str
    numbers: tuple[str, ...]
    drives: bool = False
    frame: str | None = None
    window: str | None = None
    columns: tuple[str, ...] = ()
    ends: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def in_runners(self) -> bool:
        """Whether its standing comes from studies of runners."""
        return self.standing in {"best_evidence", "weak_evidence", "no_relation"}

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

    def grades(self, knowledge: Knowledge) -> tuple[str, ...]:
        """Return the grades of the evidence behind it, each once."""
        return tuple(dict.fromkeys(knowledge.number(f"load.{name}").grade.value for name in self.numbers))

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
    Metric(
        "acwr",
        "no_relation",
        ("week_d", "acute_d", "chronic_d", "acwr_low", "acwr_high", "acwr_danger", "unknown_day_most"),
        frame="acwr",
        window="chronic_d",
        columns=("coupled", "uncoupled", "ewma"),
        ends=(
            ("between", ("coupled_low", "coupled_high", "uncoupled_low", "uncoupled_high")),
            ("weighted", ("ewma_low", "ewma_high")),
        ),
    ),
    Metric(
        "monotony",
        "convention",
        ("monotony_d", "monotony_caution", "monotony_high"),
        frame="monotony",
        window="monotony_d",
        columns=("monotony", "strain"),
    ),
    Metric(
        "fitness",
        "description",
        ("fitness_d", "fatigue_d", "unknown_day_most"),
        frame="fitness",
        window="fitness_d",
        columns=("fitness", "fatigue", "form"),
        ends=(("between", ("fitness_low", "fitness_high", "fatigue_low", "fatigue_high", "form_low", "form_high")),),
    ),
    Metric("session_rpe", "description", ("session_rpe_most",)),
    Metric(
        "trimp",
        "description",
        ("trimp_factor", "trimp_male", "trimp_female", "heart_rest_bpm", "heart_max_at_birth_bpm", "heart_max_per_y"),
    ),
    Metric(
        "dose",
        "description",
        ("dose_kmh", "dose_exponent", "hip_force_slow_bw", "hip_force_fast_bw", "steep_down_more"),
    ),
)
"""All metrics, the one with the best evidence first."""
