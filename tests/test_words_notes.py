"""Letters, notes and case reports are read as well as a runner's own words; what only looks like a finding is none."""

from datetime import date

import pytest

from hipwise.knowledge import Knowledge
from hipwise.words import Reader, Standing

KB = Knowledge.load()
READER = Reader(KB)
ON = date(2030, 5, 6)


def told(text):
    return READER.read(text, ON).told


@pytest.mark.parametrize(
    ("text", "finding", "state"),
    [
        ("c/o R groin pain x 6/52.", "duration", "two_to_6_weeks"),
        ("b/l hip pain.", "side", "both"),
        ("Femoral neck stress fx in 2018.", "prior_stress_fracture", "once"),
        ("Prev tibial BSI 2019.", "prior_stress_fracture", "once"),
        ("Hop test +ve.", "hop_hurts", "yes"),
        ("NWB on crutches.", "weight_bearing", "cannot"),
        ("She denied any fall.", "fall", "no"),
        ("BMI 17.2.", "thin_for_height", "yes"),
        ("BMI 33.", "heavy_for_height", "yes"),
        ("MRI, left.", "side", "left"),
        ("Right groin, two weeks, on running.", "duration", "two_to_6_weeks"),
        ("Stiff hip for years.", "duration", "over_a_year"),
        ("Slipped on ice yesterday.", "duration", "under_2_weeks"),
        ("Running for ten years.", "running_years", "over_5_years"),
        ("Groin pain. Not terrible, about 3 out of 10.", "worst_pain_score", "3"),
        ("Relieved by sitting.", "eased_by_sitting", "yes"),
        ("Landed on that leg and it really hurt.", "hop_hurts", "yes"),
        ("Slowly worse over the last three years.", "worsening", "slowly_over_a_year"),
        ("Slowly getting worse over the last three weeks.", "worsening", "over_weeks"),
        ("It hurt on the left but not enough to stop me running.", "side", "left"),
    ],
)
def test_short_forms_numbers_and_what_stands_alone_are_read(text, finding, state):
    assert told(text)[finding] == state


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("I fell pregnant in May.", "fall"),
        ("I fell in love with running.", "fall"),
        ("I kicked the ball hard.", "fall"),
        ("BMI 24.", "restrictive_eating"),
        ("Groin ache in preparation for a race.", "race_onset"),
        ("Stiff for more than half an hour.", "race_onset"),
        ("My hip has a snapping sensation with walking.", "pop"),
        ("There is a snap in front when I straighten it.", "sudden_crack"),
        ("Groin drags towards the scrotum.", "testicle_pain"),
        ("It gets worse when I play.", "worsening"),
        ("It improves with rest.", "worsening"),
        ("She was in the army.", "pregnancy"),
        ("My son was born ten years ago.", "pregnancy"),
        ("I throw up all night.", "night_pain"),
        ("I cannot sit on a hard chair.", "cannot_sit"),
        ("I do long, hard runs on hard surfaces.", "hard_seat_hurts"),
        ("MRI shows a stress fracture of the sacrum.", "prior_stress_fracture"),
        ("Hip pain. Worse with sitting.", "better_with_movement"),
        ("My left hip hurt two years ago, that healed completely.", "duration"),
        ("I had to stop at the lights.", "cannot_run"),
    ],
)
def test_what_only_looks_like_a_finding_is_none(text, finding):
    assert finding not in told(text)


def test_what_goes_within_minutes_of_rest_has_not_healed():
    assert told("Left buttock cramps that resolved within minutes of stopping.")["pain_buttock"] == "yes"
    assert "pain_buttock" not in told("Left buttock pain that resolved.")


def test_a_hernia_that_will_not_go_back_in_is_not_long_ago():
    found = told("I've had a small bulge in my groin for years. Today it's hard, really painful and won't go back in.")
    assert found["hard_painful_lump"] == "yes"


def test_who_writes_for_a_relative_writes_of_the_patient():
    text = "My husband (42) ran 50 km and now his pee is like cola. He can barely bend his knees."
    assert told(text)["dark_urine"] == "yes"
    assert READER.read(text, ON).sex == "male"
    assert "dark_urine" not in told("My groin hurts. My husband had pee like cola.")


def test_neither_denies_the_sentence_before():
    assert told("Fever or night sweats? Neither. I have a sore groin.").get("fever") == "no"


def test_a_doubt_about_eating_is_a_sign_of_now_and_one_about_an_old_fracture_is_none():
    eating = READER.read("I am probably not eating enough for the training.", ON)
    assert "restrictive_eating" in eating.careful
    assert "restrictive_eating" not in eating.told
    assert "prior_stress_fracture" not in READER.read("Maybe I had a stress fracture years ago.", ON).careful


@pytest.mark.parametrize("finding", ["fever", "weight_bearing", "missed_periods", "night_pain", "fall", "pop"])
def test_no_phrase_that_is_unlike_a_finding_denies_it(finding):
    """What is not said stays unknown: setting a look-alike aside is never a "no"."""
    texts = ["I fell pregnant.", "My hip has a snapping sensation.", "I work nights.", "She was in the army."]
    for text in texts:
        found = READER.read(text, ON)
        assert [each for each in found.of(Standing.DENIED) if each.finding == finding] == []
        assert finding not in found.told or KB.findings[finding].alarming


@pytest.mark.parametrize("text", ["0" * 5000, f"for {'1' * 5000} weeks", f"I am {'9' * 5000}", f"{'٣' * 5000} weeks"])
def test_digits_without_end_are_no_age_and_no_time(text):
    read = READER.read(text, ON)
    assert (read.age_y, read.told.get("duration")) == (None, None)
