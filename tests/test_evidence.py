"""What became of the evidence: every row and condition accounted for, every test of the body in its place."""

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from hipwise.causes import triage
from hipwise.knowledge import Condition, Fact, Knowledge, Level, SelfTest, TestVerdict, Told, read_cases
from hipwise.knowledge._check_evidence import ratios_of
from hipwise.knowledge._load import read_folder
from hipwise.model import Athlete, Evidence, Finding

KB = Knowledge.load()
DATA = Path(__file__).parents[1] / "src" / "hipwise" / "knowledge" / "data"
SHARED = Path(__file__).parents[2] / "shared" / "evidence" / "clinical"
ROWS = 187
ON = date(2030, 5, 6)
AT_HOME = [each for each in KB.self_tests.values() if each.finding is not None]
HOME = pytest.mark.parametrize("test", AT_HOME, ids=[each.id for each in AT_HOME])


def shared(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the evidence beside the project is not here: {name}")
    return path


def test_every_row_of_the_evidence_is_used_or_says_why_not() -> None:
    assert sorted(each.row for each in KB.evidence_rows.values()) == list(range(1, ROWS + 1))


def test_the_rows_are_those_of_the_table() -> None:
    with shared("findings.csv").open(encoding="utf-8", newline="") as file:
        table = [(row["condition"], row["finding"].replace('"', "'")) for row in csv.DictReader(file)]
    ours = {each.row: (each.of, each.finding) for each in KB.evidence_rows.values()}
    assert [ours[place] for place in range(1, ROWS + 1)] == table


def test_a_good_part_of_the_evidence_moves_a_number() -> None:
    used = [each for each in KB.evidence_rows.values() if each.used]
    assert len(used) > ROWS / 3


def test_every_condition_of_the_literature_is_ranked_alarms_modifies_or_is_explained() -> None:
    for name, each in KB.conditions.items():
        assert each.ranked or each.alarms or each.modifies or each.note, name
    assert not {"weak_muscles", "training_error_load", "overpronation"} & set(KB.causes)


def test_the_conditions_are_those_of_the_list() -> None:
    listed = json.loads(shared("conditions.json").read_text("utf-8"))
    entries = listed if isinstance(listed, list) else listed.get("conditions", listed)
    ids = {each["id"] for each in entries} if isinstance(entries, list) else set(entries)
    assert set(KB.conditions) == ids


def test_every_cause_comes_from_the_literature_of_conditions() -> None:
    assert set(chain.from_iterable(each.ranked for each in KB.conditions.values())) == set(KB.causes)


# --- tests of the body


@HOME
def test_a_test_at_home_tells_how_what_counts_and_when_to_stop(test: SelfTest) -> None:
    assert test.verdict.at_home
    assert KB.findings[test.finding or ""].sensed_by == "self_test"
    assert all((test.set_up, test.steps, test.positive, test.stop, test.why))
    assert re.search(r"^Stop ", test.stop)


def test_each_question_of_a_home_test_is_explained_once() -> None:
    asked = {name for name, each in KB.findings.items() if each.sensed_by == "self_test"}
    explained = [each.finding for each in AT_HOME]
    assert sorted(explained) == sorted(asked)


def test_what_must_never_be_done_and_what_needs_a_clinician_is_named_and_has_no_question() -> None:
    never = {name for name, each in KB.self_tests.items() if each.verdict is TestVerdict.NEVER}
    assert never == {"hop", "fulcrum", "impact", "apprehension"}
    others = {name for name, each in KB.self_tests.items() if each.verdict is TestVerdict.CLINICIAN}
    assert {"nerve_stretch", "sacroiliac_cluster", "resisted_turning", "ober"} <= others
    assert all(KB.self_tests[name].finding is None for name in never | others)


def test_standing_on_one_leg_is_only_for_pain_at_the_side() -> None:
    gate = KB.findings["test_single_leg_stance"].only_if
    assert gate is not None
    assert {"pain_outer_hip", "pain_groin", "pain_front_thigh"} <= {
        getattr(leaf, "finding", "") for leaf in gate.leaves()
    }


def test_no_self_test_weighs_more_than_its_cap_under_any_cause() -> None:
    low, high = KB.number("selftests.smallest_ratio").value, KB.number("selftests.largest_ratio").value
    assert (low, high) == (0.4, 3)
    folder = read_folder(DATA)
    for cause in KB.causes.values():
        for name in (each for each in cause.signs if KB.findings[each].sensed_by == "self_test"):
            ratios = ratios_of(folder, KB.findings[name], cause.signs[name])
            assert all(low - 1e-6 <= ratio <= high + 1e-6 for ratio in ratios.values()), (cause.id, name)


# --- alarms


URGENT = [(name, rung) for name, each in KB.alarms.items() for rung in each.levels if rung.level >= Level.SAME_DAY]


def findings_of(condition: Condition) -> Iterator[str]:
    """Return what a rule looks at, also through named facts."""
    for leaf in condition.leaves():
        if isinstance(leaf, Fact):
            yield from findings_of(KB.facts[leaf.name])
        else:
            yield leaf.finding if isinstance(leaf, Told) else leaf.subject


def test_every_emergency_and_same_day_rule_is_asked_on_one_of_at_most_nine_cards() -> None:
    assert len(KB.cards) <= 9
    for name, rung in URGENT:
        looked_at = set(findings_of(rung.when))
        cards = {KB.findings[each].first_page for each in looked_at if each in KB.findings} - {None}
        assert cards <= set(KB.cards)
        assert cards, name


@pytest.mark.parametrize(
    ("alarm", "words"),
    [
        ("rf_hip_implant", "operated"),
        ("rf_postpartum", "pregnant"),
        ("rf_pregnancy", "pregnant"),
        ("rf_child_pain", "growth plates"),
        ("rf_child_limp", "growth plates"),
        ("rf_teen_pop", "growing bone"),
        ("rf_anticoag", "blood thinner"),
        ("rf_bisphos", "bone drug"),
        ("rf_septic_risk", "infection"),
    ],
)
def test_what_the_clinician_must_hear_is_said(alarm: str, words: str) -> None:
    assert words in KB.alarms[alarm].say_there


# --- both errors: what the rules miss, and whom they frighten

PICTURES = {name: case for _, _, name, case in read_cases(DATA) if isinstance(case["expect"].get("top"), str)}


def level_with_a_calm_page(case: dict[str, Any]) -> Level:
    """The level of a picture whose teller denies all else that the red-flag page asks."""
    page = {name: each.states[0] for name, each in KB.findings.items() if each.first_page not in {None, "where"}}
    places = {name: "no" for name in KB.findings if KB.findings[name].first_page == "where" and name != "worst_point"}
    told = page | places | case["told"]
    athlete = Athlete.of_age(int(case["athlete"]["age"]), case["athlete"]["sex"], ON)
    return triage(athlete, Evidence.of(Finding(*each, ON) for each in told.items()), KB, ON).level


def test_no_textbook_picture_of_an_urgent_cause_stays_below_within_days() -> None:
    urgent = {name: case for name, case in PICTURES.items() if KB.causes[case["expect"]["top"]].urgent}
    assert len(urgent) > 30
    assert [name for name, case in urgent.items() if level_with_a_calm_page(case) < Level.WITHIN_DAYS] == []


def test_few_textbook_pictures_of_what_may_be_treated_at_home_are_sent_away_in_haste() -> None:
    benign = {name: case for name, case in PICTURES.items() if KB.causes[case["expect"]["top"]].self_care}
    hasty = [name for name, case in benign.items() if level_with_a_calm_page(case) >= Level.WITHIN_DAYS]
    assert len(hasty) / len(benign) < 0.2, hasty


@pytest.mark.parametrize("name", ["cauda_equina", "testicular_torsion", "deep_infection", "rhabdomyolysis"])
def test_the_first_picture_of_an_emergency_is_one(name: str) -> None:
    assert level_with_a_calm_page(PICTURES[name]) is Level.EMERGENCY
