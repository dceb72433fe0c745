"""The safety laws that alarms and ranking keep, for every input."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.causes import next_question, rank, situation, triage
from hipwise.knowledge import Condition, Fact, Knowledge, Level, Situation
from hipwise.model import DECLINED, UNKNOWN, Athlete, Evidence, Finding

KB = Knowledge.load()
ON = date(2030, 5, 6)
NAMES = sorted(KB.findings)
FIRST_PAGE = sorted(name for name, question in KB.findings.items() if question.first_page is not None)
TOLD = {name for name, question in KB.findings.items() if question.sensed_by == "told"}
ALARMING = sorted((name, state) for name, question in KB.findings.items() for state in question.alarming)

athletes = st.builds(
    lambda age_y, sex: Athlete.of_age(age_y, sex, ON),
    st.one_of(st.none(), st.integers(5, 90)),
    st.sampled_from([None, "female", "male"]),
)
answers = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 20), max_size=25).map(
    lambda picks: {
        name: (*KB.findings[name].states, UNKNOWN, DECLINED)[place % (len(KB.findings[name].states) + 2)]
        for name, place in picks.items()
    }
)


def told(states: dict[str, str]) -> Evidence:
    return Evidence.of(Finding(name, state, ON) for name, state in states.items())


def cleared_away(states: dict[str, str]) -> dict[str, str]:
    """Without a clearance: it is meant to lower the level, and its own tests hold it."""
    return {name: state for name, state in states.items() if name != "cleared_bone"}


@given(athletes, answers, st.sampled_from(ALARMING))
@settings(max_examples=400)
def test_adding_an_alarming_finding_never_lowers_the_level(
    athlete: Athlete, states: dict[str, str], alarming: tuple[str, str]
) -> None:
    name, state = alarming
    question = KB.findings[name]
    before = {each: value for each, value in cleared_away(states).items() if each != name}
    worse = question.states[question.states.index(state) :]
    lesser = triage(athlete, told(before | {name: state}), KB, ON)
    assert lesser.level >= triage(athlete, told(before), KB, ON).level
    assert lesser.bone_stress or not triage(athlete, told(before), KB, ON).bone_stress
    for each in worse:
        assert triage(athlete, told(before | {name: each}), KB, ON).level >= lesser.level


@given(athletes, answers, st.sampled_from(NAMES))
@settings(max_examples=300)
def test_an_unknown_answer_weighs_as_much_as_none(athlete: Athlete, states: dict[str, str], name: str) -> None:
    without = {each: value for each, value in states.items() if each != name}
    silent = triage(athlete, told(without), KB, ON)
    assert triage(athlete, told(without | {name: UNKNOWN}), KB, ON) == silent
    assert triage(athlete, told(without | {name: DECLINED}), KB, ON) == silent


PLACES = sorted(name for name, each in KB.findings.items() if each.first_page == "where")
where = st.dictionaries(st.sampled_from(PLACES), st.integers(0, 20), min_size=1, max_size=4).map(
    lambda picks: {
        name: KB.findings[name].states[place % len(KB.findings[name].states)] for name, place in picks.items()
    }
)


@given(athletes, where, where, answers, st.integers(1, 5), st.sampled_from([UNKNOWN, DECLINED]))
@settings(max_examples=300)
def test_who_can_no_longer_say_where_it_hurts_most_is_never_less_urgent(
    athlete: Athlete, old: dict[str, str], new: dict[str, str], states: dict[str, str], ago: int, silent: str
) -> None:
    """A place of another day is no longer one that makes it safe; one that can alarm still is."""
    states = {each: value for each, value in cleared_away(states).items() if each not in PLACES}
    before = Evidence.of(Finding(name, state, ON - timedelta(ago)) for name, state in old.items()) | told(states)
    today = told({name: state for name, state in new.items() if name != "worst_point" and state == "yes"})
    was = triage(athlete, before | today, KB, ON)
    now = triage(athlete, before | today | told({"worst_point": silent}), KB, ON)
    assert now.level >= was.level
    assert now.bone_stress or not was.bone_stress


def test_a_stale_place_and_a_lost_point_count_as_a_pain_that_may_be_anywhere() -> None:
    """The side of the hip was pointed at days ago; now nobody can say where, and it is a bone site until they can."""
    before = Evidence(
        (Finding("pain_outer_hip", "yes", ON - timedelta(3)), Finding("worst_point", "outer_hip", ON - timedelta(3)))
    )
    now = told({"impact_pain": "yes", "limp": "yes"})
    runner = Athlete.of_age(35, "female", ON)
    assert triage(runner, before | now, KB, ON).level < Level.SAME_DAY
    assert triage(runner, before | now | told({"worst_point": UNKNOWN}), KB, ON).level >= Level.SAME_DAY


@given(athletes, answers)
@settings(max_examples=300)
def test_self_care_is_never_given_while_the_first_page_is_not_answered(
    athlete: Athlete, states: dict[str, str]
) -> None:
    urgency = triage(athlete, told(states), KB, ON)
    assert urgency.level > Level.SELF_CARE or not urgency.missing


@given(athletes, answers)
@settings(max_examples=150, deadline=None)
def test_an_urgent_level_names_no_cause_and_a_ranking_is_a_ranking(athlete: Athlete, states: dict[str, str]) -> None:
    ranking = rank(athlete, told(states), KB, ON)
    age_y = athlete.age_y(ON)
    if ranking.level >= Level.SAME_DAY or (age_y is not None and age_y < 16):
        assert ranking.causes == ()
        return
    for cause in ranking.causes:
        assert 0 <= cause.low <= cause.probability <= cause.high <= 1
    assert 0 <= ranking.something_else <= 1
    assert list(ranking.causes) == sorted(ranking.causes, key=lambda each: -each.probability)


@given(athletes, answers, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_answers_does_not_matter(athlete: Athlete, states: dict[str, str], chance: object) -> None:
    kept = {name: state for name, state in states.items() if name != "hip_changed"}  # what follows it is newer
    shuffled = list(kept.items())
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = triage(athlete, told(kept), KB, ON), triage(athlete, told(dict(shuffled)), KB, ON)
    assert one == other


@given(athletes, answers)
@settings(max_examples=200)
def test_the_level_is_that_of_the_highest_alarm(athlete: Athlete, states: dict[str, str]) -> None:
    urgency = triage(athlete, told(states), KB, ON)
    assert all(alarm.level <= urgency.level for alarm in urgency.alarms)
    assert urgency.level <= Level.ROUTINE or urgency.level == max(alarm.level for alarm in urgency.alarms)
    assert urgency.bone_stress == any(alarm.bone_stress for alarm in urgency.alarms)


SILENT = sorted((name, state) for name, question in KB.findings.items() for state in question.silent)


@given(athletes, answers, st.sampled_from(SILENT))
@settings(max_examples=300)
def test_an_honest_not_since_then_answers_the_page_and_never_counts_as_no_pain(
    athlete: Athlete, states: dict[str, str], silent: tuple[str, str]
) -> None:
    name, state = silent
    without = {each: value for each, value in states.items() if each != name}
    told_so, unknown, denied = (
        triage(athlete, told(without | {name: value}), KB, ON)
        for value in (state, UNKNOWN, KB.findings[name].states[0])
    )
    not_run = {"rf_not_run_yet"}
    assert {each.id for each in told_so.alarms} - not_run == {each.id for each in unknown.alarms} - not_run
    assert {(each.id, each.level) for each in denied.alarms} <= {(each.id, each.level) for each in told_so.alarms}
    assert (told_so.level, told_so.bone_stress) >= (denied.level, denied.bone_stress)
    assert name not in told_so.missing


@given(athletes, answers, st.sampled_from(SILENT))
@settings(max_examples=60, deadline=None)
def test_a_silent_answer_moves_no_cause(athlete: Athlete, states: dict[str, str], silent: tuple[str, str]) -> None:
    name, state = silent
    without = {each: value for each, value in cleared_away(states).items() if each != name}
    one = {each.id: each.probability for each in rank(athlete, told(without), KB, ON).causes}
    other = {each.id: each.probability for each in rank(athlete, told(without | {name: state}), KB, ON).causes}
    if one and other:
        assert other == pytest.approx(one, abs=1e-9)


@pytest.mark.parametrize(("years", "ranked", "growing"), [(16, False, True), (18, True, True), (19, True, False)])
def test_the_eve_of_a_birthday_still_counts(years: int, ranked: bool, growing: bool) -> None:
    eve = Athlete(date(ON.year - years, ON.month, ON.day) + timedelta(1), "female")
    calm = told({name: KB.findings[name].states[0] for name in FIRST_PAGE})
    urgency = triage(eve, calm, KB, ON)
    assert (urgency.too_young, bool(rank(eve, calm, KB, ON).causes)) == (not ranked, ranked)
    assert ("rf_child_pain" in {each.id for each in urgency.alarms}) == growing


@pytest.mark.parametrize("ago", [0, 1])
def test_the_old_place_is_not_the_place_of_the_changed_pain(ago: int) -> None:
    calm = {name: KB.findings[name].states[0] for name in FIRST_PAGE if name != "worst_point"}
    side = {"pain_outer_hip": "yes", "worst_point": "outer_hip", "duration": "over_a_year"}
    pain = {"impact_pain": "yes", "worsening": "over_weeks", "more_running": "yes"}
    before = Evidence.of(Finding(*each, ON - timedelta(ago)) for each in (calm | side | pain).items())
    changed = Evidence.of([Finding("hip_changed", "yes", ON - timedelta(ago))])
    adult = Athlete.of_age(35, "male", ON)
    assert triage(adult, before, KB, ON).level < Level.WITHIN_DAYS
    assert triage(adult, before | changed, KB, ON).level >= Level.WITHIN_DAYS


@given(athletes, answers, st.integers(0, 6), st.integers(0, 2))
@settings(max_examples=200)
def test_a_pain_that_has_changed_is_never_less_urgent(
    athlete: Athlete, states: dict[str, str], ago: int, later: int
) -> None:
    evidence = Evidence.of(Finding(*each, ON - timedelta(ago)) for each in cleared_away(states).items())
    changed = Evidence.of([Finding("hip_changed", "yes", ON - timedelta(min(ago, later)))])
    before, after = triage(athlete, evidence, KB, ON), triage(athlete, evidence | changed, KB, ON)
    assert after.level >= before.level
    assert after.bone_stress or not before.bone_stress


AT_HOME = {each.finding for each in KB.self_tests.values() if each.finding is not None and each.verdict.at_home}


@given(athletes, answers)
@settings(max_examples=200, deadline=None)
def test_only_a_test_that_is_safe_alone_is_offered_and_only_behind_its_gate(
    athlete: Athlete, states: dict[str, str]
) -> None:
    page = {name: states.get(name, KB.findings[name].states[0]) for name in FIRST_PAGE}
    evidence = told(states | page | dict.fromkeys(TOLD - set(page) - set(states), UNKNOWN))
    following = next_question(athlete, evidence, KB, ON)
    if following is None or following.question.sensed_by != "self_test":
        return
    urgency, seen = triage(athlete, evidence, KB, ON), situation(athlete, evidence, KB, ON)
    gate = following.question.only_if
    assert following.question.id in AT_HOME
    assert urgency.level < Level.WITHIN_DAYS
    assert not urgency.bone_stress
    assert not urgency.missing
    assert gate is not None
    assert gate.truth(seen) is True
    assert KB.facts["no_tests_now"].truth(seen) is not True


def test_a_sore_adductor_is_offered_the_squeeze() -> None:
    picture = {"pain_groin": "yes", "pain_inner_thigh": "yes", "worst_point": "inner_thigh", "squeezing_hurts": "yes"}
    page = {name: KB.findings[name].states[0] for name in FIRST_PAGE if KB.findings[name].first_page != "where"}
    states = dict.fromkeys(TOLD, UNKNOWN) | page | picture | {"duration": "two_to_6_weeks", "side": "left"}
    athlete, offered = Athlete.of_age(28, "male", ON), set()
    while (following := next_question(athlete, told(states), KB, ON)) is not None:
        offered.add(following.question.id)
        states[following.question.id] = following.question.states[0]
    assert "test_squeeze" in offered
    assert offered <= AT_HOME


@pytest.mark.parametrize("alarm", sorted(KB.alarms))
def test_every_rung_of_every_alarm_can_be_reached(alarm: str) -> None:
    reached = set()
    chance = random.Random(alarm)  # noqa: S311 (it searches, it keeps no secret)
    rungs = KB.alarms[alarm].levels
    names = sorted({name for rung in rungs for name in findings_of(rung.when)} & set(KB.findings))
    for _ in range(4000):
        states = {name: chance.choice(KB.findings[name].states) for name in names if chance.random() < 0.4}
        seen = Situation(states, chance.choice([9, 17, 40, 70]), chance.choice(["female", "male"]), KB.facts)
        reached |= {rung.level for rung in rungs[:1] if rung.when.truth(seen)} or {
            rung.level for rung in rungs if rung.when.truth(seen) and not rungs[0].when.truth(seen)
        }
    assert reached == {rung.level for rung in rungs}


def findings_of(condition: Condition) -> set[str]:
    """All findings that a condition looks at, also through facts and what switches it off."""
    found: set[str] = set()
    for leaf in condition.leaves():
        found |= findings_of(KB.facts[leaf.name]) if isinstance(leaf, Fact) else {getattr(leaf, "finding", "")}
        found |= {getattr(leaf, "subject", "")}
    for switch in condition.switches():
        found |= findings_of(switch)
    return found
