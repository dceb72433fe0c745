"""What a merged run was made of: split again, or made anew where a part of it was taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from sqlalchemy import bindparam, select

from hipwise.activity import merge
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


def heal(scope: Scope, event: int) -> None:
    """Make one again of runs that were one with what EVENT brought, now that it is undone: they would count twice."""
    fallen = {*scope.execute(_BROUGHT, event=event).scalars(), *scope.execute(_MADE_WITH, event=event).scalars()}
    kin = Kin.of(scope)
    seen = {row.number for row in scope.execute(_runs.SEEN)}
    for number in sorted(fallen & kin.olds.keys(), reverse=True):
        standing = [leaf for leaf in kin.leaves(number) if leaf in seen]
        if len(standing) > 1:
            _join(scope, standing)
            seen -= {*standing}


def _join(scope: Scope, numbers: list[int]) -> None:
    joined = reduce(merge, (_runs.numbered(scope, number) for number in numbers))
    newest = max(int(scope.execute(_EVENT_OF, run=number).scalar_one()) for number in numbers)
    _runs.write(scope, newest, _runs.Packed(joined, _blobs.pack(joined.samples)), numbers)
