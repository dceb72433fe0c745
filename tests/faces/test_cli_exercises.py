"""Exercises on the command line: what is shown, what is written, and what is kept back."""

from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest

from hipwise.cli._exercises import Gate
from hipwise.knowledge import Knowledge
from offers import offers_of_running
from sore_runner import sore

KB = Knowledge.load()
OF_BONE = {"worst_point": "front_hip", "impact_pain": "yes", "worsening": "over_weeks"}
LOADS = {name for name, each in KB.rehab.exercises.items() if each.loads or each.impact}
LANDINGS = {name for name, each in KB.rehab.exercises.items() if each.impact}


@pytest.fixture
def told_all(tmp_path, clock):
    """Return a function that answers all red flags, then tells STATES too."""

    def fill(states):
        with sore(tmp_path, clock) as journal:
            journal.tell(states)

    return fill


def test_an_exercise_is_told_with_its_dose_its_steps_and_whom_it_is_not_for(hipwise):
    answer = hipwise("exercise", "clamshell")
    assert answer.code == 0
    for part in ("Clamshell (clamshell)", "3 sets of 10 to 12", "Not: rolling back.", "Stop when:", "seed_000"):
        assert part in answer.out
    assert "red-flag questions" in answer.out


def test_the_json_of_an_exercise_names_its_neighbours_and_its_figure(hipwise):
    data = hipwise("exercise", "clamshell_band", "--json").json
    assert data["easier_exercise"] == {"id": "clamshell", "name": "Clamshell"}
    assert [each["id"] for each in data["harder_exercises"]] == ["fire_hydrant"]
    assert data["has_figure"]
    assert not data["withheld"]
    assert all(each["name"] for each in data["not_for"])


def test_a_figure_is_written_once(hipwise, tmp_path):
    path = tmp_path / "plank.svg"
    answer = hipwise("exercise", "side_plank", "--svg", path, "--form", "print", "--side", "left")
    assert answer.code == 0
    assert str(path) in answer.out.replace("\n", "")
    assert ET.parse(path).getroot().tag.endswith("svg")
    before = path.read_bytes()
    again = hipwise("exercise", "side_plank", "--svg", path)
    assert again.code == 1
    assert path.read_bytes() == before


def test_an_exercise_that_is_not_there_is_told(hipwise):
    answer = hipwise("exercise", "flying")
    assert answer.code == 1
    assert "flying" in answer.err


def test_landings_are_kept_back_while_red_flags_are_open(hipwise):
    listed = hipwise("exercises", "--json").json
    assert {each["id"] for each in listed["exercises"]} == set(KB.rehab.exercises) - LANDINGS
    assert listed["withheld"] == len(LANDINGS)
    one = hipwise("exercise", "pogo_single")
    assert one.code == 0
    assert "not shown" in one.out
    assert "Stand on one leg" not in one.out


def test_with_all_red_flags_answered_every_exercise_is_there(hipwise, told_all):
    told_all({})
    assert {each["id"] for each in hipwise("exercises", "--json").json["exercises"]} == set(KB.rehab.exercises)
    assert "left out" not in hipwise("exercises").out
    assert hipwise("exercise", "pogo_single", "--json").json["dose"]["sets"] == [3, 3]


def test_while_a_bone_may_be_under_stress_nothing_that_loads_is_shown(hipwise, told_all, tmp_path):
    told_all(OF_BONE)
    listed = hipwise("exercises", "--json").json
    assert listed["referral"] is not None
    assert not {each["id"] for each in listed["exercises"]} & LOADS
    page = hipwise("exercises")
    assert "left out" in page.out
    assert not offers_of_running(page.out)
    for name in ("clamshell", "pogo_single"):
        path = tmp_path / f"{name}.svg"
        shown = hipwise("exercise", name, "--svg", path)
        assert shown.code == 4
        assert not path.exists()
        assert KB.rehab.exercises[name].steps[0] not in shown.out
        data = hipwise("exercise", name, "--json").json
        assert data["withheld"]
        assert "dose" not in data
    allowed = hipwise("exercise", "pendulum_four_point")
    assert allowed.code == 0
    assert listed["referral"]["what"].split()[0] in allowed.out


@pytest.mark.parametrize(
    ("level", "missing", "kept_back"),
    [
        (None, 0, set()),
        (None, 3, LANDINGS),
        ("routine", 0, LOADS),
        ("within_days", 0, LOADS),
        ("same_day", 0, set(KB.rehab.exercises)),
        ("emergency", 3, set(KB.rehab.exercises)),
    ],
)
def test_the_gate_keeps_back_what_loads_or_lands_whatever_it_is_called(level, missing, kept_back):
    gate = Gate(None if level is None else SimpleNamespace(level=level), missing)
    assert {name for name, each in KB.rehab.exercises.items() if gate.withholds(each)} == kept_back


def test_a_stage_narrows_the_list(hipwise):
    data = hipwise("exercises", "--stage", "calm", "--json").json["exercises"]
    assert data
    assert all("calm" in each["phases"] for each in data)
