"""What must hold between evidence, causes and tests at home: caps, rows that are used, causes that can be reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hipwise.knowledge._conditions import Compare, Condition, Told
from hipwise.knowledge._evidence import Covered, EvidenceRow, SelfTest
from hipwise.knowledge._load import Folder
from hipwise.knowledge._number import Number
from hipwise.knowledge._schema import Cause, Kind, Question
from hipwise.texts import say

__all__ = ["check_evidence"]

Path = tuple[Any, ...]
Fault = tuple[str, Path]
"""What is wrong, and the path to it within the entry."""

TOLERANCE = 1e-6
BONE_PROTOCOL = "bone_stress"
"""The one protocol of causes that need a clinician: it waits for the clearance."""


def check_evidence(folder: Folder) -> None:
    """Note every fault between evidence, causes and self-tests."""
    checkers = (
        ("causes", _cause),
        ("evidence_rows", _row),
        ("conditions", _condition),
        ("self_tests", _test),
        ("findings", _finding),
    )
    for section, checker in checkers:
        for name, entry in folder.entries[section].items():
            for what, path in checker(folder, entry):
                folder.fault(section, name, what, path)


def _cause(folder: Folder, cause: Cause) -> Iterator[Fault]:
    """Self-tests stay within their caps; something that can be asked speaks for it; care and protocol agree."""
    findings: dict[str, Question] = folder.entries["findings"]
    speaks = False
    for finding in (each for each in cause.signs if each in findings):
        ratios = ratios_of(folder, findings[finding], cause.signs[finding])
        calm = findings[finding].states[0] if findings[finding].kind is not Kind.CHOICE else ""
        speaks = speaks or any(ratio > 1 + TOLERANCE for state, ratio in ratios.items() if state != calm)
        if findings[finding].sensed_by == "self_test":
            yield from _over_cap(folder, finding, ratios)
    if not speaks:
        yield say("knowledge.unreachable"), ("signs",)
    if cause.self_care == (cause.protocol in {None, BONE_PROTOCOL}):
        yield say("knowledge.no_care"), ("self_care",)


def _over_cap(folder: Folder, finding: str, ratios: Mapping[str, float]) -> Iterator[Fault]:
    caps = folder.parameters.get("selftests", {})
    if not {"smallest_ratio", "largest_ratio"} <= set(caps):
        return
    low, high = caps["smallest_ratio"].value, caps["largest_ratio"].value
    for state, ratio in ratios.items():
        if not low - TOLERANCE <= ratio <= high + TOLERANCE:
            shown = {"ratio": f"{ratio:.2f}", "low": low, "high": high}
            yield say("knowledge.over_cap", finding=finding, state=state, **shown), ("signs", finding, state)


def ratios_of(folder: Folder, question: Question, sign: Mapping[str, str | Number]) -> dict[str, float]:
    """Return how many times likelier the cause makes each state than the background does."""
    background = _shares(folder, question, question.background, {})
    by_cause = _shares(folder, question, sign, background)
    return {state: by_cause[state] / background[state] for state in question.states}


def _shares(
    folder: Folder, question: Question, named: Mapping[str, str | Number], rest_as: Mapping[str, float]
) -> dict[str, float]:
    """Return the share of each state; what is not named shares the rest, evenly or as REST_AS does."""
    scale: dict[str, Number] = folder.entries["scale"]
    numbers = {state: scale.get(each) if isinstance(each, str) else each for state, each in named.items()}
    found = {state: number.value for state, number in numbers.items() if number is not None}
    others = [state for state in question.states if state not in found]
    total = sum(rest_as.get(state, 1.0) for state in others)
    left = max(1 - sum(found.values()), TOLERANCE)
    shares = {state: left * rest_as.get(state, 1.0) / total for state in others}
    return {state: max((shares | found)[state], TOLERANCE) for state in question.states}


def _row(folder: Folder, row: EvidenceRow) -> Iterator[Fault]:
    """What a row is said to be used in really is there."""
    for place, used in enumerate(row.used):
        if not _is_there(folder, used):
            yield say("knowledge.not_used_there", row=row.row, used=used), ("used", place)


def _is_there(folder: Folder, used: str) -> bool:
    where, _, what = used.partition(".")
    if where == "alarms":
        return what in folder.entries["alarms"]
    if where == "parameters":
        file, _, name = what.partition(".")
        return name in folder.parameters.get(file, {})
    cause: Cause | None = folder.entries["causes"].get(where)
    return cause is not None and what in {*cause.signs, *_moved_by(cause)}


def _moved_by(cause: Cause) -> Iterator[str]:
    for shift in cause.prior_shifts:
        yield from _looks_at(shift.when)


def _looks_at(condition: Condition) -> Iterator[str]:
    for leaf in condition.leaves():
        yield leaf.finding if isinstance(leaf, Told) else leaf.subject if isinstance(leaf, Compare) else leaf.name
    for switch in condition.switches():
        yield from _looks_at(switch)


def _condition(folder: Folder, covered: Covered) -> Iterator[Fault]:
    for cause in sorted(set(covered.ranked) - set(folder.entries["causes"])):
        yield say("knowledge.no_cause", cause=cause), ("ranked",)
    for alarm in sorted(set(covered.alarms) - set(folder.entries["alarms"])):
        yield say("knowledge.no_alarm", alarm=alarm), ("alarms",)
    for finding in sorted(set(covered.modifies) - set(folder.entries["findings"])):
        yield say("knowledge.no_finding", finding=finding), ("modifies",)


def _test(folder: Folder, test: SelfTest) -> Iterator[Fault]:
    if test.finding is None:
        return
    finding: Question | None = folder.entries["findings"].get(test.finding)
    if finding is None or finding.sensed_by != "self_test":
        yield say("knowledge.no_finding", finding=test.finding), ("finding",)


def _finding(folder: Folder, question: Question) -> Iterator[Fault]:
    """Each finding can be asked or sensed, and is of use to somebody."""
    offered = {test.finding for test in folder.entries["self_tests"].values()}
    if question.sensed_by == "self_test" and question.id not in offered:
        yield say("knowledge.no_test", finding=question.id), ()
    if question.sensed_by == "told" and question.kind is Kind.SCORE:
        yield say("knowledge.no_way", finding=question.id), ()
