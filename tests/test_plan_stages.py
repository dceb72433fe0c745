"""What a plan says of its stages: what each is called, and what leaving the present one still takes."""

from dataclasses import replace

from tests.test_plan import KB, NOTHING, ON, checks, made

from hipwise.knowledge import Compare, Told
from hipwise.knowledge._conditions import All
from hipwise.model import UNKNOWN, Evidence
from hipwise.plan import Plan, minutes_of, stages_of


def lines(plan: Plan, evidence: Evidence = NOTHING) -> list[tuple[str, list[bool]]]:
    return [(each.stands, [need.met for need in each.needs]) for each in stages_of(plan, evidence, KB, ON)]


def test_each_stage_is_named_and_the_present_one_says_what_leaving_it_still_takes() -> None:
    evidence = checks((9,), gate_one_leg=UNKNOWN)
    plan = made({"gluteal_tendinopathy": 0.6}, evidence)
    now, *ahead = stages_of(plan, evidence, KB, ON)
    assert [each.stands for each in ahead] == ["ahead"] * 4
    assert [need.met for need in now.needs] == [False] * 5 + [True]  # an old answer is not told
    assert [need.now for need in now.needs][-3:] == ["Not told of late", "So far: 0", "So far: 9"]
    fresh = stages_of(plan, checks((9, 1), gate_one_leg=UNKNOWN), KB, ON)[0].needs
    assert [need.met for need in fresh] == [True, True, True, False, False, True]
    assert fresh[0].says == "Pain while you rest: 2 at most"
    assert fresh[0].now == "Now: 0"


def test_what_the_checks_have_left_is_met_whether_the_plan_has_followed_or_not() -> None:
    plan = made({"gluteal_tendinopathy": 0.6})
    assert lines(plan, checks((9, 2)))[0] == ("now", [True] * 6)
    later = made({"gluteal_tendinopathy": 0.6}, checks(range(75, 0, -3)))
    assert [each for each, _ in lines(later, checks(range(75, 0, -3)))] == ["past"] * 3 + ["now", "ahead"]


def test_a_plan_that_a_flare_has_overtaken_counts_neither_checks_nor_days() -> None:
    plan = made({"gluteal_tendinopathy": 0.6}, checks(range(100, 20, -3)))
    assert plan.stage.id == "return"
    _, needs = lines(plan, checks(range(100, 20, -3)) | checks((1,), limp="yes"))[3]
    assert needs[-2:] == [False, False]


def test_of_several_problems_the_stages_need_what_the_latest_one_needs() -> None:
    evidence = checks(range(40, 0, -3))
    plan = made({"hip_flexor_strain": 0.5, "fai_labral": 0.4}, evidence)
    assert any(not all(met) for stands, met in lines(plan, evidence) if stands == "now")


def test_a_stage_without_an_end_needs_nothing_and_a_plan_that_asks_has_no_stages() -> None:
    evidence = checks(range(100, 0, -3))
    plan = made({"gluteal_tendinopathy": 0.6}, evidence)
    assert lines(plan, evidence)[-1] == ("now", [])
    assert lines(replace(plan, missing=("limp",)), evidence) == []
    assert lines(replace(plan, protocols=("gone",)), evidence) == []


def test_every_exit_rule_is_a_list_of_answers_that_all_must_hold() -> None:
    rules = [stage.leave_when for each in KB.rehab.protocols.values() for stage in each.stages if stage.leave_when]
    assert rules
    assert all(isinstance(rule, All) and all(isinstance(part, Told | Compare) for part in rule.parts) for rule in rules)
    scores = [part for rule in rules for part in rule.leaves() if isinstance(part, Compare)]
    assert all(part.sign == "<=" and KB.findings[part.subject].named for part in scores)
    told = [part for rule in rules for part in rule.leaves() if isinstance(part, Told)]
    assert all(part.states <= set(KB.findings[part.finding].said) for part in told)  # each can be said as a statement


def test_the_minutes_of_an_exercise_shrink_with_its_sets() -> None:
    first = made({"gluteal_tendinopathy": 0.6}).exercises[-1]
    assert first.sets[1] > 1
    assert 0 < minutes_of(replace(first, sets=(1, 1)), KB) < minutes_of(first, KB)
