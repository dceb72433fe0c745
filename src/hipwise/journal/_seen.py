"""What was worked out of a journal, kept as long as the journal is as it was.

The stamp of the database says whether it is, so that a write of another program counts at once. The newest is kept and
nothing else: a journal is looked at again and again, and seldom at two of its states. What hangs on the runs alone is
kept for a few days, today and those of the table of verdicts: a check-in does not change it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias, TypeVar

from hipwise.activity import Quality, RunSummary
from hipwise.form import Form
from hipwise.journal._known import Known
from hipwise.load import Load
from hipwise.plan import Plan, Referral
from hipwise.store import Memory, Stamp

__all__ = ["Seen"]

Key = TypeVar("Key")
Found = TypeVar("Found")
Row: TypeAlias = tuple[tuple[Key, Found], ...]

DAYS_KEPT = 4
LOADS_KEPT = 12
"""Of each day, those of some pains."""


class Seen:
    """The runs and all that is known, each with the stamp that it was read under.

    Each is one tuple, put in its place at once: threads that come together work it out twice, and never mix two states.
    A write between the stamp and the reading makes what was read too new for its stamp, which the next look replaces.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Forget all: what was put in the place of a journal may bear its stamp and say something else."""
        self._runs: tuple[str, tuple[RunSummary, ...]] | None = None
        self._quality: Row[tuple[str, date], Quality] = ()
        self._loads: Row[tuple[object, ...], Load] = ()
        self._known: tuple[tuple[str, date], Known] | None = None
        self._ahead: tuple[tuple[str, date], dict[str, Any]] | None = None
        self._standing: tuple[tuple[str, date], Plan | Referral | None] | None = None
        self._form: tuple[tuple[str, date, date | None], Form] | None = None

    def runs(self, memory: Memory, stamp: Stamp) -> tuple[RunSummary, ...]:
        """Return the totals of all runs."""
        kept = self._runs
        if kept is None or kept[0] != stamp.runs:
            kept = self._runs = (stamp.runs, memory.runs())
        return kept[1]

    def quality(self, on: date, stamp: Stamp, look: Callable[[], Quality]) -> Quality:
        """Return what the runs are worth on the day ON; LOOK works it out."""
        self._quality = _first((stamp.runs, on), self._quality, look)
        return self._quality[0][1]

    def load(self, given: tuple[object, ...], onset: date | None, measure: Callable[[], Load]) -> Load:
        """Return the load before an ONSET; GIVEN is all else that it is measured from, the runs by their stamp."""
        self._loads = _first((*given, onset), self._loads, measure, most=LOADS_KEPT)
        return self._loads[0][1]

    def known(self, on: date, stamp: Stamp, look: Callable[[], Known]) -> Known:
        """Return what is known on the day ON; LOOK works it out."""
        kept = self._known
        if kept is None or kept[0] != (stamp.whole, on):
            kept = self._known = ((stamp.whole, on), look())
        return kept[1]

    def ahead(self, on: date, stamp: Stamp, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Return the table of verdicts from the day ON; MAKE works it out."""
        kept = self._ahead
        if kept is None or kept[0] != (stamp.whole, on):
            kept = self._ahead = ((stamp.whole, on), make())
        return kept[1]

    def standing(self, on: date, stamp: Stamp, make: Callable[[], Plan | Referral | None]) -> Plan | Referral | None:
        """Return the plan or referral that holds on the day ON; MAKE works it out."""
        kept = self._standing
        if kept is None or kept[0] != (stamp.whole, on):
            kept = self._standing = ((stamp.whole, on), make())
        return kept[1]

    def form(self, key: tuple[str, date, date | None], make: Callable[[], Form]) -> Form:
        """Return the form by the watch for a KEY: the stamp of the runs, the day, the onset; MAKE works it out."""
        kept = self._form
        if kept is None or kept[0] != key:
            kept = self._form = (key, make())
        return kept[1]


def _first(key: Key, kept: Row[Key, Found], make: Callable[[], Found], *, most: int = DAYS_KEPT) -> Row[Key, Found]:
    """Return the row of what is KEPT with that of a KEY in front, which is made if it is not there."""
    there = [each for each in kept if each[0] == key] or [(key, make())]
    return (*there, *(each for each in kept if each[0] != key))[:most]
