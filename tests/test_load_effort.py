"""What load promises of effort: published figures met, unknown stays unknown, and other programs agree."""

import json
import random
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from hipwise.knowledge import Knowledge
from hipwise.load import (
    METRICS,
    LoadConstants,
    acwr_coupled,
    acwr_ewma,
    acwr_uncoupled,
    fitness_fatigue,
    measure,
    monotony,
    strain,
    trimp,
)
from hipwise.model import Athlete
from load_log import day, every, run, seen

VECTORS = json.loads((Path(__file__).parent / "data" / "load_vectors.json").read_text("utf-8"))
KNOWN = Athlete(date(1990, 1, 1), "female")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


@pytest.fixture(scope="module")
def constants(knowledge: Knowledge) -> LoadConstants:
    return knowledge.constants(LoadConstants, "load")


# Heart rate


def test_the_training_impulse_is_that_of_the_published_example(constants: LoadConstants) -> None:
    facts = VECTORS["banister_trimp"]
    example = facts["fellrnr_male"]
    at = {"rest_bpm": example["rest"], "most_bpm": example["max"], "constants": constants}
    minutes, bpm = example["minutes"], example["hr"]
    assert trimp(minutes, bpm, sex="male", **at) == pytest.approx(example["trimp"], abs=5e-5)
    assert trimp(minutes, bpm, sex="female", **at) == pytest.approx(facts["female_064"], abs=5e-5)
    assert trimp(1, 200, sex="male", **at) == pytest.approx(facts["per_min_max_male"], abs=5e-5)
    assert trimp(1, 200, sex="female", **at) == pytest.approx(facts["per_min_max_female_064"], abs=5e-5)


def test_a_heart_below_rest_adds_nothing_and_one_above_its_most_no_more(constants: LoadConstants) -> None:
    at = {"rest_bpm": 60, "most_bpm": 180, "sex": "male", "constants": constants}
    assert trimp(30, 40, **at) == 0
    assert trimp(30, 230, **at) == trimp(30, 180, **at)


def test_heart_rate_load_is_not_known_without_heart_rate_age_or_sex(knowledge: Knowledge) -> None:
    with_heart = run(0, 8, heart_rate_bpm=150.0)
    for athlete in (Athlete(), Athlete(date(1990, 1, 1)), Athlete(sex="male")):
        assert measure([with_heart], athlete, knowledge, on=day(5)).runs["trimp"].to_list() == [None]
    both = measure([with_heart, run(1, 8)], KNOWN, knowledge, on=day(5))
    assert both.runs["trimp"].is_null().to_list() == [False, True]
    assert both.days["trimp"].to_list() == [both.runs["trimp"][0], None]
    assert both.weeks["trimp"].to_list() == [None]


# Effort, steps and hills


def test_effort_times_minutes_is_added_up_where_it_is_told(knowledge: Knowledge) -> None:
    load = seen([run(0, 10, minutes=60, perceived_effort=7.0), run(7, 5), run(8, 5, perceived_effort=2.0)], knowledge)
    assert load.runs["srpe_au"].to_list() == [420, None, 60]
    assert load.days["srpe_au"].to_list()[:2] == [420, 0]
    assert load.weeks["srpe_au"].to_list() == [420, None]


def test_climb_and_descent_stand_apart_and_hilly_runs_are_marked(knowledge: Knowledge) -> None:
    load = seen([run(0, 10, ascent_m=200.0, descent_m=40.0), run(1, 10, ascent_m=90.0), run(2, 10)], knowledge)
    assert load.runs["hilly"].to_list() == [True, False, None]
    assert load.runs["climb_m_per_km"].to_list() == [20, 9, None]
    assert load.days["ascent_m"].to_list() == [200, 90, None]
    assert load.days["descent_m"].to_list() == [40, None, None]


def test_pace_zones_are_those_of_the_runner(knowledge: Knowledge) -> None:
    usual = every(2, 0, 20, 8)
    runs = [*usual, run(21, 8, minutes=40), run(23, 8, minutes=60), run(25, 8, minutes=49), run(27, 8, timer_s=None)]
    assert seen(runs, knowledge).runs["zone"].to_list()[4:] == [None, *["usual"] * 5, "faster", "slower", "usual", None]


@pytest.mark.parametrize("facts", VECTORS["steps_per_km"])
def test_steps_of_a_kilometre_are_minutes_times_cadence(facts: dict[str, float], knowledge: Knowledge) -> None:
    load = seen([run(0, 1, cadence_spm=float(facts["cadence"]))], knowledge)
    assert load.runs["steps"].to_list() == [pytest.approx(facts["steps"])]


def test_steps_at_the_speed_of_reference_on_the_flat_count_as_they_are(knowledge: Knowledge) -> None:
    load = seen([run(0, 10, minutes=60, cadence_spm=170.0, descent_m=0.0)], knowledge)
    row = load.runs.row(0, named=True)
    assert row["dose_steps"] == row["dose_low"] == row["dose_high"] == pytest.approx(170 * 60)


def test_a_step_counts_by_a_power_of_the_force_at_its_speed(knowledge: Knowledge) -> None:
    """12 km/h presses 10 body weights, 10 km/h 9.17: a ninth more, and its powers 1, 4 and 7."""
    load = seen([run(0, 12, minutes=60, cadence_spm=180.0, descent_m=0.0)], knowledge)
    row, ratio = load.runs.row(0, named=True), 10 / (7.5 + 2.5 * 4 / 6)
    steps = 180 * 60
    assert row["dose_low"] == pytest.approx(steps * ratio)
    assert row["dose_steps"] == pytest.approx(steps * ratio**4)
    assert row["dose_high"] == pytest.approx(steps * ratio**7)


def test_a_descent_widens_the_interval_and_nothing_else(knowledge: Knowledge) -> None:
    flat, hilly = (
        seen([run(0, 10, minutes=60, cadence_spm=170.0, descent_m=metres)], knowledge).runs.row(0, named=True)
        for metres in (0.0, 150.0)
    )
    assert hilly["dose_steps"] == flat["dose_steps"]
    assert hilly["dose_high"] > flat["dose_high"]


def test_the_weight_of_steps_is_not_known_without_cadence_or_descent(knowledge: Knowledge) -> None:
    runs = [run(0, 8, descent_m=10.0), run(1, 8, cadence_spm=168.0)]
    assert seen(runs, knowledge).runs["dose_steps"].to_list() == [None, None]


# Fitness and fatigue


def test_fitness_and_fatigue_are_those_of_the_reference(constants: LoadConstants) -> None:
    facts = VECTORS["pmc"]
    assert fitness_fatigue([100.0] * 7, constants) == pytest.approx(facts["const100_7d_exp"], abs=5e-5)
    assert fitness_fatigue([100.0] * 42, constants) == pytest.approx(facts["const100_42d_exp"], abs=5e-5)
    assert fitness_fatigue([100.0, *[0.0] * 7], constants) == pytest.approx(facts["single100_then0_exp"], abs=5e-5)
    assert fitness_fatigue([], constants) == (0, 0, 0)


def test_fitness_says_how_many_of_its_days_are_known(knowledge: Knowledge, constants: LoadConstants) -> None:
    load = seen(every(2, 0, 61, 10), knowledge)
    assert load.fitness["known_d"].to_list()[:3] == [1, 2, 3]
    assert load.fitness["known_d"].to_list()[-1] == 42
    last = load.fitness.row(-1, named=True)
    expected = fitness_fatigue([10.0 if place % 2 == 0 else 0.0 for place in range(61)], constants)
    assert (last["fitness"], last["fatigue"], last["form"]) == pytest.approx(expected)
    gap = seen([*every(2, 0, 60, 10), run(60, None)], knowledge)
    assert gap.fitness["known_d"].to_list()[-1] == 41


def test_each_metric_with_a_window_says_how_much_of_it_is_known(knowledge: Knowledge) -> None:
    load, nothing = seen(every(2, 0, 11, 10), knowledge), seen([], knowledge)
    known = {metric.id: load.known_days(metric) for metric in METRICS}
    assert known["fitness"] == (11, 42)
    assert known["acwr"] == (11, 28)
    assert known["monotony"] == (7, 7)
    assert known["session_spike"] is None
    assert {nothing.known_days(metric) for metric in METRICS} == {None, (0, 42), (0, 28), (0, 7)}


def test_a_metric_says_whether_its_evidence_comes_from_runners(knowledge: Knowledge) -> None:
    in_runners = {metric.id for metric in METRICS if metric.in_runners}
    assert in_runners == {"session_spike", "week_change", "acwr"}
    assert all(metric.grades(knowledge) for metric in METRICS)


# A run that is planned


def test_a_planned_run_is_told_with_what_followed_runs_like_it(knowledge: Knowledge) -> None:
    load = seen(every(2, 0, 40, 10), knowledge, on=41)
    planned = load.planned(12, day(41), knowledge)
    assert (planned.state, planned.excess, planned.hrr) == ("small", pytest.approx(0.2), (1.64, 1.31, 2.05))
    assert planned.says == (
        "12.0 km is 20 % longer than the longest run that counts in the last 30 days (10.0 km). "
        "Runs like this were followed by 1.64 times as many overuse injuries (1.31 to 2.05)."
    )
    assert "at most a tenth longer" in load.planned(11, day(41), knowledge).says
    assert "does not say enough" in load.planned(5, day(5), knowledge).says


# Other programs


def test_the_acwr_package_finds_the_same_ratios_monotony_and_strain(constants: LoadConstants) -> None:
    acwr, pandas = pytest.importorskip("acwr"), pytest.importorskip("pandas")
    dice = random.Random(3)  # noqa: S311 (made-up loads, not a secret)
    for _ in range(5):
        loads = [float(dice.choice((0, 0, dice.randint(3, 30)))) for _ in range(90)]
        theirs = pandas.Series(loads, index=pandas.date_range("2030-01-07", periods=len(loads)))
        for method, ours in (("rac", acwr_coupled), ("rau", acwr_uncoupled), ("ewma", acwr_ewma)):
            for place in (28, 55, 90):
                expected = acwr.acwr(theirs, method=method).iloc[place - 1]
                assert ours(loads[:place], constants) == pytest.approx(expected)
        assert monotony(loads[-7:]) == pytest.approx(acwr.monotony(theirs, ddof=0).iloc[-1])
        assert strain(loads[-7:]) == pytest.approx(acwr.strain(theirs, ddof=0).iloc[-1])


def test_the_frames_hold_what_the_acwr_package_finds_for_a_log(knowledge: Knowledge) -> None:
    acwr, pandas = pytest.importorskip("acwr"), pytest.importorskip("pandas")
    dice = random.Random(5)  # noqa: S311 (made-up loads, not a secret)
    load = seen([run(place, dice.randint(3, 20)) for place in range(0, 120, 3)], knowledge)
    days = load.days.select("date", "distance_m").to_dict(as_series=False)
    theirs = pandas.Series(days["distance_m"], index=pandas.DatetimeIndex(days["date"]))
    for method, column in (("rac", "coupled"), ("rau", "uncoupled"), ("ewma", "ewma")):
        expected = pl.Series(acwr.acwr(theirs, method=method).to_list()).fill_nan(None)
        assert load.acwr[column].is_null().to_list() == expected.is_null().to_list()
        assert load.acwr[column].drop_nulls().to_list() == pytest.approx(expected.drop_nulls().to_list())
