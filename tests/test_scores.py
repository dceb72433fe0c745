"""Questionnaires: numbers become a score, and two scores a change with its meaning; no item is ever shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.errors import HipwiseError
from hipwise.journal import Journal
from hipwise.knowledge import Knowledge
from hipwise.scores import Meaning, change, score
from sore_runner import Clock

KB = Knowledge.load()
FORMS = KB.questionnaires


def total(form, answers):
    return score(FORMS[form], answers).scales["total"]


@pytest.mark.parametrize(
    ("form", "answers", "expected"),
    [
        ("ihot12", [80, 75, 60, 90, 55, 70, 85, 40, 65, 75, 80, 65], 70.0),
        ("lefs", [3] * 20, 60),
        ("visa_g", [10, 10, 10, 10, 10, 10, 10, 30], 100),
        ("visa_h", [10, 8, 7, 9, 6, 5, 7, 20], 72),
        ("uwri", [3, 3, 2, 3, 3, 2, 2, 3, 3], 24),
        ("ostrc_o2", [8, 17, 8, 25], 58),
        ("ostrc_h2", [25, 25, 25, 25], 100),
        ("nprs", [4], 4),
        ("psfs", [3, 4, 8], 5),
    ],
)
def test_a_worked_example_gives_its_score(form, answers, expected):
    assert total(form, answers) == expected


def test_hagos_has_six_scales_and_no_total():
    answers = [1] * 7 + [2] * 10 + [0] * 5 + [4] * 8 + [3] * 2 + [1] * 5
    assert score(FORMS["hagos"], answers).scales == {
        "symptoms": 75,
        "pain": 50,
        "daily_living": 100,
        "sport": 0,
        "physical_activity": 25,
        "quality_of_life": 75,
    }


def test_hoos_12_fills_a_missing_answer_with_the_mean_of_its_scale_and_sums_up_only_whole_scales():
    form = FORMS["hoos12"]
    assert score(form, [1, 1, None, 3, 2, 2, 2, 2, 0, 0, 0, 0]).scales == {
        "pain": 58.3,
        "function": 50,
        "quality_of_life": 100,
        "total": 69.4,
    }
    found = score(form, [None, None, None, 3, 2, 2, 2, 2, 0, 0, 0, 0])
    assert found.scales["pain"] is None
    assert found.scales["total"] is None
    assert found.missing == 3


def test_too_few_answers_make_the_score_unknown_not_worse_or_better():
    assert total("ihot12", [50] * 10 + [None] * 2) == 50
    assert total("ihot12", [50] * 9 + [None] * 3) is None
    assert total("lefs", [4] * 19 + [None]) is None


def test_no_problem_in_the_first_answer_skips_the_others():
    assert total("ostrc_o2", [0]) == 0
    with pytest.raises(HipwiseError, match="do not fit"):
        score(FORMS["ostrc_o2"], [0, 17, 0, 0])


@pytest.mark.parametrize(
    ("form", "answers", "error"),
    [
        ("lefs", [3] * 19, "score_count"),
        ("lefs", [3] * 19 + [5], "score_answer"),
        ("visa_h", [10, 8, 7, 9, 6, 5, 5, 20], "score_answer"),
        ("visa_h", [10, 8, 7, 9, 6, 5, 7, 31], "score_answer"),
        ("ostrc_o2", [8, 17, 9, 25], "score_answer"),
        ("nprs", [-1], "score_answer"),
        ("psfs", [3, 4], "score_count"),
        ("visa_g", [20] * 8, "score_top"),
    ],
)
def test_answers_that_the_form_does_not_have_are_refused(form, answers, error):
    with pytest.raises(HipwiseError) as problem:
        score(FORMS[form], answers)
    assert problem.value.text == error


@pytest.mark.parametrize(
    ("form", "before", "now", "by", "meaning"),
    [
        ("ihot12", 50, 64, 14, Meaning.MATTERS),
        ("ihot12", 50, 58, 8, Meaning.WITHIN_ERROR),
        ("ihot12", 50, 60, 10, Meaning.TOO_SMALL),
        ("ihot12", 64, 50, -14, Meaning.MATTERS),
        ("nprs", 7, 4, 3, Meaning.MATTERS),
        ("nprs", 4, 5, -1, Meaning.TOO_SMALL),
        ("visa_g", 40, 90, 50, Meaning.NO_THRESHOLD),
        ("ostrc_o2", 58, 0, 58, Meaning.NO_THRESHOLD),
        ("visa_h", 40, None, None, Meaning.NOT_KNOWN),
    ],
)
def test_a_change_is_told_with_its_meaning_and_better_is_positive(form, before, now, by, meaning):
    (found,) = change(FORMS[form], {"total": before}, {"total": now})
    assert (found.by, found.meaning) == (by, meaning)
    assert (found.threshold is None) == (meaning in {Meaning.NO_THRESHOLD, Meaning.NOT_KNOWN})


def test_a_threshold_of_error_alone_does_not_say_that_a_change_matters():
    form = FORMS["lefs"]
    bare = form.model_copy(update={"scales": {"total": form.scales["total"].model_copy(update={"mcid": None})}})
    (found,) = change(bare, {"total": 40}, {"total": 60, "another": 3})
    assert found.meaning is Meaning.BEYOND_ERROR


@given(st.lists(st.integers(0, 4) | st.none(), min_size=12, max_size=12))
def test_a_score_lies_within_its_form_and_less_trouble_is_never_a_lower_score(answers):
    form = FORMS["hoos12"]
    less = [None if each is None else max(0, each - 1) for each in answers]
    for worse, better in zip(score(form, answers).scales.values(), score(form, less).scales.values(), strict=True):
        assert (worse is None) == (better is None)
        assert worse is None or 0 <= worse <= better <= 100


def test_every_threshold_bears_its_source_and_no_form_has_texts_of_its_items():
    for form in FORMS.values():
        assert set(form.sources) <= set(KB.sources)
        assert form.missing
        assert form.licence


def test_the_journal_keeps_a_score_with_its_day_and_compares_it_with_the_one_before(tmp_path):
    clock = Clock()
    with Journal.open(tmp_path / "me.db", now=clock) as journal:
        first, none = journal.score("NPRS", [7])
        assert (first.scales, none) == ({"total": 7}, ())
        clock.on = clock.on.replace(year=clock.on.year + 1)
        _, (found,) = journal.score("nprs", [4])
        assert found.meaning is Meaning.MATTERS
        assert [scales["total"] for _, scales in journal.scores("nprs")] == [7, 4]
        with pytest.raises(HipwiseError, match="no questionnaire"):
            journal.score("ihot", [7])
        with pytest.raises(HipwiseError):
            journal.score("nprs", [11])
        assert len(journal.scores("nprs")) == 2
