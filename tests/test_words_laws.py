"""The laws of own words: a "no" removes, order does not matter, calm alarms nobody; how lists and headings are read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.knowledge import Knowledge
from hipwise.words import Reader

KB = Knowledge.load()
READER = Reader(KB)
ON = date(2026, 6, 15)


def read(text):
    return READER.read(text, ON)


def told(text):
    return read(text).told


ALARMS = {
    "fever": "fever",
    "night sweats": "night_sweats",
    "weight loss": "weight_loss",
    "a limp": "limp",
    "numbness in my leg": "tingling",
    "a swollen calf": "swollen_leg",
    "bruising": "bruise",
    "chest pain": "breathless",
    "stress fractures": "prior_stress_fracture",
}


@pytest.mark.parametrize(("thing", "finding"), ALARMS.items())
def test_a_no_before_what_alarms_removes_it(thing, finding):
    assert told(f"I have {thing}.")[finding] in KB.findings[finding].alarming
    assert told(f"I have no {thing}.").get(finding) == "no"


@given(
    st.permutations(["I have a fever.", "My calf is swollen.", "It wakes me at night.", "I cannot walk.", "I limp."])
)
def test_the_order_of_sentences_does_not_matter(parts):
    assert told(" ".join(parts)) == told(" ".join(sorted(parts)))


CALM = [
    "I have no fever.",
    "I sleep well.",
    "Walking is fine.",
    "Stairs are no problem.",
    "I can hop without pain.",
    "My weight is stable.",
    "My periods are regular.",
    "There is no numbness and no weakness.",
    "No trouble with my bladder.",
    "I feel well.",
    "I do not limp.",
]


@given(st.lists(st.sampled_from(CALM), min_size=1, unique=True))
def test_calm_sentences_alone_alarm_nobody(parts):
    alarming = {name: state for name, state in told(" ".join(parts)).items() if state in KB.findings[name].alarming}
    assert alarming == {}


@pytest.mark.parametrize(
    ("text", "finding", "state"),
    [
        ("It wakes me at night. It only hurts at night if I lie on it.", "night_pain", "yes"),
        ("I can walk without pain. Since yesterday I cannot put weight on it.", "weight_bearing", "cannot"),
        ("My temperature is 36.8 C now. I had a fever this morning.", "fever", "yes"),
    ],
)
def test_of_two_statements_the_more_careful_one_counts(text, finding, state):
    assert told(text)[finding] == state


def test_a_doubted_sign_counts_where_a_text_alone_is_weighed_but_a_doubted_denial_calms_nobody():
    found = read("I think I heard a pop. Maybe I have no fever. I am afraid that I could have a stress fracture.")
    assert found.careful["pop"] == "yes"
    assert "pop" not in found.told
    assert found.careful.keys().isdisjoint({"fever", "prior_stress_fracture"})


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("It hurts when I climb stairs, drive, squat or cross my legs.", "stairs driving squat cross_legs"),
        ("Worse: stairs, driving, hills.", "stairs driving uphill"),
        ("Sitting, stairs and sprinting are murder.", "sitting stairs fast"),
    ],
)
def test_one_word_says_how_a_whole_list_goes(text, findings):
    assert {f"{name}_hurts" for name in findings.split()} <= {
        name for name, state in told(text).items() if state == "yes"
    }


@pytest.mark.parametrize(
    ("text", "finding", "state"),
    [
        ("Stairs are fine.", "stairs_hurts", "no"),
        ("No pain sitting, no pain walking.", "weight_bearing", "normal"),
        ("Sitting is not comfortable.", "sitting_hurts", "yes"),
        ("It is fine when I am not running.", "impact_pain", "yes"),
        ("It hurts on stairs but not when I squat.", "squat_hurts", "no"),
        ("It is fine on stairs but not when I squat.", "squat_hurts", "yes"),
        ("Better with sitting.", "driving_hurts", None),
        ("Night: wakes twice.", "night_pain", "yes"),
        ("The leg would not take my weight.", "weight_bearing", "cannot"),
        ("I have run for ten years and my groin hurts.", "duration", None),
        ("Pain for a good hour and a half each morning, and stiff.", "morning_stiffness", "over_30_min"),
        ("stress # of the tibia in 2018", "prior_stress_fracture", "once"),
        ("Temp 101.2 f", "fever", "yes"),
        ("38F with groin pain", "fever", None),
    ],
)
def test_what_people_do_headings_and_shorthand_are_read(text, finding, state):
    assert told(text).get(finding) == state
