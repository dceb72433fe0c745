"""What the documents say is so."""

import importlib.util
import re
import tomllib

import pytest
import typer
import yaml

LINK = re.compile(r"\[[^\]]+\]\((?!https?://|mailto:|#)([^)#\s]+)")
ADDRESSED = re.compile(r"python3 dev\.py ([a-z]+)")
COMMAND = re.compile(r"^\s*(?:\$ )?(?:python3 dev\.py run -- |hipwise )([a-z]+)", re.MULTILINE)


@pytest.fixture(scope="module")
def dev(root):
    made = importlib.util.spec_from_file_location("dev", root / "dev.py")
    module = importlib.util.module_from_spec(made)
    made.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]


def fenced(text):
    return "\n".join(re.findall(r"^```[a-z]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL))


def test_the_readme_names_the_two_commands_and_the_two_licences(root):
    text = (root / "README.md").read_text("utf-8")
    assert {"run", "test"} <= set(ADDRESSED.findall(fenced(text)))
    assert "Apache" in text
    assert "CC BY 4.0" in text


def test_every_developer_command_that_a_document_names_exists(documents, dev):
    named = {(file, name) for file, text in documents.items() for name in ADDRESSED.findall(text)}
    assert {pair for pair in named if pair[1] not in dev.COMMANDS} == set()


def test_every_user_command_that_a_document_shows_exists(documents):
    from hipwise.cli import app

    commands = set(typer.main.get_command(app).commands)
    shown = {(file, name) for file, text in documents.items() for name in COMMAND.findall(fenced(text))}
    assert {pair for pair in shown if pair[1] not in commands} == set()


def test_every_link_within_the_documents_leads_to_a_file(documents, root):
    broken = [
        f"{file}: {link}"
        for file, text in documents.items()
        for link in LINK.findall(text)
        if not ((root / file).parent / link).exists()
    ]
    assert not broken, "\n".join(broken)


def test_the_version_is_the_same_everywhere(root, project):
    cited = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    told = re.findall(r"^## \[?([0-9][^\]\s]*)", (root / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert str(cited["version"]) == project["version"]
    assert told[0] == project["version"]


def test_the_licences_are_the_same_everywhere(root, project):
    cited = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    assert project["license"] == f"{cited['license']} AND CC-BY-4.0"
    assert "CC BY 4.0" in cited["abstract"]
    assert all((root / file).is_file() for file in project["license-files"])


def test_decision_records_are_numbered_without_a_gap(root):
    records = sorted((root / "docs" / "decisions").glob("[0-9]*.md"))
    assert [int(file.name[:4]) for file in records] == list(range(1, len(records) + 1))


def test_every_decision_record_has_its_three_parts_on_one_page(root):
    faults = []
    for file in (root / "docs" / "decisions").glob("[0-9]*.md"):
        text = file.read_text("utf-8")
        heads = re.findall(r"^## (.+)$", text, re.MULTILINE)
        if heads != ["Context", "Decision", "Consequences"] or text.count("\n") > 80:
            faults.append(file.name)
    assert faults == []


def test_the_documents_stand_in_their_folders(root):
    kinds = {"tutorials", "how-to", "reference", "explanation", "decisions", "pictures"}
    assert {file.name for file in (root / "docs").iterdir() if file.is_dir()} == kinds


def test_every_feature_names_tests_that_there_are(root):
    rows = re.findall(
        r"^\| ([a-h]\d+)[^|]*\|[^|]+\| (.+) \|$", (root / "docs/reference/features.md").read_text("utf-8"), re.MULTILINE
    )
    assert len({name for name, _ in rows}) == len(rows) > 80
    for name, held in rows:
        named = re.findall(r"`([\w/]+\.py)::(test_\w+)`", held)
        assert named or held == "not yet", name
        for file, test in named:
            assert f"def {test}(" in (root / "tests" / file).read_text("utf-8"), (name, file, test)
