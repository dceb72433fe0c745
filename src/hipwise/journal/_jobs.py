"""The desk of work that takes a while: begun, watched, stopped, and gone on with after a kill."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any, Self

from hipwise.activity import count
from hipwise.errors import HipwiseError
from hipwise.journal._care import CareDesk
from hipwise.journal._keeping import KeepingDesk
from hipwise.journal._reports import FileReport, ImportReport
from hipwise.journal._training import TrainingDesk
from hipwise.store import Job

__all__ = ["JobDesk"]

TELLING_S = 3.0
"""How fast a job goes is not known before."""

BEAT_S = 1.0
"""A sign of life, and how far it is: often enough to look alive, seldom enough to cost nothing."""

SAMPLE = timedelta(177)
"""The story of the sample runner ends today or within a week; what lies ahead of today is left out."""

DAY_OF_REST = timedelta(1)
"""No run of yesterday, so that what today says is not only to rest."""

MORNING = time(7)


class StoppedError(Exception):
    """Somebody wants the job to stop, or another has taken it over."""


class JobDesk(TrainingDesk, CareDesk, KeepingDesk):
    """Work that takes a while. Whoever calls `work` does it; many may call, and each job is done by one of them."""

    def start_import(self, folder: Path) -> Job:
        """Write down that all files in FOLDER are to be brought in; the folder is deleted when that is done."""
        return self._memory.jobs.add("import", {"folder": str(folder)}, self._now())

    def start_sample(self) -> Job:
        """Write down that this journal is to become that of the sample runner; what it holds is deleted first."""
        return self._memory.jobs.add("sample", {}, self._now())

    def jobs(self, most: int | None = None) -> tuple[Job, ...]:
        """Return the jobs, newest first."""
        return self._memory.jobs.all(most)

    def job(self, number: int) -> Job:
        """Return one job.

        Raises:
            JournalError: no such job.
        """
        return self._memory.jobs.one(number)

    def left_s(self, job: Job) -> float | None:
        """Return about how many seconds a JOB still takes, if it goes on as fast as until now; None: nobody can say.

        It began when it was written down, or when the job before it had ended. Of one that was cut short nobody knows
        how long it stood still.
        """
        if job.state != "running" or job.attempt != 1 or not job.total or not 0 < job.done < job.total:
            return None
        begun = max(job.at, self._end_before(job) or job.at)
        took_s = (self._now() - begun).total_seconds()
        return None if took_s < TELLING_S else took_s / job.done * (job.total - job.done)

    def _end_before(self, job: Job) -> datetime | None:
        try:
            return self.job(job.number - 1).ended_at
        except HipwiseError:
            return None

    def cancel_job(self, number: int) -> Job:
        """Ask a job to stop. What it has kept stays; an undo takes it back.

        Raises:
            JournalError: no such job.
        """
        return self._memory.jobs.cancel(number, self._now())

    def work(self, owner: str) -> Job | None:
        """Do the next job to its end, whatever end that is; return it, or None where there is nothing to do.

        One that was killed at work is begun again when its lease runs out; every step of it may be done twice.
        """
        job = self._memory.jobs.claim(owner, self._now())
        if job is None:
            return None
        state, report, error = self._ended(job)
        done = sum(map(len, report.values()))
        return self._memory.jobs.end(job, self._now(), state, done=done, report=report, error=error)

    def _ended(self, job: Job) -> tuple[str, dict[str, Any], dict[str, str] | None]:
        with _Pulse(lambda **values: self._memory.jobs.beat(job, self._now(), **values)) as pulse:
            try:
                kinds: dict[str, Callable[[Job, _Pulse], None]] = {"import": self._import, "sample": self._sample}
                kinds[job.kind](job, pulse)
            except StoppedError:
                return "cancelled", pulse.report, None
            except HipwiseError as error:
                return "failed", pulse.report, error.as_dict()
            except Exception as problem:  # noqa: BLE001 (a worker outlives each of its jobs)
                fault = HipwiseError("job_stumbled", reason=type(problem).__name__)
                return "failed", pulse.report, fault.as_dict()
        return "done", pulse.report, None

    def _import(self, job: Job, pulse: _Pulse) -> None:
        folder = Path(job.wants["folder"])
        if not folder.is_dir():
            raise HipwiseError("upload_gone")
        pulse.known(job.report)
        files = sorted(folder.iterdir())
        pulse.total = count(files)
        pulse.root = f"{folder}{os.sep}"
        self.add(files, progress=pulse.file)
        shutil.rmtree(folder, ignore_errors=True)

    def _sample(self, job: Job, pulse: _Pulse) -> None:
        """Let the invented runner live until this morning; a second attempt begins anew."""
        from hipwise.simulate import story, write

        del job
        tale = story(start=self.on - SAMPLE)
        self._memory.restart()
        told = self.at(self._morning(tale.told))
        with TemporaryDirectory() as folder:
            paths = [
                path
                for path, run in zip(write(tale, Path(folder)), tale.runs, strict=True)
                if run.local_date < self.on - DAY_OF_REST
            ]
            pulse.total = len(paths)
            told.add(paths, progress=pulse.file)
        who = tale.athlete
        told.set_athlete(born=who.born, sex=who.sex, country=who.country)
        told.new_pain(onset=tale.onset, side=tale.truth.side)
        told.tell({each.id: each.state for each in tale.answers})
        told.plan()
        for day, findings in groupby(tale.checkins, key=lambda each: each.on):
            pulse.look()
            if day <= self.on:
                self.at(min(self._morning(day), self._now())).checkin({each.id: each.state for each in findings})

    def _morning(self, day: date) -> datetime:
        return datetime.combine(day, MORNING, self._now().tzinfo)


class _Pulse:
    """Signs of life of a job at work, and how far it is.

    A thread of its own gives them: one large file can take longer than a lease. It dies with the program, and the lease
    with it.
    """

    def __init__(self, beat: Callable[..., bool]) -> None:
        self._beat = beat
        self._over = Event()
        self._stop = Event()
        self._thread = Thread(target=self._live, daemon=True)
        self._files: list[FileReport] = []
        self._before: dict[str, FileReport] = {}
        self.total: int | None = None
        self.root = ""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    @property
    def report(self) -> dict[str, Any]:
        """What became of the files so far."""
        return ImportReport(tuple(self._files)).as_dict()

    def known(self, report: Mapping[str, list[dict[str, Any]]]) -> None:
        """Take over what an earlier attempt found out, so that no file is called there already by its own import."""
        self._before = {
            each["file"]: FileReport(each["file"], outcome, each["why"], tuple(each.get("runs", ())))
            for outcome, files in report.items()
            for each in files
        }

    def file(self, found: FileReport) -> None:
        """Note that a file is done.

        Raises:
            StoppedError: the job is to stop.
        """
        found = replace(found, file=found.file.removeprefix(self.root))
        self._files.append(self._before.get(found.file, found))
        self.look()

    def look(self) -> None:
        """Go on, or not.

        Raises:
            StoppedError: the job is to stop.
        """
        if self._stop.is_set():
            raise StoppedError

    def _live(self) -> None:
        try:
            while not self._over.wait(BEAT_S):
                if not self._beat(done=len(self._files), total=self.total, report=self.report):
                    self._stop.set()
        except HipwiseError:
            self._stop.set()  # the disk is full or the journal is gone: whoever works will find out, or must stop
