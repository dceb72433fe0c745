"""What a plan promises: referral first, few exercises that harm nothing, stages that only known scores move."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from hipwise.causes import Raised, Ranked, Ranking, Triage
from hipwise.knowledge import Knowledge, Level, Phase
from hipwise.model import UNKNOWN, Athlete, Evidence, Finding
from hipwise.plan import Plan, Referral, RunningNow, Wishes, make, recall, refer
from hipwise.plan._course import course_of, limits_of, stage_of
from hipwise.plan._exercises import choose, is_allowed

KB = Knowledge.load()
ON = date(2030, 5, 6)
DAY = timedelta(1)
RUNNER = Athlete.of_age(35, "female", ON, "DE")
NOW = RunningNow(
    longest_30d_km=10.0,
    ceiling_km=11.0,
    last_run_km=8.0,
    last_run_min=48.0,
    run_days=tuple(ON - ago * DAY for ago in (14, 11, 8, 5, 2)),
)
NOTHING = Evidence()
ALL_EQUIPMENT = tuple(KB.rehab.equipment)
CALM = {
    "rest_pain_score": "0",
    "walk_pain_score": "0",
    "woken_by_hip": "no",
    "morning_pain_score": "0",
    "run_pain_score": "0",
}
GATES = {"gate_one_leg": "yes", "gate_squats": "yes"}

SAFE = Triage(level=Level.SELF_CARE, alarms=(), bone_stress=False, cleared=False, missing=(), too_young=False)


def ranked(cause: str, share: float) -> Ranked:
    return Ranked(cause, KB.causes[cause].name, share, share / 2, min(1.0, share * 1.5), (), ())


def a_ranking(causes: Mapping[str, float], **triage: Any) -> Ranking:
    found = sorted((ranked(cause, share) for cause, share in causes.items()), key=lambda each: -each.probability)
    return Ranking(replace(SAFE, **triage), tuple(found), 0.2, 0.01, ("causes.no_examination",))


def an_alarm(level: Level, *, bone: bool = False) -> Raised:
    return Raised("rf_test", level, "A sign", "A sign was told.", "It says.", ("x",), ("hipwise_judgement",), (), bone)


def known(told: Mapping[str, str], on: date = ON) -> Evidence:
    return Evidence.of(Finding(name, state, on) for name, state in told.items())


def checks(days: Iterable[int], **told: str) -> Evidence:
    """Return calm check-ins so many days ago, changed by TOLD."""
    found = Evidence()
    for ago in days:
        found |= known({**CALM, **GATES, **told}, ON - ago * DAY)
    return found


def made(
    causes: Mapping[str, float],
    evidence: Evidence = NOTHING,
    wishes: Wishes | None = None,
    now: RunningNow = NOW,
    **triage: Any,
) -> Plan:
    plan = make(a_ranking(causes, **triage), RUNNER, evidence, now, wishes or Wishes(), KB, ON)
    assert isinstance(plan, Plan)
    return plan


def phase(protocol: str, evidence: Evidence) -> Phase:
    rehab = KB.rehab.protocols[protocol]
    return stage_of(rehab, limits_of((rehab.profile,), KB), evidence, KB, ON)


# --- referral instead of a plan


@pytest.mark.parametrize("level", [Level.WITHIN_DAYS, Level.SAME_DAY, Level.EMERGENCY])
@pytest.mark.parametrize("bone", [False, True])
def test_from_within_days_on_there_is_a_referral_and_nothing_else(level: Level, bone: bool) -> None:
    ranking = a_ranking({}, level=level, alarms=(an_alarm(level, bone=bone),), bone_stress=bone)
    found = make(ranking, RUNNER, Evidence(), NOW, Wishes(), KB, ON)
    assert isinstance(found, Referral)
    assert (found.on, found.level, found.bone_stress) == (ON, level.code, bone)
    assert found.because == ("A sign was told.",)
    assert found.codes == ("rf_test",)
    assert ("stress" in found.say_there) == bone
    assert recall(json.loads(json.dumps(found.as_dict()))) == found


def test_a_bone_alarm_at_the_routine_level_is_a_referral_too() -> None:
    alarm = an_alarm(Level.ROUTINE, bone=True)
    found = refer(a_ranking({}, level=Level.ROUTINE, alarms=(alarm,), bone_stress=True), RUNNER, KB)
    assert found is not None
    assert (found.level, found.bone_stress) == ("routine", True)
    assert "run again" in found.what


def test_the_words_speak_of_bone_only_where_the_most_urgent_sign_does() -> None:
    alarms = (an_alarm(Level.EMERGENCY), an_alarm(Level.WITHIN_DAYS, bone=True))
    found = refer(a_ranking({}, level=Level.EMERGENCY, alarms=alarms, bone_stress=True), RUNNER, KB)
    assert found is not None
    assert found.bone_stress
    assert "stress fracture" not in found.say_there
    assert found.number == "112"


def test_under_16_a_guardian_and_a_clinician_decide() -> None:
    found = refer(a_ranking({}, too_young=True), RUNNER, KB)
    assert found is not None
    assert (found.too_young, found.level) == (True, "within_days")
    assert "guardian" in found.what
    urgent = refer(a_ranking({}, too_young=True, level=Level.SAME_DAY, alarms=(an_alarm(Level.SAME_DAY),)), RUNNER, KB)
    assert urgent is not None
    assert urgent.level == "same_day"


def test_a_likely_bone_injury_is_a_referral_even_with_no_alarm() -> None:
    shares = {"femoral_neck_stress_fracture": 0.15, "pelvic_stress_fracture": 0.1, "fai_labral": 0.5}
    found = refer(a_ranking(shares), RUNNER, KB)
    assert found is not None
    assert (found.level, found.bone_stress) == ("within_days", True)
    assert "femoral_neck_stress_fracture" in found.codes
    assert "fai_labral" not in found.codes
    assert refer(a_ranking(shares, cleared=True), RUNNER, KB) is None
    assert refer(a_ranking({"femoral_neck_stress_fracture": 0.05, "fai_labral": 0.5}), RUNNER, KB) is None


# --- exercises


def test_every_cause_that_needs_no_clinician_gets_two_to_four_exercises_at_every_stage() -> None:
    for cause in (each for each in KB.causes.values() if each.self_care):
        course = course_of(a_ranking({cause.id: 0.6}), Evidence(), KB, ON)
        for stage in course.protocols[0].stages:
            for wishes in (Wishes(), Wishes(minutes_a_day=10, equipment=ALL_EQUIPMENT)):
                chosen = choose(replace(course, phase=stage.id), wishes, KB)
                assert 2 <= len(chosen) <= 4, (cause.id, stage.id)
                assert all(is_allowed(each, replace(course, phase=stage.id)) for each in chosen)


def test_of_several_causes_nothing_is_chosen_that_harms_one_of_them() -> None:
    shares = {"proximal_hamstring_tendinopathy": 0.5, "gluteal_tendinopathy": 0.4, "fai_labral": 0.3}
    plan = made(shares)
    barred = {"proximal_hamstring", "gluteal_tendon", "fai_labral"}
    for each in plan.exercises:
        bars = [bar for bar in KB.rehab.exercises[each.id].not_for if bar.of in barred]
        assert not bars, each.id
    assert plan.protocols == ("proximal_hamstring", "gluteal_tendon", "fai_labral")
    assert (plan.limits.lo, plan.limits.hi) == (2, 3)
    assert plan.headline.startswith("A plan that suits several")


def test_what_helps_all_comes_first() -> None:
    plan = made({"hip_flexor_strain": 0.5, "lumbar_referral": 0.4})
    assert plan.exercises[0].id == "glute_bridge"


def test_without_a_band_the_easier_exercise_takes_its_place() -> None:
    evidence = checks(range(120, 40, -3))
    with_band = made({"itb_proximal": 0.6}, evidence, Wishes(minutes_a_day=30, equipment=ALL_EQUIPMENT))
    without = made({"itb_proximal": 0.6}, evidence, Wishes(minutes_a_day=30))
    needed = {thing for each in without.exercises for thing in each.equipment}
    assert all(KB.rehab.equipment[thing].at_home for thing in needed)
    assert {each.id for each in with_band.exercises} != {each.id for each in without.exercises}


def test_no_exercise_comes_with_an_easier_form_of_itself() -> None:
    plan = made({"hip_osteoarthritis": 0.6}, checks(range(120, 0, -3)), Wishes(minutes_a_day=60))
    chosen = {each.id for each in plan.exercises}
    assert not any(each.easier in chosen for each in plan.exercises)


def test_little_time_means_fewer_exercises() -> None:
    assert len(made({"gluteal_tendinopathy": 0.6}, wishes=Wishes(minutes_a_day=5)).exercises) == 1
    assert len(made({"gluteal_tendinopathy": 0.6}, wishes=Wishes(minutes_a_day=15)).exercises) == 2
    assert len(made({"gluteal_tendinopathy": 0.6}, wishes=Wishes(minutes_a_day=60)).exercises) == 4


def test_impact_is_only_for_the_last_stage_and_never_for_a_bone() -> None:
    course = course_of(a_ranking({"gluteal_tendinopathy": 0.6}), Evidence(), KB, ON)
    bone = course_of(a_ranking({}, cleared=True), known({"cleared_bone": "yes"}), KB, ON)
    for exercise in (each for each in KB.rehab.exercises.values() if each.impact):
        for early in (Phase.CALM, Phase.LOAD, Phase.CAPACITY):
            assert not is_allowed(exercise, replace(course, phase=early))
        assert is_allowed(exercise, replace(course, phase=Phase.RETURN))
        assert not is_allowed(exercise, replace(bone, phase=Phase.RETURN))


def test_what_is_never_for_a_problem_is_not_allowed_at_any_stage() -> None:
    course = course_of(a_ranking({"gluteal_tendinopathy": 0.6}), NOTHING, KB, ON)
    never = KB.rehab.exercises["piriformis_figure4"]
    for exercise in (never, never.model_copy(update={"presses": (), "stretches": ()})):
        assert not any(is_allowed(exercise, replace(course, phase=each)) for each in Phase)


def test_without_a_clearance_nothing_that_loads_is_for_a_bone() -> None:
    course = course_of(a_ranking({}, cleared=True), known({"cleared_bone": "yes"}), KB, ON)
    uncleared = replace(course, cleared_on=None)
    for exercise in KB.rehab.exercises.values():
        if exercise.loads:
            assert not is_allowed(exercise, uncleared), exercise.id
    assert is_allowed(KB.rehab.exercises["glute_bridge"], course)


# --- missing answers


def test_with_an_open_first_page_question_there_is_no_run_and_no_exercise() -> None:
    plan = made({"gluteal_tendinopathy": 0.6}, missing=("fever",), level=Level.ROUTINE)
    assert plan.exercises == ()
    assert (plan.run.mode, plan.run.session, plan.run.asks) == ("ask", None, ("fever",))
    assert not any(day.run or day.strength for day in plan.week)


# --- stages


def test_a_plan_begins_at_the_first_stage() -> None:
    plan = made({"gluteal_tendinopathy": 0.6})
    assert (plan.stage.id, plan.stage.number, plan.stage.count) == ("calm", 1, 5)


def test_calm_checks_days_apart_move_a_runner_on() -> None:
    assert phase("gluteal_tendon", checks((9, 6))) is Phase.CALM  # the least days of the stage are not over
    assert phase("gluteal_tendon", checks((9, 2))) is Phase.LOAD
    assert phase("gluteal_tendon", checks((9,))) is Phase.CALM
    assert phase("gluteal_tendon", checks((2, 1))) is Phase.CALM
    assert [phase("gluteal_tendon", checks(range(d, 0, -3))) for d in (75, 100)] == [Phase.RETURN, Phase.MAINTAIN]
    assert phase("hip_flexor_strain", checks((9, 6))) is Phase.LOAD


@pytest.mark.parametrize("score", ["rest_pain_score", "walk_pain_score", "woken_by_hip"])
def test_a_missing_score_never_moves_a_runner_on(score: str) -> None:
    assert phase("gluteal_tendon", checks(range(30, 0, -3), **{score: UNKNOWN})) is Phase.CALM


def test_a_score_that_a_painkiller_hid_never_moves_a_runner_on() -> None:
    hidden = checks(range(30, 0, -3), painkiller="naproxen", painkiller_hours_ago="under_6")
    assert phase("gluteal_tendon", hidden) is Phase.CALM
    assert phase("gluteal_tendon", checks(range(30, 0, -3), painkiller="none")) is not Phase.CALM


def test_an_old_score_is_no_check() -> None:
    scores = checks((20,))
    ticks = known({"woken_by_hip": "no"}, ON - 10 * DAY) | known({"woken_by_hip": "no"}, ON - DAY)
    assert phase("hip_flexor_strain", scores | ticks) is Phase.CALM


@pytest.mark.parametrize("flare", [{"walk_pain_score": "8"}, {"limp": "yes"}])
def test_a_flare_leads_one_stage_back(flare: dict[str, str]) -> None:
    before = checks(range(100, 20, -3))
    assert phase("gluteal_tendon", before) is Phase.RETURN
    assert phase("gluteal_tendon", before | checks((1,), **flare)) is Phase.CAPACITY
    assert phase("gluteal_tendon", checks((1,), **flare)) is Phase.CALM


def test_what_is_not_in_the_knowledge_base_moves_nothing() -> None:
    assert phase("gluteal_tendon", known({"something_else": "0"})) is Phase.CALM


def test_the_stage_of_several_problems_is_the_earliest() -> None:
    evidence = checks(range(40, 0, -3))
    assert phase("hip_flexor_strain", evidence) is not Phase.CALM
    plan = made({"hip_flexor_strain": 0.5, "fai_labral": 0.4}, evidence)
    assert plan.stage.id == phase("fai_labral", evidence).value


# --- running


def test_who_never_stopped_goes_on_within_limits() -> None:
    plan = made({"gluteal_tendinopathy": 0.6}, known({"pain_outer_hip": "yes"}))
    assert (plan.run.mode, plan.run.session) == ("free", None)
    assert any("2/10" in line for line in plan.run.says)


def test_after_a_break_it_starts_on_the_ladder() -> None:
    now = replace(NOW, run_days=tuple(ON - ago * DAY for ago in (30, 27, 24, 21, 18)))
    plan = made({"gluteal_tendinopathy": 0.6}, known({"pain_outer_hip": "yes"}), now=now)
    assert plan.run.session is not None
    assert (plan.run.mode, plan.run.stage, plan.run.session.run_min) == ("ladder", 3, 12)


def test_the_first_step_has_a_gate_of_walking() -> None:
    plan = made({"gluteal_tendinopathy": 0.6}, now=RunningNow())
    assert (plan.run.mode, plan.run.stage) == ("gate", 1)
    assert plan.run.asks == ("gate_walk_30", "gate_calm_days")
    assert not any(day.run for day in plan.week)
    passed = known({"gate_walk_30": "yes", "gate_calm_days": "yes"})
    plan = made({"gluteal_tendinopathy": 0.6}, passed, now=RunningNow())
    assert (plan.run.mode, plan.run.stage) == ("ladder", 1)


def test_a_fresh_strain_does_not_run_and_neither_does_its_today() -> None:
    plan = made({"hip_flexor_strain": 0.6})
    assert (plan.run.mode, plan.run.session) == ("none", None)
    assert not any(day.run for day in plan.week)
    assert any(day.strength for day in plan.week)


@pytest.mark.parametrize("told", [{"limp": "yes"}, {"walk_pain_score": "6"}])
def test_a_limp_or_much_pain_on_walking_leaves_no_run_in_the_plan(told: dict[str, str]) -> None:
    plan = made({"gluteal_tendinopathy": 0.6}, known(told))
    assert (plan.run.mode, plan.run.session) == ("none", None)
    assert not any(day.run for day in plan.week)
    assert made({"gluteal_tendinopathy": 0.6}, known({"walk_pain_score": "5"})).run.mode == "free"


def test_a_cleared_bone_climbs_from_the_first_step_with_no_pain_allowed() -> None:
    told = known({"cleared_bone": "yes", "gate_walk_30": "yes", "gate_calm_days": "yes"}, ON - 2 * DAY)
    plan = made({"femoral_neck_stress_fracture": 0.5}, told, cleared=True)
    assert plan.run.session is not None
    assert (plan.run.stage, plan.run.session.passes, plan.limits.hi) == (1, 2, 0)
    assert plan.headline.startswith("A plan for the way back")
    assert not any(each.impact for each in plan.exercises)
    unsure = made({}, told, cleared=True)
    assert unsure.protocols == ("bone_stress",)


# --- the week


@pytest.mark.parametrize("days", range(1, 8))
@pytest.mark.parametrize("ago", [0, 1, 2, 9])
@pytest.mark.parametrize("calm_for", [0, 100])
def test_runs_lie_never_on_two_days_in_a_row(days: int, ago: int, calm_for: int) -> None:
    now = replace(NOW, run_days=(*NOW.run_days[:-1], ON - 3 * DAY, ON - ago * DAY) if ago < 3 else NOW.run_days)
    plan = made({"itb_proximal": 0.6}, checks(range(calm_for, 0, -3)), Wishes(days_a_week=days), now)
    runs = [day.on for day in plan.week if day.run]
    last = max(now.run_days)
    assert all(later - earlier > DAY for earlier, later in zip([last, *runs], runs, strict=False))
    assert len(runs) <= min(3, days)
    assert sum(day.run or day.strength for day in plan.week) <= days
    assert [day.on for day in plan.week] == [ON + place * DAY for place in range(7)]


def test_hard_exercises_lie_on_the_days_with_a_run_so_that_easy_days_stay_easy() -> None:
    walked = known({"gate_walk_30": "yes", "gate_calm_days": "yes"})
    plan = made({"itb_proximal": 0.6}, checks(range(60, 0, -3)) | walked, Wishes(days_a_week=7))
    assert plan.stage.id != "calm"
    assert {day.on for day in plan.week if day.strength} <= {day.on for day in plan.week if day.run}
    assert {day.says for day in plan.week} <= {"Run, and the exercises afterwards.", "Run.", "Rest, or a walk."}


# --- words


@pytest.mark.parametrize(("weeks", "word"), [(2, "do not count"), (20, "may or may not"), (80, "there may be time")])
def test_a_race_is_answered_without_a_promise(weeks: int, word: str) -> None:
    plan = made({"gluteal_tendinopathy": 0.6}, wishes=Wishes(race_on=ON + weeks * 7 * DAY))
    assert plan.race is not None
    assert word in plan.race


def test_a_race_of_the_past_is_not_spoken_of() -> None:
    assert made({"gluteal_tendinopathy": 0.6}, wishes=Wishes(race_on=ON - DAY)).race is None
    assert made({"gluteal_tendinopathy": 0.6}).race is None


def test_nothing_likely_gives_the_careful_plan_and_says_so() -> None:
    plan = made({"gluteal_tendinopathy": 0.1})
    assert (plan.protocols, plan.causes) == (("nonspecific",), ())
    assert "not clear" in plan.headline
    assert any("No single cause" in line for line in plan.how_sure)


def test_a_plan_says_how_sure_it_is_and_what_was_not_looked_at() -> None:
    plan = made({"gluteal_tendinopathy": 0.6})
    assert any("about 60 in 100" in line for line in plan.how_sure)
    assert any("Nobody has examined" in line for line in plan.how_sure)
    assert not any(line.lower().startswith("you have") for line in plan.how_sure)


def test_at_the_routine_level_a_plan_says_why_to_show_it_to_someone() -> None:
    alarm = an_alarm(Level.ROUTINE)
    plan = made({"gluteal_tendinopathy": 0.6}, level=Level.ROUTINE, alarms=(alarm,))
    assert plan.level == "routine"
    assert "A sign was told." in plan.refer_when


def test_a_plan_is_plain_data_and_comes_back_from_it() -> None:
    plan = made({"gluteal_tendinopathy": 0.6, "fai_labral": 0.3}, wishes=Wishes(race_on=ON + 70 * DAY))
    data = json.loads(json.dumps(plan.as_dict()))
    assert data["kind"] == "plan"
    assert recall(data) == plan
    assert set(plan.sources) <= set(KB.sources)
    assert plan.weeks.low < plan.weeks.high
    assert plan.check_on == ON + 7 * DAY
    assert plan.separates
