"""Commands about what is handed out: calendar, workout, sheet."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hipwise.cli._app import AsJson, Where, command, emit_json, open_journal, paper
from hipwise.texts import say


class Size(StrEnum):
    """Paper."""

    A4 = "a4"
    LETTER = "letter"


OF_CALENDAR, OF_PDF, OF_WORKOUT = b"BEGIN:VCALENDAR", b"%PDF", b".FIT"
"""How a file begins (a workout: from its ninth byte) that may be written over: one of the same kind."""


@command("calendar", "do")
def calendar(
    file: Annotated[Path, typer.Argument(help=say("cli.arg_calendar"), metavar="FILE.ics")],
    checkin_at: Annotated[datetime | None, typer.Option(formats=["%H:%M"], help=say("cli.option_checkin_at"))] = None,
    sessions_at: Annotated[datetime | None, typer.Option(formats=["%H:%M"], help=say("cli.option_sessions_at"))] = None,
    zone: Annotated[str | None, typer.Option(help=say("cli.option_zone"))] = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Write the plan as a calendar."""
    from hipwise.handout import Hours, zone_of

    usual = Hours()
    hours = Hours(
        usual.checkin if checkin_at is None else checkin_at.time(),
        None if sessions_at is None else sessions_at.time(),
        None if zone is None else zone_of(zone),
    )
    _may_write(file, OF_CALENDAR)
    with open_journal(journal) as opened:
        file.write_bytes(opened.calendar(hours, keep=True))
    _written(file, as_json=as_json)


@command("workout", "do")
def workout(
    file: Annotated[Path, typer.Argument(help=say("cli.arg_workout"), metavar="FILE.fit")],
    strength: Annotated[bool, typer.Option("--strength", help=say("cli.option_strength"))] = False,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help=say("cli.option_day"))] = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Write a session for the watch."""
    _may_write(file, OF_WORKOUT, at=8)
    with open_journal(journal) as opened:
        file.write_bytes(opened.workout(None if on is None else on.date(), strength=strength))
    _written(file, as_json=as_json)


@command("sheet", "do")
def sheet(
    file: Annotated[Path, typer.Argument(help=say("cli.arg_sheet"), metavar="FILE.pdf")],
    size: Annotated[Size, typer.Option("--paper", help=say("cli.option_paper"))] = Size.A4,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Write the exercises to print."""
    _may_write(file, OF_PDF)
    with open_journal(journal) as opened:
        file.write_bytes(opened.sheet_pdf(size.value))
    _written(file, as_json=as_json)


def write_brief(file: Path, size: Size, journal: str | None, *, as_json: bool) -> None:
    """Write the brief for a clinician to FILE.

    Raises:
        HipwiseError: another kind of file is there.
    """
    _may_write(file, OF_PDF)
    with open_journal(journal) as opened:
        file.write_bytes(opened.report_pdf(size.value))
    _written(file, as_json=as_json)


def _may_write(file: Path, begins: bytes, at: int = 0) -> None:
    """Let nothing be written over but a file of the same kind."""
    from hipwise.errors import HipwiseError

    if not file.exists():
        return
    if not file.is_file():
        raise HipwiseError("handout_taken", where=str(file))
    with file.open("rb") as there:
        head = there.read(64)
    if head and not head[at:].startswith(begins):
        raise HipwiseError("handout_taken", where=str(file))


def _written(file: Path, *, as_json: bool) -> None:
    if as_json:
        emit_json({"file": str(file)})
    else:
        paper().line(say("cli.handed_out", file=file))
