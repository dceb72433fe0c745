"""A run as curves and as splits: bounded, no peak lost, no pause drawn over, no place in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.activity import STREAMS, Origin, Run, by_hand, read, splits_of, streams_of

FILES = Path(__file__).resolve().parents[1] / ".." / "shared" / "samples" / "activity"
START = datetime(2030, 5, 1, 6, 30, tzinfo=UTC)
NAN = float("nan")


def run(seconds: list[float], timer_s: float | None = None, moving: list[bool] | None = None, **columns: object) -> Run:
    """Return a run whose samples lie at SECONDS from its start."""
    frame = pl.DataFrame(
        {
            "at": [START + timedelta(seconds=each) for each in seconds],
            "moving": [True] * len(seconds) if moving is None else moving,
        }
        | columns,
        schema_overrides={"at": pl.Datetime("ms", "UTC"), "moving": pl.Boolean()}
        | dict.fromkeys(columns, pl.Float64()),
    )
    return Run(
        id="a",
        sport="running",
        started_at=START,
        local_date=date(2030, 5, 1),
        origins=(Origin("a.fit", "fit", "sha"),),
        timer_s=timer_s,
        records=len(seconds),
        samples=frame,
    )


@given(
    st.lists(st.one_of(st.none(), st.floats(0, 220)), min_size=1, max_size=200),
    st.integers(8, 50),
    st.lists(st.integers(0, 199), max_size=30),
)
def test_however_long_a_run_is_its_rows_are_few_and_no_peak_is_lost(
    heart: list[float | None], rows: int, stops: list[int]
) -> None:
    moving = [place not in stops for place in range(len(heart))]
    found = streams_of(run([*map(float, range(len(heart)))], moving=moving, heart_rate_bpm=heart), rows)
    assert len(found.timer_s) <= rows
    known = [each for each, moves in zip(heart, moving, strict=True) if each and moves]
    if not known:
        assert "heart_rate_bpm" not in found.columns
        return
    stream = found.columns["heart_rate_bpm"]
    assert (np.nanmin(stream.low), np.nanmax(stream.high)) == (min(known), max(known))
    told = np.isfinite(stream.mean)
    assert (stream.low[told] <= stream.mean[told] + 1e-9).all()
    assert (stream.mean[told] <= stream.high[told] + 1e-9).all()
    assert (np.diff(found.timer_s) >= 0).all()
    assert all(0 < each.row < len(found.timer_s) for each in found.breaks)


def test_a_short_run_is_shown_sample_by_sample() -> None:
    found = streams_of(run([0, 1, 2, 3], heart_rate_bpm=[120, 121, 122, 123]), 8)
    assert found.each
    assert found.columns["heart_rate_bpm"].mean.tolist() == [120, 121, 122, 123]
    assert not streams_of(run([*map(float, range(20))], heart_rate_bpm=[100.0] * 20), 8).each


def test_a_mean_is_weighted_by_time() -> None:
    seconds = [0.0, 9.0, *(9.0 + each for each in range(1, 15))]
    found = streams_of(run(seconds, heart_rate_bpm=[100.0, 200.0, *[150.0] * 14]), 8)
    assert found.columns["heart_rate_bpm"].mean[0] == pytest.approx((9 * 100 + 200) / 10)


def test_zero_is_no_heart_rate_and_no_pace_but_the_sea_lies_at_zero() -> None:
    found = streams_of(
        run([0, 1, 2], heart_rate_bpm=[0, 120, 0], cadence_spm=[0, 0, 0], speed_mps=[0, 3, 3], altitude_m=[0, 0, 1]), 8
    )
    assert np.isnan(found.columns["heart_rate_bpm"].mean).tolist() == [True, False, True]
    assert np.isnan(found.columns["speed_mps"].mean).tolist() == [True, False, False]
    assert found.columns["altitude_m"].mean.tolist() == [0, 0, 1]
    assert "cadence_spm" not in found.columns


def test_a_pause_is_cut_out_and_the_curve_breaks_off_there() -> None:
    found = streams_of(run([0, 10, 20, 200, 210], moving=[True, True, False, True, True], speed_mps=[3.0] * 5), 8)
    assert found.timer_s.tolist() == [0, 10, 20, 30]
    assert [(each.row, each.seconds) for each in found.breaks] == [(2, 190)]


@pytest.mark.parametrize(("timer_s", "rest"), [(None, 410), (410.0, 410), (20.0, 20), (215.0, 215), (5.0, 20)])
def test_a_silence_counts_as_far_as_the_time_of_the_watch_leaves_room_for_it(
    timer_s: float | None, rest: float
) -> None:
    found = streams_of(run([0, 10, 400, 410], timer_s, speed_mps=[3.0] * 4), 8)
    assert found.timer_s[-1] == pytest.approx(rest)
    assert [each.row for each in found.breaks] == [2]


def test_a_recorder_that_writes_a_point_a_minute_is_never_silent() -> None:
    assert streams_of(run([0, 60, 120, 180, 240], speed_mps=[3.0] * 5), 8).breaks == ()


def test_of_many_breaks_the_longest_are_kept() -> None:
    seconds = np.cumsum([0, *([1.0] * 60), 100, 1, 300, 1, 200, 1, 400]).tolist()
    found = streams_of(run(seconds, heart_rate_bpm=[100.0 + place for place in range(len(seconds))]), 8)
    assert [each.seconds for each in found.breaks] == [300, 400]


def test_without_a_speed_of_the_device_the_way_tells_it() -> None:
    found = streams_of(run([*map(float, range(60))], distance_m=[3.0 * each for each in range(60)]), 100)
    assert np.allclose(found.columns["speed_mps"].mean, 3)
    standing = streams_of(run([*map(float, range(60))], distance_m=[*map(float, range(20)), *[19.0] * 40]), 100)
    assert np.isnan(standing.columns["speed_mps"].mean[-20:]).all()


def test_without_a_counted_way_places_tell_it_and_stay_untold() -> None:
    degrees = [each * 3 / 111_195 for each in range(60)]
    found = streams_of(run([*map(float, range(60))], latitude_deg=degrees, longitude_deg=[0.0] * 60), 100)
    assert found.distance_m is not None
    assert found.distance_m[-1] == pytest.approx(177, rel=1e-3)
    assert set(found.columns) <= set(STREAMS)
    unknown = streams_of(run([0, 1], latitude_deg=[NAN, NAN], longitude_deg=[NAN, NAN], speed_mps=[3, 3]), 8)
    assert unknown.distance_m is None


def test_a_jump_of_the_way_is_none_that_a_body_made() -> None:
    ways = [*(3.0 * each for each in range(30)), 9_000_000.0, *(3.0 * each for each in range(31, 60))]
    found = streams_of(run([*map(float, range(60))], distance_m=ways), 100)
    assert found.distance_m is not None
    assert 160 < found.distance_m[-1] < 180


@given(st.floats(900, 42_195), st.sampled_from([1000.0, 1609.344]))
def test_splits_add_up_to_the_run(length_m: float, every_m: float) -> None:
    ways = np.linspace(0, length_m, 400).tolist()
    timer = np.linspace(0, length_m / 3, 400).tolist()
    splits = splits_of(run(timer, distance_m=ways, heart_rate_bpm=[150.0] * 400), every_m)
    assert sum(each.length_m for each in splits) == pytest.approx(length_m)
    assert sum(each.timer_s for each in splits) == pytest.approx(length_m / 3, abs=0.01)
    assert all(each.length_m == pytest.approx(every_m) for each in splits[:-1])
    assert all(each.length_m / each.timer_s == pytest.approx(3, rel=0.05) for each in splits)
    assert all(each.heart_rate_bpm == pytest.approx(150) for each in splits)
    assert {(each.cadence_spm, each.ascent_m) for each in splits} == {(None, None)}


def test_a_split_knows_its_climbs() -> None:
    ways = [3.0 * each for each in range(700)]
    up, down = splits_of(run([*map(float, range(700))], distance_m=ways, altitude_m=_hill(700)), 1000)[:2]
    assert up.ascent_m == pytest.approx(66, abs=4)
    assert down.descent_m == pytest.approx(66, abs=4)


def _hill(count: int) -> list[float]:
    return [0.2 * min(each, 667 - each) for each in range(count)]


def test_without_a_way_or_with_too_many_parts_there_are_no_splits() -> None:
    assert splits_of(run([0, 1], heart_rate_bpm=[1, 2]), 1000) == ()
    assert splits_of(run([0, 100], distance_m=[0, 300]), 0.1) == ()
    assert splits_of(run([0, 1], distance_m=[0, 5]), 1000) == ()


def test_a_run_without_samples_or_always_paused_has_no_curves() -> None:
    typed = by_hand(START, sport="running", distance_m=5000, timer_s=1800, utc_offset_s=None)
    for empty in (typed, run([0, 1], moving=[False, False], speed_mps=[1, 2])):
        found = streams_of(empty, 8)
        assert (len(found.timer_s), found.distance_m, found.columns, found.breaks) == (0, None, {}, ())
        assert splits_of(empty, 1000) == ()
    assert len(streams_of(run([0], speed_mps=[3]), 8).timer_s) == 1


@pytest.mark.skipif(not FILES.is_dir(), reason="the samples are not here")
def test_curves_and_splits_of_a_real_run_agree_with_its_totals() -> None:
    (found,) = read(FILES / "fit" / "garmin_fenix3_run_rd_halfmarathon.fit")
    curves = streams_of(found, 600)
    assert len(curves.timer_s) == 600
    assert set(curves.columns) == set(STREAMS)
    splits = splits_of(found, 1000)
    assert sum(each.length_m for each in splits) == pytest.approx(found.distance_m, rel=0.002)
    assert sum(each.timer_s for each in splits) == pytest.approx(found.timer_s, rel=0.002)
    heart = sum((each.heart_rate_bpm or 0) * each.timer_s for each in splits) / sum(each.timer_s for each in splits)
    assert heart == pytest.approx(found.heart_rate_bpm, rel=0.01)
