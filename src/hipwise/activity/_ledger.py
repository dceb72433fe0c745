"""What the lists of an archive say of the files beside them, until the files themselves have been read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from hipwise.activity._merge import merge, one_family, same_run
from hipwise.activity._rows import Row
from hipwise.activity._run import Run
from hipwise.errors import HipwiseError

__all__ = ["Ledger"]

START_WITHIN_S: Final = 10.0
"""A list without the names of files tells the second in which the watch was started."""


@dataclass(slots=True)
class Ledger:
    """ROWS by the file they name, and by their start; what a file has claimed is told no more."""

    gear: dict[str, str] = field(default_factory=dict)
    routes: dict[str, None] = field(default_factory=dict)
    _by_place: dict[str, int] = field(default_factory=dict)
    _by_start: list[tuple[float, int]] = field(default_factory=list)
    _rows: dict[int, Row] = field(default_factory=dict)
    _count: int = 0

    def add(self, rows: list[Row]) -> None:
        """Take the ROWS of a list."""
        for number, row in enumerate(rows, self._count):
            self._rows[number] = row
            if row.place:
                self._by_place[row.place] = number
            if row.started_at_s is not None:
                self._by_start.append((row.started_at_s, number))
        self._count += len(rows)
        self._by_start.sort()

    def row_of(self, file: str) -> Row | None:
        """Return the row that names FILE, and cross it out."""
        if not self._by_place:
            return None
        parts = file.replace("\\", "/").split("/")
        for length in (2, 1, 3):
            number = self._by_place.pop("/".join(parts[-length:]), None)
            if number is not None:
                return self._rows.pop(number)
        return None

    def claim(self, runs: tuple[Run, ...], row: Row | None) -> tuple[Run, ...]:
        """Return the RUNS of one file with what their rows say; ROW is the one that names the file."""
        if row is not None:
            return _with(runs, row)
        return tuple(self._near(run) for run in runs)

    def _near(self, run: Run) -> Run:
        start_s = run.started_at.timestamp()
        for at_s, number in self._by_start[bisect_left(self._by_start, (start_s - START_WITHIN_S, 0)) :]:
            if at_s > start_s + START_WITHIN_S:
                break
            row = self._rows.get(number)
            if row is not None and not row.place and (told := _told(row)) is not None and one_family(run, told):
                del self._rows[number]
                return merge(run, told)
        return run

    def rest(self) -> Iterator[Row]:
        """Yield the rows that no file has claimed."""
        yield from self._rows.values()


def _with(runs: tuple[Run, ...], row: Row) -> tuple[Run, ...]:
    told = _told(row)
    if told is None:
        return runs
    if len(runs) == 1:
        return (merge(runs[0], told),)
    return tuple(merge(run, told) if same_run(run, told) else run for run in runs)


def _told(row: Row) -> Run | None:
    try:
        return row.run()
    except HipwiseError:
        return None
