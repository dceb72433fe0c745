"""Command about questionnaires: score."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hipwise.cli._app import AsJson, Where, command, emit_json, open_journal, paper
from hipwise.errors import HipwiseError
from hipwise.texts import say

if TYPE_CHECKING:
    from hipwise.knowledge import Questionnaire
    from hipwise.scores import Change, Score

MISSING = "-"


@command("score", "hip")
def score(
    questionnaire: Annotated[str, typer.Argument(help=say("cli.arg_questionnaire"))],
    answers: Annotated[list[str], typer.Argument(help=say("cli.arg_scores"))],
    before: Annotated[str | None, typer.Option("--before", help=say("cli.option_before"))] = None,
    keep: Annotated[bool, typer.Option("--keep", help=say("cli.option_keep_score"))] = False,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Count the answers of a questionnaire."""
    from hipwise.journal import questionnaire_of
    from hipwise.knowledge import Knowledge
    from hipwise.scores import change
    from hipwise.scores import score as count

    form = questionnaire_of(questionnaire, Knowledge.load())
    numbers = [_number(each) for each in answers]
    found = count(form, numbers)
    changes: tuple[Change, ...] = ()
    if keep:
        with open_journal(journal) as opened:
            found, changes = opened.score(form.id, numbers)
    if before is not None:
        earlier = [_number(each) for each in before.replace(",", " ").split()]
        if len(earlier) != len(found.scales):
            raise typer.BadParameter(say("cli.before_count", scales=", ".join(found.scales)))
        changes = change(form, dict(zip(found.scales, earlier, strict=True)), found.scales)
    if as_json:
        emit_json(_data(form, found, changes))
    else:
        _show(form, found, changes)


def _number(text: str) -> float | None:
    """Read one answer.

    Raises:
        HipwiseError: it is neither a number nor the sign for a missing one.
    """
    if text == MISSING:
        return None
    try:
        number = float(text)
    except ValueError as problem:
        raise HipwiseError("score_number", where=text) from problem
    if not math.isfinite(number):
        raise HipwiseError("score_number", where=text)
    return number


def _data(form: Questionnaire, found: Score, changes: Sequence[Change]) -> dict[str, Any]:
    return found.as_dict() | {
        "name": form.name,
        "better": form.better,
        "missing_rule": form.missing,
        "licence": form.licence,
        "note": form.note,
        "sources": list(form.sources),
        "changes": [each.as_dict() for each in changes],
    }


def _show(form: Questionnaire, found: Score, changes: Sequence[Change]) -> None:
    page = paper()
    page.head(say("cli.score_title", name=form.name, about=form.about))
    for name, value in found.scales.items():
        scale = form.scales.get(name)
        label, top = (scale.name, scale.top) if scale else (say("cli.score_mean"), 100)
        shown = (
            say("cli.score_unknown") if value is None else say("cli.score_value", value=f"{value:g}", top=f"{top:g}")
        )
        page.line(say("cli.score_line", scale=label, value=shown), "bold")
    page.line(say(f"cli.score_better_{form.better}"))
    for each in changes:
        scale = form.scales.get(each.scale)
        label = scale.name if scale else say("cli.score_mean")
        page.line(say("cli.score_change", scale=label, by=_by(each), meaning=say(f"cli.score_{each.meaning.value}")))
        if each.threshold is not None:
            number = each.threshold
            where = say("cli.score_threshold", says=number.says, of=number.of, source=number.source, grade=number.grade)
            page.line(where, "dim", indent="  ")
    if form.note:
        page.line(form.note)
    page.line(say("cli.score_missing", rule=form.missing, count=found.missing), "dim")
    page.line(form.licence, "dim")


def _by(change: Change) -> str:
    """Say how far it went, better or worse; forms differ in which way is up."""
    if not change.by:
        return say("cli.score_by_none")
    return say("cli.score_by_better" if change.by > 0 else "cli.score_by_worse", points=f"{abs(change.by):g}")
