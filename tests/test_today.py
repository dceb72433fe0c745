"""What the answer of the day promises: it asks, refers and waits where it must, and explains itself."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from hipwise.knowledge import Knowledge
from hipwise.model import UNKNOWN, Athlete, Evidence, Finding
from hipwise.plan import Plan, Referral, RunningNow, Today, today
from hipwise.texts import say

KB = Knowledge.load()
ON = date(2030, 5, 6)
DAY = timedelta(1)
RUNNER = Athlete.of_age(35, "male", ON, "GB")

CARD = {"rest_pain_score": "0", "walk_pain_score": "0", "woken_by_hip": "no", "painkiller": "none"}
SIDE = {"pain_outer_hip": "yes", "worst_point": "outer_hip", "duration": "two_to_6_weeks"}


def calm_page(**told: str) -> dict[str, str]:
    """Return a first page without any sign, for a pain at the outer hip, and a calm card."""
    page = {name: each.states[0] for name, each in KB.findings.items() if each.first_page not in {None, "where"}}
    return {**page, **SIDE, **CARD, **told}


def known(told: Mapping[str, str], on: date = ON, origin: str = "told") -> Evidence:
    return Evidence.of(Finding(name, state, on, origin) for name, state in told.items())


def running(*days_ago: int, longest: float | None = 10.0) -> RunningNow:
    days = tuple(sorted(ON - each * DAY for each in days_ago))
    ceiling = None if longest is None else longest * 1.1
    return RunningNow(longest_30d_km=longest, ceiling_km=ceiling, last_run_km=8.0, last_run_min=48.0, run_days=days)


RAN = running(30, 26, 22, 18, 14, 10, 6, 4, 2)
SCORED = known(
    {"run_pain_score": "1", "run_limp": "no", "settled_after": "within_24_h", "morning_pain_score": "0"}, ON - DAY
)
"""How the last run of RAN was borne."""


def asked(
    evidence: Evidence,
    now: RunningNow = RAN,
    plan: Plan | Referral | None = None,
    athlete: Athlete = RUNNER,
    **more: Any,
) -> Today:
    return today(athlete, evidence, now, plan, KB, ON, **more)


def test_a_calm_runner_may_run_up_to_a_tenth_above_the_longest_run() -> None:
    found = asked(known(calm_page()) | SCORED)
    assert (found.rule, found.verdict, found.colour) == ("R20", "run", "green")
    assert found.ceiling_km == pytest.approx(11)
    assert found.ceiling_min is None
    assert found.referral is None
    assert found.stop_rules
    assert found.session is None


def test_the_answer_is_plain_data_with_a_source_for_every_number() -> None:
    data = json.loads(json.dumps(asked(known(calm_page()) | SCORED).as_dict()))
    assert data["verdict"] == "run"
    assert data["on"] == "2030-05-06"
    assert set(data["sources"]) <= set(KB.sources)
    assert all(bound["source"] in KB.sources for bound in data["bounds"])


def test_a_run_that_nobody_scored_is_asked_about_first() -> None:
    found = asked(known(calm_page()))
    assert (found.rule, found.verdict) == ("R11", "ask")
    assert "run_pain_score" in found.asks


@pytest.mark.parametrize("open_question", ["fever", "night_pain", "past_cancer", "limp", "prior_stress_fracture"])
@pytest.mark.parametrize("state", [None, UNKNOWN, "declined"])
def test_an_open_first_page_question_means_ask_and_names_it(open_question: str, state: str | None) -> None:
    told = calm_page()
    del told[open_question]
    if state is not None:
        told[open_question] = state
    found = asked(known(told) | SCORED)
    assert (found.rule, found.verdict) == ("R0", "ask")
    assert open_question in found.asks


def test_an_old_first_page_means_ask() -> None:
    found = asked(known(calm_page(), ON - 8 * DAY) | known(CARD) | SCORED)
    assert (found.rule, found.verdict) == ("R0", "ask")
    assert "fever" in found.asks


@pytest.mark.parametrize("score", ["rest_pain_score", "walk_pain_score", "woken_by_hip", "painkiller"])
def test_a_card_that_is_not_filled_means_ask(score: str) -> None:
    told = calm_page()
    del told[score]
    found = asked(known(told) | SCORED)
    assert (found.rule, score in found.asks) == ("R0", True)


def test_only_what_was_told_sends_somebody_to_have_it_looked_at_and_never_what_was_not_asked_yet() -> None:
    visit = say("plan.routine")
    assert visit not in asked(known({})).notes
    for told in ({"effort_cramp": "yes"}, calm_page(effort_cramp="yes")):
        assert visit in asked(known(told)).notes


def test_scores_from_before_the_pain_changed_do_not_count() -> None:
    page = calm_page()
    before = {name: page.pop(name) for name in ("rest_pain_score", "walk_pain_score")}
    evidence = known(before, ON - DAY) | known({"hip_changed": "yes"}) | known(page) | SCORED
    found = asked(evidence)
    assert (found.rule, found.asks) == ("R0", ("rest_pain_score", "walk_pain_score"))


def test_an_age_that_nobody_told_means_ask() -> None:
    found = asked(known(calm_page()) | SCORED, athlete=Athlete(None, "male"))
    assert (found.rule, "age" in found.asks) == ("R0", True)


def test_a_sign_that_needs_help_now_gives_the_local_number_and_nothing_to_do() -> None:
    found = asked(known(calm_page(saddle_numb="yes")) | SCORED)
    assert (found.rule, found.verdict, found.outcome) == ("R1", "see_someone", "STOP_URGENT")
    assert found.referral is not None
    assert found.referral.number == "999"
    assert "999" in found.referral.what
    assert (found.session, found.ceiling_km, found.walk_min) == (None, None, None)


def test_without_a_country_the_number_is_said_in_words() -> None:
    found = asked(known(calm_page(saddle_numb="yes")) | SCORED, athlete=replace(RUNNER, country=None))
    assert found.referral is not None
    assert found.referral.number is None
    assert "your local emergency number" in found.referral.what


def test_a_child_is_sent_to_a_clinician_with_a_guardian() -> None:
    found = asked(known(calm_page()) | SCORED, athlete=Athlete.of_age(15, "male", ON))
    assert found.verdict == "see_someone"
    assert found.referral is not None
    assert found.referral.too_young


BONE = {
    "pain_groin": "yes",
    "worst_point": "groin",
    "pain_outer_hip": "no",
    "impact_pain": "yes",
    "worsening": "over_weeks",
}


def test_a_suspected_bone_ends_running_until_a_clinician_clears_it() -> None:
    found = asked(known(calm_page(**BONE)) | SCORED)
    assert found.verdict == "see_someone"
    assert found.referral is not None
    assert found.referral.bone_stress
    assert found.walk_min is None


def cleared(days_ago: int) -> Evidence:
    """Return evidence of a bone that was suspected three weeks ago, cleared since, and calm now."""
    calm = calm_page(
        pain_outer_hip="no",
        pain_groin="no",
        worst_point="groin",
        impact_pain="no",
        gate_walk_30="yes",
        gate_calm_days="yes",
    )
    told = known(BONE, ON - 21 * DAY) | known({"cleared_bone": "yes"}, ON - days_ago * DAY, "Dr. Bone, for running")
    return told | known({**calm, "worst_point": "outer_hip"})


def test_a_cleared_bone_starts_at_the_first_step_and_allows_no_pain_at_all() -> None:
    found = asked(cleared(3), running(20))
    assert (found.rule, found.limits.hi, found.limits.bone) == ("R20", 0, True)
    assert found.session is not None
    assert (found.session.stage, found.session.run_s, found.session.repeats) == (1, 30, 10)
    assert found.ceiling_min == pytest.approx(30)


def test_bone_pain_after_clearance_takes_three_calm_days_and_two_steps_back() -> None:
    run = known({"run_pain_score": "1", "run_limp": "no"}, ON - 4 * DAY) | known(
        {"morning_pain_score": "0"}, ON - 3 * DAY
    )
    found = asked(cleared(6) | run, running(20, 4))
    assert (found.rule, found.outcome) == ("R10", "NO_RUN")
    calm = known(CARD, ON - 3 * DAY) | known(CARD, ON - 2 * DAY) | known(CARD, ON - DAY)
    found = asked(cleared(6) | run | calm, running(20, 4))
    assert (found.rule, found.outcome) == ("R10", "RUN_BACK_2")


def test_fever_with_an_unchanged_hip_waits_for_a_day_without_fever() -> None:
    hot = {"fever": "yes", "fever_no_change": "yes"}
    found = asked(known(calm_page(**hot)) | SCORED)
    if found.rule != "R4":  # where the red flags speak first, they win
        assert found.verdict == "see_someone"
    gone = asked(known(hot, ON - DAY) | known(calm_page()) | SCORED)
    assert (gone.rule, gone.outcome) == ("R4", "NO_RUN")
    later = asked(known(hot, ON - 2 * DAY) | known(calm_page()) | SCORED)
    assert later.rule == "R20"


def test_fever_counts_until_somebody_says_that_it_is_gone() -> None:
    quiet = replace(KB, alarms={})
    told = known({**calm_page(), "fever": "yes"}, ON - 3 * DAY) | known({**CARD, "limp": "no"}) | SCORED
    assert today(RUNNER, told, RAN, None, quiet, ON).rule == "R4"
    gone = told | known({"fever": "no"}, ON - DAY)
    assert today(RUNNER, gone, RAN, None, quiet, ON).rule == "R20"


# --- painkillers


def with_drug(drug: str, ago: str | None, **told: str) -> Evidence:
    hours = {} if ago is None else {"painkiller_hours_ago": ago}
    return known({**calm_page(**told), "painkiller": drug, **hours}) | SCORED


@pytest.mark.parametrize(
    ("drug", "ago", "rule"),
    [
        ("ibuprofen", "under_6", "R5"),
        ("ibuprofen", "six_to_8", "R5"),
        ("ibuprofen", "eight_to_12", "R20"),
        ("naproxen", "eight_to_12", "R5"),
        ("naproxen", "over_12", "R20"),
        ("paracetamol", "under_6", "R5"),
        ("paracetamol", "six_to_8", "R20"),
        ("other", "eight_to_12", "R5"),
        ("other", "over_12", "R20"),
        ("ibuprofen", None, "R5"),
        ("ibuprofen", UNKNOWN, "R5"),
        ("none", None, "R20"),
    ],
)
def test_a_painkiller_inside_its_window_means_score_again_later(drug: str, ago: str | None, rule: str) -> None:
    found = asked(with_drug(drug, ago))
    assert found.rule == rule
    assert (found.verdict == "run") == (rule == "R20")


@pytest.mark.parametrize(
    ("told", "rule"),
    [({"walk_pain_score": "6"}, "R6"), ({"woken_by_hip": "lying_on_it"}, "R7"), ({"rest_pain_score": "3"}, "R8")],
)
def test_what_a_painkiller_could_not_hide_still_counts(told: dict[str, str], rule: str) -> None:
    assert asked(with_drug("ibuprofen", "under_6", **told)).rule == rule


def test_a_score_of_yesterday_that_a_painkiller_hid_is_not_used_today() -> None:
    page = calm_page()
    scores = {name: page.pop(name) for name in ("rest_pain_score", "walk_pain_score")}
    hidden = known({"painkiller": "ibuprofen", "painkiller_hours_ago": "under_6", **scores}, ON - DAY)
    found = asked(hidden | known(page) | SCORED)
    assert (found.rule, set(found.asks)) == ("R0", {"rest_pain_score", "walk_pain_score"})


def test_scores_told_again_after_the_painkiller_count_and_old_ones_do_not() -> None:
    morning = Evidence.of(Finding(*each, ON) for each in with_drug_pairs("under_6"))
    worn_off = Evidence.of([Finding("painkiller", "ibuprofen", ON), Finding("painkiller_hours_ago", "eight_to_12", ON)])
    again = known({"rest_pain_score": "0", "walk_pain_score": "0"})
    assert asked(morning | SCORED).rule == "R5"
    assert asked(morning | worn_off | SCORED).rule == "R0"
    assert asked(morning | worn_off | again | SCORED).rule == "R20"
    assert asked(morning | again | worn_off | SCORED).rule == "R20"


def with_drug_pairs(ago: str) -> list[tuple[str, str]]:
    return list({**calm_page(), "painkiller": "ibuprofen", "painkiller_hours_ago": ago}.items())


def test_a_run_scored_with_a_painkiller_at_work_is_only_repeated() -> None:
    run = known(
        {"painkiller": "naproxen", "painkiller_hours_ago": "under_6", "run_pain_score": "1", "run_limp": "no"},
        ON - 2 * DAY,
    )
    found = asked(run | known({"morning_pain_score": "0"}, ON - DAY) | known(calm_page()))
    assert (found.rule, found.outcome, found.verdict) == ("R11", "RUN_REPEAT", "run_less")


def borne(day: date, during: str = "0", morning: str = "0") -> Evidence:
    return known({"run_pain_score": during, "run_limp": "no", "morning_pain_score": morning}, day + DAY)
