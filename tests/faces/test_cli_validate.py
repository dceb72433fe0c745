"""`hipwise validate` shows the figures of labelled cases, as a page or as data, and says what it is not."""

from pathlib import Path

import pytest

VIGNETTES = Path(__file__).parents[2] / "validation" / "vignettes"
FEW = VIGNETTES / "must_escalate_sparse.yaml"
ONE = """
one:
  title: A groin that hurts on running
  kind: benign
  group: groin
  athlete: {age: 30, sex: female}
  told: {pain_groin: "yes", impact_pain: "yes", limp: "yes"}
  text: My groin hurts when I run and I limp.
  expect: {at_most: routine, top_any: [iliopsoas_related]}
  evidence: conditions/iliopsoas_related
"""


@pytest.fixture
def one(tmp_path):
    file = tmp_path / "one.yaml"
    file.write_text(ONE, "utf-8")
    return file


def test_the_page_shows_shares_with_intervals_the_matrix_and_who_did_not_review_it(hipwise):
    answer = hipwise("validate", FEW)
    shown = " ".join(answer.out.split())
    assert answer.code == 0
    assert "12 LABELLED CASES, BY THEIR ANSWERS" in shown
    assert "Too little urgency 0 of 12 0 % 0 to 24 %" in shown
    assert "URGENCY THAT WAS LABELLED (ROWS) AND SAID" in shown
    assert "No clinician has reviewed" in shown


def test_every_miss_is_listed_with_its_reasons_on_demand(hipwise, one):
    short, long = hipwise("validate", one).out, " ".join(hipwise("validate", one, "--verbose").out.split())
    assert "--verbose lists them" in short
    assert "one: too much urgency, same_day (labelled self_care-routine); alarms: rf_bsi_core" in long
    assert "A groin that hurts on running" in long
    assert "BY GROUP" in long


def test_own_words_are_read_where_asked(hipwise, one):
    data = hipwise("validate", one, "--text", "--json").json
    assert data["told"] == "text"
    assert data["misses"][0]["told"]["limp"] == "yes"
    assert "in own words".upper() in hipwise("validate", one, "--text").out


def test_the_questions_of_an_interview_are_counted_where_asked(hipwise, one):
    assert hipwise("validate", one, "--json").json["questions"] is None
    assert "Pages and questions of an interview: median" in hipwise("validate", one, "--questions").out


def test_what_is_not_there_is_not_counted(hipwise, one):
    one.write_text(
        ONE.replace("top_any: [iliopsoas_related]", "").replace("  group: groin\n", "  group: ''\n"), "utf-8"
    )
    shown = " ".join(hipwise("validate", one, "--verbose").out.split())
    assert "Brier" not in shown
    assert "Found cause first 0 of 0" in shown
    one.write_text(ONE.replace("  text: My groin hurts when I run and I limp.\n", ""), "utf-8")
    refused = hipwise("validate", one, "--text", "--json")
    assert refused.code == 1
    assert "own words" in refused.json["error"]["why"]


def test_a_wrong_case_is_an_error_in_words(hipwise, one):
    one.write_text(ONE.replace("limp:", "lipm:"), "utf-8")
    answer = hipwise("validate", one)
    assert answer.code == 1
    assert "lipm" in answer.err
    assert "Nothing was scored" in " ".join(answer.err.split())
