"""The command's frame: options that every command has, errors in words, exit codes.

Exit codes: 0 done; 1 an error, told in words; 2 the arguments are wrong; 3 done, but some files could not be read
(`add`) or the knowledge base has faults (`check`); 4 someone must look at the hip; 130 stopped. With `--json` 3 (of
`add`) and 4 stay away: what they say stands in the JSON.
"""

from __future__ import annotations

import functools
import json
import math
import os
import sys
from collections.abc import Callable, Sequence
from contextvars import copy_context
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from hipwise.errors import HipwiseError
from hipwise.texts import USUAL, say, speak

if TYPE_CHECKING:
    from hipwise.cli._paper import Paper
    from hipwise.journal import Journal

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
    "open_journal",
    "open_silent",
    "paper",
]

ERROR, WRONG_WORDS, INCOMPLETE, NEEDS_SOMEONE, STOPPED = 1, 2, 3, 4, 130
JSON = "--json"
TRACE = "HIPWISE_TRACE"
"""Set by those who look for a fault in hipwise: an error that nobody foresaw then shows where it came from."""


class Frame(TyperGroup):
    """All commands; with `--json` even wrong arguments are told as JSON."""

    def main(self, args: Sequence[str] | None = None, *_: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run the command that ARGS name."""
        words = sys.argv[1:] if args is None else list(args)
        _speak_what_can_be_written()
        if not standalone_mode or JSON not in words:
            return super().main(args, standalone_mode=standalone_mode, **extra)
        try:
            code = super().main(args, standalone_mode=False, **extra)
        except typer.TyperException as wrong:
            emit_json({"error": _usage(wrong)})
            code = WRONG_WORDS
        sys.exit(code if isinstance(code, int) else 0)


def _usage(wrong: typer.TyperException) -> dict[str, str]:
    return HipwiseError("wrong_words", problem=wrong.format_message().rstrip(".")).as_dict()


def _speak_what_can_be_written() -> None:
    """Let an old terminal show a question mark for a sign that it lacks, rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


app = typer.Typer(
    name="hipwise",
    cls=Frame,
    help=say("cli.about"),
    epilog="\n\n".join((say("cli.begin_with"), *say("cli.exit_codes").splitlines())),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)

AsJson = Annotated[bool, typer.Option(JSON, help=say("cli.option_json"))]
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
    if context.invoked_subcommand is None:
        context.fail(say("cli.which_command"))
    context.default_map = {each.name: {"journal": journal} for each in app.registered_commands if each.name}


def command(name: str, panel: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a command: help and examples stand in the catalogue, errors become words (or JSON with --json)."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(function)
        def wrapped(*args: Any, **values: Any) -> None:
            copy_context().run(_attempt, function, *args, **values)  # so that no voice outlives its command

        examples = "\n\n".join((say("cli.examples"), *say(f"cli.examples_{name}").splitlines()))
        group = say(f"cli.panel_{panel}")
        app.command(name, help=say(f"cli.help_{name}"), epilog=examples, rich_help_panel=group)(wrapped)
        return function

    return register


def _attempt(function: Callable[..., None], *args: Any, **values: Any) -> None:
    """Do what a command does; what goes wrong is told in words, in the voice that its runner chose."""
    try:
        function(*args, **values)
    except (typer.Exit, typer.TyperException, BrokenPipeError):
        raise
    except KeyboardInterrupt:
        typer.echo(say("cli.stopped"), err=True)
        raise typer.Exit(STOPPED) from None
    except Exception as problem:
        if TRACE in os.environ:
            raise
        _tell(_in_words(problem), as_json=bool(values.get("as_json")))
        raise typer.Exit(ERROR) from None


def _in_words(problem: Exception) -> HipwiseError:
    """Return a PROBLEM as an error that speaks plainly."""
    if isinstance(problem, HipwiseError):
        return problem
    if isinstance(problem, EOFError):
        return HipwiseError("nobody_answers")
    if isinstance(problem, OSError):
        return HipwiseError(
            "file_closed_to_us", where=str(problem.filename or ""), reason=problem.strerror or str(problem)
        )
    return HipwiseError("stumbled", reason=f"{type(problem).__name__}: {problem}", trace=TRACE)


def open_journal(journal: str | None) -> Journal:
    """Open the journal that was chosen, or the usual one; from then on the command speaks as its runner chose."""
    opened = open_silent(journal)
    chosen = opened.voice
    speak(chosen)
    return opened if chosen == USUAL else opened.speaking(chosen)


def open_silent(journal: str | None) -> Journal:
    """Open the journal that was chosen, or the one in the usual folder of this machine, open to its owner only."""
    from hipwise.journal import Journal

    if journal:
        return Journal.open(journal)
    folder = Path(typer.get_app_dir("hipwise"))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Journal.open(folder / "journal.db")


def paper() -> Paper:
    """Return what to print on: the terminal, or plain lines where it is none."""
    from hipwise.cli._paper import Paper

    return Paper()


def emit_json(data: object) -> None:
    """Print plain data for other programs. A number that is none (NaN) is not known: null."""
    narrow = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") != "utf8"
    typer.echo(json.dumps(_finite(data), ensure_ascii=narrow, indent=2, allow_nan=False))


def _finite(data: Any) -> Any:
    if isinstance(data, dict):
        return {str(name): _finite(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [_finite(value) for value in data]
    return None if isinstance(data, float) and not math.isfinite(data) else data


def _tell(error: HipwiseError, *, as_json: bool) -> None:
    if as_json:
        emit_json({"error": error.as_dict()})
        return
    from hipwise.cli._paper import Paper

    loud = Paper(aside=True)
    loud.line(say("cli.error_what", text=error.what), "bold red")
    for part, text in (("where", error.where), ("why", error.why), ("next", error.next_step)):
        if text:
            loud.line(say(f"cli.error_{part}", text=text))


def main() -> None:
    """Run the command line."""
    app()
