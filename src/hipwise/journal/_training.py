"""The desk of the training: files come in, runs are noted, load is measured."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from hipwise.activity import RunSummary, by_hand
from hipwise.errors import HipwiseError
from hipwise.journal._desk import Desk
from hipwise.journal._imports import bring_in
from hipwise.journal._reports import FileReport, ImportReport
from hipwise.journal._shelf import Shelf
from hipwise.load import Load

__all__ = ["TrainingDesk"]


class TrainingDesk(Desk):
    """Runs come in, and become load."""

    def add(
        self,
        paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
        progress: Callable[[FileReport], None] | None = None,
    ) -> ImportReport:
        """Bring in files, zips and folders, or one of them; tell PROGRESS of each file as it is done.

        Each file is kept whole at once, so an import that is cut short goes on when it is called again.
        """
        given = [paths] if isinstance(paths, str | os.PathLike) else paths
        return bring_in([os.fspath(path) for path in given], self._memory, self._now(), progress)

    def log(
        self,
        *,
        distance_m: float | None,
        timer_s: float | None,
        started_at: datetime | None = None,
        sport: str = "running",
        perceived_effort: float | None = None,
    ) -> RunSummary:
        """Note a run by hand; by default one that ends now. Return it as it is kept: perhaps one with a run of a file.

        Raises:
            HipwiseError: the figures cannot be a run, or it lies ahead.
        """
        now = self._now()
        began = started_at or now - timedelta(seconds=timer_s or 0)
        if began > now:
            raise HipwiseError("hand_ahead", where=began.isoformat(timespec="minutes"))
        offset = began.utcoffset()
        run = by_hand(
            began,
            sport=sport,
            distance_m=distance_m,
            timer_s=timer_s,
            utc_offset_s=None if offset is None else int(offset.total_seconds()),
            perceived_effort=perceived_effort,
        )
        placed = Shelf(self.runs(), self._memory.run).place([run])
        with self._memory.step("log", run.local_date.isoformat(), now) as step:
            step.add_runs(placed.new, placed.merged)
        return next(each for each in self.runs() if each.id in placed.ids)

    def load(self) -> Load:
        """Return the training load until today, and what changed before the pain began."""
        return self._known().load

    def training(self) -> dict[str, Any]:
        """Return the load as plain data; it names no ceiling while someone must look at the hip first."""
        return self._known().training()
