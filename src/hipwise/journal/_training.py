"""The desk of the training: files come in, runs are noted, load is measured."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from hipwise.activity import Bounds, Quality, RunSummary, Shelf, beyond, by_hand
from hipwise.draw import Chart
from hipwise.errors import HipwiseError, JournalError
from hipwise.form import Form, FormConstants, form_of, run_form, to_read
from hipwise.handout import cadence_picture, run_page, streams_data
from hipwise.journal._desk import Desk
from hipwise.journal._imports import bring_in
from hipwise.journal._labels import said
from hipwise.journal._reports import FileReport, ImportReport
from hipwise.load import Load, pain_from
from hipwise.store import Event, Gap

__all__ = ["ChartName", "TrainingDesk"]

ChartName = Literal["weeks", "spikes", "before", "time", "pain", "until", "cadence"]
"""The charts: weeks, single runs by band, what changed before it hurt, pain and load, pain alone, how far without pain,
cadence by pace."""

GAPS = ("rest", "no_watch")


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

        Where it does not begin at an hour that was told (midnight stands for a day alone), a run of that day that a
        file brings later and that agrees with it is the same.

        Raises:
            HipwiseError: the figures cannot be a run (nobody runs so far or so fast), or it lies ahead.
        """
        now = self._now()
        began = started_at or now - timedelta(seconds=timer_s or 0)
        if began > now:
            raise HipwiseError("hand_ahead", where=began.isoformat(timespec="minutes"))
        hour_told = started_at is not None and started_at.timetz().replace(tzinfo=None) != time(0)
        offset = began.utcoffset()
        run = by_hand(
            began,
            sport=sport,
            distance_m=distance_m,
            timer_s=timer_s,
            utc_offset_s=None if offset is None else int(offset.total_seconds()),
            perceived_effort=perceived_effort,
            hour_told=hour_told,
        )
        if beyond(run, self.knowledge.constants(Bounds, "bounds")):
            raise HipwiseError("hand_beyond", km=(run.distance_m or 0) / 1000)
        placed = Shelf(self.runs(), self._memory.run, self._memory.parts()).place([run])
        with self._memory.step("log", run.local_date.isoformat(), now) as step:
            step.add_runs(*placed.to_keep)
        return next(each for each in self.runs() if each.id in placed.ids)

    def run_page(self, run_id: str) -> dict[str, Any]:
        """Return one run as plain data, with what load, data and the runner say of it.

        Raises:
            JournalError: no such run.
        """
        run = next((each for each in self.runs() if each.id == run_id), None)
        if run is None:
            raise JournalError("no_such_run", run=run_id)
        known = self._known()
        that_day = [each.id for each in self.runs() if each.local_date == run.local_date and each.sport == "running"]
        told = pain_from(known.load, known.evidence, self.knowledge) if that_day[-1:] == [run_id] else ()
        pain = next((each for each in told if each.run_on == run.local_date), None)
        return run_page(run, known.load, self.quality(), pain, self.knowledge)

    def streams(self, run_id: str, rows: int = 600) -> dict[str, Any]:
        """Return the curves of one run as plain data, in at most so many ROWS (at least 8), and its splits. No places.

        Raises:
            JournalError: no such run.
        """
        return streams_data(self._memory.run(run_id), rows)

    def split(self, run_id: str) -> tuple[RunSummary, ...]:
        """Make a run that was put together from several sources the runs again that they told of; one undo joins them.

        Raises:
            JournalError: no such run, or it was never put together.
        """
        ids = self._memory.split(run_id, self._now())
        return tuple(run for run in self.runs() if run.id in ids)

    def imports(self) -> tuple[Event, ...]:
        """Return all imports, newest first: when each was, what it brought, and whether it was taken back."""
        return tuple(said(event, self._read) for event in self._memory.history() if event.kind == "import")

    def mark_gap(self, begin: date, until: date, kind: str) -> Gap:
        """Note what days without a run were, from BEGIN to UNTIL: KIND is rest or no_watch. Return the mark.

        Raises:
            HipwiseError: the days are the wrong way round or lie ahead, or KIND is none of the two.
        """
        if kind not in GAPS:
            raise HipwiseError("gap_kind", where=kind, kinds=", ".join(GAPS))
        if not begin <= until <= self.on:
            raise HipwiseError("gap_days", where=f"{begin} - {until}")
        gap = Gap(begin, until, kind)
        with self._memory.step("gap", f"{begin} - {until}", self._now()) as step:
            step.mark_gap(gap)
        return gap

    def quality(self) -> Quality:
        """Return what the training data are worth: faults, gaps, and a grade for each week until today."""
        return self._worth(self.on, self.stamp)

    def load(self) -> Load:
        """Return the training load until today, and what changed before the pain began."""
        return self._known().load

    def training(self, planned_km: float | None = None) -> dict[str, Any]:
        """Return the load as plain data, each week with the grade of its data, and what a run of PLANNED_KM would be.

        It names no ceiling and judges no planned run unless today's verdict offers a run.
        """
        return self._known().training(planned_km)

    def form(self) -> Form:
        """Return what the watch tells of the form of the last runs, before and since the pain.

        It reads a bounded number of runs sample by sample, however many there are (`form.runs_most`).
        """
        constants = self.knowledge.constants(FormConstants, "form")
        on, episode = self.on, self.episode
        onset = None if episode is None else episode.onset or episode.opened
        chosen = to_read(self.runs(), on, onset, constants)
        read = (run_form(self._memory.run(each.id), constants) for each in chosen)
        return form_of([each for each in read if each is not None], constants, on, onset)

    def chart(self, name: ChartName, *, width: float = 360) -> Chart:
        """Return a chart of the training, drawn for WIDTH; it shows no ceiling unless today's verdict offers a run."""
        if name == "cadence":
            return cadence_picture(self.form(), width=width)
        return self._known().chart(name, width=width)
