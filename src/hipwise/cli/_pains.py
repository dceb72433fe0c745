"""The command about the pains themselves: which are open, which are over, and which came back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from hipwise.cli._app import AsJson, Where, command, emit_json, open_journal, paper
from hipwise.texts import say

if TYPE_CHECKING:
    from hipwise.journal import Journal

NAME = "ID | SIDE"


@command("pains", "hip")
def pains(
    end: Annotated[str | None, typer.Option("--end", metavar=NAME, help=say("cli.option_end"))] = None,
    back: Annotated[str | None, typer.Option("--back", metavar=NAME, help=say("cli.option_back"))] = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """List the pains; say that one is over, or that one has come back."""
    if end is not None and back is not None:
        raise typer.BadParameter(say("cli.end_or_back"))
    with open_journal(journal) as opened:
        if end is not None:
            opened.end_pain(end)
        if back is not None:
            opened.reopen_pain(back)
        found = _all(opened)
    if as_json:
        emit_json({"pains": found})
        return
    page = paper()
    page.head(say("cli.pains_title"))
    page.bullets([say(f"cli.pain_{each['state']}", **_named(each)) for each in found] or [say("cli.pains_none")])
    if end is not None:
        page.line(say("cli.pain_ended_next"))
    if back is not None:
        page.line(say("cli.pain_back_next"))


def _all(opened: Journal) -> list[dict[str, Any]]:
    """Return the pains, oldest first, without those in whose place another was written down."""
    closed, over, now = opened.closed(), opened.pains_over(), opened.episode
    return [
        {
            "id": each.id,
            "side": each.side,
            "site": each.site,
            "since": (each.onset or each.opened).isoformat(),
            "state": "over" if each.id in over else "open",
            "over_on": closed.get(each.id),
            "looked_at": now is not None and each.id == now.id,
        }
        for each in opened.episodes()
        if each.id not in closed or each.id in over
    ]


def _named(pain: dict[str, Any]) -> dict[str, Any]:
    return pain | {"side": pain["side"] or say("cli.no_side")}
