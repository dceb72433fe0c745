"""What load promises of days, weeks and single runs: each metric as a plain loop would reckon it."""

import random
import statistics
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from hipwise.activity import Note, Origin, RunSummary
from hipwise.knowledge import Knowledge
from hipwise.load import NO_REFERENCE, Load, LoadConstants, acwr_ewma, spike_state
from hipwise.texts import say
from load_log import ORIGIN, day, every, run, seen

BY_HAND = Origin("", "hand", "1")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


@pytest.fixture(scope="module")
def constants(knowledge: Knowledge) -> LoadConstants:
    return knowledge.constants(LoadConstants, "load")


# Days and weeks


def test_an_empty_log_gives_no_numbers_and_no_findings(knowledge: Knowledge) -> None:
    load = seen([], knowledge, onset=100)
    assert load.days.is_empty()
    assert load.weeks.is_empty()
    assert load.spikes.is_empty()
    assert load.acwr.is_empty()
    assert load.changes == ()
    assert len(load.evidence) == 0
    assert load.ceiling_km(day(120)) is None
    assert load.run_days_in_row(day(120)) == 0
    assert load.verdict == "load.verdict_not_enough"
    assert load.enough.says == (say("load.no_runs"),)


def test_a_log_of_rides_alone_says_nothing_of_running(knowledge: Knowledge) -> None:
    load = seen([run(3, 30, sport="cycling", minutes=90)], knowledge, onset=100)
    assert load.days.rows(named=True) == [
        {
            "date": day(3),
            "runs": 0,
            "distance_m": None,
            "timer_s": None,
            "steps": None,
            **dict.fromkeys(("longest_m", "ascent_m", "descent_m", "srpe_au", "trimp", "dose_steps")),
            "other_sport_timer_s": 5400.0,
            "runs_without_distance": 0,
            "known": True,
            "sure_share": 1.0,
            **dict.fromkeys(("grade", "distance_low_m", "distance_high_m")),
        }
    ]
    assert len(load.evidence) == 0
    assert load.longest_run_km(day(4)) is None


def test_days_between_the_first_run_and_the_last_are_rest_days_and_others_are_not_known(knowledge: Knowledge) -> None:
    load = seen([run(0, sport="cycling"), run(2, 5), run(4, 7), run(6, sport="swimming")], knowledge)
    assert load.days["distance_m"].to_list() == [None, None, 5000, 0, 7000, None, None]
    assert load.days["other_sport_timer_s"].to_list() == [1800, 0, 0, 0, 0, 0, 1800]


def test_two_runs_of_a_day_are_added(knowledge: Knowledge) -> None:
    load = seen([run(0, 5, at=7, cadence_spm=170.0), run(0, 6, at=19, cadence_spm=160.0)], knowledge)
    (row,) = load.days.rows(named=True)
    assert (row["runs"], row["distance_m"], row["timer_s"]) == (2, 11000, 66 * 60)
    assert row["steps"] == 30 * 170 + 36 * 160


def test_a_total_that_no_run_of_the_day_has_is_null_and_not_zero(knowledge: Knowledge) -> None:
    load = seen([run(0, None), run(1, 0.0, at=9)], knowledge)
    assert load.days["distance_m"].to_list() == [None, None]
    assert load.days["steps"].to_list() == [None, None]
    assert load.days["runs_without_distance"].to_list() == [1, 1]
    assert load.weeks["distance_m"].to_list() == [None]


def test_a_run_belongs_to_its_local_day(knowledge: Knowledge) -> None:
    late = run(3, 5, at=23.5)
    load = seen([late, run(5, 5)], knowledge)
    assert load.days["distance_m"].to_list() == [5000, 0, 5000]


def test_runs_after_the_day_looked_at_do_not_count(knowledge: Knowledge) -> None:
    load = seen([run(0), run(9)], knowledge, on=8)
    assert load.days["date"].to_list() == [day(0)]
    assert load.left_out == ()


def test_a_run_whose_clock_was_not_set_is_left_out_and_named(knowledge: Knowledge) -> None:
    lost = run(date(1990, 1, 1), name="lost", notes=(Note("activity.date_doubtful"),))
    load = seen([run(0), lost], knowledge)
    assert load.days.height == 1
    assert [(each.run, each.why) for each in load.left_out] == [("lost", "load.left_out_undated")]


def test_the_same_run_from_two_devices_counts_once(knowledge: Knowledge) -> None:
    load = seen([run(0, 10, name="watch"), run(0, 9.8, at=8.02, name="phone"), run(0, 3, at=18)], knowledge)
    assert load.days["distance_m"].to_list() == [13000]
    assert load.spikes["distance_m"].to_list() == [10000, 3000]
    assert [(each.run, each.why) for each in load.left_out] == [("phone", "load.left_out_twice")]


def test_a_run_without_distance_never_hides_the_same_run_with_one(knowledge: Knowledge) -> None:
    load = seen([run(0, 10, name="watch"), run(0, None, at=8.1, minutes=40, name="strap")], knowledge)
    assert load.days["distance_m"].to_list() == [10000]
    assert [each.run for each in load.left_out] == ["strap"]


def test_lines_of_a_table_without_an_hour_all_count(knowledge: Knowledge) -> None:
    noon = {"at": 12, "notes": (Note("activity.no_time_of_day"),)}
    load = seen([run(0, 6, name="a", **noon), run(0, 4, name="b", **noon), run(0, 10, at=12)], knowledge)
    assert load.days["distance_m"].to_list() == [20000]
    assert load.days["longest_m"].to_list() == [10000]
    assert load.left_out == ()


def test_runs_typed_by_hand_all_count_and_each_is_an_outing_of_its_own(knowledge: Knowledge) -> None:
    typed = [replace(each, origins=(BY_HAND,)) for each in (run(0, 6, at=0), run(0, 4, at=0, name="b"))]
    load = seen(
        [*typed, run(1, 5, at=8), run(1, 5, at=8.6), replace(run(1, 7, at=8.55), origins=(BY_HAND,))], knowledge
    )
    assert load.days["distance_m"].to_list() == [10000, 17000]
    assert sorted(load.spikes["distance_m"]) == [4000, 6000, 7000, 10000]
    assert load.left_out == ()


def test_a_run_of_a_watch_that_was_typed_too_is_one_of_a_watch(knowledge: Knowledge) -> None:
    both = replace(run(0, 10, name="watch"), origins=(BY_HAND, ORIGIN))
    load = seen([both, run(0, 9.9, at=8.1, name="phone")], knowledge)
    assert [each.run for each in load.left_out] == ["phone"]


def test_a_file_given_twice_counts_once(knowledge: Knowledge) -> None:
    assert seen([run(0), run(0)], knowledge).days["runs"].to_list() == [1]


def test_weeks_go_from_monday_to_sunday_and_only_whole_ones_are_compared(knowledge: Knowledge) -> None:
    load = seen([run(2, 10), run(8, 20), run(13, 2), run(15, 26), run(20, 1), run(22, 40)], knowledge)
    assert load.weeks["monday"].to_list() == [day(0), day(7), day(14), day(21)]
    assert load.weeks["distance_m"].to_list() == [10000, 22000, 27000, 40000]
    assert load.weeks["longest_m"].to_list() == [10000, 20000, 26000, 40000]
    assert load.weeks["whole"].to_list() == [False, True, True, False]
    assert load.weeks["change_pct"].to_list() == [None, None, pytest.approx(100 * 5 / 22), None]


def test_a_week_after_an_empty_one_has_no_change(knowledge: Knowledge) -> None:
    load = seen([run(0, 10), run(14, 10), run(21, 10), run(27, 5)], knowledge)
    assert load.weeks["distance_m"].to_list() == [10000, 0, 10000, 15000]
    assert load.weeks["change_pct"].to_list() == [None, -100, None, 50]


def test_a_week_after_one_that_was_not_measured_has_no_change(knowledge: Knowledge) -> None:
    load = seen([run(0, 10), run(3, None), run(7, 10), run(13, 10)], knowledge)
    assert load.weeks["change_pct"].to_list() == [None, None]
    assert load.rolling["change_pct"].to_list()[-1] is None
    assert load.rolling["runs_without_distance"].to_list()[9:11] == [1, 0]


def test_rolling_weeks_compare_seven_days_with_the_seven_before(knowledge: Knowledge) -> None:
    runs = noisy_log(1, 60)
    load = seen(runs, knowledge)
    by_day = distances(load)
    for row in load.rolling.rows(named=True):
        place = (row["date"] - load.days["date"][0]).days
        if place < 13:
            assert row["change_pct"] is None
        else:
            now, before = sum(by_day[place - 6 : place + 1]), sum(by_day[place - 13 : place - 6])
            assert row["distance_m"] == pytest.approx(now)
            assert row["change_pct"] == (pytest.approx(100 * (now - before) / before) if before else None)


def test_acute_chronic_ratios_of_each_day_are_those_of_the_days_up_to_it(
    knowledge: Knowledge, constants: LoadConstants
) -> None:
    load = seen(noisy_log(2, 80), knowledge)
    by_day = distances(load)
    for place, row in enumerate(load.acwr.rows(named=True)):
        until_now = by_day[: place + 1]
        if place < 27:
            assert (row["coupled"], row["uncoupled"], row["ewma"]) == (None, None, None)
            continue
        acute, chronic = statistics.fmean(until_now[-7:]), statistics.fmean(until_now[-28:])
        before = statistics.fmean(until_now[-28:-7])
        assert row["coupled"] == pytest.approx(acute / chronic)
        assert row["uncoupled"] == pytest.approx(acute / before)
        assert row["ewma"] == pytest.approx(weighted(until_now, 7) / weighted(until_now, 28))
        assert row["ewma"] == pytest.approx(acwr_ewma(until_now, constants))


def test_acute_chronic_ratios_are_not_known_while_a_distance_is_missing(knowledge: Knowledge) -> None:
    load = seen([*every(1, 0, 60), run(30, None, at=18)], knowledge)
    shown = [row["date"] for row in load.acwr.rows(named=True) if row["coupled"] is not None]
    assert shown == [day(place) for place in (27, 28, 29, 58, 59)]


def test_monotony_of_each_day_is_that_of_its_week(knowledge: Knowledge) -> None:
    load = seen(noisy_log(3, 60), knowledge)
    minutes = [seconds / 60 for seconds in load.days["timer_s"]]
    for place, row in enumerate(load.monotony.rows(named=True)):
        week = minutes[place - 6 : place + 1]
        if place < 6 or not statistics.pstdev(week):
            assert (row["monotony"], row["strain"]) == (None, None)
        else:
            expected = statistics.fmean(week) / statistics.pstdev(week)
            assert row["monotony"] == pytest.approx(expected)
            assert row["strain"] == pytest.approx(sum(week) * expected)


def noisy_log(seed: int, days: int) -> list[RunSummary]:
    """Runs on about half of the days, the last day among them, now and then two."""
    rolled = random.Random(seed)  # noqa: S311 (a made-up log, not a secret)
    runs = [run(place, rolled.uniform(3, 18)) for place in range(days) if rolled.random() < 0.5]
    return [*runs, run(0, 4, at=6), run(days, 8), run(days // 2, 3, at=20)]


def distances(load: Load) -> list[float]:
    return load.days["distance_m"].to_list()


def weighted(loads: Sequence[float], days: int) -> float:
    share = 2 / (days + 1)
    mean = loads[0]
    for each in loads[1:]:
        mean = share * each + (1 - share) * mean
    return mean


# Single runs


def test_each_run_is_held_against_the_longest_of_the_thirty_days_before(
    knowledge: Knowledge, constants: LoadConstants
) -> None:
    runs = noisy_log(4, 120)
    load = seen(runs, knowledge)
    first = min(each.local_date for each in runs)
    for row in load.spikes.rows(named=True):
        before = [each.distance_m or 0 for each in runs if row["date"] - timedelta(30) <= each.local_date < row["date"]]
        if row["date"] - timedelta(30) >= first:
            expected = spike_state(row["distance_m"], max(before, default=None), constants)
            assert row["state"] == expected
            assert row["longest_30d_m"] == max(before, default=None)
        else:
            assert row["longest_30d_m"] is None


def test_each_state_bears_the_published_hazard_with_its_interval(knowledge: Knowledge) -> None:
    runs = [*every(2, 0, 40, 10), run(40, 11), run(75, 5), run(76, 6.5), run(80, 8), run(84, 30)]
    by_day = {row["date"]: row for row in seen(runs, knowledge).spikes.rows(named=True)}
    shown = {
        place: tuple(by_day[day(place)][name] for name in ("state", "hrr", "hrr_low", "hrr_high"))
        for place in (40, 75, 76, 80, 84)
    }
    assert shown == {
        40: ("none", 1.0, None, None),
        75: (NO_REFERENCE, None, None, None),
        76: ("small", 1.64, 1.31, 2.05),
        80: ("small", 1.64, 1.31, 2.05),
        84: ("large", 2.28, 1.5, 3.48),
    }


def test_in_the_first_days_of_a_log_a_longer_run_may_be_none(knowledge: Knowledge) -> None:
    load = seen([run(0, 5), run(10, 9), run(12, 5), run(29, 20), run(30, 23)], knowledge)
    assert load.spikes["state"].to_list() == [NO_REFERENCE, NO_REFERENCE, "none", NO_REFERENCE, "small"]
    assert load.spikes["excess"].to_list() == [None, None, None, None, pytest.approx(0.15)]


def test_a_run_of_the_same_day_is_no_reference(knowledge: Knowledge) -> None:
    load = seen([*every(3, 0, 40, 6), run(40, 12, at=7), run(40, 12.5, at=18)], knowledge)
    assert load.spikes["state"].to_list()[-2:] == ["moderate", "large"]


def test_the_thirtieth_day_before_counts_and_the_one_before_it_does_not(knowledge: Knowledge) -> None:
    runs = [run(0, 5), run(10, 20), run(11, 5), run(40, 10), run(41, 15)]
    assert seen(runs, knowledge).spikes["state"].to_list()[-2:] == ["none", "moderate"]


def test_files_of_one_outing_are_added_before_they_are_compared(knowledge: Knowledge) -> None:
    usual = every(2, 0, 40, 10)
    parts = [run(40, 8, at=8), run(40, 8, at=9)]  # 48 minutes, then a break of 12
    load = seen([*usual, *parts], knowledge)
    assert load.spikes.rows()[-1][2:6] == (16000, 10000, pytest.approx(0.6), "moderate")


def test_two_runs_with_a_long_break_are_two_outings(knowledge: Knowledge) -> None:
    load = seen([*every(2, 0, 40, 10), run(40, 8, at=8), run(40, 8, at=9.2)], knowledge)
    assert load.spikes["state"].to_list()[-2:] == ["none", "none"]


def test_the_state_of_a_run_whose_distance_is_not_known_is_not_known(knowledge: Knowledge) -> None:
    load = seen([*every(2, 0, 40, 10), run(40, None)], knowledge)
    assert load.spikes.rows()[-1][2:9] == (None,) * 7
    assert not load.spikes["sure"][-1]


def test_an_outing_known_in_part_is_a_spike_as_soon_as_its_part_is_one(knowledge: Knowledge) -> None:
    usual = every(2, 0, 40, 10)
    rest = run(40, None, at=10, minutes=30)
    assert seen([*usual, run(40, 9, at=9), rest], knowledge).spikes["state"].to_list()[-1] is None
    assert seen([*usual, run(40, 12, at=8.7), rest], knowledge).spikes["state"].to_list()[-1] == "small"
