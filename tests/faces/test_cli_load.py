"""`hipwise load` and `hipwise form`: a run before it is run, pictures in files, and the form from the watch."""

import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from sore_runner import AFTER_THE_RUN, GOOD_MORNING, ON, fit, sore


@pytest.fixture
def runner(tmp_path, clock):
    """A calm runner who may run today."""
    with sore(tmp_path, clock) as journal:
        journal.add([fit(tmp_path / "far", ON - timedelta(45), km=9.0, minutes=54)])
        journal.checkin(GOOD_MORNING | AFTER_THE_RUN)


@pytest.mark.usefixtures("runner")
def test_a_planned_run_is_checked_before_it_is_run(hipwise):
    out = " ".join(hipwise("load", "--plan-km", 12).out.split())
    assert "12.0 km is 50 % longer than the longest run that counts in the last 30 days (8.0 km)." in out
    assert "Runs like this were followed by 1.52 times as many overuse injuries (1.16 to 2.0)." in out
    planned = hipwise("load", "--plan-km", 8, "--json").json["planned"]
    assert (planned["km"], planned["state"]) == (8, "none")
    assert hipwise("load", "--plan-km", 0).code == 2


def test_a_planned_run_is_not_judged_while_today_says_no(hipwise, tmp_path, clock):
    with sore(tmp_path, clock):
        pass
    told = hipwise("load", "--plan-km", 5)
    assert "No run of any length is judged" in " ".join(told.out.split())
    assert hipwise("load", "--plan-km", 5, "--json").json["planned"]["state"] is None


def test_without_history_there_is_no_number(hipwise):
    data = hipwise("load", "--plan-km", 5, "--json").json
    assert data["ceiling_km"] is None
    assert data["planned"]["state"] is None


@pytest.mark.usefixtures("runner")
@pytest.mark.parametrize("chart", ["weeks", "spikes", "before", "time", "pain"])
def test_a_chart_goes_into_a_file_and_its_data_into_the_json(hipwise, tmp_path, chart):
    file = tmp_path / "chart.svg"
    told = hipwise("load", "--svg", file, "--chart", chart)
    assert str(file) in told.out.replace("\n", "")
    root = ET.fromstring(file.read_text("utf-8"))
    assert root[1].text
    data = hipwise("load", "--svg", file, "--chart", chart, "--json").json["chart"]
    assert data["says"] == root[1].text
    assert data["rows"]
    assert {len(row) for row in data["rows"]} == {len(data["heads"])}


def test_no_line_of_a_ceiling_is_drawn_while_today_forbids_running(hipwise, tmp_path, clock):
    file = tmp_path / "weeks.svg"
    with sore(tmp_path, clock) as journal:
        hipwise("load", "--svg", file)
        assert "a tenth over" not in file.read_text("utf-8")
        assert all(row[3] is None for row in journal.chart("weeks").rows)
        journal.checkin(GOOD_MORNING | AFTER_THE_RUN)
        assert any(row[3] is not None for row in journal.chart("weeks").rows)
        assert journal.chart("cadence", width=360).rows
    hipwise("load", "--svg", file)
    assert "a tenth over" in file.read_text("utf-8")


def test_a_chart_that_cannot_be_written_is_told_in_words(hipwise, tmp_path):
    told = hipwise("load", "--svg", tmp_path / "nowhere" / "chart.svg")
    assert told.code == 1
    assert "nowhere" in told.err


@pytest.mark.usefixtures("runner")
def test_each_figure_says_what_it_is_now_how_it_is_reckoned_and_by_whom(hipwise):
    out = " ".join(hipwise("load").out.split())
    assert "28 of 28 days known." in out
    assert "40 of 42 days known." in out or "42 of 42 days known." in out
    assert "(frandsen2025; cohort)" in out
    assert re.search(r"2030-05-04: fitness [\d.]+ km, fatigue [\d.]+ km, form [-+][\d.]+ km a day", out)
    assert "THE LAST FOUR WEEKS, RUN BY RUN" in out
    assert "2030-05-04 8.0 km usual pace" in out
    metrics = {each["id"]: each for each in hipwise("load", "--json").json["metrics"]}
    assert metrics["acwr"]["in_runners"]
    assert not metrics["fitness"]["in_runners"]
    assert metrics["session_spike"]["now"] is None


@pytest.mark.usefixtures("runner")
def test_the_form_is_told_with_its_spread_and_what_is_known_of_it(hipwise, tmp_path):
    file = tmp_path / "cadence.svg"
    out = " ".join(hipwise("form", "--svg", file).out.split())
    assert "The last 21 runs were read sample by sample." in out
    assert "168.0 steps a minute at 6:00 min/km" in out
    assert "CADENCE BY PACE" in out
    assert "did not in general foretell an injury" in out
    assert ET.fromstring(file.read_text("utf-8"))[0].text == "Cadence against pace"
    data = hipwise("form", "--json").json
    assert {each["id"] for each in data["measures"]} == {"cadence_spm", "step_length_mm"}
    assert "chart" not in data


def test_the_form_of_nobody_is_told_so(hipwise):
    assert "No run with samples" in hipwise("form").out
    assert hipwise("form", "--json").json["measures"] == []


@pytest.mark.usefixtures("runner")
def test_weeks_in_doubt_say_so_with_their_ends_and_the_next_run_with_its_reason(hipwise):
    sure = " ".join(hipwise("load").out.split())
    assert "grade C" not in sure
    assert "The log is good here: the worst of these weeks has the grade A." in sure
    hipwise("gap", ON - timedelta(33), ON - timedelta(1), "--no-watch")
    told = " ".join(hipwise("load").out.split())
    assert "km or more" in told
    assert "hipwise gap tells what such days were" in told
    assert "the week of your longest run" in told
    data = hipwise("load", "--json").json
    assert data["ceiling_doubt"]["km"] == 8.8 > data["ceiling_km"]
    doubted = [week for week in data["weeks"] if week["grade"] in {"C", "D"}]
    assert doubted
    assert all(week["distance_high_m"] is None and week["unknown_d"] for week in doubted)
    assert {each["sure"] for each in data["changes"]} <= {True, False}


@pytest.mark.usefixtures("runner")
def test_how_far_without_pain_is_told_with_the_run(hipwise, tmp_path):
    assert "HOW FAR WITHOUT PAIN" not in hipwise("load").out
    hipwise("tell", "run_pain_from=to_5_km")
    out = " ".join(hipwise("load", "--svg", tmp_path / "until.svg", "--chart", "until").out.split())
    assert "4 May 2030: the pain began between 2 and 5 km of the run (8.0 km)." in out
    assert "pain began here" in (tmp_path / "until.svg").read_text("utf-8")
