"""What was done: exercises and other training, as told by the runner after a session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from hipwise.knowledge import Knowledge
from hipwise.plan._exercises import CROSS
from hipwise.plan._types import RunningNow

__all__ = ["FELT", "Done", "lived", "sessions"]

FELT = ("right", "too_easy", "too_hard", "hurts")
"""How an exercise felt; "hurts" is told at once and needs no number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """EXERCISE was done ON a day: so many SETS, with PAIN (0 to 10) at its worst, and how it FELT; None is not told."""

    on: date
    exercise: str
    sets: int | None = None
    pain: int | None = None
    felt: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the same as plain data."""
        return asdict(self) | {"on": self.on.isoformat()}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Done:
        """Return what `as_dict` gave."""
        return cls(**{**data, "on": date.fromisoformat(data["on"])})


def sessions(done: Iterable[Done], exercise: str) -> tuple[Done, ...]:
    """Return the sessions of one exercise, oldest first."""
    return tuple(sorted((each for each in done if each.exercise == exercise), key=lambda each: each.on))


def lived(done: Iterable[Done], running: RunningNow, begun: date, knowledge: Knowledge) -> dict[str, frozenset[date]]:
    """Return on which days what was done since a plan BEGUN; what was run before it does not fill its weeks."""
    cross = frozenset(name for name, each in knowledge.rehab.exercises.items() if each.purpose == CROSS)
    found = tuple(done)
    return {
        "run": frozenset(day for day in running.run_days if day >= begun),
        "strength": frozenset(each.on for each in found if each.exercise not in cross),
        "cross": frozenset(each.on for each in found if each.exercise in cross),
    }
