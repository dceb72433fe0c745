"""One connection seen through one athlete: nothing is read or written outside of it.

Statements are built once and bound to the athlete when they are executed: building costs more than executing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, CursorResult, Insert, Select, Table, bindparam, func, insert, select
from sqlalchemy.sql.expression import Executable

from hipwise.store._tables import ATHLETE, Numbered

Values = Mapping[str, object]
Found = TypeVar("Found")


def mine(table: Any) -> ColumnElement[bool]:
    """Return the condition that a row of TABLE is the athlete's who asks; `Scope.execute` says who that is."""
    own: ColumnElement[bool] = table.c.athlete_id == bindparam("me")
    return own


@dataclass(frozen=True, slots=True)
class Scope:
    """What each query and each row goes through, so that it speaks of ATHLETE_ID alone.

    FOUND remembers what was read where the transaction only reads: it sees one state, and nothing changes there. One
    that writes has none.
    """

    connection: Connection
    athlete_id: str
    found: dict[object, Any] | None = None

    def once(self, read: Callable[[Scope], Found]) -> Found:
        """Return what READ finds; it is looked for once in a transaction that only reads."""
        if self.found is None:
            return read(self)
        if read not in self.found:
            self.found[read] = read(self)
        there: Found = self.found[read]
        return there

    def execute(self, statement: Executable, **values: object) -> CursorResult[Any]:
        """Execute a STATEMENT whose tables are `mine`, with VALUES for its other parameters."""
        return self.connection.execute(statement, {**values, "me": self.athlete_id})

    def insert(self, table: Any, *rows: Values) -> None:
        """Add ROWS to TABLE as this athlete's."""
        if rows:
            self.connection.execute(_insert(table), [{**row, "athlete_id": self.athlete_id} for row in rows])

    def next_number(self, table: Table[Numbered]) -> int:
        """Return the number of the next row; the lock keeps it ours until the end of the transaction."""
        return int(self.execute(_next_number(table)).scalar_one())

    def lock(self) -> None:
        """Let no one else write for this athlete before this transaction ends; make the athlete's row if need be."""
        if self.execute(_LOCK).first() is None:
            self.insert(ATHLETE, {"settings": {}})


_LOCK = select(ATHLETE.c.athlete_id).where(mine(ATHLETE)).with_for_update()


@cache
def _insert(table: Any) -> Insert:
    return insert(table)


@cache
def _next_number(table: Table[Numbered]) -> Select[Any]:
    return select(func.coalesce(func.max(table.c.number), 0) + 1).where(mine(table))
