"""The safety case: labelled pictures, written from the evidence, come out as urgent as they must, or are known not to.

Floors and the ceiling are what was measured, with no room for a step back. Better figures are welcome: renew them, and
the page, with `python validation/safety_case.py`.
"""

import importlib.util
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml

from hipwise.causes import triage
from hipwise.knowledge import Knowledge, Level
from hipwise.model import Athlete, Evidence, Finding
from hipwise.validate import report

ROOT = Path(__file__).parents[1]
KNOWN = yaml.safe_load((ROOT / "validation" / "known_failures.yaml").read_text("utf-8"))
WAYS = ("told", "text")
ON = date(2030, 5, 6)

pytestmark = pytest.mark.slow
"""Some ten seconds, most of them for reading 200 texts and weighing causes 1,000 times."""


@pytest.fixture(scope="module")
def script():
    made = importlib.util.spec_from_file_location("safety_case", ROOT / "validation" / "safety_case.py")
    module = importlib.util.module_from_spec(made)
    made.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def answers(script):
    return dict(zip(WAYS, script.vignette_answers(Knowledge.load()), strict=True))


@pytest.fixture(scope="module")
def by_id(answers):
    return {each.case.id: each for each in answers["told"]}


def of_kind(answers, kind):
    return [each for each in answers if each.case.label.kind == kind]


def percent(share):
    return 100 * share["share"]


@pytest.mark.parametrize("way", WAYS)
def test_nothing_that_must_be_escalated_stays_below_its_least_level_but_what_is_known(answers, way):
    under = {each.case.id: each.level.code for each in answers[way] if each.under}
    new = {name: level for name, level in under.items() if name not in KNOWN[way]}
    assert new == {}, f"too little urgency, {way}: {new}"
    healed = KNOWN[way].keys() - under.keys()
    assert healed == set(), f"these come out right now; take them off known_failures.yaml: {sorted(healed)}"


def test_every_known_failure_has_its_day_and_its_reason():
    assert all(each["since"].year and len(each["reason"]) > 20 for way in WAYS for each in KNOWN[way].values())
    assert len(KNOWN["told"]) <= 1
    assert len(KNOWN["text"]) <= 12


def test_emergencies_are_found_as_emergencies(answers):
    emergencies = [each for each in answers["told"] if min(each.case.label.allowed) is Level.EMERGENCY]
    assert len(emergencies) > 70
    assert {each.case.id for each in emergencies if each.level is not Level.EMERGENCY} == set()


def test_benign_pictures_are_not_frightened_more_often_than_the_aim(answers):
    benign = of_kind(answers["told"], "benign")
    assert len(benign) > 140
    assert percent(report(benign)["triage"]["over"]) <= 17.3  # measured: 26 of 151; the aim is 20


def test_a_tidy_benign_picture_is_never_frightened(answers):
    tidy = [each for each in of_kind(answers["told"], "benign") if each.case.label.group != "messy"]
    assert [each.case.id for each in tidy if each.over] == []


def test_untidy_benign_pictures_are_frightened_no_more_often_than_measured(answers):
    untidy = [each for each in of_kind(answers["told"], "benign") if each.case.label.group == "messy"]
    assert len(untidy) > 40
    assert sum(each.over for each in untidy) <= 26  # of 46: far above the aim, and said so on the page


def test_an_untidy_benign_picture_meets_only_the_alarms_for_bone(answers):
    """What it costs to miss no bone stress; another alarm here would be a new fright."""
    over = [each for each in of_kind(answers["told"], "benign") if each.over]
    rules = {alarm for each in over for alarm in each.alarms} - {"rf_no_gain", "rf_not_run_yet"}
    assert rules == {"rf_bsi_core", "rf_bsi_soft"}


def test_benign_pictures_in_own_words_are_frightened_no_more_often_than_measured(answers):
    assert percent(report(of_kind(answers["text"], "benign"))["triage"]["over"]) <= 19


def test_the_right_cause_of_a_benign_picture_comes_first_as_often_as_measured(answers):
    told, text = (report(of_kind(answers[way], "benign"))["causes"] for way in WAYS)
    assert percent(told["first_fair"]) >= 99
    assert percent(told["three_fair"]) >= 99
    assert percent(text["first_fair"]) >= 69
    assert percent(text["three_fair"]) >= 84


def test_what_is_promised_of_the_likeliest_cause_of_a_benign_picture_is_honest_or_shy(answers):
    calibration = report(of_kind(answers["told"], "benign"))["calibration"]
    assert calibration["brier"] <= 0.06
    assert all(each["high"] >= each["promised"] for each in calibration["reliability"])


def test_an_answer_that_alarms_moves_a_twin_above_the_picture_that_it_was_made_of(answers, by_id, twins):
    for each in of_kind(answers["told"], "twin"):
        if each.case.label.group in {"alarm", "bone", "young"}:
            before = by_id[twins[each.case.id]["of"]]
            assert each.level >= before.level, each.case.id
            assert each.level > before.level or before.level >= min(each.case.label.allowed), each.case.id


def test_a_harmless_answer_moves_no_twin(answers, by_id, twins):
    moved = {
        each.case.id: (by_id[twins[each.case.id]["of"]].level.code, each.level.code)
        for each in of_kind(answers["told"], "twin")
        if each.case.label.group == "harmless" and each.level != by_id[twins[each.case.id]["of"]].level
    }
    assert moved == {}


def test_nothing_that_speaks_for_a_harmless_cause_calms_a_serious_picture(answers, by_id, twins):
    for each in of_kind(answers["told"], "twin"):
        if each.case.label.group == "no_comfort":
            assert each.level >= by_id[twins[each.case.id]["of"]].level, each.case.id


@pytest.fixture(scope="module")
def twins():
    return yaml.safe_load((ROOT / "validation" / "vignettes" / "twins.yaml").read_text("utf-8"))


def test_the_twins_are_those_of_the_script(twins):
    made = importlib.util.spec_from_file_location("make_twins", ROOT / "validation" / "make_twins.py")
    module = importlib.util.module_from_spec(made)
    made.loader.exec_module(module)
    assert twins == dict(module.twins())


def test_there_are_as_many_vignettes_as_promised_and_each_says_what_it_was_written_from(answers):
    cases = [each.case for each in answers["told"]]
    kinds = Counter(case.label.kind for case in cases)
    assert len(cases) >= 500
    assert kinds["must_escalate"] + kinds["benign"] >= 200
    assert sum(case.text is not None for case in cases) >= 150
    rows = re.compile(r"(alarms|conditions|findings|guidelines)/.+")
    assert [case.id for case in cases if not rows.fullmatch(case.label.evidence) or not case.title] == []
    assert min(case.age_y for case in cases if case.age_y is not None) <= 8
    assert max(case.age_y for case in cases if case.age_y is not None) >= 85


def test_every_cause_has_a_vignette(answers):
    wanted = {cause for each in answers["told"] for cause in each.case.label.fair}
    assert Knowledge.load().causes.keys() - wanted == set()


def test_every_rung_of_every_alarm_is_reached_by_one_vignette_and_left_silent_by_another(answers):
    """A new rung needs a picture that was written from its evidence: the benign ones keep most rungs silent."""
    knowledge, fired = Knowledge.load(), Counter()
    for each in answers["told"]:
        told = Evidence.of(Finding(finding, state, ON) for finding, state in each.told.items())
        urgency = triage(Athlete.of_age(each.case.age_y, each.case.sex, ON), told, knowledge, ON)
        fired.update((alarm.id, alarm.because) for alarm in urgency.alarms)
    rungs = {(alarm.id, rung.because) for alarm in knowledge.alarms.values() for rung in alarm.levels}
    assert rungs - fired.keys() == set()
    assert max(fired.values()) < len(answers["told"])


def test_the_page_shows_the_figures_of_today(script, answers):
    page = script.PAGE.read_text("utf-8")
    fresh = script.renewed(page, script.vignette_blocks(answers["told"], answers["text"]))
    assert page == fresh, "to renew it: python validation/safety_case.py"
