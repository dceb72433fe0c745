"""The story of a sample runner: six months of FIT files, a sore hip, an assessment, a plan, and the days after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hipwise.cli._app import emit_json
from hipwise.cli._paper import Paper
from hipwise.cli._show import show_import
from hipwise.cli._show_hip import show_assessment
from hipwise.cli._show_plan import show_load, show_plan, show_today
from hipwise.errors import HipwiseError
from hipwise.handout import assessment, plan_data, today_data
from hipwise.journal import Journal
from hipwise.plan import Today
from hipwise.simulate import Story, story, write
from hipwise.texts import say

__all__ = ["tell_story"]

START = date(2026, 3, 2)
MORNING = time(7, 0, tzinfo=UTC)


class Clock:
    """A clock that the story sets."""

    def __init__(self, on: date) -> None:
        self.on = on

    def __call__(self) -> datetime:
        """Return the morning of the day that the story has reached."""
        return datetime.combine(self.on, MORNING)


def tell_story(paper: Paper, keep: Path | None, *, as_json: bool) -> None:
    """Tell the story on PAPER, or as JSON; KEEP is a folder for its files and journal (else they are thrown away).

    Raises:
        HipwiseError: KEEP holds something already.
    """
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
        paper.line(say("cli.demo_kept", folder=folder))


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is None:
        with TemporaryDirectory() as folder:
            yield Path(folder)
        return
    keep.mkdir(parents=True, exist_ok=True)
    if any(keep.iterdir()):
        raise HipwiseError("folder_taken", where=str(keep))
    yield keep


def _chapters(journal: Journal, tale: Story, clock: Clock, folder: Path) -> Iterator[tuple[str, Any]]:
    yield "import", journal.add([folder / "runs"]).as_dict()
    _tell(journal, tale)
    yield "load", journal.training()
    found = journal.assess()
    yield "assessment", assessment(found.ranking, found.following, found.referral, journal.knowledge)
    yield "plan", plan_data(journal.plan())
    yield "days", [today_data(verdict) for verdict in _days(journal, tale, clock)]


def _print(paper: Paper, journal: Journal, tale: Story, clock: Clock, folder: Path) -> None:
    paper.card([say("cli.demo_runs", count=len(tale.runs))], style="bold cyan")
    show_import(paper, journal.add([folder / "runs"]))
    _tell(journal, tale)
    paper.card([say("cli.demo_load", onset=tale.onset)], style="bold cyan")
    show_load(paper, journal.training())
    paper.card([say("cli.demo_assess", count=len(tale.answers))], style="bold cyan")
    found = journal.assess()
    show_assessment(paper, assessment(found.ranking, found.following, found.referral, journal.knowledge))
    paper.card([say("cli.demo_plan")], style="bold cyan")
    show_plan(paper, plan_data(journal.plan()))
    paper.card([say("cli.demo_days")], style="bold cyan")
    for verdict in _days(journal, tale, clock):
        paper.head(str(verdict.on))
        show_today(paper, today_data(verdict), journal.knowledge.findings)
    paper.card([say("cli.demo_end")], style="bold cyan")


def _tell(journal: Journal, tale: Story) -> None:
    """Let the runner of the story say who they are, and answer."""
    athlete = tale.athlete
    journal.set_athlete(born=athlete.born, sex=athlete.sex, country=athlete.country)
    journal.new_pain(onset=tale.onset, side=tale.truth.side)
    journal.tell({each.id: each.state for each in tale.answers})


def _days(journal: Journal, tale: Story, clock: Clock) -> Iterator[Today]:
    """Let the days go by: a check-in each morning, and its verdict."""
    for day, findings in groupby(tale.checkins, key=lambda each: each.on):
        clock.on = day
        yield journal.checkin({each.id: each.state for each in findings})
