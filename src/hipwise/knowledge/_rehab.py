"""The shape of rehab knowledge: exercises, protocols, the walk-run ladder, the decision table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

__all__ = ["SECTIONS", "Rehab"]

SECTIONS: tuple[tuple[str, str, type[BaseModel], bool], ...] = ()
"""(section, glob, model, one entry a file)"""


@dataclass(frozen=True, slots=True)
class Rehab:
    """All that plans are made of."""

    @classmethod
    def of(cls, entries: dict[str, dict[str, Any]]) -> Rehab:
        """Return rehab knowledge from the entries of a folder."""
        del entries
        return cls()
