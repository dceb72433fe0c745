"""What we write as FIT. Decoders of others read it back, so that our writer and reader share no mistake."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import fitdecode
import numpy as np
import polars as pl
import pytest
from garmin_fit_sdk import Decoder, Stream

from hipwise.activity._fit import read_fit
from hipwise.activity._fit_encode import ENUM, U8, U16, U32, Block, encode, number, text
from hipwise.activity._fit_write import fit_bytes, write_fit
from hipwise.activity._run import Origin, Run

if TYPE_CHECKING:
    from pathlib import Path

START = datetime(2030, 5, 1, 23, 30, tzinfo=UTC)


def run(count: int = 40, **given: Any) -> Run:
    """A run of COUNT seconds with every column."""
    index = np.arange(count)
    samples = pl.DataFrame(
        {
            "at": [START + timedelta(seconds=second) for second in range(count)],
            "latitude_deg": 47.5 + index * 2e-5,
            "longitude_deg": -8.25 + index * 1e-5,
            "altitude_m": 400 + (index % 50) * 0.2,
            "distance_m": index * 2.75,
            "speed_mps": 2.75 + index % 3 * 0.001,
            "heart_rate_bpm": 140.0 + index % 10,
            "cadence_spm": 168 + index % 4 * 0.5,
            "power_w": 230.0 + index % 7,
            "vertical_oscillation_mm": 85 + index % 5 * 0.1,
            "ground_contact_ms": 250 + index % 5 * 0.1,
            "ground_contact_balance_pct": 49 + index % 5 * 0.01,
            "step_length_mm": 980 + index % 5 * 0.1,
            "vertical_ratio_pct": 8 + index % 5 * 0.01,
            "moving": np.ones(count, bool),
        },
        schema_overrides={"at": pl.Datetime("ms", "UTC")},
    )
    usual: dict[str, Any] = {
        "id": "a" * 16,
        "sport": "running",
        "sub_sport": "trail",
        "started_at": START,
        "local_date": date(2030, 5, 1),
        "utc_offset_s": -5 * 3600,
        "origins": (Origin("a.fit", "fit", "0" * 64, "garmin", "3113", 42),),
        "distance_m": 110.5,
        "timer_s": 39.5,
        "elapsed_s": 40.25,
        "cadence_spm": 168.75,
        "heart_rate_bpm": 144.0,
        "ascent_m": 12.0,
        "descent_m": 9.0,
        "perceived_effort": 6.5,
        "records": count,
        "samples": samples,
    }
    return Run(**(usual | given))


def told(data: bytes, kind: str) -> list[dict[str, Any]]:
    """The messages of KIND as fitdecode reads them, checksums checked."""
    reader = fitdecode.FitReader(
        io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE, error_handling=fitdecode.ErrorHandling.RAISE
    )
    return [
        {field.name: field.value for field in frame.fields}
        for frame in reader
        if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == kind
    ]


def read(data: bytes) -> Run:
    (found,) = read_fit(data, "written.fit")
    return found


def test_what_we_write_is_what_another_decoder_reads() -> None:
    records = told(fit_bytes(run()), "record")
    samples = run().samples
    assert len(records) == 40
    assert [each["timestamp"] for each in records] == samples["at"].to_list()
    for ours, theirs, factor in (
        ("latitude_deg", "position_lat", 2**31 / 180),
        ("altitude_m", "enhanced_altitude", 1),
        ("distance_m", "distance", 1),
        ("speed_mps", "enhanced_speed", 1),
        ("heart_rate_bpm", "heart_rate", 1),
        ("power_w", "power", 1),
        ("vertical_oscillation_mm", "vertical_oscillation", 1),
        ("ground_contact_ms", "stance_time", 1),
        ("ground_contact_balance_pct", "stance_time_balance", 1),
        ("step_length_mm", "step_length", 1),
        ("vertical_ratio_pct", "vertical_ratio", 1),
    ):
        expected = (samples[ours] * factor).to_list()
        assert [each[theirs] for each in records] == pytest.approx(expected, abs=0.5 if factor > 1 else 1e-6), ours


def test_cadence_is_written_for_one_foot_with_its_fraction() -> None:
    records = told(fit_bytes(run()), "record")
    assert [(each["cadence"], each["fractional_cadence"]) for each in records[:4]] == [
        (84, 0),
        (84, 0.25),
        (84, 0.5),
        (84, 0.75),
    ]
    ride = told(fit_bytes(run(sport="cycling")), "record")
    assert ride[0]["cadence"] == 168


def test_the_summaries_are_what_another_decoder_reads() -> None:
    data = fit_bytes(run())
    (session,), (activity,), (lap,), (head,) = (told(data, kind) for kind in ("session", "activity", "lap", "file_id"))
    assert (session["sport"], session["sub_sport"], session["start_time"]) == ("running", "trail", START)
    assert (session["total_elapsed_time"], session["total_timer_time"]) == (40.25, 39.5)
    assert (session["total_distance"], session["total_ascent"], session["total_descent"]) == (110.5, 12, 9)
    assert (session["avg_heart_rate"], session["avg_running_cadence"], session["workout_rpe"]) == (144, 84, 65)
    assert session["avg_fractional_cadence"] == 0.375
    assert (lap["total_distance"], lap["total_timer_time"]) == (110.5, 39.5)
    assert activity["timestamp"] == START + timedelta(seconds=40)
    assert activity["local_timestamp"] == START + timedelta(seconds=40, hours=-5)
    assert (activity["num_sessions"], activity["total_timer_time"]) == (1, 39.5)
    assert (head["type"], head["manufacturer"], head["serial_number"]) == ("activity", "garmin", 42)


def test_the_official_decoder_finds_no_fault() -> None:
    data = bytearray(fit_bytes(run()))
    assert Decoder(Stream.from_byte_array(data)).check_integrity()
    messages, errors = Decoder(Stream.from_byte_array(data)).read()
    assert not errors
    assert len(messages["record_mesgs"]) == 40


def test_a_run_comes_back_as_it_was_written() -> None:
    back = read(fit_bytes(run()))
    one = run()
    for name in ("sport", "sub_sport", "started_at", "local_date", "utc_offset_s", "records", "perceived_effort"):
        assert getattr(back, name) == getattr(one, name)
    for name in ("distance_m", "timer_s", "elapsed_s", "cadence_spm", "heart_rate_bpm", "ascent_m", "descent_m"):
        assert getattr(back, name) == pytest.approx(getattr(one, name))
    assert back.samples.columns == one.samples.columns
    for name in one.samples.columns[1:-1]:
        assert back.samples[name].to_numpy() == pytest.approx(one.samples[name].to_numpy(), abs=1e-6)
    assert not back.notes
    origin = back.origins[0]
    assert (origin.maker, origin.product, origin.serial) == ("garmin", "3113", 42)


def test_pauses_come_back_wherever_they_stand() -> None:
    for still in (range(10, 20), [*range(5), 8, *range(20, 22)], range(30, 40)):
        moving = [index not in set(still) for index in range(40)]
        one = run(samples=run().samples.with_columns(moving=pl.Series(moving)))
        assert read(fit_bytes(one)).samples["moving"].to_list() == moving
    events = told(fit_bytes(one), "event")
    assert [event["event_type"] for event in events] == ["start", "stop"]
    assert [event["event_type"] for event in told(fit_bytes(run()), "event")] == ["start", "stop_all"]


def test_what_is_not_known_stays_unknown() -> None:
    samples = run().samples.with_columns(heart_rate_bpm=pl.Series([None, 140.0] * 20), cadence_spm=pl.lit(600.0))
    bare = run(
        samples=samples,
        utc_offset_s=None,
        distance_m=None,
        cadence_spm=None,
        heart_rate_bpm=None,
        ascent_m=None,
        descent_m=None,
        perceived_effort=None,
        sport="other",
        sub_sport=None,
    )
    assert "total_distance" not in {name for name, value in told(fit_bytes(bare), "session")[0].items() if value}
    back = read(fit_bytes(bare))
    assert back.samples["heart_rate_bpm"].to_list() == [None, 140.0] * 20
    assert "cadence_spm" not in back.samples.columns
    assert (back.sport, back.sub_sport, back.utc_offset_s, back.perceived_effort) == ("other", None, None, None)


def test_a_run_without_samples_keeps_its_totals() -> None:
    back = read(fit_bytes(run(samples=run().samples.head(0), elapsed_s=3600.0, timer_s=3500.0, distance_m=10_000.0)))
    assert (back.records, back.elapsed_s, back.timer_s, back.distance_m) == (0, 3600, 3500, 10_000)
    hand = replace(run(elapsed_s=None, timer_s=None), samples=run().samples.select("at", "moving").head(0))
    assert read(fit_bytes(hand)).started_at == START


def test_a_device_without_a_number_keeps_its_name() -> None:
    origin = Origin("a.tcx", "tcx", "0" * 64, "unheard of", "Läufer 3000 mit einem sehr langen Namen", None)
    (head,) = told(fit_bytes(run(origins=(origin,))), "file_id")
    assert head["manufacturer"] == "development"
    assert head["product_name"] == "Läufer 3000 mit einem sehr lan"
    assert head["serial_number"] > 0
    other = Origin("a.fit", "fit", "0" * 64, "9999", None, 7)
    assert told(fit_bytes(run(origins=(other,))), "file_id")[0]["manufacturer"] == 9999


def test_writing_to_a_path_gives_the_same_bytes(tmp_path: Path) -> None:
    write_fit(run(), tmp_path / "run.fit")
    assert (tmp_path / "run.fit").read_bytes() == fit_bytes(run())


def test_an_hour_is_written_in_milliseconds() -> None:
    one = run(3600)
    fit_bytes(one)
    durations = []
    for _ in range(7):
        begin = time.perf_counter()
        fit_bytes(one)
        durations.append(time.perf_counter() - begin)
    assert min(durations) < 0.01


def test_the_encoder_writes_workouts_too() -> None:
    steps = Block(
        27,
        (
            number(254, U16, range(3)),
            text(0, ["Walk", "Run", ""], 16),
            number(1, ENUM, [0, 0, 6]),
            number(2, U32, [60_000, 120_000, 0]),
            number(3, ENUM, [2, 2, float("nan")]),
            number(4, U32, [0, 0, 8]),
        ),
    )
    head = Block(0, (number(0, ENUM, [5]), number(1, U16, [255]), number(4, U32, [1_272_000_000])))
    workout = Block(26, (number(4, ENUM, [1]), number(6, U16, [3]), text(8, ["Lauf-Geh ä"], 12)))
    data = encode([head, workout, steps])
    read_back = told(data, "workout_step")
    assert [step["wkt_step_name"] for step in read_back] == ["Walk", "Run", None]
    assert [step["duration_time"] for step in read_back[:2]] == [60, 120]
    assert read_back[2]["repeat_steps"] == 8
    assert told(data, "workout")[0]["wkt_name"] == "Lauf-Geh ä"


def test_more_layouts_than_local_numbers_take_turns() -> None:
    blocks = [Block(20, (number(253, U32, [1_272_000_000 + i]), number(200 + i % 20, U8, [i]))) for i in range(60)]
    assert len(told(encode(blocks), "record")) == 60
