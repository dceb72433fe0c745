"""What is handed out as a file: brief, sheet, calendar, workout."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from hipwise.api._with import ERRORS, Opened, read
from hipwise.handout import PaperSize

__all__ = ["routes"]

PDF, CALENDAR, WORKOUT = "application/pdf", "text/calendar", "application/vnd.ant.fit"

routes = APIRouter(dependencies=[Depends(read)], responses=ERRORS)


class Pdf(Response):
    """A PDF."""

    media_type = PDF


class Calendar(Response):
    """A calendar."""

    media_type = CALENDAR


class Workout(Response):
    """A FIT file."""

    media_type = WORKOUT


Answer = TypeVar("Answer", bound=Response)
Paper = Annotated[PaperSize, Query()]


@routes.get("/report.pdf", response_class=Pdf)
def report_pdf(journal: Opened, paper: Paper = "a4") -> Pdf:
    """Two pages for a physio or a GP."""
    return _named(Pdf(journal.report_pdf(paper)), f"hip-brief-{journal.on}.pdf")


@routes.get("/sheet.pdf", response_class=Pdf)
def sheet_pdf(journal: Opened, paper: Paper = "a4") -> Pdf:
    """The exercises of the plan, to print."""
    return _named(Pdf(journal.sheet_pdf(paper)), f"hip-exercises-{journal.on}.pdf")


@routes.get("/calendar.ics", response_class=Calendar)
def calendar(journal: Opened, *, file: bool = False) -> Calendar:
    """The plan as a calendar, for a feed or as a FILE.

    A calendar that is filled from a file keeps what the next one does not name; so what a file holds is noted, and
    taken out by the next where it holds no more.
    """
    return _named(Calendar(journal.calendar(keep=file)), "hipwise.ics")


@routes.get("/workout.fit", response_class=Workout)
def workout(journal: Opened, on: date | None = None, *, strength: bool = False) -> Workout:
    """A session for the watch; refused while it is not offered."""
    return _named(Workout(journal.workout(on, strength=strength)), f"hip-{on or journal.on}.fit")


def _named(answer: Answer, name: str) -> Answer:
    answer.headers["content-disposition"] = f'attachment; filename="{name}"'
    return answer
