"""Write the twins: one picture, one answer changed, and what must follow: `python validation/make_twins.py`.

A twin names the vignette that it is made `of` and the one `change`; the reader lays it over the other's answers. The
levels come from the rule or row that `evidence` names, by the table below, never from what the engine says.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "vignettes"
ORDINARY = ("gt_classic", "pht_classic", "dgs_sit", "fai_pinch", "ilio_lift", "add_squeeze", "oa_classic", "lum_ache")
"""Ordinary pictures of each region, told in full."""
BONE_PLACE = ("ilio_lift", "fai_run", "add_squeeze", "dgs_run", "pub_both", "inst_loose")
"""Ordinary pictures with impact pain where bone may be hurt."""
NOT_BONE = ("gt_standing", "pht_drive", "itb_band", "add_trail")
"""Ordinary pictures with impact pain that is pointed to elsewhere."""
SHORT = ("gt_short", "itb_dist", "pht_speed", "add_short", "gen_tight")
"""Short, mild and told in full: self-care."""
SERIOUS = {
    "fns_marathon_block": "same_day",
    "fns_night": "same_day",
    "fns_first_walk": "same_day",
    "sacral_female": "same_day",
    "pelvic_ramus": "same_day",
    "shaft_thigh": "same_day",
    "scfe_limp": "same_day",
    "bisphos_thigh": "same_day",
}
ALARMS = {  # change of one answer: least level, evidence, reason
    ("saddle_numb", "yes"): ("emergency", "alarms/rf_saddle", "a numb saddle is an emergency whatever the rest is"),
    ("bladder_bowel", "yes"): ("emergency", "alarms/rf_bladder", "new bladder trouble may be the cauda equina"),
    ("leg_weakness", "both_legs"): ("emergency", "alarms/rf_both_legs", "weakness of both legs"),
    ("leg_weakness", "growing"): ("emergency", "alarms/rf_both_legs", "weakness that grows"),
    ("shooting_pain", "both_legs"): ("same_day", "alarms/rf_both_legs", "pain that shoots down both legs"),
    ("foot_drop", "yes"): ("same_day", "alarms/rf_foot_drop", "a foot that drops"),
    ("cold_leg", "yes"): ("emergency", "alarms/rf_cold_leg", "a leg without blood"),
    ("swollen_leg", "yes"): ("same_day", "alarms/rf_dvt", "a clot is possible, no risk needed"),
    ("dark_urine", "yes"): ("emergency", "alarms/rf_dark_urine", "muscle breakdown is possible"),
    ("fever", "yes"): ("same_day", "alarms/rf_septic", "the hip is too deep to look infected"),
    ("infection_risk", "yes"): ("same_day", "alarms/rf_septic_risk", "half of the infected hips have no fever"),
    ("past_cancer", "yes"): ("within_days", "alarms/rf_cancer", "an earlier cancer"),
    ("weight_loss", "yes"): ("within_days", "alarms/rf_cancer", "weight lost without trying"),
    ("night_sweats", "yes"): ("within_days", "alarms/rf_cancer", "night sweats"),
    ("growing_lump", "yes"): ("within_days", "alarms/rf_cancer", "a lump that grows"),
    ("constant_pain", "yes"): ("within_days", "alarms/rf_night", "no position eases it"),
    ("locking", "locks_or_gives_way"): ("within_days", "alarms/rf_locked", "a hip that locks"),
    ("rest_pain_score", "8"): ("within_days", "alarms/rf_severe", "8 of 10 at rest"),
    ("weight_bearing", "cannot"): (
        "same_day",
        "alarms/rf_bsi_walk",
        "no weight possible: no tendon alone does that",
    ),
    ("hip_surgery", "yes"): ("within_days", "alarms/rf_hip_implant", "an operated hip has its own path"),
    ("tingling", "one_leg"): ("routine", "alarms/rf_sensory", "new tingling is seen, not hurried"),
    ("no_gain", "yes"): ("routine", "alarms/rf_no_gain", "weeks of sensible care did not help"),
}
BONE = {
    ("limp", "yes"): ("same_day", "alarms/rf_bsi_core", "a limp of unknown age counts as new"),
    ("cannot_run", "yes"): ("same_day", "alarms/rf_bsi_core", "running has become impossible"),
    ("hop_hurts", "yes"): ("same_day", "alarms/rf_bsi_core", "landing is known to hurt"),
    ("night_pain", "yes"): ("within_days", "alarms/rf_bsi_core", "night pain that lying on it does not explain"),
    ("pain_at_rest", "yes"): ("within_days", "alarms/rf_bsi_core", "rest pain"),
    ("restrictive_eating", "yes"): ("same_day", "alarms/rf_bsi_core", "too little food weakens bone"),
    ("weight_loss", "yes"): ("same_day", "alarms/rf_bsi_core", "weight loss is a bone risk"),
    ("prior_stress_fracture", "once"): (
        "same_day",
        "findings/femoral_neck_stress_fracture/Prior stress fracture",
        "a bone that broke before",
    ),
    ("long_steroids", "yes"): ("same_day", "alarms/rf_bsi_core", "steroids thin bone"),
    ("osteoporosis", "yes"): ("same_day", "alarms/rf_bsi_core", "low bone density"),
    ("low_vitamin_d", "yes"): ("same_day", "alarms/rf_bsi_core", "low vitamin D"),
    ("bone_thinning_drugs", "yes"): ("same_day", "alarms/rf_bsi_core", "a drug that thins bone"),
    ("bisphosphonate", "yes"): ("same_day", "alarms/rf_bsi_core", "a bone drug tells of weak bone"),
    ("more_running", "yes"): ("within_days", "alarms/rf_bsi_soft", "impact pain after more running"),
    ("worsening", "over_weeks"): ("within_days", "alarms/rf_bsi_soft", "steadily worse"),
}
HARMLESS = {  # an answer that must not move an ordinary picture above routine
    ("side", "left"): "the side says nothing about urgency",
    ("character", "dull_ache"): "a dull ache is everywhere",
    ("cambered_road", "yes"): "a habit of running",
    ("new_shoes", "yes"): "a change of shoes is no sign",
    ("heavy_for_height", "yes"): "weight alone is no sign in an adult",
    ("smoker", "yes"): "smoking alone is no sign",
    ("back_pain_history", "yes"): "old back pain is common",
    ("long_sitting_days", "yes"): "a habit of sitting",
    ("tender_spot", "yes"): "a tender spot speaks for a tendon",
    ("statin", "yes"): "a common drug; without dark urine no sign",
    ("night_pain", "when_turning"): "pain in the act of turning does not count",
}
NOT_BONE_HARMLESS = {
    ("prior_stress_fracture", "once"): "the pain is pointed to where no bone of the list lies",
    ("low_vitamin_d", "yes"): "the pain is pointed to where no bone of the list lies",
    ("more_running", "yes"): "more running and a tendon place",
    ("race_onset", "yes"): "began in a race, at a tendon place",
    ("worsening", "over_weeks"): "slowly worse at a tendon place",
}
NO_COMFORT = {  # what speaks for something harmless must not calm a serious picture
    ("warm_up", "warms_up"): "warming up does not clear a bone",
    ("imaging", "xray_normal"): "a normal X-ray does not clear a bone",
    ("tablets_help", "take_it_away"): "tablets mask bone pain",
    ("lying_on_side_hurts", "yes"): "a second, harmless cause may stand beside it",
    ("deep_bend_pinch", "yes"): "a pinch does not clear a bone",
    ("tender_spot", "yes"): "a tender spot does not clear a bone",
}
UNKNOWN = (
    "saddle_numb",
    "fever",
    "weight_bearing",
    "night_pain",
    "past_cancer",
    "prior_stress_fracture",
    "swollen_leg",
)


def main() -> None:
    """Write twins.yaml."""
    lines = ["# Made by validation/make_twins.py; change that, not this.\n"]
    for name, twin in twins():
        lines.append(yaml.safe_dump({name: twin}, sort_keys=False, width=1000, allow_unicode=True))
    (FOLDER / "twins.yaml").write_text("\n".join(lines), "utf-8")


def twins() -> Iterator[tuple[str, dict[str, object]]]:
    """Yield (id, vignette)."""
    for of, (change, found) in product(ORDINARY, ALARMS.items()):
        yield rising(of, change, found, "alarm")
    for of, (change, reason) in product(ORDINARY, HARMLESS.items()):
        yield twin(of, change, {"at_most": "routine"}, "alarms/levels", reason, "harmless")
    for of, (change, found) in product(BONE_PLACE, BONE.items()):
        yield rising(of, change, found, "bone")
    for of, (change, reason) in product(NOT_BONE, NOT_BONE_HARMLESS.items()):
        yield twin(of, change, {"at_most": "routine"}, "alarms/Bone sites", reason, "not_bone")
    for (of, level), (change, reason) in product(SERIOUS.items(), NO_COMFORT.items()):
        yield twin(of, change, {"at_least": level}, "alarms/Unknown is not no", reason, "no_comfort")
    for of, finding in product(SHORT, UNKNOWN):
        expect = {"at_least": "routine", "at_most": "routine"}
        yield twin(of, (finding, "unknown"), expect, "alarms/Unknown is not no", "unknown is not no", "unknown")
    for of in ORDINARY:
        name, made = rising(of, ("age", "14"), ("within_days", "alarms/rf_child_pain", "growth plate"), "young")
        yield name, made | {"change": {}, "athlete": {"age": 14}}


def rising(of: str, change: tuple[str, str], found: tuple[str, str, str], group: str) -> tuple[str, dict[str, object]]:
    """Return a twin whose level must be at least that of FOUND: (level, evidence, reason)."""
    level, evidence, reason = found
    return twin(of, change, {"at_least": level}, evidence, reason, group)


def twin(
    of: str, change: tuple[str, str], expect: dict[str, str], evidence: str, reason: str, group: str
) -> tuple[str, dict[str, object]]:
    """Return (id, vignette) of one changed answer."""
    finding, state = change
    title = f"As {of}, but {finding.replace('_', ' ')}: {state.replace('_', ' ')}"
    return f"{of}__{finding}_{state}", {
        "title": title,
        "kind": "twin",
        "group": group,
        "of": of,
        "change": {finding: state},
        "reason": reason,
        "expect": expect,
        "evidence": evidence,
    }


if __name__ == "__main__":
    main()
