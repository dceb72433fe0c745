"""How far each run went without pain: what was told, beside the run that it was told of, and whether that changed."""

from datetime import timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.activity import Lap
from hipwise.knowledge import Knowledge
from hipwise.load import PainFrom, lap_origin, pain_from, pain_state, pain_trend
from hipwise.model import Evidence, Finding
from load_log import day, run, seen


@cache
def ours() -> Knowledge:
    return Knowledge.load()


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return ours()


def told(knowledge: Knowledge, *said: tuple[int, str]) -> tuple[PainFrom, ...]:
    """What is known where on days something was SAID, of runs of 8 km each third day."""
    load = seen([run(each, 8.0) for each in range(0, 60, 3)], knowledge, on=70)
    return pain_from(load, Evidence.of(Finding("run_pain_from", state, day(on)) for on, state in said), knowledge)


@pytest.mark.parametrize(
    ("state", "low", "high", "words"),
    [
        ("none", 8.0, None, "no pain in the whole run (8.0 km)"),
        ("at_once", 0.0, 0.0, "with the first steps"),
        ("to_2_km", 0.0, 2.0, "between 0 and 2 km"),
        ("to_5_km", 2.0, 5.0, "between 2 and 5 km"),
        ("to_10_km", 5.0, 8.0, "between 5 and 8 km"),
        ("over_10_km", 10.0, None, "after more than 10 km"),
    ],
)
def test_each_answer_lies_between_two_ends_of_the_run(
    state: str, low: float, high: float | None, words: str, knowledge: Knowledge
) -> None:
    (found,) = told(knowledge, (30, state))
    assert (found.run_on, found.run_km, found.low_km, found.high_km) == (day(30), 8.0, low, high)
    assert words in found.says
    assert found.is_free == (state == "none")


def test_a_long_run_ends_what_began_after_ten_km(knowledge: Knowledge) -> None:
    load = seen([run(0, 14.0)], knowledge)
    (found,) = pain_from(load, Evidence.of([Finding("run_pain_from", "over_10_km", day(1))]), knowledge)
    assert (found.low_km, found.high_km) == (10.0, 14.0)


def test_an_answer_belongs_to_the_last_run_before_it_and_the_last_word_counts(knowledge: Knowledge) -> None:
    found = told(knowledge, (30, "to_5_km"), (31, "to_2_km"), (33, "unknown"), (34, "none"))
    assert [(each.run_on, each.state) for each in found] == [(day(30), "to_2_km"), (day(33), "none")]


def test_an_answer_without_a_run_near_it_says_so(knowledge: Knowledge) -> None:
    (found,) = told(knowledge, (69, "to_5_km"))
    assert (found.run_on, found.run_km, found.low_km, found.high_km) == (None, None, 2.0, 5.0)
    assert "its length is not known" in found.says
    assert pain_trend((found, found)) is None


def test_a_run_without_a_distance_bounds_nothing(knowledge: Knowledge) -> None:
    load = seen([run(0, None)], knowledge)
    (free,) = pain_from(load, Evidence.of([Finding("run_pain_from", "none", day(0))]), knowledge)
    assert (free.run_on, free.low_km, free.high_km) == (day(0), None, None)


@pytest.mark.parametrize(
    ("first", "newest", "state"),
    [
        ("to_2_km", "to_5_km", "later"),
        ("to_2_km", "none", "later"),
        ("none", "to_2_km", "sooner"),
        ("to_10_km", "to_2_km", "sooner"),
        ("to_10_km", "none", "later"),
        ("to_5_km", "to_5_km", "not_told"),
        ("at_once", "at_once", "not_told"),
        ("over_10_km", "none", "not_told"),
    ],
)
def test_a_trend_is_told_only_where_no_end_of_one_reaches_into_the_other(
    first: str, newest: str, state: str, knowledge: Knowledge
) -> None:
    found = pain_trend(told(knowledge, (10, first), (20, "to_5_km"), (40, newest)))
    assert found is not None
    assert (found.state, found.count) == (state, 3)
    assert found.says
    assert found.newest.on - found.first.on == timedelta(30)


def test_one_run_is_no_trend(knowledge: Knowledge) -> None:
    assert pain_trend(told(knowledge, (30, "to_5_km"))) is None


@given(st.floats(0, 500))
def test_a_kilometre_or_a_lap_belongs_to_the_answer_whose_range_holds_it(km: float) -> None:
    knowledge = ours()
    state = pain_state(km, knowledge)
    low, high = knowledge.number(f"pain_from.{state}").range
    assert low <= km <= max(high, km if state == "over_10_km" else 0)
    assert pain_state(km + 0.1, knowledge) == state or km + 0.1 > high


def test_a_lap_is_told_with_its_place_and_any_other_origin_with_the_ends(knowledge: Knowledge) -> None:
    load = seen([run(each, 8.0) for each in range(0, 60, 3)], knowledge, on=70)
    for origin, words in (
        (lap_origin(Lap(3, 4200.0)), "at 4.2 km, where you pressed lap (lap 3)"),
        ("check-in", "between 2 and 5 km"),
        ("lap:3:nan", "between 2 and 5 km"),
    ):
        finding = Finding("run_pain_from", "to_5_km", day(30), origin)
        (found,) = pain_from(load, Evidence.of([finding]), knowledge)
        assert words in found.says
        assert (found.low_km, found.high_km) == (2, 5)


def test_every_answer_with_pain_has_its_kilometres_in_the_data(knowledge: Knowledge) -> None:
    states = set(knowledge.findings["run_pain_from"].states) - {"none"}
    assert set(knowledge.parameters["pain_from"]) == states
