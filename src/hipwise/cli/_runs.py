"""Commands about runs: add, log, runs, load."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from hipwise.activity import RunSummary, count
from hipwise.cli._app import INCOMPLETE, AsJson, Where, command, emit_json, paper, place
from hipwise.cli._show import show_import, show_runs
from hipwise.cli._show_plan import show_load
from hipwise.handout import run_data
from hipwise.journal import FileReport, ImportReport, Journal
from hipwise.texts import say


@command("add")
def add(
    paths: Annotated[list[Path], typer.Argument(help=say("cli.arg_paths"))],
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Bring runs in."""
    with Journal.open(place(journal)) as opened:
        report = opened.add(paths) if as_json else _with_bar(opened, paths)
    if as_json:
        emit_json(report.as_dict())
    else:
        show_import(paper(), report)
    if report.of("failed"):
        raise typer.Exit(INCOMPLETE)


def _with_bar(journal: Journal, paths: list[Path]) -> ImportReport:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=paper(), transient=True) as bar:
        task = bar.add_task(say("cli.reading"), total=count(paths))

        def step(report: FileReport) -> None:
            bar.update(task, advance=1, description=say("cli.reading_file", file=Path(report.file).name[-40:]))

        return journal.add(paths, step)


@command("log")
def log(
    distance_km: Annotated[float | None, typer.Argument(help=say("cli.arg_distance_km"))] = None,
    minutes: Annotated[float | None, typer.Argument(help=say("cli.arg_minutes"))] = None,
    at: Annotated[
        datetime | None,
        typer.Option("--at", formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], help=say("cli.option_at")),
    ] = None,
    sport: Annotated[str, typer.Option(help=say("cli.option_sport"))] = "running",
    effort: Annotated[float | None, typer.Option(min=0, max=10, help=say("cli.option_effort"))] = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Note a run by hand."""
    with Journal.open(place(journal)) as opened:
        kept = opened.log(
            distance_m=None if distance_km is None else distance_km * 1000,
            timer_s=None if minutes is None else minutes * 60,
            started_at=None if at is None else at.astimezone(),
            sport=sport,
            perceived_effort=effort,
        )
    _show_runs((kept,), as_json=as_json)


@command("runs")
def runs(
    last: Annotated[int | None, typer.Option(min=1, help=say("cli.option_last"))] = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """List all runs."""
    with Journal.open(place(journal)) as opened:
        found = opened.runs()
    _show_runs(found[-last:] if last else found, as_json=as_json)


def _show_runs(found: tuple[RunSummary, ...], *, as_json: bool) -> None:
    if as_json:
        emit_json([run_data(run) for run in found])
    else:
        show_runs(paper(), found)


@command("load")
def load(journal: Where = None, as_json: AsJson = False) -> None:
    """Show the training load."""
    with Journal.open(place(journal)) as opened:
        data = opened.training()
    if as_json:
        emit_json(data)
    else:
        show_load(paper(), data)
