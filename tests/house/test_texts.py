"""What users read stands in catalogues: every text that code names exists, and every text is said somewhere."""

import ast
import importlib
import re
import string

import pytest
import yaml

from hipwise.texts import known
from hipwise.texts._lengths import WORDS

SENTENCE = re.compile(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}")
LOOKS = re.compile(r"(bold|dim|italic)( [a-z_]+)*")
"""How a line looks on the terminal, which is no sentence."""
NOT_SAID = {
    "api/_certificates.py": "the name of our authority, as phones list it, is a name in every language",
    "activity/_run.py": "SAMPLES describes its columns to programmers",
    "store/_lanes.py": "the value of each lane describes it to programmers",
}
PROGRAMMERS_ERRORS = {"AssertionError", "LookupError", "TypeError", "ValueError"}
"""Errors that say that a caller in Python did wrong; a user never sees them."""


def plain(file):
    """Return what a YAML file says, every word of it as text."""
    return yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 (it makes text and nothing else)


@pytest.fixture(scope="module")
def catalogue(package):
    texts = {}
    for file in sorted((package / "texts" / "en").glob("*.yaml")):
        entries = plain(file)
        texts |= {f"{file.stem}.{key}": entry for key, entry in entries.items()}
    return texts


@pytest.fixture(scope="module")
def parameters(package):
    """Return every dotted id of the knowledge base, which looks like a text id and is none."""
    folder = package / "knowledge" / "data" / "parameters"
    return {f"{file.stem}.{key}" for file in folder.glob("*.yaml") for key in plain(file)}


@pytest.fixture(scope="module")
def templates(modules, catalogue):
    """Return patterns of the text ids that code puts together from a room and a word: f"load.{kind}"."""
    rooms = {name.partition(".")[0] for name in catalogue}
    found = []
    for file, tree in modules.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                room, dot, _ = str(node.values[0].value).partition(".")
                if dot and room in rooms:
                    found.append((file, pattern(node)))
    return found


@pytest.fixture(scope="module")
def words(written, modules, package):
    """Return every word that can fill such a pattern: constants and members of enumerations, and ids of the data."""
    spoken = {node.value for _, node in written}
    for tree in modules.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and any("Enum" in ast.unparse(base) for base in node.bases):
                spoken |= {line.targets[0].id.lower() for line in node.body if isinstance(line, ast.Assign)}
    for file in (package / "knowledge" / "data").rglob("*.yaml"):
        spoken |= set(re.findall(r"[a-z0-9_]+", file.read_text("utf-8"))) | {file.stem}
    return spoken


def pattern(node):
    parts = [re.escape(part.value) if isinstance(part, ast.Constant) else "(.+)" for part in node.values]
    return re.compile("".join(parts))


def forms(entry):
    return list(entry.values()) if isinstance(entry, dict) else [entry]


def blanks(entry):
    """Return the values that a sentence needs; the words for the runner's unit it has by itself."""
    fields = [field for form in forms(entry) for _, field, _, _ in string.Formatter().parse(form) if field]
    needed = {re.split(r"[.\[]", field)[0] for field in fields} - WORDS.keys()
    return needed | ({"count"} if isinstance(entry, dict) else set())


def says(modules):
    """Return every call of `say` with a text named in full."""
    for file, tree in modules.items():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func) == "say"
                and isinstance(node.args[0], ast.Constant)
            ):
                yield file, node


def test_every_text_that_code_names_exists(modules, catalogue):
    faults = [
        f"{file}:{call.lineno} {call.args[0].value}"
        for file, call in says(modules)
        if call.args[0].value not in catalogue
    ]
    assert not faults, "\n".join(faults)


def test_every_text_gets_the_values_that_its_sentence_needs(modules, catalogue):
    faults = []
    for file, call in says(modules):
        given = {keyword.arg for keyword in call.keywords}
        lacking = blanks(catalogue.get(call.args[0].value, "")) - given
        if None not in given and lacking:
            faults.append(f"{file}:{call.lineno} {call.args[0].value} lacks {sorted(lacking)}")
    assert not faults, "\n".join(faults)


def test_a_word_that_looks_like_a_text_id_is_one(modules, written, catalogue, parameters):
    rooms = {name.partition(".")[0] for name in catalogue}
    parts = {
        id(part)
        for tree in modules.values()
        for each in ast.walk(tree)
        if isinstance(each, ast.JoinedStr)
        for part in each.values
    }
    faults = [
        f"{file}:{node.lineno} {node.value}"
        for file, node in written
        if id(node) not in parts
        and re.fullmatch(r"[a-z]+\.(?!db$|json$|md$|yaml$)[a-z][a-z0-9_]+", node.value)
        and node.value.partition(".")[0] in rooms
        and node.value not in catalogue.keys() | parameters
    ]
    assert not faults, "\n".join(faults)


def test_no_text_stands_twice_so_that_the_later_one_hides_the_first(package):
    heads = re.compile(r"^([a-z_0-9]+):", re.MULTILINE)
    for file in sorted((package / "texts" / "en").glob("*.yaml")):
        names = heads.findall(file.read_text("utf-8"))
        assert [name for name in set(names) if names.count(name) > 1] == [], file.name


def test_every_text_is_said_somewhere(catalogue, written, templates, words):
    named = {node.value for _, node in written}

    def is_said(text):
        filled = [match.groups() for _, made in templates if (match := made.fullmatch(text))]
        return text in named or any(set(parts) <= words for parts in filled)

    assert [text for text in catalogue if not text.startswith("errors.") and not is_said(text)] == []


def test_the_catalogue_read_here_is_the_one_that_speaks(catalogue):
    assert set(catalogue) == known()


def test_a_text_is_a_sentence_or_one_for_one_and_one_for_many(catalogue):
    faults = [
        name
        for name, entry in catalogue.items()
        if (isinstance(entry, dict) and entry.keys() != {"one", "many"})
        or not all(isinstance(form, str) for form in forms(entry))
    ]
    assert not faults, "\n".join(faults)


def test_every_error_says_what_why_and_what_next(catalogue, words):
    parts = {name.removeprefix("errors.") for name in catalogue if name.startswith("errors.")} - {
        "layout",
        "layout_where",
    }
    ids = {re.sub(r"_(what|why|next)$", "", part) for part in parts}
    assert {f"{name}_{part}" for name in ids for part in ("what", "why", "next")} == parts
    assert ids - words == set()


def test_every_error_that_code_raises_has_its_three_sentences(modules, catalogue):
    errors = set(importlib.import_module("hipwise.errors").__all__) - {"BadKnowledge"}
    faults, seen = [], 0
    for file, tree in modules.items():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func) in errors and node.args):
                continue
            name = node.args[0]
            if isinstance(name, ast.Constant):
                seen += 1
                faults += [] if f"errors.{name.value}_what" in catalogue else [f"{file}:{node.lineno} {name.value}"]
    assert seen
    assert not faults, "\n".join(faults)


def test_every_error_gets_the_values_that_its_sentences_need(modules, catalogue):
    errors = set(importlib.import_module("hipwise.errors").__all__) - {"BadKnowledge"}
    faults = []
    for file, tree in modules.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in errors and node.args:
                name, given = node.args[0], {keyword.arg for keyword in node.keywords} | {"where"}
                if None in given or not isinstance(name, ast.Constant):
                    continue
                needed = set().union(
                    *(blanks(catalogue.get(f"errors.{name.value}_{part}", "")) for part in ("what", "why", "next"))
                )
                if needed - given:
                    faults.append(f"{file}:{node.lineno} {name.value} lacks {sorted(needed - given)}")
    assert not faults, "\n".join(faults)


def test_no_sentence_stands_in_python(modules, written):
    to_programmers = {
        id(part)
        for tree in modules.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
        if ast.unparse(node.exc.func) in PROGRAMMERS_ERRORS
        for part in ast.walk(node)
    }
    faults = [
        f"{file}:{node.lineno} {node.value!r}"
        for file, node in written
        if SENTENCE.search(node.value)
        and not LOOKS.fullmatch(node.value)
        and id(node) not in to_programmers
        and file not in NOT_SAID
    ]
    assert not faults, "\n".join(faults)
