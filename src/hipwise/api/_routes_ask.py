"""What is asked of the knowledge by a runner in the middle of it: an answer, a figure, what the data are worth."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from fastapi import Path as PathPart
from pydantic import Field

from hipwise.api._bodies import Body
from hipwise.api._plain import Plain
from hipwise.api._problems import Refused
from hipwise.api._shapes import Shape
from hipwise.api._shapes_hip import Referred
from hipwise.api._shapes_known import SourceData, WhyData
from hipwise.api._shapes_training import QualityData
from hipwise.api._with import ERRORS, Opened, event_of, read
from hipwise.draw import figure
from hipwise.handout import grade_says, source_list

__all__ = ["routes"]

NOT_FOUND = 404
LONGEST = 80

Number = Literal["today", "cause", "load", "plan", "exercise"]
"""Where a number stands that can be asked after."""

routes = APIRouter(dependencies=[Depends(read)], responses=ERRORS)


class FigureData(Shape):
    """The figure of an exercise; null where there is none, or where it is kept back."""

    svg: str | None


class AnswerFound(Shape):
    """An answer, who says so, and how strongly."""

    id: str
    question: str
    says: str
    sources: list[SourceData]
    grade: str
    grade_says: str
    share: float


class Found(Referred):
    """What the cited answers say; ALARMING phrases sound like the asker's red flag, MENTIONED ones do not."""

    alarming: list[str]
    mentioned: list[str]
    answers: list[AnswerFound]


class GapIn(Body):
    """What days without a run were."""

    begin: Annotated[date, Field(alias="from")]
    until: Annotated[date, Field(alias="to")]
    kind: Literal["rest", "no_watch"]


class Marked(Shape):
    """A mark that was kept."""

    event: int | None


@routes.get("/ask", response_model=Found)
def look_up(journal: Opened, q: Annotated[str, Query(min_length=2, max_length=300)]) -> Plain:
    """What the cited answers say to a question."""
    knowledge, referral = journal.knowledge, journal.referral
    found = [
        {
            "id": each.id,
            "question": each.question,
            "says": each.says,
            "sources": source_list(knowledge, each.sources),
            "grade": each.grade.value,
            "grade_says": grade_says(each.grade),
            "share": each.share,
        }
        for each in journal.ask(q)
    ]
    heard = journal.hear(q)
    shown = None if referral is None else referral.as_dict()
    signs = {"alarming": list(heard.alarming), "mentioned": list(heard.mentioned)}
    return Plain(signs | {"answers": found, "referral": shown})


@routes.get("/why/{kind}/{name}", response_model=WhyData)
def why(kind: Number, name: Annotated[str, PathPart(max_length=LONGEST)], journal: Opened) -> Plain:
    """What stands behind a number on a screen: what it is, by which rule, from what, how sure, who says so."""
    found = journal.why(kind, name)
    if found is None:
        raise Refused("no_such_number", NOT_FOUND, where=f"{kind}/{name}")
    return Plain(found)


@routes.get("/exercises/{entry}/figure", response_model=FigureData)
def figure_of(entry: str, journal: Opened, side: Literal["left", "right"] = "right") -> Plain:
    """The moving figure of an exercise."""
    rehab = journal.knowledge.rehab
    if entry not in rehab.exercises:
        raise Refused("no_such_entry", NOT_FOUND, where=entry[:LONGEST])
    if entry not in rehab.figures or journal.withholds(entry):
        return Plain({"svg": None})
    return Plain({"svg": str(figure(entry, journal.knowledge, side=side))})


@routes.get("/quality", response_model=QualityData)
def quality(journal: Opened) -> Plain:
    """What the training data are worth: gaps, faults, and a grade for each week."""
    return Plain(journal.quality().as_dict())


@routes.post("/gaps", response_model=Marked)
def mark(body: GapIn, journal: Opened) -> Plain:
    """Say what days without a run were."""
    journal.mark_gap(body.begin, body.until, body.kind)
    return Plain({"event": event_of(journal)})
