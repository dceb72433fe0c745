"""What must hold for every log."""

import random
import statistics
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl
import polars.selectors as cs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.activity import Bounds, Origin, RunSummary, possible_run
from hipwise.knowledge import Knowledge
from hipwise.load import (
    NO_REFERENCE,
    SPIKE_STATES,
    Load,
    LoadConstants,
    acwr_coupled,
    acwr_uncoupled,
    measure,
    monotony,
    spike_state,
    week_change,
)
from hipwise.model import Athlete
from hipwise.plan import running_now

START = date(2031, 3, 3)
SPAN_D = 120
TRUSTED_FROM = 2010
FRAMES = ("runs", "days", "weeks", "rolling", "spikes", "acwr", "monotony", "fitness")


BOUNDS = Knowledge.load().constants(Bounds, "bounds")


def constants() -> LoadConstants:
    return Knowledge.load().constants(LoadConstants, "load")


metres = st.integers(min_value=500, max_value=50_000).map(float)
days = st.integers(min_value=0, max_value=SPAN_D - 1)


@st.composite
def runs(draw: st.DrawFn) -> RunSummary:
    """A run within a day, perhaps without a distance, perhaps another sport."""
    day, start_min = draw(days), draw(st.integers(min_value=0, max_value=17 * 60))
    timer_s = float(draw(st.integers(min_value=60, max_value=6 * 3600)))
    return RunSummary(
        id=str(draw(st.uuids(version=4))),
        sport=draw(st.sampled_from(["running", "running", "running", "cycling"])),
        started_at=datetime(START.year, START.month, START.day, tzinfo=UTC) + timedelta(days=day, minutes=start_min),
        local_date=START + timedelta(day),
        origins=(Origin("made up", draw(st.sampled_from(["fit", "fit", "hand"])), "0"),),
        distance_m=draw(metres | metres | metres | st.none()),
        timer_s=timer_s,
        elapsed_s=timer_s,
        ascent_m=draw(st.none() | st.integers(0, 900).map(float)),
        descent_m=draw(st.none() | st.integers(0, 900).map(float)),
        perceived_effort=draw(st.none() | st.integers(1, 10).map(float)),
        heart_rate_bpm=draw(st.none() | st.integers(40, 220).map(float)),
        cadence_spm=draw(st.none() | st.integers(70, 200).map(float)),
    )


logs = st.lists(runs(), max_size=40)
short_logs = st.lists(runs(), max_size=12)


def seen(log: list[RunSummary], onset: int | None = None) -> Load:
    told = None if onset is None else START + timedelta(onset)
    return measure(log, Athlete(), Knowledge.load(), on=START + timedelta(SPAN_D), onset=told)


@given(logs, st.randoms(use_true_random=False), days)
def test_the_order_of_runs_does_not_matter(log: list[RunSummary], shuffled: object, onset: int) -> None:
    other = list(log)
    shuffled.shuffle(other)  # type: ignore[attr-defined]
    one, two = seen(log, onset), seen(other, onset)
    for name in FRAMES:
        assert getattr(one, name).equals(getattr(two, name))
    assert (one.changes, one.verdict, one.evidence) == (two.changes, two.verdict, two.evidence)


@given(logs, runs())
def test_adding_a_run_never_lowers_the_distance_of_a_day(log: list[RunSummary], one_more: RunSummary) -> None:
    more = dict(seen([*log, one_more]).days.select("date", "distance_m").iter_rows())
    for day, distance_m in seen(log).days.select("date", "distance_m").iter_rows():
        if distance_m is not None:
            assert (more[day] or 0) >= distance_m - 1e-6


@given(metres, metres, metres)
def test_a_longer_run_is_never_a_smaller_state(one: float, other: float, longest: float) -> None:
    short, long = sorted((one, other))
    places = [SPIKE_STATES.index(spike_state(each, longest, constants())) for each in (short, long)]
    assert places[0] <= places[1]


@given(metres, metres, st.floats(min_value=0.001, max_value=1000))
def test_a_state_does_not_know_the_unit(run: float, longest: float, scale: float) -> None:
    excess = run / longest - 1
    edges = (constants().spike_small_above, constants().spike_moderate_above, constants().spike_large_above)
    if all(abs(excess - edge) > 1e-6 for edge in edges):
        assert spike_state(run * scale, longest * scale, constants()) == spike_state(run, longest, constants())


@given(logs)
def test_each_band_stands_where_plain_arithmetic_puts_it(log: list[RunSummary]) -> None:
    for row in seen(log).spikes.rows(named=True):
        if row["excess"] is not None:
            assert row["excess"] == pytest.approx(row["distance_m"] / row["longest_30d_m"] - 1)
            assert row["state"] == spike_state(row["distance_m"], row["longest_30d_m"], constants())
        assert row["state"] in {*SPIKE_STATES, NO_REFERENCE, None}


@given(logs, days)
def test_the_ceiling_is_the_rule_to_ten_metres_and_never_above_it(log: list[RunSummary], after: int) -> None:
    load, on = seen(log), START + timedelta(after)
    ceiling_km = load.ceiling_km(on)
    if ceiling_km is not None:
        rule_km = (load.longest_run_km(on) or 0) * (1 + constants().spike_small_above)
        assert rule_km - 0.01 - 1e-9 <= ceiling_km <= rule_km + 1e-9
        assert load.planned_state(ceiling_km, on) == "none"


@given(st.lists(st.floats(min_value=0, max_value=100), min_size=28, max_size=60))
def test_coupled_and_uncoupled_ratio_tell_the_same(loads: list[float]) -> None:
    coupled, uncoupled = acwr_coupled(loads, constants()), acwr_uncoupled(loads, constants())
    if coupled is not None and uncoupled is not None:
        assert coupled == pytest.approx(4 * uncoupled / (uncoupled + 3))
        assert coupled <= 4


@given(st.lists(st.integers(0, 1000).map(float), min_size=7, max_size=7))
def test_monotony_is_the_mean_over_the_population_spread(week: list[float]) -> None:
    even = monotony(week)
    if even is None:
        assert min(week) == max(week)
    else:
        assert even == pytest.approx(statistics.fmean(week) / statistics.pstdev(week))


@given(st.just(0.0) | metres, st.just(0.0) | metres)
def test_the_change_of_a_week_leads_from_one_to_the_other(before: float, now: float) -> None:
    change = week_change(before, now)
    if change is None:
        assert before == 0
    else:
        assert before * (1 + change / 100) == pytest.approx(now, abs=1e-6)


@settings(max_examples=50)
@given(logs, st.sampled_from([0.5, 0.25]))
def test_scaling_all_distances_leaves_ratios_as_they_are(log: list[RunSummary], scale: float) -> None:
    """A power of two, so that rounding is the same; downwards, so that what somebody can run stays so."""
    log = [possible_run(run, BOUNDS) for run in log]
    scaled = [scaled_by(run, scale) for run in log]
    one, two = seen(log), seen(scaled)
    assert one.acwr.equals(two.acwr)
    assert one.rolling["change_pct"].equals(two.rolling["change_pct"])
    assert one.spikes["state"].equals(two.spikes["state"])
    assert one.spikes["excess"].equals(two.spikes["excess"])
    assert one.monotony.equals(two.monotony)


@given(logs, days)
def test_a_log_that_begins_lately_never_says_no(log: list[RunSummary], onset: int) -> None:
    load = seen(log, onset)
    first = load.enough.first_run
    if first is not None and first > START + timedelta(onset - constants().before_onset_d):
        assert not {"no", "none"} & {finding.state for finding in load.evidence}


@given(logs, days)
def test_older_runs_never_turn_a_no_spike_into_a_spike(log: list[RunSummary], onset: int) -> None:
    """What was called none in a short log was certain."""
    load = seen(log, onset)
    older = [earlier(run, SPAN_D) for run in log]
    fuller = seen([*older, *log], onset)
    later = {row["run"]: row["state"] for row in fuller.spikes.rows(named=True)}
    for row in load.spikes.rows(named=True):
        if row["state"] == "none":
            assert later[row["run"]] == "none"


wild = st.floats() | st.sampled_from([1e300, -1e300, 1e12, -1.0, float("nan"), float("inf")])


@st.composite
def wild_runs(draw: st.DrawFn) -> RunSummary:
    """A run as a damaged or forged file may tell it: of any day, with any numbers."""
    names = ("distance_m", "timer_s", "elapsed_s", "cadence_spm", "heart_rate_bpm", "ascent_m", "perceived_effort")
    day = draw(st.dates() | days.map(lambda place: START + timedelta(place)))
    numbers = {name: draw(wild) for name in draw(st.sets(st.sampled_from(names), min_size=1))}
    return replace(draw(runs()), local_date=day, **numbers)  # type: ignore[arg-type]


@settings(max_examples=15)
@given(short_logs, st.lists(wild_runs(), max_size=5), st.none() | days)
def test_whatever_a_file_claims_every_number_is_one_that_a_body_can_reach(
    log: list[RunSummary], claimed: list[RunSummary], onset: int | None
) -> None:
    load = seen([*log, *claimed], onset)
    for name in FRAMES:
        numbers = getattr(load, name).select(cs.float() - cs.ends_with("_high", "_low"))
        assert all(np.isfinite(column.drop_nulls().to_numpy()).all() for column in numbers)
    most_km = BOUNDS.farthest_day_km * BOUNDS.longest_d
    assert (load.longest_run_km(load.on) or 0) <= most_km
    assert (load.ceiling_km(load.on) or 0) <= most_km * (1 + constants().spike_small_above)
    assert len(load.days) <= (load.on - date(TRUSTED_FROM, 1, 1)).days + 1


@settings(max_examples=20)
@given(short_logs, runs(), st.sampled_from([1e300, 400_000.0, -1.0, float("nan"), float("inf")]), st.none() | days)
def test_a_distance_that_cannot_be_lifts_no_ceiling(
    log: list[RunSummary], claim: RunSummary, metres_claimed: float, onset: int | None
) -> None:
    """It says no more than a run of which nobody knows how far it was."""
    one = seen([*log, replace(claim, distance_m=metres_claimed)], onset)
    other = seen([*log, replace(claim, distance_m=None)], onset)
    assert one.ceiling_km(one.on) == other.ceiling_km(other.on)
    assert one.evidence == other.evidence
    assert one.days.equals(other.days)


@settings(max_examples=40)
@given(st.integers(1, 45), st.integers(1, 7), st.integers(3, 15), st.floats(1.2, 30), st.integers(1, 7), st.booleans())
def test_one_run_far_beyond_all_others_is_no_measure_for_a_sore_hip(
    log_d: int, every_d: int, km: int, times: float, ago: int, typed: bool
) -> None:
    """However it came in, however long the log is: what bears the next run is what was borne before it."""
    on = START + timedelta(SPAN_D)
    log = [one_run(SPAN_D - ago - back, km) for back in range(every_d, log_d + every_d, every_d)]
    far = one_run(SPAN_D - ago, km * times)
    far = replace(far, id="far", origins=(Origin("", "hand", "far"),)) if typed else far
    running = running_now(seen([*log, far], SPAN_D - ago), on)
    most_km = km * (1 + constants().spike_small_above) + 1e-6
    assert (running.ceiling_km or 0) <= most_km
    if running.ceiling_km is None:
        assert (running.last_run_km or 0) <= most_km
        assert (running.last_run_min or 0) <= most_km * 6


@settings(max_examples=25)
@given(st.integers(1, 6), st.integers(3, 15), st.floats(2.2, 20), st.lists(st.integers(1, 25), min_size=1, max_size=6))
def test_however_often_a_slip_is_repeated_it_is_no_measure_for_a_sore_hip(
    every_d: int, km: int, times: float, ago: list[int]
) -> None:
    """A runner who is sore, and whose every run is typed as metres for feet, is still told what was borne before."""
    on = START + timedelta(SPAN_D)
    log = [one_run(day, km) for day in range(0, SPAN_D, every_d)]
    slips = [replace(one_run(SPAN_D - each, km * times), id=f"slip {place}") for place, each in enumerate(ago)]
    load = seen([*log, *slips], SPAN_D - 1)
    assert (load.ceiling_km(on) or 0) <= km * (1 + constants().spike_small_above) + 1e-6


def scaled_by(run: RunSummary, scale: float) -> RunSummary:
    return replace(run, distance_m=None if run.distance_m is None else run.distance_m * scale)


def earlier(run: RunSummary, days_before: int) -> RunSummary:
    shift = timedelta(days_before)
    return replace(run, id=f"{run.id}/earlier", started_at=run.started_at - shift, local_date=run.local_date - shift)


@given(st.integers(1, 14), st.integers(0, 27), st.integers(3, 42), st.sampled_from([0.0, 0.05, 0.1]), st.integers())
def test_an_even_runner_never_alarms(every_d: int, late_d: int, km: int, spread: float, seed: int) -> None:
    """Seven days hold now two runs and now three where one runs every third day: nothing has changed."""
    dice = random.Random(seed)  # noqa: S311 (made-up runs, not a secret)
    log = [one_run(day, km * (1 - spread * dice.random())) for day in range(0, SPAN_D, every_d)]
    load = seen(log, SPAN_D - 1 - late_d)
    known = {finding.id: finding.state for finding in load.evidence}
    assert known["load_week_jump"] != "yes"
    assert known["load_run_spike"] in {"none", "unknown"} or spread == 0.1
    assert not [change for change in load.changes if change.kind == "week_jump"]


@settings(max_examples=40)
@given(st.integers(1, 7), st.integers(3, 20), st.integers(0, 27))
def test_a_runner_who_doubles_every_run_alarms(every_d: int, km: int, late_d: int) -> None:
    onset = SPAN_D - 1 - late_d
    log = [one_run(day, km * (2 if day > onset - 14 else 1)) for day in range(0, SPAN_D, every_d)]
    load = seen(log, onset)
    states = {finding.id: finding.state for finding in load.evidence}
    assert states["load_run_spike"] == "moderate"
    if km * 7 / every_d >= 2 * constants().week_least_km:
        assert states["load_week_jump"] == "yes"


@settings(max_examples=40)
@given(logs)
def test_the_weight_of_steps_lies_within_its_own_interval(log: list[RunSummary]) -> None:
    for row in seen(log).runs.rows(named=True):
        if row["dose_steps"] is not None:
            assert row["dose_low"] <= row["dose_steps"] <= row["dose_high"]
            assert 0 < row["dose_low"] <= row["dose_high"]


@settings(max_examples=40)
@given(logs)
def test_days_add_up_to_weeks_and_runs_to_days(log: list[RunSummary]) -> None:
    load = seen(log)
    for name in ("ascent_m", "srpe_au", "dose_steps"):
        by_week = load.days.group_by(pl.col("date").dt.truncate("1w")).agg(pl.col(name).sum())
        sums = dict(by_week.iter_rows())
        for monday, total in load.weeks.select("monday", name).iter_rows():
            assert total is None or total == pytest.approx(sums[monday])
        if not load.runs[name].null_count():
            assert load.runs[name].sum() == pytest.approx(load.days[name].sum())


@settings(max_examples=40)
@given(logs, st.integers(0, 60))
def test_what_a_planned_run_is_called_is_what_it_would_be_called_once_run(log: list[RunSummary], km: int) -> None:
    load, on = seen(log), START + timedelta(SPAN_D)
    planned = load.planned(km + 0.5, on, Knowledge.load())
    assert planned.says
    if load.ceiling_km(on) is None:
        assert (planned.state, planned.excess, planned.hrr) == (NO_REFERENCE, None, None)
    else:
        run_it = replace(one_run(SPAN_D, km + 0.5), id="planned")
        rows = measure([*log, run_it], Athlete(), Knowledge.load(), on=on).spikes.filter(pl.col("run") == "planned")
        assert rows["state"].item() == planned.state
        assert rows["excess"].item() == pytest.approx(planned.excess)


def one_run(day: int, km: float) -> RunSummary:
    local_date = START + timedelta(day)
    return RunSummary(
        id=f"{day}",
        sport="running",
        started_at=datetime(local_date.year, local_date.month, local_date.day, 18, tzinfo=UTC),
        local_date=local_date,
        origins=(Origin("made up", "fit", "0"),),
        distance_m=km * 1000,
        timer_s=km * 360,
        elapsed_s=km * 360,
    )
