"""Telling in own words and scoring questionnaires, as a user types it."""

import json

import pytest

from hipwise.journal import Journal

TEXT = (
    "My left groin has hurt for three weeks when I run, it wakes me at night. I have no fever. "
    "I am a 34-year-old woman."
)
CRUTCHES = "I cannot put weight on my right leg."


def kept(me):
    with Journal.open(me) as journal:
        return {each.id: each.state for each in journal.told()}


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_a_text_as_json_proposes_and_keeps_nothing(hipwise, me):
    data = hipwise("tell", TEXT, "--json").json
    said = {each["finding"]: each for each in data["proposals"]}
    assert said["pain_groin"] | {"start": 0, "end": 0} == {
        "finding": "pain_groin",
        "state": "yes",
        "standing": "said",
        "phrase": "groin has hurt",
        "start": 0,
        "end": 0,
        "alarming": True,
    }
    assert said["fever"]["standing"] == "denied"
    assert (data["age"], data["sex"]) == (34, "female")
    assert kept(me) == {}


def test_with_yes_all_that_is_said_or_denied_is_kept_and_the_output_says_so(hipwise, me):
    data = hipwise("tell", TEXT, "--yes", "--json").json
    assert kept(me)["night_pain"] == "yes"
    assert kept(me)["fever"] == "no"
    assert {each["finding"] for each in data["told_from_text"]} == kept(me).keys()
    assert data["level"] == "same_day"
    with Journal.open(me) as journal:
        assert journal.athlete.sex == "female"
        assert journal.athlete.age_y(journal.on) == 34
        assert {each.origin for each in journal.told()} == {"own words"}


def test_what_the_journal_knows_of_the_runner_stays(hipwise, me):
    hipwise("tell", "--born", "1980-01-01", "--sex", "male")
    hipwise("tell", TEXT, "--yes", "--json")
    with Journal.open(me) as journal:
        assert (journal.athlete.born.year, journal.athlete.sex) == (1980, "male")


def test_what_can_alarm_is_asked_by_its_own_question_and_the_rest_at_once(hipwise, me):
    answer = hipwise("tell", TEXT, typed="2\n1\n?\nnonsense\n2 c1\nright\n")
    assert "Does it hurt in the groin?" in answer.out
    assert 'You wrote: "groin has hurt"' in answer.out
    found = kept(me)
    assert found["pain_groin"] == "yes"
    assert found["night_pain"] == "no"
    assert found["side"] == "right"
    assert "duration" not in found
    assert found["fever"] == "no"


def test_going_back_leaves_an_answer_out_and_0_leaves_out_the_rest(hipwise, me):
    hipwise("tell", TEXT, typed="b\n2\n0\n")
    assert kept(me) == {"night_pain": "lying_on_it"}
    hipwise("tell", "My hip clicks. My left foot is fine, on the left side.", typed="1\nc1\nb\n")


def test_nothing_counts_when_nobody_answers(hipwise, me):
    answer = hipwise("tell", TEXT, typed="2\n")
    assert answer.code == 1
    assert "nobody answered" in answer.err
    assert kept(me) == {}


def test_doubt_what_is_set_aside_and_what_was_not_understood_is_shown(hipwise):
    answer = hipwise(
        "tell", "Maybe my knee hurts. My mother limps. The weather was bad on Tuesday.", typed="d\nd\n\n\n\n"
    )
    assert "not sure" in answer.out.lower()
    assert "set aside" in answer.out.lower()
    assert "The weather was bad on Tuesday" in answer.out


def test_a_text_that_says_nothing_of_the_hip_is_told_so(hipwise, me):
    answer = hipwise("tell", "The weather is lovely today", typed="")
    assert "found nothing" in answer.out
    assert kept(me) == {}


def test_words_without_a_state_are_still_refused(hipwise):
    assert hipwise("tell", "limp", "--json").json["error"]["id"] == "no_equals"
    assert hipwise("tell", " ", "--json").json["error"]["id"] == "no_equals"
    assert hipwise("tell", "limp=no", "--json").json["level"]


def test_assess_goes_the_whole_way_from_a_text(hipwise, story, me):
    data = hipwise("assess", "--text", story, "--age", "30", "--json").json
    assert data["level"] == "same_day"
    assert {"finding": "fever", "state": "no", "phrase": "no fever"} in data["told_from_text"]
    assert data["not_understood"] == []
    assert not me.exists()
    shown = hipwise("assess", "--text", story)
    assert "What the text told" in shown.out or "WHAT THE TEXT TOLD" in shown.out


def test_assess_reads_a_text_from_standard_input_and_lists_what_it_did_not_understand(hipwise):
    data = hipwise("assess", "--text", "-", "--sex", "male", "--json", typed=f"{CRUTCHES} The sky was blue.").json
    assert data["not_understood"] == ["The sky was blue"]
    assert {"finding": "weight_bearing", "state": "cannot", "phrase": "cannot put weight"} in data["told_from_text"]
    assert hipwise("assess", "--text", "-", typed=f"{CRUTCHES} The sky was blue.").out.count("The sky was blue") == 1


def test_an_empty_text_is_never_a_calm_result(hipwise):
    data = hipwise("assess", "--text", "-", "--json", typed="").json
    assert data["told_from_text"] == []
    assert data["level"] != "self_care"
    assert data["missing"]


def test_a_text_that_is_too_long_is_no_text_or_is_not_there_is_refused(hipwise, tmp_path):
    path = tmp_path / "long.txt"
    for content in (b"a " * 10_001, "é".encode() * 90_000):
        path.write_bytes(content)
        assert hipwise("assess", "--text", path, "--json").json["error"]["id"] == "text_long"
    path.write_bytes(b"\xff\xfe\x00")
    assert hipwise("assess", "--text", path, "--json").json["error"]["id"] == "text_unreadable"
    assert hipwise("assess", "--text", tmp_path / "none.txt", "--json").json["error"]["id"] == "text_unreadable"


@pytest.mark.parametrize("more", [("--age", "abc"), ("--age", "300"), ("--sex", "none of it")])
def test_an_age_or_a_sex_that_cannot_be_is_refused(hipwise, story, more):
    assert hipwise("assess", "--text", story, *more, "--json").json["error"]["id"] == "told_athlete"


def test_options_that_do_not_go_together_are_refused(hipwise, story, told):
    assert hipwise("assess", "--text", story, "--told", told({}), "--json").code == 2
    assert hipwise("assess", "--age", "30", "--json").code == 2


def test_a_score_is_counted_compared_and_kept(hipwise):
    data = hipwise("score", "ihot12", *[70] * 11, "-", "--before", "55", "--json").json
    assert data["scales"] == {"total": 70}
    assert data["missing"] == 1
    assert data["changes"][0]["meaning"] == "matters"
    assert data["changes"][0]["threshold"]["source"] == "ihot12_nonoperative"
    assert hipwise("score", "NPRS", "7", "--keep", "--json").json["changes"] == []


def test_a_score_is_shown_in_words(hipwise):
    better = hipwise("score", "nprs", "4", "--before", "7").out
    assert "3 better" in better
    assert "never clears a bone" in better
    assert "2 worse" in hipwise("score", "nprs", "7", "--before", "5").out
    assert "no verified threshold" in hipwise("score", "visa_g", *[5] * 8, "--before", "40").out
    hoos = hipwise("score", "hoos12", *["-"] * 3, *[2] * 9, "--before", "50, 50, 50, 50").out
    assert "too few answers" in hoos
    assert "mean of all scales" in hoos


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("nothing", "1"), "unknown_questionnaire"),
        (("nprs", "much"), "score_number"),
        (("nprs", "nan"), "score_number"),
        (("nprs", "11"), "score_answer"),
        (("lefs", "1"), "score_count"),
    ],
)
def test_a_score_that_cannot_be_is_refused_in_words(hipwise, words, error):
    assert hipwise("score", *words, "--json").json["error"]["id"] == error
    assert json.loads(hipwise("score", "nprs", "4", "--before", "1 2", "--json").out)["error"]["id"] == "wrong_words"
