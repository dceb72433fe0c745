"""What reasoning promises: exact probabilities, reasons that add up, honest intervals, red flags first."""

import math
from datetime import date, timedelta

import pytest
from tests.builders.small_knowledge import small_knowledge

from hipwise.causes import first_page, next_question, rank, triage
from hipwise.knowledge import Knowledge, Level
from hipwise.model import Athlete, Evidence, Finding

ON = date(2030, 5, 6)
RUNNER = Athlete.of_age(35, "female", ON)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return small_knowledge(tmp_path_factory.mktemp("knowledge"))


def told(**states: str) -> Evidence:
    return Evidence.of(Finding(name, state, ON) for name, state in states.items())


ANSWERS = [
    {},
    {"night": "yes"},
    {"night": "no", "stiff": "long"},
    {"place": "side", "stiff": "short", "night": "no"},
    {"place": "front", "night": "yes", "stiff": "none"},
    {"stairs": "yes", "squat": "yes", "climb": "much", "place": "back"},
]


@pytest.mark.parametrize("answers", ANSWERS)
def test_reasons_add_up_to_the_log_odds(small: Knowledge, answers: dict[str, str]) -> None:
    for ranked in rank(RUNNER, told(**answers), small, ON).causes:
        log_odds = 10 * math.log10(ranked.probability / (1 - ranked.probability))
        assert sum(reason.decibans for reason in ranked.reasons) == pytest.approx(log_odds, abs=1e-6)
        assert {reason.finding for reason in ranked.reasons} >= {"prior", "overlap", *answers}


def test_reasons_name_their_source_and_their_side(small: Knowledge) -> None:
    ranking = rank(RUNNER, told(night="yes", place="side"), small, ON)
    bone = next(each for each in ranking.causes if each.id == "bone")
    assert [each.finding for each in bone.speaks_for] == ["night", "sex"]
    assert [each.finding for each in bone.speaks_against] == ["place"]
    assert all(each.sources == ("book",) for each in bone.speaks_for)
    assert bone.not_asked == ("stairs",)
    joint = next(each for each in ranking.causes if each.id == "joint")
    assert joint.not_asked == ("stiff", "squat", "climb")


def test_what_a_cause_does_not_speak_of_keeps_its_background(small: Knowledge) -> None:
    asked = rank(RUNNER, told(place="side"), small, ON)
    joint = next(each for each in asked.causes if each.id == "joint")
    line = next(each for each in joint.reasons if each.finding == "place")
    assert abs(line.decibans) < 1.5


@pytest.mark.parametrize("answers", ANSWERS)
def test_every_interval_holds_its_probability(small: Knowledge, answers: dict[str, str]) -> None:
    for ranked in rank(RUNNER, told(**answers), small, ON).causes:
        assert 0 <= ranked.low <= ranked.probability <= ranked.high <= 1
        assert ranked.high - ranked.low > 0.001


def test_the_same_answers_give_the_same_ranking_in_any_order(small: Knowledge) -> None:
    there = rank(RUNNER, told(night="yes", stiff="long"), small, ON)
    back = rank(RUNNER, told(stiff="long", night="yes"), small, ON)
    for one, other in zip(there.causes, back.causes, strict=True):
        assert one.probability == pytest.approx(other.probability)
        assert (one.id, one.low, one.high) == (other.id, pytest.approx(other.low), pytest.approx(other.high))


def test_unknown_and_declined_answers_move_nothing(small: Knowledge) -> None:
    silent = rank(RUNNER, told(), small, ON)
    unknown = rank(RUNNER, told(night="unknown", stiff="declined"), small, ON)
    assert [each.probability for each in silent.causes] == [each.probability for each in unknown.causes]


def test_a_stale_answer_says_nothing(small: Knowledge) -> None:
    old = Evidence.of([Finding("night", "yes", ON - timedelta(days=31))])
    assert [each.probability for each in rank(RUNNER, old, small, ON).causes] == [
        each.probability for each in rank(RUNNER, told(), small, ON).causes
    ]


def test_a_finding_that_the_base_does_not_know_is_passed_over(small: Knowledge) -> None:
    assert rank(RUNNER, told(moon="full"), small, ON).causes


KB = Knowledge.load()


def test_the_red_flag_page_comes_before_everything_else() -> None:
    first = next_question(RUNNER, Evidence(), KB, ON)
    assert first is not None
    assert first.why == "red_flag"
    assert first.question.first_page == next(iter(first_page(KB)))
    assert len(first_page(KB)) <= 9


def test_an_answer_that_needs_someone_now_ends_the_interview() -> None:
    evidence = told(saddle_numb="yes")
    assert triage(RUNNER, evidence, KB, ON).level is Level.EMERGENCY
    assert next_question(RUNNER, evidence, KB, ON) is None
    assert rank(RUNNER, evidence, KB, ON).causes == ()


def test_a_question_that_is_not_known_is_not_asked_twice_on_one_day() -> None:
    first = next_question(RUNNER, Evidence(), KB, ON)
    assert first is not None
    following = next_question(RUNNER, told(**{first.question.id: "unknown"}), KB, ON)
    assert following is not None
    assert following.question.id != first.question.id
    tomorrow = next_question(RUNNER, told(**{first.question.id: "unknown"}), KB, ON + timedelta(days=1))
    assert tomorrow is not None
    assert tomorrow.question.id == first.question.id


def test_under_sixteen_nothing_is_ranked_and_someone_must_look() -> None:
    child = Athlete.of_age(15, "male", ON)
    ranking = rank(child, told(pain_outer_hip="yes"), KB, ON)
    assert ranking.causes == ()
    assert ranking.level >= Level.WITHIN_DAYS
    assert ranking.triage.too_young
    assert next_question(child, all_calm(), KB, ON) is None


def all_calm(**changed: str) -> Evidence:
    """Every question of the first page answered, none alarming, with a place that is no bone site."""
    calm = {
        name: question.states[0] if question.states[0] not in question.alarming else question.states[-1]
        for name, question in KB.findings.items()
        if question.first_page not in {None, "where"}
    }
    return told(**(calm | {"worst_point": "outer_hip", "pain_outer_hip": "yes"} | changed))


def test_self_care_needs_every_answer_of_the_first_page() -> None:
    assert triage(RUNNER, all_calm(), KB, ON).level is Level.SELF_CARE
    for name, question in KB.findings.items():
        if question.first_page in {None, "where"} or name == "testicle_pain":  # not asked of a woman
            continue
        urgency = triage(RUNNER, all_calm(**{name: "unknown"}), KB, ON)
        assert urgency.level >= Level.ROUTINE, name
        assert urgency.missing == (name,)
        assert triage(RUNNER, all_calm(**{name: "declined"}), KB, ON).missing == (name,)


def test_the_last_answer_that_was_missing_never_lowers_the_level_if_it_alarms() -> None:
    for name, question in KB.findings.items():
        for state in question.alarming:
            before = triage(RUNNER, all_calm(**{name: "unknown"}), KB, ON)
            assert triage(RUNNER, all_calm(**{name: state}), KB, ON).level >= before.level, (name, state)


def test_an_unknown_age_is_a_missing_answer() -> None:
    urgency = triage(Athlete(sex="female"), all_calm(), KB, ON)
    assert urgency.missing == ("age",)
    assert urgency.level is Level.ROUTINE


def test_men_are_not_asked_about_periods() -> None:
    man = Athlete.of_age(35, "male", ON)
    assert "missed_periods" not in triage(man, Evidence(), KB, ON).missing
    assert "missed_periods" in triage(RUNNER, Evidence(), KB, ON).missing


def test_answers_about_red_flags_go_stale_after_a_week() -> None:
    assert triage(RUNNER, all_calm(), KB, ON + timedelta(days=7)).level is Level.SELF_CARE
    later = triage(RUNNER, all_calm(), KB, ON + timedelta(days=8))
    assert later.level is Level.ROUTINE
    assert "fever" in later.missing
    assert "past_cancer" in later.missing


def test_a_change_of_the_pain_makes_older_answers_stale() -> None:
    changed = all_calm() | Evidence((Finding("hip_changed", "yes", ON + timedelta(days=1)),))
    urgency = triage(RUNNER, changed, KB, ON + timedelta(days=1))
    assert urgency.level is Level.ROUTINE
    assert "fever" in urgency.missing


def bone(**changed: str) -> Evidence:
    return told(**({"pain_groin": "yes", "impact_pain": "yes", "limp": "yes"} | changed))


def test_a_clearance_lifts_the_interlock_until_something_new_hurts() -> None:
    suspected = triage(RUNNER, bone(), KB, ON)
    assert (suspected.level, suspected.bone_stress) == (Level.SAME_DAY, True)
    cleared = bone() | Evidence(
        (Finding("cleared_bone", "yes", ON + timedelta(days=1), "clinician: Dr A, for running"),)
    )
    after = triage(RUNNER, cleared, KB, ON + timedelta(days=1))
    assert (after.bone_stress, after.cleared) == (False, True)
    for sign in ("limp", "pain_at_rest", "night_pain", "pain_groin"):
        again = cleared | Evidence((Finding(sign, "yes", ON + timedelta(days=2)),))
        voided = triage(RUNNER, again, KB, ON + timedelta(days=2))
        assert not voided.cleared, sign
        assert voided.bone_stress, sign
    withdrawn = cleared | Evidence((Finding("cleared_bone", "no", ON + timedelta(days=3)),))
    assert not triage(RUNNER, withdrawn, KB, ON + timedelta(days=3)).cleared


def test_a_clearance_never_hides_an_emergency() -> None:
    evidence = told(cleared_bone="yes", leg_short_turned="yes")
    assert triage(RUNNER, evidence, KB, ON).level is Level.EMERGENCY


def test_a_hip_with_an_implant_is_not_ranked_without_the_surgeon() -> None:
    ranking = rank(RUNNER, told(hip_surgery="yes", pain_outer_hip="yes"), KB, ON)
    assert ranking.level is Level.WITHIN_DAYS
    assert ranking.causes == ()


def test_an_alarming_answer_that_no_rule_speaks_of_alone_still_asks_for_a_look() -> None:
    assert triage(RUNNER, all_calm(pop="yes"), KB, ON).level is Level.ROUTINE


def test_the_ranking_says_what_was_not_looked_at() -> None:
    assert "causes.no_training" in rank(RUNNER, all_calm(), KB, ON).not_looked_at
    assert "causes.no_training" not in rank(RUNNER, all_calm(load_run_spike="none"), KB, ON).not_looked_at
    assert rank(RUNNER, all_calm(), KB, ON).top(3) == rank(RUNNER, all_calm(), KB, ON).causes[:3]


def test_self_tests_are_never_proposed_while_the_interlock_is_on() -> None:
    answers: dict[str, str] = {
        each.id: each.state for each in all_calm(worsening="over_weeks", pain_groin="yes", impact_pain="yes")
    }
    for _ in range(100):
        following = next_question(RUNNER, told(**answers), KB, ON)
        if following is None:
            break
        assert following.question.sensed_by == "told"
        answers[following.question.id] = "unknown"
    else:
        pytest.fail("the interview does not end")
