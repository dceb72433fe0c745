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


def wheel_of(root, folder, **surroundings):
    """Build a wheel and return the names of what it holds, and what was said."""
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    env = ALONE | surroundings
    done = subprocess.run(words, check=False, capture_output=True, text=True, env=env, cwd=root)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        return set(opened.namelist()), done.stdout + done.stderr


def test_the_wheel_holds_every_file_of_the_package(root, package, tmp_path):
    held, _ = wheel_of(root, tmp_path)
    files = [file for file in package.rglob("*") if file.is_file() and "__pycache__" not in file.parts]
    assert {"hipwise/" + file.relative_to(package).as_posix() for file in files} - held == set()
    assert {name.rpartition("/")[2] for name in held} >= {"LICENSE", "LICENSE-KNOWLEDGE", "py.typed"}


def test_the_wheel_holds_the_built_app_where_it_can_be_built(root, tmp_path):
    sys.path.insert(0, str(root))
    import web_build

    if reason := web_build.why_not():
        pytest.skip(f"the app cannot be built here: {reason}")
    held, _ = wheel_of(root, tmp_path, HIPWISE_APP="must")
    assert {"hipwise/app/index.html", "hipwise/app/sw.js"} <= held
    assert not any("node_modules" in name or name.endswith((".ts", ".tsx")) for name in held)


def test_without_node_a_wheel_is_built_all_the_same_and_says_what_it_lacks(root, tmp_path):
    held, told = wheel_of(root, tmp_path, PATH=str(tmp_path))
    assert "hipwise/cli/__init__.py" in held
    assert not any(name.startswith("hipwise/app/") for name in held)
    assert "Node.js is not installed" in told
