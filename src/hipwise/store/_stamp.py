"""A stamp of all that can be seen of one athlete: one quick query that tells whether a journal has changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from hipwise.store._scope import Scope, mine
from hipwise.store._tables import ATHLETE, EVENT, RUN, RUN_REPLACEMENT, VERDICT

LEAVES_RUNS_ALONE = ("answer", "checkin", "plan", "done", "open_episode", "close_episode", "reopen_episode")
"""Events of any other kind may change what runs are to be seen."""

NOBODY: tuple[object, ...] = (None, None, None, {})
"""The row of an athlete of whom nothing was told."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """WHOLE changes with anything that can be seen, RUNS only with the runs. Both are short texts."""

    whole: str
    runs: str

    def beside(self, more: object) -> Stamp:
        """Return a stamp that changes with something MORE than what is kept: with its words."""
        return Stamp(_short(self.whole, more), _short(self.runs, more))


def stamp(scope: Scope) -> Stamp:
    """Return the stamp of now."""
    runs = tuple(scope.execute(_RUNS).one())
    events = tuple(scope.execute(_EVENTS).one())
    athlete = scope.execute(_ATHLETE).first()
    return Stamp(_short(runs, events, NOBODY if athlete is None else tuple(athlete)), _short(runs))


def _short(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _part(*columns: object) -> Select[tuple[object, ...]]:
    return select(*columns)  # type: ignore[call-overload, no-any-return]


_RUNS = _part(
    select(func.max(RUN.c.number)).where(mine(RUN)).scalar_subquery(),
    select(func.count()).select_from(RUN_REPLACEMENT).where(mine(RUN_REPLACEMENT)).scalar_subquery(),
    select(func.count(EVENT.c.undone_at)).where(mine(EVENT)).scalar_subquery(),
    select(func.min(EVENT.c.at)).where(mine(EVENT)).scalar_subquery(),
    select(func.max(EVENT.c.number)).where(mine(EVENT), EVENT.c.kind.not_in(LEAVES_RUNS_ALONE)).scalar_subquery(),
)
_EVENTS = _part(
    select(func.max(EVENT.c.number)).where(mine(EVENT)).scalar_subquery(),
    select(func.max(EVENT.c.at)).where(mine(EVENT)).scalar_subquery(),
    select(func.max(EVENT.c.undone_at)).where(mine(EVENT)).scalar_subquery(),
    select(func.max(VERDICT.c.number)).where(mine(VERDICT), VERDICT.c.kind == "referral").scalar_subquery(),
)
_ATHLETE = select(ATHLETE.c.born, ATHLETE.c.sex, ATHLETE.c.country, ATHLETE.c.settings).where(mine(ATHLETE))
