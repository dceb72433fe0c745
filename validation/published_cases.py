"""Score urgency and ranking on published cases: `python validation/published_cases.py LABELS.json`.

The answers stand in the knowledge base (`cases/published.yaml`); the labels (final diagnosis, acceptable ones, urgency)
are kept apart from the project, as a list of objects with the fields of `vocabulary.md` beside them.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from hipwise.causes import situation, triage
from hipwise.causes._rank import weighed
from hipwise.knowledge import Knowledge, Level, read_cases
from hipwise.model import Athlete, Evidence, Finding

ON = date(2030, 5, 6)
OURS = {
    "femoral_neck_stress_fracture": "femoral_neck_stress_fracture",
    "femoral_shaft_stress_fracture": "femoral_shaft_stress_fracture",
    "sacral_stress_fracture": "sacral_stress_fracture",
    "pubic_ramus_stress_fracture": "pelvic_stress_fracture",
    "acetabular_stress_fracture": "pelvic_stress_fracture",
    "gluteal_tendinopathy_gtps": "gluteal_tendinopathy",
    "proximal_hamstring_tendinopathy": "proximal_hamstring_tendinopathy",
    "iliopsoas_related": "iliopsoas_related",
    "adductor_related": "adductor_related",
    "osteitis_pubis": "pubic_related",
    "athletic_pubalgia": "inguinal_related",
    "inguinal_hernia": "inguinal_hernia",
    "avascular_necrosis": "avascular_necrosis",
    "transient_osteoporosis_hip": "transient_osteoporosis",
    "deep_infection_hip_pelvis": "deep_infection",
    "cauda_equina": "cauda_equina",
    "deep_vein_thrombosis": "deep_vein_thrombosis",
    "iliac_artery_endofibrosis": "iliac_artery_endofibrosis",
    "malignancy": "malignancy",
    "bone_tumor_benign": "benign_bone_tumour",
    "scfe": "scfe",
    "apophyseal_avulsion": "apophyseal_avulsion",
    "apophysitis": "apophysitis",
    "testicular_torsion": "testicular_torsion",
    "polymyalgia_rheumatica": "polymyalgia_rheumatica",
    "axial_spondyloarthritis": "axial_spondyloarthritis",
    "proximal_hamstring_tear_avulsion": "hamstring_tear",
    "hip_dysplasia": "hip_instability",
    "ischiofemoral_impingement": "ischiofemoral_impingement",
    "meralgia_paresthetica": "meralgia_paraesthetica",
    "referred_visceral": "visceral_referral",
    "fai_labral_tear": "fai_labral",
    "hip_osteoarthritis": "hip_osteoarthritis",
    "deep_gluteal_piriformis": "deep_gluteal_syndrome",
    "sij_dysfunction": "sacroiliac_joint_pain",
    "lumbar_radiculopathy": "lumbar_referral",
    "lumbar_other": "lumbar_referral",
    "hip_flexor_strain": "hip_flexor_strain",
    "quadriceps_rectus_femoris_strain": "hip_flexor_strain",
    "external_snapping_hip_itb": "itb_proximal",
}
"""Diagnosis of the labels: cause of ours. What is missing here we do not rank."""
LEVELS = ["self_care", "clinician", "urgent", "emergency"]
OF_LEVEL = {
    Level.SELF_CARE: "self_care",
    Level.ROUTINE: "clinician",
    Level.WITHIN_DAYS: "urgent",
    Level.SAME_DAY: "urgent",
    Level.EMERGENCY: "emergency",
}


def main() -> None:
    """Print a line a case and the sums."""
    knowledge = Knowledge.load()
    labels = {case["id"]: case for case in json.loads(Path(sys.argv[1]).read_text("utf-8"))}
    root = Path(__file__).parents[1] / "src" / "hipwise" / "knowledge" / "data"
    sums: Counter[str] = Counter()
    for _, _, name, case in read_cases(root):
        if name in labels:
            found = score(case, labels[name], knowledge)
            sums.update(key for key, value in found.items() if value is True)
            sums["cases"] += 1
            print(name, *(f"{key}={value}" for key, value in found.items()))
    print(dict(sorted(sums.items())))


def score(case: dict[str, Any], label: dict[str, Any], knowledge: Knowledge) -> dict[str, Any]:
    """Return how the urgency and the order of causes compare with the LABEL."""
    known = case.get("athlete") or {}
    athlete = Athlete.of_age(known.get("age"), known.get("sex"), ON)
    evidence = Evidence.of(Finding(finding, state, ON) for finding, state in case["told"].items())
    level = triage(athlete, evidence, knowledge, ON).level
    place, accepted = LEVELS.index(OF_LEVEL[level]), [LEVELS.index(each) for each in label["acceptable_triage"]]
    found: dict[str, Any] = {
        "level": level.code,
        "labelled": label["expected_triage"],
        "acceptable": place in accepted,
        "less_urgent": place < min(accepted),
        "more_urgent": place > max(accepted),
        "emergency_found": label["expected_triage"] == "emergency" and level is Level.EMERGENCY,
        "urgent_found": label["expected_triage"] == "urgent" and level >= Level.WITHIN_DAYS,
    }
    final = OURS.get(label["final_diagnosis"])
    if final is not None:
        order = ordered(athlete, evidence, knowledge)
        fair = {OURS[each] for each in label["acceptable_diagnoses"] if each in OURS} | {final}
        first = min(order.index(each) for each in fair)
        kind = "benign" if label["group"] == "common_benign" else "other"
        shown = {"": True, "_top_1": order[0] == final, "_top_3": final in order[:3]}
        shown |= {"_fair_top_1": first == 0, "_fair_top_3": first < 3}  # noqa: PLR2004 (top three)
        found |= {f"{kind}{name}": value for name, value in shown.items()} | {"final": final, "top": order[:3]}
    return found


def ordered(athlete: Athlete, evidence: Evidence, knowledge: Knowledge) -> list[str]:
    """Return the causes, likeliest first, weighed without the alarms."""
    return list(weighed(situation(athlete, evidence, knowledge, ON), knowledge))


if __name__ == "__main__":
    main()
