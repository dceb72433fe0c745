"""Who chose miles reads miles on the command line; what programs read stays in kilometres and metres."""

import re
from datetime import timedelta

import pytest

from hipwise.journal import Journal
from sore_runner import AFTER_THE_RUN, GOOD_MORNING, ON, fit, sore

KM, MILE = re.compile(r"\bkm\b|\bkm/h|kilomet"), re.compile(r"\bmi\b|\bmph\b|\bmiles?\b")
COMMANDS = (["today", "--planned", 9], ["load", "--plan-km", 9], ["runs"], ["plan"], ["report"])


@pytest.fixture
def runner(tmp_path, clock):
    """A calm runner who may run today."""
    with sore(tmp_path, clock) as journal:
        journal.add([fit(tmp_path / "far", ON - timedelta(45), km=9.0, minutes=54)])
        journal.checkin(GOOD_MORNING | AFTER_THE_RUN)


def numbers(data):
    """Return every number in plain data, in order."""
    if isinstance(data, dict | list):
        return [each for part in (data.values() if isinstance(data, dict) else data) for each in numbers(part)]
    return [data] if isinstance(data, int | float) else []


@pytest.mark.usefixtures("runner")
def test_each_command_speaks_in_the_unit_that_was_chosen(hipwise):
    usual = [hipwise(*words).out for words in COMMANDS]
    planned = hipwise("load", "--plan-km", 9, "--json").json
    assert not any(MILE.search(each) for each in usual)
    assert hipwise("settings", "--units", "mi").out == "Distances are shown in miles.\n"
    chosen = [hipwise(*words).out for words in COMMANDS]
    assert [each for each in chosen if KM.search(each)] == []
    assert all(MILE.search(each) for each in (chosen[0], chosen[1], chosen[2]))
    assert "At most 5.4 mi" in chosen[0]  # 8.8 km are 5.47 mi
    assert "mph" in hipwise("log", 40, 20).err
    miles = hipwise("load", "--plan-km", 9, "--json").json
    assert numbers(miles) == numbers(planned)
    assert "5.6 mi" in miles["planned"]["says"]
    assert hipwise("settings", "--units", "km").out == "Distances are shown in kilometres.\n"
    assert hipwise(*COMMANDS[0]).out == usual[0]


def test_settings_that_nobody_could_choose_are_left_aside(hipwise, me):
    with Journal.open(me) as journal:
        journal.set_settings({"units": "furlong", "language": 7})
    assert hipwise("settings").out == "Distances are shown in kilometres.\n"


def test_the_unit_is_told_to_programs_too(hipwise):
    assert hipwise("settings", "--json").json == {"units": "km"}
    assert hipwise("settings", "--units", "mi", "--json").json == {"units": "mi"}
    assert hipwise("settings", "--units", "furlong").code == 2
