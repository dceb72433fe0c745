"""What verdicts were made from, each part of it kept once.

A verdict is made from all findings and all days with a run until its day, and its trace holds them: nearly all that the
trace of the day before held. So they are cut out of a trace into pieces. Each is kept once, by the SHA-256 of its text,
and the verdict names its pieces in their order. The further back, the longer they are: the years before the last day's,
the months of its year, tens of days of its month. Of many years there are some twenty, and a new day changes the last.

Traces that an older version kept are whole and name none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from typing import Any, TypeAlias

from sqlalchemy import bindparam, func, select

from hipwise.store._scope import Scope, mine
from hipwise.store._tables import PIECE, VERDICT

Names: TypeAlias = list[list[str] | None]
"""The pieces of each list of days in a trace, in the order of `_apart`; None: that one was left in it."""

Place: TypeAlias = tuple[dict[str, Any], str]
"""What holds a list of days, and by which key."""

MOST_TRACE_BYTES = 16 * 2**20
"""What the pieces of one trace may come to: far above a lifetime of check-ins."""

_YEAR, _MONTH, _TENS = 4, 7, 9
"""Letters of a day in ISO 8601 that its year, its month, its ten days of the month have in common."""

_DAY = 2
"""The place of the day in the row of a finding."""

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Cut:
    """A trace as it is WRITTEN, without what was cut out of it; the NAMES of the pieces, and their TEXTS by name."""

    written: str
    names: Names | None
    texts: Mapping[str, str]


def cut(trace: Mapping[str, Any]) -> Cut:
    """Return TRACE, JSON data without NaN, with its lists of days cut out; `read` and `joined` bring them back."""
    rest, places = _apart(trace)
    found = [[(name_of(text), text) for text in _texts(holder.get(key))] for holder, key in places]
    if not any(found):
        return Cut(json.dumps(trace), None, {})
    names: Names = [[name for name, _ in each] or None for each in found]
    _fill(places, names, lambda _: None)
    return Cut(json.dumps(rest), names, {name: text for each in found for name, text in each})


def name_of(text: str) -> str:
    """Return the name of a piece."""
    return hashlib.sha256(text.encode()).hexdigest()


def _apart(trace: Mapping[str, Any]) -> tuple[dict[str, Any], list[Place]]:
    """Return a copy of TRACE with the places in it, to be filled, where lists of days are; none where no such trace is.

    They are what was given, and what was given of each other pain beside it: findings, and days with a run.
    """
    rest, given = dict(trace), trace.get("given")
    if not isinstance(given, dict):
        return rest, []
    rest["given"] = given = given.copy()
    others = given.get("beside")
    if isinstance(others, list | tuple) and all(isinstance(each, dict) for each in others):
        given["beside"] = others = [each.copy() for each in others]
    else:
        others = []
    places: list[Place] = []
    for part in (given, *others):
        places.append((part, "evidence"))
        if isinstance(part.get("running"), dict):
            part["running"] = part["running"].copy()
            places.append((part["running"], "run_days"))
    return rest, places


def _fill(places: Iterable[Place], names: Names, rows_of: Callable[[list[str]], Any]) -> None:
    """Put other rows at each of PLACES that has names of pieces."""
    for (holder, key), some in zip(places, names, strict=True):
        if some is not None:
            holder[key] = rows_of(some)


def _texts(rows: object) -> Iterator[str]:
    """Yield the pieces of ROWS, in their order whatever it is."""
    if not isinstance(rows, list) or not rows:
        return
    stretch = cache(partial(_stretch, _day(rows[-1])))  # a day tells a dozen findings
    for _, some in groupby(rows, lambda row: stretch(_day(row))):
        yield json.dumps(list(some), separators=(",", ":"))


def _day(row: Any) -> str:
    """Return the day of a finding, or of a run."""
    day = row[_DAY] if isinstance(row, list) and len(row) > _DAY else row
    return day if isinstance(day, str) else ""


def _stretch(last: str, day: str) -> str:
    """Return what DAY has in common with all days of its piece, in a list whose LAST day is that."""
    return day[: _YEAR if day[:_YEAR] != last[:_YEAR] else _MONTH if day[:_MONTH] != last[:_MONTH] else _TENS]


def keep(scope: Scope, texts: Mapping[str, str]) -> None:
    """Keep the pieces of TEXTS that are not there yet."""
    there = {*scope.execute(_THERE, names=list(texts)).scalars()} if texts else set()
    scope.insert(PIECE, *({"sha256": name, "body": text} for name, text in texts.items() if name not in there))


def read(scope: Scope, wanted: Iterable[Names | None]) -> dict[str, list[Any]]:
    """Return the rows of the pieces that are WANTED, by name, without those that are lost or forged."""
    names = [*dict.fromkeys(_named(wanted))]
    some = (names[place : place + _AT_ONCE] for place in range(0, len(names), _AT_ONCE))
    texts = (row for each in some for row in scope.execute(_TEXTS, names=each))
    found = ((row.sha256, rows_in(row.sha256, row.body)) for row in texts)
    return {name: rows for name, rows in found if rows is not None}


def _named(wanted: Iterable[Names | None]) -> Iterator[str]:
    return (name for names in wanted for some in names or () for name in some or ())


def rows_in(name: str, text: str) -> list[Any] | None:
    """Return the rows of the piece TEXT; None where it is not what NAME says, or holds no rows."""
    if name_of(text) != name:
        return None
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return rows if isinstance(rows, list) else None


def joined(trace: dict[str, Any], names: Names | None, pieces: Mapping[str, list[Any]]) -> dict[str, Any]:
    """Return TRACE as it was before it was cut; nothing (None) stands where one of the PIECES of a list is lost."""
    if names is None:
        return trace
    whole, places = _apart(trace)
    _fill(places, names, partial(_rows, pieces))
    return whole


def _rows(pieces: Mapping[str, list[Any]], names: Collection[str]) -> list[Any] | None:
    """Return the rows of all NAMES or, since some of them would be another past, none."""
    return [row for name in names for row in pieces[name]] if pieces.keys() >= {*names} else None


def fits(trace: Any, names: Any) -> bool:
    """Return whether NAMES from elsewhere can be those of what was cut out of TRACE."""
    _, places = _apart(trace)
    return names is None or (len(names) == len(places) > 0 and all(map(_fits, places, names)))


def _fits(place: Place, names: object) -> bool:
    holder, key = place
    listed = isinstance(names, list) and names != [] and all(isinstance(each, str) for each in names)
    return names is None or (listed and key in holder and holder[key] is None)


def is_whole(scope: Scope) -> bool:
    """Return whether the verdicts name each piece that is kept and no other, and none names more than there can be."""
    sizes = {row.sha256: row.size for row in scope.execute(_SIZES)}
    named: set[str] = set()
    for names in scope.execute(_NAMES).scalars():
        some = [*_named([names])]
        named.update(some)
        if sum(sizes.get(name, 0) for name in some) > MOST_TRACE_BYTES:
            return False
    return named == sizes.keys()


_THERE = select(PIECE.c.sha256).where(mine(PIECE), PIECE.c.sha256.in_(bindparam("names", expanding=True)))
_TEXTS = _THERE.add_columns(PIECE.c.body)
_SIZES = select(PIECE.c.sha256, func.length(PIECE.c.body).label("size")).where(mine(PIECE))
_NAMES = select(VERDICT.c.pieces).where(mine(VERDICT), VERDICT.c.pieces.is_not(None))
