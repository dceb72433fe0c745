"""The command's frame: options that every command has, errors in words, exit codes.

Exit codes: 0 done; 1 an error, told in words; 2 the arguments are wrong; 3 done, but some files could not be read (`add`)
or the knowledge base has faults (`check`); 4 the answer is that someone must look now or today.
"""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from hipwise.errors import HipwiseError
from hipwise.texts import say

__all__ = [
    "ERROR",
    "INCOMPLETE",
    "NEEDS_SOMEONE",
    "AsJson",
    "Where",
    "app",
    "command",
    "emit_json",
    "main",
    "paper",
    "place",
]

ERROR, INCOMPLETE, NEEDS_SOMEONE = 1, 3, 4
STOPPED = 130

app = typer.Typer(
    name="hipwise",
    help=say("cli.about"),
    epilog=say("cli.epilog"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)

AsJson = Annotated[bool, typer.Option("--json", help=say("cli.option_json"))]
Where = Annotated[str | None, typer.Option("--journal", help=say("cli.option_journal"), metavar="FILE_OR_URL")]


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    journal: Annotated[
        str | None,
        typer.Option("--journal", envvar="HIPWISE_JOURNAL", help=say("cli.option_journal"), metavar="FILE_OR_URL"),
    ] = None,
    version: Annotated[bool, typer.Option("--version", help=say("cli.option_version"))] = False,
) -> None:
    """Take the options that stand before the command; `--journal` then holds for whichever command follows."""
    if version:
        from importlib.metadata import version as installed

        typer.echo(say("cli.version", version=installed("hipwise")))
        raise typer.Exit
    context.default_map = {each.name: {"journal": journal} for each in app.registered_commands if each.name}


def command(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a command: help and examples stand in the catalogue, errors become words (or JSON with --json)."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(function)
        def wrapped(*args: Any, **values: Any) -> None:
            try:
                function(*args, **values)
            except HipwiseError as error:
                _tell(error, as_json=bool(values.get("as_json")))
                raise typer.Exit(ERROR) from None

        app.command(name, help=say(f"cli.help_{name}"), epilog=say(f"cli.examples_{name}"))(wrapped)
        return function

    return register


def place(journal: str | None) -> str:
    """Return where the journal is: as chosen, or in the usual folder of this machine, open to its owner only."""
    if journal:
        return journal
    folder = Path(typer.get_app_dir("hipwise"))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return str(folder / "journal.db")


def paper() -> Console:
    """Return the terminal to print on: as wide as it is, plain where it is no terminal."""
    return Console(highlight=False)


def emit_json(data: object) -> None:
    """Print plain data for other programs."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))


def _tell(error: HipwiseError, *, as_json: bool) -> None:
    if as_json:
        emit_json({"error": error.as_dict()})
        return
    loud = Console(stderr=True, highlight=False)
    loud.print(say("cli.error_what", text=error.what), style="bold red", markup=False)
    for part, text in (("where", error.where), ("why", error.why), ("next", error.next_step)):
        if text:
            loud.print(say(f"cli.error_{part}", text=text), markup=False)


def main() -> None:
    """Run the command line."""
    try:
        app()
    except KeyboardInterrupt:
        typer.echo(say("cli.stopped"), err=True)
        sys.exit(STOPPED)
