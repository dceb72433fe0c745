"""The ways into the database: one for reading, one for writing, one for writing much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import Connection, Engine

from hipwise.store._faults import told


class Lane(Enum):
    """How a transaction goes."""

    READ = "reads one state of things and cannot write"
    WRITE = "one writer at a time; what is committed outlives a power cut"
    BULK = "one writer at a time; what is committed outlives a kill"


@dataclass(frozen=True, slots=True)
class Lanes:
    """An engine for each lane. WHERE is the database as errors may show it (no password)."""

    engines: Mapping[Lane, Engine]
    where: str

    @contextmanager
    def on(self, lane: Lane) -> Iterator[Connection]:
        """Run one transaction: committed when the block ends, rolled back when it fails.

        Raises:
            JournalError: the database is busy, full, damaged or not to be written.
        """
        with told(self.where), self.engines[lane].begin() as connection:
            yield connection

    def scrub(self) -> None:
        """Leave no trace of deleted rows in the file.

        Raises:
            JournalError: the disk is too full for it, or the file is busy; the rows are gone all the same.
        """
        with told(self.where), self.engines[Lane.WRITE].connect() as connection:
            driver = connection.connection.dbapi_connection
            assert driver is not None  # noqa: S101 (it is connected)
            cursor = driver.cursor()
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.close()

    def close(self) -> None:
        """Give all connections back."""
        for engine in self.engines.values():
            engine.dispose()
