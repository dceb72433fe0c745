"""A question gets a cited answer, or none; a figure, unless the exercise is kept back; gaps can be marked."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.journal._ask import hear, search
from hipwise.journal._own_words import reader_of

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("May I run with hip pain?", "run_with_pain"),
        ("is it ok to take ibuprofen and run", "ibuprofen"),
        ("should I use ice or heat", "ice_or_heat"),
        ("does physiotherapy help", "physio_help"),
        ("why does my hip click", "click"),
        ("which shoes", "which_shoes"),
    ],
)
def test_a_question_finds_its_answer(knowledge, question, wanted):
    found = search(question, knowledge)
    assert found
    assert all(each.sources for each in found)
    assert found[0].id == wanted


@pytest.mark.parametrize(
    "question",
    ["who won the marathon in Boston", "how do I bake bread", "zzz qqq", "what is the capital of France", "?!"],
)
def test_a_question_beyond_the_sources_gets_no_answer(knowledge, question):
    assert search(question, knowledge) == ()


def test_every_question_of_the_book_finds_itself(knowledge):
    missed = [
        each.id for each in knowledge.advice.answers.values() if search(each.question, knowledge)[0].id != each.id
    ]
    assert missed == []


def test_an_answer_says_who_says_so(client):
    found = client.get("/ask", params={"q": "How long should I rest?"}).json()
    assert found["alarming"] == []
    assert found["referral"] is None
    assert found["answers"][0]["id"] == "how_long_rest"
    assert all(source["title"] for source in found["answers"][0]["sources"])


def test_a_question_that_sounds_like_a_red_flag_says_so(client):
    found = client.get("/ask", params={"q": "I have a fever and cannot put weight on my leg, may I run?"}).json()
    assert found["alarming"]


CATALOGUE = Path(__file__).resolve().parents[2] / "web" / "src" / "texts" / "en.json"
SUGGESTED = [text for name, text in json.loads(CATALOGUE.read_text()).items() if re.fullmatch(r"ask\.s\d", name)]


def heard(question, knowledge):
    return hear(question, reader_of(knowledge).read(question, TODAY), knowledge)


@pytest.mark.parametrize("question", [*SUGGESTED, "Is it ok to run with hip pain?"])
def test_a_question_that_only_mentions_a_pain_is_answered(knowledge, question):
    assert heard(question, knowledge).alarming == ()
    assert search(question, knowledge)


def test_there_are_six_suggested_questions():
    assert len(SUGGESTED) == 6


ALARMS = {
    "weight": ("I cannot put weight on my leg", "I limp", "I heard a crack on the run", "I can't run at all"),
    "nerves": ("numb between the legs", "new trouble holding urine", "my foot drops"),
    "body": ("the leg is cold and white", "my calf is swollen", "chest pain", "dark urine"),
    "infection": ("fever", "chills"),
    "injury": ("I fell", "I heard a pop", "the leg looks shorter"),
    "night": ("it hurts at night", "hip pain at night", "it hurts at rest", "constant hip pain"),
    "cancer": ("I lost weight without trying", "night sweats"),
    "bone_risk": ("I had a stress fracture", "my periods stopped", "osteoporosis"),
    "where": ("groin pain", "my hip hurts", "I have hip pain", "deep hip pain"),
}


@given(st.sampled_from([each for card in ALARMS.values() for each in card]), st.sampled_from([*SUGGESTED, ""]))
@settings(max_examples=80, deadline=None)
def test_a_red_flag_beside_any_question_leads_to_the_check(knowledge, phrase, question):
    found = heard(f"{phrase}. {question}", knowledge)
    assert found.alarming, phrase
    assert found.mentioned == ()


def test_every_card_of_the_first_page_has_an_alarm_that_is_tried(knowledge):
    assert set(ALARMS) == {each.first_page for each in knowledge.findings.values() if each.first_page and each.alarming}


@pytest.mark.parametrize(
    "question",
    [
        "May I run with severe hip pain?",
        "May I run with groin pain?",
        "May I run with a stress fracture?",
        "May I run with hip pain and a fever?",
        "May I run with my hip pain?",
        "May I run with hip pain? I limp.",
        "May I run with hip pain at night?",
        "Hip pain, may I run?",
    ],
)
def test_a_question_that_says_more_than_hip_pain_leads_to_the_check(knowledge, question):
    assert heard(question, knowledge).alarming


def test_what_was_only_mentioned_is_told(client):
    found = client.get("/ask", params={"q": "May I run with hip pain?"}).json()
    assert found["mentioned"] == ["hip pain"]


def test_nothing_is_answered_while_somebody_must_be_seen_first(client):
    client.patch("/athlete", json={"age_y": 34, "sex": "female", "country": "IE"})
    client.post("/answers", json={"states": {"weight_bearing": "cannot"}})
    found = client.get("/ask", params={"q": "Which simple exercises can I do at home?"}).json()
    assert found["referral"]["level"] in {"emergency", "same_day"}
    assert found["answers"] == []


def test_an_exercise_has_a_figure_unless_it_is_kept_back(client, knowledge):
    loaded = next(name for name, each in knowledge.rehab.exercises.items() if each.loads and not each.impact)
    landing = next(name for name, each in knowledge.rehab.exercises.items() if each.impact)
    shown = client.get(f"/exercises/{loaded}/figure").json()["svg"]
    assert shown.startswith("<svg")
    assert client.get(f"/exercises/{loaded}/figure?side=left").json()["svg"] != shown
    assert client.get(f"/exercises/{landing}/figure").json()["svg"] is None, "red flags are open"
    client.post("/answers", json={"states": {"weight_bearing": "cannot"}})
    assert client.get(f"/exercises/{loaded}/figure").json()["svg"] is None
    assert client.get("/exercises/nobody_knows_it/figure").status_code == 404


def test_a_gap_can_be_told_and_taken_back(lived_client):
    found = lived_client.get("/quality").json()
    assert {week["grade"] for week in found["weeks"]} <= set("ABCD")
    marked = lived_client.post("/gaps", json={"from": "2026-03-03", "to": "2026-03-05", "kind": "rest"}).json()
    assert lived_client.post("/undo", json={"event": marked["event"]}).status_code == 200
    wrong = lived_client.post("/gaps", json={"from": "2026-03-05", "to": "2026-03-03", "kind": "rest"})
    assert (wrong.status_code, wrong.json()["id"]) == (422, "gap_days")


def test_a_session_is_kept_and_the_plan_follows(lived_client):
    plan = lived_client.get("/plan").json()["plan"]
    done = [{"exercise": plan["exercises"][0]["id"], "felt": "hurts"}]
    kept = lived_client.post("/sessions", json={"done": done, "pain": 6})
    assert kept.status_code == 200
    assert kept.json()["event"]
    assert lived_client.get("/history").json()["events"][0]["kind"] in {"done", "plan"}
    for wrong in ({"done": []}, {"done": done, "pain": 11}, {"done": [{"exercise": "nobody_knows_it"}]}):
        assert lived_client.post("/sessions", json=wrong).status_code == 422


def test_proposed_changes_can_be_accepted_or_left(lived_client):
    proposed = lived_client.get("/plan/changes").json()["proposed"]
    assert all({"id", "reason"} <= each.keys() for each in proposed)
    for each in proposed:
        assert lived_client.post(f"/plan/changes/{each['id']}/decline").status_code == 200
    left = {each["id"] for each in lived_client.get("/plan/changes").json()["proposed"]}
    assert not left & {each["id"] for each in proposed}
    missing = lived_client.post("/plan/changes/nobody_knows_it/accept")
    assert missing.json()["id"] == "no_such_change"
