"""What is remembered of one athlete."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from threading import local
from typing import Any

import polars as pl
from sqlalchemy import select, update

from hipwise.activity import Run, RunSummary
from hipwise.model import Athlete, Episode, Evidence, Finding
from hipwise.store import _archive, _events, _merges, _pieces, _restore, _runs, _sqlite, _stamp, _told, _unpacked
from hipwise.store._answered import Answered
from hipwise.store._importing import Import
from hipwise.store._jobs import Jobs
from hipwise.store._lanes import Lane, Lanes
from hipwise.store._records import AgreedPlan, Event, Gap, Kind, PlanEntry, Undone, Verdict
from hipwise.store._scope import Scope, mine
from hipwise.store._stamp import Stamp
from hipwise.store._tables import ATHLETE, JOB


class Step:
    """One thing the runner does: all of it is written or none, and one undo takes it back. Made by `Memory.step`."""

    def __init__(self, scope: Scope, kind: Kind, label: str, at: datetime) -> None:
        self._scope = scope
        self._about = (kind, label, at)
        self._number: int | None = None

    @property
    def _event(self) -> int:
        """The event's number; it is written with the first thing it brings, so an idle step leaves no event."""
        if self._number is None:
            self._number = _events.begin(self._scope, *self._about, finished=True)
        return self._number

    def add_runs(self, new: Iterable[Run] = (), merged: Mapping[str, Run] | None = None) -> tuple[str, ...]:
        """Keep runs, as `Import.add_file` does."""
        packed = _runs.unknown(self._scope, _runs.pack(new, merged or {}))
        return _runs.add(self._scope, self._event, packed) if packed else ()

    def add_findings(self, findings: Iterable[Finding], episode_id: str | None = None) -> None:
        """Keep findings about one episode, or about the runner at large (None).

        Raises:
            JournalError: no such episode.
        """
        kept = tuple(findings)
        if kept:
            _told.add_findings(self._scope, self._event, kept, episode_id)

    def mark_gap(self, gap: Gap) -> None:
        """Keep what the runner says of days without a run; of two marks for a day the newer one counts."""
        _told.mark_gap(self._scope, self._event, gap)

    def open_episode(
        self, opened: date, *, onset: date | None = None, side: str | None = None, site: str | None = None
    ) -> Episode:
        """Open an episode; its id is made here."""
        return _told.open_episode(self._scope, self._event, opened, {"onset": onset, "side": side, "site": site})

    def close_episode(self, episode_id: str, on: date) -> None:
        """Close an episode.

        Raises:
            JournalError: no such episode.
        """
        _told.close_episode(self._scope, self._event, episode_id, on)

    def reopen_episode(self, episode_id: str, on: date) -> None:
        """Open an episode again that was closed.

        Raises:
            JournalError: no such episode.
        """
        _told.reopen_episode(self._scope, self._event, episode_id, on)

    def set_plan(
        self,
        body: Mapping[str, Any],
        on: date,
        episode_id: str | None = None,
        versions: Mapping[str, Any] | None = None,
    ) -> None:
        """Keep the plan (or referral) agreed ON a day; BODY and VERSIONS are JSON data without NaN.

        Raises:
            JournalError: no such episode.
        """
        values = {"body": dict(body), "versions": dict(versions or {}), "day": on}
        _told.set_plan(self._scope, self._event, episode_id, values)

    def add_entries(self, entries: Iterable[PlanEntry], episode_id: str | None = None) -> None:
        """Keep lines of the row of versions of an episode's plan; their bodies are JSON data without NaN.

        Raises:
            JournalError: no such episode.
        """
        kept = tuple(entries)
        if kept:
            _told.add_entries(self._scope, self._event, episode_id, kept)


class Memory:
    """What is remembered of the athlete ID. No method sees or touches another athlete's rows."""

    def __init__(self, lanes: Lanes, athlete_id: str) -> None:
        self._lanes = lanes
        self.id = athlete_id
        self.jobs = Jobs(lanes, athlete_id)
        self.answered = Answered(lanes, athlete_id)
        self._here = local()

    def __repr__(self) -> str:
        return f"Memory({self.id!r})"

    @contextmanager
    def _reading(self) -> Iterator[Scope]:
        shared: Scope | None = getattr(self._here, "scope", None)
        if shared is not None:
            yield shared
            return
        with self._lanes.on(Lane.READ) as connection:
            yield Scope(connection, self.id, {})

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Read all that this thread reads within the block in one transaction: of one state, and quicker."""
        with self._reading() as scope:
            before, self._here.scope = getattr(self._here, "scope", None), scope
            try:
                yield
            finally:
                self._here.scope = before

    @contextmanager
    def together(self) -> Iterator[None]:
        """Do all that this thread reads and writes within the block in one transaction: all of it, or nothing."""
        with self._writing() as scope:
            before = (getattr(self._here, "scope", None), getattr(self._here, "written", None))
            self._here.scope = self._here.written = scope
            try:
                yield
            finally:
                self._here.scope, self._here.written = before

    @contextmanager
    def _writing(self, *, bulk: bool = False) -> Iterator[Scope]:
        shared: Scope | None = getattr(self._here, "written", None)
        if shared is not None:
            yield shared
            return
        with self._lanes.on(Lane.BULK if bulk else Lane.WRITE) as connection:
            scope = Scope(connection, self.id)
            scope.lock()
            yield scope

    def athlete(self) -> Athlete:
        """Return who runs, as far as it was told."""
        with self._reading() as scope:
            row = scope.execute(select(ATHLETE).where(mine(ATHLETE))).first()
        return Athlete() if row is None else Athlete(row.born, row.sex, row.country)

    def set_athlete(self, athlete: Athlete) -> None:
        """Keep who runs."""
        self._set(born=athlete.born, sex=athlete.sex, country=athlete.country)

    def settings(self) -> dict[str, Any]:
        """Return the settings kept (JSON data)."""
        with self._reading() as scope:
            kept = scope.execute(select(ATHLETE.c.settings).where(mine(ATHLETE))).scalar()
        return kept or {}

    def set_settings(self, settings: Mapping[str, Any]) -> None:
        """Keep SETTINGS in place of those before."""
        self._set(settings=dict(settings))

    def _set(self, **values: object) -> None:
        with self._writing() as scope:
            scope.execute(update(ATHLETE).where(mine(ATHLETE)).values(**values))

    @contextmanager
    def step(self, kind: Kind, label: str, at: datetime) -> Iterator[Step]:
        """Do one thing that one undo takes back: written whole when the block ends, not at all when it fails.

        LABEL is shown to the runner ("night pain"). Do not write by another way within the block: it would wait.
        """
        with self._writing() as scope:
            yield Step(scope, kind, label, at)

    @contextmanager
    def importing(self, label: str, at: datetime) -> Iterator[Import]:
        """Bring files in, each whole. An import of the same LABEL that was cut short is gone on with."""
        with self._reading() as scope:
            event = _events.cut_short(scope, label)
        batch = Import(partial(self._writing, bulk=True), label, at, event)
        yield batch
        batch.finish()

    def runs(self) -> tuple[RunSummary, ...]:
        """Return the totals of all runs, in order of their start."""
        with self._reading() as scope:
            return _runs.summaries(scope)

    def parts(self) -> dict[str, tuple[RunSummary, ...]]:
        """Return the runs, as they came, of which each merged run was made, by its id."""
        with self._reading() as scope:
            return _merges.all_parts(scope)

    def run(self, run_id: str) -> Run:
        """Return one run with its samples.

        Raises:
            JournalError: no such run.
        """
        with self._reading() as scope:
            return _runs.whole(scope, run_id)

    def samples(self, run_id: str) -> pl.DataFrame:
        """Return the samples of one run.

        Raises:
            JournalError: no such run.
        """
        return self.run(run_id).samples

    def knows(self, sha256: str) -> bool:
        """Return whether a file of that content is in the journal (one of an undone import is not)."""
        with self._reading() as scope:
            return _runs.knows(scope, sha256)

    def unpacked(self) -> dict[str, str]:
        """Return what is known of packed files: by the SHA-256 of each, that of the file in it."""
        with self._reading() as scope:
            return _unpacked.known(scope)

    def evidence(self, episode_id: str | None = None, of_all: Collection[str] = ()) -> Evidence:
        """Return the findings about the runner at large and about that episode, none of another but those OF_ALL.

        OF_ALL are ids of findings that speak of the runner, whichever episode they were kept with.

        Raises:
            JournalError: no such episode.
        """
        with self._reading() as scope:
            return _told.evidence(scope, episode_id, of_all)

    def episodes(self) -> tuple[Episode, ...]:
        """Return all episodes, oldest first."""
        with self._reading() as scope:
            return _told.episodes(scope)

    def closed(self) -> dict[str, date]:
        """Return the ids of the episodes that are closed, each with the day on which it was."""
        with self._reading() as scope:
            return _told.closed(scope)

    def ended(self) -> dict[str, date]:
        """Return what `closed` does, without the episodes in whose place another was written down."""
        with self._reading() as scope:
            return _told.ended(scope)

    def current_episode(self) -> Episode | None:
        """Return the episode that was opened last and is not closed."""
        with self._reading() as scope:
            over = _told.closed(scope)
            return next((each for each in reversed(_told.episodes(scope)) if each.id not in over), None)

    def plan(self, episode_id: str | None = None) -> AgreedPlan | None:
        """Return the plan that holds for that episode (None: for the runner at large), if one was agreed on.

        Raises:
            JournalError: no such episode.
        """
        with self._reading() as scope:
            return _told.plan(scope, episode_id)

    def plan_entries(self, episode_id: str | None = None) -> tuple[PlanEntry, ...]:
        """Return the row of versions of that episode's plan, oldest first, without what was undone.

        Raises:
            JournalError: no such episode.
        """
        with self._reading() as scope:
            return _told.plan_entries(scope, episode_id)

    def add_verdict(self, verdict: Verdict) -> None:
        """Keep what was said, for good: an undo does not take it back."""
        self._say(verdict, _pieces.cut(verdict.trace))

    def _say(self, verdict: Verdict, cut: _pieces.Cut) -> None:
        with self._writing() as scope:
            _told.add_verdict(scope, verdict, cut)

    def add_newer(self, verdict: Verdict) -> None:
        """Keep what was said, unless the very same (but for the moment) was the last of its kind that was said."""
        cut = _pieces.cut(verdict.trace)
        with self._reading() as scope:
            there = _told.is_last(scope, verdict, cut)
        if not there:
            self._say(verdict, cut)

    def verdicts(self, kind: str | None = None, most: int | None = None, *, whole: bool = True) -> tuple[Verdict, ...]:
        """Return what was said, newest first: all, or those of one KIND, and at MOST so many.

        Where they need not be WHOLE, their traces are without the findings that they were made from, and read quicker.
        """
        with self._reading() as scope:
            return _told.verdicts(scope, kind, most, whole=whole)

    def undo(self, at: datetime, number: int | None = None) -> Undone | None:
        """Take back the last event that stands, or import NUMBER; return what that was, None where there is nothing.

        Where a run was made of one that is taken back, the others it was made of become one again.

        Raises:
            JournalError: NUMBER is no import, or was taken back before.
        """
        with self._writing() as scope:
            newest, in_order = _events.last(scope), not _events.any_import_undone(scope)
            undone = _events.undo(scope, at, number)
            if undone is None or newest is None:
                return undone
            if not (in_order and undone.event.number == newest.number):
                _merges.heal(scope, undone.event.number)  # the newest alone leaves all as it was before
            return undone

    def split(self, run_id: str, at: datetime) -> tuple[str, ...]:
        """Make a merged run the runs again that it was made of, as one step; return their ids.

        Raises:
            JournalError: no such run, or it was not merged (or by a version that kept only one of the two).
        """
        with self._writing() as scope:
            label = _runs.whole(scope, run_id).local_date.isoformat()
            parts = _merges.parts(scope, run_id)
            return _merges.split(scope, _events.begin(scope, "split", label, at, finished=True), run_id, parts)

    def gaps(self) -> tuple[Gap, ...]:
        """Return the days without a run that were marked, in the order in which they were."""
        with self._reading() as scope:
            return _told.gaps(scope)

    def last(self) -> Event | None:
        """Return the last event that stands."""
        with self._reading() as scope:
            return _events.last(scope)

    def history(self, most: int | None = None, since: datetime | None = None) -> tuple[Event, ...]:
        """Return events, newest first, the undone ones too: all, or at MOST so many, or those of after SINCE."""
        with self._reading() as scope:
            return _events.history(scope, most, since)

    def export(self, path: Path) -> None:
        """Write all that is kept of this athlete into one new file, the undone too (its format: see `_archive`).

        Raises:
            JournalError: PATH stands already or cannot be written.
        """
        with self._reading() as scope:
            _archive.export(scope, path)

    def restore(self, path: Path, *, replace: bool = False) -> None:
        """Take over all that the file PATH holds; with REPLACE instead of what is kept now. All of it or nothing.

        Raises:
            JournalError: the file is no export, is damaged or of a newer version, or something is kept already.
        """
        with self._writing() as scope:
            _restore.restore(scope, path, replace=replace)

    def stamp(self) -> Stamp:
        """Return what changes with the journal: the same stamp means that the same is to be seen."""
        with self._reading() as scope:
            return _stamp.stamp(scope)

    def restart(self) -> None:
        """Delete all that is kept of this athlete, but for the jobs, one of which may be asking for it."""
        with self._writing() as scope:
            _restore.erase(scope, but=(JOB,))

    def erase(self) -> dict[str, int]:
        """Delete all that is kept of this athlete, for good; return how many rows each table has left of them.

        Copies that were made before a migration go too: they hold what was kept then.
        """
        with self._writing() as scope:
            _restore.erase(scope)
        self._lanes.scrub()
        _sqlite.drop_copies(Path(self._lanes.where))
        with self._reading() as scope:
            return _restore.rows(scope)
