"""The command that argues with a result: which single answers would change it."""

from __future__ import annotations

from hipwise.cli._app import AsJson, Where, command, emit_json, open_journal, paper
from hipwise.texts import say

MOST_SHOWN = 6


@command("whatif", "hip")
def whatif(journal: Where = None, as_json: AsJson = False) -> None:
    """Say which single answers, were they otherwise, would change the urgency or the cause on top."""
    with open_journal(journal) as opened:
        found = opened.what_if()
    if as_json:
        emit_json(found)
        return
    page = paper()
    page.head(say("cli.whatif_title"))
    lines = [say(f"cli.whatif_{each['changes']}", **each) for each in found[:MOST_SHOWN]]
    page.bullets(lines or [say("cli.whatif_none")])
    page.line(say("cli.whatif_note"))
