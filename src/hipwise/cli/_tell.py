"""Commands about what is told: interview, tell, assess, findings, causes, sources."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hipwise.cli._app import NEEDS_SOMEONE, AsJson, Where, command, emit_json, open_journal, paper
from hipwise.cli._words import states_of
from hipwise.texts import say

if TYPE_CHECKING:
    from hipwise.journal import Assessment
    from hipwise.knowledge import Knowledge

DAY = ["%Y-%m-%d"]


@command("interview", "hip")
def interview(journal: Where = None, as_json: AsJson = False) -> None:
    """Ask in the terminal."""
    with open_journal(journal) as opened:
        if not as_json:
            from hipwise.cli._interview import Interview

            Interview(paper(), opened).hold()
        _show(opened.assess(), opened.knowledge, as_json=as_json)


@command("tell", "hip")
def tell(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    answers: Annotated[list[str] | None, typer.Argument(help=say("cli.arg_answers"), metavar="FINDING=STATE")] = None,
    born: Annotated[datetime | None, typer.Option(formats=DAY, help=say("cli.option_born"))] = None,
    sex: Annotated[str | None, typer.Option(help=say("cli.option_sex"))] = None,
    country: Annotated[str | None, typer.Option(help=say("cli.option_country"))] = None,
    new_pain: Annotated[bool, typer.Option("--new-pain", help=say("cli.option_new_pain"))] = False,
    onset: Annotated[datetime | None, typer.Option(formats=DAY, help=say("cli.option_onset"))] = None,
    side: Annotated[str | None, typer.Option(help=say("cli.option_side"))] = None,
    cleared_by: Annotated[str | None, typer.Option(help=say("cli.option_cleared_by"))] = None,
    cleared_for: Annotated[str | None, typer.Option(help=say("cli.option_cleared_for"))] = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Tell findings, or who runs."""
    with open_journal(journal) as opened:
        states = opened.check(states_of(answers or []))
        if born or sex or country:
            opened.set_athlete(born=_day(born), sex=sex, country=country)
        if new_pain:
            opened.new_pain(onset=_day(onset), side=side)
        elif onset or side:
            opened.mend_pain(onset=_day(onset), side=side)
        if cleared_by or cleared_for:
            opened.clear_bone(cleared_by or "", cleared_for or "")
        if states:
            opened.tell(states)
        _show(opened.assess(), opened.knowledge, as_json=as_json)


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


@command("assess", "hip")
def assess(
    told: Annotated[Path | None, typer.Option("--told", help=say("cli.option_told"), metavar="FILE.json")] = None,
    on: Annotated[datetime | None, typer.Option("--on", formats=DAY, help=say("cli.option_on"))] = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Say how urgent it is and what it could be."""
    if told is not None:
        from hipwise.journal import weigh_told
        from hipwise.knowledge import Knowledge

        knowledge = Knowledge.load()
        _show(weigh_told(told, knowledge, _day(on)), knowledge, as_json=as_json)
        return
    if on is not None:
        raise typer.BadParameter(say("cli.on_needs_told"))
    with open_journal(journal) as opened:
        _show(opened.assess(), opened.knowledge, as_json=as_json)


def _show(found: Assessment, knowledge: Knowledge, *, as_json: bool) -> None:
    from hipwise.handout import assessment

    data = assessment(found.ranking, found.following, found.referral, knowledge)
    if found.files is not None and found.files.files:
        data |= {"files": found.files.as_dict()}
    if as_json:
        emit_json(data)
        return
    from hipwise.cli._show import show_import
    from hipwise.cli._show_hip import show_assessment

    show_assessment(paper(), data)
    if found.files is not None and found.files.files:
        show_import(paper(), found.files)
    if found.referral is not None:
        raise typer.Exit(NEEDS_SOMEONE)


@command("findings", "hip")
def findings(as_json: AsJson = False) -> None:
    """List every finding."""
    from hipwise.handout import finding_list
    from hipwise.knowledge import Knowledge

    data = finding_list(Knowledge.load())
    if as_json:
        emit_json(data)
        return
    from hipwise.cli._show import show_findings

    show_findings(paper(), data)


@command("causes", "hip")
def causes(as_json: AsJson = False) -> None:
    """List every cause."""
    from hipwise.handout import cause_list
    from hipwise.knowledge import Knowledge

    data = cause_list(Knowledge.load())
    if as_json:
        emit_json(data)
        return
    from hipwise.cli._show import show_causes

    show_causes(paper(), data)


@command("sources", "hip")
def sources(
    ids: Annotated[list[str] | None, typer.Argument(help=say("cli.arg_sources"))] = None, as_json: AsJson = False
) -> None:
    """List sources: who says so."""
    from hipwise.errors import HipwiseError
    from hipwise.handout import source_list
    from hipwise.knowledge import Knowledge

    knowledge = Knowledge.load()
    unknown = [each for each in ids or [] if each not in knowledge.sources]
    if unknown:
        raise HipwiseError("unknown_source", where=unknown[0])
    data = source_list(knowledge, ids or knowledge.sources)
    if as_json:
        emit_json(data)
        return
    from hipwise.cli._show import show_sources

    show_sources(paper(), data)
