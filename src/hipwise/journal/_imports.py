"""Files come in: read, placed, kept, one after the other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from time import monotonic
from typing import TypeVar

from hipwise.activity import FileRead, Placed, Run, Shelf, at_home, read_all
from hipwise.journal._labels import of_text
from hipwise.journal._reports import FileReport, ImportReport
from hipwise.store import Import, Memory
from hipwise.texts import say

__all__ = ["bring_in", "gather"]

Item = TypeVar("Item")

TOGETHER_S = 0.25
MOST_TOGETHER = 100
"""Files of so short a time, and no more, are kept in one transaction: each costs much, and nobody sees the wait."""

MOST_NAMED = 3
"""Paths that the name of an import tells; a shell may have given a thousand."""


def bring_in(
    paths: Sequence[str], memory: Memory, at: datetime, progress: Callable[[FileReport], None] | None
) -> ImportReport:
    """Bring files, archives and folders into MEMORY, each file whole at once; tell PROGRESS of each that is kept.

    The zone of AT is that of runs whose files say no local time.
    """
    reports: list[FileReport] = []
    unpacked = memory.unpacked()
    with memory.importing(_label(paths), at) as batch:
        arrivals = _Arrivals(memory, batch, unpacked, at.tzinfo or UTC)
        for found in _ahead(read_all(paths, known=arrivals.shelf.knows, unpacked=unpacked)):
            if found is not None:
                arrivals.take(found)
            if found is None or arrivals.are_due:
                _tell(arrivals.keep(), reports, progress)
        _tell(arrivals.keep(), reports, progress)
    return ImportReport(tuple(reports))


def _tell(kept: Sequence[FileReport], reports: list[FileReport], progress: Callable[[FileReport], None] | None) -> None:
    reports += kept
    if progress is not None:
        with ExitStack() as telling:  # what was kept is told to the last, even where the first answer is to stop
            for each in reversed(kept):
                telling.callback(progress, each)


def gather(paths: Iterable[str]) -> tuple[tuple[Run, ...], ImportReport]:
    """Return the runs in files, each once, and what became of each file; nothing is kept."""
    runs: dict[str, Run] = {}
    shelf = Shelf((), runs.__getitem__)
    reports: list[FileReport] = []
    for found in read_all(paths, known=shelf.knows):
        placed = _place(found, shelf)
        reports.append(_report(found, placed, shelf))
        runs |= {run.id: run for run in placed.new} | dict(placed.merged)
        shelf.keep(placed)
    return tuple(runs.values()), ImportReport(tuple(reports))


def _label(paths: Sequence[str]) -> str:
    names = ", ".join(map(os.path.basename, map(os.path.abspath, paths[:MOST_NAMED])))
    names = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in names)
    more = len(paths) - MOST_NAMED
    return names if more <= 0 else of_text("and_more", names=names, count=more)


def _ahead(items: Iterator[Item]) -> Iterator[Item | None]:
    """Yield ITEMS while the next one is being made, and None where that takes long: time to write what is there."""
    with ThreadPoolExecutor(max_workers=1) as reader:
        coming = reader.submit(next, items, None)
        while True:
            if not wait([coming], TOGETHER_S).done:
                yield None
                continue
            item = coming.result()
            if item is None:
                return
            coming = reader.submit(next, items, None)
            yield item


class _Arrivals:
    """Files between reading and keeping: those of a quarter of a second are written together, each of them whole."""

    def __init__(self, memory: Memory, batch: Import, unpacked: dict[str, str], home: tzinfo) -> None:
        self.shelf = Shelf(memory.runs(), self._whole, memory.parts())
        self._memory, self._batch, self._unpacked, self._home = memory, batch, unpacked, home
        self._waiting: list[FileReport] = []
        self._runs: dict[str, Run] = {}
        self._kept_at = -TOGETHER_S

    @property
    def are_due(self) -> bool:
        """Whether it is time to keep what has come."""
        return monotonic() - self._kept_at >= TOGETHER_S or len(self._runs) >= MOST_TOGETHER

    def take(self, found: FileRead) -> None:
        """Find a place for what one file brought."""
        found = replace(found, runs=tuple(at_home(run, self._home) for run in found.runs))
        placed = _place(found, self.shelf)
        self._waiting.append(_report(found, placed, self.shelf))
        sums = self._new_sums(found)
        if placed.new or placed.merged or sums:
            self._batch.hold(*placed.to_keep, unpacked=sums)
            self._runs |= {run.id: run for run in placed.new} | dict(placed.merged)
            self.shelf.keep(placed)

    def _new_sums(self, found: FileRead) -> dict[str, str]:
        if found.packed is None or found.sha256 is None or found.packed in self._unpacked:
            return {}
        self._unpacked[found.packed] = found.sha256
        return {found.packed: found.sha256}

    def keep(self) -> list[FileReport]:
        """Write all that has come; return what became of it."""
        self._batch.write()
        self._runs.clear()
        self._kept_at = monotonic()
        kept, self._waiting = self._waiting, []
        return kept

    def _whole(self, run_id: str) -> Run:
        return self._runs.get(run_id) or self._memory.run(run_id)


def _place(found: FileRead, shelf: Shelf) -> Placed:
    placed = shelf.place(() if _is_known(found, shelf) else found.runs, found.table)
    if found.table is not None:
        shelf.take(found.table, (*placed.ids, *(shelf.ids(found.sha256) if found.sha256 is not None else ())))
    return placed


def _is_known(found: FileRead, shelf: Shelf) -> bool:
    """Whether the same file was kept before; perhaps only while this one was being read ahead."""
    return found.sha256 is not None and shelf.knows(found.sha256)


def _report(found: FileRead, placed: Placed, shelf: Shelf) -> FileReport:
    """Say what becomes of a file; the SHELF is as it was before."""
    if found.outcome not in {"read", "known"}:
        return FileReport(found.file, found.outcome, found.why)
    notes = tuple(dict.fromkeys(note.sentence for run in found.runs for note in run.notes))
    if found.sha256 is not None and shelf.knows(found.sha256):
        return FileReport(found.file, "merged", say("activity.outcome_known"), shelf.ids(found.sha256))
    there = (*placed.joined, *placed.known)
    if not there:
        return FileReport(found.file, "read", found.why, placed.ids, notes)
    same = say("journal.same_run", count=len(there), file=shelf.file_of(there[0]))
    if placed.new:
        return FileReport(found.file, "read", found.why, placed.ids, (same, *notes))
    # A line of a list that joined a run says nothing of it by being only a line.
    notes = notes if any(run.records for run in found.runs) else ()
    return FileReport(found.file, "merged", same, placed.ids, notes)
