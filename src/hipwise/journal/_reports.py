"""What became of the files of an import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["OUTCOMES", "FileReport", "ImportReport"]

OUTCOMES = ("read", "merged", "skipped", "failed")


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file: OUTCOME read, merged, skipped or failed, WHY in plain words.

    RUNS are the ids of its runs in the journal, NOTES sentences about what was odd in it (cut short, clock not set).
    """

    file: str
    outcome: str
    why: str
    runs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the report of the file as plain data: file, why with the notes, and runs where it has any."""
        entry: dict[str, Any] = {"file": self.file, "why": " ".join((self.why, *self.notes))}
        return entry | {"runs": list(self.runs)} if self.outcome in {"read", "merged"} else entry


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of each file of one import."""

    files: tuple[FileReport, ...] = ()

    def of(self, outcome: str) -> tuple[FileReport, ...]:
        """Return the files with one OUTCOME."""
        return tuple(each for each in self.files if each.outcome == outcome)

    def as_dict(self) -> dict[str, list[dict[str, Any]]]:
        """Return the report as plain data: `{"read": [...], "merged": [...], "skipped": [...], "failed": [...]}`."""
        return {outcome: [each.as_dict() for each in self.of(outcome)] for outcome in OUTCOMES}
