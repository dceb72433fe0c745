"""A plan that lives: sessions that were done, and changes that are proposed, accepted, or left."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from fastapi import Path as PathPart
from pydantic import ConfigDict, Field

from hipwise.api._bodies import Body, Made, Name
from hipwise.api._plain import Plain
from hipwise.api._shapes import Shape
from hipwise.api._shapes_day import Planned
from hipwise.api._with import ERRORS, Opened, as_told, event_of, read
from hipwise.handout import plan_data
from hipwise.plan import Change, Done

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


class MoveIn(Body):
    """A session (or all of a day) and the day that it is moved to."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    kind: Literal["run", "strength", "cross", "all"] = "all"
    since: date = Field(alias="from")
    to: date


class Ruled(Shape):
    """A rule or wish that stands against a move."""

    rule: str
    says: str


class TargetData(Shape):
    """A day that a session could be moved to."""

    on: date
    allowed: bool
    broken: list[Ruled]
    also: list[str]
    says: str


class MoveData(Shape):
    """One session of a day, and where it may go."""

    kind: Literal["run", "strength", "cross", "all"]
    says: str
    days: list[TargetData]


class MovesData(Shape):
    """The sessions of a day, and where each may go; WHY_NOT says why there is none."""

    on: date
    why_not: str | None
    moves: list[MoveData]


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
    done = [Done(on=then.on, exercise=each.exercise, pain=body.pain, felt=each.felt) for each in body.done]
    made = then.session(done)
    return Plain({"event": event_of(journal), "changes": [each.as_dict() for each in made]})


@routes.get("/plan/moves", response_model=MovesData)
def moves(journal: Opened, on: date | None = None) -> Plain:
    """Where each session of a day may be moved to, and where not, by which rules; nothing is changed."""
    return Plain(journal.moves(on).as_dict())


@routes.post("/plan/move", response_model=Planned)
def move(body: MoveIn, journal: Opened) -> Plain:
    """Move a session to another day; refused with the rules that it would break, and then nothing is changed."""
    made = journal.move(body.since, body.to, body.kind)
    return Plain({"plan": plan_data(made), "event": event_of(journal)})


@routes.get("/plan/changes", response_model=Proposed)
def changes(journal: Opened) -> Plain:
    """What is proposed for the plan; nothing while somebody must be seen first, or red flags are open."""
    return Plain({"proposed": [each.as_dict() for each in journal.proposals()]})


@routes.post("/plan/changes/{change}/accept", response_model=Settled)
def accept(change: Id, journal: Opened) -> Plain:
    """Make a proposed change."""
    journal.accept(change)
    return Plain({"event": event_of(journal)})


@routes.post("/plan/changes/{change}/decline", response_model=Settled)
def decline(change: Id, journal: Opened) -> Plain:
    """Leave a proposed change; it is not proposed again for some days."""
    journal.decline(change)
    return Plain({"event": event_of(journal)})
