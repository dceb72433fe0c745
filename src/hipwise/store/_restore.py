"""A file that `_archive` wrote becomes a journal again.

The file may come from anywhere. Nothing in it is unpacked to disk or run; names, sizes, sums, types and keys are
checked, samples are first read by a process that may die of them, and one fault anywhere restores nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import IO, Any, get_args
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from sqlalchemy import JSON, Boolean, Column, Date, Double, Integer, delete, func, select
from sqlalchemy.exc import DataError, IntegrityError

from hipwise.errors import JournalError
from hipwise.store import _disk, _inspect, _pieces, _runs
from hipwise.store._archive import FORMAT, MANIFEST, TABLES, VERSION, columns_of, entry_of, is_in
from hipwise.store._records import Kind
from hipwise.store._scope import Scope, mine
from hipwise.store._tables import ATHLETE, EVENT, METADATA, PIECE, RUN, RUN_ORIGIN, RUN_SAMPLES, VERDICT, Instant, Words

MOST_ENTRIES = 200_000
MOST_BYTES = 32 * 2**30
MOST_TABLE_BYTES = 2**30
MOST_LINE_BYTES = 16 * 2**20
MOST_BLOB_BYTES = 256 * 2**20
"""Far above a lifetime of running; a file that claims more is an attack or damaged."""

_SAMPLES = re.compile(r"samples/([1-9][0-9]{0,8})\.parquet")
_LISTS = {"notes", "column_sources", "laps", "pieces"}
_ROWS_AT_ONCE = 500
_INT_BITS = 63

_FAULTS = (
    BadZipFile,  # the outer form, and each entry's own check sum
    zlib.error,
    struct.error,
    EOFError,
    ValueError,  # no JSON, no day, no UTF-8
    TypeError,
    LookupError,
    OverflowError,
    RecursionError,
    RuntimeError,  # zipfile's word for an encrypted entry
    IntegrityError,  # a row that points at nothing, or stands twice
    DataError,
)


class FaultError(ValueError):
    """The file is not as it should be; the text names the entry."""


def restore(scope: Scope, path: Path, *, replace: bool) -> None:
    """Take over all that PATH holds, within the transaction of SCOPE.

    Raises:
        JournalError: the file is no export, is damaged or of a newer version, or something is kept already.
    """
    if not replace and not _is_empty(scope):
        raise JournalError("journal_not_empty", where=str(path))
    erase(scope)
    with _disk.told(str(path)), path.open("rb") as file, _broken(path), ZipFile(file) as archive:
        _take(scope, _source(path, archive))


@contextmanager
def _broken(path: Path) -> Iterator[None]:
    try:
        yield
    except _FAULTS as error:
        entry = str(error) if isinstance(error, FaultError) else type(error).__name__
        raise JournalError("export_broken", where=str(path), entry=entry) from error


def _is_empty(scope: Scope) -> bool:
    told = ATHLETE.c.born.is_not(None) | ATHLETE.c.sex.is_not(None) | ATHLETE.c.country.is_not(None)
    kept = (
        select(EVENT.c.number).where(mine(EVENT)),
        select(VERDICT.c.number).where(mine(VERDICT)),
        select(ATHLETE.c.athlete_id).where(mine(ATHLETE), told),
    )
    return not any(scope.execute(each.limit(1)).first() for each in kept)


def erase(scope: Scope, but: tuple[Any, ...] = ()) -> None:
    """Delete every row of the athlete, BUT for some tables."""
    for table in reversed([each for each in METADATA.sorted_tables if each not in but]):
        scope.execute(delete(table).where(mine(table)))


def rows(scope: Scope) -> dict[str, int]:
    """Return how many rows each table has of the athlete."""
    counts = (
        (table.name, select(func.count()).select_from(table).where(mine(table))) for table in METADATA.sorted_tables
    )
    return {name: int(scope.execute(count).scalar_one()) for name, count in counts}


@dataclass(frozen=True, slots=True)
class _Source:
    """The archive with its manifest; entries are read once, bounded, and held against their sums."""

    path: Path
    archive: ZipFile
    version: int
    sums: Mapping[str, Mapping[str, Any]]

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield the lines of entry NAME; the sum is checked at the end."""
        digest = hashlib.sha256()
        with self.archive.open(name) as entry:
            while line := entry.readline(MOST_LINE_BYTES + 1):
                _demand(len(line) <= MOST_LINE_BYTES, name)
                digest.update(line)
                yield line
        _demand(digest.hexdigest() == self.sums[name]["sha256"], name)

    def blob(self, name: str) -> bytes:
        """Return entry NAME whole."""
        blob = _read(self.archive.open(name), name, MOST_BLOB_BYTES)
        _demand(hashlib.sha256(blob).hexdigest() == self.sums[name]["sha256"], name)
        return blob


def _demand(condition: bool, entry: str) -> None:
    if not condition:
        raise FaultError(entry)


def _read(entry: IO[bytes], name: str, most: int) -> bytes:
    with entry:
        content = entry.read(most + 1)
    _demand(len(content) <= most, name)
    return content


def _source(path: Path, archive: ZipFile) -> _Source:
    """Return the archive with the sums of all entries, after a look at names, sizes and versions."""
    heads = archive.infolist()
    names = [head.filename for head in heads]
    _demand(len(names) <= MOST_ENTRIES and len(set(names)) == len(names), MANIFEST)
    _demand(all(head.compress_type in {ZIP_STORED, ZIP_DEFLATED} for head in heads), MANIFEST)
    _demand(sum(head.file_size for head in heads) <= MOST_BYTES, MANIFEST)
    manifest = json.loads(_read(archive.open(MANIFEST), MANIFEST, MOST_LINE_BYTES * 4))
    _demand(manifest["format"] == FORMAT and isinstance(manifest["version"], int), MANIFEST)
    version = int(manifest["version"])
    if version > VERSION:
        raise JournalError("export_newer", where=str(path), found=version, known=VERSION)
    sums: Mapping[str, Mapping[str, Any]] = manifest["entries"]
    tables = {entry_of(table) for table in TABLES if is_in(version, table)}
    _demand(set(names) == {*sums, MANIFEST} and tables <= set(names), MANIFEST)
    for head in heads:
        most = MOST_BLOB_BYTES if _SAMPLES.fullmatch(head.filename) else MOST_TABLE_BYTES
        _demand(head.file_size <= most, head.filename)
    return _Source(path, archive, version, sums)


def _take(scope: Scope, source: _Source) -> None:
    tables = [table for table in TABLES if is_in(source.version, table)]
    for table in tables:
        rows = _rows(source, table)
        while some := list(islice(rows, _ROWS_AT_ONCE)):
            scope.insert(table, *some)
    samples = sorted({*source.sums} - {entry_of(table) for table in tables})
    for name in samples:
        _take_samples(scope, source, name)
    _demand_whole(scope)
    sound = _inspect.vouched(source.path) if samples else frozenset()
    for name in samples:
        _demand(source.sums[name]["sha256"] in sound, name)
    scope.lock()


def _take_samples(scope: Scope, source: _Source, name: str) -> None:
    match = _SAMPLES.fullmatch(name)
    if match is None:
        raise FaultError(name)
    scope.insert(RUN_SAMPLES, {"run": int(match[1]), "parquet": source.blob(name)})


def _demand_whole(scope: Scope) -> None:
    """Every run has its samples and the file it came from, every verdict its pieces; the athlete stands once."""

    def count(table: Any, *conditions: Any) -> int:
        rows = select(func.count()).select_from(table).where(mine(table), *conditions)
        return int(scope.execute(rows).scalar_one())

    runs = count(RUN)
    _demand(runs == count(RUN_SAMPLES), "samples")
    _demand(runs == count(RUN_ORIGIN, RUN_ORIGIN.c.place == 0), entry_of(RUN_ORIGIN))
    _demand(count(ATHLETE) <= 1, entry_of(ATHLETE))
    _demand(_pieces.is_whole(scope), entry_of(PIECE))


def _rows(source: _Source, table: Any) -> Iterator[dict[str, object]]:
    name = entry_of(table)
    columns = {column.name: column for column in columns_of(table) if is_in(source.version, table, column)}
    later = {column.name: None for column in columns_of(table) if column.name not in columns}
    for line in source.lines(name):
        values = json.loads(line)
        _demand(isinstance(values, dict) and values.keys() == columns.keys(), name)
        row = later | {key: _value(columns[key], value) for key, value in values.items()}
        _demand_sense(table, row)
        yield row


def _demand_sense(table: Any, row: Mapping[str, object]) -> None:
    """What no column type can demand, and what would fail only when the row is read one day."""
    if table is EVENT:
        _demand(row["kind"] in get_args(Kind), entry_of(table))
    if table is RUN:
        _runs.summary(row, ())
    if table is PIECE:
        _demand(_pieces.rows_in(str(row["sha256"]), str(row["body"])) is not None, entry_of(table))
    if table is VERDICT:
        _demand(_pieces.fits(row["trace"], row["pieces"]), entry_of(table))


def _value(column: Column[Any], value: Any) -> object:
    if value is None:
        _demand(bool(column.nullable), column.name)
        return None
    return next(read for kind, read in _READERS if isinstance(column.type, kind))(column, value)


def _instant(column: Column[Any], value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    _demand(moment.tzinfo is not None, column.name)
    return moment


def _json(column: Column[Any], value: Any) -> object:
    _demand(isinstance(value, list if column.name in _LISTS else dict), column.name)
    return value


def _integer(column: Column[Any], value: Any) -> int:
    _demand(type(value) is int and value.bit_length() <= _INT_BITS, column.name)
    return int(value)


def _double(column: Column[Any], value: Any) -> float:
    _demand(type(value) in {int, float} and isfinite(value), column.name)
    return float(value)


def _words(column: Column[Any], value: Any) -> str:
    _demand(isinstance(value, str), column.name)
    return str(value)


def _boolean(column: Column[Any], value: Any) -> bool:
    _demand(isinstance(value, bool), column.name)
    return bool(value)


_READERS: tuple[tuple[type, Callable[[Column[Any], Any], object]], ...] = (
    (Instant, _instant),
    (Date, lambda _, value: date.fromisoformat(value)),
    (JSON, _json),
    (Boolean, _boolean),
    (Integer, _integer),
    (Double, _double),
    (Words, _words),
)
