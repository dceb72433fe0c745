"""The command about the app: serve."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

import typer

from hipwise.cli._app import AsJson, Where, command, emit_json, open_silent
from hipwise.texts import say


@command("serve", "keep")
def serve(
    port: Annotated[int | None, typer.Option(min=1024, max=65535, help=say("cli.option_port"))] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help=say("cli.option_no_open"))] = False,
    lan: Annotated[bool, typer.Option("--lan", help=say("cli.option_lan"))] = False,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Open the app in the browser."""
    from hipwise.api import Wanted
    from hipwise.api import serve as serve_app

    logging.basicConfig(format="%(message)s")

    def tell(line: str) -> None:
        if as_json:
            emit_json({"says": line})
        else:
            typer.echo(line)

    folder = Path(typer.get_app_dir("hipwise")) / "server"
    with open_silent(journal) as opened:  # each request speaks as its own runner chose
        serve_app(opened, folder, Wanted(port, not no_open, lan), tell)
