"""What load promises: numbers that a hand can check, "not enough history" in time, and never a "no" by silence."""

import json
import random
import shutil
import statistics
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from hipwise.activity import Note, Origin, RunSummary
from hipwise.knowledge import Knowledge
from hipwise.load import (
    METRICS,
    NO_REFERENCE,
    Load,
    LoadConstants,
    acwr_coupled,
    acwr_ewma,
    acwr_uncoupled,
    ewma,
    measure,
    monotony,
    spike_state,
    strain,
    week_change,
)
from hipwise.model import UNKNOWN, Athlete
from hipwise.texts import known as known_texts
from hipwise.texts import say

DATA = Path(__file__).parents[1] / "src" / "hipwise" / "knowledge" / "data"
VECTORS = json.loads((Path(__file__).parent / "data" / "load_vectors.json").read_text("utf-8"))
START = date(2030, 1, 7)  # a Monday
ORIGIN = Origin("made up", "hand", "0")


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """The parameters of load alone: the room needs nothing else."""
    folder = tmp_path_factory.mktemp("knowledge")
    (folder / "parameters").mkdir()
    for name in ("sources.yaml", "sources_load.yaml", "parameters/load.yaml"):
        shutil.copy(DATA / name, folder / name)
    return Knowledge.load(folder)


@pytest.fixture(scope="module")
def constants(knowledge: Knowledge) -> LoadConstants:
    return knowledge.constants(LoadConstants, "load")


def run(
    day: date | int,
    km: float | None = 5.0,
    *,
    at: float = 8.0,
    minutes: float | None = None,
    sport: str = "running",
    name: str = "",
    **totals: object,
) -> RunSummary:
    """A run of KM on a DAY (a date, or days after START) at an hour, by default at 6 min/km."""
    local_date = START + timedelta(day) if isinstance(day, int) else day
    timer_s = (minutes if minutes is not None else (km or 5.0) * 6) * 60
    totals = {"elapsed_s": timer_s, "timer_s": timer_s, "distance_m": None if km is None else km * 1000} | totals
    return RunSummary(
        id=name or f"{local_date}/{at}/{km}/{sport}",
        sport=sport,
        started_at=datetime.combine(local_date, time(), UTC) + timedelta(hours=at),
        local_date=local_date,
        origins=(ORIGIN,),
        **totals,  # type: ignore[arg-type]
    )


def every(days: int, since: int, until: int, km: float = 5.0, **totals: object) -> list[RunSummary]:
    return [run(day, km, **totals) for day in range(since, until, days)]


def day(after: int) -> date:
    return START + timedelta(after)


def seen(runs: Sequence[RunSummary], knowledge: Knowledge, on: int = 120, onset: int | None = None) -> Load:
    return measure(runs, Athlete(), knowledge, on=day(on), onset=None if onset is None else day(onset))


def states(load: Load) -> dict[str, str]:
    return {finding.id: finding.state for finding in load.evidence}


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
            "other_sport_timer_s": 5400.0,
            "runs_without_distance": 0,
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
    assert load.spikes.rows()[-1][2:] == (None, None, None, None, None, None, None)


def test_an_outing_known_in_part_is_a_spike_as_soon_as_its_part_is_one(knowledge: Knowledge) -> None:
    usual = every(2, 0, 40, 10)
    rest = run(40, None, at=10, minutes=30)
    assert seen([*usual, run(40, 9, at=9), rest], knowledge).spikes["state"].to_list()[-1] is None
    assert seen([*usual, run(40, 12, at=8.7), rest], knowledge).spikes["state"].to_list()[-1] == "small"


# Limits


def test_the_ceiling_is_ten_per_cent_above_the_longest_run_rounded_down(knowledge: Knowledge) -> None:
    load = seen([*every(2, 0, 100, 10), run(101, 12.345)], knowledge)
    assert load.longest_run_km(day(102)) == pytest.approx(12.345)
    assert load.ceiling_km(day(102)) == 13.57
    assert load.ceiling_km(day(101)) == 11
    assert load.longest_run_km(day(140)) is None
    assert load.ceiling_km(day(140)) is None
    assert load.longest_run_km(day(140), days=60) == pytest.approx(12.345)


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


# What changed


STEADY = every(2, 0, 120, 8, ascent_m=32.0, cadence_spm=168.0)
"""A run of 8 km every other day."""


def instead(*others: RunSummary) -> list[RunSummary]:
    """The steady log with OTHERS in place of its runs on their days."""
    changed = {each.local_date for each in others}
    return [*(each for each in STEADY if each.local_date not in changed), *others]


def test_a_steady_log_has_no_change_and_every_finding_is_a_no(knowledge: Knowledge) -> None:
    load = seen(STEADY, knowledge, onset=119)
    assert states(load) == {
        "load_run_spike": "none",
        "load_week_jump": "no",
        "load_gap_restart": "no",
        "load_first_hills": "no",
        "load_faster": "no",
        "load_cadence_shift": "no",
    }
    assert all(finding.origin == "load" and finding.on == load.on for finding in load.evidence)
    assert load.changes == ()
    assert load.verdict_says == say("load.verdict_none", days=28)


def test_a_steady_log_that_is_too_short_never_says_no(knowledge: Knowledge) -> None:
    load = seen(STEADY[:10], knowledge, onset=18)
    assert set(states(load).values()) == {UNKNOWN}
    assert load.verdict == "load.verdict_not_enough"


def test_without_an_onset_nobody_knows_what_came_before_the_pain(knowledge: Knowledge) -> None:
    load = seen(instead(run(118, 16)), knowledge)
    assert set(states(load).values()) == {UNKNOWN}
    assert [change.kind for change in load.changes] == ["spike", "week_jump"]


def test_a_log_that_ends_long_before_the_pain_never_says_no(knowledge: Knowledge) -> None:
    assert states(seen(STEADY, knowledge, onset=119))["load_run_spike"] == "none"
    late = seen(STEADY, knowledge, on=140, onset=126)
    assert set(states(late).values()) == {UNKNOWN}


def test_a_longer_run_before_the_pain_is_named_with_its_day(knowledge: Knowledge) -> None:
    load = seen(instead(run(110, 12.4)), knowledge, onset=115)
    spike = next(change for change in load.changes if change.kind == "spike")
    assert (spike.on, spike.days_before) == (day(110), 5)
    assert spike.says == (
        "27 Apr 2030, 5 days before: a run of 12.4 km, 55 % longer than the longest of the 30 days before (8.0 km)."
    )
    assert states(load)["load_run_spike"] == "moderate"


def test_a_run_on_the_day_of_the_pain_counts_and_one_after_it_does_not(knowledge: Knowledge) -> None:
    runs = [*STEADY, run(111, 18)]
    assert states(seen(runs, knowledge, onset=111))["load_run_spike"] == "large"
    assert states(seen(runs, knowledge, onset=110))["load_run_spike"] == "none"
    assert states(seen(runs, knowledge, on=120, onset=139))["load_run_spike"] == "large"


def test_a_week_that_is_big_because_of_a_longer_run_is_one_change(knowledge: Knowledge) -> None:
    load = seen(instead(run(110, 20)), knowledge, onset=115)
    spike, week = load.changes
    assert (spike.kind, week.kind, week.echo) == ("spike", "week_jump", True)
    assert states(load)["load_week_jump"] == "yes"
    assert load.verdict_says == say("load.verdict_one_clear", near=14)


def test_weeks_that_share_days_are_one_change_told_at_their_peak(knowledge: Knowledge) -> None:
    more = [run(place, 8) for place in (101, 103, 105)]
    load = seen([*STEADY, *more], knowledge, onset=112)
    (week,) = load.changes
    assert (week.kind, week.echo, week.on) == ("week_jump", False, day(106))
    assert dict(week.values) == {"km": 56.0, "before_km": 24.0, "usual_km": 28.0}
    assert week.says == (
        "23 Apr 2030, 6 days before: 56.0 km in seven days. "
        "The seven days before had 24.0 km, a usual week of the four before 28.0 km."
    )


def test_a_single_change_long_before_the_pain_is_called_earlier(knowledge: Knowledge) -> None:
    load = seen(instead(run(90, 20)), knowledge, onset=115)
    assert load.verdict_says == say("load.verdict_one_earlier", near=14)


def test_a_week_back_to_usual_after_a_lighter_one_is_no_jump(knowledge: Knowledge) -> None:
    load = seen([*every(1, 0, 98, 5), *every(3, 98, 105, 5), *every(1, 105, 120, 5)], knowledge, onset=115)
    assert max(load.rolling["change_pct"].drop_nulls()) > 100
    assert states(load)["load_week_jump"] == "no"


def test_a_week_after_so_small_a_one_is_neither_a_jump_nor_none(knowledge: Knowledge) -> None:
    small = every(7, 0, 120, 4)
    assert states(seen(small, knowledge, onset=119))["load_week_jump"] == "no"
    load = seen([*small, run(115, 4)], knowledge, onset=119)
    assert states(load)["load_week_jump"] == UNKNOWN


def test_a_week_without_all_its_distances_is_no_proof_of_a_steady_one(knowledge: Knowledge) -> None:
    load = seen([*STEADY, run(115, None, minutes=60)], knowledge, onset=119)
    assert states(load)["load_week_jump"] == UNKNOWN
    assert states(load)["load_run_spike"] == UNKNOWN


def test_a_restart_after_a_gap_is_named(knowledge: Knowledge) -> None:
    load = seen([*STEADY[:45], *STEADY[53:]], knowledge, onset=115)
    restart = next(change for change in load.changes if change.kind == "gap_restart")
    assert restart.says == "23 Apr 2030, 9 days before: the first run after 17 days without one."
    assert states(load)["load_gap_restart"] == "yes"


def test_runs_after_a_gap_as_long_as_the_window_are_no_proof_of_a_steady_load(knowledge: Knowledge) -> None:
    load = seen([*STEADY[:35], *STEADY[53:]], knowledge, onset=115)
    assert states(load)["load_run_spike"] == UNKNOWN
    assert states(load)["load_gap_restart"] == "yes"


def test_a_runner_who_rested_before_the_pain_had_no_spike(knowledge: Knowledge) -> None:
    load = seen([*STEADY[:40], run(119, 5)], knowledge, onset=115)
    assert states(load)["load_run_spike"] == "none"
    assert states(load)["load_cadence_shift"] == "no"


def test_first_hills_are_named_against_the_hilliest_usual_run(knowledge: Knowledge) -> None:
    hill = run(110, 8, ascent_m=240.0)
    load = seen(instead(hill), knowledge, onset=115)
    (change,) = [each for each in load.changes if each.kind == "first_hills"]
    assert change.says == (
        "27 Apr 2030, 5 days before: the first hilly run, 30 m of climb a kilometre. The hilliest usual run had 4 m."
    )
    assert states(load)["load_first_hills"] == "yes"


def test_hills_are_not_first_where_they_were_usual(knowledge: Knowledge) -> None:
    load = seen([*STEADY, run(51, 8, ascent_m=230.0), run(109, 8, ascent_m=240.0)], knowledge, onset=115)
    assert states(load)["load_first_hills"] == "no"


def test_hills_are_not_known_where_the_climb_is_missing(knowledge: Knowledge) -> None:
    flat_unknown = [run(place, 8, at=18) for place in range(88, 116, 3)]
    assert states(seen([*STEADY, *flat_unknown], knowledge, onset=115))["load_first_hills"] == UNKNOWN
    assert states(seen(every(2, 0, 120), knowledge, onset=115))["load_first_hills"] == UNKNOWN


def test_a_faster_run_is_named_with_its_pace(knowledge: Knowledge) -> None:
    load = seen(instead(run(110, 6, minutes=30)), knowledge, onset=115)
    (change,) = load.changes
    assert change.says == (
        "27 Apr 2030, 5 days before: a faster run, 5:00 min a kilometre. Usual fast running was 6:00."
    )
    assert states(load)["load_faster"] == "yes"


def test_a_short_sprint_is_not_compared(knowledge: Knowledge) -> None:
    load = seen([*STEADY, run(109, 1, minutes=4)], knowledge, onset=115)
    assert states(load)["load_faster"] == "no"


def test_another_cadence_at_the_usual_speed_is_named(knowledge: Knowledge) -> None:
    quicker = [run(place, 8, cadence_spm=180.0) for place in range(92, 116, 2)]
    load = seen([*STEADY[:46], *quicker], knowledge, onset=115)
    (change,) = load.changes
    assert change.says == (
        "09 Apr 2030, 23 days before: another cadence at the usual speed, 180 steps a minute instead of 168 (+7 %)."
    )
    assert states(load)["load_cadence_shift"] == "yes"


def test_another_cadence_at_another_speed_is_no_shift(knowledge: Knowledge) -> None:
    quick = [run(place, 6, minutes=25, cadence_spm=186.0, at=18) for place in (90, 97, 104)]
    assert states(seen([*STEADY, *quick], knowledge, onset=115))["load_cadence_shift"] == "no"


def test_a_cadence_counted_by_one_foot_is_a_fault_and_no_shift(knowledge: Knowledge) -> None:
    halved = [run(place, 8, cadence_spm=84.0) for place in range(92, 116, 2)]
    assert states(seen([*STEADY[:46], *halved], knowledge, onset=115))["load_cadence_shift"] == UNKNOWN


def test_two_runs_do_not_show_a_shift_of_cadence(knowledge: Knowledge) -> None:
    few = [run(place, 8, cadence_spm=190.0) for place in (112, 114)]
    assert states(seen([*STEADY[:44], *few], knowledge, onset=115))["load_cadence_shift"] == UNKNOWN


def test_cadence_is_not_known_where_it_was_not_recorded(knowledge: Knowledge) -> None:
    assert states(seen(every(2, 0, 120), knowledge, onset=115))["load_cadence_shift"] == UNKNOWN
    timeless = [run(place, 8, timer_s=None, cadence_spm=168.0) for place in range(0, 120, 2)]
    assert states(seen(timeless, knowledge, onset=115))["load_cadence_shift"] == UNKNOWN


def test_cadence_known_of_few_runs_lately_is_no_proof(knowledge: Knowledge) -> None:
    silent = [run(place, 8) for place in range(96, 120, 2)]
    assert states(seen([*STEADY[:48], *silent], knowledge, onset=115))["load_cadence_shift"] == UNKNOWN


def test_another_sport_that_is_new_is_a_change_without_a_finding(knowledge: Knowledge) -> None:
    rides = [run(place, 30, sport="cycling", minutes=70, at=18) for place in (100, 103)]
    old = [run(place, 1, sport="swimming", minutes=60, at=18) for place in (70, 101)]
    brief = [run(105, 1, sport="walking", minutes=20, at=18)]
    load = seen([*STEADY, *rides, *old, *brief], knowledge, onset=115)
    (change,) = load.changes
    assert change.says == "17 Apr 2030, 15 days before: another sport began (cycling, 140 minutes so far)."
    assert "yes" not in states(load).values()


def test_a_new_sport_in_a_new_log_is_not_called_new(knowledge: Knowledge) -> None:
    load = seen([*STEADY[:20], run(30, 30, sport="cycling", minutes=70, at=18)], knowledge, onset=38)
    assert load.changes == ()


def test_changes_come_in_order_of_time_and_several_are_called_so(knowledge: Knowledge) -> None:
    runs = [*STEADY, run(93, 8, at=18, ascent_m=300.0), run(109, 14, at=18)]
    load = seen(runs, knowledge, onset=115)
    days = [change.on for change in load.changes]
    assert all(earlier <= later for earlier, later in pairwise(days))
    assert load.verdict_says == say("load.verdict_several", days=28)


# Words


def test_no_text_of_load_speaks_of_a_reason_for_the_pain() -> None:
    forbidden = ("because", "caus", "due to", "led to", "reason")
    texts = (Path(__file__).parents[1] / "src/hipwise/texts/en/load.yaml").read_text("utf-8").lower()
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
    empty, full = seen([], knowledge), seen(STEADY, knowledge)
    for name in ("days", "weeks", "rolling", "spikes", "acwr", "monotony"):
        assert getattr(empty, name).schema == getattr(full, name).schema
    assert isinstance(full.days, pl.DataFrame)
