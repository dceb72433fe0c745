"""Lengths in the runner's unit: what is written is what was worked out, and what must not be passed is rounded down."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.knowledge import Knowledge
from hipwise.texts import MILE, USUAL, Voice, in_unit, pace, say, speaking, translated, voice

KM_PER = {"km": 1.0, "mi": 1.609344}
CEILINGS = ("today.ceiling_km", "why.at_most", "chart.planned_km", "today.flip_planned")
lengths = st.floats(0.05, 500, allow_nan=False)


@pytest.mark.parametrize(
    ("text", "values", "km", "miles"),
    [
        ("today.km", {"km": 8}, "8.0 km", "5.0 mi"),
        ("today.stay_near", {"km": 1}, "no more than 1 km from home", "no more than 0.6 mi from home"),
        ("cli.load_run_climb_m_per_km", {"value": 20}, "20 m of climb a km", "32 m of climb a mi"),
        ("chart.says_cadence_trend", {"pace": 3.0, "spm": 170}, "At 5:33 min/km", "At 8:56 min/mi"),
        ("errors.hand_speed_why", {"kmh": 40, "most": 36}, "40 km/h; at most 36 km/h", "25 mph; at most 22 mph"),
        ("plan.race_beyond", {"km": 42.195}, "A race of 42.2 km", "A race of 26.2 mi"),
        ("load.pain_from_run", {"km": 100.0}, "100.0 km", "62.1 mi"),
    ],
)
def test_a_sentence_writes_its_lengths_in_the_unit_that_the_runner_chose(text, values, km, miles):
    assert km in say(text, **values)
    with speaking(unit=MILE):
        assert miles in say(text, **values)
    assert voice() == USUAL


@given(lengths, st.sampled_from(sorted(KM_PER)), st.sampled_from(CEILINGS))
def test_a_ceiling_is_rounded_down_in_either_unit(km, unit, text):
    with speaking(unit=unit):
        said = float(re.search(r"(\d+\.\d+) (?:km|mi)", say(text, km=km))[1])
    assert km - 0.1 * KM_PER[unit] < said * KM_PER[unit] <= km + 1e-6


@given(lengths, st.sampled_from(sorted(KM_PER)))
def test_what_is_written_is_what_was_worked_out(km, unit):
    with speaking(unit=unit):
        said = float(say("today.km", km=km).split()[0])
        assert in_unit(km) * KM_PER[unit] == pytest.approx(km)
    assert abs(said * KM_PER[unit] - km) <= 0.05 * KM_PER[unit] + 1e-9


@given(st.floats(0.5, 9), st.sampled_from(sorted(KM_PER)))
def test_a_pace_is_the_time_of_one_unit(speed_mps, unit):
    with speaking(unit=unit):
        minutes, seconds = map(int, pace(speed_mps).split(":"))
    assert abs(60 * minutes + seconds - 1000 * KM_PER[unit] / speed_mps) <= 0.5 + 1e-9


def test_the_knowledge_speaks_of_lengths_in_the_unit_too():
    usual, miles = Knowledge.load(), Knowledge.load(voice=Voice(unit=MILE))
    assert usual.findings["run_pain_from"].labels["to_5_km"] == "Between 2 and 5 km"
    assert miles.findings["run_pain_from"].labels["to_5_km"] == "Between 1.2 and 3.1 mi"
    assert "grows with every mile" in miles.causes["femoral_neck_stress_fracture"].separates
    assert usual.version == miles.version
    for name, question in usual.findings.items():
        assert (miles.findings[name].states, miles.findings[name].alarming) == (question.states, question.alarming)
    with speaking("x-pseudo", MILE):
        assert re.search(r"6\.2 mi", translated("more than {10:g km}"))
