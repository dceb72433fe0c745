"""Answers that do not fit together: the doubtful one is asked again, once, and meanwhile the careful one counts."""

from datetime import timedelta

import pytest

from hipwise.causes import next_question, triage
from hipwise.model import Athlete, Evidence, Finding
from hipwise.plan._seen import trusted
from sore_runner import KB, ON, calm

DAY = timedelta(1)
RUNNER = Athlete.of_age(35, "female", ON)


def told(**states: str) -> Evidence:
    return Evidence.of(Finding(name, state, ON) for name, state in states.items())


def asked_again(*told_in_turn: dict[str, str]) -> str | None:
    """The question that comes after what was told on one day in this order, if it is one that is asked again."""
    evidence = Evidence(tuple(Finding(name, state, ON) for each in told_in_turn for name, state in each.items()))
    following = next_question(RUNNER, evidence, KB, ON)
    return following.question.id if following is not None and following.why == "again" else None


def test_of_answers_that_do_not_fit_the_doubtful_one_is_asked_again_once() -> None:
    page = {name: state for name, state in calm().items() if name not in {"pain_at_rest", "constant_pain"}}
    no, constant = {"pain_at_rest": "no"}, {"constant_pain": "yes"}
    assert asked_again(page, no, {"constant_pain": "no"}) is None
    assert asked_again(page, no, constant) == "pain_at_rest"
    assert asked_again(page, constant, no) == "pain_at_rest"
    assert asked_again(page, no, constant, no) is None
    assert asked_again(page, no, constant, {"pain_at_rest": "unknown"}) is None
    assert asked_again(page, no, constant, no, constant) == "pain_at_rest"
    assert asked_again(page, no, constant, no, constant, no, constant) is None


@pytest.mark.parametrize(("told_in_turn", "doubtful"), [
    ([{"painkiller": "none", "painkiller_hours_ago": "under_6"}], True),
    ([{"painkiller_hours_ago": "under_6", "painkiller": "none"}], True),
    ([{"painkiller": "ibuprofen", "painkiller_hours_ago": "under_6"}, {"painkiller": "none"}], False),
    ([{"painkiller": "none"}, {"painkiller": "ibuprofen", "painkiller_hours_ago": "under_6"}], False),
    ([{"painkiller": "none", "painkiller_hours_ago": "under_6"}, {"painkiller": "none"}], False),
    ([{"painkiller": "none", "painkiller_hours_ago": "under_6"}, {"painkiller_hours_ago": "unknown"}], False),
    ([{"painkiller": "none"}, {"painkiller": "none", "painkiller_hours_ago": "under_6"}], True),
    ([{"painkiller_hours_ago": "under_6"}], False),
], ids=str)  # fmt: skip
def test_no_painkiller_and_a_time_at_which_it_was_taken_do_not_fit(
    told_in_turn: list[dict[str, str]], doubtful: bool
) -> None:
    assert asked_again(calm(), *told_in_turn) == ("painkiller" if doubtful else None)
    row = [Finding(name, state, ON) for each in told_in_turn for name, state in each.items()]
    hidden = trusted(Evidence((Finding("walk_pain_score", "1", ON), *row)), KB)
    took = any(each.get("painkiller") == "ibuprofen" for each in told_in_turn)
    assert hidden.latest()["walk_pain_score"].is_known is not (doubtful or took)


def test_the_time_of_yesterdays_painkiller_says_nothing_of_today() -> None:
    before = [Finding("painkiller", "ibuprofen", ON - DAY), Finding("painkiller_hours_ago", "under_6", ON - DAY)]
    evidence = Evidence.of((*before, *told(**calm(), painkiller="none")))
    assert triage(RUNNER, evidence, KB, ON).contradictions == ()
