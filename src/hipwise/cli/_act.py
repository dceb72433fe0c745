"""Commands about doing: plan, checkin, today, report."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hipwise.cli._app import NEEDS_SOMEONE, AsJson, Where, command, emit_json, open_journal, paper
from hipwise.cli._handout import Size, write_brief
from hipwise.cli._words import states_of
from hipwise.texts import say

if TYPE_CHECKING:
    from hipwise.knowledge import Knowledge
    from hipwise.plan import Change, Today

TICKS = {
    "limp": {"limp": "yes"},
    "woken": {"woken_by_hip": "yes"},
    "woken_lying_on_it": {"woken_by_hip": "lying_on_it"},
    "fever": {"fever": "yes"},
    "painkiller": {"painkiller": "other"},
}
NONE = {"limp": "no", "woken_by_hip": "no", "fever": "no", "painkiller": "none"}
HOURS = ((6, "under_6"), (8, "six_to_8"), (12, "eight_to_12"))
"""Upper ends of the states of `painkiller_hours_ago`."""


@command("plan", "do")
def plan(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    minutes: Annotated[int | None, typer.Option(min=5, max=180, help=say("cli.option_minutes"))] = None,
    days: Annotated[str | None, typer.Option(help=say("cli.option_days"))] = None,
    rest_day: Annotated[str | None, typer.Option(help=say("cli.option_rest_day"))] = None,
    run_minutes: Annotated[int | None, typer.Option(min=5, max=600, help=say("cli.option_run_minutes"))] = None,
    runs: Annotated[int | None, typer.Option(min=1, max=7, help=say("cli.option_runs"))] = None,
    strength: Annotated[int | None, typer.Option(min=1, max=7, help=say("cli.option_strength_days"))] = None,
    equipment: Annotated[list[str] | None, typer.Option(help=say("cli.option_equipment"))] = None,
    race: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help=say("cli.option_race"))] = None,
    race_km: Annotated[float | None, typer.Option(min=1, max=500, help=say("cli.option_race_km"))] = None,
    weeks: Annotated[int | None, typer.Option(min=1, max=26, help=say("cli.option_weeks"))] = None,
    cross_training: Annotated[bool | None, typer.Option(help=say("cli.option_cross_training"))] = None,
    afresh: Annotated[bool, typer.Option("--afresh", help=say("cli.option_afresh"))] = False,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Make the plan."""
    from hipwise.cli._wishes import days_of, one_day, things
    from hipwise.handout import plan_data
    from hipwise.plan import Wishes, wished

    typed: dict[str, Any] = {"minutes_a_day": minutes, "run_minutes": run_minutes, "runs_a_week": runs}
    typed |= {"strength_a_week": strength, "cross_training": cross_training, "equipment": things(equipment)}
    typed |= {"race_on": None if race is None else race.date(), "race_km": race_km, "weeks": weeks}
    said = {name: value for name, value in typed.items() if value is not None} | days_of(days) | one_day(rest_day)
    with open_journal(journal) as opened:
        before = Wishes() if afresh else opened.wishes()
        made = opened.plan(wished(before, said) if said or afresh else None)
        left = sum(map(len, opened.open_cards().values()))
    if as_json:
        emit_json(plan_data(made))
        return
    from hipwise.cli._show_plan import show_plan

    show_plan(paper(), plan_data(made))
    if made.kind == "referral":
        if left and made.level == "within_days":
            paper().line(say("cli.plan_referral_open", count=left), "yellow")
        raise typer.Exit(NEEDS_SOMEONE)


@command("checkin", "do")
def checkin(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    more: Annotated[list[str] | None, typer.Argument(help=say("cli.arg_more"), metavar="FINDING=STATE")] = None,
    rest: Annotated[int | None, typer.Option(min=0, max=10, help=say("cli.option_rest"))] = None,
    walk: Annotated[int | None, typer.Option(min=0, max=10, help=say("cli.option_walk"))] = None,
    tick: Annotated[list[str] | None, typer.Option(help=say("cli.option_tick"))] = None,
    none: Annotated[bool, typer.Option("--none", help=say("cli.option_none"))] = False,
    run: Annotated[int | None, typer.Option(min=0, max=10, help=say("cli.option_run"))] = None,
    began_km: Annotated[float | None, typer.Option(min=0, max=500, help=say("cli.option_began_km"))] = None,
    began_lap: Annotated[int | None, typer.Option(min=1, max=1000, help=say("cli.option_began_lap"))] = None,
    morning: Annotated[int | None, typer.Option(min=0, max=10, help=say("cli.option_morning"))] = None,
    painkiller: Annotated[str | None, typer.Option(help=say("cli.option_painkiller"))] = None,
    hours_ago: Annotated[int | None, typer.Option(min=0, max=48, help=say("cli.option_hours"))] = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Tell how the hip is and get the verdict."""
    scores = {"rest_pain_score": rest, "walk_pain_score": walk, "run_pain_score": run, "morning_pain_score": morning}
    states = NONE | _ticked(tick or []) if none else _ticked(tick or [])
    states |= {name: str(score) for name, score in scores.items() if score is not None}
    states |= {} if painkiller is None else {"painkiller": painkiller}
    states |= {} if hours_ago is None else {"painkiller_hours_ago": _band(hours_ago)}
    states |= states_of(more or [])
    if began_km is not None and began_lap is not None:
        raise typer.BadParameter(say("cli.one_place"))
    from hipwise.journal import BEGAN
    from hipwise.load import pain_state

    with open_journal(journal) as opened:
        states |= {} if began_km is None else {BEGAN: pain_state(began_km, opened.knowledge)}
        lap = None if began_lap is None else opened.lap(began_lap)
        if not states and lap is None and not as_json:
            from hipwise.cli._checkin import ask_checkin

            told = ask_checkin(paper(), opened)
        else:
            told = opened.checked_in(states, lap=lap)
        _show(told.today, opened.knowledge, told.changes, as_json=as_json)


def _ticked(ticks: list[str]) -> dict[str, str]:
    wrong = [each for each in ticks if each not in TICKS]
    if wrong:
        raise typer.BadParameter(say("cli.no_tick", tick=wrong[0], ticks=", ".join(TICKS)))
    return {name: state for each in ticks for name, state in TICKS[each].items()}


def _band(hours: int) -> str:
    """Return the state of `painkiller_hours_ago` that HOURS belong to."""
    return next((state for limit, state in HOURS if hours < limit), "over_12")


@command("today", "do")
def today(
    planned: Annotated[float | None, typer.Option(min=0, max=500, help=say("cli.option_planned"))] = None,
    override: Annotated[str | None, typer.Option(help=say("cli.option_override"))] = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """May I run today?"""
    with open_journal(journal) as opened:
        verdict = opened.today(planned, override=override)
        if as_json:
            from hipwise.handout import today_data

            emit_json(today_data(verdict) | opened.beside_today())
            return
        _show(verdict, opened.knowledge, as_json=False)


def _show(verdict: Today, knowledge: Knowledge, changes: tuple[Change, ...] = (), *, as_json: bool) -> None:
    """Show the verdict, and after a check-in what CHANGES of the plan it brought."""
    from hipwise.handout import today_data

    if as_json:
        emit_json(today_data(verdict) | {"changes": [each.as_dict() for each in changes]})
        return
    from hipwise.cli._show_plan import show_today

    show_today(paper(), today_data(verdict), knowledge.findings)
    reasons = [each.reason for each in changes if each.item != "picture"]
    if reasons:
        paper().head(say("cli.checkin_changed"))
        paper().bullets(reasons)
    if verdict.verdict == "see_someone":
        raise typer.Exit(NEEDS_SOMEONE)


@command("report", "do")
def report(
    pdf: Annotated[Path | None, typer.Option("--pdf", help=say("cli.option_pdf"), metavar="FILE")] = None,
    size: Annotated[Size, typer.Option("--paper", help=say("cli.option_paper"))] = Size.A4,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """One page for a clinician, or two as a PDF."""
    if pdf is not None:
        write_brief(pdf, size, journal, as_json=as_json)
        return
    with open_journal(journal) as opened:
        data = opened.report()
    if as_json:
        emit_json(data)
        return
    from hipwise.handout import report_markdown

    typer.echo(report_markdown(data), nl=False)
