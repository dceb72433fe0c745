"""The decision table of the day, row by row, and its cases."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from hipwise.knowledge import Knowledge, Level
from hipwise.plan._course import limits_of
from hipwise.plan._morning import Morning
from hipwise.plan._responses import Response
from hipwise.plan._rules import CONDITIONS, decide

KB = Knowledge.load()
ON = date(2030, 5, 6)
DAY = timedelta(1)
FREE = len(KB.rehab.ladder.rungs) + 1

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
    ("a limp yesterday, told whenever", "tendon", {"limped": True}, {}, "R6D", "NO_RUN"),
    ("woken", "tendon", {"woken": True, "broken_nights": 1}, {}, "R7", "NO_RUN"),
    ("woken twice in a week", "tendon", {"woken": True, "broken_nights": 2}, {}, "R7", "STOP_REFER"),
    ("rest 3", "tendon", {"rest": 3}, {}, "R8", "NO_RUN"),
    ("to be seen first", "tendon", {"waits": True, "walk": 3}, {}, "RV", "NO_RUN"),
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
    ("a lock on running", "tendon", {"locked": True}, {}, "RL", "NO_RUN"),
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
