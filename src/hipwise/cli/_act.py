"""Commands about doing: plan, checkin, today, report."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from hipwise.cli._app import NEEDS_SOMEONE, AsJson, Where, command, emit_json, paper, place
from hipwise.cli._ask import ask_checkin
from hipwise.cli._show_plan import show_plan, show_today
from hipwise.handout import report_markdown
from hipwise.journal import Journal
from hipwise.knowledge import Knowledge
from hipwise.plan import Today, Wishes
from hipwise.texts import say

TICKS = {"limp": {"limp": "yes"}, "woken": {"woken_by_hip": "yes"}, "fever": {"fever": "yes"}, "painkiller": {}}


@command("plan")
def plan(
    minutes: Annotated[int, typer.Option(min=5, max=180, help=say("cli.option_minutes"))] = 30,
    days: Annotated[int, typer.Option(min=1, max=7, help=say("cli.option_days"))] = 5,
    equipment: Annotated[list[str] | None, typer.Option(help=say("cli.option_equipment"))] = None,
    race: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help=say("cli.option_race"))] = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Make the plan."""
    wishes = Wishes(
        minutes_a_day=minutes,
        days_a_week=days,
        equipment=tuple(equipment or ()),
        race_on=None if race is None else race.date(),
    )
    with Journal.open(place(journal)) as opened:
        made = opened.plan(wishes)
    if as_json:
        emit_json(made.as_dict())
        return
    show_plan(paper(), made.as_dict())
    if made.kind == "referral":
        raise typer.Exit(NEEDS_SOMEONE)


@command("checkin")
def checkin(
    rest: Annotated[int | None, typer.Option(min=0, max=10, help=say("cli.option_rest"))] = None,
    walk: Annotated[int | None, typer.Option(min=0, max=10, help=say("cli.option_walk"))] = None,
    tick: Annotated[list[str] | None, typer.Option(help=say("cli.option_tick"))] = None,
    none: Annotated[bool, typer.Option("--none", help=say("cli.option_none"))] = False,
    run: Annotated[int | None, typer.Option(min=0, max=10, help=say("cli.option_run"))] = None,
    morning: Annotated[int | None, typer.Option(min=0, max=10, help=say("cli.option_morning"))] = None,
    painkiller: Annotated[str | None, typer.Option(help=say("cli.option_painkiller"))] = None,
    hours_ago: Annotated[int | None, typer.Option(min=0, max=48, help=say("cli.option_hours"))] = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Tell how the hip is and get the verdict."""
    scores = {"rest_pain_score": rest, "walk_pain_score": walk, "run_pain_score": run, "morning_pain_score": morning}
    states = {name: str(score) for name, score in scores.items() if score is not None}
    if none:
        states |= {"limp": "no", "woken_by_hip": "none", "fever": "no", "painkiller": "none"}
    for each in tick or []:
        if each not in TICKS:
            raise typer.BadParameter(say("cli.no_tick", tick=each, ticks=", ".join(TICKS)))
        states |= TICKS[each]
    if painkiller is not None:
        states |= {"painkiller": painkiller}
    if hours_ago is not None:
        states |= {"painkiller_hours_ago": hours_band(hours_ago)}
    with Journal.open(place(journal)) as opened:
        if not states and not as_json:
            states = ask_checkin(paper(), opened.knowledge)
        _show(opened.checkin(states), opened.knowledge, as_json=as_json)


def hours_band(hours: int) -> str:
    """Return the state of `painkiller_hours_ago` that HOURS belong to."""
    bands = ((6, "under_6"), (8, "six_to_8"), (12, "eight_to_12"))
    return next((state for limit, state in bands if hours < limit), "over_12")


@command("today")
def today(journal: Where = None, as_json: AsJson = False) -> None:
    """May I run today?"""
    with Journal.open(place(journal)) as opened:
        _show(opened.today(), opened.knowledge, as_json=as_json)


def _show(verdict: Today, knowledge: Knowledge, *, as_json: bool) -> None:
    if as_json:
        emit_json(verdict.as_dict())
        return
    show_today(paper(), verdict.as_dict(), knowledge)
    if verdict.verdict == "see_someone":
        raise typer.Exit(NEEDS_SOMEONE)


@command("report")
def report(journal: Where = None, as_json: AsJson = False) -> None:
    """One page for a clinician."""
    with Journal.open(place(journal)) as opened:
        data = opened.report()
    if as_json:
        emit_json(data)
    else:
        typer.echo(report_markdown(data), nl=False)
