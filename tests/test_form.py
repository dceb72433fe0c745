"""What the form room promises: means weighted by time, at the same pace, of one sensor, each fact with its error."""

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.activity import Origin, Run, read
from hipwise.form import MEASURES, Form, FormConstants, RunForm, form_of, run_form, to_read
from hipwise.handout import cadence_picture, form_data
from hipwise.knowledge import Knowledge

KB = Knowledge.load()
CONSTANTS = KB.constants(FormConstants, "form")
DAY = date(2030, 1, 7)
WATCH = Origin("a.fit", "fit", "0", "garmin", "fr255", 1)
OTHER = Origin("a.fit", "fit", "0", "coros", "apex", 2)


def a_run(
    on: date = DAY,
    speed: Sequence[float] | float = 2.8,
    cadence: Sequence[float] | float = 168.0,
    seconds: int = 900,
    origin: Origin = WATCH,
    every_s: Sequence[int] | int = 1,
    **columns: Sequence[float | None] | float | None,
) -> Run:
    """A run with a sample each second (or EVERY_S); a value that is one number holds throughout."""
    steps = [every_s] * seconds if isinstance(every_s, int) else list(every_s)
    at = (
        [sum(steps[:place]) for place in range(len(steps))]
        if not isinstance(every_s, int)
        else list(range(0, seconds * every_s, every_s))
    )
    began = datetime(on.year, on.month, on.day, 8, tzinfo=UTC)
    count = len(at)

    def whole(value: Sequence[float | None] | float | None) -> list[float | None]:
        return list(value) if isinstance(value, Sequence) else [value] * count

    frame = {
        "at": pl.Series([began + timedelta(seconds=each) for each in at]).cast(pl.Datetime("ms", "UTC")),
        "moving": [True] * count,
        "speed_mps": pl.Series(whole(speed), dtype=pl.Float64),
        "cadence_spm": pl.Series(whole(cadence), dtype=pl.Float64),
        **{name: pl.Series(whole(value), dtype=pl.Float64) for name, value in columns.items()},
    }
    return Run(
        id=f"{on}/{origin.maker}",
        sport="running",
        started_at=began,
        local_date=on,
        origins=(origin,),
        cadence_spm=168.0,
        records=count,
        samples=pl.DataFrame(frame),
    )


def of(run: Run) -> RunForm:
    found = run_form(run, CONSTANTS)
    assert found is not None
    return found


def many(
    count: int, *, every_d: int = 2, since: int = 0, spm: float = 168.0, origin: Origin = WATCH, seed: int = 1
) -> list[RunForm]:
    """COUNT runs whose cadence follows their speed, with a spread of half a step."""
    dice = random.Random(seed)  # noqa: S311 (made-up runs, not a secret)
    found = []
    for place in range(count):
        speed = dice.uniform(2.5, 3.2)
        cadence = spm + 9.5 * (speed - 2.8) + dice.uniform(-0.5, 0.5)
        on = DAY + timedelta(since + place * every_d)
        found.append(of(a_run(on, speed, cadence, 310, origin, ground_contact_balance_pct=50 + dice.uniform(-1, 1))))
    return found


def facts(runs: Sequence[RunForm], onset: int | None = None) -> Form:
    return form_of(runs, CONSTANTS, DAY + timedelta(400), None if onset is None else DAY + timedelta(onset))


# One run


def test_a_mean_is_weighted_by_time_and_not_by_samples() -> None:
    """Smart recording: 100 samples each second at 160, then 100 samples each five seconds at 180."""
    run = a_run(cadence=[160.0] * 100 + [180.0] * 101, every_s=[1] * 100 + [5] * 101)
    assert of(run).values["cadence_spm"] == pytest.approx((100 * 160 + 500 * 180) / 600)


def test_a_gap_in_the_samples_is_silence() -> None:
    run = a_run(cadence=[160.0] * 400 + [180.0] * 400, every_s=[1] * 399 + [4000] + [1] * 400)
    form = of(run)
    assert form.seconds == pytest.approx(399 + 10 + 399)
    assert form.values["cadence_spm"] == pytest.approx((409 * 160 + 399 * 180) / 808)


def test_standing_walking_and_pauses_are_left_out_and_the_share_is_told() -> None:
    cadence = [168.0] * 600 + [0.0] * 100 + [110.0] * 101
    run = a_run(
        speed=[2.8] * 600 + [0.1] * 100 + [1.4] * 101,
        cadence=cadence,
        seconds=801,
        ground_contact_ms=[250.0] * 600 + [480.0] * 201,
    )
    form = of(run)
    assert form.values["ground_contact_ms"] == pytest.approx(250)
    assert form.share == pytest.approx(600 / 800)
    paused = run.samples.with_columns(moving=pl.int_range(801) < 500)
    assert of(replace(run, samples=paused)).seconds == pytest.approx(500)


def test_zero_is_not_a_value() -> None:
    run = a_run(seconds=1200, ground_contact_ms=[0.0] * 600 + [250.0] * 600, vertical_oscillation_mm=0.0)
    form = of(run)
    assert form.values["ground_contact_ms"] == pytest.approx(250)
    assert "vertical_oscillation_mm" not in form.values


def test_a_measure_known_of_too_little_of_the_run_is_not_told() -> None:
    run = a_run(seconds=900, ground_contact_ms=[250.0] * 200 + [None] * 700)
    assert "ground_contact_ms" not in of(run).values


def test_steps_are_as_long_as_speed_and_cadence_make_them_where_no_sensor_measured_them() -> None:
    assert of(a_run(speed=3.0, cadence=170.0)).values["step_length_mm"] == pytest.approx(1058.8, abs=0.05)
    assert of(a_run(step_length_mm=1000.0)).values["step_length_mm"] == pytest.approx(1000)


def test_speed_comes_from_the_distance_where_the_device_says_none() -> None:
    run = a_run()
    samples = run.samples.drop("speed_mps").with_columns(distance_m=pl.int_range(900) * 3.0)
    assert of(replace(run, samples=samples)).speed_mps == pytest.approx(3.0)
    assert run_form(replace(run, samples=run.samples.drop("speed_mps")), CONSTANTS) is None


def test_a_run_without_cadence_or_too_short_says_nothing() -> None:
    run = a_run()
    assert run_form(replace(run, samples=run.samples.drop("cadence_spm")), CONSTANTS) is None
    assert run_form(a_run(seconds=200), CONSTANTS) is None


def test_drift_is_the_last_third_against_the_first_at_the_same_pace() -> None:
    """Slow, middle and fast in each third; the cadence falls by two at each pace, and the mix of paces changes."""
    speed = ([2.6] * 300 + [3.0] * 100) + [2.8] * 400 + ([2.6] * 100 + [3.0] * 300) + [3.0]
    cadence = ([164.0] * 300 + [172.0] * 100) + [168.0] * 400 + ([162.0] * 100 + [170.0] * 300) + [170.0]
    form = of(a_run(speed=speed, cadence=cadence, seconds=len(speed)))
    assert form.drift["cadence_spm"] == pytest.approx(-2)


def test_without_a_pace_that_both_thirds_held_there_is_no_drift() -> None:
    speed = [2.4] * 400 + [2.8] * 400 + [3.2] * 400
    assert of(a_run(speed=speed, cadence=168.0, seconds=1200)).drift == {}


def test_each_pace_of_a_run_stands_alone() -> None:
    speed = [2.5] * 400 + [3.1] * 401 + [3.9] * 20
    bands = of(a_run(speed=speed, cadence=[165.0] * 400 + [172.0] * 421, seconds=821)).bands
    assert [(round(each.speed_mps, 2), round(each.cadence_spm), each.seconds) for each in bands] == [
        (2.5, 165, 400),
        (3.1, 172, 401),
    ]


def test_a_sensor_is_what_the_file_says_of_the_column_else_the_device() -> None:
    run = replace(a_run(ground_contact_ms=250.0), column_sources=(("ground_contact_ms", "stryd"),))
    assert of(run).sensors["ground_contact_ms"] == "stryd"
    assert of(run).sensors["cadence_spm"] == "garmin fr255 1"
    assert of(a_run(origin=Origin("x.gpx", "gpx", "0"))).sensors["step_length_mm"] == "gpx"


# Many runs


def test_nothing_is_nothing() -> None:
    form = facts([])
    assert (form.measures, form.bands, form.measure("cadence_spm")) == ((), (), None)
    data = form_data(form, KB)
    assert data["says"] == "No run with samples of cadence and speed is in the log."
    assert cadence_picture(form).rows == ()


def test_cadence_is_told_at_a_pace_with_the_spread_from_run_to_run() -> None:
    found = facts(many(20)).measure("cadence_spm")
    assert found is not None
    assert found.line.per_mps == pytest.approx(9.5, abs=0.8)
    assert found.line.at(found.line.at_mps + 0.1) == pytest.approx(found.line.value + 0.95, abs=0.1)
    assert 0.15 < (found.spread or 0) < 0.45


def test_a_quicker_pace_is_no_trend_and_no_change_of_form() -> None:
    """All runs since the pain are faster; at the same pace nothing changed."""
    slow = [
        of(a_run(DAY + timedelta(2 * n), 2.6 + n * 0.02, 168 + 9.5 * (n * 0.02 - 0.2) + (n % 2) * 0.4, 310))
        for n in range(10)
    ]
    fast = [
        of(a_run(DAY + timedelta(20 + 2 * n), 3.0 + n * 0.02, 168 + 9.5 * (0.2 + n * 0.02) + (n % 2) * 0.4, 310))
        for n in range(10)
    ]
    found = facts([*slow, *fast], onset=20).measure("cadence_spm")
    assert found is not None
    assert found.change is not None
    assert not found.change.is_sure
    assert found.trend is not None
    assert not found.trend.is_sure


def test_a_change_since_the_pain_is_told_with_its_error() -> None:
    found = facts([*many(12), *many(8, since=24, spm=172.0, seed=2)], onset=24).measure("cadence_spm")
    assert found is not None
    assert found.change is not None
    assert found.change.is_sure
    assert found.change.counts == found.sides == (12, 8)
    assert found.change.by == pytest.approx(4, abs=1)


def test_few_runs_on_one_side_are_not_compared() -> None:
    found = facts([*many(12), *many(4, since=24)], onset=24).measure("cadence_spm")
    assert found is not None
    assert (found.change, found.sides) == (None, (12, 4))


def test_a_trend_at_the_same_pace_is_told_in_thirty_days() -> None:
    rising = [run for n in range(20) for run in many(1, since=3 * n, spm=168 + 0.3 * n, seed=n)]
    found = facts(rising).measure("cadence_spm")
    assert found is not None
    assert found.trend is not None
    assert found.trend.is_sure
    assert found.trend.by == pytest.approx(3.0, abs=0.6)
    assert facts(many(7, every_d=9)).measures[0].trend is None
    assert facts(many(12)).measures[0].trend is None


def test_a_sensor_change_breaks_the_trend() -> None:
    """The new watch counts six more; no change of form may be made of that."""
    form = facts([*many(12), *many(10, since=24, spm=174.0, origin=OTHER, seed=2)], onset=24)
    found = form.measure("cadence_spm")
    assert found is not None
    assert (found.runs, found.other, found.change, found.sides) == (10, 12, None, (0, 10))
    assert found.trend is None
    says = form_data(form, KB)["measures"][0]["says"]
    assert "Runs with another sensor (12) are left out: two sensors do not measure alike." in says
    assert {row[3] for row in cadence_picture(form).rows} == {"another sensor", "since the pain"}


def test_drift_over_many_runs_has_an_error() -> None:
    tired = [
        of(a_run(DAY + timedelta(n), 2.8, [168.0] * 400 + [167.0] * 400 + [165.0 + n % 2] * 400, 1200))
        for n in range(6)
    ]
    found = facts(tired).measure("cadence_spm")
    assert found is not None
    assert found.drift is not None
    assert found.drift.is_sure
    assert found.drift.by == pytest.approx(-2.5, abs=0.05)
    assert facts(tired[:4]).measures[0].drift is None


def test_the_balance_is_uneven_only_beyond_its_own_spread() -> None:
    def balance(share: float) -> bool | None:
        runs = [
            of(a_run(DAY + timedelta(n), 2.8, 168.0, 310, ground_contact_balance_pct=share + (n % 3 - 1) * 0.4))
            for n in range(9)
        ]
        found = facts(runs).measure("ground_contact_balance_pct")
        assert found is not None
        return found.uneven

    assert [balance(50.2), balance(51.8)] == [False, True]
    assert facts(many(1)).measures[0].uneven is None
    one = facts(many(1)).measure("ground_contact_balance_pct")
    assert one is not None
    assert (one.uneven, one.spread) == (None, None)


def test_paces_over_all_runs_are_weighted_by_time() -> None:
    form = facts([of(a_run(DAY, 2.7, 166.0, 400)), of(a_run(DAY + timedelta(1), 2.7, 170.0, 1200))])
    (band,) = form.bands
    assert band.cadence_spm == pytest.approx((399 * 166 + 1199 * 170) / 1598)
    assert band.runs == 2


def test_every_measure_is_told_in_whole_sentences() -> None:
    runs = [
        of(
            a_run(
                DAY + timedelta(3 * n), 2.8 + n * 0.02, [168.0] * 450 + [167.5] * 450, 900,
                step_length_mm=1000.0 + n, ground_contact_ms=250.0 + n % 2, vertical_oscillation_mm=86.0,
                vertical_ratio_pct=8.6, ground_contact_balance_pct=50.1 + n % 2,
            )
        )
        for n in range(14)
    ]  # fmt: skip
    data = form_data(facts(runs, onset=20), KB)
    assert [each["id"] for each in data["measures"]] == list(MEASURES)
    for each in data["measures"]:
        assert len(each["says"]) >= 4
        assert all(sentence.endswith(".") for sentence in each["says"])
    assert len(data["known"]) == len(data["sources"]) == 3
    assert set(data["sources"]) <= set(KB.sources)


def test_what_rounds_to_nothing_is_no_change_in_words_and_never_a_signed_nothing() -> None:
    steady = [replace(run, drift={"cadence_spm": 0.001}) for run in many(24, spm=168.0)]
    says = " ".join(form_data(facts(steady, onset=20), KB)["measures"][0]["says"])
    assert "no change" in says
    assert not {"+0.0", "-0.0", "0.0"} & set(re.split(r"[^0-9.+-]+", says))


# Real files

SAMPLES = Path(__file__).resolve().parents[1] / ".." / "shared" / "samples" / "activity"
SEEN = {
    "ground_contact_ms": (197, 346),
    "vertical_oscillation_mm": (58, 111),
    "ground_contact_balance_pct": (48.5, 51.7),
    "step_length_mm": (790, 1240),
    "vertical_ratio_pct": (5.9, 9.6),
}
"""What was seen in real files of several makers."""


def real(name: str) -> Run:
    found = sorted(SAMPLES.rglob(name))
    if not found:
        pytest.skip("the real files are not beside the project")
    return next(run for run in read(found[0]) if run.sport == "running")


@pytest.mark.parametrize(
    "name", ["garmin_fenix6x_run_rd.fit", "garmin_fenix3_run_rd_halfmarathon.fit", "stryd_standalone_run.fit"]
)
def test_real_watches_give_values_as_they_were_seen(name: str) -> None:
    form = of(real(name))
    assert form.share > 0.9
    for measure, (low, high) in SEEN.items():
        assert low <= form.values.get(measure, low) <= high, measure


def test_the_cadence_of_a_real_half_marathon_rises_towards_its_end_at_the_same_pace() -> None:
    """177 steps a minute in the first tenth and 191 in the ninth, at nearly one pace."""
    drift = of(real("garmin_fenix3_run_rd_halfmarathon.fit")).drift
    assert 8 < drift["cadence_spm"] < 13
    assert drift["step_length_mm"] < 0


# How many are read


@given(st.integers(0, 200), st.integers(0, 200), st.booleans())
def test_however_many_runs_there_are_a_bounded_number_is_read(before: int, since: int, told: bool) -> None:
    onset = DAY + timedelta(1000)
    days = [*range(1000 - before, 1000), *range(1000, 1000 + since)]
    run = a_run(seconds=1).summary
    runs = [replace(run, id=str(day), local_date=DAY + timedelta(day)) for day in days]
    chosen = to_read(runs, DAY + timedelta(2000), onset if told else None, CONSTANTS)
    most = int(CONSTANTS.runs_most)
    assert len(chosen) == min(most, before + since)
    assert list(chosen) == [each for each in runs if each in set(chosen)]
    assert chosen[len(chosen) - min(since, most // 2) :] == tuple(runs[len(runs) - min(since, most // 2) :])
    if told:
        assert sum(each.local_date < onset for each in chosen) >= min(before, most // 2)


def test_only_runs_with_samples_and_cadence_up_to_the_day_are_read() -> None:
    run = a_run(seconds=1).summary
    others = [
        replace(run, sport="cycling"),
        replace(run, cadence_spm=None),
        replace(run, records=0),
        replace(run, local_date=DAY + timedelta(1)),
    ]
    assert to_read([run, *others], DAY, None, CONSTANTS) == (run,)
