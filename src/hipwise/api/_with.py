"""What every route is given: the journal that is asked, as it is now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import Depends, Header, Query, Request
from starlette.responses import Response

from hipwise.api._house import House
from hipwise.api._problems import Refused
from hipwise.api._shapes import Problem
from hipwise.journal import Journal
from hipwise.texts import USUAL, voice

__all__ = [
    "ERRORS",
    "Mine",
    "NotModifiedError",
    "Opened",
    "as_told",
    "etag_of",
    "event_of",
    "in_the_way",
    "not_modified",
    "read",
]

OLDEST = timedelta(days=14)
AHEAD = timedelta(minutes=5)
"""How far the clock of a phone may go before ours."""

ERRORS: dict[int | str, dict[str, Any]] = {
    code: {"model": Problem, "content": {"application/problem+json": {}}}
    for code in (400, 401, 403, 404, 405, 409, 412, 413, 421, 422)
}
"""What every route may answer with."""


def etag_of(journal: Journal) -> str:
    """Return what changes with every answer of a JOURNAL: its state, its day, and the voice that is spoken."""
    spoken = "" if voice() == USUAL else "-" + "-".join(voice())
    return f'"{journal.stamp.whole}-{journal.on.isoformat()}{spoken}"'


class NotModifiedError(Exception):
    """The client has the journal as it is."""


def not_modified(request: Request, _: Exception) -> Response:
    """Answer that nothing has changed."""
    return Response(status_code=304, headers={"etag": request.scope["state"]["etag"]})


def _house(request: Request) -> House:
    found: House = request.app.state.house
    return found


Mine = Annotated[House, Depends(_house)]


def _journal(house: Mine, runner: Annotated[Literal["me", "sample"], Query()] = "me") -> Journal:
    return house.of(runner)


Opened = Annotated[Journal, Depends(_journal)]


def read(
    request: Request,
    journal: Opened,
    if_none_match: Annotated[str | None, Header()] = None,
    if_match: Annotated[str | None, Header()] = None,
) -> None:
    """Tell the journal's state with the answer; say only that it has not changed to whom has seen it.

    Raises:
        Refused: a write was meant for another state.
    """
    etag = etag_of(journal)
    request.scope["state"]["etag"] = etag
    if request.method == "GET":
        if if_none_match == etag:
            raise NotModifiedError
        return
    del request.scope["state"]["etag"]
    if if_match not in {None, "*", etag}:
        raise Refused("state_changed", 412)


def event_of(journal: Journal) -> int | None:
    """Return the number of the last thing that was done and stands: what an undo would name."""
    last = journal.last()
    return None if last is None else last.number


def in_the_way(journal: Journal) -> dict[str, Any]:
    """Return the last thing that was done, as what stands in the way of taking back another one."""
    last = journal.last()
    return {} if last is None else {"event": last.number, "kind": last.kind, "label": last.label}


def as_told(journal: Journal, made_at: datetime | None) -> Journal:
    """Return the journal as it works at the moment when something was told: on the day that it was where we are.

    Raises:
        Refused: that moment lies ahead, or too far back to be a late message.
    """
    if made_at is None:
        return journal
    now = journal.now
    if not now - OLDEST <= made_at <= now + AHEAD:
        raise Refused("made_when", 422, where="made_at", days=OLDEST.days)
    return journal.at(min(made_at, now).astimezone(now.tzinfo))  # a phone may tell the time of another zone
