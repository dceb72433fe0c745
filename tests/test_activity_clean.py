"""What every reader's finding goes through before it is a Run."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import polars as pl
import pytest

from hipwise.activity._clean import Raw, finish
from hipwise.activity._run import SAMPLES, Note, Origin, Run
from hipwise.errors import UnreadableFile

T0 = datetime(2030, 5, 1, 8, 0, tzinfo=UTC).timestamp()
NAN = float("nan")


def raw(sport: str = "running", *, at: Any = None, count: int = 11, **given: Any) -> Raw:
    """One sample a second; columns are those of SAMPLES (a number stands for a whole column)."""
    times = T0 + np.arange(count) if at is None else T0 + np.asarray(at, float)
    columns = {
        name: np.broadcast_to(np.asarray(given.pop(name), float), times.shape).copy()
        for name in [*given]
        if name in SAMPLES or name.startswith("dev_")
    }
    origin = Origin("run.gpx", "gpx", "ab" * 32)
    return Raw("gpx", sport, {"at": times} | columns, origin, **({"utc_offset_s": 0} | given))


def made(*args: Any, **given: Any) -> Run:
    return finish(raw(*args, **given))


def notes(run: Run) -> set[str]:
    assert all(note.sentence for note in run.notes)
    return {note.text.removeprefix("activity.") for note in run.notes}


def test_the_frame_has_the_types_of_samples_in_their_order() -> None:
    run = made(power_w=200, latitude_deg=47, longitude_deg=8, dev_x_1_y=3, heart_rate_bpm=120)
    names = ["at", "latitude_deg", "longitude_deg", "heart_rate_bpm", "power_w", "dev_x_1_y", "moving"]
    assert run.samples.columns == names
    for name in names[:-2]:
        assert run.samples[name].dtype == SAMPLES[name][0]
    assert run.samples["at"][0] == datetime(2030, 5, 1, 8, 0, tzinfo=UTC)


def test_what_was_read_in_narrow_numbers_is_as_wide_as_all_samples() -> None:
    narrow = raw(heart_rate_bpm=120, power_w=[np.nan, *[200] * 10])
    for name in ("heart_rate_bpm", "power_w"):
        narrow.columns[name] = narrow.columns[name].astype(np.float32)
    run = finish(narrow)
    assert {run.samples[name].dtype for name in ("heart_rate_bpm", "power_w")} == {pl.Float64()}
    assert run.samples["power_w"].null_count() == 1


def test_samples_are_put_in_order_of_time_and_equal_times_keep_their_order() -> None:
    run = made(at=[0, 2, 1, 1, 3], heart_rate_bpm=[100, 102, 101, 111, 103])
    assert run.samples["heart_rate_bpm"].to_list() == [100, 101, 111, 102, 103]
    assert "sorted" in notes(run)


def test_a_sample_without_a_time_takes_that_of_its_neighbour() -> None:
    run = made(at=[NAN, 1, NAN, 3, 4e9, -9e12], heart_rate_bpm=[1, 2, 3, 4, 5, 6])
    assert [at.timestamp() - T0 for at in run.samples["at"]] == [1, 1, 1, 3, 3, 3]
    mended = next(note for note in run.notes if note.text == "activity.times_mended")
    assert mended == Note("activity.times_mended", (("count", "4"),))
    assert mended.sentence.startswith("4 samples")
    assert next(n for n in made(at=[0, NAN, 2]).notes if n.text.endswith("mended")).sentence.startswith("1 sample ")


def test_a_run_of_which_no_time_is_known_cannot_be_placed() -> None:
    with pytest.raises(UnreadableFile) as caught:
        made(at=[NAN, NAN])
    assert caught.value.where == "run.gpx"
    with pytest.raises(UnreadableFile):
        made(count=0, started_at_s=-1e15)


def test_the_start_alone_places_a_run_without_samples() -> None:
    run = made(count=0, started_at_s=T0, totals={"distance_m": 5000.0, "elapsed_s": 1500.0}, pauses=[(T0, np.inf)])
    assert (run.records, run.distance_m, run.timer_s) == (0, 5000, 1500)
    assert notes(run) == {"no_samples"}


def test_the_start_that_the_file_tells_is_kept_unless_it_lies_far_from_the_samples() -> None:
    assert made(started_at_s=T0 - 20).started_at.timestamp() == T0 - 20
    assert made(started_at_s=T0 - 1e7).started_at.timestamp() == T0


def test_the_day_is_local_and_an_offset_that_no_place_has_is_not_believed() -> None:
    late = datetime(2030, 5, 1, 23, 30, tzinfo=UTC).timestamp() - T0
    assert made(at=late + np.arange(3), utc_offset_s=7200).local_date == date(2030, 5, 2)
    unknown = made(at=late + np.arange(3), utc_offset_s=90_000)
    assert (unknown.local_date, unknown.utc_offset_s) == (date(2030, 5, 1), None)
    assert "no_local_time" in notes(unknown)


@pytest.mark.parametrize("year", [1989, 2009, 2105])
def test_a_date_that_cannot_be_is_told(year: int) -> None:
    assert "date_doubtful" in notes(made(at=datetime(year, 6, 1, tzinfo=UTC).timestamp() - T0 + np.arange(3)))


# Cadence


def test_cadence_is_doubled_or_not_as_the_reader_says() -> None:
    assert made(cadence_spm=160, cadence_one_foot=True).cadence_spm == 320
    assert made(cadence_spm=80, cadence_one_foot=False).cadence_spm == 80
    assert made("cycling", cadence_spm=80, cadence_one_foot=True).cadence_spm == 80


@pytest.mark.parametrize(
    ("sport", "given", "steps"),
    [
        ("running", {"cadence_spm": 85}, 170),
        ("running", {"cadence_spm": 165}, 165),
        ("walking", {"cadence_spm": 55}, 110),
        ("walking", {"cadence_spm": 105}, 105),
        ("walking", {"cadence_spm": 105, "speed_mps": 1.4}, 105),
        ("walking", {"cadence_spm": 80, "speed_mps": 2.4}, 160),
        ("hiking", {"cadence_spm": 48}, 96),
        ("running", {"cadence_spm": 115, "speed_mps": 1.9}, 115),
        ("running", {"cadence_spm": 115, "speed_mps": 6.5}, 230),
        ("running", {"cadence_spm": 115, "speed_mps": NAN}, 115),
        ("running", {"cadence_spm": 105, "speed_mps": 2.8, "step_length_mm": 1600}, 105),
        ("running", {"cadence_spm": 100, "speed_mps": 2.8, "step_length_mm": 840}, 200),
        ("running", {"cadence_spm": 85, "speed_mps": NAN, "step_length_mm": 840}, 170),
        ("running", {"cadence_spm": [105] * 8 + [160] * 3}, np.mean([105] * 8 + [160] * 3)),
    ],
)
def test_the_data_tell_whether_one_foot_was_counted(sport: str, given: dict[str, Any], steps: float) -> None:
    assert made(sport, **given).cadence_spm == pytest.approx(steps)


def test_cadence_of_nobody_moving_is_not_known() -> None:
    run = made(cadence_spm=0, totals={"cadence_spm": 80.0, "timer_s": 60.0})
    assert run.cadence_spm == 160
    assert "cadence_spm" not in run.samples.columns
    assert run.steps == 160
    assert made().steps is None


# Pauses and totals


def test_pauses_are_joined_cut_to_the_run_and_taken_from_the_timer() -> None:
    pauses = [
        (T0 + 6, T0 + 8),
        (T0 - 50, T0 + 1),
        (T0 + 2, T0 + 4),
        (T0 + 3, T0 + 5),
        (T0 + 10, np.inf),
        (T0 + 90, np.inf),
    ]
    run = made(pauses=pauses)
    still = [index for index, moving in enumerate(run.samples["moving"]) if not moving]
    assert still == [0, 2, 3, 4, 6, 7]
    assert (run.elapsed_s, run.timer_s) == (10, 10 - 1 - 3 - 2)


def test_a_pause_that_outlasts_the_run_holds_its_last_sample() -> None:
    run = made(pauses=[(T0 + 8, np.inf)])
    assert run.samples["moving"].to_list() == [True] * 8 + [False] * 3
    assert run.timer_s == pytest.approx(8, abs=1e-5)


def test_a_total_of_zero_says_nothing_when_the_samples_do() -> None:
    run = made(distance_m=np.arange(11) * 3, totals={"distance_m": 0.0, "timer_s": 0.0, "elapsed_s": 0.0})
    assert (run.distance_m, run.timer_s, run.elapsed_s) == (30, 10, 10)
    assert "totals_rebuilt" in notes(run)


def test_a_total_far_from_the_samples_is_believed_but_told() -> None:
    run = made(distance_m=np.arange(11) * 3, totals={"distance_m": 60.0, "timer_s": 25.0, "elapsed_s": 25.0})
    assert run.distance_m == 60
    assert notes(run) == {"distance_differs", "duration_differs"}


def test_a_total_that_cannot_be_is_not_believed() -> None:
    run = made(distance_m=np.arange(11) * 3, totals={"distance_m": 4e7, "timer_s": 10.0, "elapsed_s": 9e6})
    assert (run.distance_m, run.timer_s, run.elapsed_s) == (30, 10, 10)
    assert notes(run) == {"total_impossible"}


@pytest.mark.parametrize("metres", [4e7, 1e300, -5.0])
def test_a_distance_across_a_continent_is_not_believed_though_no_time_is_told(metres: float) -> None:
    run = made(distance_m=np.arange(11) * 3, totals={"distance_m": metres})
    assert run.distance_m == 30
    assert "total_impossible" in notes(run)


def test_totals_that_are_no_numbers_and_an_effort_of_zero_are_not_known() -> None:
    run = made(totals={"distance_m": NAN, "perceived_effort": 0.0, "timer_s": 10.0})
    assert run.distance_m is None
    assert run.perceived_effort is None


def test_distance_begins_at_zero_and_ends_where_the_count_ends() -> None:
    run = made(distance_m=[NAN, 500, 503, 506, 509, 512, 515, 518, 521, 524, NAN])
    assert run.samples["distance_m"].to_list()[:3] == [None, 0, 3]
    assert run.distance_m == 24


def test_a_count_that_began_anew_is_added_up() -> None:
    assert made(distance_m=[90, 93, 96, 99, 0, 3, 6, 9, 12, 15, 18]).distance_m == 9 + 18
    assert made(distance_m=[0, 3, 6, 9, 4e7, 15, 18, 21, 24, 27, 4e7]).distance_m == 9 + 12


def test_without_a_count_distance_is_measured_over_the_ground() -> None:
    latitude = 47 + np.arange(11) * 1e-5
    run = made(latitude_deg=latitude, longitude_deg=8)
    assert run.distance_m == pytest.approx(10 * 1.11195, rel=1e-4)
    paused = made(latitude_deg=latitude, longitude_deg=8, pauses=[(T0 + 4, T0 + 6)])
    assert paused.distance_m == pytest.approx(8 * 1.11195, rel=1e-4)
    assert made(latitude_deg=[47, *[NAN] * 10], longitude_deg=8).distance_m is None
    assert made(latitude_deg=47).distance_m is None


def test_places_that_are_none_are_not_known() -> None:
    run = made(
        latitude_deg=[0, 47, 95, 47, 47, 47, 47, 47, 47, 47, 47], longitude_deg=[0, 8, 8, 181, 8, 8, 8, 8, 8, 8, 8]
    )
    assert run.samples["latitude_deg"].is_null().to_list() == [True, False, True, True] + [False] * 7
    assert run.samples["longitude_deg"].is_null().to_list() == [True, False, True, True] + [False] * 7


def test_a_receiver_that_jumps_there_and_back_is_not_believed_and_one_that_stays_is() -> None:
    latitude = 47 + np.arange(11) * 2e-5
    bounced = latitude.copy()
    bounced[5] += 0.01
    run = made(latitude_deg=bounced, longitude_deg=8)
    assert run.samples["latitude_deg"].is_null().to_list() == [False] * 5 + [True] + [False] * 5
    assert run.distance_m == pytest.approx(10 * 2.2239, rel=1e-3)
    tunnel = latitude + 0.01 * (np.arange(11) > 5)
    assert made(latitude_deg=tunnel, longitude_deg=8).samples["latitude_deg"].null_count() == 0
    assert made("cycling", latitude_deg=47 + np.arange(11) * 2e-4, longitude_deg=8).distance_m == pytest.approx(
        222, rel=0.01
    )


def test_climbs_are_added_up_without_the_noise() -> None:
    seconds = np.arange(1200)
    hill = 400 + 50 * np.sin(seconds / 1200 * 2 * np.pi)
    noise = np.random.default_rng(1).normal(0, 1, len(seconds))
    run = made(count=1200, altitude_m=hill + noise)
    assert run.ascent_m == pytest.approx(100, abs=10)
    assert run.descent_m == pytest.approx(100, abs=10)
    assert made(altitude_m=NAN).ascent_m is None
    assert made(totals={"ascent_m": 0.0}, altitude_m=np.arange(11)).ascent_m == 0


def test_a_mean_of_the_device_in_another_unit_is_not_believed() -> None:
    assert made(heart_rate_bpm=150, totals={"heart_rate_bpm": 148.0}).heart_rate_bpm == 148
    assert made(heart_rate_bpm=150, totals={"heart_rate_bpm": 2.5}).heart_rate_bpm == 150
    assert made(totals={"heart_rate_bpm": 148.0}).heart_rate_bpm == 148
    assert made(totals={"heart_rate_bpm": 0.0}).heart_rate_bpm is None


def test_a_mean_over_pauses_alone_is_not_known() -> None:
    assert made(heart_rate_bpm=150, pauses=[(T0 - 1, np.inf)]).heart_rate_bpm is None


def test_the_sources_named_are_those_of_columns_that_are_there() -> None:
    run = made(heart_rate_bpm=150, column_sources={"heart_rate_bpm": "native", "power_w": "native"})
    assert run.column_sources == (("heart_rate_bpm", "native"),)


def test_the_same_note_is_told_once_and_legs_have_their_own_ids() -> None:
    twice = Note("activity.sorted")
    assert made(notes=[twice, twice]).notes.count(twice) == 1
    assert made(leg=0).id != made(leg=1).id
    assert made().id == made().id
