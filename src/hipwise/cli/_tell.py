"""Commands about what is told: interview, tell, assess, findings, causes, sources."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hipwise.cli._app import NEEDS_SOMEONE, AsJson, Where, command, emit_json, open_journal, paper
from hipwise.cli._words import states_of
from hipwise.texts import say

if TYPE_CHECKING:
    from hipwise.journal import Assessment, Journal
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
    answers: Annotated[
        list[str] | None, typer.Argument(help=say("cli.arg_answers"), metavar="FINDING=STATE | TEXT")
    ] = None,
    born: Annotated[datetime | None, typer.Option(formats=DAY, help=say("cli.option_born"))] = None,
    sex: Annotated[str | None, typer.Option(help=say("cli.option_sex"))] = None,
    country: Annotated[str | None, typer.Option(help=say("cli.option_country"))] = None,
    new_pain: Annotated[bool, typer.Option("--new-pain", help=say("cli.option_new_pain"))] = False,
    onset: Annotated[datetime | None, typer.Option(formats=DAY, help=say("cli.option_onset"))] = None,
    side: Annotated[str | None, typer.Option(help=say("cli.option_side"))] = None,
    cleared_by: Annotated[str | None, typer.Option(help=say("cli.option_cleared_by"))] = None,
    cleared_for: Annotated[str | None, typer.Option(help=say("cli.option_cleared_for"))] = None,
    pain: Annotated[str | None, typer.Option("--pain", metavar="ID | SIDE", help=say("cli.option_of_pain"))] = None,
    yes: Annotated[bool, typer.Option("--yes", help=say("cli.option_yes"))] = False,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Tell findings, or who runs; or tell in own words."""
    from hipwise.cli._own_words import text_of

    text = text_of(answers or [])
    with open_journal(journal) as opened:
        states = {} if text else opened.check(states_of(answers or []))
        if born or sex or country:
            opened.set_athlete(born=_day(born), sex=sex, country=country)
        if new_pain:
            opened.new_pain(onset=_day(onset), side=side)
        elif onset or side:
            opened.mend_pain(onset=_day(onset), side=side)
        if cleared_by or cleared_for:
            opened.clear_bone(cleared_by or "", cleared_for or "", pain=pain)
        if states:
            opened.tell(states, pain=pain)
        if text:
            _tell_own_words(opened, text, yes=yes, as_json=as_json)
        else:
            _show(opened.assess(), opened.knowledge, as_json=as_json)


def _tell_own_words(opened: Journal, text: str, *, yes: bool, as_json: bool) -> None:
    """Propose what TEXT tells (as JSON: propose and no more); keep what is confirmed, or with YES all that it says."""
    from hipwise.cli._own_words import confirm, keep
    from hipwise.journal import told_from_text

    reading = opened.propose(text)
    if as_json and not yes:
        emit_json(reading.as_dict())
        return
    keep(opened, reading.told if yes else confirm(paper(), opened, reading), reading)
    _show(opened.assess(), opened.knowledge, as_json=as_json, more=told_from_text(reading) if yes else {})


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


@command("assess", "hip")
def assess(
    told: Annotated[Path | None, typer.Option("--told", help=say("cli.option_told"), metavar="FILE.json")] = None,
    on: Annotated[datetime | None, typer.Option("--on", formats=DAY, help=say("cli.option_on"))] = None,
    text: Annotated[Path | None, typer.Option("--text", help=say("cli.option_text"), metavar="FILE.txt")] = None,
    age: Annotated[str | None, typer.Option("--age", help=say("cli.option_age"))] = None,
    sex: Annotated[str | None, typer.Option("--sex", help=say("cli.option_sex"))] = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Say how urgent it is and what it could be."""
    if told is not None and text is not None:
        raise typer.BadParameter(say("cli.told_or_text"))
    if text is None and (age is not None or sex is not None):
        raise typer.BadParameter(say("cli.age_needs_text"))
    if text is not None:
        from hipwise.journal import weigh_text
        from hipwise.knowledge import Knowledge

        knowledge = Knowledge.load()
        found = weigh_text(text, knowledge, _day(on), age=age, sex=sex)
        _show(found.assessment, knowledge, as_json=as_json, more=found.as_dict())
        return
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


def _show(found: Assessment, knowledge: Knowledge, *, as_json: bool, more: Mapping[str, Any] | None = None) -> None:
    from hipwise.handout import assessment

    data = assessment(found.ranking, found.following, found.referral, knowledge) | dict(more or {})
    if found.files is not None and found.files.files:
        data |= {"files": found.files.as_dict()}
    if as_json:
        emit_json(data)
        return
    from hipwise.cli._show import show_import
    from hipwise.cli._show_hip import show_assessment, show_told

    show_told(paper(), more or {})
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
