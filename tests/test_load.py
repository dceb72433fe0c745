"""What load promises: numbers that a hand can check, and "not enough history" in time."""

import json
from pathlib import Path

import pytest

from hipwise.knowledge import Knowledge
from hipwise.load import (
    METRICS,
    NO_REFERENCE,
    LoadConstants,
    acwr_coupled,
    acwr_ewma,
    acwr_uncoupled,
    ewma,
    monotony,
    spike_state,
    strain,
    week_change,
)
from hipwise.texts import known as known_texts
from hipwise.texts import say
from load_log import day, every, run, seen

TEXTS = Path(__file__).parents[1] / "src" / "hipwise" / "texts" / "en" / "load.yaml"
VECTORS = json.loads((Path(__file__).parent / "data" / "load_vectors.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


@pytest.fixture(scope="module")
def constants(knowledge: Knowledge) -> LoadConstants:
    return knowledge.constants(LoadConstants, "load")


# Formulas


@pytest.mark.parametrize("athlete", ["athlete1", "athlete2", "athlete3"])
def test_acute_chronic_ratios_are_those_of_the_three_published_athletes(athlete: str, constants: LoadConstants) -> None:
    facts = VECTORS["acwr_menaspa_williams"][athlete]
    load = facts["load"]
    assert acwr_coupled(load, constants) == pytest.approx(facts["coupled"], abs=5e-5)
    assert acwr_uncoupled(load, constants) == pytest.approx(facts["uncoupled"], abs=5e-5)
    assert acwr_ewma(load, constants) == pytest.approx(facts["ewma_ratio"], abs=5e-5)
    assert ewma(load, constants.acute_d)[-1] == pytest.approx(facts["ewma_acute"], abs=5e-5)
    assert ewma(load, constants.chronic_d)[-1] == pytest.approx(facts["ewma_chronic"], abs=5e-5)


def test_the_vectors_are_those_of_the_evidence() -> None:
    evidence = Path(__file__).resolve().parents[1] / ".." / "shared" / "evidence" / "rehab" / "vectors.json"
    if not evidence.exists():
        pytest.skip("the evidence folder is not beside the project")
    theirs = json.loads(evidence.read_text("utf-8"))
    assert all(theirs[name] == VECTORS[name] for name in VECTORS if name in theirs)
    assert {"acwr_menaspa_williams", "foster", "weekly_change", "session_spike"} <= set(theirs)


def test_published_ratios_are_met_to_their_printed_digits(constants: LoadConstants) -> None:
    published = VECTORS["acwr_menaspa_williams"]["published"]
    loads = [VECTORS["acwr_menaspa_williams"][f"athlete{number}"]["load"] for number in (1, 2, 3)]
    assert [round(acwr_ewma(load, constants) or 0, 2) for load in loads] == published["ewma"]
    assert {round(acwr_coupled(load, constants) or 0, 2) for load in loads} == {published["rolling_coupled"]}


def test_an_acute_chronic_ratio_needs_a_whole_chronic_window(constants: LoadConstants) -> None:
    for ratio in (acwr_coupled, acwr_uncoupled, acwr_ewma):
        assert ratio([1.0] * 27, constants) is None
        assert ratio([], constants) is None
        assert ratio([1.0] * 28, constants) == pytest.approx(1)


def test_an_acute_chronic_ratio_without_chronic_load_is_not_known(constants: LoadConstants) -> None:
    assert acwr_coupled([0.0] * 28, constants) is None
    assert acwr_uncoupled([0.0] * 21 + [5.0] * 7, constants) is None
    assert acwr_ewma([0.0] * 28, constants) is None


@pytest.mark.parametrize("facts", VECTORS["foster"])
def test_monotony_and_strain_take_the_population_spread(facts: dict[str, list[float] | float | None]) -> None:
    week = facts["week"]
    assert isinstance(week, list)
    assert monotony(week) == (facts["monotony_pop"] and pytest.approx(facts["monotony_pop"], abs=5e-5))
    assert strain(week) == (facts["strain_pop"] and pytest.approx(facts["strain_pop"], abs=5e-3))


def test_seven_like_days_have_no_monotony_whatever_their_rounding() -> None:
    assert monotony([0.1 * 3] * 7) is None
    assert strain([0.1 * 3] * 7) is None


@pytest.mark.parametrize("facts", VECTORS["weekly_change"])
def test_the_change_of_a_week_is_that_reckoned_by_hand(facts: dict[str, float | None]) -> None:
    expected = facts["pct"]
    assert week_change(facts["prev"] or 0, facts["now"] or 0) == (expected and pytest.approx(expected, abs=1e-4))


@pytest.mark.parametrize("facts", VECTORS["session_spike"])
def test_the_state_of_a_run_is_that_of_the_bands(facts: dict[str, float | str], constants: LoadConstants) -> None:
    expected = {"reference": "none"}.get(str(facts["cls"]), facts["cls"])
    assert spike_state(float(facts["run"]), float(facts["longest30"]), constants) == expected


def test_a_run_without_any_before_it_has_no_reference(constants: LoadConstants) -> None:
    assert spike_state(5000, None, constants) == NO_REFERENCE


# Limits


def test_the_ceiling_is_ten_per_cent_above_the_longest_run_rounded_down(knowledge: Knowledge) -> None:
    load = seen([*every(2, 0, 100, 10), run(101, 12.345)], knowledge)
    assert load.longest_run_km(day(102)) == pytest.approx(12.345)
    assert load.ceiling_km(day(102)) == 13.57
    assert load.ceiling_km(day(101)) == 11
    assert load.longest_run_km(day(140)) is None
    assert load.ceiling_km(day(140)) is None
    assert load.longest_run_km(day(140), days=60) == pytest.approx(12.345)


def test_where_there_is_pain_a_jump_does_not_lift_the_ceiling(knowledge: Knowledge) -> None:
    runs = [*every(3, 0, 60, 10), run(61, 15), run(64, 10.5)]
    well, sore = seen(runs, knowledge, on=66), seen(runs, knowledge, on=66, onset=63)
    assert well.longest_run_km(day(66)) == sore.longest_run_km(day(66)) == 15
    assert well.ceiling_km(day(66)) == pytest.approx(16.5)
    assert sore.ceiling_km(day(66)) == pytest.approx(11.55)
    assert sore.planned_state(12, day(66)) == "small"


def test_where_there_is_pain_what_may_have_been_a_jump_bears_no_ceiling_beside_what_was_none(
    knowledge: Knowledge,
) -> None:
    young = [*every(3, 0, 12, 5), run(15, 20), *every(3, 18, 36, 5)]
    broke = [*every(3, 0, 30, 5), run(70, 20), *every(2, 72, 76, 5)]
    for runs, on in ((young, 38), (broke, 78)):
        well, sore = seen(runs, knowledge, on=on), seen(runs, knowledge, on=on, onset=on - 3)
        assert well.ceiling_km(day(on)) == pytest.approx(22)
        assert sore.ceiling_km(day(on)) == pytest.approx(5.5)
    alone = seen([*every(3, 0, 30, 5), run(70, 6)], knowledge, on=72, onset=71)
    assert alone.ceiling_km(day(72)) == pytest.approx(6.6), "there is nothing else to go by"


def test_a_log_shorter_than_the_window_gives_no_ceiling(knowledge: Knowledge) -> None:
    load = seen(every(2, 0, 40, 10), knowledge)
    assert load.ceiling_km(day(29)) is None
    assert load.ceiling_km(day(30)) == 11


def test_a_planned_run_is_held_against_the_limit_before_it_is_run(knowledge: Knowledge) -> None:
    load = seen(every(2, 0, 40, 10), knowledge)
    assert [load.planned_state(km, day(41)) for km in (8, 11, 12, 14, 21)] == [
        "none",
        "none",
        "small",
        "moderate",
        "large",
    ]
    assert load.planned_state(5, day(5)) == NO_REFERENCE


def test_days_in_a_row_end_today_or_yesterday(knowledge: Knowledge) -> None:
    load = seen([run(0), run(2), run(3), run(4), run(4, at=19), run(6, sport="cycling")], knowledge)
    assert [load.run_days_in_row(day(place)) for place in range(7)] == [1, 1, 1, 2, 3, 3, 0]
    assert [load.ran_on(day(place)) for place in (4, 5, 6, 300)] == [True, False, False, False]


# Enough


def test_what_cannot_be_said_yet_is_told_in_days(knowledge: Knowledge) -> None:
    load = seen([run(0), run(9)], knowledge, on=10)
    enough = load.enough
    assert (enough.first_run, enough.last_run) == (day(0), day(9))
    assert (enough.ceiling_d, enough.spike_d, enough.week_d, enough.acwr_d, enough.monotony_d) == (20, 20, 3, 17, 0)
    assert enough.before_onset_d is None
    assert enough.says == (
        say("load.not_enough_ceiling", count=20),
        say("load.not_enough_week", count=3),
        say("load.not_enough_acwr", count=17),
    )


def test_older_runs_are_asked_for_where_the_log_begins_too_late_before_the_pain(knowledge: Knowledge) -> None:
    load = seen(every(2, 0, 60), knowledge, on=60, onset=50)
    assert load.enough.before_onset_d == 8
    assert load.enough.says == (say("load.not_enough_before_onset", count=8),)
    assert seen(every(2, 0, 60), knowledge, on=60, onset=58).enough.says == ()


# Words


def test_no_text_of_load_speaks_of_a_reason_for_the_pain() -> None:
    forbidden = ("because", "caus", "due to", "led to", "reason")
    texts = TEXTS.read_text("utf-8").lower()
    sentences = [line for line in texts.splitlines() if not line.startswith("#")]
    assert not [line for line in sentences for word in forbidden if word in line]


def test_each_metric_says_what_its_evidence_is_worth(knowledge: Knowledge) -> None:
    assert [metric.id for metric in METRICS if metric.drives] == ["session_spike"]
    standing = {metric.id: metric.standing for metric in METRICS}
    assert standing["acwr"] == "no_relation"
    assert standing["ten_percent"] == "convention"
    for metric in METRICS:
        assert metric.name
        assert metric.formula(knowledge)
        assert metric.says(knowledge)
        assert f"load.standing_{metric.standing}" in known_texts()
        assert metric.standing_says
        assert set(metric.sources(knowledge)) <= set(knowledge.sources)


def test_every_number_of_load_is_sourced(knowledge: Knowledge) -> None:
    assert {number.source for number in knowledge.parameters["load"].values()} <= set(knowledge.sources)


def test_frames_have_the_same_columns_with_and_without_runs(knowledge: Knowledge) -> None:
    empty, full = seen([], knowledge), seen(every(2, 0, 120, 8), knowledge)
    for name in ("runs", "days", "weeks", "rolling", "spikes", "acwr", "monotony", "fitness"):
        assert getattr(empty, name).schema == getattr(full, name).schema
