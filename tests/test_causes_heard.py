"""Urgency is worked out once for answers that no rule tells apart, and is that of the answers themselves."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.causes import situation, triage
from hipwise.causes._heard import heard
from hipwise.causes._triage import _judged
from hipwise.knowledge import Kind, Knowledge
from hipwise.model import UNKNOWN, Athlete, Evidence, Finding
from sore_runner import calm

KB = Knowledge.load()
ON = date(2030, 5, 6)
RUNNER = Athlete.of_age(35, "female", ON, "IE")
SCORES = sorted(name for name, each in KB.findings.items() if each.kind is Kind.SCORE)
ANSWERS = st.sampled_from(sorted((name, state) for name, each in KB.findings.items() for state in each.states))
PAINS = st.dictionaries(st.sampled_from(SCORES), st.integers(0, 10).map(str))


def of(states):
    return Evidence.of(Finding(name, state, ON) for name, state in states.items())


@given(answers=st.lists(ANSWERS, max_size=6), pains=PAINS, is_calm=st.booleans())
@settings(max_examples=150, deadline=None)
def test_what_is_heard_is_judged_as_the_answers_themselves(answers, pains, is_calm):
    told = of((calm() if is_calm else {}) | dict(answers) | pains)
    seen, found = situation(RUNNER, told, KB, ON), triage(RUNNER, told, KB, ON)
    whole = frozenset(seen.states.items())
    assert found == _judged.__wrapped__(KB, whole, seen.age_y, seen.sex, found.cleared, found.missing)


def test_scores_between_two_thresholds_are_heard_alike_and_across_one_are_not():
    def of_rest(score):
        return heard(situation(RUNNER, of(calm() | {"rest_pain_score": str(score)}), KB, ON), KB)

    bands = [of_rest(score) for score in range(11)]
    assert 1 < len(set(bands)) < len(bands)
    for lower, upper in zip(range(10), range(1, 11), strict=True):
        if bands[lower] == bands[upper]:
            assert triage(RUNNER, of(calm(rest_pain_score=str(lower))), KB, ON) == triage(
                RUNNER, of(calm(rest_pain_score=str(upper))), KB, ON
            )


def test_what_no_rule_speaks_of_is_not_heard():
    names = {name for name, _ in heard(situation(RUNNER, of({"side": "left", "limp": "yes"}), KB, ON), KB)}
    assert "limp" in names
    assert "run_pain_from" not in {
        name for name, _ in heard(situation(RUNNER, of({"run_pain_from": "at_once"}), KB, ON), KB)
    }


@pytest.mark.parametrize(("place", "stays"), [("outer_hip", False), ("groin", True)])
def test_a_place_that_is_unsaid_the_same_day_calms_nobody_and_one_that_can_alarm_stays(place: str, stays: bool) -> None:
    told = Evidence((Finding("worst_point", place, ON), Finding("worst_point", UNKNOWN, ON)))
    assert ("worst_point" in situation(RUNNER, told, KB, ON).states) is stays
