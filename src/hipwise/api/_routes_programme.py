"""A plan that lives: sessions that were done, and changes that are proposed, accepted, or left."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from fastapi import Path as PathPart
from pydantic import Field

from hipwise.api._bodies import Body, Made, Name
from hipwise.api._plain import Plain
from hipwise.api._shapes import Shape
from hipwise.api._with import ERRORS, Opened, as_told, read
from hipwise.plan import Change

__all__ = ["routes"]

Id = Annotated[str, PathPart(min_length=1, max_length=120)]

routes = APIRouter(dependencies=[Depends(read)], responses=ERRORS)


class DoneIn(Body):
    """One exercise of a session, and how it felt."""

    exercise: Name
    felt: Literal["right", "too_easy", "too_hard", "hurts"] | None = None


class SessionIn(Body):
    """A session: its exercises, and the worst pain in it."""

    done: Annotated[list[DoneIn], Field(min_length=1, max_length=20)]
    pain: Annotated[int | None, Field(ge=0, le=10)] = None
    made_at: Made = None


class Changed(Shape):
    """What of the plan changed by itself; EVENT is the last thing that was done."""

    event: int | None
    changes: list[Change]


class Proposed(Shape):
    """What is proposed for the plan, each with its reason."""

    proposed: list[Change]


class Settled(Shape):
    """The last thing that was done."""

    event: int | None


@routes.post("/sessions", response_model=Changed)
def tell_session(body: SessionIn, journal: Opened) -> Plain:
    """Tell that exercises were done; the plan follows."""
    then = as_told(journal, body.made_at)
    made = [change for each in body.done for change in then.done(each.exercise, pain=body.pain, felt=each.felt)]
    last = journal.last()
    return Plain({"event": None if last is None else last.number, "changes": [each.as_dict() for each in made]})


@routes.get("/plan/changes", response_model=Proposed)
def changes(journal: Opened) -> Plain:
    """What is proposed for the plan; nothing while somebody must be seen first, or red flags are open."""
    return Plain({"proposed": [each.as_dict() for each in journal.proposals()]})


@routes.post("/plan/changes/{change}/accept", response_model=Settled)
def accept(change: Id, journal: Opened) -> Plain:
    """Make a proposed change."""
    journal.accept(change)
    last = journal.last()
    return Plain({"event": None if last is None else last.number})


@routes.post("/plan/changes/{change}/decline", response_model=Settled)
def decline(change: Id, journal: Opened) -> Plain:
    """Leave a proposed change; it is not proposed again for some days."""
    journal.decline(change)
    last = journal.last()
    return Plain({"event": None if last is None else last.number})
