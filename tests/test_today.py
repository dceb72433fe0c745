"""What the answer of the day promises: the decision table, its cases, its ceilings, and what it will not trust."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from hipwise.causes import rank
from hipwise.knowledge import Knowledge, Level
from hipwise.model import UNKNOWN, Athlete, Evidence, Finding
from hipwise.plan import Plan, Referral, RunningNow, Today, Wishes, make, recall, today
from hipwise.plan._course import limits_of
from hipwise.plan._morning import Morning
from hipwise.plan._responses import Response
from hipwise.plan._rules import CONDITIONS, decide

KB = Knowledge.load()
ON = date(2030, 5, 6)
DAY = timedelta(1)
RUNNER = Athlete.of_age(35, "male", ON, "GB")
FREE = len(KB.rehab.ladder.rungs) + 1


# --- the table alone

CALM_RUN: dict[str, Any] = {"during": 1, "morning": 1, "usual": 1, "settled": "within_24_h", "limp": False}
CALM: dict[str, Any] = {"rest": 0, "walk": 0, "limp": False, "stage": FREE, "free": True}

STEP_2: dict[str, Any] = {"stage": 2, "free": False}
AT_ONCE: dict[str, Any] = {**STEP_2, "calm_days": 3, "at_once": True}
NO_PAIN: dict[str, Any] = {"during": 0, "morning": 0, "usual": 0}
ONCE: dict[str, Any] = {"morning": 0, "usual": 0}

CASES: list[tuple[str, str, Mapping[str, Any], Mapping[str, Any] | None, str, str]] = [
    ("all calm", "tendon", {}, {}, "R20", "RUN_PLAN"),
    ("saddle numbness", "tendon", {"level": Level.EMERGENCY}, {}, "R1", "STOP_URGENT"),
    ("cannot bear weight", "tendon", {"level": Level.EMERGENCY, "limp": True}, {}, "R1", "STOP_URGENT"),
    ("growing leg weakness", "tendon", {"level": Level.EMERGENCY}, {}, "R1", "STOP_URGENT"),
    ("a same-day sign", "tendon", {"level": Level.SAME_DAY}, {}, "R2", "STOP_REFER"),
    ("a sign for the next days", "tendon", {"level": Level.WITHIN_DAYS}, {}, "R2", "STOP_REFER"),
    ("a child", "tendon", {"too_young": True}, {}, "R2Y", "STOP_REFER"),
    ("groin pain grows in the run and landing hurts", "bone", {"suspect_bone": True}, {}, "R3", "STOP_REFER"),
    ("the same cleared, 0/10, stage 2", "bone", STEP_2, NO_PAIN, "R20", "RUN_PLAN"),
    ("cleared bone, pain 1, one calm day", "bone", {**STEP_2, "calm_days": 1}, ONCE, "R10", "NO_RUN"),
    ("cleared bone, pain 1, three calm days", "bone", {**STEP_2, "calm_days": 3}, ONCE, "R10", "RUN_BACK_2"),
    ("cleared bone, pain comes back at its neck", "bone", AT_ONCE, ONCE, "R10", "STOP_REFER"),
    ("cleared bone, next morning missing", "bone", STEP_2, {"during": 0, "morning": None}, "R11", "ASK"),
    ("fever without change of the hip", "tendon", {"fever": True}, {}, "R4", "NO_RUN"),
    ("walking pain missing", "tendon", {"walk": None}, {}, "R0", "ASK"),
    ("ibuprofen 3 hours ago", "tendon", {"medicated": True}, {}, "R5", "WAIT"),
    ("ibuprofen 8 hours ago", "tendon", {"medicated": False}, {}, "R20", "RUN_PLAN"),
    ("a limp", "tendon", {"limp": True}, {}, "R6", "NO_RUN"),
    ("walking 6", "tendon", {"walk": 6}, {}, "R6", "NO_RUN"),
    ("woken", "tendon", {"woken": True, "broken_nights": 1}, {}, "R7", "NO_RUN"),
    ("woken twice in a week", "tendon", {"woken": True, "broken_nights": 2}, {}, "R7", "STOP_REFER"),
    ("rest 3", "tendon", {"rest": 3}, {}, "R8", "NO_RUN"),
    ("walking 3", "tendon", {"walk": 3}, {}, "R9", "WALK_ONLY"),
    ("walking 3 at the sit bone", "pht", {"walk": 3}, {}, "R20", "RUN_PLAN"),
    ("last run 6, one calm day", "tendon", {"calm_days": 1}, {"during": 6}, "R10", "NO_RUN"),
    ("last run 6, two calm days", "tendon", {"calm_days": 2}, {"during": 6}, "R10", "RUN_BACK_2"),
    ("two runs too much within two weeks", "tendon", {"calm_days": 2, "reds": 2}, {"during": 6}, "R10", "STOP_REFER"),
    ("a limp in the last run", "tendon", {}, {"limp": True}, "R10", "NO_RUN"),
    ("settled after more than 48 hours", "tendon", {}, {"settled": "over_48_h"}, "R10", "NO_RUN"),
    ("last run exactly 5, settled", "tendon", {}, {"during": 5}, "R17", "RUN_REPEAT"),
    ("next morning missing", "tendon", {}, {"morning": None}, "R11", "RUN_REPEAT"),
    ("the run itself was never scored", "tendon", {}, {"during": None}, "R11", "ASK"),
    ("scored with a painkiller at work", "tendon", {}, {"trusted": False}, "R11", "RUN_REPEAT"),
    ("next morning 3, still 3", "tendon", {"morning": 3}, {"morning": 3}, "R12", "NO_RUN"),
    ("next morning 3, now 1", "tendon", {"morning": 1}, {"morning": 3}, "R12", "RUN_BACK_1"),
    ("settled after 30 hours", "tendon", {"morning": 1}, {"settled": "within_48_h"}, "R12", "RUN_BACK_1"),
    ("ran yesterday at stage 4", "tendon", {"ran_yesterday": True, "stage": 4, "free": False}, {}, "R13", "REST_DAY"),
    ("ran yesterday, running freely", "tendon", {"ran_yesterday": True}, {}, "R20", "RUN_PLAN"),
    ("ran today", "tendon", {"ran_today": True}, {}, "R13", "REST_DAY"),
    ("six run days in a row", "tendon", {"run_days_in_row": 6}, {}, "R13", "REST_DAY"),
    ("entry gate not met", "tendon", {"stage": 1, "free": False, "gate_passed": False}, {}, "R14", "WALK_ONLY"),
    ("landing hurts", "tendon", {"landing_hurts": True}, {}, "R15", "WALK_ONLY"),
    ("mornings rise by 1", "tendon", {"trend": 1.0}, {}, "R16", "RUN_CUT_25"),
    ("last run 3, settled", "tendon", {}, {"during": 3}, "R17", "RUN_REPEAT"),
    ("not sure, last run 5", "nonspecific", {}, {"during": 5}, "R10", "NO_RUN"),
    ("12 km planned, longest 10", "tendon", {"planned_km": 12.0, "ceiling_km": 11.0}, {}, "R18", "RUN_CAP"),
    ("11 km planned, longest 10", "tendon", {"planned_km": 1.1 * 10, "ceiling_km": 11.0}, {}, "R20", "RUN_PLAN"),
    ("three short nights", "tendon", {"short_nights": 3}, {}, "R19", "RUN_REPEAT"),
    ("very sore", "tendon", {"soreness": 7}, {}, "R19", "RUN_REPEAT"),
    ("no run yet", "tendon", {}, None, "R20", "RUN_PLAN"),
]  # fmt: skip


def a_morning(profile: str, morning: Mapping[str, Any], last: Mapping[str, Any] | None) -> Morning:
    response = None if last is None else Response(day=ON - 2 * DAY, **{**CALM_RUN, **last})
    return Morning(limits=limits_of((profile,), KB), last=response, **{**CALM, **morning})


@pytest.mark.parametrize(
    ("profile", "morning", "last", "rule", "outcome"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_the_table_decides_as_its_cases_say(
    profile: str, morning: Mapping[str, Any], last: Mapping[str, Any] | None, rule: str, outcome: str
) -> None:
    decided, found = decide(a_morning(profile, morning, last), KB)
    assert (decided.id, found) == (rule, outcome)


def test_every_row_of_the_table_has_a_condition_and_every_condition_a_row() -> None:
    assert {rule.id for rule in KB.rehab.today} == set(CONDITIONS)


def test_every_outcome_that_a_row_can_have_is_reached_by_a_case_and_no_other_is() -> None:
    declared = {(rule.id, outcome) for rule in KB.rehab.today for outcome in rule.outcomes}
    reached = {(case[4], case[5]) for case in CASES}
    assert reached <= declared
    assert declared - reached == {("R10", "RUN_BACK_1")}  # a value of the range of progression.red_back_stages


@pytest.mark.parametrize("last", [{"morning": None}, {"morning": 3}, {"during": 6}, {"settled": "within_48_h"}])
def test_a_day_of_rest_wins_over_a_shorter_run(last: Mapping[str, Any]) -> None:
    morning = {"ran_yesterday": True, "stage": 4, "free": False, "calm_days": 2, "morning": 0}
    _, outcome = decide(a_morning("tendon", morning, last), KB)
    assert outcome in {"REST_DAY", "NO_RUN"}


def test_a_worse_last_run_is_never_the_way_past_a_bad_morning() -> None:
    rule, outcome = decide(a_morning("tendon", {"morning": 4, "calm_days": 2}, {"during": 6, "morning": 4}), KB)
    assert (rule.id, outcome) == ("R12", "NO_RUN")


# --- from evidence

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
        pain_outer_hip="no", worst_point="groin", impact_pain="no", gate_walk_30="yes", gate_calm_days="yes"
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
    told = known({**calm_page(), "fever": "yes"}, ON - 3 * DAY) | known(CARD) | SCORED
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


# --- the ladder, ceilings, history


def test_a_repeated_run_is_no_longer_than_the_last_one() -> None:
    run = borne(ON - 2 * DAY, "5")
    found = asked(run | known(calm_page(one_leg_hurts="yes", lying_on_side_hurts="yes", pain_lower_belly="no")))
    assert (found.rule, found.verdict) == ("R17", "run_less")
    assert (found.ceiling_km, found.ceiling_min) == (pytest.approx(8.0), pytest.approx(48.0))
    assert any("upper limit" in note for note in found.notes)


def test_a_repeated_run_is_no_longer_than_the_log_allows_either() -> None:
    far = replace(RAN, last_run_km=15.0, last_run_min=90.0)
    found = asked(borne(ON - 2 * DAY, "4") | known(calm_page()), far)
    assert (found.outcome, found.ceiling_km) == ("RUN_REPEAT", pytest.approx(11))


def mornings(early: str, late: str) -> Evidence:
    found = Evidence()
    for days_ago in range(1, 13):
        found |= known({"morning_pain_score": late if days_ago < 6 else early}, ON - days_ago * DAY)
    return found


def test_worse_mornings_than_last_week_cut_a_quarter() -> None:
    run = known({"run_pain_score": "1", "run_limp": "no"}, ON - DAY)
    found = asked(run | mornings("0", "1") | known(calm_page()))
    assert (found.rule, found.outcome) == ("R16", "RUN_CUT_25")
    assert (found.ceiling_km, found.ceiling_min) == (pytest.approx(6.0), pytest.approx(36.0))


def test_a_planned_run_above_the_ceiling_is_capped_at_it() -> None:
    calm = known(calm_page()) | SCORED
    found = asked(calm, planned_km=12.0)
    assert (found.rule, found.outcome, found.ceiling_km) == ("R18", "RUN_CAP", pytest.approx(11))
    assert asked(calm, planned_km=11.0).rule == "R20"


def test_a_short_log_gives_no_distance_and_says_so() -> None:
    found = asked(known(calm_page()) | SCORED, running(2, longest=None))
    assert found.ceiling_km is None
    assert found.ceiling_min == pytest.approx(48.0)
    assert "not enough history" in found.ceiling_says


def test_a_log_without_any_length_allows_half_an_hour() -> None:
    found = asked(known(calm_page()) | SCORED, RunningNow(run_days=RAN.run_days))
    assert (found.rule, found.ceiling_km, found.ceiling_min) == ("R20", None, 40)


def test_without_any_run_in_the_log_it_starts_with_walking() -> None:
    found = asked(known(calm_page()), RunningNow())
    assert (found.rule, found.outcome, found.walk_min) == ("R14", "WALK_ONLY", 30)
    assert found.asks == ("gate_walk_30", "gate_calm_days")
    passed = asked(known(calm_page(gate_walk_30="yes", gate_calm_days="yes")), RunningNow())
    assert passed.session is not None
    assert (passed.rule, passed.session.stage) == ("R20", 1)
    assert passed.ceiling_km is None
    failed = asked(known(calm_page(gate_walk_30="yes", gate_calm_days="yes", gate_one_leg="no")), RunningNow())
    assert failed.rule == "R14"


@pytest.mark.parametrize(
    ("days_off", "duration", "stage"),
    [
        (5, "under_2_weeks", 7),
        (5, "two_to_6_weeks", 5),
        (10, "two_to_6_weeks", 5),
        (20, "two_to_6_weeks", 3),
        (40, "six_to_12_weeks", 1),
    ],
)
def test_days_off_choose_the_step_to_start_at(days_off: int, duration: str, stage: int) -> None:
    page = calm_page(duration=duration, gate_walk_30="yes", gate_calm_days="yes")
    found = asked(borne(ON - days_off * DAY) | known(page), running(days_off, days_off + 2))
    assert found.session is not None
    assert found.session.stage == stage


@pytest.mark.parametrize(("every", "free"), [(3, True), (7, True), (10, False)])
def test_who_runs_once_a_week_has_not_stopped(every: int, free: bool) -> None:
    found = asked(borne(ON - every * DAY) | known(calm_page()), running(*(every * turn for turn in range(1, 9))))
    assert (found.rule, found.session is None) == ("R20", free)


def test_green_runs_climb_and_an_unscored_one_does_not() -> None:
    start = known({**calm_page(), "gate_walk_30": "yes", "gate_calm_days": "yes"}, ON - 7 * DAY)
    first, second = ON - 5 * DAY, ON - 2 * DAY
    evidence = start | borne(first) | borne(second) | known(calm_page())
    found = asked(evidence, running(40, 5, 2))
    assert found.session is not None
    assert (found.rule, found.session.stage) == ("R20", 3)
    without = start | borne(first) | known({"run_pain_score": "0", "run_limp": "no"}, second + DAY) | known(calm_page())
    found = asked(without, running(40, 5, 2))
    assert found.session is not None
    assert (found.rule, found.outcome, found.session.stage) == ("R11", "RUN_REPEAT", 2)


def borne(day: date, during: str = "0", morning: str = "0") -> Evidence:
    return known({"run_pain_score": during, "run_limp": "no", "morning_pain_score": morning}, day + DAY)


def test_a_step_back_is_one_lower_than_the_last_run() -> None:
    start = known({**calm_page(), "gate_walk_30": "yes", "gate_calm_days": "yes"}, ON - 20 * DAY)
    runs = borne(ON - 8 * DAY) | borne(ON - 6 * DAY) | borne(ON - 4 * DAY) | borne(ON - 2 * DAY, morning="3")
    found = asked(start | runs | known(calm_page(morning_pain_score="0")), running(60, 8, 6, 4, 2))
    assert found.session is not None
    assert (found.rule, found.outcome, found.session.stage) == ("R12", "RUN_BACK_1", 2)


def test_a_long_gap_on_the_ladder_steps_back_and_a_longer_one_starts_anew() -> None:
    start = known({**calm_page(), "gate_walk_30": "yes", "gate_calm_days": "yes"}, ON - 40 * DAY)
    climbed = [borne(ON - ago * DAY) for ago in (38, 36, 34, 32)]
    runs = start | climbed[0] | climbed[1] | climbed[2] | climbed[3]
    page = known(calm_page(gate_walk_30="yes", gate_calm_days="yes"))
    ten = runs | borne(ON - 10 * DAY) | page
    found = asked(ten, running(80, 38, 36, 34, 32, 10))
    assert found.session is not None
    assert found.session.stage == 1
    near = runs | borne(ON - 22 * DAY) | borne(ON - 20 * DAY) | borne(ON - 18 * DAY) | borne(ON - 9 * DAY) | page
    found = asked(near, running(80, 38, 36, 34, 32, 22, 20, 18, 9))
    assert found.session is not None
    assert found.session.stage <= 2


def test_settled_told_late_stands_in_for_the_next_morning() -> None:
    run = known({"run_pain_score": "1", "run_limp": "no"}, ON - 2 * DAY)
    late = known({"settled_after": "within_24_h"}, ON - DAY) | known({"morning_pain_score": "1"}, ON)
    found = asked(run | known(calm_page()) | late, running(30, 20, 10, 5, 3))
    assert found.rule == "R20"


def test_an_answer_that_may_be_of_either_run_lets_nothing_progress() -> None:
    told = known({"run_pain_score": "1", "run_limp": "no"}, ON - 2 * DAY) | known({"morning_pain_score": "0"}, ON - DAY)
    found = asked(told | known(calm_page()), running(30, 20, 10, 5, 2))
    assert (found.rule, found.outcome) == ("R11", "RUN_REPEAT")
    twice = known({"run_pain_score": "1"}, ON - 2 * DAY) | told
    assert asked(twice | known(calm_page()), running(30, 20, 10, 5, 2)).rule == "R20"
    before = known({"run_pain_score": "1"}, ON - 4 * DAY)
    assert asked(before | told | known(calm_page()), running(30, 20, 10, 5, 2)).rule == "R20"


def test_an_answer_of_the_next_run_day_lets_the_run_before_not_pass() -> None:
    start = known({**calm_page(), "gate_walk_30": "yes", "gate_calm_days": "yes"}, ON - 9 * DAY)
    first = known({"run_pain_score": "0", "run_limp": "no"}, ON - 2 * DAY) | known(
        {"morning_pain_score": "0"}, ON - 4 * DAY
    )
    evidence = start | first | known({"morning_pain_score": "0"}, ON - DAY) | known(calm_page())
    found = asked(evidence, running(40, 5, 2))
    assert found.session is not None
    assert (found.rule, found.session.stage) == ("R11", 1)


def test_runs_that_only_a_check_in_speaks_of_count() -> None:
    found = asked(known(calm_page()) | known({"run_pain_score": "6"}, ON - DAY), RunningNow())
    assert (found.rule, found.outcome) == ("R10", "NO_RUN")


# --- with a plan


def test_a_plan_is_not_needed_and_its_lower_limits_are_heeded() -> None:
    evidence = known(calm_page(walk_pain_score="2")) | SCORED
    without = asked(evidence)
    page = known(calm_page())
    plan = make(rank(RUNNER, page, KB, ON), RUNNER, page, RAN, Wishes(), KB, ON)
    assert isinstance(plan, Plan)
    strict = replace(plan, limits=limits_of(("strain",), KB))
    found = asked(evidence, plan=strict)
    assert without.rule == "R20"
    assert (found.rule, found.limits.lo) == ("R9", 1)
    assert asked(evidence, plan=replace(plan, limits=replace(plan.limits, profiles=("long_gone",)))).rule == "R20"


def a_referral(**more: Any) -> Referral:
    given = Referral(
        on=ON - 3 * DAY, level="within_days", bone_stress=False, too_young=False, what="See a doctor.",
        how_fast="Soon.", until_then=("Rest.",), say_there="Say it.", because=("A sign.",), codes=("rf_x",),
        number=None, sources=(),
    )  # fmt: skip
    return replace(given, **more)


def test_a_stored_referral_stands_until_a_clinician_was_seen() -> None:
    calm = known(calm_page()) | SCORED
    found = asked(calm, plan=a_referral())
    assert (found.rule, found.verdict, found.referral) == ("R2", "see_someone", a_referral())
    assert asked(calm | known({"seen_by_clinician": "yes"}, ON - 4 * DAY), plan=a_referral()).rule == "R2"
    assert asked(calm | known({"seen_by_clinician": "yes"}), plan=a_referral()).rule == "R20"
    assert asked(calm | known({"seen_by_clinician": "yes"}), plan=a_referral(on=None)).rule == "R20"


def test_a_stored_bone_referral_stands_until_the_bone_is_cleared() -> None:
    calm = known(calm_page(seen_by_clinician="yes")) | SCORED
    assert asked(calm, plan=a_referral(bone_stress=True)).rule == "R3"
    assert asked(cleared(3), running(20), a_referral(bone_stress=True)).rule == "R20"


def test_a_stored_plan_does_not_hide_a_new_sign() -> None:
    page = known(calm_page())
    plan = recall(make(rank(RUNNER, page, KB, ON), RUNNER, page, RAN, Wishes(), KB, ON).as_dict())
    assert asked(known(calm_page(saddle_numb="yes")) | SCORED, plan=plan).rule == "R1"


def test_two_runs_too_much_send_to_a_clinician_with_words_of_the_row() -> None:
    start = known(calm_page(), ON - 12 * DAY)
    runs = borne(ON - 10 * DAY, "7") | borne(ON - 3 * DAY, "7")
    found = asked(start | runs | known(calm_page()), running(30, 20, 13, 10, 3))
    assert (found.rule, found.outcome) == ("R10", "STOP_REFER")
    assert found.referral is not None
    assert (found.referral.level, found.referral.codes) == ("within_days", ("R10",))


def test_inputs_name_what_the_row_looked_at() -> None:
    found = asked(known(calm_page(saddle_numb="yes")) | SCORED)
    assert "rf_saddle" in found.inputs[0].value
    no_alarms = replace(KB, alarms={})
    young = today(Athlete.of_age(15, "male", ON), known(calm_page()), RAN, None, no_alarms, ON)
    assert (young.rule, [(each.name, each.value) for each in young.inputs]) == ("R2Y", [("age", "15")])
    planned = asked(known(calm_page()) | SCORED, planned_km=12.0)
    assert {each.name: each.value for each in planned.inputs}["planned_km"] == "12.0 km"
