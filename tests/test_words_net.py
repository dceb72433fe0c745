"""The net under the reader of own words: what it must ask about, what it must leave alone, and what it may never do."""

from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.causes import triage
from hipwise.knowledge import Knowledge, Lexicon
from hipwise.knowledge import check as check_folder
from hipwise.model import Athlete, Evidence, Finding
from hipwise.validate import answer, read_labelled, report
from hipwise.words import Reader, Standing

KB = Knowledge.load()
LEXICON = Lexicon.load()
READER = Reader(KB)
BARE = Reader(KB, replace(LEXICON, net={}))
ON = date(2026, 6, 15)
HERE = Path(__file__).parent
SENTENCES = yaml.safe_load((HERE / "data" / "words_net.yaml").read_text("utf-8"))
ASKED = list(chain.from_iterable(SENTENCES["asked"].values()))
CALM = list(chain.from_iterable(SENTENCES["calm"].values()))


def careful(text):
    return READER.read(text, ON).careful


def level(states):
    told = Evidence.of(Finding(name, state, ON) for name, state in states.items())
    return triage(Athlete.of_age(30, None, ON), told, KB, ON).level


def caught(text):
    return {each.finding for each in READER.read(text, ON).proposals if each.caught}


def test_every_rule_of_the_net_names_lists_findings_and_states_that_alarm():
    lists = {name for name in LEXICON.net if "." not in name}
    used = set()
    for name, rules in LEXICON.net.items():
        finding, _, state = name.partition(".")
        if name in lists or state == "unlike":
            continue
        assert state in KB.findings[finding].alarming, name
        for rule in rules:
            used |= set(rule.replace("+", " ").replace("~", " ").split())
    unlike = " ".join(chain.from_iterable(rules for name, rules in LEXICON.net.items() if name.endswith(".unlike")))
    assert used <= lists
    assert lists - used <= set(unlike.replace("|", " ").split())


@pytest.mark.parametrize("meaning", SENTENCES["asked"])
def test_what_is_serious_is_told_or_asked_about_in_many_words(meaning):
    finding, _, state = meaning.partition(".")
    missed = [text for text in SENTENCES["asked"][meaning] if careful(text).get(finding) != state]
    assert missed == []


@pytest.mark.parametrize("meaning", SENTENCES["calm"])
def test_what_only_has_the_words_is_not_asked_about(meaning):
    finding, _, state = meaning.partition(".")
    wrong = [text for text in SENTENCES["calm"][meaning] if careful(text).get(finding) == state]
    assert wrong == []


@settings(max_examples=25)
@given(st.lists(st.sampled_from(ASKED + CALM), min_size=1, max_size=5, unique=True))
def test_the_net_takes_nothing_away_and_never_lowers_the_level(parts):
    text = " ".join(parts)
    full, bare = READER.read(text, ON), BARE.read(text, ON)
    assert full.told == bare.told
    assert bare.careful.keys() <= full.careful.keys()
    assert level(full.careful) >= level(bare.careful)


def test_what_the_net_catches_is_in_doubt_and_tells_nothing_by_itself():
    for text in ASKED:
        reading = READER.read(text, ON)
        for each in reading.proposals:
            if each.caught:
                assert each.standing is Standing.DOUBT
                assert each.alarming
                assert text[each.start : each.end] == each.phrase
                assert reading.told.get(each.finding) == each.first


SERIOUS = [
    "shivers",
    "chattering teeth",
    "a swollen calf",
    "a calf that is bigger than the other",
    "brown urine",
    "cancer",
    "a lump that is growing",
    "numbness in my crotch",
    "a cold white foot",
    "pain in my left testicle",
    "soaked sheets at night",
    "vomiting",
    "weakness in my legs",
]


@pytest.mark.parametrize("thing", SERIOUS)
@pytest.mark.parametrize(
    "frame", ["I have no {}.", "Never had {}.", "My friend has {}.", "Denies {}.", "There is no {}."]
)
def test_words_that_are_denied_or_another_persons_raise_nothing(thing, frame):
    text = frame.format(thing)
    assert caught(text) == set()
    assert level(careful(text)) <= level({})


def test_a_milder_word_elsewhere_does_not_hide_a_graver_one_and_is_kept():
    reading = READER.read("It hurts to walk. Since last night there is no way I could get the foot under me.", ON)
    assert reading.careful["weight_bearing"] == "cannot"
    assert reading.told["weight_bearing"] == "hurts"


def test_a_plain_denial_elsewhere_is_left_as_it_is():
    assert careful("I have no fever. I was roasting in the sun.")["fever"] == "no"


@pytest.mark.parametrize(
    ("folder", "cases", "under", "over"),
    [
        ("fresh", 100, 1, 3),
        ("fresh_2", 40, 3, 3),
        ("fresh_3", 40, 0, 2),
        ("fresh_4/mend", 40, 0, 0),
        ("fresh_4/kept", 40, 0, 5),
    ],
)
def test_fresh_stories_are_no_worse_read_than_they_were(folder, cases, under, over):
    labelled = read_labelled(HERE.parent / "validation" / folder, KB)
    found = report(answer(case, KB, READER) for case in labelled)
    assert found["cases"] == cases
    assert found["triage"]["under"]["count"] <= under
    assert found["triage"]["over"]["count"] <= over


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Groin pain since spring.", "six_to_12_weeks"),
        ("My hip hurts since Christmas.", "three_to_12_months"),
        ("It has ached since last autumn.", "three_to_12_months"),
        ("The pain began in the winter.", "three_to_12_months"),
        ("Groin sore since New Year.", "three_to_12_months"),
        ("Groin sore since Christmas 2023.", "over_a_year"),
        ("Sore hip since last summer.", "three_to_12_months"),
    ],
)
def test_seasons_and_holidays_are_counted_from_today(text, state):
    assert careful(text)["duration"] == state


def test_a_holiday_that_lies_ahead_is_last_years():
    assert READER.read("Groin pain since Christmas.", date(2026, 12, 10)).told["duration"] == "three_to_12_months"
    assert READER.read("Groin pain since Christmas.", date(2026, 12, 30)).told["duration"] == "under_2_weeks"


def test_when_it_hurts_or_what_one_fell_from_is_no_time():
    assert "duration" not in careful("My hip hurts in winter.")
    assert "duration" not in careful("Since the fall my hip hurts.")


@pytest.mark.parametrize(
    "text", ["Groin pain, 6 months, worse on stairs.", "Groin pain 3/52.", "It gets worse over years."]
)
def test_a_time_alone_is_no_step_for_the_worse(text):
    assert not {"recently_worse"} & careful(text).keys()


def test_a_worsening_over_a_long_time_is_slow_and_not_recent():
    assert careful("Becoming worse for many years now.")["worsening"] == "slowly_over_a_year"
    assert careful("Five years of gradually increasing groin ache.")["worsening"] == "slowly_over_a_year"
    assert careful("Five weeks of gradually increasing groin ache.")["worsening"] == "over_weeks"
    assert careful("My periods have been regular for years.").get("missed_periods", "no") == "no"
    slow = careful("Worse over the last six months.")
    assert "recently_worse" not in slow
    assert slow["worsening"] == "over_weeks"
    assert careful("Worse over the last three weeks.")["recently_worse"] == "yes"


@pytest.mark.parametrize(
    ("phrase", "seam"),
    [
        ("refuses|will not|unwilling .. walk", "will not"),
        ("sleep .. fine|not affected|good", ""),
        ("same|no change|constant .. run", "no change"),
        ("steadily|more and more|getting sore", "more and more"),
        ("no|without limp|limping", ""),
        ("do|does|did not|never limp", ""),
    ],
)
def test_a_choice_that_a_blank_tears_apart_is_a_fault(tmp_path, phrase, seam):
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "feel.yaml").write_text(f'limp:\n  yes: ["limp", "{phrase}"]\n', "utf-8")
    found = [each for each in check_folder(tmp_path) if each.file == "words/feel.yaml"]
    torn = bool(seam) or phrase.startswith("sleep")
    assert [each.line for each in found] == ([2] if torn else [])
    assert all(seam in each.what for each in found)


def test_sleep_that_is_not_fine_is_no_calm_night():
    assert careful("My sleep is not fine.").get("night_pain") != "no"
    assert careful("My urine has the colour of rust.")["dark_urine"] == "yes"
