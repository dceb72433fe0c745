"""Every command explains itself, with examples that work, and the reference says the same."""

import os
import re
import shlex
import subprocess
import sys

import pytest
import typer

from hipwise.cli import app, reference
from hipwise.cli._app import ERROR, INCOMPLETE, NEEDS_SOMEONE, STOPPED, WRONG_WORDS
from hipwise.texts import known, say

GROUP = typer.main.get_command(app)
NAMES = tuple(GROUP.commands)
TO_RENEW = "python -c 'from hipwise.cli import reference; print(reference(), end=\"\")' > docs/reference/cli.md"


def examples(name):
    """Return the examples of a command as lists of words, what feeds them left out."""
    lines = say(f"cli.examples_{name}").splitlines()
    return [shlex.split(line.rpartition("| ")[2]) for line in lines]


def test_the_commands_are_those_of_the_loop_and_stand_in_its_order():
    assert (
        *("add", "log", "runs", "imports", "gap", "quality", "load", "form"),
        *("interview", "tell", "pains", "assess", "whatif", "findings", "causes", "sources", "score", "validate"),
        *("plan", "checkin", "today", "done", "changes", "accept", "decline", "swap", "move", "lock"),
        *("weekly", "race", "report"),
        *("calendar", "workout", "sheet"),
        *("exercises", "exercise"),
        *("settings", "undo", "export", "restore", "check", "demo", "serve"),
    ) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_help_examples_and_json(hipwise, name):
    answer = hipwise(name, "--help")
    assert answer.code == 0
    assert "--json" in answer.out
    assert "Examples:" in answer.out
    shown = " ".join(answer.out.split())
    assert all(" ".join(words[:2]) in shown for words in examples(name))
    assert max(map(len, answer.out.splitlines())) <= 80


@pytest.mark.parametrize(("name", "words"), [(name, words) for name in NAMES for words in examples(name)])
def test_every_example_is_understood(name, words):
    assert words[:2] == ["hipwise", name]
    command = GROUP.commands[name]
    context = command.make_context(name, words[2:])
    assert context.params.keys() >= {"as_json"}


@pytest.mark.parametrize("name", NAMES)
def test_every_option_says_what_it_is(name):
    assert [each.name for each in GROUP.commands[name].params if not each.help] == []


def test_help_comes_without_a_command_too(hipwise):
    answer = hipwise("--help")
    assert answer.code == 0
    assert all(name in answer.out for name in NAMES)
    assert "It is no diagnosis" in " ".join(answer.out.split())
    assert hipwise().code == 2
    assert "Your runs" in hipwise().out
    assert "Which command?" in hipwise("--journal", "x.db").err


def test_the_version_is_told(hipwise):
    assert re.fullmatch(r"hipwise \d+\.\d+\.\d+\S*\n", hipwise("--version").out)


def test_exit_codes_are_told_in_the_help_as_they_are(hipwise):
    told = hipwise("--help").out
    for code in (0, ERROR, WRONG_WORDS, INCOMPLETE, NEEDS_SOMEONE, STOPPED):
        assert re.search(rf"^\s*{code}: ", told, re.MULTILINE), code


def test_a_slip_in_the_name_of_a_command_is_told_with_what_comes_near(hipwise):
    assert "interview" in hipwise("intervew").err
    assert "interview" in hipwise("intervew", "--json").json["error"]["why"]


def test_every_text_of_a_command_belongs_to_one():
    told = {text.removeprefix("cli.") for text in known() if text.startswith(("cli.help_", "cli.examples_"))}
    assert told == {f"{kind}_{name}" for kind in ("help", "examples") for name in NAMES}


def test_the_reference_is_what_the_commands_say(request):
    page = request.config.rootpath / "docs" / "reference" / "cli.md"
    assert page.read_text("utf-8") == reference(), f"to renew it: {TO_RENEW}"


def test_the_command_does_its_algebra_in_one_thread() -> None:
    """Our tables are small: with two, an answer takes twice the processor and, beside other work, twice the time."""
    look = "import os, sys, hipwise.cli; print('numpy' in sys.modules, os.environ['OPENBLAS_NUM_THREADS'])"
    alone = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    said = subprocess.run([sys.executable, "-c", look], env=alone, check=True, capture_output=True, text=True)
    assert said.stdout.split() == ["False", "1"]
