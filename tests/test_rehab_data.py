"""What rehab knowledge promises: chains that close, doses with sources, nothing that harms, every fault named."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from hipwise.knowledge import Dose, Figure, Knowledge, Phase, Profile, Protocol, Until, check
from hipwise.knowledge._spared import Spare
from hipwise.plan._ladder import session
from hipwise.texts import known

KB = Knowledge.load()
TOPICS = "advice/topics.yaml"
OWN = Path(__file__).parents[1] / "src" / "hipwise" / "knowledge" / "data"

NAMED_BY_THE_FIRST_TEXTS = {
    "low lunge": "hip_flexor_lunge_stretch",
    "figure four": "piriformis_figure4",
    "bent knee over the other knee": "piriformis_cross_body",
    "butterfly": "butterfly_stretch",
    "quads": "quad_stretch_standing",
    "roller under the hips": "foam_hip_flexors",
    "roller under the glutes": "foam_glutes_piriformis",
    "roller under the thigh": "foam_it_band",
    "hip circles": "hip_circles",
    "leg swings": "leg_swing_front",
    "leg swings to the side": "leg_swing_side",
    "walking lunges": "walking_lunge",
    "bridge": "glute_bridge",
    "clamshell": "clamshell",
    "clamshell with a band": "clamshell_band",
    "side-lying leg lift": "side_lying_leg_lift",
    "forward lunge": "forward_lunge",
    "reverse lunge": "reverse_lunge",
    "squat": "squat_double",
    "single-leg squat": "single_leg_squat",
    "single-leg deadlift": "single_leg_deadlift",
    "lateral band walk": "lateral_band_walk",
    "plank": "plank",
    "side plank": "side_plank",
    "dead bug": "dead_bug",
    "bird dog": "bird_dog",
    "walking": "walking_brisk",
    "swimming": "swimming",
    "cycling": "cycling",
}


def test_every_exercise_that_the_first_texts_name_is_there() -> None:
    assert set(NAMED_BY_THE_FIRST_TEXTS.values()) <= set(KB.rehab.exercises)
    assert len(KB.rehab.exercises) == 91


def test_every_chain_of_exercises_closes() -> None:
    exercises = KB.rehab.exercises
    for exercise in exercises.values():
        assert exercise.progression_of is None or exercise.id in exercises[exercise.progression_of].regression_of
        assert all(exercises[harder].progression_of == exercise.id for harder in exercise.regression_of)


def test_whatever_loads_says_until_when_it_is_not_for_a_bone() -> None:
    for exercise in KB.rehab.exercises.values():
        bars = {bar.until for bar in exercise.not_for if bar.of == "bone_stress"}
        assert bars or not exercise.loads, exercise.id
        assert not exercise.impact or bars == {Until.ALWAYS}, exercise.id


def test_every_exercise_says_what_it_is_for_and_how_it_goes_wrong() -> None:
    for exercise in KB.rehab.exercises.values():
        assert len(exercise.why.split()) <= 10, exercise.id
        assert exercise.easier != exercise.harder
        assert exercise.mistakes
        assert exercise.errors == tuple(each.wrong for each in exercise.mistakes)


def test_whoever_is_barred_from_an_exercise_has_a_name() -> None:
    named = KB.rehab.protocols.keys() | KB.causes.keys() | KB.rehab.barring.keys()
    barred = {bar.of for exercise in KB.rehab.exercises.values() for bar in exercise.not_for}
    assert barred <= named
    assert "acute_strain" in barred


def test_no_text_is_our_sources_text() -> None:
    """The evidence is not part of the project; where it lies beside it, our instructions are not a copy of it."""
    evidence = Path(__file__).parents[2] / "shared" / "evidence" / "rehab" / "exercises.csv"
    if not evidence.exists():
        pytest.skip("the evidence is not here")
    text = evidence.read_text("utf-8")
    same = [
        step for exercise in KB.rehab.exercises.values() for step in exercise.steps if len(step) > 60 and step in text
    ]
    assert not same, same


def test_stretches_and_rolling_stay_off_sore_outer_tendons() -> None:
    for name in ("piriformis_figure4", "piriformis_cross_body", "foam_glutes_piriformis", "foam_it_band"):
        bars = {bar.of: bar.until for bar in KB.rehab.exercises[name].not_for}
        assert bars["gluteal_tendon"] is Until.ALWAYS


def test_there_is_a_protocol_for_each_kind_of_problem() -> None:
    assert set(KB.rehab.protocols) == {
        "bone_stress", "gluteal_tendon", "proximal_hamstring", "iliopsoas", "hip_flexor_strain", "fai_labral",
        "deep_gluteal", "itb", "lumbar", "hip_oa", "adductor", "nonspecific", "ischiofemoral", "sacroiliac", "pubic",
        "meralgia", "hamstring_strain", "clinician_first",
    }  # fmt: skip
    assert {each.protocol for each in KB.causes.values()} - {None} <= set(KB.rehab.protocols)


def test_every_protocol_is_left_by_rules_except_where_a_clinician_decides() -> None:
    for protocol in KB.rehab.protocols.values():
        if protocol.needs_clinician:
            assert protocol.reason
            assert [stage.id for stage in protocol.stages] == [Phase.CALM], protocol.id
        else:
            assert all(stage.leave_when is not None for stage in protocol.stages[:-1]), protocol.id
            assert protocol.enter_when(Phase.CALM) is None
            assert protocol.enter_when(Phase.RETURN) is not None
        assert protocol.weeks.range[0] < protocol.weeks.range[1]
        assert all(1 <= stage.days[0] <= stage.days[1] <= 7 for stage in protocol.stages)


def test_what_must_be_seen_first_is_offered_nothing_that_loads() -> None:
    first = KB.rehab.protocols["clinician_first"]
    assert not any(KB.rehab.exercises[name].loads for stage in first.stages for name in stage.exercises)


def test_causes_that_may_not_be_treated_alone_have_a_protocol_that_says_so() -> None:
    for cause in KB.causes.values():
        if not cause.self_care and cause.protocol is not None:
            assert KB.rehab.protocols[cause.protocol].needs_clinician, cause.id


def test_every_cause_has_a_course_and_whoever_must_be_seen_first_gets_a_calm_one_with_its_reason() -> None:
    for cause in KB.causes.values():
        protocol = KB.rehab.protocol_of(cause)
        if not cause.self_care:
            assert protocol.needs_clinician, cause.id
            assert protocol.reason
            assert [stage.id for stage in protocol.stages] == [Phase.CALM]
        else:
            assert not protocol.needs_clinician, cause.id


def test_bone_stress_has_calm_exercises_only_and_needs_a_clinician() -> None:
    bone = KB.rehab.protocols["bone_stress"]
    assert bone.needs_clinician
    assert [stage.id for stage in bone.stages] == [Phase.CALM]
    assert not any(KB.rehab.exercises[name].impact for name in bone.stages[0].exercises)


def test_impact_belongs_to_the_last_stage_of_every_protocol() -> None:
    for protocol in KB.rehab.protocols.values():
        for stage in protocol.stages:
            impact = [name for name in stage.exercises if KB.rehab.exercises[name].impact]
            assert not impact or stage.id is Phase.RETURN, (protocol.id, impact)


def test_a_stage_without_pain_scores_in_its_exit_rule_is_never_left_by_itself() -> None:
    for protocol in KB.rehab.protocols.values():
        for stage in protocol.stages[:-1]:
            assert stage.leave_when is not None
            spoken = {getattr(leaf, "subject", getattr(leaf, "finding", "")) for leaf in stage.leave_when.leaves()}
            assert {"rest_pain_score", "walk_pain_score"} <= spoken


LADDER = [(5, 30), (8, 34), (12, 34), (15, 35), (20, 35), (20, 34), (20, 32), (24, 36), (25, 35), (30, 40)]


def test_the_ladder_has_the_minutes_of_its_table() -> None:
    found = [session(stage, KB, bone=False) for stage in range(1, 11)]
    assert [(each.run_min, each.total_min) for each in found if each is not None] == LADDER
    assert session(11, KB, bone=False) is None
    first = session(1, KB, bone=True)
    assert first is not None
    assert (first.passes, first.says) == (
        2,
        "Walk 5 minutes. Then 10 times: run 30 seconds, walk 90 seconds. Walk 5 minutes.",
    )


def test_the_pain_limits_are_those_of_the_evidence() -> None:
    found = {name: (int(each.lo.value), int(each.hi.value)) for name, each in KB.rehab.profiles.items()}
    assert found == {
        "bone": (0, 0), "strain": (1, 2), "joint": (2, 3), "oa": (2, 5), "tendon": (2, 5), "pht": (3, 5),
        "nerve": (2, 3), "nonspecific": (2, 4),
    }  # fmt: skip


def test_every_row_and_outcome_of_the_decision_table_has_its_words() -> None:
    assert len(KB.rehab.today) == 25
    for rule in KB.rehab.today:
        assert {rule.reason, rule.change, f"today.next_{rule.next_check}"} <= known()
        assert set(rule.outcomes.values()) <= {"green", "amber", "red", "grey"}
    assert {f"today.{outcome.headline}" for outcome in KB.rehab.outcomes.values()} <= known()


def test_emergency_numbers_are_told_by_country() -> None:
    numbers = KB.rehab.emergency_numbers
    assert (numbers["GB"].number, numbers["US"].number, numbers["DE"].number) == ("999", "911", "112")
    assert all(len(country) == 2 and country.isupper() for country in numbers)


def test_the_knowledge_base_has_no_fault() -> None:
    assert check(OWN) == []


# --- faults

CLAM, STEP, ITB = "exercises/clamshell_band.yaml", "exercises/step_up.yaml", "protocols/itb.yaml"


def test_a_stage_without_a_rule_for_leaving_it_is_named(copy: Path) -> None:
    path = copy / ITB
    head, _, tail = path.read_text("utf-8").partition("  leave_when:\n")
    path.write_text(head + tail[tail.index("  of: ") :], "utf-8")
    assert any("must say when it is left" in str(fault) for fault in check(copy))


def test_an_exercise_without_a_figure_is_named(copy: Path) -> None:
    (copy / "figures" / "standing.yaml").unlink()
    found = [str(fault) for fault in check(copy)]
    assert any("exercises/step_up.yaml" in each and "no figure" in each for each in found)


def test_stills_that_are_not_there_are_refused() -> None:
    plank = KB.rehab.figures["plank"].model_dump()
    with pytest.raises(ValidationError, match="stills name poses"):
        Figure.model_validate(plank | {"stills": (0, 3)})


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for path in OWN.rglob("*.yaml"):
        to = tmp_path / path.relative_to(OWN)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(path.read_text("utf-8"), "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (CLAM, "equipment: [band]", "equipment: [crane]", "no equipment is called 'crane'"),
        (CLAM, "progression_of: clamshell", "progression_of: plank", "do not name each other"),
        (CLAM, "progression_of: clamshell", "progression_of: nothing", "do not name each other"),
        (CLAM, "progression_of: clamshell", "progression_of: clamshell_band", "round in a circle"),
        (STEP, "regression_of: [lateral_step_up]", "regression_of: [nothing]", "do not name each other"),
        (STEP, "of: bone_stress", "of: bones", "no protocol and no cause is called 'bones'"),
        (STEP, "of: bone_stress", "of: itb", "until when it is not for 'bone_stress'"),
        (STEP, "impact: false", "impact: true", "belongs to the stage 'return' first"),
        (STEP, "why: Pushing", "why: Pushing and pushing and pushing and pushing and", "'why' has more than 10 words"),
        (STEP, "sets: [2, 3]", "sets: [2, 300]", "sets lies outside 1 to 15"),
        ("figures/standing.yaml", "step_up:", "step_upwards:", "no exercise is called 'step_upwards'"),
        ("figures/lying.yaml", "knee_r: 98", "knee_r: 198", "knee_flexion of 198 degrees"),
        ("figures/lying.yaml", "hip_r: [84, 64, 0]", "hip_r: [184, 64, 0]", "hip_flexion of 184 degrees"),
        ("protocols/bone_stress.yaml", "reason: An injured bone can", "note: It can", "note"),
        (ITB, "needs_clinician: false", "needs_clinician: true", "must say why"),
        (ITB, "needs_clinician: false", "needs_clinician: true", "has a calm stage only"),
        (TOPICS, "restrictive_eating: ['no']", "restrictive_eating: ['maybe']", "'maybe'"),
        ("advice/questions.yaml", "answer: ", "answer: " + "so " * 121, "120 words at most"),
        (ITB, "profile: tendon", "profile: steel", "no pain profile is called 'steel'"),
        (ITB, "side_plank_knees,", "side_plank_elbows,", "no exercise is called 'side_plank_elbows'"),
        (ITB, "side_plank_knees,", "strides,", "'strides' is not for the stage 'calm'"),
        (ITB, "monster_walk, strides", "monster_walk, foam_it_band", "'foam_it_band' is not for the stage"),
        ("protocols/hip_oa.yaml", "hip_thrust, single_leg_deadlift]", "strides]", "'strides' is not for this problem"),
        (ITB, "rest_pain_score: <=2", "rest_pain: <=2", "'rest_pain' is compared with a number"),
        (ITB, "- woken_by_hip: ['no']", "- asleep: ['no']", "there is no finding 'asleep'"),
        (ITB, "- woken_by_hip: ['no']", "- woken_by_hip: ['often']", "'often'"),
        (ITB, "- woken_by_hip: ['no']", "- fact: bone_site", "bone_site"),
        ("running/today.yaml", "outcomes: {WAIT: grey}", "outcomes: {DANCE: grey}", "no outcome is called 'DANCE'"),
        ("running/outcomes.yaml", "headline: wait", "headline: nothing", "there is no text 'today.nothing'"),
        ("running/today.yaml", "reason: today.r5", "reason: today.nothing", "there is no text 'today.nothing'"),
        ("running/today.yaml", "- pain_groin: ['yes']", "- pain_moon: ['yes']", "there is no finding 'pain_moon'"),
        ("causes/itb_proximal.yaml", "profile: tendon", "profile: steel", "no pain profile is called 'steel'"),
        ("causes/itb_proximal.yaml", "protocol: itb", "protocol: magic", "no protocol is called 'magic'"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_file(copy: Path, file: str, old: str, new: str, says: str) -> None:
    path = copy / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = [str(fault) for fault in check(copy)]
    assert any(says in each and each.startswith(file) for each in found), found


def test_a_span_that_falls_is_refused() -> None:
    dose = KB.rehab.exercises["plank"].dose.model_dump()
    with pytest.raises(ValidationError, match="smaller to the larger"):
        Dose.model_validate(dose | {"sets": (3, 2)})


def test_limits_that_cross_are_refused() -> None:
    tendon = KB.rehab.profiles["tendon"]
    with pytest.raises(ValidationError, match="lo lies above hi"):
        Profile(id="x", name="x", lo=tendon.hi, hi=tendon.lo)


def test_stages_out_of_order_are_refused() -> None:
    itb = KB.rehab.protocols["itb"]
    with pytest.raises(ValidationError, match="calm, load, capacity, return"):
        Protocol.model_validate(dict(itb) | {"stages": itb.stages[::-1]})


@pytest.mark.parametrize(("kind", "parts"), [("compression", []), ("impact", ["side"])])
def test_what_a_sore_part_is_kept_from_names_the_part_and_impact_none(kind: str, parts: list[str]) -> None:
    with pytest.raises(ValidationError, match="impact names none"):
        Spare.model_validate({"kind": kind, "parts": parts, "until": "return"})
