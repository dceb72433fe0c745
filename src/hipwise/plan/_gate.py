"""The entry gate before the first walk-run session."""

from __future__ import annotations

from hipwise.plan._seen import Seen

__all__ = ["gate_asks", "is_gate_passed"]

NEEDED = ("gate_walk_30", "gate_calm_days")
"""Must be known to be passed."""

IF_DONE = ("gate_one_leg", "gate_squats")
"""Are offered to some runners only; must not be known to be failed."""


def is_gate_passed(seen: Seen) -> bool:
    """Return whether the gate is known to be passed: unknown is not yes."""
    return all(map(seen.yes, NEEDED)) and not any(seen.state(name) == "no" for name in IF_DONE)


def gate_asks(seen: Seen) -> tuple[str, ...]:
    """Return what the gate still needs to know. Tests on one leg are never asked for here."""
    return tuple(name for name in NEEDED if seen.state(name) is None)
