"""Whose sign it is, when it was, and whether it was denied; what is so now is never lost over it."""

from datetime import date
from itertools import chain
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.causes import triage
from hipwise.knowledge import Knowledge
from hipwise.model import Athlete, Evidence, Finding
from hipwise.words import Reader

KB = Knowledge.load()
READER = Reader(KB)
ON = date(2026, 6, 15)
DATA = Path(__file__).parent / "data"
TEXTS = yaml.safe_load((DATA / "words_whose.yaml").read_text("utf-8"))
SERIOUS = [
    text
    for text in chain.from_iterable(yaml.safe_load((DATA / "words_net.yaml").read_text("utf-8"))["asked"].values())
    if text.startswith(("I ", "My ")) and not {"he", "she", "his", "her", "him"} & set(text.lower().split())
]
ANOTHERS = [
    "My friend had a stress fracture. She could not walk and was on crutches.",
    "A guy at my club broke his hip, he could not stand.",
    "My physio asked about fever and numbness and I said no to all of it.",
    "My brother had the same. He ran through it and was fine.",
]


def careful(text):
    return READER.read(text, ON).careful


def level(text):
    states = careful(text)
    told = Evidence.of(Finding(name, state, ON) for name, state in states.items())
    return triage(Athlete.of_age(30, None, ON), told, KB, ON).level


@pytest.mark.parametrize("promise", TEXTS)
def test_a_sign_is_whose_and_when_the_text_says(promise):
    wrong = []
    for each in TEXTS[promise]:
        read = careful(each["text"])
        missed = [sign for sign in each.get("sign", ()) if read.get(sign.split("=")[0]) != sign.split("=")[1]]
        signs = [name for name in each.get("none", ()) if read.get(name) in KB.findings[name].alarming]
        known = [name for name in each.get("unknown", ()) if name in read]
        wrong += [(each["text"], *missed, *signs, *known)] if missed or signs or known else []
    assert wrong == []


@settings(max_examples=40)
@given(st.sampled_from(ANOTHERS), st.sampled_from(SERIOUS), st.booleans())
def test_what_another_had_never_lowers_what_the_writer_tells(another, own, before):
    assert level(f"{another} {own}" if before else f"{own} {another}") >= level(own)


@pytest.mark.parametrize(
    ("text", "age_y"),
    [
        ("I have had pain for 6 years.", None),
        ("When I was pregnant 6 years ago I had pain.", None),
        ("My 12 year old has a limp.", 12),
        ("He is 13 years.", 13),
        ("a boy of 13 years with a limp", 13),
        ("34 y/o woman", 34),
        ("66 years. Groin hurts when I stand.", 66),
        ("66 years, slipped on a wet floor", 66),
        ("45 years female", 45),
    ],
)
def test_an_age_is_of_somebody_and_not_of_a_pain(text, age_y):
    assert READER.read(text, ON).age_y == age_y


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("My partner's hip hurts. She runs, and she limps.", "female"),
        ("My mate has groin pain. He limps and it hurts him to walk.", "male"),
        ("My husband's hip hurts. He limps.", "male"),
    ],
)
def test_who_writes_for_another_tells_of_their_sex(text, sex):
    assert READER.read(text, ON).sex == sex
