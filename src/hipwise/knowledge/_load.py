"""A folder of YAML becomes a Knowledge; every fault of the folder is found at once, with file and line."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from hipwise.errors import BadKnowledge
from hipwise.knowledge._advice import SECTIONS as ADVICE
from hipwise.knowledge._advice import AdviceBook
from hipwise.knowledge._conditions import Condition
from hipwise.knowledge._evidence import SECTIONS as EVIDENCE
from hipwise.knowledge._evidence import Covered, EvidenceRow, SelfTest
from hipwise.knowledge._number import Number, Source
from hipwise.knowledge._questionnaires import Questionnaire
from hipwise.knowledge._reasoning import SECTIONS as REASONING
from hipwise.knowledge._reasoning import Contradiction, Pattern
from hipwise.knowledge._rehab import SECTIONS as REHAB
from hipwise.knowledge._rehab import Rehab
from hipwise.knowledge._schema import Alarm, Card, Cause, Question, Referral, Rule
from hipwise.knowledge._yaml import Document, parse
from hipwise.texts import USUAL, Voice, say, speaking

__all__ = ["Folder", "Knowledge", "KnowledgeFault", "read_cases", "read_folder"]

Constants = TypeVar("Constants")

_RULE: TypeAdapter[Condition] = TypeAdapter(Rule, config=ConfigDict(arbitrary_types_allowed=True))

ELSEWHERE = "words/"
"""Read by `Lexicon`, when somebody tells in own words."""


@dataclass(frozen=True, slots=True, order=True)
class KnowledgeFault:
    """One fault of the knowledge base: FILE, LINE, and what is wrong in plain words."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


@dataclass(frozen=True, slots=True)
class Section:
    """Where entries of one kind stand: GLOB finds the files; ONE says that a file is one entry (its name is the id)."""

    name: str
    glob: str
    model: type[BaseModel]
    one: bool = False


SECTIONS = (
    Section("sources", "sources*.yaml", Source),
    Section("scale", "parameters/scale.yaml", Number),
    Section("findings", "findings/*.yaml", Question),
    Section("alarms", "alarms/alarms*.yaml", Alarm),
    Section("referrals", "alarms/referrals.yaml", Referral),
    Section("cards", "alarms/first_page.yaml", Card),
    Section("causes", "causes/*.yaml", Cause, one=True),
    Section("questionnaires", "questionnaires.yaml", Questionnaire),
    *(Section(name, glob, model, one) for name, glob, model, one in (*REHAB, *ADVICE)),
    *(Section(name, glob, model) for name, glob, model in (*EVIDENCE, *REASONING)),
)


@dataclass(slots=True)
class Folder:
    """What stands in a knowledge folder: entries by section and id, where each stands, and the faults."""

    entries: dict[str, dict[str, Any]]
    parameters: dict[str, dict[str, Number]]
    facts: dict[str, Condition]
    places: dict[tuple[str, str], tuple[str, Document, tuple[Hashable, ...]]]
    faults: list[KnowledgeFault]
    digest: str

    def fault(self, section: str, entry: str, what: str, path: tuple[Hashable, ...] = ()) -> None:
        """Note that WHAT is wrong with an entry, at the line of PATH within it."""
        file, document, root = self.places[section, entry]
        self.faults.append(KnowledgeFault(file, document.line((*root, *path)), what))


@dataclass(frozen=True, eq=False)
class Knowledge:
    """What is known, from whom. Made by `Knowledge.load()`."""

    sources: Mapping[str, Source]
    scale: Mapping[str, Number]
    findings: Mapping[str, Question]
    facts: Mapping[str, Condition]
    alarms: Mapping[str, Alarm]
    referrals: Mapping[str, Referral]
    cards: Mapping[str, Card]
    causes: Mapping[str, Cause]
    self_tests: Mapping[str, SelfTest]
    evidence_rows: Mapping[str, EvidenceRow]
    conditions: Mapping[str, Covered]
    contradictions: Mapping[str, Contradiction]
    patterns: Mapping[str, Pattern]
    parameters: Mapping[str, Mapping[str, Number]]
    questionnaires: Mapping[str, Questionnaire]
    rehab: Rehab
    advice: AdviceBook
    version: str

    @classmethod
    def load(cls, folder: Path | None = None, voice: Voice = USUAL) -> Knowledge:
        """Return the knowledge in FOLDER (the package's own by default, which is read once for each VOICE).

        Raises:
            BadKnowledge: with every fault of the folder.
        """
        if folder is None:
            return _own(voice)
        with speaking(*voice):
            return _built(read_folder(folder))

    def number(self, parameter: str) -> Number:
        """Return a parameter by "file.name", e.g. "load.acute_window_d"."""
        file, _, name = parameter.partition(".")
        return self.parameters[file][name]

    def constants(self, kind: type[Constants], file: str) -> Constants:
        """Return the dataclass KIND with each field's value from parameters FILE.

        Raises:
            KeyError: the file lacks a field of that name.
        """
        found = self.parameters[file]
        return kind(**{each.name: found[each.name].value for each in fields(kind)})  # type: ignore[arg-type]

    def share(self, scale: str | Number) -> Number:
        """Return the number behind a word of the judgement scale, or the number itself."""
        return self.scale[scale] if isinstance(scale, str) else scale


@cache
def _own(voice: Voice) -> Knowledge:
    with as_file(files("hipwise.knowledge") / "data") as folder, speaking(*voice):
        return _built(read_folder(folder))


def _built(folder: Folder) -> Knowledge:
    if folder.faults:
        raise BadKnowledge(tuple(str(fault) for fault in sorted(folder.faults)))
    entries = folder.entries
    return Knowledge(
        sources=entries["sources"],
        scale=entries["scale"],
        findings=entries["findings"],
        facts=folder.facts,
        alarms=entries["alarms"],
        referrals=entries["referrals"],
        cards=dict(sorted(entries["cards"].items(), key=lambda each: each[1].place)),
        causes=entries["causes"],
        self_tests=entries["self_tests"],
        evidence_rows=entries["evidence_rows"],
        conditions=entries["conditions"],
        contradictions=entries["contradictions"],
        patterns=entries["patterns"],
        parameters=folder.parameters,
        questionnaires=entries["questionnaires"],
        rehab=Rehab.of(entries),
        advice=AdviceBook.of(entries),
        version=folder.digest[:12],
    )


def read_folder(root: Path) -> Folder:
    """Return all entries below ROOT, with the faults of reading them."""
    paths = sorted(path for path in root.rglob("*.yaml"))
    texts = {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in paths}
    digest = hashlib.sha256("\0".join(f"{name}\0{text}" for name, text in texts.items()).encode()).hexdigest()
    folder = Folder({section.name: {} for section in SECTIONS}, {}, {}, {}, [], digest)
    for name, text in texts.items():
        if name.startswith(ELSEWHERE):
            continue
        document = parse(text)
        for fault in document.faults:
            folder.faults.append(KnowledgeFault(name, fault.line, say(f"knowledge.{fault.kind}", shown=fault.shown)))
        if isinstance(document.data, dict):
            _read_file(folder, name, document)
        elif not document.faults:
            folder.faults.append(KnowledgeFault(name, 1, say("knowledge.no_mapping")))
    return folder


def read_cases(root: Path) -> Iterator[tuple[str, int, str, dict[str, Any]]]:
    """Return (file, line, name, case) for each case below ROOT/cases; files that are no mapping have none."""
    for path in sorted((root / "cases").glob("*.yaml")):
        document = parse(path.read_text("utf-8"))
        cases = document.data if isinstance(document.data, dict) else {}
        for name in (name for name, case in cases.items() if isinstance(case, dict)):
            yield path.relative_to(root).as_posix(), document.line((name,)), name, cases[name]


def _read_file(folder: Folder, name: str, document: Document) -> None:
    path = Path(name)
    for section in SECTIONS:
        if path.match(section.glob) and len(path.parts) == len(Path(section.glob).parts):
            _read_section(folder, section, name, document)
            return
    if path.parent.name == "parameters":
        found = _entries(folder, f"parameters/{path.stem}", name, document, TypeAdapter(Number), with_id=False)
        folder.parameters[path.stem] = dict(found)
    elif name == "alarms/facts.yaml":
        folder.facts |= dict(_entries(folder, "facts", name, document, _RULE, with_id=False))
    elif path.parts[0] != "cases":
        folder.faults.append(KnowledgeFault(name, 1, say("knowledge.no_place")))


def _read_section(folder: Folder, section: Section, name: str, document: Document) -> None:
    adapter = TypeAdapter(section.model)
    with_id = "id" in section.model.model_fields
    if section.one:
        document = Document(
            {Path(name).stem: document.data}, {(Path(name).stem, *at): n for at, n in document.lines.items()}
        )
    for key, entry in _entries(folder, section.name, name, document, adapter, with_id=with_id):
        if key in folder.entries[section.name]:
            folder.fault(section.name, key, say("knowledge.twice_in_folder", entry=key))
        folder.entries[section.name][key] = entry


def _entries(
    folder: Folder, section: str, name: str, document: Document, adapter: TypeAdapter[Any], *, with_id: bool
) -> Iterator[tuple[str, Any]]:
    for key, data in document.data.items():
        folder.places[section, key] = (name, document, (key,))
        try:
            yield key, adapter.validate_python({"id": key} | data if with_id and isinstance(data, dict) else data)
        except ValidationError as problem:
            folder.faults.extend(_faults(name, document, key, problem))


def _faults(name: str, document: Document, key: str, problem: ValidationError) -> Iterable[KnowledgeFault]:
    for error in problem.errors(include_url=False):
        place = tuple(error["loc"])
        field = ".".join(str(part) for part in place)
        what = say("knowledge.wrong_field", entry=key, field=field, problem=error["msg"])
        yield KnowledgeFault(name, document.line((key, *place)), what)
