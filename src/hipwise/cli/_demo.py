"""The story of a sample runner: six months of FIT files, a sore hip, an assessment, a plan, and the days after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timezone
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.panel import Panel

from hipwise.cli._app import emit_json
from hipwise.cli._show import show_assessment, show_import
from hipwise.cli._show_plan import show_load, show_plan, show_today
from hipwise.handout import assessment
from hipwise.journal import Journal
from hipwise.simulate import Story, story, write
from hipwise.texts import say

__all__ = ["tell_story"]

START = date(2026, 3, 2)
MORNING = time(7, 0, tzinfo=timezone.utc)


class Clock:
    """A clock that the story sets."""

    def __init__(self, on: date) -> None:
        self.on = on

    def __call__(self) -> datetime:
        """Return the morning of the day that the story has reached."""
        return datetime.combine(self.on, MORNING)


def tell_story(paper: Console, keep: Path | None, *, as_json: bool) -> None:
    """Tell the story on PAPER, or as JSON; KEEP is a folder for its files and journal (else they are thrown away)."""
    tale = story(start=START)
    clock = Clock(tale.told)
    with _folder(keep) as folder:
        write(tale, folder / "runs")
        with Journal.open(folder / "journal.db", now=clock) as journal:
            if as_json:
                emit_json(dict(_chapters(journal, tale, clock, folder)))
            else:
                _print(paper, journal, tale, clock, folder)
    if keep is not None and not as_json:
        paper.print(say("cli.demo_kept", folder=folder))


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    with TemporaryDirectory() as folder:
        yield Path(folder)


def _chapters(journal: Journal, tale: Story, clock: Clock, folder: Path) -> Iterator[tuple[str, Any]]:
    yield "import", journal.add([folder / "runs"]).as_dict()
    _tell(journal, tale)
    yield "load", journal.training()
    found = journal.assess()
    yield "assessment", assessment(found.ranking, found.following, found.referral, journal.knowledge)
    yield "plan", journal.plan().as_dict()
    yield "days", [verdict.as_dict() for verdict in _days(journal, tale, clock)]


def _print(paper: Console, journal: Journal, tale: Story, clock: Clock, folder: Path) -> None:
    _chapter(paper, "runs", count=len(tale.runs))
    show_import(paper, journal.add([folder / "runs"]))
    _tell(journal, tale)
    _chapter(paper, "load", onset=tale.onset)
    show_load(paper, journal.training())
    _chapter(paper, "assess", count=len(tale.answers))
    found = journal.assess()
    show_assessment(paper, assessment(found.ranking, found.following, found.referral, journal.knowledge))
    _chapter(paper, "plan")
    show_plan(paper, journal.plan().as_dict())
    _chapter(paper, "days")
    for verdict in _days(journal, tale, clock):
        paper.rule(str(verdict.on))
        show_today(paper, verdict.as_dict(), journal.knowledge)
    _chapter(paper, "end")


def _chapter(paper: Console, name: str, **values: object) -> None:
    paper.print()
    paper.print(Panel(say(f"cli.demo_{name}", **values), style="bold cyan"))


def _tell(journal: Journal, tale: Story) -> None:
    """Let the runner of the story say who they are, and answer."""
    athlete = tale.athlete
    journal.set_athlete(born=athlete.born, sex=athlete.sex, country=athlete.country)
    journal.new_pain(onset=tale.onset, side=tale.truth.side)
    journal.tell({each.id: each.state for each in tale.answers})


def _days(journal: Journal, tale: Story, clock: Clock) -> Iterator[Any]:
    """Let the days go by: a check-in each morning, and its verdict."""
    for day, findings in groupby(tale.checkins, key=lambda each: each.on):
        clock.on = day
        yield journal.checkin({each.id: each.state for each in findings})
