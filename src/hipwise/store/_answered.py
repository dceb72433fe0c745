"""What writes were answered, so that one sent again (a train in a tunnel) is not done again."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from hipwise.store._lanes import Lane, Lanes
from hipwise.store._records import Answer
from hipwise.store._scope import Scope, mine
from hipwise.store._tables import ANSWERED

KEPT = timedelta(days=30)


class Answered:
    """The answers that the writes of one athlete got."""

    def __init__(self, lanes: Lanes, athlete_id: str) -> None:
        self._lanes = lanes
        self._athlete_id = athlete_id

    def get(self, key: str) -> Answer | None:
        """Return the answer that the write of that KEY got."""
        with self._lanes.on(Lane.READ) as connection:
            scope = Scope(connection, self._athlete_id)
            row = scope.execute(select(ANSWERED).where(mine(ANSWERED), ANSWERED.c.key == key)).first()
        return None if row is None else Answer(row.request, row.status, row.body)

    def keep(self, key: str, answer: Answer, at: datetime) -> None:
        """Keep the ANSWER to a write; those that are a month old go."""
        values = {"key": key, "at": at, "request": answer.request, "status": answer.status, "body": answer.body}
        with self._lanes.on(Lane.BULK) as connection:
            scope = Scope(connection, self._athlete_id)
            scope.execute(delete(ANSWERED).where(mine(ANSWERED), ANSWERED.c.at < at - KEPT))
            scope.execute(delete(ANSWERED).where(mine(ANSWERED), ANSWERED.c.key == key))
            scope.insert(ANSWERED, values)
