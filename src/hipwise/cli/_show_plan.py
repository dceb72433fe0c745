"""What the terminal shows of load, plan and today. Data in, lines out; words from the catalogue."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from hipwise.cli._show import bullets, show_referral
from hipwise.knowledge import Knowledge
from hipwise.texts import say

__all__ = ["show_load", "show_plan", "show_today"]

Data = dict[str, Any]

COLOURS = {"green": "green", "amber": "yellow", "red": "red", "grey": "white"}
MOST_WEEKS = 16
BAR = 32
M_PER_KM = 1000


def show_load(paper: Console, data: Data) -> None:
    """Show weeks as bars, the longer runs, what changed, the ceiling, and what each metric is worth."""
    paper.rule(say("cli.load_weeks"))
    _weeks(paper, data["weeks"][-MOST_WEEKS:])
    if data["spikes"]:
        paper.rule(say("cli.load_spikes"))
    for each in data["spikes"]:
        values = {name: each[name] for name in ("hrr", "hrr_low", "hrr_high")}
        km, longest = each["distance_m"] / M_PER_KM, each["longest_30d_m"] / M_PER_KM
        paper.print(say("cli.load_spike", on=each["date"], km=km, longest=longest, pct=100 * each["excess"], **values))
    paper.rule(say("cli.load_changed"))
    paper.print(data["verdict"], style="bold")
    bullets(paper, (each["says"] for each in data["changes"]))
    ceiling = data["ceiling_km"]
    if ceiling is not None:
        paper.print(say("cli.load_ceiling", km=ceiling), style="bold")
    bullets(paper, data["not_enough"], style="yellow")
    paper.rule(say("cli.load_metrics"))
    for each in data["metrics"]:
        paper.print(
            say("cli.load_metric", name=each["name"], says=each["says"], standing=each["standing_says"]), markup=False
        )


def _weeks(paper: Console, weeks: list[Data]) -> None:
    """One bar a week, its longest run marked in it."""
    most = max((week["distance_m"] or 0 for week in weeks), default=0)
    if not most:
        paper.print(say("cli.no_runs"))
        return
    for week in weeks:
        metres = week["distance_m"] or 0
        long = round(BAR * (week["longest_m"] or 0) / most)
        bar = "█" * long + "▒" * (round(BAR * metres / most) - long)
        change = "" if week["change_pct"] is None else say("cli.load_change", pct=week["change_pct"])
        paper.print(
            say("cli.load_week", monday=week["monday"], bar=f"{bar:<{BAR}}", km=metres / M_PER_KM, change=change),
            markup=False,
        )
    paper.print(say("cli.load_legend"), style="dim")


def show_plan(paper: Console, data: Data) -> None:
    """Show a plan, or the referral in its place."""
    if data["kind"] == "referral":
        show_referral(paper, data)
        bullets(paper, data["because"])
        return
    paper.print(Panel(escape(data["headline"]), title=say("cli.plan"), border_style="cyan"))
    bullets(paper, data["how_sure"], style="dim")
    if data["missing"]:
        paper.print(say("cli.plan_missing", count=len(data["missing"])), style="yellow")
        return
    stage = data["stage"]
    paper.print(say("cli.plan_stage", number=stage["number"], count=stage["count"], says=stage["says"]), markup=False)
    paper.print(say("cli.plan_leave", leave=stage["leave"]), markup=False, style="dim")
    paper.rule(say("cli.plan_exercises"))
    for each in data["exercises"]:
        _exercise(paper, each)
    paper.rule(say("cli.plan_running"))
    bullets(paper, data["run"]["says"])
    paper.rule(say("cli.plan_week"))
    for day in data["week"]:
        paper.print(say("cli.plan_day", on=day["on"], says=day["says"]), markup=False)
    for part in ("education", "avoid", "separates", "refer_when"):
        if data[part]:
            paper.rule(say(f"cli.plan_{part}"))
            bullets(paper, data[part])
    weeks = data["weeks"]
    paper.print(say("cli.plan_weeks", low=weeks["low"], high=weeks["high"], says=weeks["says"], source=weeks["source"]))
    paper.print(say("cli.plan_check", on=data["check_on"]))


def _exercise(paper: Console, each: Data) -> None:
    paper.print(say("cli.exercise", name=each["name"], dose=each["dose"]))
    for place, step in enumerate(each["steps"], 1):
        paper.print(say("cli.exercise_step", place=place, text=step), markup=False)
    paper.print(say("cli.exercise_stop", text=each["stop_when"]), markup=False, style="dim")
    sources = ", ".join(each["sources"])
    paper.print(say("cli.exercise_sources", sources=sources, grade=each["grade"]), markup=False, style="dim")


def show_today(paper: Console, data: Data, knowledge: Knowledge) -> None:
    """Show the verdict, the reason, the ceiling, when to stop, and when to look again."""
    words = {name: question.question for name, question in knowledge.findings.items()}
    colour = COLOURS.get(data["colour"], "white")
    lines = [f"[bold]{escape(data['headline'])}[/bold]", escape(data["reason"])]
    paper.print(Panel("\n".join(lines), title=say(f"cli.verdict_{data['verdict']}"), border_style=colour))
    if data["referral"] is not None:
        show_referral(paper, data["referral"])
    if data["ceiling_says"]:
        paper.print(data["ceiling_says"], markup=False)
    if data["session"] is not None:
        paper.print(data["session"]["says"], markup=False)
    for part in ("stop_rules", "asks", "notes", "would_change"):
        if data[part]:
            paper.print(say(f"cli.today_{part}"), style="bold")
            bullets(paper, (words.get(each, each) for each in data[part]))
    paper.print(data["next_check"]["says"], markup=False)
    table = Table.grid(padding=(0, 2))
    for each in data["inputs"]:
        table.add_row(escape(words.get(each["name"], each["name"])), escape(each["value"]), each["on"] or "")
    paper.print(say("cli.today_rule", rule=data["rule"], sources=", ".join(data["sources"])), style="dim", markup=False)
    paper.print(table, style="dim")
