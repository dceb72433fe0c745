"""Commands about what lies ahead: weekly, race."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer

from hipwise.cli._app import NEEDS_SOMEONE, AsJson, Where, command, emit_json, open_journal, paper
from hipwise.texts import say

Answer = Annotated[int | None, typer.Option(min=0, max=3, help=say("cli.option_weekly"))]


@command("weekly", "do")
def weekly(
    participation: Answer = None,
    training: Answer = None,
    performance: Answer = None,
    symptoms: Answer = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Answer the weekly questions, or see what the weeks so far say; and what the flares go with."""
    with open_journal(journal) as opened:
        if participation is not None:
            opened.weekly(participation, training, performance, symptoms)
        found, flares = opened.weeks(), opened.flares()
    data: dict[str, Any] = {"weeks": None, "flares": {"says": flares.says, "days": flares.days, "runs": flares.runs}}
    if found is not None:
        scores = [{"on": on.isoformat(), "score": score} for on, score in found.scores]
        told = {"follows": found.follows, "substantial": found.substantial, "improving": found.improving}
        data["weeks"] = {"scores": scores, "says": found.says} | told
    if as_json:
        emit_json(data)
        return
    page = paper()
    page.line(say("cli.weekly_none") if found is None else found.says, "bold")
    page.bullets(say("cli.weekly_line", on=on, score=score) for on, score in (found.scores if found else ()))
    page.line(flares.says)


@command("race", "do")
def race(
    date: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help=say("cli.option_race"))] = None,
    km: Annotated[float | None, typer.Option(min=1, max=500, help=say("cli.option_race_km"))] = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Tell how many weeks away a start line is."""
    with open_journal(journal) as opened:
        found = opened.race(km, None if date is None else date.date())
    if as_json:
        emit_json(found.as_dict())
        return
    page = paper()
    page.line(found.says[0], "bold")
    page.bullets(found.says[1:])
    if found.deferrals:
        page.head(say("cli.race_deferrals"))
        page.bullets(each.says for each in found.deferrals)
    if found.answer == "someone_first":
        raise typer.Exit(NEEDS_SOMEONE)
