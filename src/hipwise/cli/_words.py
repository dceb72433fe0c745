"""Words of the command line that several commands read."""

from __future__ import annotations

from collections.abc import Iterable

from hipwise.errors import HipwiseError

__all__ = ["states_of"]


def states_of(answers: Iterable[str]) -> dict[str, str]:
    """Return FINDING=STATE words as states by finding.

    Raises:
        HipwiseError: one has no "=", or a finding is told twice.
    """
    states: dict[str, str] = {}
    for answer in answers:
        name, equals, state = (part.strip() for part in answer.partition("="))
        if not equals:
            raise HipwiseError("no_equals", where=answer)
        if name in states:
            raise HipwiseError("told_twice", where=name)
        states[name] = state
    return states
