"""What the findings promise: a fixed vocabulary, plain words, and silence that is never "no"."""

import re
from pathlib import Path

import pytest
import yaml

from hipwise.knowledge import Kind, Question, Situation
from hipwise.knowledge._load import read_folder

OWN = Path(__file__).parents[1] / "src" / "hipwise" / "knowledge" / "data"
FOLDER = read_folder(OWN)
FINDINGS: dict[str, Question] = FOLDER.entries["findings"]
SCALE = FOLDER.entries["scale"]

# ids: about | states (* alarming; none: no and yes; 0..10: a score) | first page | days that it holds
VOCABULARY = """
worst_point: pain | groin front_hip front_thigh outer_hip outer_thigh buttock sit_bone back_of_pelvis pubis \
inner_thigh back_thigh low_back cannot_point | where | 84
pain_groin pain_front_hip pain_front_thigh pain_pubis pain_sacrum pain_unlocalised pain_buttock: pain | no yes* | \
where | 84
pain_outer_hip pain_outer_thigh pain_sit_bone pain_inner_thigh pain_back_thigh pain_low_back: pain | no yes | where | 84
pain_lower_belly pain_knee pain_below_knee: pain | no yes* | | 7
side: pain | left right both | | 90

duration: pain | under_2_weeks two_to_6_weeks six_to_12_weeks three_to_12_months over_a_year | | 7
worsening: pain | better same up_and_down slowly_over_a_year over_weeks* day_by_day* | | 7
recently_worse no_gain: pain | no yes* | | 7
sudden_onset race_onset more_running: pain | no yes* | | 90
seen_by_clinician: pain | no yes | | 7
movement_changes_it: pain | yes no* | | 7
imaging: pain | none xray_normal mri_normal abnormal* | | 90

impact_pain: pain | no not_done yes | weight | 7
hop_hurts: pain | no not_done yes* | weight | 7
limp cannot_run: pain | no yes* | weight | 7
weight_bearing: pain | normal first_steps hurts* cannot* | weight | 7
limp_for: pain | under_12_weeks over_12_weeks | | 7
sudden_crack: pain | no yes* | weight | 30
pain_at_rest constant_pain: pain | no yes* | night | 7
night_pain: pain | no lying_on_it when_turning yes* | night | 7

fall pop sprint_onset forced_bend: pain | no yes* | injury | 90
leg_short_turned cannot_sit cannot_lift_leg: pain | no yes* | injury | 7
bruise: pain | no yes* | injury | 30
fever very_unwell: runner | no yes* | infection | 7
infection_risk: runner | no yes* | infection | 90
hip_surgery: runner | no yes* | infection | 365
fever_no_change: pain | no yes | | 2

saddle_numb bladder_bowel: runner | no yes* | nerves | 7
foot_drop: pain | no yes* | nerves | 7
leg_weakness: runner | no one_leg* growing* both_legs* | nerves | 7
tingling: runner | no one_leg* both_legs* | nerves | 7
shooting_pain: runner | no one_leg both_legs* | nerves | 7
cold_leg swollen_leg breathless belly_signs hard_painful_lump dark_urine vision_jaw severe_belly testicle_pain: runner \
| no yes* | body | 7
effort_cramp: pain | no yes* | | 30
past_cancer: runner | no yes* | cancer | 365
weight_loss night_sweats: runner | no yes* | cancer | 30
growing_lump: runner | no yes* | cancer | 30
missed_periods: runner | no cannot_tell yes* | bone_risk | 90
restrictive_eating blood_thinners: runner | no yes* | bone_risk | 90
prior_stress_fracture: runner | no once* twice_or_more* | bone_risk | 365
long_steroids osteoporosis low_vitamin_d bisphosphonate: runner | no yes* | bone_risk | 365
pregnancy: runner | no possible* pregnant* birth_within_year* | bone_risk | 90
avn_risk inflammatory_history: runner | no yes* | | 365
morning_stiffness: pain | none under_30_min over_30_min* | | 7
better_with_movement wakes_second_half: pain | no yes* | | 7
hips_shoulders_stiff: runner | no yes* | | 7
locking: pain | no clicks catches locks_or_gives_way* | | 7
warm_up: pain | no_change warms_up gets_worse only_after | | 30
character: pain | dull_ache sharp burning tight cramp electric | | 30
next_morning_worse repeat_distance sitting_hurts hard_seat_hurts lying_on_side_hurts one_leg_hurts cross_legs_hurts \
stairs_hurts uphill_hurts downhill_hurts fast_hurts long_stride_hurts deep_bend_pinch twisting_hurts shoes_socks_hard \
lifting_knee_hurts bending_forward_hurts squeezing_hurts cough_situp_hurts back_moves_it turning_in_bed_hurts \
sit_to_stand_hurts snap_front snap_side c_grip eased_by_rest eased_by_standing tight_waistband: pain | no yes | | 30
long_sitting_days cambered_road back_pain_history double_jointed family_hip_oa childhood_hip other_sport_turning: \
runner | no yes | | 90
hills_more speed_more new_shoes strength_change same_pain_before: pain | no yes | | 90
test_press_outer_bone test_press_sit_bone test_press_inner_groin test_squeeze test_lift_knee_resisted \
test_rotation_stiff test_single_leg_stance: pain | no yes | | 7
test_figure_four: pain | no_pain side groin back | | 7
load_run_spike: pain | none small moderate* large* | | 90
load_week_jump: pain | no yes* | | 90
course_2w: pain | better same worse | | 42
course_6w: pain | better same worse | | 90
load_gap_restart load_first_hills load_faster load_cadence_shift: pain | no yes | | 90
run_pain_from: pain | none over_10_km to_10_km to_5_km to_2_km at_once | | 7
rest_pain_score walk_pain_score: pain | 0..10 | | 2
morning_pain_score run_pain_score after_pain_score worst_pain_score: pain | 0..10 | | 7
soreness_score: runner | 0..10 | | 2
woken_by_hip: pain | no lying_on_it yes | | 2
run_limp: pain | no yes | | 7
settled_after: pain | within_24_h within_48_h over_48_h | | 7
hip_changed: pain | no yes | | 2
painkiller: runner | none ibuprofen naproxen paracetamol other | | 1
painkiller_hours_ago: runner | under_6 six_to_8 eight_to_12 over_12 | | 1
short_nights: runner | none one two three | | 3
cleared_bone: pain | no yes void* | | 365
gate_walk_30 gate_calm_days gate_one_leg gate_squats: pain | no yes | | 14
start_hurts after_run_ache evening_worse long_walk_hurts standing_still_hurts driving_hurts squat_hurts kicking_hurts \
push_off_hurts heel_strike_hurts hamstring_stretch_hurts front_stretch_hurts lying_flat_hurts cough_shoots \
lifting_hurts cycling_hurts turned_out_unsafe feels_loose grinding moves_less saddle_seat_hurts pelvis_drops dead_leg \
one_fingertip tender_spot throbbing comes_in_waves touch_hurts pain_both_buttocks eased_by_sitting eased_by_unloading \
eased_by_bending_forward eased_by_pillow eased_by_short_steps organs_linked: pain | no yes | | 30
swollen_joints heel_tendon_pain arms_hard_to_lift: runner | no yes | | 30
scan_showed: pain | bone joint_shape_or_wear tendon_or_muscle disc_or_back | | 90
pain_depth: pain | under_skin skin deep | | 30
numb_patch: pain | none outer_thigh front_thigh inner_thigh back_or_leg | | 30
pain_front_bone pain_pelvic_rim pain_genitals pain_tail_bone pain_both_thighs test_knee_to_chest test_knee_fallout \
test_belt_abduction test_toe_in_walk test_toe_out_walk test_long_stride_walk test_press_pubic test_cough_lump \
test_mirror_drop test_squat test_hamstring_stretch test_seated_piriformis test_slump: pain | no yes | | 7
tablets_help: pain | not some take_it_away | | 30
muscles_swollen_hard skin_hot_red every_move_hurts: pain | no yes* | | 7
recent_infection tired_all_day clot_risk: runner | no yes | | 30
built_up_in_days began_before_40 cycle_linked dead_leg_bend: pain | no yes | | 90
urine_signs: runner | no yes* | | 30
soft_lump: pain | no yes* | | 30
quinolone statin low_drive weight_gain growth_spurt smoker cycles_a_lot belt_or_pack narrow_steps army_or_camp: runner \
| no yes | | 90
surface_changed step_changed: pain | no yes | | 90
bone_thinning_drugs thin_for_height: runner | no yes* | | 365
family_hip_fracture late_first_period heavy_for_height knee_oa shallow_hip_family: runner | no yes | | 365
menopause: runner | no changing past | | 90
running_years: runner | under_1_year one_to_5_years over_5_years | | 365
weekly_distance: runner | under_20_km 20_to_50_km 50_to_80_km over_80_km | | 90
"""
CHOICES = {
    *("worst_point", "side", "limp_for", "warm_up", "character", "test_figure_four", "painkiller"),
    *("painkiller_hours_ago", "pain_depth", "numb_patch", "scan_showed", "course_2w", "course_6w"),
}
GROUPS = {"where", "weight", "night", "injury", "infection", "nerves", "body", "cancer", "bone_risk"}
NOT_A_SIGN = {"hip_changed", "painkiller", "painkiller_hours_ago", "cleared_bone", "run_pain_from"}
"""Findings that no cause may speak of: they concern the plan. So do the gate and the scores."""


Row = tuple[str, tuple[str, ...], tuple[str, ...], str | None, int]


def _vocabulary() -> dict[str, Row]:
    found: dict[str, Row] = {}
    for line in filter(None, VOCABULARY.splitlines()):
        ids, _, rest = line.partition(":")
        about, words, page, days = (part.strip() for part in rest.split("|"))
        marked = [str(score) for score in range(11)] if words == "0..10" else words.split()
        states = tuple(word.rstrip("*") for word in marked)
        alarming = tuple(word.rstrip("*") for word in marked if word.endswith("*"))
        found |= dict.fromkeys(ids.split(), (about, states, alarming, page or None, int(days)))
    return found


EVERY = pytest.mark.parametrize("each", FINDINGS.values(), ids=FINDINGS)


def test_the_files_of_the_findings_are_without_fault() -> None:
    assert [str(fault) for fault in FOLDER.faults if fault.file.startswith("findings/")] == []


def test_every_finding_of_the_vocabulary_is_there_and_no_other() -> None:
    assert sorted(FINDINGS) == sorted(_vocabulary())


@EVERY
def test_states_alarms_page_and_days_are_those_of_the_vocabulary(each: Question) -> None:
    assert (each.about, each.states, each.alarming, each.first_page, each.holds_d) == _vocabulary()[each.id]


@EVERY
def test_the_kind_fits_the_states(each: Question) -> None:
    if each.id in CHOICES:
        assert each.kind is Kind.CHOICE
    elif each.id.endswith("_score"):
        assert each.kind is Kind.SCORE
    else:
        assert each.kind is (Kind.YES_NO if set(each.states) - set(each.silent) == {"no", "yes"} else Kind.GRADED)


@EVERY
def test_each_is_sensed_where_its_group_says(each: Question) -> None:
    groups = {"load": "load", "self_test": "self_test", "checkin": "checkin", "response": "course"}
    assert each.sensed_by == ("clinician" if each.id == "cleared_bone" else groups.get(each.group, "told"))
    assert each.id.startswith("test_") == (each.group == "self_test")
    assert each.id.startswith("load_") == (each.group == "load")


def test_the_first_page_has_at_most_nine_parts() -> None:
    assert {each.first_page for each in FINDINGS.values()} - {None} == GROUPS
    assert len(GROUPS) <= 9


@pytest.mark.parametrize(
    ("finding", "other"),
    [
        *((name, "male") for name in ("missed_periods", "pregnancy", "severe_belly", "cycle_linked", "menopause")),
        *(("late_first_period", "male"), ("testicle_pain", "female")),
    ],
)
def test_a_question_of_one_sex_is_left_out_only_where_the_sex_is_known(finding: str, other: str) -> None:
    rule = FINDINGS[finding].only_if
    assert rule is not None
    assert rule.truth(Situation({}, sex=other)) is False
    assert rule.truth(Situation({}, sex=None)) is True
    assert rule.truth(Situation({}, sex={"male": "female", "female": "male"}[other])) is True


def test_all_other_questions_are_for_everyone() -> None:
    some = {each.id for each in FINDINGS.values() if each.only_if is not None and each.sensed_by != "self_test"}
    follow_ups = {"limp_for": "limp", "fever_no_change": "fever", "painkiller_hours_ago": "painkiller"}
    follow_ups |= {"scan_showed": "imaging"}
    women = {"missed_periods", "pregnancy", "severe_belly", "cycle_linked", "menopause", "late_first_period"}
    assert some == {*women, "testicle_pain", "growth_spurt", *follow_ups}
    for finding, first in follow_ups.items():
        rule = FINDINGS[finding].only_if
        assert rule is not None
        assert rule.truth(Situation({first: FINDINGS[first].states[0]})) is False


def test_there_are_at_least_two_hundred_findings() -> None:
    assert len(FINDINGS) >= 200


def test_the_pain_map_has_eight_zones_and_a_side() -> None:
    zones = "groin pubis front_thigh outer_hip outer_thigh buttock sit_bone sacrum"
    assert {f"pain_{zone}" for zone in zones.split()} <= set(FINDINGS)
    assert FINDINGS["side"].states == ("left", "right", "both")
    assert FINDINGS["pain_depth"].states == ("under_skin", "skin", "deep")


@EVERY
def test_every_home_test_has_a_gate_that_must_be_told_open(each: Question) -> None:
    if each.sensed_by == "self_test":
        assert each.only_if is not None
        assert each.only_if.truth(Situation({})) is not True


@EVERY
def test_a_silent_state_is_neither_the_calm_one_nor_an_alarm(each: Question) -> None:
    assert not {each.states[0], *each.alarming} & set(each.silent)


def test_what_cannot_be_known_can_be_said_honestly() -> None:
    silent = {each.id: each.silent for each in FINDINGS.values() if each.silent}
    assert silent == {"impact_pain": ("not_done",), "hop_hurts": ("not_done",), "missed_periods": ("cannot_tell",)}


def test_what_harms_when_tried_is_marked() -> None:
    marked = {each.id for each in FINDINGS.values() if each.never_try}
    assert {"hop_hurts", "impact_pain", "cannot_run", "run_pain_score", "one_leg_hurts", "kicking_hurts"} <= marked
    assert not {each for each in marked if each.startswith("test_")}


def test_findings_that_say_much_the_same_share_a_group_of_two_or_more() -> None:
    groups: dict[str, list[str]] = {}
    for each in FINDINGS.values():
        if each.repeats is not None:
            groups.setdefault(each.repeats, []).append(each.id)
    assert {name for name, members in groups.items() if len(members) < 2} == set()
    for one, other in (("sitting_hurts", "driving_hurts"), ("deep_bend_pinch", "squat_hurts"), ("limp", "hop_hurts")):
        assert FINDINGS[one].repeats == FINDINGS[other].repeats is not None


def test_an_ordinary_yaml_reader_finds_the_same_words() -> None:
    for path in sorted((OWN / "findings").glob("*.yaml")):
        for name, entry in yaml.safe_load(path.read_text("utf-8")).items():
            words = [word for field in ("states", "labels", "alarming", "background") for word in entry.get(field, ())]
            assert all(isinstance(word, str) for word in words), (path.name, name)


# --- words


@EVERY
def test_every_state_has_plain_words_of_its_own(each: Question) -> None:
    assert tuple(each.labels) == each.states
    assert len(set(each.labels.values())) == len(each.states)
    assert all(label.strip() and "_" not in label for label in each.labels.values())


@EVERY
def test_a_question_is_one_question_and_its_help_is_sentences(each: Question) -> None:
    assert each.question.endswith("?")
    assert each.question.count("?") == 1
    assert "?" not in each.help
    assert each.help.endswith(".")
    assert len(each.question.split()) <= 20
    assert len(_sentences(each.help)) <= 5


@EVERY
def test_nothing_says_what_somebody_has(each: Question) -> None:
    assert "you have" not in f"{each.question} {each.help} {' '.join(each.labels.values())}".lower()


@EVERY
def test_silence_stays_open(each: Question) -> None:
    assert "leave it open" in each.help


@EVERY
def test_a_twelve_year_old_can_read_each_question(each: Question) -> None:
    assert _grade(f"{each.question} {each.help}") <= 11


def test_the_questions_are_easy_on_average() -> None:
    grades = [_grade(f"{each.question} {each.help}") for each in FINDINGS.values()]
    assert sum(grades) / len(grades) <= 8


def test_the_reading_grade_tells_hard_words_from_easy_ones() -> None:
    assert [_syllables(word) for word in ("hip", "table", "running", "vitamin", "make")] == [1, 2, 2, 3, 1]
    easy = _grade("Does it hurt when you run? Say yes if it does.")
    assert easy < 3
    assert _grade("Deterioration of musculoskeletal functionality necessitates immediate investigation.") > 20


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        ("hop_hurts", "Do not try it."),
        ("impact_pain", "in general counts as yes"),
        ("impact_pain", "Say no only if"),
        ("pain_unlocalised", "'my hip'"),
        ("limp", "whose age you do not know counts"),
        ("limp_for", "only if you are sure"),
        ("worsening", "when nobody says since when"),
        ("missed_periods", "hormone coil"),
        ("night_pain", "if all that is said is that it hurts at night"),
        ("pain_at_rest", "only long sitting"),
        ("past_cancer", "melanoma"),
        ("imaging", "does not rule out"),
        ("cleared_bone", "X-ray alone does not count"),
        ("fever_no_change", "Any change"),
        ("movement_changes_it", "Say no only if"),
        ("gate_one_leg", "unless a doctor cleared the bone"),
        ("gate_squats", "unless a doctor cleared the bone"),
        ("test_single_leg_stance", "Never do it with pain in the groin"),
    ],
)
def test_what_decides_between_two_states_is_said(finding: str, words: str) -> None:
    assert words in FINDINGS[finding].help


# --- safety


@EVERY
def test_nobody_is_asked_to_try_whether_impact_hurts(each: Question) -> None:
    spoken = f"{each.question} {each.help}"
    assert not re.search(r"(?<!not )\btry\b", spoken)
    for sentence in _sentences(each.help):
        assert sentence.split()[0].lower() not in {"hop", "jump", "run", "land", "bounce", "sprint", "jog"}


def test_no_home_test_is_one_of_those_that_must_never_be_done() -> None:
    for each in FINDINGS.values():
        if each.sensed_by == "self_test":
            spoken = f"{each.id} {each.question} {each.help}".lower()
            assert not re.search(r"hop|jump|jog|\brun|land|fulcrum|edge|overpressure|tap|partner", spoken)
            assert "only when it is offered" in each.help


# --- background


@EVERY
def test_every_possible_sign_has_a_background_that_leaves_room(each: Question) -> None:
    if each.kind is Kind.SCORE or each.id in NOT_A_SIGN or each.id.startswith("gate_"):
        assert not each.background
        return
    unnamed = [state for state in each.states if state not in each.background]
    assert unnamed == [each.states[0]] if each.kind is not Kind.CHOICE else unnamed
    total = sum(SCALE[word].value if isinstance(word, str) else word.value for word in each.background.values())
    assert 0 < total < 1


@pytest.mark.parametrize("page", ["injury", "infection", "nerves", "body", "cancer"])
def test_what_is_alarming_is_rare_among_runners_without_a_cause_for_it(page: str) -> None:
    for each in FINDINGS.values():
        if each.first_page == page:
            assert {each.background[state] for state in each.alarming} <= {"nearly_never", "hardly", "rare"}


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!])\s+", text) if part]


def _grade(text: str) -> float:
    """Return the Flesch-Kincaid grade: about the years at school that reading takes."""
    words = re.findall(r"[A-Za-z]+", text)
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / len(_sentences(text)) + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    groups = re.findall(r"[aeiouy]+", word.lower())
    silent = len(groups) > 1 and re.search(r"[^aeiouyl]e$|[^aeiouytd]ed$", word.lower()) is not None
    return max(1, len(groups) - silent)
