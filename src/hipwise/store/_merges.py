"""What a merged run was made of: split again, or made anew where a part of it was taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, select

from hipwise.activity import Run, RunSummary, Shelf
from hipwise.errors import JournalError
from hipwise.store import _blobs, _runs
from hipwise.store._scope import Scope, mine
from hipwise.store._tables import EVENT, RUN, RUN_REPLACEMENT, RUN_STEM

_EDGES = (
    select(RUN_REPLACEMENT.c.newer, RUN_REPLACEMENT.c.older)
    .where(mine(RUN_REPLACEMENT))
    .order_by(RUN_REPLACEMENT.c.newer, RUN_REPLACEMENT.c.older)
)
_SPLIT_OFF = (
    select(RUN.c.number)
    .join(EVENT, (EVENT.c.athlete_id == RUN.c.athlete_id) & (EVENT.c.number == RUN.c.event))
    .where(mine(RUN), EVENT.c.kind == "split")
)
_BENEATH = select(RUN).where(mine(RUN), RUN.c.number.in_(select(RUN_REPLACEMENT.c.older).where(mine(RUN_REPLACEMENT))))
_BROUGHT = select(RUN.c.number).where(mine(RUN), RUN.c.event == bindparam("event"))
_MADE_WITH = select(RUN_STEM.c.run).where(mine(RUN_STEM), RUN_STEM.c.event == bindparam("event"))
_EVENT_OF = select(RUN.c.event).where(mine(RUN), RUN.c.number == bindparam("run"))


@dataclass(frozen=True, slots=True)
class Kin:
    """Which runs each run was made of. A run that was SPLIT off stands for itself."""

    olds: dict[int, list[int]]
    split: frozenset[int]

    @classmethod
    def of(cls, scope: Scope) -> Kin:
        """Read it, once for all runs."""
        olds: defaultdict[int, list[int]] = defaultdict(list)
        for row in scope.execute(_EDGES):
            olds[row.newer].append(row.older)
        return cls(dict(olds), frozenset(scope.execute(_SPLIT_OFF).scalars()))

    def leaves(self, number: int) -> tuple[int, ...]:
        """Return the runs as they came, of which run NUMBER was made in one or more steps; itself, if it came so."""
        found: dict[int, None] = {}
        open_ones, passed = [number], set()
        while open_ones:  # no recursion: an export from elsewhere may tell any tale of who came from whom
            run = open_ones.pop()
            olds = () if run in self.split else self.olds.get(run, ())
            open_ones += [] if run in passed else reversed(olds)
            passed.add(run)
            found |= {} if olds else {run: None}
        return tuple(found)


def parts(scope: Scope, run_id: str) -> tuple[int, ...]:
    """Return what a run that is seen was made of.

    Raises:
        JournalError: no such run, or it was not merged.
    """
    found = Kin.of(scope).leaves(int(_runs.seen(scope, run_id).number))
    if len(found) < 2:  # noqa: PLR2004 (one and one)
        raise JournalError("run_not_merged", run=run_id)
    return found


def split(scope: Scope, event: int, run_id: str, numbers: Iterable[int]) -> tuple[str, ...]:
    """Put the runs NUMBERS in place of the run that was made of them; return their ids."""
    merged = int(_runs.seen(scope, run_id).number)
    return tuple(_again(scope, event, merged, number) for number in numbers)


def _again(scope: Scope, event: int, merged: int, number: int) -> str:
    run = _runs.numbered(scope, number)
    packed = _runs.Packed(run, _blobs.pack(run.samples))
    return _runs.write(scope, event, packed, (merged, number), stems=_runs.stems_of(scope, number))


def all_parts(scope: Scope) -> dict[str, tuple[RunSummary, ...]]:
    """Return the runs, as they came, of which each run that is seen was made, by its id."""
    return {name: tuple(part for part, _ in found) for name, found in _beneath(scope, Kin.of(scope)).items()}


def _beneath(scope: Scope, kin: Kin) -> dict[str, list[tuple[RunSummary, str]]]:
    """Return the parts of each run that is seen and was merged, by its id, each with the event that it came with."""
    if not kin.olds:
        return {}
    rows = scope.execute(_BENEATH).all()
    parts = {
        row.number: (part, str(row.event)) for row, part in zip(rows, _runs.with_all_origins(scope, rows), strict=True)
    }
    merged = ((row.run_id, row.number) for row in scope.execute(_runs.SEEN) if row.number in kin.olds)
    return {name: [parts[leaf] for leaf in kin.leaves(number) if leaf in parts] for name, number in merged}


def heal(scope: Scope, event: int) -> None:
    """Place anew what is seen again now that EVENT is undone, as if that had never come: it could count twice.

    What was split off stands for itself, as before.
    """
    fallen = {*scope.execute(_BROUGHT, event=event).scalars(), *scope.execute(_MADE_WITH, event=event).scalars()}
    kin = Kin.of(scope)
    seen = {row.number: row for row in scope.execute(_runs.SEEN)}
    again = {leaf for number in fallen & kin.olds.keys() for leaf in kin.leaves(number) if leaf in seen} - kin.split
    if again:
        _place(scope, [(number, str(seen.pop(number).event)) for number in sorted(again)], seen.values(), kin)


def _place(scope: Scope, again: Collection[tuple[int, str]], others: Collection[Row[Any]], kin: Kin) -> None:
    """Place runs, each with the event that it came with, beside OTHERS; lines that came together are never one run.

    Nor is a line one with others that stood beside it before: its table may have told of them too, as known ones.
    """
    numbers, beneath = {row.run_id: int(row.number) for row in others}, _beneath(scope, kin)
    parts = {name: [part for part, _ in found] for name, found in beneath.items()}
    stand = _runs.with_all_origins(scope, others)
    shelf = Shelf(stand, lambda name: _runs.whole(scope, name), parts)
    for _, came_with in again:
        shelf.take(came_with, [run.id for run in stand if run.is_hourless])
    for name, found in beneath.items():
        for _, came_with in found:
            shelf.take(came_with, [name])
    for number, came_with in again:
        run = _runs.numbered(scope, number)
        placed = shelf.place([run], came_with)
        shelf.take(came_with, placed.ids)
        shelf.keep(placed)
        numbers |= {new.id: number for new in placed.new}
        for joined in {each.id: each for each in placed.merged.values()}.values():
            olds = [numbers[name] for name, each in placed.merged.items() if each.id == joined.id]
            numbers[joined.id] = _join(scope, joined, (*olds, number))


def _join(scope: Scope, joined: Run, numbers: Sequence[int]) -> int:
    """Write what two runs that are seen become; return its number."""
    newest = max(int(scope.execute(_EVENT_OF, run=number).scalar_one()) for number in numbers)
    name = _runs.write(scope, newest, _runs.Packed(joined, _blobs.pack(joined.samples)), numbers)
    return int(_runs.seen(scope, name).number)
