"""What lies ahead and what lay behind: the weekly questions, the race, locks, the plan's history, wishes."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi import Path as PathPart
from pydantic import Field

from hipwise.api._bodies import Body, Made, Name
from hipwise.api._plain import Plain
from hipwise.api._shapes_outlook import Locks, PlanHistory, Raced, Settled, WeeklyQuestions, WeeklyTold, Wished
from hipwise.api._with import ERRORS, Opened, as_told, event_of, read
from hipwise.handout import item_name, version_data
from hipwise.journal import Journal
from hipwise.plan import WEEKDAYS, Plan, WeeklyCourse, Wishes
from hipwise.texts import say

__all__ = ["routes"]

Data = dict[str, Any]
ASKED = ("participation", "training", "performance", "symptoms")
ANSWERS = range(4)
ALONE = (ANSWERS[0], ANSWERS[-1])
"""After these at the first question the others are not needed (see `Journal.weekly`)."""

Answer = Annotated[int | None, Field(ge=ANSWERS[0], le=ANSWERS[-1])]
Width = Annotated[int, Query(ge=280, le=2000)]
Item = Annotated[str, PathPart(min_length=1, max_length=120)]

routes = APIRouter(dependencies=[Depends(read)], responses=ERRORS)


class WeeklyIn(Body):
    """The weekly answers; PARTICIPATION is always needed."""

    participation: Annotated[int, Field(ge=ANSWERS[0], le=ANSWERS[-1])]
    training: Answer = None
    performance: Answer = None
    symptoms: Answer = None
    made_at: Made = None


class LockIn(Body):
    """What is to stay as it is, who says so, and why."""

    item: Annotated[str, Field(min_length=1, max_length=120)]
    by: Name
    reason: Annotated[str, Field(min_length=1, max_length=300)]


@routes.get("/weekly", response_model=WeeklyQuestions)
def weekly(journal: Opened, width: Width = 360) -> Plain:
    """The weekly questions, whether they are due, and what the weeks so far say."""
    found = journal.weeks()
    asked = [
        {
            "id": name,
            "question": say(f"api.weekly_{name}"),
            "answers": [say(f"api.weekly_{name}_{answer}") for answer in ANSWERS],
        }
        for name in ASKED
    ]
    chart = None if found is None else _chart(journal, width)
    weeks = None if found is None else _weeks(found)
    due = {"held": journal.is_held(), "due": journal.is_week_due()}
    return Plain(due | {"questions": asked, "alone": list(ALONE), "weeks": weeks, "chart": chart})


def _chart(journal: Journal, width: int) -> Data:
    drawn = journal.weeks_chart(width=width)
    shown = {"name": "scores", "title": drawn.title, "says": drawn.says, "svg": drawn.svg}
    return shown | {"heads": drawn.heads, "rows": drawn.rows}


def _weeks(found: WeeklyCourse) -> Data:
    better = [say("api.weekly_improving")] if found.improving else []
    return {
        "scores": [{"on": on.isoformat(), "score": score} for on, score in found.scores],
        "substantial": found.substantial,
        "follows": found.follows,
        "improving": found.improving,
        "says": [found.says, *better],
        "sources": list(found.sources),
    }


@routes.post("/weekly", response_model=WeeklyTold)
def tell_week(body: WeeklyIn, journal: Opened) -> Plain:
    """Answer the weekly questions."""
    then = as_told(journal, body.made_at)
    found = then.weekly(body.participation, body.training, body.performance, body.symptoms)
    return Plain({"event": event_of(journal), "weeks": _weeks(found)})


@routes.get("/race", response_model=Raced)
def race(journal: Opened, km: Annotated[float | None, Query(ge=1, le=500)] = None, on: date | None = None) -> Plain:
    """How many weeks away a start line is, what a race on a day means, and how far that can be trusted."""
    return Plain({"check": journal.race(km, on).as_dict(), "checked": say("api.race_checked").splitlines()})


@routes.get("/plan/locks", response_model=Locks)
def locks(journal: Opened) -> Plain:
    """What of the plan can be locked, and who holds it."""
    held, standing = journal.is_held(), journal.locks()
    return Plain(
        {
            "held": held,
            "parts": [
                {
                    "item": item,
                    "name": item_name(item, journal.knowledge),
                    "lock": None
                    if (lock := standing.get(item)) is None
                    else {"by": lock.by, "reason": lock.reason, "on": lock.on.isoformat()},
                }
                for item in journal.lockable()
            ],
        }
    )


@routes.post("/plan/locks", response_model=Settled)
def lock(body: LockIn, journal: Opened) -> Plain:
    """Hold a part of the plan as it is."""
    journal.lock(body.item, body.by, body.reason)
    return Plain({"event": event_of(journal)})


@routes.delete("/plan/locks/{item}", response_model=Settled)
def unlock(item: Item, journal: Opened) -> Plain:
    """Open a lock."""
    journal.unlock(item)
    return Plain({"event": event_of(journal)})


@routes.get("/plan/versions", response_model=PlanHistory)
def versions(journal: Opened, most: Annotated[int, Query(ge=1, le=1000)] = 100) -> Plain:
    """The plan's history: what changed, from what to what, why, by which rule, and who says so."""
    last = journal.last()
    lines = journal.versions()[::-1][:most]
    return Plain(
        {
            "held": journal.is_held(),
            "undo": last.number if last is not None and last.kind == "plan" else None,
            "versions": [version_data(each.number, each.on, each.kind, each.body, journal.knowledge) for each in lines],
        }
    )


@routes.get("/plan/wishes", response_model=Wished)
def wishes(journal: Opened) -> Plain:
    """The wishes that the plan was made for, and what can be wished."""
    standing = journal.standing()
    wished = standing.wishes if isinstance(standing, Plan) else None
    things = journal.knowledge.rehab.equipment
    data = asdict(wished or Wishes())
    on = data["race_on"]
    return Plain(
        {
            "held": journal.is_held(),
            "wishes": data | {"race_on": None if on is None else on.isoformat()},
            "equipment": [{"id": name, "name": each.name} for name, each in things.items() if not each.at_home],
            "weekdays": [{"id": name, "name": say(f"plan.weekday_{name}")} for name in WEEKDAYS],
        }
    )
