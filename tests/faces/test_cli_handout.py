"""Calendar, workout, sheet and brief on the command line: files that open, and refusals in words."""

import json
from datetime import datetime, timedelta

import pytest
from icalendar import Calendar
from typer.testing import CliRunner

from hipwise.cli import app
from hipwise.journal import Journal
from sore_runner import AFTER_THE_RUN, BONE, GOOD_MORNING, calm


def call(where, *words):
    return CliRunner().invoke(app, [*words, "--journal", str(where)])


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    where = tmp_path_factory.mktemp("handout") / "me.db"
    with Journal.open(where) as journal:
        journal.set_athlete(age_y=35, sex="female", country="IE")
        for ago in (2, 5, 8, 11, 14, 17, 20, 23, 26):
            began = datetime.now().astimezone() - timedelta(ago)
            journal.log(distance_m=8000, timer_s=2880, started_at=began)
        journal.tell(calm(lying_on_side_hurts="yes", one_leg_hurts="yes"))
        journal.plan()
        journal.checkin(GOOD_MORNING | AFTER_THE_RUN)
    return where


@pytest.mark.parametrize(
    ("words", "name", "begins"),
    [
        (("calendar",), "hip.ics", b"BEGIN:VCALENDAR"),
        (("workout", "--strength"), "hip.fit", b"\x0e"),
        (("sheet", "--paper", "letter"), "hip.pdf", b"%PDF"),
        (("report", "--pdf"), "brief.pdf", b"%PDF"),
    ],
)
def test_a_file_is_written_and_may_be_written_again(told, tmp_path, words, name, begins):
    file = tmp_path / name
    first = call(told, *words, str(file))
    assert first.exit_code == 0, first.output
    assert name in first.output.replace("\n", "")
    assert file.read_bytes().startswith(begins)
    again = call(told, *words, str(file), "--json")
    assert json.loads(again.output) == {"file": str(file)}


def test_a_file_of_another_kind_is_never_written_over(told, tmp_path):
    thesis = tmp_path / "thesis.pdf"
    thesis.write_bytes(b"my only copy, four hundred pages")
    for words in (("calendar",), ("workout",), ("sheet",), ("report", "--pdf")):
        refused = call(told, *words, str(thesis))
        assert refused.exit_code == 1
        assert "there already" in refused.output
    assert call(told, "sheet", str(tmp_path)).exit_code == 1
    assert thesis.read_bytes().startswith(b"my only copy")


def test_hours_and_zone_are_the_runners(told, tmp_path):
    file = tmp_path / "hip.ics"
    words = ("--checkin-at", "06:15", "--sessions-at", "18:00", "--zone", "Europe/Dublin")
    assert call(told, "calendar", str(file), *words).exit_code == 0
    found = [each for each in Calendar.from_ical(file.read_bytes()).walk("VEVENT") if each.walk("VALARM")]
    assert [f"{each['dtstart'].dt:%H:%M}" for each in found] == ["06:15"]
    wrong = call(told, "calendar", str(file), "--zone", "Mars/Olympus", "--json")
    assert json.loads(wrong.output)["error"]["id"] == "no_such_zone"


def test_a_run_is_refused_in_words_once_someone_must_look(told, tmp_path):
    where = tmp_path / "bone.db"
    where.write_bytes(told.read_bytes())
    with Journal.open(where) as journal:
        journal.tell(BONE)
    for words in (("workout",), ("workout", "--strength")):
        refused = call(where, *words, str(tmp_path / "run.fit"), "--json")
        error = json.loads(refused.output)["error"]
        assert refused.exit_code == 1
        assert error["id"] in {"workout_no_run", "workout_no_exercise"}
        assert error["why"]
    assert not (tmp_path / "run.fit").exists()
    assert call(where, "calendar", str(tmp_path / "hip.ics")).exit_code == 0
    summaries = [
        str(each["summary"]) for each in Calendar.from_ical((tmp_path / "hip.ics").read_bytes()).walk("VEVENT")
    ]
    assert "Have your hip seen" in summaries
    assert not any("Run" in each for each in summaries)
