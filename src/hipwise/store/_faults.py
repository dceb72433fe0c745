"""What a database says when it fails, told as an error of ours; never with the values that it failed on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from hipwise.errors import JournalError

_TEXTS = {
    sqlite3.SQLITE_BUSY: "journal_busy",
    sqlite3.SQLITE_LOCKED: "journal_busy",
    sqlite3.SQLITE_CORRUPT: "journal_damaged",
    sqlite3.SQLITE_NOTADB: "journal_damaged",
    sqlite3.SQLITE_FULL: "journal_disk",
    sqlite3.SQLITE_IOERR: "journal_disk",
    sqlite3.SQLITE_READONLY: "file_closed_to_us",
    sqlite3.SQLITE_CANTOPEN: "file_closed_to_us",
    sqlite3.SQLITE_PERM: "file_closed_to_us",
}
_PRIMARY = 0xFF
"""SQLite puts details above the lowest byte of its error code."""


def primary_code(error: BaseException | None) -> int | None:
    """Return SQLite's code of an ERROR without its details, or None where it is no error of SQLite's."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & _PRIMARY


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn what the database says within into a JournalError about WHERE; let all else pass."""
    try:
        yield
    except DBAPIError as error:
        raise _of_database(error.orig, where) or error from error
    except sqlite3.Error as error:
        raise _of_database(error, where) or error from error


def _of_database(error: BaseException | None, where: str) -> JournalError | None:
    code = primary_code(error)
    text = None if code is None else _TEXTS.get(code)
    return JournalError(text, where=where, reason=str(error)) if text else None
