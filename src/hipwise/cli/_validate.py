"""Command about labelled cases: validate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hipwise.cli._app import AsJson, command, emit_json, paper
from hipwise.errors import HipwiseError
from hipwise.texts import say

if TYPE_CHECKING:
    from hipwise.cli._paper import Paper
    from hipwise.validate import Answer

TRIAGE = ("exact", "acceptable", "under", "over")
CAUSES = ("first_strict", "three_strict", "first_fair", "three_fair")
SHORT = ("under", "over", "first_fair", "three_fair")
"""What the tables by group show."""


@command("validate", "keep")
def validate(
    cases: Annotated[Path, typer.Argument(help=say("cli.arg_cases"))],
    told: Annotated[
        Path | None, typer.Option("--told", help=say("cli.option_case_answers"), metavar="FILE.yaml")
    ] = None,
    text: Annotated[bool, typer.Option("--text", help=say("cli.option_own_words"))] = False,
    fields: Annotated[bool, typer.Option("--fields", help=say("cli.option_fields"))] = False,
    questions: Annotated[bool, typer.Option("--questions", help=say("cli.option_questions"))] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help=say("cli.option_verbose"))] = False,
    as_json: AsJson = False,
) -> None:
    """Score labelled cases."""
    from hipwise.validate import report

    answers, in_words = _answers(cases, told, text=text or fields, fields=fields, questions=questions)
    data = {"told": "text" if in_words else "answers", "note": say("validate.no_clinician")} | report(answers)
    if as_json:
        emit_json(data)
    else:
        _show(paper(), data, verbose=verbose)


def _answers(path: Path, told: Path | None, *, text: bool, fields: bool, questions: bool) -> tuple[list[Answer], bool]:
    """Return what hipwise says to each case, and whether their own words were read.

    Raises:
        HipwiseError: no case has what is to be told.
    """
    from hipwise.knowledge import Knowledge
    from hipwise.validate import answer, read_labelled
    from hipwise.words import Reader

    knowledge = Knowledge.load()
    every = read_labelled(path, knowledge, told, with_fields=fields)
    in_words = text or (told is None and all(case.told is None for case in every))
    having = [case for case in every if (case.text if in_words else case.told) is not None]
    if not having:
        what = say("validate.free_text" if in_words else "validate.answers")
        raise HipwiseError("cases_unreadable", where=str(path), problem=say("validate.nobody", what=what).rstrip("."))
    reader = Reader(knowledge) if in_words else None
    return [answer(case, knowledge, reader, with_interview=questions) for case in having], in_words


def _show(page: Paper, data: dict[str, Any], *, verbose: bool) -> None:
    how = say("validate.how_text" if data["told"] == "text" else "validate.how_told")
    page.head(say("validate.title", count=data["cases"], how=how))
    rows = [(name, data["triage"][name]) for name in TRIAGE] + [(name, data["causes"][name]) for name in CAUSES]
    heads = [say(f"validate.{each}") for each in ("what", "count", "percent", "interval")]
    page.table(heads, [(say(f"validate.{name}"), *_cells(found)) for name, found in rows], right=(1, 2, 3))
    page.head(say("validate.confusion"))
    levels = list(next(iter(data["confusion"].values())))
    body = [(label, *(str(row[level]) for level in levels)) for label, row in data["confusion"].items()]
    page.table(["", *levels], body, right=range(1, len(levels) + 1))
    for name, groups in data["by"].items():
        if verbose or name == "kind":
            page.head(say(f"validate.by_{name}"))
            short = ["", *(say(f"validate.{each}") for each in SHORT)]
            page.table(short, _group_rows(groups), right=range(1, len(short)))
    _show_calibration(page, data["calibration"])
    if data["questions"] is not None:
        page.line(say("validate.questions", **data["questions"]))
    page.head(say("validate.misses", count=len(data["misses"])))
    if verbose:
        page.bullets(_miss(each) for each in data["misses"])
    elif data["misses"]:
        page.line(say("validate.more_with_verbose"))
    page.line(data["note"], "bold")


def _cells(found: dict[str, Any]) -> tuple[str, str, str]:
    """Return a share as three cells: how many, percent, interval."""
    count = say("validate.share_of", count=found["count"], of=found["of"])
    if not found["of"]:
        return count, "", ""
    low, high = f"{found['low'] * 100:.0f}", f"{found['high'] * 100:.0f}"
    percent = say("validate.share_percent", percent=f"{found['share'] * 100:.0f}")
    return count, percent, say("validate.share_interval", low=low, high=high)


def _group_rows(groups: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, sums in groups.items():
        found = sums["triage"] | sums["causes"]
        shares = (say("validate.share_of", count=found[each]["count"], of=found[each]["of"]) for each in SHORT)
        yield (name or say("validate.unnamed"), *shares)


def _show_calibration(page: Paper, found: dict[str, Any]) -> None:
    if found["brier"] is None:
        return
    page.head(say("validate.calibration", brier=f"{found['brier']:.3f}", cases=found["cases"]))
    heads = [say(f"validate.{each}") for each in ("promised", "count", "so", "interval")]
    rows = [
        (say("validate.share_percent", percent=f"{each['promised'] * 100:.0f}"), *_cells(each))
        for each in found["reliability"]
    ]
    page.table(heads, rows, right=(0, 1, 2, 3))


def _miss(each: dict[str, Any]) -> str:
    """Return one miss in a line."""
    joined = {name: ", ".join(each[name]) or "-" for name in ("alarms", "first", "fair")}
    return say(f"validate.miss_{each['what']}", **(each | joined))
