"""What the terminal shows of imports, runs and lists. Data in, lines out; words from the catalogue."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from hipwise.activity import GRADES, Quality, RunSummary
from hipwise.cli._paper import Paper
from hipwise.journal import FileReport, ImportReport
from hipwise.store import Event
from hipwise.texts import in_unit, pace, say

__all__ = ["show_causes", "show_findings", "show_import", "show_imports", "show_quality", "show_runs", "show_sources"]

Data = dict[str, Any]

MOST_FILES = 10
"""Files named for one reason; the JSON names all."""

MOST_FAULTS = 30
M_PER_KM = 1000


def show_import(paper: Paper, report: ImportReport) -> None:
    """Show how many files were read, merged, skipped, failed; name files where there is something to know of them."""
    if not report.files:
        paper.line(say("cli.import_nothing"))
    shared = _shared_folder([each.file for each in report.files])
    for outcome in ("read", "merged", "skipped", "failed"):
        found = report.of(outcome)
        if found:
            paper.line(say(f"cli.import_{outcome}", count=len(found)), "bold")
        for why, files in _by_reason(found, with_why=outcome in {"skipped", "failed"}):
            paper.bullets([why])
            paper.line(_named([each.removeprefix(shared) for each in files]), "dim", indent="    ")


def _shared_folder(files: list[str]) -> str:
    """Return the folder that all FILES lie in, with the sign that ends it; nothing where there is none."""
    try:
        folder = os.path.commonpath([os.path.dirname(each) for each in files])  # noqa: PTH120 (files as they were told)
    except ValueError:  # some from the root, some from here, or none at all
        return ""
    return folder + os.sep if folder.strip(os.sep) else ""


def _by_reason(found: Iterable[FileReport], *, with_why: bool) -> Iterator[tuple[str, list[str]]]:
    """Return each thing to know, with the files that it is true of."""
    reasons: defaultdict[str, list[str]] = defaultdict(list)
    for each in found:
        for why in (*((each.why,) if with_why else ()), *each.notes):
            reasons[why].append(each.file)
    yield from reasons.items()


def _named(files: list[str]) -> str:
    names = ", ".join(files[:MOST_FILES])
    more = len(files) - MOST_FILES
    return names if more <= 0 else say("cli.and_more", names=names, count=more)


def show_imports(paper: Paper, found: Iterable[Event]) -> None:
    """Show imports, one a line."""
    rows = [
        (
            str(each.number),
            f"{each.at.astimezone():%Y-%m-%d %H:%M}",
            each.label,
            str(each.runs),
            str(each.merged),
            _state(each),
        )
        for each in found
    ]
    if rows:
        heads = ("number", "date", "what", "runs", "merged", "state")
        paper.table([say(f"cli.column_{head}") for head in heads], rows, right=(0, 3, 4))
    else:
        paper.line(say("cli.no_imports"))


def _state(event: Event) -> str:
    if event.undone_at is not None:
        return say("cli.import_undone_on", on=event.undone_at.astimezone().date())
    return "" if event.finished else say("cli.import_cut_short")


def show_quality(paper: Paper, quality: Quality) -> None:
    """Show the grades of the weeks, and what is wrong, the newest first."""
    if not quality.grades:
        paper.line(say("cli.no_runs"))
        return
    for grade, text in zip(GRADES, ("cli.grade_a", "cli.grade_b", "cli.grade_c", "cli.grade_d"), strict=True):
        weeks = sum(each == grade for each in quality.grades.values())
        paper.line(say(text, count=weeks, error=quality.errors[grade]))
    if quality.merged:
        paper.line(say("cli.quality_merged", count=quality.merged))
    reasons: defaultdict[str, list[str]] = defaultdict(list)
    for fault in sorted(quality.faults, key=lambda fault: fault.on, reverse=True):
        reasons[fault.says].append(fault.on.isoformat())
    paper.line(say("cli.quality_faults", count=len(quality.faults)), "bold")
    for says, days in list(reasons.items())[:MOST_FAULTS]:
        paper.bullets([says])
        paper.line(_named(days), "dim", indent="    ")
    if len(reasons) > MOST_FAULTS:
        paper.line(say("cli.quality_more", count=len(reasons) - MOST_FAULTS))


def show_runs(paper: Paper, found: Iterable[RunSummary]) -> None:
    """Show runs, one a line."""
    heads = ("date", "sport", "distance", "time", "pace", "cadence", "heart_rate", "file")
    rows = [_row(run) for run in found]
    if rows:
        paper.table([say(f"cli.column_{head}") for head in heads], rows, right=range(2, 7))
    else:
        paper.line(say("cli.no_runs"))


def _row(run: RunSummary) -> tuple[str, ...]:
    return (
        run.local_date.isoformat(),
        run.sport,
        "" if run.distance_m is None else f"{in_unit(run.distance_m / M_PER_KM):.2f}",
        _clock(run.timer_s),
        _pace(run),
        "" if run.cadence_spm is None else f"{run.cadence_spm:.0f}",
        "" if run.heart_rate_bpm is None else f"{run.heart_rate_bpm:.0f}",
        Path(run.file).name,
    )


def _clock(seconds: float | None) -> str:
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"


def _pace(run: RunSummary) -> str:
    if not run.distance_m or not run.timer_s:
        return ""
    return pace(run.distance_m / run.timer_s)


def show_findings(paper: Paper, data: Iterable[Data]) -> None:
    """Show every finding with its states."""
    group = None
    for each in data:
        if each["group"] != group:
            group = each["group"]
            paper.head(group)
        paper.line(say("cli.finding", id=each["id"], question=each["question"]), hang="    ")
        paper.line(say("cli.states", states=", ".join(each["states"])), "dim", indent="    ")


def show_causes(paper: Paper, data: Iterable[Data]) -> None:
    """Show every cause in a few lines."""
    for each in data:
        paper.line(say("cli.cause", name=each["name"], id=each["id"]), "bold")
        for key in ("plain", "separates", "recovers", "see_someone"):
            if each[key]:
                paper.line(say(f"cli.cause_{key}", text=each[key]), "" if key == "plain" else "dim", indent="    ")


def show_sources(paper: Paper, data: Iterable[Data]) -> None:
    """Show sources: who says what."""
    for each in data:
        paper.line(say("cli.source", **each), hang="    ")
        for key in ("says", "doi"):
            if each[key]:
                paper.line(say(f"cli.source_{key}", text=each[key]), "dim", indent="    ")
