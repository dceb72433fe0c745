"""`pip install .` is all that a user does."""

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

HERE = Path(sys.executable).parent
ALONE = {
    name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL", "COV", "HIPWISE"))
}


def run(*command, check=False, cwd=None):
    words = [str(part) for part in command]
    return subprocess.run(words, check=check, capture_output=True, text=True, env=ALONE, cwd=cwd)


@pytest.fixture(scope="module")
def constraints(root, tmp_path_factory):
    """Return a file with the versions of the lock, so that the test means the same every day."""
    pins = re.findall(r"^([a-z0-9-]+==.*?) ?\\?$", (root / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    file = tmp_path_factory.mktemp("lock") / "constraints.txt"
    file.write_text("\n".join(pins), "utf-8")
    return file


@pytest.fixture(scope="module")
def installed(root, constraints, tmp_path_factory):
    """Return the folder of commands of an environment that holds hipwise and what it asks for, and nothing else."""
    venv = tmp_path_factory.mktemp("clean") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", venv, check=True)
    commands = venv / HERE.name
    limits = ["--constraints", constraints, "--build-constraints", constraints]
    uv = [HERE / "uv", "pip", "install", "--python", commands / "python", *limits, root]
    pip = [sys.executable, "-m", "pip", "--python", commands / "python", "install", "--constraint", constraints, root]
    told = []
    for way in ([*uv, "--offline"], uv, pip):
        done = run(*way)
        if done.returncode == 0:
            return commands
        told.append(done.stderr)
    return pytest.fail("\n".join(told))


def test_a_clean_install_gives_a_command_that_helps(installed, tmp_path):
    helped = run(installed / "hipwise", "--help", cwd=tmp_path)
    assert helped.returncode == 0, helped.stderr
    assert "hipwise" in helped.stdout


def test_a_clean_install_brings_the_knowledge_base(installed, tmp_path):
    told = run(installed / "hipwise", "findings", "--json", cwd=tmp_path)
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)


def test_a_clean_install_can_make_a_journal(installed, tmp_path):
    told = run(installed / "hipwise", "runs", "--json", "--journal", tmp_path / "me.db", cwd=tmp_path)
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout) == []
    assert (tmp_path / "me.db").is_file()


def test_a_clean_install_answers_as_a_module_too(installed, tmp_path):
    assert run(installed / "python", "-m", "hipwise", "--version", cwd=tmp_path).returncode == 0


def test_a_clean_install_needs_no_development_tool(installed):
    listed = run(
        installed / "python", "-c", "from importlib.metadata import *; print(*(d.name for d in distributions()))"
    )
    names = set(listed.stdout.split())
    assert "hipwise" in names
    assert names & {"pytest", "hypothesis", "garmin-fit-sdk", "fitdecode", "fit-tool", "hatchling", "uv"} == set()


def test_the_wheel_holds_every_file_of_the_package(root, package, tmp_path):
    done = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=root)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        held = set(opened.namelist())
    files = [file for file in package.rglob("*") if file.is_file() and "__pycache__" not in file.parts]
    assert {"hipwise/" + file.relative_to(package).as_posix() for file in files} - held == set()
    assert {name.rpartition("/")[2] for name in held} >= {"LICENSE", "LICENSE-KNOWLEDGE", "py.typed"}
