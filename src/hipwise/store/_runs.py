"""Runs in, runs out. A merged run hides the ones it was made of, for as long as its event stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from math import isfinite
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, select

from hipwise.activity import Note, Origin, Run, RunSummary
from hipwise.errors import JournalError
from hipwise.store import _blobs
from hipwise.store._scope import Scope
from hipwise.store._tables import EVENT, RUN, RUN_ORIGIN, RUN_REPLACEMENT, RUN_SAMPLES

_ELSEWHERE = {"id", "origins", "notes", "column_sources"}
_PLAIN = tuple(each.name for each in fields(RunSummary) if each.name not in _ELSEWHERE)
_ORIGIN = tuple(each.name for each in fields(Origin))


@dataclass(frozen=True, slots=True)
class Packed:
    """A run ready to be written, so that the packing holds up nobody: its samples as Parquet, the ids it replaces."""

    run: Run
    parquet: bytes
    instead_of: tuple[str, ...] = ()


def pack(new: Iterable[Run], merged: Mapping[str, Run]) -> tuple[Packed, ...]:
    """Return the runs of one file packed. MERGED says which old run becomes which; one run may stand for several."""
    olds: dict[str, tuple[Run, list[str]]] = {}
    for old, run in merged.items():
        olds.setdefault(run.id, (run, []))[1].append(old)
    fresh = (Packed(run, _blobs.pack(run.samples)) for run in new)
    return (*fresh, *(Packed(run, _blobs.pack(run.samples), tuple(names)) for run, names in olds.values()))


def unknown(scope: Scope, packed: Iterable[Packed]) -> tuple[Packed, ...]:
    """Return those of PACKED that the journal lacks, each once; one that replaces another is always new."""
    once = {each.run.id: each for each in packed}.values()
    return tuple(each for each in once if each.instead_of or not _has(scope, each.run.id))


def add(scope: Scope, event: int, packed: Iterable[Packed]) -> tuple[str, ...]:
    """Write the runs as brought by EVENT; return their ids.

    Raises:
        JournalError: a run to be replaced is not there, or came with a newer event than EVENT.
    """
    return tuple(_add(scope, event, each) for each in packed)


def _add(scope: Scope, event: int, packed: Packed) -> str:
    olds = [_older(scope, event, name) for name in packed.instead_of]
    if packed.run.id not in packed.instead_of and summaries(scope, RUN.c.run_id == packed.run.id):
        raise ValueError("a merged run takes the id of one that it replaces, or a new one")
    number = scope.next_number(RUN)
    origins = packed.run.origins
    scope.insert(RUN, {**_row(packed.run), "number": number, "event": event})
    scope.insert(RUN_ORIGIN, *({**asdict(each), "run": number, "place": n} for n, each in enumerate(origins)))
    scope.insert(RUN_SAMPLES, {"run": number, "parquet": packed.parquet})
    scope.insert(RUN_REPLACEMENT, *({"older": old, "newer": number, "event": event} for old in olds))
    return packed.run.id


def _older(scope: Scope, event: int, run_id: str) -> int:
    """Return the number of the run to be replaced. Were it newer than EVENT, undoing it would leave its traces."""
    row = scope.connection.execute(_seen(scope, RUN.c.run_id == run_id)).first()
    if row is None:
        raise JournalError("no_such_run", run=run_id)
    if row.event > event:
        raise JournalError("import_overtaken")
    return int(row.number)


def summaries(scope: Scope, *conditions: ColumnElement[bool]) -> tuple[RunSummary, ...]:
    """Return the runs to be seen, in order of their start."""
    rows = scope.connection.execute(_seen(scope, *conditions).order_by(RUN.c.started_at, RUN.c.number)).all()
    origins = _origins(scope, [row.number for row in rows] if conditions else None) if rows else {}
    return tuple(summary(row._asdict(), origins[row.number]) for row in rows)


def near(scope: Scope, started_at: datetime, within: timedelta) -> tuple[RunSummary, ...]:
    """Return the runs that began at STARTED_AT or at most WITHIN before or after it."""
    return summaries(scope, RUN.c.started_at.between(started_at - within, started_at + within))


def whole(scope: Scope, run_id: str) -> Run:
    """Return the run with its samples.

    Raises:
        JournalError: no such run.
    """
    found = summaries(scope, RUN.c.run_id == run_id)
    if not found:
        raise JournalError("no_such_run", run=run_id)
    plain = {each.name: getattr(found[0], each.name) for each in fields(RunSummary)}
    return Run(**plain, samples=_blobs.unpack(_parquet(scope, run_id)))


def _parquet(scope: Scope, run_id: str) -> bytes:
    run = _seen(scope, RUN.c.run_id == run_id).with_only_columns(RUN.c.number).scalar_subquery()
    blob = select(RUN_SAMPLES.c.parquet).where(scope.mine(RUN_SAMPLES), RUN_SAMPLES.c.run == run)
    return scope.connection.execute(blob).scalar_one()


def knows(scope: Scope, sha256: str) -> bool:
    """Return whether a file of that content is in the journal (an undone import is not)."""
    origin = RUN_ORIGIN.join(RUN).join(EVENT, _brought())
    found = select(RUN.c.number).select_from(origin).where(scope.mine(RUN), EVENT.c.undone_at.is_(None))
    return scope.connection.execute(found.where(RUN_ORIGIN.c.sha256 == sha256).limit(1)).first() is not None


def _has(scope: Scope, run_id: str) -> bool:
    stands = select(RUN.c.number).join(EVENT, _brought()).where(scope.mine(RUN), EVENT.c.undone_at.is_(None))
    return scope.connection.execute(stands.where(RUN.c.run_id == run_id).limit(1)).first() is not None


def _brought() -> ColumnElement[bool]:
    return and_(EVENT.c.athlete_id == RUN.c.athlete_id, EVENT.c.number == RUN.c.event)


def _seen(scope: Scope, *conditions: ColumnElement[bool]) -> Select[Any]:
    """Runs whose event stands and that no standing event has replaced."""
    later = EVENT.alias("later")
    replaced = exists().where(
        RUN_REPLACEMENT.c.athlete_id == RUN.c.athlete_id,
        RUN_REPLACEMENT.c.older == RUN.c.number,
        later.c.athlete_id == RUN_REPLACEMENT.c.athlete_id,
        later.c.number == RUN_REPLACEMENT.c.event,
        later.c.undone_at.is_(None),
    )
    return (
        select(RUN).join(EVENT, _brought()).where(scope.mine(RUN), EVENT.c.undone_at.is_(None), ~replaced, *conditions)
    )


def _origins(scope: Scope, runs: Collection[int] | None) -> Mapping[int, list[Origin]]:
    rows = select(RUN_ORIGIN).where(scope.mine(RUN_ORIGIN)).order_by(RUN_ORIGIN.c.run, RUN_ORIGIN.c.place)
    if runs is not None:
        rows = rows.where(RUN_ORIGIN.c.run.in_(runs))
    found = defaultdict(list)
    for row in scope.connection.execute(rows):
        found[row.run].append(Origin(*(getattr(row, name) for name in _ORIGIN)))
    return found


def _row(run: RunSummary) -> dict[str, object]:
    if not run.origins:
        raise ValueError("a run comes from somewhere: it needs an origin")
    plain = {name: _known(getattr(run, name)) for name in _PLAIN}
    notes = [[note.text, note.values] for note in run.notes]
    return plain | {"run_id": run.id, "notes": notes, "column_sources": run.column_sources}


def _known(value: object) -> object:
    """A number that is no number is not known; SQLite would think so too, but others would not."""
    return None if isinstance(value, float) and not isfinite(value) else value


def summary(row: Mapping[str, Any], origins: Iterable[Origin]) -> RunSummary:
    """Return the totals that ROW of the table holds."""
    return RunSummary(
        id=row["run_id"],
        origins=tuple(origins),
        notes=tuple(Note(_text(text), _pairs(values)) for text, values in row["notes"]),
        column_sources=_pairs(row["column_sources"]),
        **{name: row[name] for name in _PLAIN},
    )


def _pairs(values: Iterable[tuple[object, object]]) -> tuple[tuple[str, str], ...]:
    return tuple((_text(name), _text(value)) for name, value in values)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
