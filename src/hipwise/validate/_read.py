"""Reading labelled cases: our vignettes (YAML, a file or a folder), and lists as published cases have them (JSON)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from hipwise.errors import HipwiseError
from hipwise.knowledge import Knowledge, Level
from hipwise.model import DECLINED, UNKNOWN
from hipwise.texts import say
from hipwise.validate._label import Case, Label
from hipwise.validate._schema import Published, Vignette

__all__ = ["read_labelled", "vocabulary"]

CALM = "calm.yaml"
MOST_BYTES = 20_000_000
MOST_LETTERS = 60
"""Longer states are slips; an error shows their beginning."""

Shape = TypeVar("Shape", bound=BaseModel)


@cache
def vocabulary() -> dict[str, dict[str, Any]]:
    """Return how the labels of others spell what we name otherwise."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(
        files("hipwise.validate").joinpath("vocabulary.yaml").read_text("utf-8")
    )
    return found


def read_labelled(
    path: Path, knowledge: Knowledge, told: Path | None = None, *, with_fields: bool = False
) -> list[Case]:
    """Return the labelled cases of PATH: a folder of YAML vignettes, one such file, or a JSON list of published cases.

    TOLD names a YAML file that has the answers (`told`) of published cases by their id. Only age, sex, answers and free
    text of a case can reach what is judged, WITH_FIELDS also what its fields tell, as sentences behind the free text;
    all else is its label.

    Raises:
        HipwiseError: a file cannot be read, or a case has an unknown field, finding, state, cause or level.
    """
    path = _inside(path)
    if path.suffix == ".json":
        answers = {} if told is None else _mapping(told)
        cases = enumerate(_listed(path), 1)
        return [_published(path, number, each, answers, knowledge, with_fields) for number, each in cases]
    if told is not None:
        raise HipwiseError("cases_unreadable", where=str(told), problem=say("validate.told_for_lists"))
    names = sorted(each for each in path.glob("*.yaml") if each.name != CALM) if path.is_dir() else [path]
    shapes = {
        name: (f"{file}: {name}", _shaped(Vignette, each, f"{file}: {name}"))
        for file in names
        for name, each in _mapping(file).items()
    }
    if not shapes:
        raise HipwiseError("cases_unreadable", where=str(path), problem=say("validate.no_cases"))
    beside = (path if path.is_dir() else path.parent) / CALM
    calm = _mapping(beside) if beside.exists() else {}
    return [_vignette(name, shapes, calm, knowledge) for name in shapes]


def _inside(path: Path) -> Path:
    """Return the file of cases, where PATH is a folder of published ones."""
    return path / "cases.json" if (path / "cases.json").is_file() else path


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise HipwiseError("cases_unreadable", where=str(path), problem=say("validate.too_long"))
        return raw.decode("utf-8-sig")
    except (OSError, ValueError) as problem:
        raise HipwiseError("cases_unreadable", where=str(path), problem=str(problem).rstrip(".")) from problem


def _mapping(path: Path) -> dict[str, dict[str, Any]]:
    """Return a YAML file whose top is a mapping of mappings."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        found = yaml.load(_text_of(path), Loader=loader)  # noqa: S506 (both are safe)
    except (yaml.YAMLError, RecursionError, ValueError) as problem:
        what = " ".join(str(problem).split())
        raise HipwiseError("cases_unreadable", where=str(path), problem=what) from problem
    if not isinstance(found, dict) or not all(isinstance(each, dict) for each in found.values()):
        raise HipwiseError("cases_unreadable", where=str(path), problem=say("validate.no_mapping"))
    return {str(name): each for name, each in found.items()}


def _listed(path: Path) -> list[object]:
    try:
        found = json.loads(_text_of(path))
    except (ValueError, RecursionError) as problem:
        raise HipwiseError("cases_unreadable", where=str(path), problem=str(problem).rstrip(".")) from problem
    if not isinstance(found, list) or not found:
        raise HipwiseError("cases_unreadable", where=str(path), problem=say("validate.no_list"))
    return found


def _shaped(shape: type[Shape], raw: object, where: str) -> Shape:
    try:
        return shape.model_validate(raw)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(each)[:MOST_LETTERS] for each in first["loc"]) or "-"
        raise _wrong(where, "shape", field=field, problem=first["msg"]) from problem


def _wrong(where: str, what: str, **values: object) -> HipwiseError:
    return HipwiseError("case_wrong", where=where, problem=say(f"validate.{what}", **values))


def _vignette(
    name: str, shapes: Mapping[str, tuple[str, Vignette]], calm: Mapping[str, Any], knowledge: Knowledge
) -> Case:
    """Return one vignette; a twin is laid over the one that it is made of."""
    where, own = shapes[name]
    base = own
    if own.of is not None:
        if own.of not in shapes or shapes[own.of][1].of is not None:
            raise _wrong(where, "no_base", base=own.of)
        base = shapes[own.of][1]
    age_y = own.athlete.age if own.athlete.age is not None else base.athlete.age
    sex = own.athlete.sex or base.athlete.sex
    told = dict(base.told) | own.change
    if base.calm:
        told = dict(calm.get("everyone", {})) | dict(calm.get(str(sex), {})) | told
    fair = own.expect.top_any or base.expect.top_any
    label = Label(
        *_levels(own, where),
        final=fair[0] if fair else None,
        fair=frozenset(_known_causes(fair, knowledge, where)),
        kind=own.kind,
        group=own.group,
        evidence=own.evidence,
        reason=own.reason,
    )
    return Case(name, own.title, age_y, sex, dict(_answers(told, knowledge, where)), own.text, label)


def _levels(own: Vignette, where: str) -> tuple[frozenset[Level], frozenset[Level], frozenset[Level]]:
    """Return the labelled levels, those that are no error, and those that are none to own words."""
    expect = own.expect
    low = Level.of(expect.at_least or expect.level or Level.SELF_CARE.code)
    high = Level.of(expect.at_most or expect.level or Level.EMERGENCY.code)
    allowed = frozenset(level for level in Level if low <= level <= high)
    if not allowed or not (expect.at_least or expect.at_most or expect.level):
        raise _wrong(where, "no_level")
    return frozenset({low if expect.at_least else high}), allowed, allowed | {max(high, Level.ROUTINE)}


def _known_causes(causes: list[str], knowledge: Knowledge, where: str) -> list[str]:
    strangers = [each for each in causes if each not in knowledge.causes]
    if strangers:
        raise _wrong(where, "no_cause", cause=strangers[0][:MOST_LETTERS])
    return causes


def _answers(told: Mapping[str, Any], knowledge: Knowledge, where: str) -> Iterator[tuple[str, str]]:
    for finding, state in told.items():
        if finding not in knowledge.findings:
            raise _wrong(where, "no_finding", finding=str(finding)[:MOST_LETTERS])
        if not isinstance(state, str) or state not in (*knowledge.findings[finding].states, UNKNOWN, DECLINED):
            shown = state[:MOST_LETTERS] if isinstance(state, str) else type(state).__name__
            raise _wrong(where, "no_state", finding=finding, state=shown)
        yield finding, state


def _published(
    path: Path, number: int, raw: object, answers: Mapping[str, Any], knowledge: Knowledge, with_fields: bool
) -> Case:
    """Return one published case; age, sex, free text, fields if asked, or the answers for it can be told: no label."""
    name = str(raw.get("id", number))[:MOST_LETTERS] if isinstance(raw, dict) else str(number)
    where = f"{path}: {name}"
    case = _shaped(Published, raw, where)
    words = vocabulary()
    final = words["diagnoses"].get(case.final_diagnosis or "")
    others = [words["diagnoses"].get(each) for each in case.acceptable_diagnoses or ()]
    exact = _their_levels([case.expected_triage])
    allowed = exact | _their_levels(case.acceptable_triage or [])
    label = Label(
        exact,
        allowed,
        allowed,
        final=final,
        fair=frozenset(each for each in (final, *others) if each is not None) if final else frozenset(),
        kind=case.group or "",
        group=case.final_diagnosis or "",
        basis=case.diagnosis_basis or "",
        detail=case.detail_level or "",
    )
    told = answers.get(case.id, {}).get("told")
    states = dict(_answers(told, knowledge, where)) if isinstance(told, dict) else None
    text = _in_sentences(case) if with_fields else case.free_text
    if states is None and text is None:
        raise _wrong(where, "nothing_told")
    age_y = None if case.age is None else int(case.age)
    return Case(case.id, label.group, age_y, words["sexes"].get(case.sex or ""), states, text, label)


def _in_sentences(case: Published) -> str | None:
    """Return the free text of a case and a line for each field that tells something; None where nothing is told."""
    lines = [case.free_text] if case.free_text else []
    for name, sentence in vocabulary()["fields"].items():
        value = getattr(case, name)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, bool):
                lines += [sentence[str(each).lower()]] if isinstance(sentence, dict) else []
            elif each not in (None, ""):
                shown = f"{each:g}" if isinstance(each, float) else str(each).rstrip(".")
                lines.append((sentence["text"] if isinstance(sentence, dict) else sentence).format(shown))
    return "\n".join(lines) or None


def _their_levels(codes: list[Any]) -> frozenset[Level]:
    return frozenset(Level.of(level) for each in codes for level in vocabulary()["levels"][each])
