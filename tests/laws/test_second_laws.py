"""Laws of what watches over the ranking: contradictions, the second opinion, and answers that make no sense."""

import random
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.causes import next_question, rank, situation, triage, turning_points
from hipwise.causes._second import holds
from hipwise.knowledge import Condition, Fact, Knowledge, Level, Situation
from hipwise.model import DECLINED, UNKNOWN, Athlete, Evidence, Finding

KB = Knowledge.load()
ON = date(2030, 5, 6)
NAMES = sorted(KB.findings)
PAGE = {
    name: question.states[0] if question.states[0] not in question.alarming else question.states[-1]
    for name, question in KB.findings.items()
    if question.first_page not in {None, "where"}
} | {"worst_point": "outer_hip", "pain_outer_hip": "yes"}

ages = st.one_of(st.none(), st.sampled_from([-3, 0, 7, 15, 16, 17, 40, 90, 106, 130, 999]), st.integers(5, 100))
answers = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 20), max_size=30).map(
    lambda picks: {
        name: (*KB.findings[name].states, UNKNOWN, DECLINED)[place % (len(KB.findings[name].states) + 2)]
        for name, place in picks.items()
    }
)


def of_age(age_y: int | None, sex: str | None) -> Athlete:
    return Athlete.of_age(age_y, sex, ON)


athletes = st.builds(of_age, ages, st.sampled_from([None, "female", "male"]))


def told(states: dict[str, str]) -> Evidence:
    return Evidence.of(Finding(name, state, ON) for name, state in states.items())


@given(athletes, answers, st.booleans())
@settings(max_examples=25)
def test_whatever_is_told_there_is_an_answer_and_never_a_false_calm(
    athlete: Athlete, states: dict[str, str], page: bool
) -> None:
    evidence = told((PAGE if page else {}) | states)
    ranking = rank(athlete, evidence, KB, ON)
    next_question(athlete, evidence, KB, ON)
    age_y = athlete.age_y(ON)
    if age_y is None or not 0 <= age_y <= KB.number("ranking.oldest_y").value:
        assert ranking.level > Level.SELF_CARE
    if ranking.triage.contradictions or ranking.triage.missing:
        assert ranking.level > Level.SELF_CARE
    if age_y is not None and 0 <= age_y < 16:
        assert ranking.causes == ()
    for cause in ranking.causes:
        assert 0 < cause.probability < 1


@pytest.mark.parametrize("state", [UNKNOWN, DECLINED])
@pytest.mark.parametrize("age_y", [None, 7, 40, 130])
def test_who_knows_nothing_is_never_told_that_all_is_well(state: str, age_y: int | None) -> None:
    silent = told(dict.fromkeys(NAMES, state))
    ranking = rank(of_age(age_y, None), silent, KB, ON)
    assert ranking.level >= Level.ROUTINE
    assert set(ranking.triage.missing) >= {name for name in PAGE if name not in {"worst_point", "pain_outer_hip"}}
    assert next_question(of_age(age_y, None), silent, KB, ON) is None
    assert turning_points(of_age(age_y, None), silent, KB, ON) == ()


@pytest.mark.parametrize("age_y", [-1, 106, 130, 999])
def test_an_age_that_nobody_has_is_an_age_that_nobody_told(age_y: int) -> None:
    urgency = triage(of_age(age_y, "female"), told(PAGE), KB, ON)
    assert "age" in urgency.missing
    assert urgency.level >= Level.ROUTINE


@given(athletes, answers)
@settings(max_examples=150)
def test_doubt_never_lowers_the_level_and_the_runner_is_told_of_it(athlete: Athlete, states: dict[str, str]) -> None:
    urgency = triage(athlete, told(PAGE | states), KB, ON)
    seen = situation(athlete, told(PAGE | states), KB, ON)
    for contradiction in KB.contradictions.values():
        if contradiction.when.truth(seen) is True:
            assert contradiction.says in urgency.contradictions
            without = {name: state for name, state in (PAGE | states).items() if name not in contradiction.doubts}
            flags = {alarm.id: alarm.level for alarm in triage(athlete, told(without), KB, ON).alarms}
            shown = {alarm.id: alarm.level for alarm in urgency.alarms}
            clearable = {name for name, alarm in KB.alarms.items() if alarm.clearable}
            for name, level in flags.items():
                assert name in clearable or name not in KB.alarms or shown[name] >= level


CONTRADICTED = [
    ({"worst_pain_score": "0", "rest_pain_score": "8"}, Level.WITHIN_DAYS),
    ({"pain_outer_hip": "no"}, Level.ROUTINE),
    ({"pain_at_rest": "no", "constant_pain": "yes"}, Level.ROUTINE),
    ({"impact_pain": "no", "cannot_run": "yes"}, Level.ROUTINE),
    ({"weight_bearing": "normal", "limp": "yes"}, Level.ROUTINE),
]


@pytest.mark.parametrize(("states", "least"), CONTRADICTED)
def test_answers_that_cannot_both_be_meant_are_read_the_careful_way(states: dict[str, str], least: Level) -> None:
    urgency = triage(of_age(40, "female"), told(PAGE | states), KB, ON)
    assert urgency.contradictions
    assert urgency.level >= least


def test_a_place_that_is_told_and_denied_may_be_anywhere() -> None:
    states = PAGE | {"pain_outer_hip": "no", "impact_pain": "yes", "worsening": "over_weeks", "more_running": "yes"}
    doubtful = triage(of_age(40, "female"), told(states), KB, ON)
    assert doubtful.bone_stress
    assert doubtful.level >= Level.WITHIN_DAYS


@given(athletes, answers)
@settings(max_examples=150)
def test_the_more_careful_of_two_opinions_counts(athlete: Athlete, states: dict[str, str]) -> None:
    evidence = told(states)
    urgency, seen = triage(athlete, evidence, KB, ON), situation(athlete, evidence, KB, ON)
    for pattern in KB.patterns.values():
        if holds(pattern, seen) and not (pattern.bone_stress and urgency.cleared):
            assert urgency.level >= pattern.level
            assert urgency.bone_stress or not pattern.bone_stress
            assert pattern.id in {each.id for each in urgency.second.pictures}
    flags = [alarm for alarm in urgency.alarms if not alarm.id.startswith("second_opinion")]
    assert urgency.more_careful == (len(flags) < len(urgency.alarms))


def named_in(*rules: Condition) -> set[str]:
    """The findings that rules look at, also through facts and what switches them off."""
    found: set[str] = set()
    for rule in rules:
        for leaf in rule.leaves():
            found |= named_in(KB.facts[leaf.name]) if isinstance(leaf, Fact) else {getattr(leaf, "finding", "")}
            found |= {getattr(leaf, "subject", "")}
        found |= named_in(*rule.switches())
    return found & set(KB.findings)


def comes_about(names: set[str], holds_of: Callable[[Situation], bool]) -> bool:
    chance = random.Random(3)  # noqa: S311 (it searches, it keeps no secret)
    for _ in range(4000):
        states = {name: chance.choice(KB.findings[name].states) for name in names if chance.random() < 0.8}
        if holds_of(Situation(states, chance.choice([15, 17, 40, 70]), "male", KB.facts)):
            return True
    return False


@pytest.mark.parametrize("name", sorted(KB.contradictions))
def test_every_contradiction_can_come_about(name: str) -> None:
    rule = KB.contradictions[name].when
    assert comes_about(named_in(rule), lambda seen: rule.truth(seen) is True)


@pytest.mark.parametrize("name", sorted(KB.patterns))
def test_every_picture_can_come_about(name: str) -> None:
    pattern = KB.patterns[name]
    assert comes_about(named_in(pattern.must, *pattern.signs), lambda seen: holds(pattern, seen))
