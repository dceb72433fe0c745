"""What the course of a pain under a plan may never do: make something serious look smaller where that is not safe.

The course weighs causes like any finding. An alarm does not hear of it; what needs a clinician never falls because a
plan did not help; and a pain that eased opens nothing that was closed.
"""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from hipwise.causes import next_question, rank, triage, weighed
from hipwise.causes._model import model_of
from hipwise.causes._triage import situation
from hipwise.causes._weigh import log_table
from hipwise.knowledge import Level
from hipwise.model import Athlete, Evidence, Finding
from hipwise.plan import refer
from sore_runner import KB, ON, calm

LOOKS = ("course_2w", "course_6w")
NOT_BETTER = ("same", "worse")
SERIOUS = sorted(name for name, cause in KB.causes.items() if cause.urgent or not cause.self_care)
NAMES = sorted(name for name, each in KB.findings.items() if each.sensed_by not in {"course", "clinician"})
CLOSE = 1e-9

drawn = st.sampled_from(NAMES).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(KB.findings[name].states)))
findings = st.tuples(drawn, st.integers(0, 6)).map(lambda each: Finding(*each[0], ON - timedelta(each[1])))
told = st.lists(findings, max_size=20).map(Evidence.of)
calm_told = st.lists(drawn, max_size=6).map(
    lambda more: Evidence.of(Finding(name, state, ON) for name, state in {**calm(), **dict(more)}.items())
)
athletes = st.builds(
    lambda age_y, sex: Athlete.of_age(age_y, sex, ON), st.integers(16, 80), st.sampled_from([None, "female", "male"])
)


def went(look: str, state: str) -> Evidence:
    return Evidence((Finding(look, state, ON, "course"),))


@pytest.mark.parametrize("look", LOOKS)
def test_all_that_needs_a_clinician_speaks_of_the_course_with_one_voice(look: str) -> None:
    said = [KB.causes[name].signs[look] for name in SERIOUS]
    assert all(each == said[0] for each in said)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("state", NOT_BETTER)
def test_no_set_of_causes_makes_a_pain_that_did_not_ease_likelier_than_a_serious_one(look: str, state: str) -> None:
    model = model_of(KB)
    row = log_table(model, look)[KB.findings[look].states.index(state)]
    serious = np.array([cause.id in SERIOUS for cause in model.causes])
    with_one = (model.sets @ serious) > 0
    assert np.ptp(row[with_one]) < CLOSE
    assert row[with_one].min() >= row[~with_one].max() - CLOSE


@given(athletes, told, st.sampled_from(LOOKS), st.sampled_from(NOT_BETTER))
@settings(max_examples=60)
def test_a_plan_that_did_not_help_lowers_nothing_serious(
    athlete: Athlete, evidence: Evidence, look: str, state: str
) -> None:
    before = weighed(situation(athlete, evidence, KB, ON), KB)
    after = weighed(situation(athlete, evidence | went(look, state), KB, ON), KB)
    assert [name for name in SERIOUS if after[name] < before[name] - CLOSE] == []


@given(athletes, told, st.sampled_from(LOOKS), st.sampled_from(("better", *NOT_BETTER)))
@settings(max_examples=60)
def test_no_alarm_hears_of_the_course(athlete: Athlete, evidence: Evidence, look: str, state: str) -> None:
    assert triage(athlete, evidence | went(look, state), KB, ON) == triage(athlete, evidence, KB, ON)


LIKELY = {
    "pain_outer_hip": "no", "pain_front_thigh": "yes", "worst_point": "front_thigh", "impact_pain": "yes",
    "downhill_hurts": "yes",
}  # fmt: skip


@given(athletes, calm_told, st.sampled_from(LOOKS))
@example(
    Athlete.of_age(35, "male", ON),
    Evidence.of(Finding(name, state, ON) for name, state in {**calm(), **LIKELY}.items()),
    "course_6w",
)
@settings(max_examples=12)
def test_a_pain_that_eased_closes_no_referral_and_opens_no_test(
    athlete: Athlete, evidence: Evidence, look: str
) -> None:
    before, after = (rank(athlete, each, KB, ON) for each in (evidence, evidence | went(look, "better")))
    assert after.level == before.level
    assume(before.level < Level.SAME_DAY)
    first, then = refer(before, athlete, KB), refer(after, athlete, KB)
    if first is not None:
        assert then is not None
        assert Level.of(then.level) >= Level.of(first.level)
        assert then.bone_stress or not first.bone_stress


def offers_a_test(athlete: Athlete, evidence: Evidence) -> bool:
    """Whether a self-test is offered once all else was asked today and not known."""
    rest = {name for name, each in KB.findings.items() if each.sensed_by == "told"} - set(evidence.latest())
    asked = evidence | Evidence.of(Finding(name, "unknown", ON) for name in sorted(rest))
    following = next_question(athlete, asked, KB, ON)
    return following is not None and following.question.sensed_by == "self_test"


def test_a_pain_that_eased_opens_no_self_test_that_a_likely_bone_closed() -> None:
    athlete = Athlete.of_age(35, "male", ON)
    opened = 0
    for more in ({}, {"impact_pain": "yes"}, LIKELY):
        evidence = Evidence.of(Finding(name, state, ON) for name, state in {**calm(), **more}.items())
        before = offers_a_test(athlete, evidence)
        opened += before
        assert before or not offers_a_test(athlete, evidence | went("course_6w", "better"))
    assert opened
