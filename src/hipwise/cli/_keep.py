"""Commands about keeping: settings, undo, export, restore, check, demo."""

from __future__ import annotations

from enum import StrEnum
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer

from hipwise.cli._app import INCOMPLETE, AsJson, Where, command, emit_json, open_journal, paper
from hipwise.errors import HipwiseError
from hipwise.texts import say


class Units(StrEnum):
    """Units of length."""

    KM = "km"
    MILES = "mi"


@command("settings", "keep")
def settings(
    units: Annotated[Units | None, typer.Option(help=say("cli.option_units"))] = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Choose how things are shown."""
    with open_journal(journal) as opened:
        kept = opened.settings() if units is None else opened.set_settings({"units": units.value})
        unit = opened.voice.unit
    if as_json:
        emit_json({"units": unit} | kept)
    else:
        paper().line(say(f"cli.units_{unit}"))


@command("undo", "keep")
def undo(
    number: Annotated[int | None, typer.Option("--import", min=1, help=say("cli.option_import"))] = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Take the last step back, or one import."""
    with open_journal(journal) as opened:
        undone = opened.undo(number)
    says = say("cli.nothing_to_undo") if undone is None else str(undone)
    _done(says, as_json=as_json, undone=None if undone is None else undone.event.kind)


@command("export", "keep")
def export(
    file: Annotated[Path, typer.Argument(help=say("cli.arg_export"))], journal: Where = None, as_json: AsJson = False
) -> None:
    """Write everything into one file."""
    with open_journal(journal) as opened:
        opened.export(file)
    _done(say("cli.exported", file=file), as_json=as_json, file=str(file))


@command("restore", "keep")
def restore(
    file: Annotated[Path, typer.Argument(help=say("cli.arg_restore"))],
    replace: Annotated[bool, typer.Option("--replace", help=say("cli.option_replace"))] = False,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Take over an exported file."""
    with open_journal(journal) as opened:
        stands = opened.restore(file, replace=replace)
        strange = opened.not_understood()
    says = say("cli.restored", file=file)
    if stands:
        says = say(
            "cli.restored_stands", restored=says, because="; ".join(why for each in stands for why in each.because)
        )
    if strange:
        says = f"{says} {say('journal.not_understood', count=len(strange))}"
    _done(says, as_json=as_json, file=str(file))


def _done(says: str, *, as_json: bool, **data: str | None) -> None:
    if as_json:
        emit_json(data | {"says": says})
    else:
        paper().line(says)


@command("check", "keep")
def check(
    folder: Annotated[Path | None, typer.Argument(help=say("cli.arg_folder"))] = None, as_json: AsJson = False
) -> None:
    """Check a knowledge base."""
    from hipwise.causes import check_cases
    from hipwise.knowledge import check as check_folder

    if folder is not None and next(folder.rglob("*.yaml"), None) is None:
        raise HipwiseError("no_knowledge", where=str(folder))
    with as_file(files("hipwise.knowledge") / "data") as own:
        faults = sorted([*check_folder(folder or own), *check_cases(folder or own)])
    if as_json:
        emit_json({"faults": [{"file": each.file, "line": each.line, "what": each.what} for each in faults]})
    else:
        for each in faults:
            typer.echo(str(each))
        typer.echo(say("cli.checked", count=len(faults)))
    if faults:
        raise typer.Exit(INCOMPLETE)


@command("demo", "keep")
def demo(
    keep: Annotated[Path | None, typer.Option("--keep", help=say("cli.option_keep"))] = None, as_json: AsJson = False
) -> None:
    """Tell the story of a sample runner."""
    from hipwise.cli._demo import tell_story

    tell_story(paper(), keep, as_json=as_json)
