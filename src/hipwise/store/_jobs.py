"""Work that takes a while, as rows that outlive the program: claimed under a lease, and claimed again when it runs out.

A row is changed by whoever holds its lease, and by nobody else but for the wish to stop. None of it is health data that
a restored journal would need, so no export holds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select, update

from hipwise.errors import JournalError
from hipwise.store._lanes import Lane, Lanes
from hipwise.store._records import Job
from hipwise.store._scope import Scope, mine
from hipwise.store._tables import JOB

LEASE = timedelta(seconds=15)
"""How long a job is left alone after its last sign of life."""


class Jobs:
    """The jobs of one athlete. AT is the moment of the call, with its zone."""

    def __init__(self, lanes: Lanes, athlete_id: str) -> None:
        self._lanes = lanes
        self._athlete_id = athlete_id

    def add(self, kind: str, wants: Mapping[str, Any], at: datetime) -> Job:
        """Write a job down; WANTS is JSON data that says what to do."""
        with self._lanes.on(Lane.WRITE) as connection:
            scope = Scope(connection, self._athlete_id)
            number = scope.next_number(JOB)
            start = {"done": 0, "attempt": 0, "stop": False, "report": {}}
            row = {"number": number, "kind": kind, "state": "waiting", "wants": dict(wants), "at": at, **start}
            scope.insert(JOB, row)
            return _one(scope, number)

    def all(self, most: int | None = None) -> tuple[Job, ...]:
        """Return the jobs, newest first, at MOST so many."""
        rows = select(JOB).where(mine(JOB)).order_by(JOB.c.number.desc()).limit(most)
        with self._lanes.on(Lane.READ) as connection:
            return tuple(map(_job, Scope(connection, self._athlete_id).execute(rows)))

    def one(self, number: int) -> Job:
        """Return one job.

        Raises:
            JournalError: no such job.
        """
        with self._lanes.on(Lane.READ) as connection:
            return _one(Scope(connection, self._athlete_id), number)

    def claim(self, owner: str, at: datetime) -> Job | None:
        """Take the oldest job that nobody is at work on; OWNER holds it for the time of a lease."""
        free = or_(JOB.c.state == "waiting", and_(JOB.c.state == "running", JOB.c.lease_until < at))
        oldest = select(JOB.c.number).where(mine(JOB), free).order_by(JOB.c.number).limit(1)
        with self._lanes.on(Lane.WRITE) as connection:
            scope = Scope(connection, self._athlete_id)
            number = scope.execute(oldest).scalar()
            if number is None:
                return None
            taken = {"state": "running", "owner": owner, "lease_until": at + LEASE, "attempt": JOB.c.attempt + 1}
            scope.execute(update(JOB).where(mine(JOB), JOB.c.number == number).values(**taken))
            return _one(scope, number)

    def beat(self, job: Job, at: datetime, **values: object) -> bool:
        """Renew the lease of a JOB and note how far it is (VALUES: done, total, report); say whether to go on.

        It is not to go on where somebody wants it to stop, or where another has taken it over.
        """
        with self._lanes.on(Lane.WRITE) as connection:
            scope = Scope(connection, self._athlete_id)
            held = update(JOB).where(_held(job)).values(lease_until=at + LEASE, **values)
            return scope.execute(held).rowcount == 1 and not _one(scope, job.number).stop

    def end(self, job: Job, at: datetime, state: str, **values: object) -> Job:
        """Note how a JOB ended (VALUES: done, report, error), unless another has taken it over."""
        ended = {"state": state, "ended_at": at, **values}
        with self._lanes.on(Lane.WRITE) as connection:
            scope = Scope(connection, self._athlete_id)
            scope.execute(update(JOB).where(_held(job)).values(**ended, lease_until=None))
            return _one(scope, job.number)

    def cancel(self, number: int, at: datetime) -> Job:
        """Ask a job to stop; one that nobody has begun is over at once, and one that has ended stays as it is.

        Raises:
            JournalError: no such job.
        """
        with self._lanes.on(Lane.WRITE) as connection:
            scope = Scope(connection, self._athlete_id)
            job = and_(mine(JOB), JOB.c.number == number)
            scope.execute(update(JOB).where(job, JOB.c.state == "running").values(stop=True))
            over = {"state": "cancelled", "stop": True, "ended_at": at}
            scope.execute(update(JOB).where(job, JOB.c.state == "waiting").values(**over))
            return _one(scope, number)


def _held(job: Job) -> Any:
    """The row of a job as long as it is this attempt's."""
    return and_(mine(JOB), JOB.c.number == job.number, JOB.c.state == "running", JOB.c.attempt == job.attempt)


def _one(scope: Scope, number: int) -> Job:
    row = scope.execute(select(JOB).where(mine(JOB), JOB.c.number == number)).first()
    if row is None:
        raise JournalError("no_such_job", where=str(number))
    return _job(row)


def _job(row: Any) -> Job:
    values = row._asdict()
    for name in ("athlete_id", "lease_until", "owner"):
        del values[name]
    return Job(**values)
