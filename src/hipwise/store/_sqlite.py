"""All that is particular to SQLite: files, rights, transactions, copies. Nothing else in the room knows it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from glob import escape
from math import ceil
from pathlib import Path
from time import sleep
from urllib.parse import quote

from sqlalchemy import URL, Engine, NullPool, Pool, QueuePool, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor

from hipwise.errors import JournalError
from hipwise.store import _disk
from hipwise.store._faults import primary_code, told

MAGIC = b"SQLite format 3\0"
VERSION_TABLE = "hipwise_version"
BUSY_S = 30.0
"""How long a writer waits for another one."""

_PAUSE_S = 0.02


def revision_of(file: Path) -> str | None:
    """Return the schema revision of FILE, or None where there is no database yet. FILE is only looked at.

    Raises:
        JournalError: FILE is no SQLite database, is another program's, or cannot be read.
    """
    with told(str(file)), _disk.told(str(file)):
        if not file.exists() or (file.is_file() and file.stat().st_size == 0):
            return None
        with file.open("rb") as opened:
            if opened.read(len(MAGIC)) != MAGIC:
                raise JournalError("journal_no_database", where=str(file))
        with closing(sqlite3.connect(_look_only(file), uri=True, timeout=BUSY_S)) as connection:
            return _revision(connection, file)


def _revision(connection: sqlite3.Connection, file: Path) -> str | None:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return None
    if VERSION_TABLE not in tables:
        raise JournalError("journal_foreign", where=str(file))
    row = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()  # noqa: S608 (a constant of ours)
    return None if row is None else str(row[0])


def _look_only(file: Path) -> str:
    return f"file:{quote(str(file))}?mode=ro"


def back_up(file: Path, revision: str) -> Path:
    """Copy FILE to a free name beside it that tells its REVISION; return the copy's path. Complete or not there."""
    copy = _free_name(file, revision)
    part = copy.with_name(copy.name + ".part")
    with told(str(copy)), _disk.told(str(copy)):
        part.unlink(missing_ok=True)
        _disk.create(part)
        source = sqlite3.connect(_look_only(file), uri=True, timeout=BUSY_S)
        with closing(source), closing(sqlite3.connect(part)) as target:
            source.backup(target)
        part.replace(copy)
    return copy


def drop_copies(file: Path) -> None:
    """Delete the copies of FILE that `back_up` made."""
    for copy in file.parent.glob(f"{escape(file.name)}.*.backup"):
        with _disk.told(str(copy)):
            copy.unlink()


def _free_name(file: Path, revision: str) -> Path:
    copy = file.with_name(f"{file.name}.{revision}.backup")
    count = 1
    while copy.exists():
        count += 1
        copy = file.with_name(f"{file.name}.{revision}-{count}.backup")
    return copy


def reading(file: Path) -> Engine:
    """Return an engine whose connections cannot write: a slip in a query changes nothing."""
    return _engine(file, "BEGIN", QueuePool, "query_only = ON")


def writing(file: Path) -> Engine:
    """Return an engine that takes the writer's place at once and whose commits outlive a power cut."""
    return _engine(file, "BEGIN IMMEDIATE", QueuePool, "synchronous = FULL")


def writing_bulk(file: Path) -> Engine:
    """Return an engine for many small commits: each outlives a kill; a power cut may cost the last ones, whole."""
    return _engine(file, "BEGIN IMMEDIATE", QueuePool, "synchronous = NORMAL")


def migrating(file: Path) -> Engine:
    """Return an engine for schema changes: tables are made anew there, so keys are checked afterwards, not during."""
    return _engine(file, "BEGIN IMMEDIATE", NullPool, "foreign_keys = OFF")


def _engine(file: Path, begin: str, pool: type[Pool], *pragmas: str) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        hide_parameters=True,  # values are health data, and exceptions end in logs
        poolclass=pool,
        connect_args={"timeout": BUSY_S, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: DBAPIConnection, _record: object) -> None:
        connection.isolation_level = None  # the driver must not begin by itself: it does so too late
        cursor = connection.cursor()
        _turn_wal_on(cursor)
        for pragma in ("foreign_keys = ON", "trusted_schema = OFF", *pragmas):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begins(connection: object) -> None:
        connection.exec_driver_sql(begin)  # type: ignore[attr-defined]

    return engine


def _turn_wal_on(cursor: DBAPICursor) -> None:
    """Turn the write-ahead log on. SQLite does not wait by itself here when several programs make a file at once."""
    for _ in range(ceil(BUSY_S / _PAUSE_S)):
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if primary_code(error) != sqlite3.SQLITE_BUSY:
                raise
            sleep(_PAUSE_S)
        else:
            return
    cursor.execute("PRAGMA journal_mode = WAL")
