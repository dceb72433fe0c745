"""The one definition of red flags, line by line: what raises which rule to which level, and what does not."""

from datetime import date

import pytest

from hipwise.causes import rank, triage
from hipwise.knowledge import Knowledge, Level
from hipwise.model import Athlete, Evidence, Finding
from hipwise.plan import refer

KB = Knowledge.load()
ON = date(2030, 5, 6)

# rule | level ("-": silent) | age and sex | told ("yes" where nothing is said)
RULES = """
rf_trauma_nobear | emergency | 40 male | fall weight_bearing=cannot
rf_trauma_nobear | emergency | 40 male | leg_short_turned
rf_trauma_nobear | - | 40 male | fall weight_bearing=hurts
rf_sudden_snap_bear | emergency | 30 female | sudden_crack weight_bearing=cannot
rf_sudden_snap_bear | same_day | 30 female | sudden_crack weight_bearing=normal

rf_septic | emergency | 20 male | fever
rf_septic | emergency | 20 male | fever duration=over_a_year rest_pain_score=8
rf_septic | same_day | 20 male | fever duration=over_a_year
rf_septic | same_day | 20 male | very_unwell duration=over_a_year fever_no_change
rf_septic | within_days | 20 male | fever duration=over_a_year fever_no_change
rf_septic | same_day | 20 male | every_move_hurts built_up_in_days
rf_septic | within_days | 20 male | every_move_hurts
rf_septic_risk | same_day | 50 male | infection_risk
rf_septic_risk | same_day | 50 male | skin_hot_red
rf_saddle | emergency | 40 female | saddle_numb
rf_bladder | emergency | 40 female | bladder_bowel
rf_both_legs | emergency | 40 female | tingling=both_legs
rf_both_legs | emergency | 40 female | leg_weakness=growing
rf_both_legs | same_day | 40 female | shooting_pain=both_legs
rf_both_legs | - | 40 female | side=both
rf_sensory | routine | 40 female | tingling=one_leg pain_below_knee=no
rf_sensory | within_days | 40 female | tingling=one_leg leg_weakness=one_leg pain_below_knee
rf_sensory | routine | 40 female | numb_patch=outer_thigh
rf_foot_drop | same_day | 40 female | foot_drop
rf_cold_leg | emergency | 60 male | cold_leg
rf_dvt | same_day | 60 male | swollen_leg
rf_dvt | emergency | 60 male | swollen_leg breathless
rf_dvt | same_day | 30 female | clot_risk built_up_in_days pain_at_rest
rf_dvt | - | 30 female | clot_risk
rf_abdomen | emergency | 30 male | pain_groin belly_signs
rf_abdomen | emergency | 30 male | hard_painful_lump
rf_abdomen | emergency | 30 male | pain_groin fever
rf_abdomen | - | 30 male | soft_lump
rf_hernia | routine | 30 male | soft_lump
rf_organs | same_day | 30 male | comes_in_waves sudden_onset
rf_organs | within_days | 30 male | urine_signs
rf_organs | routine | 30 female | cycle_linked
rf_pregnancy | emergency | 30 female | pregnancy=possible severe_belly
rf_pregnancy | same_day | 30 female | pregnancy=no severe_belly
rf_testicle | emergency | 20 male | testicle_pain
rf_dark_urine | emergency | 25 male | dark_urine
rf_dark_urine | same_day | 25 male | muscles_swollen_hard leg_weakness=both_legs
rf_dark_urine | within_days | 25 male | muscles_swollen_hard

rf_child_nobear | emergency | 15 male | weight_bearing=cannot
rf_child_nobear | emergency | 15 male | fever
rf_child_limp | same_day | 13 male | limp
rf_child_limp | same_day | 17 male | run_limp
rf_child_limp | same_day | 13 male | weight_bearing=hurts
rf_child_limp | - | 18 male | limp
rf_child_perthes | within_days | 7 male | limp duration=two_to_6_weeks
rf_child_perthes | - | 7 male | limp duration=under_2_weeks
rf_teen_pop | same_day | 16 female | sprint_onset
rf_teen_pop | same_day | 16 female | pop
rf_child_pain | within_days | 17 female | pain_outer_hip
rf_child_pain | - | 18 female | pain_outer_hip

rf_bsi_core | same_day | 30 female | pain_groin impact_pain limp
rf_bsi_core | same_day | 30 female | pain_front_thigh impact_pain cannot_run
rf_bsi_core | same_day | 30 female | pain_sacrum impact_pain hop_hurts
rf_bsi_core | same_day | 30 female | pain_groin impact_pain night_pain duration=two_to_6_weeks
rf_bsi_core | within_days | 30 female | pain_groin impact_pain night_pain duration=over_a_year worsening=same
rf_bsi_core | same_day | 30 female | pain_groin impact_pain night_pain duration=over_a_year prior_stress_fracture=once
rf_bsi_core | - | 30 female | pain_groin impact_pain night_pain=lying_on_it
rf_bsi_core | - | 30 female | pain_groin impact_pain night_pain=when_turning
rf_bsi_core | - | 30 female | pain_groin impact_pain limp limp_for=over_12_weeks
rf_bsi_core | same_day | 30 female | pain_groin impact_pain missed_periods
rf_bsi_core | same_day | 30 female | pain_groin impact_pain low_vitamin_d
rf_bsi_core | same_day | 30 female | pain_groin impact_pain bone_thinning_drugs
rf_bsi_core | same_day | 30 female | pain_groin impact_pain thin_for_height
rf_bsi_core | - | 30 female | pain_outer_hip worst_point=outer_hip impact_pain limp
rf_bsi_core | - | 30 female | pain_buttock worst_point=sit_bone pain_sit_bone impact_pain limp
rf_bsi_core | same_day | 30 female | pain_buttock worst_point=buttock impact_pain limp
rf_bsi_core | same_day | 30 female | pain_unlocalised impact_pain limp
rf_bsi_walk | same_day | 30 female | pain_groin weight_bearing=hurts
rf_bsi_walk | routine | 30 female | pain_groin weight_bearing=hurts duration=over_a_year worsening=same
rf_bsi_walk | routine | 30 female | pain_groin weight_bearing=hurts duration=over_a_year worsening=slowly_over_a_year
rf_bsi_walk | same_day | 30 female | pain_groin weight_bearing=hurts duration=over_a_year recently_worse
rf_bsi_walk | - | 50 female | pain_outer_hip worst_point=outer_hip pain_buttock weight_bearing=hurts
rf_bsi_walk | - | 30 female | pain_groin weight_bearing=first_steps
rf_bsi_soft | within_days | 30 male | pain_groin impact_pain worsening=over_weeks
rf_bsi_soft | - | 30 male | pain_groin impact_pain worsening=slowly_over_a_year
rf_bsi_soft | within_days | 30 male | pain_groin impact_pain more_running
rf_bsi_soft | within_days | 30 male | pain_groin impact_pain load_run_spike=moderate
rf_bsi_soft | - | 30 male | pain_groin impact_pain load_run_spike=small
rf_bsi_soft | within_days | 30 male | pain_groin impact_pain load_week_jump
rf_bsi_soft | within_days | 30 male | pain_groin impact_pain race_onset side=left
rf_bsi_soft | - | 30 male | pain_groin impact_pain race_onset side=both
rf_bsi_soft | - | 30 male | pain_outer_hip worst_point=outer_hip impact_pain more_running
rf_bsi_soft | within_days | 30 male | pain_groin impact_pain=not_done worsening=over_weeks
rf_bsi_soft | within_days | 30 male | pain_groin impact_pain=not_done prior_stress_fracture=once
rf_bsi_soft | - | 30 male | pain_groin impact_pain=no worsening=over_weeks
rf_not_run_yet | routine | 30 male | pain_groin impact_pain=not_done
rf_not_run_yet | - | 30 male | pain_outer_hip worst_point=outer_hip impact_pain=not_done
rf_scan_bone | within_days | 30 male | imaging=abnormal
rf_scan_bone | within_days | 30 male | imaging=abnormal scan_showed=bone
rf_scan_bone | same_day | 30 male | imaging=abnormal scan_showed=bone weight_bearing=hurts
rf_scan_bone | - | 30 male | imaging=abnormal scan_showed=joint_shape_or_wear
rf_scan | routine | 30 male | imaging=abnormal scan_showed=joint_shape_or_wear
rf_scan | - | 30 male | imaging=xray_normal
rf_fragility | same_day | 70 female | pain_groin duration=under_2_weeks
rf_fragility | same_day | 50 female | osteoporosis fall
rf_fragility | - | 50 female | pain_groin duration=under_2_weeks
rf_bisphos | same_day | 70 female | bisphosphonate pain_front_thigh
rf_postpartum | same_day | 33 female | pregnancy=birth_within_year pain_pubis weight_bearing=hurts
rf_postpartum | within_days | 33 female | pregnancy=pregnant pain_sacrum
rf_cannot_bear | same_day | 33 female | weight_bearing=cannot pain_outer_hip worst_point=outer_hip

rf_night | within_days | 50 male | constant_pain
rf_night | same_day | 50 male | constant_pain very_unwell
rf_cancer | within_days | 50 male | past_cancer
rf_cancer | same_day | 50 male | weight_loss weight_bearing=hurts
rf_cancer | within_days | 50 male | growing_lump
rf_over50 | within_days | 55 male | movement_changes_it=no duration=six_to_12_weeks
rf_over50 | - | 45 male | movement_changes_it=no duration=six_to_12_weeks
rf_claudication | routine | 30 male | effort_cramp
rf_claudication | routine | 30 male | dead_leg
rf_avn | within_days | 40 male | pain_groin long_steroids
rf_avn | within_days | 40 male | pain_groin avn_risk
rf_inflam | within_days | 28 male | morning_stiffness=over_30_min better_with_movement
rf_inflam | routine | 28 male | morning_stiffness=over_30_min heel_tendon_pain
rf_inflam | - | 28 male | morning_stiffness=over_30_min
rf_pmr | within_days | 66 female | hips_shoulders_stiff
rf_pmr | emergency | 66 female | hips_shoulders_stiff vision_jaw
rf_pmr | - | 40 female | hips_shoulders_stiff
rf_ham_pop | within_days | 40 male | forced_bend
rf_ham_pop | same_day | 40 male | forced_bend bruise
rf_ham_pop | same_day | 40 male | forced_bend cannot_sit
rf_ham_pop | within_days | 40 male | sprint_onset pain_back_thigh limp
rf_ham_pop | - | 40 male | pain_sit_bone hard_seat_hurts
rf_locked | within_days | 30 male | locking=locks_or_gives_way
rf_locked | - | 30 male | locking=clicks
rf_reds | within_days | 22 female | missed_periods
rf_reds | - | 22 female | missed_periods=cannot_tell
rf_reds | within_days | 22 male | restrictive_eating
rf_anticoag | same_day | 70 male | blood_thinners cannot_lift_leg
rf_anticoag | same_day | 70 male | blood_thinners bruise
rf_anticoag | - | 70 male | blood_thinners
rf_severe | within_days | 30 male | rest_pain_score=7
rf_severe | within_days | 30 male | worsening=day_by_day
rf_severe | routine | 30 male | run_pain_score=7
rf_no_gain | routine | 30 male | no_gain
rf_no_gain | routine | 30 male | duration=three_to_12_months
rf_no_gain | - | 30 male | duration=three_to_12_months seen_by_clinician
rf_hip_implant | within_days | 70 male | hip_surgery
rf_hip_implant | emergency | 70 male | hip_surgery fever
"""
ROWS = [tuple(part.strip() for part in row.split("|")) for row in filter(None, RULES.splitlines())]


@pytest.mark.parametrize(("rule", "level", "who", "told"), ROWS, ids=[f"{row[0]}-{row[3]}" for row in ROWS])
def test_each_line_of_the_definition(rule: str, level: str, who: str, told: str) -> None:
    age_y, sex = who.split()
    states = {name: state or "yes" for name, _, state in (each.partition("=") for each in told.split())}
    evidence = Evidence.of(Finding(name, state, ON) for name, state in states.items())
    alarms = {each.id: each for each in triage(Athlete.of_age(int(age_y), sex, ON), evidence, KB, ON).alarms}
    assert (alarms[rule].level.code if rule in alarms else "-") == level


def test_every_rule_has_its_line() -> None:
    assert set(KB.alarms) - {row[0] for row in ROWS} == {"rf_cleared_void"}


def test_each_rung_of_each_rule_has_a_line() -> None:
    lines = {(row[0], row[1]) for row in ROWS}
    rungs = {(name, rung.level.code) for name, each in KB.alarms.items() for rung in each.levels}
    open_ones = rungs - lines - {("rf_cleared_void", "within_days")}
    assert open_ones == {("rf_cannot_bear", "emergency"), ("rf_child_limp", "emergency"), ("rf_pmr", "same_day")}


@pytest.mark.parametrize("scan", ["bone", "joint_shape_or_wear", "tendon_or_muscle", "disc_or_back", None])
def test_a_scan_that_showed_something_is_never_left_to_self_care(scan: str | None) -> None:
    told = {"imaging": "abnormal"} | ({"scan_showed": scan} if scan else {})
    evidence = Evidence.of(Finding(name, state, ON) for name, state in told.items())
    raised = [each.id for each in triage(Athlete.of_age(30, "male", ON), evidence, KB, ON).alarms]
    assert "rf_scan" in raised
    assert ("rf_scan_bone" in raised) == (scan in {"bone", None})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("clot_risk", "built_up_in_days pain_at_rest"),
        ("blood_thinners", "bruise"),
        ("every_move_hurts", "recent_infection"),
        ("muscles_swollen_hard", "leg_weakness=one_leg"),
        ("comes_in_waves", "built_up_in_days"),
        ("sprint_onset pain_back_thigh", "limp"),
        ("pain_groin", "avn_risk"),
        ("pain_groin impact_pain", "load_run_spike=moderate"),
        ("pain_groin impact_pain", "limp"),
        ("morning_stiffness=over_30_min", "better_with_movement"),
        ("tingling=one_leg", "leg_weakness=one_leg pain_below_knee"),
        ("past_cancer", "weight_bearing=hurts"),
        ("forced_bend", "pop"),
    ],
)
def test_two_findings_together_are_more_urgent_than_either(one: str, other: str) -> None:
    side = "worst_point=outer_hip pain_outer_hip"
    place = "" if "pain_groin" in one else side
    assert level_of(f"{place} {one} {other}") > max(level_of(f"{place} {one}"), level_of(f"{side} {other}"))


def level_of(told: str) -> Level:
    """The highest alarm of an adult runner who tells this."""
    states = {name: state or "yes" for name, _, state in (each.partition("=") for each in told.split())}
    evidence = Evidence.of(Finding(name, state, ON) for name, state in states.items())
    alarms = triage(Athlete.of_age(40, "male", ON), evidence, KB, ON).alarms
    return max((each.level for each in alarms), default=Level.SELF_CARE)


# --- what is said at the door


@pytest.mark.parametrize(
    ("who", "told", "level", "words"),
    [
        ("60 male", "hip_surgery", "within_days", "operated"),
        ("70 male", "hip_surgery fever", "emergency", "operated"),
        ("70 male", "hip_surgery swollen_leg", "same_day", "operated"),
        ("33 female", "pregnancy=pregnant pain_sacrum", "within_days", "pregnant"),
        ("33 female", "pregnancy=birth_within_year pain_pubis weight_bearing=hurts", "same_day", "gave birth"),
        ("33 female", "pregnancy=possible severe_belly", "emergency", "pregnant"),
        ("17 female", "pain_outer_hip", "within_days", "growth plates"),
        ("17 female", "limp", "same_day", "growth plates"),
        ("16 male", "weight_bearing=cannot", "emergency", "growth plates"),
        ("17 male", "sprint_onset", "same_day", "growth plates"),
    ],
)
def test_implant_pregnancy_and_growing_bone_are_named_at_the_door(who: str, told: str, level: str, words: str) -> None:
    age_y, sex = who.split()
    athlete = Athlete.of_age(int(age_y), sex, ON)
    states = {name: state or "yes" for name, _, state in (each.partition("=") for each in told.split())}
    evidence = Evidence.of(Finding(name, state, ON) for name, state in states.items())
    referral = refer(rank(athlete, evidence, KB, ON), athlete, KB)
    assert referral is not None
    assert referral.level == level
    assert words in referral.say_there
    assert "..." not in referral.say_there


def test_an_implant_is_sent_to_its_surgeon_and_not_as_a_stress_fracture() -> None:
    athlete = Athlete.of_age(60, "male", ON)
    ranking = rank(athlete, Evidence.of([Finding("hip_surgery", "yes", ON)]), KB, ON)
    referral = refer(ranking, athlete, KB)
    assert referral is not None
    assert "surgeon" in referral.what
    assert "stress" not in f"{referral.what} {referral.say_there}"
    assert ranking.causes == ()


def test_a_cause_that_needs_a_clinician_without_haste_is_not_taken_for_bone() -> None:
    calm = {name: each.states[0] for name, each in KB.findings.items() if each.first_page not in {None, "where"}}
    told = {"worst_point": "groin", "pain_lower_belly": "no", "cough_situp_hurts": "yes", "lifting_hurts": "yes"}
    more = {"soft_lump": "yes", "standing_still_hurts": "yes", "evening_worse": "yes", "limp": "no"}
    evidence = Evidence.of(Finding(name, state, ON) for name, state in (calm | told | more).items())
    athlete = Athlete.of_age(55, "male", ON)
    ranking = rank(athlete, evidence, KB, ON)
    assert ranking.top(1)[0].id == "inguinal_hernia"
    assert refer(ranking, athlete, KB) is None
    assert ranking.level.code == "routine"
