"""What advice promises: each claim with both sides, a grade and sources; nothing about weight unasked."""

from pathlib import Path

import pytest

from hipwise.knowledge import Knowledge, Situation, Worth

KB = Knowledge.load()
BOOK = KB.advice

NAMED_BY_THE_FIRST_TEXTS = {
    "rest", "rest_day", "sleep", "ice", "heat", "foam_rolling", "stretching", "warm_up", "cross_training", "footwear",
    "compression", "painkillers", "prescribed_painkillers", "injection", "surgery", "manual_therapy", "massage",
    "weekly_strength", "ten_per_cent", "sitting", "running_tall", "short_stride", "lifting", "nutrition", "weight",
    "supplements", "physiotherapy", "leg_length",
}  # fmt: skip


def test_every_advice_of_the_first_texts_has_its_place() -> None:
    assert set(BOOK.topics) >= NAMED_BY_THE_FIRST_TEXTS


def test_every_claim_is_told_from_both_sides() -> None:
    claims = [claim for topic in BOOK.topics.values() for claim in topic.claims]
    assert len(claims) >= len(NAMED_BY_THE_FIRST_TEXTS)
    assert all(each.seed and each.evidence and each.sources for each in claims)
    assert {each.verdict for each in claims} == set(Worth)


def test_what_the_first_texts_said_wrongly_is_put_right() -> None:
    verdicts = {topic.id: {claim.verdict for claim in topic.claims} for topic in BOOK.topics.values()}
    assert verdicts["supplements"] == verdicts["compression"] == {Worth.NO_EVIDENCE}
    assert Worth.AVOID in verdicts["foam_rolling"]
    assert Worth.AVOID in verdicts["painkillers"]


@pytest.mark.parametrize(
    ("states", "sex", "given"),
    [
        ({}, None, False),
        ({"restrictive_eating": "no"}, None, False),
        ({"restrictive_eating": "no"}, "female", False),
        ({"missed_periods": "no"}, "female", False),
        ({"restrictive_eating": "yes", "missed_periods": "no"}, "female", False),
        ({"restrictive_eating": "no", "missed_periods": "yes"}, "female", False),
        ({"restrictive_eating": "no", "missed_periods": "no"}, "female", True),
        ({"restrictive_eating": "no"}, "male", True),
    ],
)
def test_weight_is_spoken_of_only_where_energy_was_asked_for_and_is_enough(
    states: dict[str, str], sex: str | None, *, given: bool
) -> None:
    rule = BOOK.topics["weight"].only_if
    assert rule is not None
    assert (rule.truth(Situation(states, None, sex, KB.facts)) is True) == given


def test_forty_questions_have_short_answers_with_sources() -> None:
    answers = list(BOOK.answers.values())
    assert [each.place for each in answers] == list(range(1, 41))
    assert all(each.question.endswith("?") for each in answers)
    assert all(len(each.answer.split()) <= 120 for each in answers)
    assert all(source in KB.sources for each in answers for source in each.sources)


def test_the_parts_of_the_hip_stand_in_their_order() -> None:
    parts = list(BOOK.anatomy.values())
    assert [each.place for each in parts] == list(range(1, len(parts) + 1))
    assert {"joint", "femoral_neck", "gluteal_tendons"} <= set(BOOK.anatomy)


def test_answers_are_in_our_own_words() -> None:
    evidence = Path(__file__).parents[2] / "shared"
    if not evidence.exists():
        pytest.skip("the evidence is not here")
    texts = [(evidence / "evidence" / "rehab" / "faq.md").read_text("utf-8")]
    texts += [path.read_text("utf-8") for path in (evidence / "seeds").iterdir()]
    spoken = [each.answer for each in BOOK.answers.values()] + [each.says for each in BOOK.topics.values()]
    sentences = [part for text in spoken for part in text.split(". ") if len(part) > 70]
    assert [each for each in sentences if any(each in text for text in texts)] == []
