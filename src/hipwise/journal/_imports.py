"""Files come in: read, placed, kept, one after the other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

from hipwise.activity import FileRead, Run, read_all
from hipwise.journal._reports import FileReport, ImportReport
from hipwise.journal._shelf import Placed, Shelf
from hipwise.store import Import, Memory
from hipwise.texts import say

__all__ = ["bring_in", "gather"]

Item = TypeVar("Item")

MOST_NAMED = 3
"""Paths that the name of an import tells; a shell may have given a thousand."""


def bring_in(
    paths: Sequence[str], memory: Memory, at: datetime, progress: Callable[[FileReport], None] | None
) -> ImportReport:
    """Bring files, archives and folders into MEMORY, each file whole at once; tell PROGRESS of each."""
    shelf = Shelf(memory.runs(), memory.run)
    reports: list[FileReport] = []
    with memory.importing(_label(paths), at) as batch:
        for found in _ahead(read_all(paths, known=shelf.knows)):
            reports.append(_take_in(found, shelf, batch))
            if progress is not None:
                progress(reports[-1])
    return ImportReport(tuple(reports))


def gather(paths: Iterable[str]) -> tuple[tuple[Run, ...], ImportReport]:
    """Return the runs in files, each once, and what became of each file; nothing is kept."""
    runs: dict[str, Run] = {}
    shelf = Shelf((), runs.__getitem__)
    reports: list[FileReport] = []
    for found in read_all(paths, known=shelf.knows):
        placed = shelf.place(found.runs)
        reports.append(_report(found, placed, shelf))
        runs |= {run.id: run for run in placed.new} | dict(placed.merged)
        shelf.keep(placed)
    return tuple(runs.values()), ImportReport(tuple(reports))


def _label(paths: Sequence[str]) -> str:
    names = ", ".join(map(os.path.basename, map(os.path.abspath, paths[:MOST_NAMED])))
    more = len(paths) - MOST_NAMED
    return names if more <= 0 else say("journal.and_more", names=names, count=more)


def _ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Yield ITEMS while the next one is being made: a file is read while the one before is written."""
    with ThreadPoolExecutor(max_workers=1) as reader:
        coming = reader.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = reader.submit(next, items, None)
            yield item


def _take_in(found: FileRead, shelf: Shelf, batch: Import) -> FileReport:
    placed = shelf.place(() if _is_known(found, shelf) else found.runs)
    report = _report(found, placed, shelf)
    if placed.new or placed.merged:
        batch.add_file(*placed.to_keep)
        shelf.keep(placed)
    return report


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
    there = (*placed.merged, *placed.known)
    if not there:
        return FileReport(found.file, "read", found.why, placed.ids, notes)
    same = say("journal.same_run", count=len(there), file=shelf.file_of(there[0]))
    if placed.new:
        return FileReport(found.file, "read", found.why, placed.ids, (same, *notes))
    # A line of a list that joined a run says nothing of it by being only a line.
    notes = notes if any(run.records for run in found.runs) else ()
    return FileReport(found.file, "merged", same, placed.ids, notes)
