"""A bar while files come in, beside what is printed: it is on the terminal only, and gone when all is done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from hipwise.activity import count
from hipwise.cli._paper import Paper
from hipwise.journal import FileReport, ImportReport, Journal
from hipwise.texts import say

__all__ = ["add_with_bar"]

MOST_LETTERS = 30


def add_with_bar(journal: Journal, paths: Sequence[Path]) -> ImportReport:
    """Bring files in; show how many of how many, and which one."""
    beside = Paper(aside=True)
    if not beside.is_screen:
        return journal.add(paths)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=beside.console, transient=True) as bar:
        files, done = count(paths), 0
        task = bar.add_task(say("cli.reading"), total=files)

        def step(report: FileReport) -> None:
            nonlocal done
            done += 1
            # A health export is one file with many workouts: how many, nobody knows before it is read.
            total = max(files, done)
            bar.update(task, completed=done, total=total, description=say("cli.reading_file", file=_short(report.file)))

        return journal.add(paths, step)


def _short(file: str) -> str:
    return Path(file).name[-MOST_LETTERS:].ljust(MOST_LETTERS)
