"""What a "what if" promises: it does what it says, it is small, and it tempts nobody to try."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.causes import situation, triage, turning_points
from hipwise.causes._rank import may_rank, weighed
from hipwise.knowledge import Kind, Knowledge, Level, read_cases
from hipwise.model import Athlete, Evidence, Finding

ON = date(2030, 5, 6)
KB = Knowledge.load()
DATA = Path(__file__).parents[1] / "src" / "hipwise" / "knowledge" / "data"
PICTURES = [(case["athlete"], case["told"]) for file, _, _, case in read_cases(DATA) if file == "cases/textbook.yaml"]
PAGE = {
    name: question.states[0] if question.states[0] not in question.alarming else question.states[-1]
    for name, question in KB.findings.items()
    if question.first_page not in {None, "where"}
}

pictures = st.sampled_from(PICTURES)
more = st.dictionaries(st.sampled_from(sorted(KB.findings)), st.integers(0, 20), max_size=4)


def told(states: dict[str, str]) -> Evidence:
    return Evidence.of(Finding(name, state, ON) for name, state in states.items())


def of(person: dict) -> Athlete:
    return Athlete.of_age(int(person["age"]), person["sex"], ON)


@cache
def unsafe() -> frozenset[str]:
    return frozenset(name for name, question in KB.findings.items() if question.never_try)


@pytest.mark.parametrize("side", ["left", "right", "both"])
def test_a_pain_on_the_other_side_is_another_pain_and_no_what_if(side: str) -> None:
    for person, states in PICTURES:
        points = turning_points(of(person), told(PAGE | states | {"side": side}), KB, ON)
        assert "side" not in {point.finding for point in points}


@given(pictures, more, st.booleans())
@settings(max_examples=25)
def test_every_what_if_does_what_it_says_when_it_is_told(picture, others, page) -> None:
    person, states = picture
    asked = {name: KB.findings[name].states[pick % len(KB.findings[name].states)] for name, pick in others.items()}
    evidence = told((PAGE if page else {}) | states | asked)
    athlete = of(person)
    now = triage(athlete, evidence, KB, ON)
    for point in turning_points(athlete, evidence, KB, ON):
        then = evidence | Evidence((Finding(point.finding, point.then, ON),))
        urgency = triage(athlete, then, KB, ON)
        assert (point.level, point.level_then) == (now.level, urgency.level)
        assert point.top == top(athlete, evidence)
        assert point.top_then == (top(athlete, then) if may_rank(urgency) else None)
        assert point.level != point.level_then or point.top != point.top_then
        assert situation(athlete, evidence, KB, ON).states[point.finding] == point.state


def top(athlete: Athlete, evidence: Evidence) -> str:
    return next(iter(weighed(situation(athlete, evidence, KB, ON), KB)))


@given(pictures, more)
@settings(max_examples=25)
def test_no_what_if_speaks_of_a_risky_try_or_of_a_sign_that_nobody_told(picture, others) -> None:
    person, states = picture
    asked = {name: KB.findings[name].states[pick % len(KB.findings[name].states)] for name, pick in others.items()}
    evidence = told(PAGE | states | asked)
    known = situation(of(person), evidence, KB, ON).states
    before = triage(of(person), evidence, KB, ON)
    for point in turning_points(of(person), evidence, KB, ON):
        question = KB.findings[point.finding]
        assert point.finding not in unsafe()
        assert point.finding in known
        assert question.first_page is None or point.then not in question.alarming
        assert point.then not in question.silent
        assert not before.bone_stress or point.level_then >= point.level


def test_risky_tries_are_marked_in_the_knowledge_base() -> None:
    assert {"hop_hurts", "impact_pain", "cannot_run"} <= unsafe()


@pytest.mark.parametrize("urgent", [{"saddle_numb": "yes"}, {"pain_groin": "yes", "impact_pain": "yes", "limp": "yes"}])
def test_where_someone_is_needed_today_there_is_nothing_to_weigh_up(urgent: dict[str, str]) -> None:
    runner = Athlete.of_age(35, "female", ON)
    assert triage(runner, told(urgent), KB, ON).level >= Level.SAME_DAY
    assert turning_points(runner, told(urgent), KB, ON) == ()


def test_the_smallest_change_of_a_graded_answer_is_the_one_that_is_named() -> None:
    runner = Athlete.of_age(41, "male", ON)
    evidence = told(PAGE | {"worst_point": "outer_hip", "pain_outer_hip": "yes", "duration": "over_a_year"})
    for point in turning_points(runner, evidence, KB, ON):
        question = KB.findings[point.finding]
        if question.kind is Kind.CHOICE:
            continue
        here, there = question.states.index(point.state), question.states.index(point.then)
        step = 1 if there > here else -1
        for place in range(here + step, there, step):
            nearer = evidence | Evidence((Finding(point.finding, question.states[place], ON),))
            assert triage(runner, nearer, KB, ON).level == point.level
            assert top(runner, nearer) == point.top


def test_what_changes_the_urgency_comes_first() -> None:
    for person, states in PICTURES[:12]:
        points = turning_points(of(person), told(PAGE | states), KB, ON)
        kinds = [point.level != point.level_then for point in points]
        assert kinds == sorted(kinds, reverse=True)


def test_while_bone_stress_is_suspected_no_what_if_makes_it_look_less_urgent() -> None:
    runner = Athlete.of_age(35, "female", ON)
    states = PAGE | {"worst_point": "groin", "pain_groin": "yes", "impact_pain": "yes", "worsening": "over_weeks"}
    now = triage(runner, told(states), KB, ON)
    calmer = triage(runner, told(states | {"worsening": "better"}), KB, ON)
    assert (now.level, now.bone_stress) == (Level.WITHIN_DAYS, True)
    assert not calmer.bone_stress
    assert all(point.level_then >= now.level for point in turning_points(runner, told(states), KB, ON))
