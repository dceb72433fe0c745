"""Every package that is depended on has a reason and a hash."""

import re
import tomllib
from importlib.metadata import version

import pytest
from packaging.requirements import Requirement


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def lock(root):
    """Return the entries of the lock: name, versions, and how many hashes each has."""
    text = (root / "requirements.lock").read_text("utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text)
    found = {}
    for entry in entries:
        name, pinned = re.match(r"([a-z0-9-]+)(?:\[.*\])?==(\S+)", entry).groups()
        found.setdefault(name, []).append((pinned, entry.count("--hash=sha256:")))
    return found


def asked(project):
    lines = [
        *project["project"]["dependencies"],
        *project["dependency-groups"]["dev"],
        *project["build-system"]["requires"],
    ]
    return [Requirement(line) for line in lines]


def test_every_locked_package_has_a_hash(lock):
    assert [name for name, pins in lock.items() if not all(hashes for _, hashes in pins)] == []


def test_the_lock_holds_what_the_project_asks_for(project, lock):
    lacking = [
        str(need)
        for need in asked(project)
        if not any(need.specifier.contains(pinned) for pinned, _ in lock.get(need.name.lower(), []))
    ]
    assert lacking == []


def test_what_is_installed_is_what_the_lock_says(project, lock):
    wrong = [
        f"{need.name} {version(need.name)}"
        for need in asked(project)
        if version(need.name) not in [pinned for pinned, _ in lock[need.name.lower()]]
    ]
    assert wrong == []


def test_every_package_has_its_reason_in_a_decision_record(project, root):
    records = "\n".join(file.read_text("utf-8") for file in (root / "docs" / "decisions").glob("*.md"))
    rows = set(re.findall(r"^\| `([a-z0-9-]+)`", records, re.MULTILINE))
    assert {need.name.lower() for need in asked(project)} - rows == set()


def test_no_decision_record_speaks_of_a_package_that_is_gone(project, root):
    records = "\n".join(file.read_text("utf-8") for file in (root / "docs" / "decisions").glob("000[23]*.md"))
    rows = set(re.findall(r"^\| `([a-z0-9-]+)`", records, re.MULTILINE))
    assert rows - {need.name.lower() for need in asked(project)} == set()


def test_the_package_that_is_not_open_source_is_never_needed_by_users(project):
    assert "garmin-fit-sdk" not in {Requirement(line).name for line in project["project"]["dependencies"]}
    assert not project["project"].get("optional-dependencies")


def test_the_package_that_is_not_open_source_is_never_imported_by_ours(package):
    assert [file for file in package.rglob("*.py") if "garmin_fit_sdk" in file.read_text("utf-8")] == []
