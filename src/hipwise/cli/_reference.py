"""The page of the reference that tells every command, made from the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from hipwise.cli._app import app
from hipwise.texts import say

__all__ = ["reference"]


def reference() -> str:
    """Return the page as Markdown."""
    group: Any = typer.main.get_command(app)
    lines = [say("cli.reference_head"), "", say("cli.about"), "", say("cli.reference_everywhere"), ""]
    lines += [*_bullets(say("cli.exit_codes").splitlines()[1:]), ""]
    for name, command in group.commands.items():
        lines += _command(name, command)
    return "\n".join(lines)


def _command(name: str, command: Any) -> Iterator[str]:
    yield say("cli.reference_command", name=name)
    yield ""
    yield say(f"cli.help_{name}")
    yield ""
    shown = [each for each in command.params if each.name not in {"journal", "as_json", "help"}]
    yield from _bullets(_parameter(each) for each in shown)
    yield from ("",) if shown else ()
    yield "```"
    yield from say(f"cli.examples_{name}").splitlines()
    yield "```"
    yield ""


def _parameter(each: Any) -> str:
    if each.param_type_name == "argument":
        return say("cli.reference_parameter", names=each.metavar or each.name.upper(), text=each.help)
    return say("cli.reference_parameter", names=", ".join(each.opts), text=each.help)


def _bullets(texts: Any) -> Iterator[str]:
    return (say("cli.reference_bullet", text=text) for text in texts)
