"""Runs in, runs out. A merged run hides the ones it was made of, for as long as its event stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from math import isfinite
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, exists, select, union

from hipwise.activity import Lap, Note, Origin, Run, RunSummary
from hipwise.errors import JournalError
from hipwise.store import _blobs
from hipwise.store._scope import Scope, mine
from hipwise.store._tables import EVENT, RUN, RUN_ORIGIN, RUN_REPLACEMENT, RUN_SAMPLES, RUN_STEM

_ELSEWHERE = {"id", "origins", "notes", "column_sources", "laps"}
_PLAIN = tuple(each.name for each in fields(RunSummary) if each.name not in _ELSEWHERE)
_ORIGIN = tuple(each.name for each in fields(Origin))


@dataclass(frozen=True, slots=True)
class Packed:
    """A run ready to be written, so that the packing holds up nobody: its samples as Parquet, the ids it replaces."""

    run: Run
    parquet: bytes
    instead_of: tuple[str, ...] = ()


def pack(new: Iterable[Run], merged: Mapping[str, Run]) -> tuple[Packed, ...]:
    """Return the runs of one file packed. MERGED says which old run becomes which; one run may stand for several.

    A run that is NEW and also in MERGED is kept as it came, beneath what it became part of.
    """
    olds: dict[str, tuple[Run, list[str]]] = {}
    for old, run in merged.items():
        olds.setdefault(run.id, (run, []))[1].append(old)
    blobs: dict[int, bytes] = {}  # a merge mostly has the very samples of one of the two

    def packed(run: Run, names: Iterable[str] = ()) -> Packed:
        if id(run.samples) not in blobs:
            blobs[id(run.samples)] = _blobs.pack(run.samples)
        return Packed(run, blobs[id(run.samples)], tuple(names))

    return (*map(packed, new), *(packed(run, names) for run, names in olds.values()))


def unknown(scope: Scope, packed: Iterable[Packed]) -> tuple[Packed, ...]:
    """Return those of PACKED that the journal lacks, each once; one that replaces another is always new."""
    once = {each.run.id: each for each in packed}
    there = _there(scope, [name for name, each in once.items() if not each.instead_of])
    return tuple(each for name, each in once.items() if name not in there)


def add(scope: Scope, event: int, packed: Iterable[Packed]) -> tuple[str, ...]:
    """Write the runs as brought by EVENT; return their ids.

    Raises:
        JournalError: a run to be replaced is not there, or came with a newer event than EVENT.
    """
    given = tuple(packed)
    if any(each.instead_of for each in given):
        return tuple(_add(scope, event, each) for each in given)
    _append(scope, event, given)
    return tuple(each.run.id for each in given)


def _add(scope: Scope, event: int, packed: Packed) -> str:
    olds = [_older(scope, event, name) for name in packed.instead_of]
    if packed.run.id not in packed.instead_of and scope.execute(_ONE, run_id=packed.run.id).first():
        raise ValueError("a merged run takes the id of one that it replaces, or a new one")
    return write(scope, event, packed, olds)


def write(scope: Scope, event: int, packed: Packed, olds: Collection[int], stems: Collection[int] | None = None) -> str:
    """Write a run as brought by EVENT in place of runs OLDS; return its id.

    STEMS are the events that it needs besides (by default those of OLDS).
    """
    number = _append(scope, event, [packed])
    scope.insert(RUN_REPLACEMENT, *({"older": old, "newer": number, "event": event} for old in olds))
    needed = {stem for old in olds for stem in stems_of(scope, old)} if stems is None else {*stems}
    scope.insert(RUN_STEM, *({"run": number, "event": stem} for stem in sorted(needed - {event})))
    return packed.run.id


def _append(scope: Scope, event: int, packed: Sequence[Packed]) -> int:
    """Write runs that replace none, table by table; return the number of the first."""
    first = scope.next_number(RUN)
    runs = [(number, each.run) for number, each in enumerate(packed, first)]
    scope.insert(RUN, *({**_row(run), "number": number, "event": event} for number, run in runs))
    scope.insert(RUN_ORIGIN, *(row for number, run in runs for row in _origins(number, run)))
    scope.insert(RUN_SAMPLES, *({"run": n, "parquet": each.parquet} for n, each in enumerate(packed, first)))
    return first


def _origins(number: int, run: RunSummary) -> Iterator[dict[str, object]]:
    for place, origin in enumerate(run.origins):
        yield {name: getattr(origin, name) for name in _ORIGIN} | {"run": number, "place": place}


def stems_of(scope: Scope, number: int) -> tuple[int, ...]:
    """Return the events without which run NUMBER would not be as it is."""
    return tuple(scope.execute(_STEMS, run=number).scalars())


def _older(scope: Scope, event: int, run_id: str) -> int:
    """Return the number of the run to be replaced. Were it newer than EVENT, undoing it would leave its traces."""
    row = seen(scope, run_id)
    if row.event > event:
        raise JournalError("import_overtaken")
    return int(row.number)


def summaries(scope: Scope) -> tuple[RunSummary, ...]:
    """Return the runs to be seen, in order of their start."""
    return with_all_origins(scope, scope.execute(SEEN).all())


def with_all_origins(scope: Scope, rows: Iterable[Row[Any]]) -> tuple[RunSummary, ...]:
    """Return the totals that many ROWS hold: quicker than to ask for the origins of each."""
    return _summaries(rows, scope.execute(_ORIGINS))


def whole(scope: Scope, run_id: str) -> Run:
    """Return the run with its samples.

    Raises:
        JournalError: no such run.
    """
    return _whole(scope, seen(scope, run_id))


def seen(scope: Scope, run_id: str) -> Row[Any]:
    """Return the row of the run that is seen.

    Raises:
        JournalError: no such run.
    """
    row = scope.execute(_ONE, run_id=run_id).first()
    if row is None:
        raise JournalError("no_such_run", run=run_id)
    return row


def numbered(scope: Scope, number: int) -> Run:
    """Return run NUMBER with its samples, seen or not."""
    return _whole(scope, scope.execute(_NUMBERED, run=number).one())


def _whole(scope: Scope, row: Row[Any]) -> Run:
    totals = _with_origins(scope, [row])[0]
    plain = {each.name: getattr(totals, each.name) for each in fields(RunSummary)}
    return Run(**plain, samples=_blobs.unpack(scope.execute(_PARQUET, run=row.number).scalar_one()))


def knows(scope: Scope, sha256: str) -> bool:
    """Return whether a file of that content is in the journal (an undone import is not)."""
    return scope.execute(_KNOWN, sha256=sha256).first() is not None


def _there(scope: Scope, names: Sequence[str]) -> frozenset[str]:
    """Return which of the runs NAMES are in the journal, seen or replaced."""
    return frozenset(scope.execute(_HAD, names=names).scalars()) if names else frozenset()


def _seen() -> Select[Any]:
    """Runs that stand and that no other one which stands has replaced."""
    later = EVENT.alias("later")
    replaced = exists().where(
        RUN_REPLACEMENT.c.athlete_id == RUN.c.athlete_id,
        RUN_REPLACEMENT.c.older == RUN.c.number,
        later.c.athlete_id == RUN_REPLACEMENT.c.athlete_id,
        later.c.number == RUN_REPLACEMENT.c.event,
        later.c.undone_at.is_(None),
        ~_falls(RUN_REPLACEMENT.c.athlete_id, RUN_REPLACEMENT.c.newer),
    )
    return _standing(RUN).where(~replaced).order_by(RUN.c.started_at, RUN.c.number)


def _standing(*what: Any) -> Select[Any]:
    """Runs whose event stands, and all the events that what they are made of came with."""
    brought = and_(EVENT.c.athlete_id == RUN.c.athlete_id, EVENT.c.number == RUN.c.event)
    standing = select(*what).select_from(RUN.join(EVENT, brought)).where(mine(RUN), EVENT.c.undone_at.is_(None))
    return standing.where(~_falls(RUN.c.athlete_id, RUN.c.number))


def _falls(athlete_id: Any, run: Any) -> ColumnElement[bool]:
    """Return whether RUN was made of something that came with an event that is undone."""
    gone = EVENT.alias("gone")
    return exists().where(
        RUN_STEM.c.athlete_id == athlete_id,
        RUN_STEM.c.run == run,
        gone.c.athlete_id == RUN_STEM.c.athlete_id,
        gone.c.number == RUN_STEM.c.event,
        gone.c.undone_at.is_not(None),
    )


SEEN = _seen()

_ONE = SEEN.where(RUN.c.run_id == bindparam("run_id"))
_NUMBERED = select(RUN).where(mine(RUN), RUN.c.number == bindparam("run"))
_HAD = _standing(RUN.c.run_id).where(RUN.c.run_id.in_(bindparam("names", expanding=True)))
_KNOWN = (
    _standing(RUN.c.number)
    .join(RUN_ORIGIN, and_(RUN_ORIGIN.c.athlete_id == RUN.c.athlete_id, RUN_ORIGIN.c.run == RUN.c.number))
    .where(RUN_ORIGIN.c.sha256 == bindparam("sha256"))
    .limit(1)
)
_STEMS = union(
    select(RUN.c.event).where(mine(RUN), RUN.c.number == bindparam("run")),
    select(RUN_STEM.c.event).where(mine(RUN_STEM), RUN_STEM.c.run == bindparam("run")),
)
_PARQUET = select(RUN_SAMPLES.c.parquet).where(mine(RUN_SAMPLES), RUN_SAMPLES.c.run == bindparam("run"))
_ORIGINS = select(RUN_ORIGIN).where(mine(RUN_ORIGIN)).order_by(RUN_ORIGIN.c.run, RUN_ORIGIN.c.place)
_ORIGINS_OF = _ORIGINS.where(RUN_ORIGIN.c.run.in_(bindparam("runs", expanding=True)))


def _with_origins(scope: Scope, rows: Collection[Row[Any]]) -> tuple[RunSummary, ...]:
    if not rows:
        return ()
    return _summaries(rows, scope.execute(_ORIGINS_OF, runs=[row.number for row in rows]))


def _summaries(rows: Iterable[Row[Any]], origins: Iterable[Row[Any]]) -> tuple[RunSummary, ...]:
    files = defaultdict(list)
    for row in origins:
        files[row.run].append(Origin(*(getattr(row, name) for name in _ORIGIN)))
    return tuple(summary(row._asdict(), files[row.number]) for row in rows)


def _row(run: RunSummary) -> dict[str, object]:
    if not run.origins:
        raise ValueError("a run comes from somewhere: it needs an origin")
    plain = {name: _known(getattr(run, name)) for name in _PLAIN}
    notes = [[note.text, note.values] for note in run.notes]
    laps = [[lap.number, lap.end_m] for lap in run.laps]
    return plain | {"run_id": run.id, "notes": notes, "column_sources": run.column_sources, "laps": laps}


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
        laps=tuple(_lap(*pair) for pair in row["laps"] or ()),
        **{name: row[name] for name in _PLAIN},
    )


def _lap(number: object, end_m: object) -> Lap:
    if type(number) is not int or not isinstance(end_m, float) or not isfinite(end_m):
        raise TypeError(number, end_m)
    return Lap(number, end_m)


def _pairs(values: Iterable[tuple[object, object]]) -> tuple[tuple[str, str], ...]:
    return tuple((_text(name), _text(value)) for name, value in values)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
