"""What the causes of the knowledge base promise: cited, consistent, careful with bone, true to the textbook."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path

import pytest

from hipwise.causes import rank
from hipwise.causes._model import model_of
from hipwise.causes._rank import may_rank
from hipwise.causes._triage import situation, triage
from hipwise.causes._weigh import posterior, told_for_ranking
from hipwise.knowledge import Cause, Compare, Grade, Knowledge, Mark, Number, Told
from hipwise.knowledge._yaml import parse
from hipwise.model import Athlete, Evidence, Finding

ON = date(2030, 5, 6)
DATA = Path(__file__).parents[1] / "src" / "hipwise" / "knowledge" / "data"
KNOWLEDGE = Knowledge.load()
PICTURES = parse((DATA / "cases" / "textbook.yaml").read_text("utf-8")).data

BONE = {
    "femoral_neck_stress_fracture",
    "femoral_shaft_stress_fracture",
    "pelvic_stress_fracture",
    "sacral_stress_fracture",
}
OTHER = {
    *("adductor_related", "deep_gluteal_syndrome", "fai_labral", "gluteal_tendinopathy", "hip_flexor_strain"),
    *("hip_instability", "hip_osteoarthritis", "iliopsoas_related", "ischiofemoral_impingement", "itb_proximal"),
    *("lumbar_referral", "proximal_hamstring_tendinopathy", "pubic_related", "sacroiliac_joint_pain"),
}
"""What a runner may treat at home."""
CLINICIAN = {
    *("apophysitis", "axial_spondyloarthritis", "benign_bone_tumour", "hamstring_tear", "iliac_artery_endofibrosis"),
    *("inguinal_hernia", "inguinal_related", "meralgia_paraesthetica", "nerve_entrapment_other"),
    *("polymyalgia_rheumatica", "visceral_referral"),
}
"""What a clinician should see, without haste."""
SERIOUS = {
    *("apophyseal_avulsion", "avascular_necrosis", "cauda_equina", "deep_infection", "deep_vein_thrombosis"),
    *("malignancy", "rhabdomyolysis", "scfe", "testicular_torsion", "transient_osteoporosis"),
}
"""What a clinician must see soon, and is no stress fracture."""
LARGEST_RATIO = KNOWLEDGE.number("selftests.largest_ratio").value
SMALLEST_RATIO = KNOWLEDGE.number("selftests.smallest_ratio").value


def each_cause() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("cause", KNOWLEDGE.causes.values(), ids=list(KNOWLEDGE.causes))


def each_picture() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("picture", PICTURES.values(), ids=list(PICTURES))


def numbers_of(cause: Cause) -> Iterator[Number]:
    yield cause.prior
    yield from (shift.times for shift in cause.prior_shifts)
    yield from (scale for states in cause.signs.values() for scale in states.values() if isinstance(scale, Number))


def shifted_by(cause: Cause) -> set[str]:
    leaves = chain.from_iterable(shift.when.leaves() for shift in cause.prior_shifts)
    return {leaf.finding for leaf in leaves if isinstance(leaf, Told)}


def texts_of(cause: Cause) -> str:
    return f"{cause.name} {cause.plain} {cause.site} {cause.separates} {cause.recovers} {cause.see_someone}"


def told_by(picture: dict) -> tuple[Athlete, Evidence]:
    athlete = Athlete.of_age(int(picture["athlete"]["age"]), picture["athlete"]["sex"], ON)
    return athlete, Evidence.of(Finding(name, state, ON) for name, state in picture["told"].items())


def test_the_causes_stand_under_their_names():
    assert set(KNOWLEDGE.causes) == BONE | OTHER | CLINICIAN | SERIOUS
    assert 35 <= len(KNOWLEDGE.causes) <= 42


@each_cause()
def test_a_cause_speaks_only_of_findings_and_states_that_exist(cause):
    for finding, states in cause.signs.items():
        assert set(states) <= set(KNOWLEDGE.findings[finding].states), finding


@each_cause()
def test_what_moves_a_prior_exists(cause):
    for leaf in chain.from_iterable(shift.when.leaves() for shift in cause.prior_shifts):
        if isinstance(leaf, Told):
            assert leaf.states <= set(KNOWLEDGE.findings[leaf.finding].states)
        else:
            assert isinstance(leaf, Compare)
            assert leaf.subject in {"age", "sex"}


@each_cause()
def test_a_finding_moves_the_prior_or_is_a_sign_but_never_both(cause):
    assert not shifted_by(cause) & set(cause.signs)


@each_cause()
def test_the_shares_of_the_states_of_a_finding_are_at_most_one(cause):
    for finding, states in cause.signs.items():
        assert sum(KNOWLEDGE.share(scale).value for scale in states.values()) <= 1 + 1e-9, finding


@each_cause()
def test_every_number_says_who_found_it_in_whom_and_what_it_says(cause):
    for number in numbers_of(cause):
        assert number.source in KNOWLEDGE.sources
        assert number.of
        assert number.says
    assert set(cause.sources) <= set(KNOWLEDGE.sources)


@each_cause()
def test_a_judgement_is_called_one(cause):
    for number in numbers_of(cause):
        own = number.source == "hipwise_judgement"
        assert own == (number.grade is Grade.JUDGEMENT) == (number.mark is Mark.OWN)


@each_cause()
def test_a_prior_is_a_wide_judgement_because_nobody_has_counted(cause):
    assert cause.prior.grade is Grade.JUDGEMENT
    low, high = cause.prior.range
    assert high / low >= 3


@each_cause()
def test_a_shift_of_the_prior_keeps_its_direction_within_its_range(cause):
    for shift in cause.prior_shifts:
        low, high = shift.times.range
        assert low >= 1 or high <= 1, shift.when


def test_the_priors_leave_room_for_several_causes_and_for_none():
    assert 1.0 <= sum(cause.prior.value for cause in KNOWLEDGE.causes.values()) <= 1.3


@each_cause()
def test_a_self_test_at_home_never_weighs_more_than_the_cap(cause):
    model = model_of(KNOWLEDGE)
    place = model.causes.index(cause)
    for finding in cause.signs:
        if KNOWLEDGE.findings[finding].sensed_by == "self_test":
            background, by_cause, _ = model.shares(finding)
            ratios = by_cause[0, place] / background[0]
            assert ratios.max() <= LARGEST_RATIO + 1e-6, finding
            assert ratios.min() >= SMALLEST_RATIO - 1e-6, finding


@pytest.mark.parametrize("name", sorted(BONE))
def test_bone_is_urgent_and_never_for_self_care_or_self_tests(name):
    cause = KNOWLEDGE.causes[name]
    assert cause.urgent
    assert not cause.self_care
    assert (cause.profile, cause.protocol) == ("bone", "bone_stress")
    assert not [finding for finding in cause.signs if KNOWLEDGE.findings[finding].sensed_by == "self_test"]


@pytest.mark.parametrize("name", sorted(BONE))
def test_bone_shares_its_risks(name):
    risks = {"prior_stress_fracture", "missed_periods", "restrictive_eating", "osteoporosis", "load_run_spike"}
    assert risks <= shifted_by(KNOWLEDGE.causes[name])


@pytest.mark.parametrize("name", sorted(OTHER))
def test_what_may_be_treated_at_home_is_not_urgent_and_has_a_protocol_with_its_pain_profile(name):
    cause = KNOWLEDGE.causes[name]
    assert cause.self_care
    assert not cause.urgent
    assert cause.profile in {"strain", "joint", "oa", "tendon", "pht", "nerve", "nonspecific"}
    assert KNOWLEDGE.rehab.protocols[cause.protocol].profile == cause.profile


@pytest.mark.parametrize("name", sorted(CLINICIAN | SERIOUS))
def test_what_needs_a_clinician_has_no_protocol_and_says_whom_to_see(name):
    cause = KNOWLEDGE.causes[name]
    assert not cause.self_care
    assert cause.protocol is None
    assert cause.urgent == (name in SERIOUS)
    assert re.search("doctor|emergency department|today|within days", cause.see_someone.lower())


def test_what_is_always_an_emergency_says_so():
    for name in ("cauda_equina", "deep_infection", "testicular_torsion", "rhabdomyolysis"):
        assert KNOWLEDGE.causes[name].see_someone.startswith("At once")


@pytest.mark.parametrize(
    ("name", "moved_by"),
    [
        ("scfe", {"heavy_for_height", "growth_spurt"}),
        ("avascular_necrosis", {"long_steroids", "avn_risk"}),
        ("transient_osteoporosis", {"pregnancy"}),
        ("deep_infection", {"infection_risk"}),
        ("malignancy", {"past_cancer"}),
        ("axial_spondyloarthritis", {"inflammatory_history"}),
        ("iliac_artery_endofibrosis", {"cycles_a_lot", "weekly_distance"}),
        ("gluteal_tendinopathy", {"menopause", "back_pain_history"}),
        ("femoral_neck_stress_fracture", {"menopause", "weekly_distance", "running_years", "late_first_period"}),
        ("meralgia_paraesthetica", {"pregnancy", "weight_gain"}),
        ("pubic_related", {"pregnancy"}),
    ],
)
def test_life_stage_body_and_running_move_the_prior(name, moved_by):
    assert moved_by <= shifted_by(KNOWLEDGE.causes[name])


@pytest.mark.parametrize(("name", "age_y"), [("scfe", 45), ("apophysitis", 45), ("polymyalgia_rheumatica", 30)])
def test_a_cause_of_another_age_is_held_for_nearly_impossible(name, age_y):
    model = model_of(KNOWLEDGE)
    column = [cause.id for cause in model.causes].index(name)
    odds, _ = model.log_odds(situation(Athlete.of_age(age_y, "male", ON), Evidence(), KNOWLEDGE, ON))
    usual, _ = model.log_odds(situation(Athlete(None, None), Evidence(), KNOWLEDGE, ON))
    assert odds[0, column] < usual[0, column] - 3


@each_cause()
def test_a_cause_is_told_in_plain_words_and_never_as_a_diagnosis(cause):
    assert "you have" not in texts_of(cause).lower()
    sentences = [part for part in re.split(r"(?<=[.!?])\s+", cause.plain.strip()) if part]
    assert 2 <= len(sentences) <= 3
    assert max(len(sentence.split()) for sentence in sentences) <= 32
    assert re.fullmatch(r"[^()]+ \([^()]+\)", cause.name)
    assert all((cause.site, cause.separates, cause.recovers, cause.see_someone, cause.icd10, cause.sources))


def test_every_cause_has_its_full_picture():
    assert set(PICTURES) >= set(KNOWLEDGE.causes)
    for cause in KNOWLEDGE.causes:
        assert PICTURES[cause]["expect"]["top"] == cause
        assert 8 <= len(PICTURES[cause]["told"]) <= 15


@pytest.mark.parametrize("name", sorted(CLINICIAN | SERIOUS | {"hip_instability", "ischiofemoral_impingement"}))
def test_each_rarer_cause_has_three_pictures(name):
    assert len([each for each in PICTURES.values() if each["expect"]["top"] == name]) >= 3


@each_picture()
def test_a_picture_tells_only_what_can_be_told(picture):
    for finding, state in picture["told"].items():
        assert state in KNOWLEDGE.findings[finding].states, finding


@each_picture()
def test_the_textbook_picture_puts_its_cause_first(picture):
    athlete, evidence = told_by(picture)
    model = model_of(KNOWLEDGE)
    seen = situation(athlete, evidence, KNOWLEDGE, ON)
    weights = posterior(model, model.log_odds(seen)[0], told_for_ranking(seen, model))
    shares = (weights @ model.sets)[0]
    assert model.causes[shares.argmax()].id == picture["expect"]["top"]
    assert shares.max() > 0.25  # some pictures are told in few words


@pytest.mark.parametrize("name", sorted(OTHER))
def test_the_ranking_that_is_shown_agrees_with_the_textbook(name):
    athlete, evidence = told_by(PICTURES[name])
    assert rank(athlete, evidence, KNOWLEDGE, ON).top(1)[0].id == name


@pytest.mark.parametrize("name", sorted(BONE))
def test_a_full_picture_of_bone_raises_the_bone_alarm_before_any_ranking(name):
    athlete, evidence = told_by(PICTURES[name])
    urgency = triage(athlete, evidence, KNOWLEDGE, ON)
    assert urgency.bone_stress
    assert not may_rank(urgency)


def test_every_answer_that_weighs_for_or_against_a_cause_can_be_said_as_a_statement():
    weighed = {name for cause in KNOWLEDGE.causes.values() for name in cause.signs} & KNOWLEDGE.findings.keys()
    for question in (KNOWLEDGE.findings[name] for name in weighed):
        assert set(question.said) == set(question.states), question.id
        assert len({*question.said.values()}) == len(question.states), question.id
        assert all(text.endswith(".") and "?" not in text for text in question.said.values()), question.id
