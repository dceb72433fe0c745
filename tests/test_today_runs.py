"""How far today may go: the ladder, ceilings, what earlier runs brought, and what a plan adds."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from hipwise.causes import rank
from hipwise.knowledge import Knowledge
from hipwise.model import Athlete, Evidence, Finding
from hipwise.plan import Plan, Referral, RunningNow, Today, Wishes, make, recall, today
from hipwise.plan._course import limits_of
from hipwise.texts import speaking

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


BONE = {
    "pain_groin": "yes",
    "worst_point": "groin",
    "pain_outer_hip": "no",
    "impact_pain": "yes",
    "worsening": "over_weeks",
}


def cleared(days_ago: int) -> Evidence:
    """Return evidence of a bone that was suspected three weeks ago, cleared since, and calm now."""
    calm = calm_page(
        pain_outer_hip="no", worst_point="groin", impact_pain="no", gate_walk_30="yes", gate_calm_days="yes"
    )
    told = known(BONE, ON - 21 * DAY) | known({"cleared_bone": "yes"}, ON - days_ago * DAY, "Dr. Bone, for running")
    return told | known({**calm, "worst_point": "outer_hip"})


def borne(day: date, during: str = "0", morning: str = "0") -> Evidence:
    return known({"run_pain_score": during, "run_limp": "no", "morning_pain_score": morning}, day + DAY)


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
    jumped = asked(run | mornings("0", "1") | known(calm_page()), replace(RAN, last_run_km=15.0))
    assert (jumped.rule, jumped.ceiling_km) == ("R16", pytest.approx(8.25)), (
        "a cut of what the log allows, not of the jump"
    )


@pytest.mark.parametrize(("km", "minutes"), [(7.777, 46.6), (6.667, 39.999), (9.999, 58.7)])
@pytest.mark.parametrize(("unit", "km_per_unit"), [("km", 1.0), ("mi", 1.609344)])
def test_what_is_told_of_a_ceiling_is_never_above_it(unit: str, km_per_unit: float, km: float, minutes: float) -> None:
    run = known({"run_pain_score": "1", "run_limp": "no"}, ON - DAY) | mornings("0", "1")
    with speaking(unit=unit):
        found = asked(run | known(calm_page()), replace(RAN, last_run_km=km, last_run_min=minutes))
    assert found.ceiling_km is not None
    assert found.ceiling_min is not None
    assert km * 0.75 - 0.01 < found.ceiling_km <= km * 0.75
    assert minutes * 0.75 - 0.01 < found.ceiling_min <= minutes * 0.75
    told = re.search(r"At most ([\d.]+) (km|mi) and (\d+) minutes", found.ceiling_says)
    assert told is not None
    assert (float(told[1]) * km_per_unit <= km * 0.75, told[2]) == (True, unit)
    assert int(told[3]) <= minutes * 0.75


def test_a_planned_run_above_the_ceiling_is_capped_at_it() -> None:
    calm = known(calm_page()) | SCORED
    found = asked(calm, planned_km=12.0)
    assert (found.rule, found.outcome, found.ceiling_km) == ("R18", "RUN_CAP", pytest.approx(11))
    assert asked(calm, planned_km=11.0).rule == "R20"


def test_a_short_log_gives_no_distance_and_says_so() -> None:
    found = asked(known(calm_page()) | SCORED, running(4, 2, longest=None))
    assert found.ceiling_km is None
    assert found.ceiling_min == pytest.approx(48.0)
    assert "not enough history" in found.ceiling_says


def test_a_single_run_is_no_measure_beyond_the_longest_session_of_the_ladder() -> None:
    for minutes, most in ((240.0, 40), (48.0, 40), (25.0, 25)):
        alone = replace(running(2, longest=None), last_run_min=minutes)
        assert asked(known(calm_page()) | SCORED, alone).ceiling_min == most


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
    assert found.ceiling_km == pytest.approx(8.0), "no farther than the last run, on the ladder too"


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
