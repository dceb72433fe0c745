"""One connection seen through one athlete: nothing is read or written outside of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, func, insert, select

from hipwise.store._tables import ATHLETE, Numbered, Scoped

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Scope:
    """What each query and each row goes through, so that it speaks of ATHLETE_ID alone."""

    connection: Connection
    athlete_id: str

    def mine(self, table: Table[Scoped]) -> ColumnElement[bool]:
        """Return the condition that a row of TABLE is this athlete's."""
        return table.c.athlete_id == self.athlete_id

    def insert(self, table: Table[Scoped], *rows: Values) -> None:
        """Add ROWS to TABLE as this athlete's."""
        if rows:
            self.connection.execute(insert(table), [{**row, "athlete_id": self.athlete_id} for row in rows])

    def next_number(self, table: Table[Numbered]) -> int:
        """Return the number of the next row; the lock keeps it ours until the end of the transaction."""
        number = select(func.coalesce(func.max(table.c.number), 0) + 1).where(self.mine(table))
        return self.connection.execute(number).scalar_one()

    def lock(self) -> None:
        """Let no one else write for this athlete before this transaction ends; make the athlete's row if need be."""
        own = select(ATHLETE.c.athlete_id).where(self.mine(ATHLETE)).with_for_update()
        if self.connection.execute(own).first() is None:
            self.insert(ATHLETE, {"settings": {}})
