"""A thread that does what takes a while, so that no request waits for it."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import time
from pathlib import Path
from threading import Event, Thread
from typing import Self

from hipwise.api._house import ME, SAMPLE, House
from hipwise.errors import HipwiseError
from hipwise.texts import speaking

__all__ = ["Worker"]

LOG = logging.getLogger("hipwise.api")
PAUSE_S = 1.0
"""How long it sleeps where nobody wakes it: a job of a killed server becomes free by time alone."""

STALE_S = 2 * 24 * 3600
"""Uploads that nobody has brought in for so long were forgotten."""


class Worker:
    """Works as long as its `with` block lasts. A job that is cut short goes on the next time."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._over = Event()
        self._name = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._thread = Thread(target=self._live, name="hipwise-worker", daemon=True)

    def __enter__(self) -> Self:
        _throw_old_ones_away(self._house.uploads)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._house.wake.set()
        self._thread.join(timeout=PAUSE_S)

    def _live(self) -> None:
        self._work()
        self._warm()
        while not self._over.is_set():
            if not self._work():
                self._house.wake.wait(PAUSE_S)
                self._house.wake.clear()

    def _warm(self) -> None:
        """Load now what the first request for a plan would wait for."""
        try:
            with speaking(*self._house.whose(ME).voice):
                self._house.of(ME).warm()
        except HipwiseError as error:
            LOG.warning("worker: %s", error.text)

    def _work(self) -> bool:
        """Do one job of each runner; return whether there was one."""
        try:
            done = [self._work_of(runner) for runner in (ME, SAMPLE)]
        except HipwiseError as error:
            LOG.warning("worker: %s", error.text)
            return False
        return any(job is not None for job in done)

    def _work_of(self, runner: str) -> object:
        """Do one job in the voice of its runner: what it reports is written down as it is said."""
        with speaking(*self._house.whose(runner).voice):
            return self._house.of(runner).work(self._name)


def _throw_old_ones_away(uploads: Path) -> None:
    oldest = time.time() - STALE_S
    for entry in uploads.iterdir() if uploads.is_dir() else ():
        if entry.stat().st_mtime < oldest:
            if entry.is_dir():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                entry.unlink(missing_ok=True)
