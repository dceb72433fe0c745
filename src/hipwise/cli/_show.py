"""What the terminal shows of imports, runs, assessments and lists. Data in, lines out; words from the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from hipwise.activity import RunSummary
from hipwise.journal import ImportReport
from hipwise.texts import say

__all__ = [
    "bullets",
    "percent",
    "show_assessment",
    "show_causes",
    "show_findings",
    "show_import",
    "show_referral",
    "show_runs",
]

Data = dict[str, Any]

COLOURS = {
    "emergency": "bold white on red",
    "same_day": "bold red",
    "within_days": "bold yellow",
    "routine": "cyan",
    "self_care": "green",
}
BORDERS = {"emergency": "red", "same_day": "red", "within_days": "yellow", "routine": "cyan", "self_care": "green"}
MOST_CAUSES = 5
MOST_REASONS = 4
LEAST_SHARE = 0.02
"""Causes below it are left to --json."""
BAR = 20


def show_import(paper: Console, report: ImportReport) -> None:
    """Show how many files were read, merged, skipped, failed, and why where it is not plain."""
    for outcome in ("read", "merged", "skipped", "failed"):
        found = report.of(outcome)
        if found:
            paper.print(say(f"cli.import_{outcome}", count=len(found)), style="bold")
    table = Table(say("cli.column_file"), say("cli.column_outcome"), say("cli.column_why"), box=None)
    for each in report.files:
        if each.outcome != "read":
            table.add_row(escape(each.file), say(f"cli.outcome_{each.outcome}"), escape(each.why))
    if table.row_count:
        paper.print(table)
    if not report.files:
        paper.print(say("cli.import_nothing"))


def show_runs(paper: Console, found: Iterable[RunSummary]) -> None:
    """Show one line a run."""
    table = Table(box=None)
    for column in ("date", "sport", "distance", "time", "pace", "cadence", "heart_rate", "file"):
        table.add_column(
            say(f"cli.column_{column}"), justify="left" if column in {"date", "sport", "file"} else "right"
        )
    for run in found:
        table.add_row(
            run.local_date.isoformat(),
            run.sport,
            "" if run.distance_m is None else f"{run.distance_m / 1000:.2f}",
            _clock(run.timer_s),
            _pace(run),
            "" if run.cadence_spm is None else f"{run.cadence_spm:.0f}",
            "" if run.heart_rate_bpm is None else f"{run.heart_rate_bpm:.0f}",
            escape(run.file),
        )
    paper.print(table if table.row_count else say("cli.no_runs"))


def _clock(seconds: float | None) -> str:
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"


def _pace(run: RunSummary) -> str:
    if not run.distance_m or not run.timer_s:
        return ""
    minutes, seconds = divmod(round(run.timer_s / run.distance_m * 1000), 60)
    return f"{minutes}:{seconds:02}"


def show_assessment(paper: Console, data: Data) -> None:
    """Show urgency first, then the referral, causes with reasons, and what was not looked at."""
    level = data["level"]
    paper.print(Panel(say(f"cli.level_{level}"), style=COLOURS[level], title=say("cli.urgency")))
    for alarm in data["alarms"]:
        paper.print(f"[bold]{escape(alarm['name'])}[/bold]")
        paper.print(say("cli.alarm_because", because=alarm["because"]), markup=False)
        paper.print(say("cli.alarm_sources", sources=", ".join(alarm["sources"])), style="dim", markup=False)
    if data["referral"]:
        show_referral(paper, data["referral"])
    if data["causes"]:
        _show_ranked(paper, data)
    if data["missing"]:
        paper.print(say("cli.missing", count=len(data["missing"])), style="yellow")
    if data["next"]:
        paper.print(say("cli.next", question=data["next"]["question"], id=data["next"]["id"]), markup=False)
    paper.rule(say("cli.not_looked_at"))
    bullets(paper, data["not_looked_at"], style="dim")


def show_referral(paper: Console, referral: Data) -> None:
    """Show where to go, how fast, what to do until then, and what to say there."""
    lines = [f"[bold]{escape(referral['what'])}[/bold]", escape(referral["how_fast"]), ""]
    lines += [say("cli.bullet", text=escape(each)) for each in referral["until_then"]]
    lines += ["", escape(referral["say_there"])]
    paper.print(Panel("\n".join(lines), title=say("cli.referral"), border_style=BORDERS[referral["level"]]))


def _show_ranked(paper: Console, data: Data) -> None:
    paper.rule(say("cli.could_be"))
    likely = [each for each in data["causes"] if each["probability"] >= LEAST_SHARE]
    for cause in (likely or data["causes"])[:MOST_CAUSES]:
        bar = "█" * round(cause["probability"] * BAR)
        share, low, high = (percent(cause[key]) for key in ("probability", "low", "high"))
        paper.print(say("cli.cause_line", bar=f"{bar:<{BAR}}", share=share, low=low, high=high, name=cause["name"]))
        for side in ("for", "against"):
            for reason in cause[side][:MOST_REASONS]:
                paper.print(
                    say(
                        f"cli.reason_{side}",
                        text=reason["says"],
                        decibans=f"{reason['decibans']:+.0f}",
                        sources=", ".join(reason["sources"]),
                    ),
                    style="dim",
                    markup=False,
                )
    paper.print(say("cli.something_else", share=percent(data["something_else"])))
    paper.print(say("cli.honest"), style="dim")


def percent(share: float) -> int:
    """Return a share in per cent, never 0 and never 100: no interview gives a certainty."""
    return min(99, max(1, round(100 * share)))


def show_findings(paper: Console, data: list[Data]) -> None:
    """Show every finding with its states."""
    group = None
    for each in data:
        if each["group"] != group:
            group = each["group"]
            paper.rule(group)
        paper.print(f"[bold]{escape(each['id'])}[/bold]  {escape(each['question'])}")
        paper.print(say("cli.states", states=", ".join(each["states"])), style="dim", markup=False)


def show_causes(paper: Console, data: list[Data]) -> None:
    """Show every cause in a few lines."""
    for each in data:
        paper.print(f"[bold]{escape(each['name'])}[/bold]  ({escape(each['id'])})")
        for key in ("plain", "separates", "recovers", "see_someone"):
            if each[key]:
                paper.print(
                    say(f"cli.cause_{key}", text=each[key]), markup=False, style="dim" if key != "plain" else ""
                )


def bullets(paper: Console, texts: Iterable[str], style: str = "") -> None:
    """Show one bullet a text."""
    for text in texts:
        paper.print(say("cli.bullet", text=text), markup=False, style=style)
