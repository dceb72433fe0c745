"""What other programs depend on: exact shapes of JSON, exit codes, and where the journal is."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import typer

from hipwise.cli import app
from sore_runner import BONE, KB, ON, calm, fit, gpx

ASSESSMENT = {"level", "alarms", "causes", "next", "referral", "not_looked_at", "versions"}
ALARM = {"id", "level", "because", "suspects", "says", "sources"}
CAUSE = {"id", "name", "probability", "low", "high", "for", "against", "not_asked"}
RUN = {
    "id",
    "file",
    "sport",
    "started_at",
    "local_date",
    "distance_m",
    "timer_s",
    "elapsed_s",
    "records",
    "cadence_spm",
    "heart_rate_bpm",
    "sources",
}
LEVELS = ["emergency", "same_day", "within_days", "routine", "self_care"]
RUNNER = {"age": 35, "sex": "female"}


# assess --told


@pytest.mark.parametrize(
    ("level", "states"),
    [
        ("emergency", {"bladder_bowel": "yes"}),
        ("same_day", {"swollen_leg": "yes"}),
        ("within_days", {"constant_pain": "yes"}),
        ("routine", {"limp": "unknown"}),
        ("self_care", {}),
    ],
)
def test_an_assessment_has_its_keys_at_every_level_and_exits_with_0(hipwise, told, level, states):
    answer = hipwise("assess", "--told", told({"athlete": RUNNER, "told": calm(**states)}), "--json")
    assert answer.code == 0
    data = answer.json
    assert data.keys() >= ASSESSMENT
    assert data["level"] == level
    assert data["level"] in LEVELS
    assert all(alarm.keys() >= ALARM and alarm["level"] in LEVELS for alarm in data["alarms"])
    assert all(cause.keys() >= CAUSE for cause in data["causes"])
    assert bool(data["alarms"]) == (level in {"emergency", "same_day", "within_days"})
    assert bool(data["causes"]) == (level in {"within_days", "routine", "self_care"})
    assert (data["referral"] is None) == (level in {"routine", "self_care"})
    assert data["not_looked_at"]
    assert data["versions"].keys() == {"hipwise", "knowledge"}


def test_the_parts_of_an_assessment_have_the_right_kinds(hipwise, told):
    data = hipwise("assess", "--told", told({"athlete": RUNNER, "told": calm(**BONE)}), "--json").json
    alarm, cause = data["alarms"][0], data["causes"][0]
    assert isinstance(alarm["because"], str)
    assert isinstance(alarm["says"], str)
    assert alarm["suspects"]
    assert set(alarm["sources"]) <= set(KB.sources)
    assert 0 < cause["low"] <= cause["probability"] <= cause["high"] < 1
    assert {reason["finding"] for reason in cause["for"]} <= set(KB.findings) | {"age", "sex"}
    assert all(reason["decibans"] > 0 for reason in cause["for"])
    assert all(reason["decibans"] < 0 for reason in cause["against"])
    assert set(cause["not_asked"]) <= set(KB.findings)
    assert data["referral"]["what"]
    assert data["referral"]["how_fast"]
    shares = [each["probability"] for each in data["causes"]]
    assert shares == sorted(shares, reverse=True)


def test_the_next_question_comes_with_all_that_is_needed_to_ask_it(hipwise, told):
    following = hipwise("assess", "--told", told({"told": {}}), "--json").json["next"]
    assert following["why"] == "red_flag"
    assert following["id"] in KB.findings
    assert following["question"]
    assert following["help"]
    assert following["states"] == list(KB.findings[following["id"]].states)


def test_nothing_is_asked_where_someone_must_look_now(hipwise, told):
    data = hipwise("assess", "--told", told({"athlete": RUNNER, "told": calm(fever="yes")}), "--json").json
    assert data["next"] is None
    assert data["referral"]["level"] == "emergency"


def test_answers_can_come_by_standard_input(hipwise):
    document = {"athlete": RUNNER, "told": calm()}
    assert hipwise("assess", "--told", "-", "--json", typed=json.dumps(document)).json["level"] == "self_care"


def test_an_empty_document_is_an_answer_too(hipwise, told):
    data = hipwise("assess", "--told", told({}), "--json").json
    assert data["level"] == "routine"
    assert "age" in data["missing"]


@pytest.mark.parametrize(
    ("given", "same"),
    [
        ({"rest_pain_score": 3}, {"rest_pain_score": "3"}),
        ({"rest_pain_score": 3.0}, {"rest_pain_score": "3"}),
        ({"limp": True}, {"limp": "yes"}),
        ({"limp": False}, {"limp": "no"}),
        ({"limp": None}, {}),
        ({"limp": "YES "}, {"limp": "yes"}),
    ],
    ids=repr,
)
def test_scores_may_be_numbers_and_yes_or_no_true_or_false(hipwise, told, given, same):
    one, other = (
        hipwise("assess", "--told", told({"athlete": RUNNER, "told": states}), "--json").out for states in (given, same)
    )
    assert one == other


@pytest.mark.parametrize("sex", ["F", "woman", "female", " Female"])
def test_the_usual_words_for_a_sex_are_known(hipwise, told, sex):
    plain = hipwise("assess", "--told", told({"athlete": RUNNER, "told": calm()}), "--json").out
    assert (
        hipwise("assess", "--told", told({"athlete": {"age": 35, "sex": sex}, "told": calm()}), "--json").out == plain
    )


@pytest.mark.parametrize("athlete", [None, {}, {"sex": "other"}, {"age": None, "sex": None}], ids=repr)
def test_an_athlete_of_whom_nothing_is_known_is_one_question_more(hipwise, told, athlete):
    data = hipwise("assess", "--told", told({"athlete": athlete, "told": calm()}), "--json").json
    assert "age" in data["missing"]
    assert data["level"] == "routine"


def test_whoever_is_under_16_gets_no_ranking_but_a_referral(hipwise, told):
    data = hipwise("assess", "--told", told({"athlete": {"age": 15}, "told": calm()}), "--json").json
    assert data["causes"] == []
    assert data["referral"]["too_young"]


def test_runs_are_read_once_each_and_files_that_cannot_be_read_are_named(hipwise, told, tmp_path):
    for ago in range(1, 50):
        fit(tmp_path / "runs", ON - timedelta(2 * ago), km=5.0, minutes=30)
    fit(tmp_path / "runs", ON - timedelta(1), km=9.0, minutes=54)
    gpx(tmp_path / "twin", ON - timedelta(1), km=9.0, minutes=54)
    document = {
        "athlete": RUNNER,
        "told": calm(),
        "runs": ["runs", str(tmp_path / "twin"), "nowhere.fit"],
        "onset": str(ON),
    }
    data = hipwise("assess", "--told", told(document), "--on", ON, "--json").json
    assert {name: len(found) for name, found in data["files"].items()} == {
        "read": 50,
        "merged": 1,
        "skipped": 0,
        "failed": 1,
    }
    without = hipwise("assess", "--told", told({"athlete": RUNNER, "told": calm()}), "--on", ON, "--json").json
    assert "files" not in without
    assert len(without["not_looked_at"]) == len(data["not_looked_at"]) + 1


def test_the_same_answers_give_the_same_words_each_time(hipwise, told):
    file = told({"athlete": RUNNER, "told": calm(**BONE)})
    assert len({hipwise("assess", "--told", file, "--json").out for _ in range(3)}) == 1


# findings, causes, sources


def test_every_finding_is_listed_with_its_states_its_question_and_its_help(hipwise):
    data = hipwise("findings", "--json").json
    assert {each["id"] for each in data} == set(KB.findings)
    assert all(each["states"] and each["question"] and each["help"] for each in data)
    assert all(set(each["labels"]) == set(each["states"]) for each in data)


def test_every_cause_is_listed_with_its_prior_and_who_says_so(hipwise):
    data = hipwise("causes", "--json").json
    assert {each["id"] for each in data} == set(KB.causes)
    assert all(each["name"] and each["prior"]["source"] in KB.sources for each in data)


def test_a_source_can_be_looked_up(hipwise):
    (data,) = hipwise("sources", "hipwise_judgement", "--json").json
    assert data["design"] == "judgement"
    assert len(hipwise("sources", "--json").json) == len(KB.sources)
    assert hipwise("sources", "nobody", "--json").json["error"]["id"] == "unknown_source"


# add, runs


def test_an_import_names_each_file_under_what_became_of_it(hipwise, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "cat.png").write_bytes(b"\x89PNG")
    (tmp_path / "in" / "empty.fit").touch()
    fit(tmp_path / "in")
    answer = hipwise("add", tmp_path / "in", gpx(tmp_path / "twin"), "--json")
    assert answer.code == 0
    assert list(answer.json) == ["read", "merged", "skipped", "failed"]
    assert [[Path(each["file"]).name for each in found] for found in answer.json.values()] == [
        ["2030-05-06.fit"],
        ["2030-05-06.gpx"],
        ["cat.png"],
        ["empty.fit"],
    ]
    assert all(each.keys() == {"file", "why", "runs"} for name in ("read", "merged") for each in answer.json[name])
    assert all(each.keys() == {"file", "why"} for name in ("skipped", "failed") for each in answer.json[name])
    ids = {run["id"] for run in hipwise("runs", "--json").json}
    assert {run for name in ("read", "merged") for each in answer.json[name] for run in each["runs"]} == ids


def test_a_second_import_is_all_merged_with_the_same_ids(hipwise, tmp_path):
    fit(tmp_path / "in")
    first = hipwise("add", tmp_path / "in", "--json").json
    second = hipwise("add", tmp_path / "in", "--json").json
    assert second["read"] == []
    assert [each["runs"] for each in second["merged"]] == [each["runs"] for each in first["read"]]


def test_runs_are_listed_with_their_keys_and_null_is_not_known(hipwise, tmp_path):
    assert hipwise("runs", "--json").json == []
    hipwise("add", fit(tmp_path / "in"))
    hipwise("log", "5", "--at", "2026-05-01")
    by_hand, read = hipwise("runs", "--json").json
    assert by_hand.keys() == read.keys() >= RUN
    assert by_hand["file"] is None
    assert by_hand["timer_s"] is None
    assert by_hand["cadence_spm"] is None
    assert by_hand["local_date"] == "2026-05-01"
    assert read["distance_m"] == 8000
    assert read["timer_s"] == 2880
    assert read["local_date"] == "2030-05-06"
    assert read["started_at"].startswith("2030-05-06T07:00:00")
    assert read["sport"] == "running"
    assert read["sources"][0].keys() >= {"file", "kind"}
    assert hipwise("runs", "--last", "1", "--json").json == [read]


# Where the journal is


def test_the_journal_may_be_named_before_or_after_the_command_or_by_the_environment(hipwise, tmp_path, me):
    other = tmp_path / "other.db"
    assert hipwise("log", "5", "30", "--journal", other, "--json").code == 0
    assert len(hipwise("--journal", other, "runs", "--json").json) == 1
    assert len(hipwise("runs", "--journal", other, "--json").json) == 1
    assert len(hipwise("runs", "--journal", f"sqlite:///{other}", "--json").json) == 1
    assert hipwise("runs", "--json").json == []
    assert me.exists()


def test_the_word_after_the_command_goes_before_the_one_before_it(hipwise, tmp_path):
    hipwise("log", "5", "30", "--journal", tmp_path / "a.db")
    assert len(hipwise("--journal", tmp_path / "b.db", "runs", "--journal", tmp_path / "a.db", "--json").json) == 1


def test_without_a_word_the_journal_lies_where_programs_keep_their_data(hipwise, tmp_path, monkeypatch):
    monkeypatch.delenv("HIPWISE_JOURNAL")
    monkeypatch.setattr("typer.get_app_dir", lambda name: str(tmp_path / "home" / name))
    hipwise("log", "5", "30")
    assert (tmp_path / "home" / "hipwise" / "journal.db").is_file()
    assert (tmp_path / "home" / "hipwise").stat().st_mode & 0o077 == 0


def test_every_command_that_looks_into_a_journal_takes_one():
    commands = typer.main.get_command(app).commands
    without = {name for name, each in commands.items() if "journal" not in {param.name for param in each.params}}
    assert without == {"findings", "causes", "sources", "validate", "check", "demo"}
    assert all("as_json" in {param.name for param in each.params} for each in commands.values())


def test_the_command_speaks_json_as_a_program_of_its_own(tmp_path):
    told = tmp_path / "told.json"
    told.write_text(json.dumps({"athlete": RUNNER, "told": calm()}), "utf-8-sig")
    done = subprocess.run(
        [sys.executable, "-m", "hipwise", "assess", "--told", str(told), "--json"],
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )
    assert json.loads(done.stdout)["level"] == "self_care"
    assert done.stderr == b""
