"""The way in: a database is opened, and from it the memory of one athlete."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import URL, make_url, select
from sqlalchemy.exc import ArgumentError

from hipwise.errors import JournalError
from hipwise.store import _migrate, _sqlite
from hipwise.store._lanes import Lane, Lanes
from hipwise.store._memory import Memory
from hipwise.store._tables import ATHLETE


class Store:
    """A database of one or more athletes. Use it in a `with` block, or close it."""

    def __init__(self, lanes: Lanes) -> None:
        self._lanes = lanes

    @classmethod
    def open(cls, where: str | os.PathLike[str]) -> Store:
        """Open the database at WHERE, a path or a `sqlite:///` address; make it where there is none.

        A new file may be read by its owner only. One of an older version is copied and then migrated.

        Raises:
            JournalError: the address is none that we know; the file is no database, another program's, damaged, of a
                newer version, or cannot be written. It is then as it was.
        """
        file = _file_of(where)
        _migrate.make_ready(file)
        engines = {
            Lane.READ: _sqlite.reading(file),
            Lane.WRITE: _sqlite.writing(file),
            Lane.BULK: _sqlite.writing_bulk(file),
        }
        return cls(Lanes(engines, str(file)))

    def memory(self, athlete_id: str = "me") -> Memory:
        """Return what is remembered of ATHLETE_ID; a new one is written with the first thing to remember."""
        if not athlete_id.strip():
            raise ValueError("an athlete needs an id")
        return Memory(self._lanes, athlete_id)

    def athletes(self) -> tuple[str, ...]:
        """Return the ids of all athletes, in order."""
        with self._lanes.on(Lane.READ) as connection:
            ids = select(ATHLETE.c.athlete_id).order_by(ATHLETE.c.athlete_id)
            return tuple(connection.execute(ids).scalars())

    def close(self) -> None:
        """Let the file go."""
        self._lanes.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _file_of(where: str | os.PathLike[str]) -> Path:
    text = os.fspath(where)
    if "://" not in text:
        return Path(text).expanduser()
    url = _url(text)
    if url.drivername != "sqlite" or url.query or url.database in {None, "", ":memory:"}:
        raise JournalError("journal_address", where=url.render_as_string(hide_password=True))
    return Path(str(url.database))


def _url(text: str) -> URL:
    try:
        return make_url(text)
    except (ArgumentError, ValueError):
        raise JournalError("journal_address", where="") from None  # what cannot be read may hold a password
