"""The command line, run in this process, with a journal of its own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from hipwise.cli import app
from hipwise.journal import Journal
from sore_runner import Clock

COMMAND = typer.main.get_command(app)
"""Made once: it takes longer than many a command."""


@dataclass
class Answer:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def me(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the journal is; the environment says so to every command."""
    journal = tmp_path / "me.db"
    monkeypatch.setenv("HIPWISE_JOURNAL", str(journal))
    return journal


@pytest.fixture
def hipwise(me: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    """Return a function that runs a command in words."""
    assert me.parent.is_dir()
    monkeypatch.setattr("typer.testing._get_command", lambda _: COMMAND)

    def run(*words: object, typed: str | bytes | None = None) -> Answer:
        result = CliRunner().invoke(app, [str(word) for word in words], input=typed, prog_name="hipwise")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Answer(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock of every journal that is opened."""
    clock, whole = Clock(), Journal.open
    monkeypatch.setattr(Journal, "open", lambda where, **more: whole(where, **{"now": clock} | more))
    return clock


@pytest.fixture
def told(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a file of answers."""

    def write(document: object) -> Path:
        path = tmp_path / "told.json"
        path.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
        return path

    return write
