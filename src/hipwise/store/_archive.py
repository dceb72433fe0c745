"""All that is kept of one athlete as one file.

The file is a ZIP archive. Each table is an entry `<table>.jsonl`: one JSON object a row, in order of the key, without
the athlete's id; days and moments are ISO 8601, moments in UTC. The samples of run number N are the Parquet file
`samples/N.parquet`. `manifest.json` holds `format`, `version` (of this format) and `entries`: for each entry its
`sha256` and `bytes`. What was undone is in it too, so a restored journal is the journal. The same journal gives the
same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy import Column, select

from hipwise.errors import JournalError
from hipwise.store import _disk
from hipwise.store._scope import Scope, mine
from hipwise.store._tables import ANSWERED, JOB, METADATA, RUN_SAMPLES, UNPACKED

FORMAT = "hipwise-export"
VERSION = 5
"""Goes up with each change of the tables; `SINCE` then says what is new, so that older files can still be read."""

SINCE = {
    **dict.fromkeys(("run_stem", "gap", "run.name", "run.gear"), 2),
    "plan_entry": 3,
    **dict.fromkeys(("reopening", "run.laps"), 4),
    **dict.fromkeys(("piece", "verdict.pieces"), 5),
}
"""The version in which a table or a column came; a file of before holds none of it."""

MANIFEST = "manifest.json"
APART = (RUN_SAMPLES, JOB, ANSWERED, UNPACKED)
"""Samples have entries of their own; jobs and answers to repeats belong to one running server; sums are found anew."""

TABLES: tuple[Any, ...] = tuple(table for table in METADATA.sorted_tables if table not in APART)
"""In an order in which every row finds the rows that it points at."""

_OWNER_ONLY = 0o600 << 16
_UNIX = 3


def entry_of(table: Any) -> str:
    """Return the name of the entry that holds the rows of TABLE."""
    return f"{table.name}.jsonl"


def columns_of(table: Any) -> tuple[Column[Any], ...]:
    """Return what a row of TABLE holds in the file: all but whose it is."""
    return tuple(column for column in table.columns if column.name != "athlete_id")


def is_in(version: int, table: Any, column: Column[Any] | None = None) -> bool:
    """Return whether a file of VERSION holds TABLE (and its COLUMN)."""
    names = [table.name, *([] if column is None else [f"{table.name}.{column.name}"])]
    return all(SINCE.get(name, 1) <= version for name in names)


def export(scope: Scope, path: Path) -> None:
    """Write the file PATH, for its owner only; it is complete or not there.

    Raises:
        JournalError: PATH stands already (it could be the journal itself) or cannot be written.
    """
    if path.exists():
        raise JournalError("export_exists", where=str(path))
    part = path.with_name(path.name + ".part")
    with _disk.told(str(path)):
        part.unlink(missing_ok=True)
        _disk.create(part)
        try:
            _write(scope, part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def _write(scope: Scope, part: Path) -> None:
    entries: dict[str, dict[str, object]] = {}
    with part.open("r+b") as file:
        with ZipFile(file, "w") as archive:
            for table in TABLES:
                entries[entry_of(table)] = _put(archive, _info(entry_of(table), ZIP_DEFLATED), _lines(scope, table))
            for name, blob in _samples(scope):
                entries[name] = _put(archive, _info(name, ZIP_STORED), (blob,))
            manifest = {"format": FORMAT, "version": VERSION, "entries": entries}
            archive.writestr(_info(MANIFEST, ZIP_DEFLATED), json.dumps(manifest, indent=1))
        file.flush()
        os.fsync(file.fileno())


def _info(name: str, compress: int) -> ZipInfo:
    """Return an entry's head without the time, the rights and the system of the moment."""
    info = ZipInfo(name)
    info.compress_type, info.create_system, info.external_attr = compress, _UNIX, _OWNER_ONLY
    return info


def _put(archive: ZipFile, info: ZipInfo, parts: Iterable[bytes]) -> dict[str, object]:
    digest, size = hashlib.sha256(), 0
    with archive.open(info, "w", force_zip64=True) as entry:
        for part in parts:
            entry.write(part)
            digest.update(part)
            size += len(part)
    return {"sha256": digest.hexdigest(), "bytes": size}


def _lines(scope: Scope, table: Any) -> Iterator[bytes]:
    columns = columns_of(table)
    rows = select(*columns).where(mine(table)).order_by(*table.primary_key)
    for row in scope.execute(rows):
        values = {column.name: _plain(value) for column, value in zip(columns, row, strict=True)}
        yield json.dumps(values, allow_nan=False, separators=(",", ":")).encode() + b"\n"


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _samples(scope: Scope) -> Iterator[tuple[str, bytes]]:
    rows = select(RUN_SAMPLES.c.run, RUN_SAMPLES.c.parquet).where(mine(RUN_SAMPLES)).order_by(RUN_SAMPLES.c.run)
    for row in scope.execute(rows.execution_options(yield_per=16)):
        yield f"samples/{row.run}.parquet", row.parquet
