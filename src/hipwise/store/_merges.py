"""What a merged run was made of: split again, or made anew where a part of it was taken back."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Any

from sqlalchemy import bindparam, select

from hipwise.activity import Run, merge
from hipwise.errors import JournalError
from hipwise.store import _blobs, _runs
from hipwise.store._scope import Scope, mine
from hipwise.store._tables import EVENT, RUN, RUN_REPLACEMENT, RUN_STEM

_OLDER = (
    select(RUN_REPLACEMENT.c.older)
    .where(mine(RUN_REPLACEMENT), RUN_REPLACEMENT.c.newer == bindparam("run"))
    .order_by(RUN_REPLACEMENT.c.older)
)
_EVENT_OF = select(RUN.c.event).where(mine(RUN), RUN.c.number == bindparam("run"))
_FALLEN = (
    select(RUN.c.number)
    .join(RUN_STEM, (RUN_STEM.c.athlete_id == RUN.c.athlete_id) & (RUN_STEM.c.run == RUN.c.number))
    .join(EVENT, (EVENT.c.athlete_id == RUN_STEM.c.athlete_id) & (EVENT.c.number == RUN_STEM.c.event))
    .where(mine(RUN), EVENT.c.undone_at.is_not(None))
    .distinct()
    .order_by(RUN.c.number.desc())
)


def leaves(scope: Scope, number: int) -> tuple[int, ...]:
    """Return the numbers of the runs as they came, of which run NUMBER was made in one or more steps."""
    olds = () if _is_split(scope, number) else tuple(scope.execute(_OLDER, run=number).scalars())
    found = (leaf for old in olds for leaf in leaves(scope, old)) if olds else (number,)
    return tuple(dict.fromkeys(found))


def parts(scope: Scope, run_id: str) -> tuple[int, ...]:
    """Return what a run that is seen was made of.

    Raises:
        JournalError: no such run, or it was not merged.
    """
    row = _runs.seen(scope, run_id)
    found = leaves(scope, row.number)
    if len(found) < 2:  # noqa: PLR2004 (one and one)
        raise JournalError("run_not_merged", run=run_id)
    return found


def _is_split(scope: Scope, number: int) -> bool:
    """Return whether run NUMBER was split off another one: then it stands for itself."""
    return scope.execute(_SPLIT_OFF, run=number).first() is not None


_SPLIT_OFF = (
    select(RUN.c.number)
    .join(EVENT, (EVENT.c.athlete_id == RUN.c.athlete_id) & (EVENT.c.number == RUN.c.event))
    .where(mine(RUN), RUN.c.number == bindparam("run"), EVENT.c.kind == "split")
)


def split(scope: Scope, event: int, run_id: str, numbers: Iterable[int]) -> tuple[str, ...]:
    """Put the runs NUMBERS in place of the run that was made of them; return their ids."""
    merged = int(_runs.seen(scope, run_id).number)
    return tuple(_again(scope, event, merged, number) for number in numbers)


def _again(scope: Scope, event: int, merged: int, number: int) -> str:
    run = _runs.numbered(scope, number)
    packed = _runs.Packed(run, _blobs.pack(run.samples))
    return _runs.write(scope, event, packed, (merged, number), stems=_runs.stems_of(scope, number))


def heal(scope: Scope) -> None:
    """Make one again of runs that were one with another which is gone now: each stands alone, and would count twice."""
    for number in scope.execute(_FALLEN).scalars().all():
        standing = [each for each in leaves(scope, number) if _is_seen(scope, each)]
        if len(standing) > 1:
            _join(scope, standing)


def _is_seen(scope: Scope, number: int) -> bool:
    return scope.execute(_runs.SEEN_NUMBER, run=number).first() is not None


def _join(scope: Scope, numbers: list[int]) -> None:
    runs: list[Run] = [_runs.numbered(scope, number) for number in numbers]
    events: list[Any] = [scope.execute(_EVENT_OF, run=number).scalar_one() for number in numbers]
    joined = reduce(merge, runs)
    _runs.write(scope, max(events), _runs.Packed(joined, _blobs.pack(joined.samples)), numbers)
