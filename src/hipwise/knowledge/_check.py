"""A knowledge base is a folder that tests itself: every fault at once, with file and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from hipwise.knowledge._check_evidence import check_evidence
from hipwise.knowledge._check_lexicon import check_lexicon
from hipwise.knowledge._check_reasoning import check_reasoning, reasoning_rules
from hipwise.knowledge._check_rehab import check_rehab
from hipwise.knowledge._conditions import Compare, Condition, Fact, Told
from hipwise.knowledge._load import Folder, KnowledgeFault, read_folder
from hipwise.knowledge._number import Number
from hipwise.knowledge._schema import Alarm, Cause, Kind, Level, Question
from hipwise.texts import say

__all__ = ["check"]

PERSON = frozenset({"age", "sex"})


def check(root: Path) -> list[KnowledgeFault]:
    """Return every fault of the knowledge folder ROOT, in order of file and line; none means that it is sound."""
    folder = read_folder(root)
    own = (_sources, _words, _conditions, _alarms, _cards, _signs)
    for checker in (*own, check_rehab, check_evidence, check_reasoning):
        checker(folder)
    return sorted({*folder.faults, *check_lexicon(root)})


def _sources(folder: Folder) -> None:
    """Every number's source stands in the folder, and every source is used."""
    used: set[str] = set()
    for section, entry, path, source in _named_sources(folder):
        used.add(source)
        if source not in folder.entries["sources"]:
            folder.fault(section, entry, say("knowledge.no_source", source=source), path)
    for source in sorted(set(folder.entries["sources"]) - used):
        folder.fault("sources", source, say("knowledge.unused_source", source=source))


def _named_sources(folder: Folder) -> Iterator[tuple[str, str, tuple[Any, ...], str]]:
    for section, entries in folder.entries.items():
        if section != "sources":
            for name, entry in entries.items():
                yield from ((section, name, path, source) for path, source in _sources_in(entry, ()))
    for file, numbers in folder.parameters.items():
        for name, number in numbers.items():
            yield f"parameters/{file}", name, ("source",), number.source


def _sources_in(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Walk an entry; `source` names one source, `sources` several."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _sources_at(name, getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _sources_at(str(name), each, (*path, name))
    elif isinstance(value, tuple | list):
        for place, each in enumerate(value):
            yield from _sources_in(each, (*path, place))


def _sources_at(name: str, value: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    if name == "source" and isinstance(value, str):
        if value:
            yield path, value
    elif name == "sources" and isinstance(value, tuple):
        yield from ((path, each) for each in value)
    else:
        yield from _sources_in(value, path)


def _words(folder: Folder) -> None:
    """Every word used for a share is a word of the scale."""
    for section, entry, path, word in _scale_words(folder):
        if word not in folder.entries["scale"]:
            folder.fault(section, entry, say("knowledge.no_word", word=word), path)


def _scale_words(folder: Folder) -> Iterator[tuple[str, str, tuple[str, ...], str]]:
    for name, question in folder.entries["findings"].items():
        yield from (
            ("findings", name, ("background", state), each)
            for state, each in question.background.items()
            if isinstance(each, str)
        )
    for name, cause in folder.entries["causes"].items():
        for finding, states in cause.signs.items():
            yield from (
                ("causes", name, ("signs", finding, state), each)
                for state, each in states.items()
                if isinstance(each, str)
            )


def _conditions(folder: Folder) -> None:
    """Every finding, state and fact that a condition names exists, and alarming answers can only ever add."""
    for section, entry, path, condition in _rules(folder):
        for problem in _condition_problems(folder, condition):
            folder.fault(section, entry, problem, path)


def _rules(folder: Folder) -> Iterator[tuple[str, str, tuple[Any, ...], Condition]]:
    for name, fact in folder.facts.items():
        yield "facts", name, (), fact
    for name, alarm in folder.entries["alarms"].items():
        for place, rung in enumerate(alarm.levels):
            yield "alarms", name, ("levels", place, "when"), rung.when
    yield from reasoning_rules(folder)
    for name, cause in folder.entries["causes"].items():
        for place, shift in enumerate(cause.prior_shifts):
            yield "causes", name, ("prior_shifts", place, "when"), shift.when
    for name, question in folder.entries["findings"].items():
        if question.only_if is not None:
            yield "findings", name, ("only_if",), question.only_if


def _condition_problems(folder: Folder, condition: Condition) -> Iterator[str]:
    for leaf in condition.leaves():
        yield from _leaf_problems(folder, leaf)
    for switch in condition.switches():
        yield from _condition_problems(folder, switch)
        for leaf in _leaves_through_facts(folder, switch, frozenset()):
            yield from _switch_problems(folder, leaf)


def _leaf_problems(folder: Folder, leaf: Told | Compare | Fact) -> Iterator[str]:
    findings: dict[str, Question] = folder.entries["findings"]
    if isinstance(leaf, Fact):
        if leaf.name not in folder.facts:
            yield say("knowledge.no_fact", fact=leaf.name)
    elif isinstance(leaf, Compare):
        if leaf.subject not in PERSON and (
            leaf.subject not in findings or findings[leaf.subject].kind is not Kind.SCORE
        ):
            yield say("knowledge.no_score", finding=leaf.subject)
    elif leaf.finding not in findings:
        yield say("knowledge.no_finding", finding=leaf.finding)
    else:
        question = findings[leaf.finding]
        for state in sorted(leaf.states - set(question.states)):
            yield say("knowledge.no_state", finding=leaf.finding, state=state)
        yield from _gap_problems(question, leaf.states)


def _gap_problems(question: Question, states: frozenset[str]) -> Iterator[str]:
    """A rule that one alarming state fulfils must also be fulfilled by each more alarming one."""
    ranked = [state for state in question.states if state in question.alarming]
    named = [place for place, state in enumerate(ranked) if state in states]
    if question.kind is Kind.GRADED and named and not set(ranked[named[0] :]) <= states:
        yield say("knowledge.gap", finding=question.id, states=", ".join(ranked[named[0] :]))


def _switch_problems(folder: Folder, leaf: Told | Compare | Fact) -> Iterator[str]:
    question = folder.entries["findings"].get(leaf.finding) if isinstance(leaf, Told) else None
    if question is not None and isinstance(leaf, Told) and leaf.states & set(question.alarming):
        yield say("knowledge.alarming_switch", finding=leaf.finding)


def _leaves_through_facts(folder: Folder, condition: Condition, seen: frozenset[str]) -> Iterator[Told | Compare]:
    for leaf in condition.leaves():
        if not isinstance(leaf, Fact):
            yield leaf
        elif leaf.name in folder.facts and leaf.name not in seen:
            yield from _leaves_through_facts(folder, folder.facts[leaf.name], seen | {leaf.name})


def _alarms(folder: Folder) -> None:
    """Each rung that cannot wait can be reached from the red-flag page, the age or the sex."""
    findings: dict[str, Question] = folder.entries["findings"]
    alarms: dict[str, Alarm] = folder.entries["alarms"]
    for name, alarm in alarms.items():
        for place, rung in enumerate(alarm.levels):
            leaves = list(_leaves_through_facts(folder, rung.when, frozenset()))
            asked = {leaf.finding if isinstance(leaf, Told) else leaf.subject for leaf in leaves}
            on_page = {each for each in asked if each in PERSON or (each in findings and findings[each].first_page)}
            if rung.level >= Level.SAME_DAY and not on_page:
                folder.fault("alarms", name, say("knowledge.not_on_page"), ("levels", place))


def _cards(folder: Folder) -> None:
    """Every question of the red-flag page names a card that exists, and every card asks something."""
    findings: dict[str, Question] = folder.entries["findings"]
    for name, question in findings.items():
        if question.first_page is not None and question.first_page not in folder.entries["cards"]:
            folder.fault("findings", name, say("knowledge.no_card", card=question.first_page), ("first_page",))
    for card in sorted(set(folder.entries["cards"]) - {each.first_page for each in findings.values()}):
        folder.fault("cards", card, say("knowledge.empty_card", card=card))


def _signs(folder: Folder) -> None:
    """A cause speaks only of findings and states that exist, and its shares do not sum to more than one."""
    causes: dict[str, Cause] = folder.entries["causes"]
    for name, cause in causes.items():
        for finding, states in cause.signs.items():
            for problem in _sign_problems(folder, finding, states):
                folder.fault("causes", name, problem, ("signs", finding))


def _sign_problems(folder: Folder, finding: str, states: Mapping[str, str | Number]) -> Iterable[str]:
    question: Question | None = folder.entries["findings"].get(finding)
    if question is None:
        return [say("knowledge.no_finding", finding=finding)]
    strangers = sorted(set(states) - set(question.states))
    problems = [say("knowledge.no_state", finding=finding, state=state) for state in strangers]
    scale = folder.entries["scale"]
    numbers = [scale.get(each) if isinstance(each, str) else each for each in states.values()]
    if sum(number.value for number in numbers if number is not None) > 1:
        problems.append(say("knowledge.over_one", finding=finding))
    return problems
