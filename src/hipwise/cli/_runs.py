"""Commands about runs: add, log, runs, load, form."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hipwise.cli._app import INCOMPLETE, AsJson, Where, command, emit_json, open_journal, paper
from hipwise.texts import say

if TYPE_CHECKING:
    from hipwise.activity import RunSummary
    from hipwise.draw import Chart
    from hipwise.store import Event

M_PER_KM = 1000
S_PER_MIN = 60
FILE_WIDTH = 720
"""Pictures in a file are seen on a screen or on paper, wider than on a phone."""

DAYS = ["%Y-%m-%d"]
TIMES = ["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]


@command("add", "runs")
def add(
    paths: Annotated[list[Path], typer.Argument(help=say("cli.arg_paths"))],
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Bring runs in."""
    with open_journal(journal) as opened:
        if as_json:
            emit_json(opened.add(paths).as_dict())
            return
        from hipwise.cli._progress import add_with_bar
        from hipwise.cli._show import show_import

        report = add_with_bar(opened, paths)
    show_import(paper(), report)
    if report.of("failed"):
        raise typer.Exit(INCOMPLETE)


@command("log", "runs")
def log(
    distance_km: Annotated[float | None, typer.Argument(help=say("cli.arg_distance_km"))] = None,
    minutes: Annotated[float | None, typer.Argument(help=say("cli.arg_minutes"))] = None,
    at: Annotated[datetime | None, typer.Option("--at", formats=TIMES, help=say("cli.option_at"))] = None,
    sport: Annotated[str, typer.Option(help=say("cli.option_sport"))] = "running",
    effort: Annotated[float | None, typer.Option(min=0, max=10, help=say("cli.option_effort"))] = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Note a run by hand."""
    with open_journal(journal) as opened:
        kept = opened.log(
            distance_m=None if distance_km is None else distance_km * M_PER_KM,
            timer_s=None if minutes is None else minutes * S_PER_MIN,
            started_at=None if at is None else at.astimezone(),
            sport=sport,
            perceived_effort=effort,
        )
    _show_runs((kept,), as_json=as_json)


@command("runs", "runs")
def runs(
    last: Annotated[int | None, typer.Option(min=1, help=say("cli.option_last"))] = None,
    split: Annotated[str | None, typer.Option("--split", help=say("cli.option_split"))] = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """List all runs, or split one that was put together."""
    with open_journal(journal) as opened:
        found = opened.runs() if split is None else opened.split(split)
    _show_runs(found[-last:] if last else found, as_json=as_json)


def _show_runs(found: tuple[RunSummary, ...], *, as_json: bool) -> None:
    from hipwise.handout import run_data

    if as_json:
        emit_json([run_data(run) for run in found])
        return
    from hipwise.cli._show import show_runs

    show_runs(paper(), found)


@command("imports", "runs")
def imports(journal: Where = None, as_json: AsJson = False) -> None:
    """List all imports."""
    with open_journal(journal) as opened:
        found = opened.imports()
    if as_json:
        emit_json([_import_data(each) for each in found])
        return
    from hipwise.cli._show import show_imports

    show_imports(paper(), found)


def _import_data(event: Event) -> dict[str, object]:
    return {
        "number": event.number,
        "label": event.label,
        "at": event.at.isoformat(),
        "runs": event.runs,
        "merged": event.merged,
        "finished": event.finished,
        "undone_at": None if event.undone_at is None else event.undone_at.isoformat(),
    }


@command("gap", "runs")
def gap(
    begin: Annotated[datetime, typer.Argument(metavar="FROM", formats=DAYS, help=say("cli.arg_from"))],
    until: Annotated[datetime, typer.Argument(metavar="TO", formats=DAYS, help=say("cli.arg_to"))],
    rest: Annotated[bool | None, typer.Option("--rest/--no-watch", help=say("cli.option_rest_days"))] = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Say what days without a run were."""
    if rest is None:
        raise typer.BadParameter(say("cli.gap_which"))
    with open_journal(journal) as opened:
        kept = opened.mark_gap(begin.date(), until.date(), "rest" if rest else "no_watch")
    if as_json:
        emit_json({"from": kept.begin.isoformat(), "to": kept.until.isoformat(), "kind": kept.kind})
    else:
        paper().line(say(f"cli.gap_{kept.kind}", begin=kept.begin, until=kept.until))


@command("quality", "runs")
def quality(journal: Where = None, as_json: AsJson = False) -> None:
    """Say what the training data are worth."""
    with open_journal(journal) as opened:
        found = opened.quality()
    if as_json:
        emit_json(found.as_dict())
        return
    from hipwise.cli._show import show_quality

    show_quality(paper(), found)


class LoadChart(StrEnum):
    """The charts of `hipwise load`."""

    WEEKS = "weeks"
    SPIKES = "spikes"
    BEFORE = "before"
    TIME = "time"
    PAIN = "pain"
    UNTIL = "until"


@command("load", "runs")
def load(
    plan_km: Annotated[float | None, typer.Option("--plan-km", min=0.1, help=say("cli.option_plan_km"))] = None,
    svg: Annotated[Path | None, typer.Option("--svg", help=say("cli.option_svg"))] = None,
    chart: Annotated[LoadChart, typer.Option("--chart", help=say("cli.option_chart"))] = LoadChart.WEEKS,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Show the training load."""
    with open_journal(journal) as opened:
        data = opened.training(plan_km)
        drawn = None if svg is None else opened.chart(chart.value, width=FILE_WIDTH)
    if svg is not None and drawn is not None:
        data["chart"] = _written(drawn, svg)
    if as_json:
        emit_json(data)
        return
    from hipwise.cli._show_plan import show_load

    show_load(paper(), data)


@command("form", "runs")
def form(
    svg: Annotated[Path | None, typer.Option("--svg", help=say("cli.option_svg"))] = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Show the form from the watch."""
    from hipwise.handout import cadence_picture, form_data

    with open_journal(journal) as opened:
        found, knowledge = opened.form(), opened.knowledge
    data = form_data(found, knowledge)
    if svg is not None:
        data["chart"] = _written(cadence_picture(found, width=FILE_WIDTH), svg)
    if as_json:
        emit_json(data)
        return
    from hipwise.cli._show_plan import show_form

    show_form(paper(), data)


def _written(chart: Chart, file: Path) -> dict[str, object]:
    """Write the picture of CHART to FILE; return where it is, and the same data as a table."""
    file.write_text(chart.svg + "\n", "utf-8")
    rows = [list(row) for row in chart.rows]
    return {"file": str(file), "title": chart.title, "says": chart.says, "heads": list(chart.heads), "rows": rows}
