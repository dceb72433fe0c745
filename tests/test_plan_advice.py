"""What a plan takes from the knowledge base beside its exercises: days, minutes, what is spared, and advice."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest

from hipwise.causes import Ranked, Ranking, Triage
from hipwise.knowledge import Knowledge, Level, Phase
from hipwise.model import Athlete, Evidence, Finding
from hipwise.plan import Plan, RunningNow, Wishes, broken_rules, make, minutes_of, waits_for_clinician
from hipwise.plan._advice import offered_times, tips
from hipwise.plan._course import Course, course_of
from hipwise.plan._exercises import choose, prescribed, swaps
from hipwise.plan._seen import Seen
from hipwise.plan._tips import Tip

KB = Knowledge.load()
ON = date(2030, 5, 6)
WEEK = timedelta(7)
RUNNER = Athlete.of_age(35, "female", ON)
SAFE = Triage(level=Level.SELF_CARE, alarms=(), bone_stress=False, cleared=False, missing=(), too_young=False)
CALM_CAUSES = sorted(name for name, each in KB.causes.items() if not each.urgent)
STAGES = list(Phase)
ALL_THINGS = Wishes(minutes_a_day=60, equipment=tuple(KB.rehab.equipment))
SEEN = Evidence.of([Finding("seen_by_clinician", "yes", ON)])


def ranking(*causes: str, level: Level = Level.SELF_CARE) -> Ranking:
    found = tuple(Ranked(each, KB.causes[each].name, 0.4, 0.2, 0.6, (), ()) for each in causes)
    return Ranking(replace(SAFE, level=level), found, 0.2, 0.01, ())


def plan_of(*causes: str, wishes: Wishes | None = None, evidence: Evidence | None = None, on: date = ON) -> Plan:
    made = make(ranking(*causes), RUNNER, evidence or Evidence(), RunningNow(), wishes or Wishes(), KB, on)
    assert isinstance(made, Plan)
    return made


def course(*causes: str, phase: Phase = Phase.CALM, evidence: Evidence | None = None) -> Course:
    return replace(course_of(ranking(*causes), evidence or Evidence(), KB, ON), phase=phase)


def told(found: Course, evidence: Evidence | None = None, on: date = ON) -> tuple[Tip, ...]:
    every_time = offered_times(found, runs=True, trains=True, cross=True, clinic=True)
    return tips(found, RUNNER, Seen(evidence or Evidence(), KB, on), every_time)


# Protocols


def test_every_protocol_is_one_that_some_cause_leads_to() -> None:
    causes = KB.causes.values()
    reached = {KB.rehab.protocol_of(each, seen=seen).id for each in causes for seen in (False, True)}
    assert reached == set(KB.rehab.protocols)


def test_what_a_clinician_must_see_first_is_calmed_and_trained_only_after_the_visit() -> None:
    for cause, protocol in (("meralgia_paraesthetica", "meralgia"), ("hamstring_tear", "hamstring_strain")):
        before, after = plan_of(cause), plan_of(cause, evidence=SEEN)
        assert before.protocols == ("clinician_first",)
        assert before.run.mode == "none"
        assert after.protocols == (protocol,)
    assert plan_of("benign_bone_tumour", evidence=SEEN).protocols == ("clinician_first",)
    assert plan_of("inguinal_hernia", evidence=SEEN).protocols == ("nonspecific",)


# What is spared


@pytest.mark.parametrize("phase", STAGES)
def test_no_pair_of_likely_causes_is_told_to_do_what_either_is_kept_from(phase: Phase) -> None:
    for pair in combinations(CALM_CAUSES, 2):
        found = course(*pair, phase=phase)
        chosen = choose(found, ALL_THINGS, KB)
        others = {name for each in chosen for name in swaps(each, chosen, found, ALL_THINGS, KB)}
        offered = [*chosen, *(KB.rehab.exercises[name] for name in others)]
        topics = [KB.advice.topics[each.id] for each in told(found)]
        for protocol in found.protocols:
            for spare in protocol.spares:
                if spare.until.value == "always" or phase.place < Phase(spare.until.value).place:
                    for each in offered:
                        assert not (spare.kind == "impact" and each.impact), (pair, each.id)
                    for thing in (*offered, *topics):
                        done = {"compression": thing.presses, "stretch": thing.stretches}.get(spare.kind.value, ())
                        assert not set(done) & set(spare.parts), (pair, thing.id)


def test_the_validator_finds_what_is_kept_from_a_sore_part() -> None:
    plan = plan_of("gluteal_tendinopathy")
    assert broken_rules(plan, RunningNow(), KB) == ()
    rolled, crossed, jumped = (
        prescribed(KB.rehab.exercises[name]) for name in ("foam_it_band", "piriformis_cross_body", "pogo_double")
    )
    found = " ".join(broken_rules(replace(plan, exercises=(rolled, crossed, jumped)), RunningNow(), KB))
    for kind in ("compression: foam_it_band", "stretch: piriformis_cross_body", "impact: pogo_double"):
        assert f"kept_from_{kind}" in found
    stretching = replace(plan.advice[0], id="stretching")
    assert "kept_from_stretch: stretching" in broken_rules(replace(plan, advice=(stretching,)), RunningNow(), KB)


# Days and minutes


def test_the_days_of_a_stage_are_kept() -> None:
    every_day = Wishes(days_a_week=7)
    for cause, most in (("itb_proximal", 3), ("gluteal_tendinopathy", 7)):
        plan = plan_of(cause, wishes=every_day)
        assert plan.stage.days[1] == most
        assert sum(day.strength for day in plan.week) == most
        assert plan.notes == ()
    both = plan_of("itb_proximal", "gluteal_tendinopathy", wishes=every_day)
    assert both.stage.days == (3, 3)
    tired = replace(plan_of("itb_proximal", wishes=every_day), stage=replace(both.stage, days=(1, 2)))
    assert "too_many_exercise_days" in " ".join(broken_rules(tired, RunningNow(), KB))


def test_fewer_days_than_a_stage_asks_for_are_told() -> None:
    (note,) = plan_of("itb_proximal", wishes=Wishes(on_days=("mon",))).notes
    assert "3 days" in note


@pytest.mark.parametrize("minutes", [5, 7, 10, 13, 15, 30])
def test_the_exercises_fit_into_the_minutes(minutes: int) -> None:
    each_takes = KB.number("progression.minutes_an_exercise").value
    for cause in CALM_CAUSES:
        plan = plan_of(cause, wishes=Wishes(minutes_a_day=minutes))
        takes = [each_takes * e.sets[1] / KB.rehab.exercises[e.id].dose.sets[1] for e in plan.exercises]
        assert sum(takes) <= minutes or (len(takes) == 1 and plan.exercises[0].sets[1] == 1)
        assert broken_rules(plan, RunningNow(), KB) == ()
        full = all(each.sets == KB.rehab.exercises[each.id].dose.sets for each in plan.exercises)
        assert any("minutes" in note for note in plan.notes) != full
    long = plan_of("itb_proximal", wishes=Wishes(minutes_a_day=30))
    assert "too_long_a_day" in broken_rules(replace(long, wishes=Wishes(minutes_a_day=10)), RunningNow(), KB)


@pytest.mark.parametrize(
    ("name", "minutes"),
    [
        ("clamshell", 8),  # 3 sets, each side, 10 repetitions held for 2 s; rests of 45 s
        ("plank", 2),  # 2 holds of 20 s with a rest of 45 s
        ("hops_multi_double", 4),  # 90 hops with two rests of 60 s
        ("cycling", 20),
    ],
)
def test_an_exercise_takes_as_long_as_the_session_that_leads_through_its_least_dose(name: str, minutes: int) -> None:
    assert minutes_of(prescribed(KB.rehab.exercises[name]), KB) == minutes


def test_the_times_to_get_ready_are_those_of_the_session() -> None:
    player = (Path(__file__).parents[1] / "web" / "src" / "state" / "session.ts").read_text("utf-8")
    for name, constant in (("ready_s", "READY_S"), ("between_exercises_s", "BETWEEN_S")):
        assert f"const {constant} = {KB.number(f'progression.{name}').value:g};" in player


def test_without_other_training_none_stands_in_the_week() -> None:
    with_it, without = (plan_of("pubic_related", wishes=Wishes(cross_training=each)) for each in (True, False))
    assert with_it.cross
    assert with_it.cross_kinds == ("Brisk walking",), "nothing else is at hand"
    sitting = plan_of("proximal_hamstring_tendinopathy", wishes=ALL_THINGS)
    assert not any("ycling" in name for name in sitting.cross_kinds), "a saddle presses on the sit bone"
    assert any("ycling" in name for name in plan_of("pubic_related", wishes=ALL_THINGS).cross_kinds)
    assert any(day.cross for day in with_it.days)
    assert not without.cross
    assert not any(day.cross for day in without.days)


# Advice


def test_advice_is_little_and_graded_and_that_for_the_problem_comes_first() -> None:
    most = KB.number("week.advice_most").value
    for cause in CALM_CAUSES:
        plan = plan_of(cause)
        assert 0 < len(plan.advice) <= most
        for tip in plan.advice:
            assert tip.grade
            assert tip.evidence
            assert set(tip.sources) <= set(KB.sources)
    assert plan_of("proximal_hamstring_tendinopathy").advice[0].id == "sitting"


def test_advice_takes_turns_until_all_that_fits_was_told() -> None:
    found = course("pubic_related", phase=Phase.CAPACITY)
    weeks = [{each.id for each in told(found, on=ON + number * WEEK)} for number in range(12)]
    assert all(len(week) == 4 for week in weeks)
    assert set().union(*weeks) >= {"warm_up", "weekly_strength", "footwear", "sleep", "nutrition", "compression"}
    assert told(found) == told(found)


def test_every_advice_reaches_somebody_at_some_time() -> None:
    reached = set()
    enough = Evidence.of([Finding(name, "no", ON) for name in ("restrictive_eating", "missed_periods")])
    for cause in CALM_CAUSES:
        for phase in STAGES:
            found = course(cause, phase=phase, evidence=SEEN)
            for number in range(10):
                at = Evidence.of([Finding(each.id, each.state, ON + number * WEEK) for each in enough])
                reached |= {each.id for each in told(found, at, ON + number * WEEK)}
    assert reached == set(KB.advice.topics)


def test_weight_is_told_only_where_enough_is_eaten() -> None:
    worn = course("hip_osteoarthritis", phase=Phase.LOAD)
    enough = Evidence.of([Finding(name, "no", ON) for name in ("restrictive_eating", "missed_periods")])
    too_little = enough | Evidence.of([Finding("restrictive_eating", "yes", ON)])
    weeks = [ON + number * timedelta(1) for number in range(0, 70, 7)]
    assert not any(each.id == "weight" for on in weeks for each in told(worn, Evidence(), on))
    assert not any(each.id == "weight" for on in weeks for each in told(worn, too_little, on))
    assert any(
        each.id == "weight"
        for on in weeks
        for each in told(worn, Evidence.of([replace(one, on=on) for one in enough]), on)
    )


def test_who_must_be_seen_first_is_told_nothing_of_running_or_pressing() -> None:
    for cause in CALM_CAUSES:
        plan = plan_of(cause)
        if "clinician_first" in plan.protocols:
            assert {each.id for each in plan.advice} <= {"sleep", "nutrition"}
            assert not plan.cross
            assert KB.rehab.protocols["clinician_first"].reason in plan.notes
            assert "until a clinician" in plan.headline
    routine = make(
        ranking("gluteal_tendinopathy", level=Level.ROUTINE), RUNNER, Evidence(), RunningNow(), Wishes(), KB, ON
    )
    assert isinstance(routine, Plan)
    assert {"clinic"} & {each.when for each in routine.advice}


def test_the_parts_of_the_hip_are_those_of_the_problem() -> None:
    assert [each.id for each in plan_of("fai_labral").anatomy] == ["joint", "labrum"]
    assert [each.id for each in plan_of("gluteal_tendinopathy").anatomy] == ["gluteal_tendons"]


def test_a_race_waits_for_the_clinician() -> None:
    wishes = Wishes(race_on=ON + 12 * WEEK, race_km=10.0)
    assert "looked at" in str(plan_of("inguinal_hernia", wishes=wishes).race)
    assert "looked at" not in str(plan_of("gluteal_tendinopathy", wishes=wishes).race)
    assert waits_for_clinician(ranking("inguinal_hernia"), Evidence(), KB, ON)
    assert not waits_for_clinician(ranking("inguinal_hernia"), SEEN, KB, ON)
