"""What the tests of the house look at: the project's files, read once."""

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "hipwise"


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def package():
    return PACKAGE


@pytest.fixture(scope="session")
def modules():
    """Return every module of the package, parsed, by its path below `src/hipwise`."""
    return {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


@pytest.fixture(scope="session")
def written(modules):
    """Return every text constant of the package that is no docstring, as (file, node)."""
    found = []
    for file, tree in modules.items():
        docstrings = _docstrings(tree)
        constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        found += [(file, node) for node in constants if id(node) not in docstrings]
    return found


@pytest.fixture(scope="session")
def tracked():
    """Return the text of every file that git keeps or would keep, by its path below the project."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607 (the git that made the clone)
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode:
        pytest.skip("this is no git clone, so nobody can say which files belong to the project")
    names = [name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]
    return {name: text for name in names if (text := _text(ROOT / name)) is not None}


@pytest.fixture(scope="session")
def documents(tracked):
    """Return every Markdown file of the project, by its path."""
    return {name: text for name, text in tracked.items() if name.endswith(".md")}


def _text(path):
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return None


def _docstrings(tree):
    bodies = [getattr(node, "body", None) for node in ast.walk(tree)]
    lines = [line for body in bodies if isinstance(body, list) for line in body]
    return {id(line.value) for line in lines if isinstance(line, ast.Expr)}
