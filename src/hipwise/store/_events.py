"""What the runner did, one event after another, and how the last one is taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import Select, and_, bindparam, exists, func, select, update

from hipwise.errors import JournalError
from hipwise.store._records import Event, Kind, Undone
from hipwise.store._scope import Scope, mine
from hipwise.store._tables import EVENT, FINDING, RUN, RUN_REPLACEMENT


def begin(scope: Scope, kind: Kind, label: str, at: datetime, *, finished: bool) -> int:
    """Write down a new event; return its number."""
    number = scope.next_number(EVENT)
    scope.insert(EVENT, {"number": number, "kind": kind, "label": label, "at": at, "finished": finished})
    return number


def cut_short(scope: Scope, label: str) -> int | None:
    """Return the number of the last event where it is an import of that LABEL that never came to its end."""
    newest = scope.execute(_NEWEST).first()
    if newest is None or (newest.kind, newest.label, newest.finished) != ("import", label, False):
        return None
    return cast("int", newest.number)


def finish(scope: Scope, event: int) -> None:
    """Note that the import EVENT came to its end."""
    _stamp(scope, event, finished=True)


def demand_standing(scope: Scope, event: int) -> None:
    """Raise JournalError where someone has undone EVENT while it was still going on."""
    if scope.execute(_UNDONE_AT, event=event).scalar_one() is not None:
        raise JournalError("import_undone")


def last(scope: Scope) -> Event | None:
    """Return the last event that stands."""
    newest = scope.execute(_NEWEST).first()
    return None if newest is None else _event(newest)


def any_import_undone(scope: Scope) -> bool:
    """Return whether an import was ever taken back."""
    return scope.execute(_UNDONE_IMPORT).first() is not None


def undo(scope: Scope, at: datetime, number: int | None = None) -> Undone | None:
    """Take back the last event that stands, or import NUMBER; what it brought is kept, but seen no more.

    Raises:
        JournalError: NUMBER is no import, or was taken back before.
    """
    newest = scope.execute(_NEWEST).first() if number is None else scope.execute(_IMPORT, event=number).first()
    if newest is None and number is not None:
        raise JournalError("no_such_import", number=number)
    if newest is None:
        return None
    event = _event(newest)
    _stamp(scope, event.number, undone_at=at)
    return _told(event)


def history(scope: Scope, most: int | None, since: datetime | None) -> tuple[Event, ...]:
    """Return events, newest first, with those that were undone: at MOST so many, of after SINCE."""
    events = _EVENTS.limit(most) if since is None else _EVENTS.where(EVENT.c.at > since).limit(most)
    return tuple(map(_event, scope.execute(events)))


def _stamp(scope: Scope, event: int, **values: object) -> None:
    scope.execute(update(EVENT).where(mine(EVENT), EVENT.c.number == event).values(**values))


def _events() -> Select[Any]:
    """Events, newest first, with how much each brought (a run that it replaced itself is not counted twice)."""
    own = and_(RUN.c.athlete_id == EVENT.c.athlete_id, RUN.c.event == EVENT.c.number)
    hides = and_(RUN_REPLACEMENT.c.athlete_id == RUN.c.athlete_id, RUN_REPLACEMENT.c.event == EVENT.c.number)
    earlier = and_(hides, RUN_REPLACEMENT.c.older == RUN.c.number, RUN.c.event < EVENT.c.number)
    itself = and_(RUN_REPLACEMENT.c.athlete_id == RUN.c.athlete_id, RUN_REPLACEMENT.c.event == RUN.c.event)
    hidden = exists().where(itself, RUN_REPLACEMENT.c.older == RUN.c.number)
    told = and_(FINDING.c.athlete_id == EVENT.c.athlete_id, FINDING.c.event == EVENT.c.number)
    return (
        select(
            *EVENT.c,
            select(func.count()).select_from(RUN).where(own, ~hidden).scalar_subquery().label("runs"),
            select(func.count()).select_from(RUN, RUN_REPLACEMENT).where(earlier).scalar_subquery().label("merged"),
            select(func.count()).select_from(FINDING).where(told).scalar_subquery().label("findings"),
        )
        .where(mine(EVENT))
        .order_by(EVENT.c.number.desc())
    )


_EVENTS = _events()
_NEWEST = _EVENTS.where(EVENT.c.undone_at.is_(None)).limit(1)
_IMPORT = _EVENTS.where(EVENT.c.undone_at.is_(None), EVENT.c.kind == "import", EVENT.c.number == bindparam("event"))
_UNDONE_IMPORT = _EVENTS.where(EVENT.c.undone_at.is_not(None), EVENT.c.kind == "import").limit(1)
_UNDONE_AT = select(EVENT.c.undone_at).where(mine(EVENT), EVENT.c.number == bindparam("event"))


def _event(row: Any) -> Event:
    values = row._asdict()
    del values["athlete_id"]
    return Event(**values)


def _told(event: Event) -> Undone:
    """Return the sentence: how many runs or answers are gone, and how many runs are again what they were."""
    text = "store.undone_merged" if event.merged and event.kind != "split" else f"store.undone_{event.kind}"
    count = event.runs or event.findings
    return Undone(event, text, (("count", count), ("label", event.label), ("merged", event.merged)))
