"""Commands about what is told: interview, tell, assess, findings, causes."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from hipwise.cli._app import NEEDS_SOMEONE, AsJson, Where, command, emit_json, paper, place
from hipwise.cli._interview import hold
from hipwise.cli._show import show_assessment, show_causes, show_findings
from hipwise.errors import HipwiseError
from hipwise.handout import assessment, cause_list, finding_list
from hipwise.journal import Assessment, Journal, weigh_told
from hipwise.knowledge import Knowledge, Level
from hipwise.texts import say


@command("interview")
def interview(journal: Where = None, as_json: AsJson = False) -> None:
    """Ask in the terminal."""
    with Journal.open(place(journal)) as opened:
        if not as_json:
            hold(paper(), opened)
        _show(opened.assess(), opened.knowledge, as_json=as_json)


@command("tell")
def tell(
    answers: Annotated[list[str] | None, typer.Argument(help=say("cli.arg_answers"), metavar="FINDING=STATE")] = None,
    born: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help=say("cli.option_born"))] = None,
    sex: Annotated[str | None, typer.Option(help=say("cli.option_sex"))] = None,
    country: Annotated[str | None, typer.Option(help=say("cli.option_country"))] = None,
    new_pain: Annotated[bool, typer.Option("--new-pain", help=say("cli.option_new_pain"))] = False,
    onset: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help=say("cli.option_onset"))] = None,
    side: Annotated[str | None, typer.Option(help=say("cli.option_side"))] = None,
    cleared_by: Annotated[str | None, typer.Option(help=say("cli.option_cleared_by"))] = None,
    cleared_for: Annotated[str | None, typer.Option(help=say("cli.option_cleared_for"))] = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Tell findings, or who runs."""
    states = dict(_split(each) for each in answers or [])
    with Journal.open(place(journal)) as opened:
        if born or sex or country:
            opened.set_athlete(born=_day(born), sex=sex, country=country)
        if new_pain or onset or side:
            opened.new_pain(onset=_day(onset), side=side)
        if states:
            opened.tell(states)
        if cleared_by:
            opened.clear_bone(cleared_by, cleared_for or "")
        _show(opened.assess(), opened.knowledge, as_json=as_json)


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _split(answer: str) -> tuple[str, str]:
    finding, equals, state = answer.partition("=")
    if not equals:
        raise HipwiseError("no_equals", where=answer)
    return finding.strip(), state.strip()


@command("assess")
def assess(
    told: Annotated[Path | None, typer.Option("--told", help=say("cli.option_told"), metavar="FILE.json")] = None,
    on: Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help=say("cli.option_on"))] = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Say how urgent it is and what it could be."""
    if told is not None:
        knowledge = Knowledge.load()
        _show(weigh_told(told, knowledge, _day(on)), knowledge, as_json=as_json)
        return
    with Journal.open(place(journal)) as opened:
        _show(opened.assess(), opened.knowledge, as_json=as_json)


def _show(found: Assessment, knowledge: Knowledge, *, as_json: bool) -> None:
    data = assessment(found.ranking, found.following, found.referral, knowledge)
    if as_json:
        emit_json(data)
    else:
        show_assessment(paper(), data)
        if found.ranking.level >= Level.SAME_DAY:
            raise typer.Exit(NEEDS_SOMEONE)


@command("findings")
def findings(as_json: AsJson = False) -> None:
    """List every finding."""
    data = finding_list(Knowledge.load())
    if as_json:
        emit_json(data)
    else:
        show_findings(paper(), data)


@command("causes")
def causes(as_json: AsJson = False) -> None:
    """List every cause."""
    data = cause_list(Knowledge.load())
    if as_json:
        emit_json(data)
    else:
        show_causes(paper(), data)
