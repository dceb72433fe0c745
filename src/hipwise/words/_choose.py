"""Of all that a text says of a finding, one proposal: the more careful one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from hipwise.knowledge import Kind, Knowledge, Question
from hipwise.words._scope import Standing
from hipwise.words._types import Proposal

__all__ = ["NONE_STATES", "Candidate", "choose"]

NONE_STATES = frozenset({"no", "none", "normal"})
UNSURE = frozenset({Standing.DOUBT, Standing.ASIDE})
SIDES = ("left", "right")
A_WORD = 10
"""So many letters has "could not" with its blanks."""
AGO, DAY, TREATED = "_ago", "_day", "_treated"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One phrase about one finding."""

    finding: str
    state: str
    standing: Standing
    phrase: str
    start: int
    end: int


def choose(
    candidates: Iterable[Candidate], knowledge: Knowledge, kinds: Mapping[str, Sequence[str]]
) -> tuple[Proposal, ...]:
    """Return one proposal for each finding, in the order of the text."""
    by_finding: dict[str, list[Candidate]] = {}
    for each in _with_ago(_with_hip(list(candidates)), kinds):
        if each.finding in knowledge.findings:
            by_finding.setdefault(each.finding, []).append(each)
    found = (_one(knowledge.findings[name], said, kinds) for name, said in by_finding.items())
    return tuple(sorted((each for each in found if each is not None), key=lambda each: (each.start, each.finding)))


def _with_hip(candidates: list[Candidate]) -> list[Candidate]:
    """Let "my hip hurts" be a pain without a place only where no other place is told."""
    told = any(
        each.finding.startswith("pain_") and each.finding in _ZONES and each.standing is Standing.SAID
        for each in candidates
    )
    renamed = [
        replace(each, finding="pain_unlocalised")
        for each in candidates
        if each.finding == "hip" and not told and each.standing is not Standing.DENIED
    ]
    return [each for each in candidates if each.finding != "hip"] + renamed


def _with_ago(candidates: list[Candidate], kinds: Mapping[str, Sequence[str]]) -> list[Candidate]:
    """Let a bare "three weeks ago" be how long it hurts only where nothing better is told, "today" only of an event."""
    said = {each.finding for each in candidates if each.standing is Standing.SAID}
    if "duration" in said:
        return candidates
    bare = {AGO, TREATED, DAY} if said & set(kinds["events"]) else {AGO, TREATED}
    return [replace(each, finding="duration") if each.finding in bare else each for each in candidates]


_ZONES = frozenset(
    f"pain_{zone}"
    for zone in (
        *("groin", "front_hip", "front_thigh", "pubis", "sacrum", "buttock", "outer_hip", "outer_thigh", "sit_bone"),
        *("inner_thigh", "back_thigh"),
    )
)


def _one(question: Question, said: list[Candidate], kinds: Mapping[str, Sequence[str]]) -> Proposal | None:
    """Choose one; where a calm one is torn by a doubted sign of now in other words, the doubt, so that it is asked."""
    chosen = _chosen(question, said, kinds)
    calm = chosen is not None and chosen.standing not in UNSURE and chosen.state not in question.alarming
    if chosen is None or not calm or question.id in kinds["feared"]:
        return chosen
    doubts = (each for each in said if each.standing is Standing.DOUBT and each.state in question.alarming)
    torn = next((each for each in doubts if each.end <= chosen.start or chosen.end <= each.start), None)
    return chosen if torn is None else _proposal(question, torn, Standing.DOUBT, torn.state)


def _chosen(question: Question, said: list[Candidate], kinds: Mapping[str, Sequence[str]]) -> Proposal | None:
    """Choose: said before denied before doubted before set aside; of several states the most remarkable."""
    if question.id in kinds["fuller"]:
        from_start = f"{question.id}."
        strict = {each.removeprefix(from_start) for each in kinds["only_from_its_start"] if each.startswith(from_start)}
        said = [each for each in said if not any(_outdone(each, other, strict) for other in said)]
    affirmed = [each for each in said if each.standing is Standing.SAID and each.state in question.states]
    if affirmed:
        return _said(question, affirmed, kinds)
    denied = [each for each in said if each.standing is Standing.DENIED]
    for each in denied:
        state = _denial(question, each.state, kinds)
        if state is not None:
            return _proposal(question, each, Standing.DENIED, state)
    for standing in (Standing.DOUBT, Standing.ASIDE):
        for each in said:
            if each.standing is standing and each.state in question.states:
                return _proposal(question, each, standing, each.state)
    return None


def _outdone(one: Candidate, other: Candidate, strict: set[str]) -> bool:
    """Whether OTHER reads the same words more fully: "at night only if I lie on it" says more than "at night".

    A state of STRICT is outdone only by what begins where it begins, or a "could not" off it.
    """
    meet = one.start < other.end and other.start < one.end
    near = abs(one.start - other.start) <= A_WORD and "," not in other.phrase  # "cannot stand, hip pain": two matters
    meet = meet and (one.state not in strict or near)
    return meet and one.state != other.state and other.end - other.start > one.end - one.start


def _said(question: Question, affirmed: list[Candidate], kinds: Mapping[str, Sequence[str]]) -> Proposal:
    states = {each.state for each in affirmed}
    if question.id == "side" and states == set(SIDES):
        return _proposal(question, affirmed[0], Standing.DOUBT, affirmed[0].state)
    if question.kind is Kind.CHOICE or question.id in kinds["first"]:
        return _proposal(question, affirmed[0], Standing.SAID, affirmed[0].state)
    order = {state: place for place, state in enumerate(question.states)}
    if question.kind is Kind.YES_NO:
        order |= {"no": 0, "yes": 1}
    most = max(affirmed, key=lambda each: order[each.state])
    fuller = [each for each in affirmed if each.state == most.state and each.start == most.start]
    if " " not in most.phrase and len(fuller) > 1:  # "groin has hurt" tells more than "groin"
        most = sorted(fuller, key=lambda each: each.end)[1]
    return _proposal(question, most, Standing.SAID, most.state)


def _denial(question: Question, state: str, kinds: Mapping[str, Sequence[str]]) -> str | None:
    """Return the state that the denial of STATE tells, or None where it tells nothing."""
    if f"{question.id}.{state}" in kinds["no_denial"]:
        return None
    if question.kind is Kind.YES_NO:
        return "no" if state == "yes" else None
    if question.kind is Kind.GRADED and question.states[0] in NONE_STATES and state != question.states[0]:
        return question.states[0]
    return None


def _proposal(question: Question, said: Candidate, standing: Standing, state: str) -> Proposal:
    alarming = said.state in question.alarming
    return Proposal(question.id, state, standing, said.phrase, said.start, said.end, alarming)
