"""What a command says when it cannot do what it should: what, where, why, what next; as JSON if JSON was asked for."""

import json
import os
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from hipwise.journal import Journal
from sore_runner import ON, Clock, calm, fit

PARTS = {"id", "what", "where", "why", "next"}
DEEP = "[" * 100_000 + "]" * 100_000
BAD_DOCUMENTS = {
    "empty": "",
    "no JSON": "limp=no",
    "cut": '{"told": {"limp": "no"',
    "a list": "[]",
    "a text": '"limp"',
    "null": "null",
    "a number": "3",
    "deep": DEEP,
    "deep in told": f'{{"told": {{"limp": {DEEP}}}}}',
    "another key": {"tolds": {}},
    "told is a list": {"told": ["limp"]},
    "told is a text": {"told": "limp"},
    "a state is a list": {"told": {"limp": ["no"]}},
    "a state is an object": {"told": {"limp": {"is": "no"}}},
    "an unknown finding": {"told": {"limpp": "no"}},
    "an empty finding": {"told": {"": "no"}},
    "an unknown state": {"told": {"limp": "a bit"}},
    "an endless state": {"told": {"limp": "no" * 100_000}},
    "a number for yes or no": {"told": {"limp": 1}},
    "yes for a score": {"told": {"rest_pain_score": True}},
    "half a score": {"told": {"rest_pain_score": 3.5}},
    "a score below": {"told": {"rest_pain_score": -1}},
    "a score above": {"told": {"rest_pain_score": 11}},
    "a huge score": {"told": {"rest_pain_score": 10**400}},
    "not a number": '{"told": {"rest_pain_score": NaN}}',
    "endless": '{"told": {"rest_pain_score": Infinity}}',
    "a finding twice": '{"told": {"limp": "yes", "limp": "no"}}',
    "told twice": '{"told": {"limp": "yes"}, "told": {}}',
    "athlete is a list": {"athlete": []},
    "athlete is a number": {"athlete": 35},
    "another key of the athlete": {"athlete": {"weight": 60}},
    "age in words": {"athlete": {"age": "young"}},
    "a negative age": {"athlete": {"age": -1}},
    "an age of 200": {"athlete": {"age": 200}},
    "a huge age": {"athlete": {"age": 10**400}},
    "an endless age": '{"athlete": {"age": Infinity}}',
    "no age": '{"athlete": {"age": NaN}}',
    "true for an age": {"athlete": {"age": True}},
    "a list for an age": {"athlete": {"age": [35]}},
    "nonsense for a sex": {"athlete": {"sex": "runner"}},
    "a number for a sex": {"athlete": {"sex": 1}},
    "a list for a sex": {"athlete": {"sex": ["female"]}},
    "a birthday ahead": {"athlete": {"born": "2999-01-01"}},
    "a birthday that is none": {"athlete": {"born": "1990-02-31"}},
    "a number for a birthday": {"athlete": {"born": 1990}},
    "a country in words": {"athlete": {"country": "Ireland"}},
    "a number for a country": {"athlete": {"country": 353}},
    "runs is a text": {"runs": "runs/"},
    "runs are numbers": {"runs": [1]},
    "an onset ahead": {"onset": "2999-01-01"},
    "an onset that is none": {"onset": "May"},
    "a number for an onset": {"onset": 20300501},
    "too large": json.dumps({"told": {"limp": "n" * 4_100_000}}),
}


def is_told(answer, code=1):
    """Return the error of a command that was asked for JSON; JSON is all that it printed."""
    assert answer.code == code, answer
    data = answer.json
    assert data.keys() == {"error"}
    assert data["error"].keys() == PARTS
    assert all(isinstance(part, str) for part in data["error"].values())
    assert data["error"]["what"]
    assert data["error"]["next"]
    assert "Traceback" not in answer.out + answer.err
    assert answer.err == ""
    assert len(answer.out) < 3000
    return data["error"]


@pytest.mark.parametrize("name", BAD_DOCUMENTS)
def test_a_bad_file_of_answers_gives_an_error_and_never_a_traceback(hipwise, told, name):
    error = is_told(hipwise("assess", "--told", told(BAD_DOCUMENTS[name]), "--json"))
    assert error["where"]


def test_bytes_that_are_no_text_and_marks_before_the_text_are_told_apart(hipwise, tmp_path):
    path = tmp_path / "told.json"
    path.write_bytes(b"\xff\xfe\x00garbage")
    is_told(hipwise("assess", "--told", path, "--json"))
    for marked in ("utf-8-sig", "utf-16"):
        path.write_text(json.dumps({"told": calm()}), marked)
        assert hipwise("assess", "--told", path, "--json").code == 0


def test_no_file_a_folder_and_an_empty_input_are_told_of(hipwise, tmp_path):
    assert "No such file" in is_told(hipwise("assess", "--told", tmp_path / "nowhere.json", "--json"))["why"]
    is_told(hipwise("assess", "--told", tmp_path, "--json"))
    is_told(hipwise("assess", "--told", "-", "--json", typed=""))


def test_paths_of_runs_that_no_system_knows_are_files_that_failed(hipwise, told):
    data = hipwise("assess", "--told", told({"runs": ["a\0b", "x" * 5000, ""]}), "--json").json
    assert len(data["files"]["failed"]) >= 2


def test_a_finding_that_is_nearly_one_is_told_with_what_comes_near(hipwise, told):
    error = is_told(hipwise("assess", "--told", told({"told": {"night_pains": "no"}}), "--json"))
    assert error["id"] == "unknown_finding"
    assert "night_pain" in error["why"]


def test_an_error_on_paper_says_what_where_why_and_what_next(hipwise, told):
    answer = hipwise("assess", "--told", told({"athlete": {"age": 200}}))
    assert answer.code == 1
    assert answer.out == ""
    assert "What is told about the athlete" in answer.err
    assert "Where:" in answer.err
    assert "'age'" in answer.err
    assert "Why: " in answer.err
    assert "What next: " in answer.err


# Words


@pytest.mark.parametrize(
    "words",
    [
        ["ad", "x"],
        ["runs", "--nothing"],
        ["add"],
        ["checkin", "--rest", "11"],
        ["checkin", "--rest", "much"],
        ["checkin", "--tick", "sore"],
        ["log", "far"],
        ["log", "5", "30", "--at", "yesterday"],
        ["tell", "--born", "1990"],
        ["assess", "--on", "2030-01-01"],
        ["runs", "--last", "0"],
        ["today", "--planned", "-3"],
    ],
    ids=" ".join,
)
def test_words_that_no_command_knows_are_told_as_json_too_and_exit_with_2(hipwise, words):
    error = is_told(hipwise(*words, "--json"), code=2)
    assert error["id"] == "wrong_words"
    answer = hipwise(*words)
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err


@pytest.mark.parametrize(
    "words",
    [
        ["tell", "limp"],
        ["tell", "limp=no", "limp=yes"],
        ["tell", "limpp=no"],
        ["tell", "limp=maybe"],
        ["tell", "--sex", "runner"],
        ["tell", "--country", "Ireland"],
        ["tell", "--born", "2999-01-01"],
        ["tell", "--onset", "2999-01-01"],
        ["tell", "--side", "top"],
        ["tell", "--new-pain", "--side", "top"],
        ["tell", "--cleared-by", "Dr Example"],
        ["tell", "--cleared-for", "running"],
        ["checkin", "--painkiller", "wine"],
        ["checkin", "nonsense"],
        ["log"],
        ["log", "--", "-5", "30"],
        ["log", "5000", "30"],
        ["log", "5", "30", "--sport", "chess"],
        ["log", "5", "30", "--at", "2999-01-01"],
        ["restore", "nowhere.hipwise"],
        ["export", "/"],
        ["runs", "--journal", "mysql://x/y"],
        ["runs", "--journal", f"{__file__}/me.db"],
        ["check", "nowhere"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_told_in_words_and_exits_with_1(hipwise, words):
    is_told(hipwise(words[0], "--json", *words[1:]))
    answer = hipwise(*words)
    assert answer.code == 1
    assert answer.out == ""
    assert "What next:" in answer.err


def test_nothing_of_a_tell_is_kept_when_a_part_of_it_is_wrong(hipwise):
    is_told(hipwise("tell", "limp=no", "limpp=no", "--sex", "female", "--json"))
    assert hipwise("undo", "--json").json["undone"] is None
    assert hipwise("report", "--json").json["athlete"]["sex"] is None


# Journals that are none


def test_a_file_of_another_kind_is_told_and_left_as_it_was(hipwise, tmp_path):
    text = tmp_path / "diary.txt"
    text.write_text("my diary", "utf-8")
    assert is_told(hipwise("runs", "--journal", text, "--json"))["id"] == "journal_no_database"
    assert text.read_text("utf-8") == "my diary"


def test_the_database_of_another_program_is_told_and_left_as_it_was(hipwise, tmp_path):
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE songs (name TEXT)")
    connection.close()
    before = other.read_bytes()
    assert is_told(hipwise("today", "--journal", other, "--json"))["id"] == "journal_foreign"
    assert other.read_bytes() == before


def test_a_journal_of_a_newer_hipwise_is_told(hipwise, me):
    hipwise("runs")
    with sqlite3.connect(me) as connection:
        connection.execute("UPDATE hipwise_version SET version_num = '9999'")
    connection.close()
    assert is_told(hipwise("today", "--json"))["id"] == "journal_newer"


def test_a_folder_for_a_journal_is_told(hipwise, tmp_path):
    is_told(hipwise("runs", "--journal", tmp_path, "--json"))


def test_a_damaged_export_is_told_and_nothing_is_changed(hipwise, tmp_path):
    hipwise("log", "5", "30")
    broken = tmp_path / "broken.hipwise"
    broken.write_bytes(b"PK\x03\x04 and nothing more")
    is_told(hipwise("restore", broken, "--replace", "--json"))
    assert len(hipwise("runs", "--json").json) == 1


# What nobody foresaw


def test_a_fault_of_our_own_is_told_as_such(hipwise, monkeypatch):
    monkeypatch.setattr(Journal, "runs", lambda _: 1 / 0)
    error = is_told(hipwise("runs", "--json"))
    assert error["id"] == "stumbled"
    assert "ZeroDivisionError" in error["why"]
    monkeypatch.setenv("HIPWISE_TRACE", "1")
    with pytest.raises(ZeroDivisionError):
        hipwise("runs", "--json")


def test_a_fault_of_the_system_is_told_with_the_file(hipwise, monkeypatch):
    def refuse(_: Journal) -> None:
        raise PermissionError(13, "Permission denied", "runs.db")

    monkeypatch.setattr(Journal, "runs", refuse)
    error = is_told(hipwise("runs", "--json"))
    assert (error["where"], error["id"]) == ("runs.db", "file_closed_to_us")


def test_ctrl_c_stops_with_a_word_and_a_code_of_its_own(hipwise, monkeypatch):
    def stop(_: Journal) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Journal, "runs", stop)
    answer = hipwise("runs")
    assert answer.code == 130
    assert answer.err == "Stopped. What was done so far is kept.\n"


def test_a_number_that_is_none_is_null(hipwise, tmp_path, monkeypatch):
    hipwise("add", fit(tmp_path))
    monkeypatch.setattr("hipwise.handout.run_data", lambda _: {"distance_m": float("nan"), "of": (1.5, float("inf"))})
    assert hipwise("runs", "--json").json == [{"distance_m": None, "of": [1.5, None]}]


def test_a_demo_does_not_write_among_other_files(hipwise, tmp_path):
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "file").touch()
    assert is_told(hipwise("demo", "--keep", tmp_path / "taken", "--json"))["id"] == "folder_taken"


def test_a_reader_that_stops_reading_is_no_error(tmp_path):
    with Journal.open(tmp_path / "me.db", now=Clock()) as journal:
        journal.add([fit(tmp_path / "in", ON - timedelta(ago)) for ago in range(3)])
    command = [sys.executable, "-m", "hipwise", "runs", "--json", "--journal", str(tmp_path / "me.db")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    told = process.stderr.read()
    process.stderr.close()
    process.wait()
    assert b"Traceback" not in told


def test_an_old_terminal_shows_what_it_can(tmp_path):
    path = Path(tmp_path / "me.db")
    done = subprocess.run(
        [sys.executable, "-m", "hipwise", "assess", "--journal", str(path)],
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )
    assert b"ROUTINE" in done.stdout
    assert b"####" in done.stdout or b"17 %" in done.stdout
    assert b"?" not in done.stdout.splitlines()[4]


@pytest.mark.skipif(os.name == "nt", reason="this system has no such names")
def test_no_word_that_came_from_outside_steers_the_terminal(hipwise, tmp_path):
    hostile = tmp_path / "c\x1b[2J\u202ed\nFAKE.csv"
    hostile.write_text("date,km,name\n2026-01-02,5,\x1b[31mred\n")
    said = [
        hipwise("add", hostile),
        hipwise("imports"),
        hipwise("runs"),
        hipwise("log", 5, "--sport", "\x1b[5mx"),
        hipwise("undo"),
    ]
    assert said[1].out.count("FAKE") == 1
    for each in said:
        assert not set("\x1b\u202e\x07") & {*each.out, *each.err}
    assert len(said[1].out.splitlines()) == 2
