"""Reading labelled cases: our vignettes (YAML, a file or a folder), and lists as published cases have them (JSON)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from hipwise.errors import HipwiseError
from hipwise.knowledge import Knowledge, Level
from hipwise.model import DECLINED, UNKNOWN
from hipwise.texts import say
from hipwise.validate._label import Case, Label

__all__ = ["read_labelled"]

CALM = "calm.yaml"
MOST_BYTES = 20_000_000
OLDEST_Y = 120
NOTHING: Mapping[str, Any] = {}


@cache
def vocabulary() -> dict[str, dict[str, Any]]:
    """Return how the labels of others spell what we name otherwise."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(
        files("hipwise.validate").joinpath("vocabulary.yaml").read_text("utf-8")
    )
    return found


def read_labelled(path: Path, knowledge: Knowledge, told: Path | None = None) -> list[Case]:
    """Return the labelled cases of PATH: a folder of YAML vignettes, one such file, or a JSON list of published cases.

    TOLD names a YAML file that has the answers (`told`) of published cases by their id. Only age, sex, answers and free
    text of a case can reach what is judged; all else is its label.

    Raises:
        HipwiseError: a file cannot be read, or a case has an unknown field, finding, state, cause or level.
    """
    path = _inside(path)
    if path.suffix == ".json":
        answers = NOTHING if told is None else _mapping(told)
        return [_published(path, number, each, answers, knowledge) for number, each in enumerate(_listed(path), 1)]
    names = sorted(each for each in path.glob("*.yaml") if each.name != CALM) if path.is_dir() else [path]
    raw = {name: (file, each) for file in names for name, each in _mapping(file).items()}
    beside = (path if path.is_dir() else path.parent) / CALM
    calm = _mapping(beside) if beside.exists() else NOTHING
    cases = [_vignette(name, file, raw, calm, knowledge) for name, (file, _) in raw.items()]
    if not cases:
        raise HipwiseError("cases_unreadable", where=str(path), problem=say("validate.no_cases"))
    return cases


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
    try:
        found = yaml.load(_text_of(path), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (both are safe)
    except (yaml.YAMLError, RecursionError) as problem:
        what = " ".join(str(problem).split())
        raise HipwiseError("cases_unreadable", where=str(path), problem=what) from problem
    if not isinstance(found, dict) or not all(isinstance(each, dict) for each in found.values()):
        raise HipwiseError("cases_unreadable", where=str(path), problem=say("validate.no_mapping"))
    return {str(name): each for name, each in found.items()}


def _listed(path: Path) -> list[dict[str, Any]]:
    try:
        found = json.loads(_text_of(path))
    except (ValueError, RecursionError) as problem:
        raise HipwiseError("cases_unreadable", where=str(path), problem=str(problem).rstrip(".")) from problem
    if not isinstance(found, list) or not found or not all(isinstance(each, dict) for each in found):
        raise HipwiseError("cases_unreadable", where=str(path), problem=say("validate.no_list"))
    return found


def _wrong(where: str, problem: str, **values: object) -> HipwiseError:
    return HipwiseError("case_wrong", where=where, problem=say(f"validate.{problem}", **values))


def _vignette(
    name: str, file: Path, raw: Mapping[str, tuple[Path, dict[str, Any]]], calm: Mapping[str, Any], knowledge: Knowledge
) -> Case:
    """Return one vignette; a twin is laid over the one that it is made of."""
    where = f"{file}: {name}"
    own = raw[name][1]
    base = own
    if "of" in own:
        if own["of"] not in raw or "of" in raw[own["of"]][1]:
            raise _wrong(where, "no_base", base=own["of"])
        base = raw[own["of"]][1]
    athlete = (base.get("athlete") or {}) | (own.get("athlete") or {})
    told = (base.get("told") or {}) | (own.get("change") or {})
    if base.get("calm"):
        told = dict(calm.get("everyone", {})) | dict(calm.get(str(athlete.get("sex")), {})) | told
    expect = own.get("expect") or {}
    fair = list(expect.get("top_any", base.get("expect", {}).get("top_any", ()) if own is not base else ()))
    label = Label(
        *_levels(expect, where),
        final=fair[0] if fair else None,
        fair=frozenset(_known_causes(fair, knowledge, where)),
        kind=str(own.get("kind", "")),
        group=str(own.get("group", "")),
        evidence=str(own.get("evidence", "")),
        reason=str(own.get("reason", "")),
    )
    states = dict(_answers(told, knowledge, where))
    age_y, text = _age(athlete.get("age"), where), own.get("text")
    return Case(name, str(own.get("title", "")), age_y, athlete.get("sex"), states, text, label)


def _levels(expect: Mapping[str, Any], where: str) -> tuple[frozenset[Level], frozenset[Level], frozenset[Level]]:
    """Return the labelled levels, those that are no error, and those that are none to own words."""
    try:
        low = Level.of(expect.get("at_least", expect.get("level", "self_care")))
        high = Level.of(expect.get("at_most", expect.get("level", "emergency")))
    except (KeyError, AttributeError) as problem:
        raise _wrong(where, "no_level", level=str(problem).strip("'")) from problem
    allowed = frozenset(level for level in Level if low <= level <= high)
    if not allowed or not expect.keys() & {"at_least", "at_most", "level"}:
        raise _wrong(where, "no_level", level=dict(expect))
    return frozenset({low if "at_least" in expect else high}), allowed, allowed | {max(high, Level.ROUTINE)}


def _known_causes(causes: list[str], knowledge: Knowledge, where: str) -> list[str]:
    strangers = [each for each in causes if each not in knowledge.causes]
    if strangers:
        raise _wrong(where, "no_cause", cause=strangers[0])
    return causes


def _answers(told: Mapping[str, Any], knowledge: Knowledge, where: str) -> Iterator[tuple[str, str]]:
    for finding, state in told.items():
        if finding not in knowledge.findings:
            raise _wrong(where, "no_finding", finding=finding)
        if state not in (*knowledge.findings[finding].states, UNKNOWN, DECLINED):
            raise _wrong(where, "no_state", finding=finding, state=state)
        yield finding, state


def _age(age: object, where: str) -> int | None:
    if age is None or (isinstance(age, int) and 0 <= age <= OLDEST_Y):
        return age
    raise _wrong(where, "no_age", age=age)


def _published(
    path: Path, number: int, case: Mapping[str, Any], answers: Mapping[str, Any], knowledge: Knowledge
) -> Case:
    """Return one published case; of its fields only age, sex and free text (or the answers for it) can be told."""
    name = str(case.get("id", number))
    where = f"{path}: {name}"
    words = vocabulary()
    final = words["diagnoses"].get(str(case.get("final_diagnosis")))
    others = [words["diagnoses"].get(str(each)) for each in case.get("acceptable_diagnoses") or ()]
    exact = _their_levels([case.get("expected_triage")], where)
    allowed = exact | _their_levels(case.get("acceptable_triage") or [], where)
    label = Label(
        exact,
        allowed,
        allowed,
        final=final,
        fair=frozenset(each for each in (final, *others) if each is not None) if final else frozenset(),
        kind=str(case.get("group") or ""),
        group=str(case.get("final_diagnosis") or ""),
        basis=str(case.get("diagnosis_basis") or ""),
        detail=str(case.get("detail_level") or ""),
    )
    told = answers.get(name, NOTHING).get("told")
    states = None if told is None else dict(_answers(told, knowledge, where))
    text = case.get("free_text")
    if states is None and not isinstance(text, str):
        raise _wrong(where, "nothing_told")
    sex = words["sexes"].get(str(case.get("sex")))
    return Case(name, label.group, _age(case.get("age"), where), sex, states, text, label)


def _their_levels(codes: list[Any], where: str) -> frozenset[Level]:
    spelled = vocabulary()["levels"]
    strangers = [each for each in codes if each not in spelled]
    if strangers:
        raise _wrong(where, "no_level", level=strangers[0])
    return frozenset(Level.of(level) for each in codes for level in spelled[each])
