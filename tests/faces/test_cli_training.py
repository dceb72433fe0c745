"""Commands about imports, splits, gaps and quality, as a runner types them."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from hipwise.simulate import garmin_archive, story, strava_archive
from sore_runner import ON, tcx


@cache
def runs():
    return story(start=date(2020, 11, 5)).runs[:2]


@pytest.fixture
def two_archives(hipwise, tmp_path: Path) -> None:
    """The same two runs, from two services."""
    hipwise("add", garmin_archive(tmp_path / "garmin.zip", runs()), "--json")
    hipwise("add", strava_archive(tmp_path / "strava.zip", runs()), "--json")


@pytest.mark.usefixtures("two_archives")
def test_imports_are_listed_and_one_in_the_middle_is_taken_back(hipwise):
    listed = hipwise("imports", "--json").json
    assert [(each["number"], each["label"], each["runs"]) for each in listed] == [
        (2, "strava.zip", 2),
        (1, "garmin.zip", 2),
    ]
    assert "garmin.zip" in hipwise("imports").out
    assert "garmin.zip" in hipwise("undo", "--import", 1).out
    again = hipwise("undo", "--import", 1, "--json")
    assert (again.code, again.json["error"]["id"]) == (1, "no_such_import")
    assert hipwise("imports", "--json").json[1]["undone_at"]
    assert "taken back on" in hipwise("imports").out
    assert all(len(run["sources"]) == 1 for run in hipwise("runs", "--json").json)


def test_without_imports_it_says_how_to_begin(hipwise):
    assert "hipwise add" in hipwise("imports").out
    assert hipwise("imports", "--json").json == []


@pytest.mark.usefixtures("two_archives")
def test_a_run_is_split_by_its_id_and_joined_by_undo(hipwise):
    first = hipwise("runs", "--json").json[0]
    assert (first["name"], len(first["sources"])) == ("Evening Run", 3)
    parts = hipwise("runs", "--split", first["id"], "--json").json
    assert [len(part["sources"]) for part in parts] == [2, 1]
    assert len(hipwise("runs", "--json").json) == 3
    hipwise("undo")
    assert hipwise("runs", "--json").json[0] == first
    wrong = hipwise("runs", "--split", "nope")
    assert (wrong.code, "no run 'nope'" in wrong.err) == (1, True)


@pytest.mark.usefixtures("two_archives")
def test_the_quality_is_told_and_a_gap_is_marked(hipwise):
    told = hipwise("quality", "--json").json
    (gap,) = (fault for fault in told["faults"] if fault["kind"] == "gap_unknown")
    assert "D, mostly unknown" in hipwise("quality").out
    marked = hipwise("gap", gap["from"], gap["to"], "--rest", "--json").json
    assert marked == {"from": gap["from"], "to": gap["to"], "kind": "rest"}
    after = hipwise("quality", "--json").json
    assert "gap_rest" in {fault["kind"] for fault in after["faults"]}
    assert {week["grade"] for week in after["weeks"]} == {"A"}
    assert "no watch" not in hipwise("quality").out


def test_without_runs_the_quality_is_not_made_up(hipwise):
    assert hipwise("quality", "--json").json["weeks"] == []
    assert "No runs yet" in hipwise("quality").out


def test_a_gap_needs_days_that_were_and_a_kind(hipwise):
    assert hipwise("gap", "2020-01-01", "2020-01-02").code == 2
    assert "2020-01-01 to 2020-01-02" in hipwise("gap", "2020-01-01", "2020-01-02", "--no-watch").out
    ahead = hipwise("gap", "2020-01-01", date.today() + timedelta(9999), "--rest", "--json")  # noqa: DTZ011 (any day ahead)
    assert (ahead.code, ahead.json["error"]["id"]) == (1, "gap_days")


def test_many_faults_are_told_in_part(hipwise, tmp_path: Path):
    lines = [f"2020-{month:02}-{day:02},{1 + day / 10},50" for month in range(1, 13) for day in (1, 15)]
    lines += [f"2021-{month:02}-{day:02},{1 + day / 10},50" for month in range(1, 13) for day in (1, 15)]
    table = tmp_path / "slow.csv"
    table.write_text("\n".join(["date,km,minutes", *lines]))
    hipwise("add", table)
    assert "more; --json tells all" in hipwise("quality").out


def test_a_lap_that_was_pressed_tells_where_the_pain_began(hipwise, clock, tmp_path: Path):
    assert clock.on == ON
    hipwise("add", tcx(tmp_path / "runs", ON, (3.1, 4.2)))
    assert hipwise("runs", "--json").json[0]["laps"] == [{"number": 1, "km": 3.1}, {"number": 2, "km": 4.2}]
    assert hipwise("checkin", "run_limp=no", "--run", "2", "--began-lap", "2", "--json").code in {0, 3}
    (told,) = hipwise("load", "--json").json["pain_from"]
    assert (told["state"], told["run_km"]) == ("to_5_km", 8)
    assert "at 4.2 km, where you pressed lap (lap 2)" in hipwise("load").out


def test_a_lap_that_was_not_pressed_is_refused_with_those_that_were(hipwise, clock, tmp_path: Path):
    assert clock.on == ON
    hipwise("add", tcx(tmp_path / "runs", ON, (3.1, 4.2)))
    answer = hipwise("checkin", "--run", "2", "--began-lap", "7")
    assert answer.code == 1
    assert "You did not press lap 7" in answer.err
    assert "lap 1 at 3.1 km, lap 2 at 4.2 km" in answer.err
    assert "one place" in hipwise("checkin", "--began-lap", "1", "--began-km", "3").err
    assert hipwise("load", "--json").json["pain_from"] == []
