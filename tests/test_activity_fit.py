"""What a FIT file becomes. An independent encoder makes the files, so that our reader and writer share no mistake."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from fit_tool.endian import Endian
from fit_tool.fit_file_builder import FitFileBuilder

from hipwise.activity._fit import read_fit
from hipwise.activity._run import Run
from hipwise.errors import NotAnActivity, UnreadableFile

START = datetime(2030, 5, 1, 8, 0, tzinfo=UTC)
LOCAL_IDS = ("file_id", "record", "event", "session", "activity", "sport", "hr", "workout", "device_settings")


def ms(seconds: float = 0) -> int:
    return round((START + timedelta(seconds=seconds)).timestamp() * 1000)


def message(kind: str, *, big: bool = False, **fields: Any) -> Any:
    words = "".join(word.capitalize() for word in kind.split("_"))
    module = import_module(f"fit_tool.profile.messages.{kind}_message")
    local_id = LOCAL_IDS.index(kind) if kind in LOCAL_IDS else len(LOCAL_IDS)
    made = getattr(module, f"{words}Message")(local_id=local_id, endian=Endian.BIG if big else Endian.LITTLE)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def file(*messages: Any) -> bytes:
    builder = FitFileBuilder(auto_define=True)
    builder.add_all(list(messages))
    return builder.build_bytes()


def head(**fields: Any) -> Any:
    return message("file_id", **({"type": 4, "manufacturer": 1, "product": 3113, "serial_number": 42} | fields))


def records(count: int, step_s: int = 1, begin_s: int = 0, **columns: Any) -> list[Any]:
    """COUNT records; a column is a number for all, or a function of the index."""
    return [
        message(
            "record",
            timestamp=ms(begin_s + index * step_s),
            **{name: value(index) if callable(value) else value for name, value in columns.items()},
        )
        for index in range(count)
    ]


def session(begin_s: float = 0, **fields: Any) -> Any:
    given = {"start_time": ms(begin_s), "timestamp": ms(begin_s + 60), "sport": 1}
    return message("session", **(given | fields))


def activity(offset_s: float = 0, at_s: float = 60) -> Any:
    local = round((START + timedelta(seconds=at_s + offset_s)).timestamp()) - 631_065_600
    return message("activity", timestamp=ms(at_s), local_timestamp=local, num_sessions=1)


def timer(at_s: float, kind: int) -> Any:
    return message("event", timestamp=ms(at_s), event=0, event_type=kind)


def read(*messages: Any) -> Run:
    (run,) = read_fit(file(*messages), "run.fit")
    return run


def column(run: Run, name: str) -> list[float | None]:
    return run.samples[name].to_list()


def notes(run: Run) -> set[str]:
    assert all(note.sentence for note in run.notes)
    return {note.text.removeprefix("activity.") for note in run.notes}


def test_each_column_has_the_unit_of_its_name() -> None:
    run = read(
        head(),
        *records(
            3,
            position_lat=47.5,
            position_long=-8.25,
            enhanced_altitude=412.4,
            distance=lambda index: 100 + 2.5 * index,
            enhanced_speed=2.5,
            heart_rate=150,
            cadence=85,
            fractional_cadence=0.5,
            power=240,
            vertical_oscillation=91.5,
            stance_time=255.0,
            stance_time_balance=49.25,
            step_length=877.0,
            vertical_ratio=8.2,
        ),
        session(),
        activity(),
    )
    first = run.samples.row(0, named=True)
    assert first["at"] == START
    assert first["latitude_deg"] == pytest.approx(47.5, abs=1e-6)
    assert first["longitude_deg"] == pytest.approx(-8.25, abs=1e-6)
    assert first["altitude_m"] == pytest.approx(412.4)
    assert column(run, "distance_m") == [0, 2.5, 5]
    assert first["speed_mps"] == 2.5
    assert first["heart_rate_bpm"] == 150
    assert first["cadence_spm"] == 171
    assert first["power_w"] == 240
    assert first["vertical_oscillation_mm"] == 91.5
    assert first["ground_contact_ms"] == 255
    assert first["ground_contact_balance_pct"] == 49.25
    assert first["step_length_mm"] == 877
    assert first["vertical_ratio_pct"] == 8.2
    assert dict(run.column_sources)["vertical_oscillation_mm"] == "native"


def test_the_wide_field_is_preferred_and_the_narrow_one_fills_its_gaps() -> None:
    both = message("record", timestamp=ms(), speed=3.0, altitude=100.0, enhanced_speed=70.5, enhanced_altitude=9100.0)
    narrow = message("record", timestamp=ms(1), speed=3.25, altitude=101.0)
    run = read(head(), both, narrow, session(sport=13))
    assert column(run, "speed_mps") == [70.5, 3.25]
    assert column(run, "altitude_m") == [9100, 101]
    gap = message("record", timestamp=ms(1), heart_rate=120)
    assert column(read(head(), *records(1, enhanced_speed=3.0), gap), "speed_mps") == [3, None]


def test_cadence_is_counted_for_both_feet_when_running_and_as_it_is_when_cycling() -> None:
    assert read(head(), *records(3, cadence=84), session(sport=1)).cadence_spm == 168
    assert read(head(), *records(3, cadence=55), session(sport=11)).cadence_spm == 110
    assert read(head(), *records(3, cadence=84), session(sport=2)).cadence_spm == 84


def test_cadence_that_already_counts_both_feet_is_not_doubled() -> None:
    assert read(head(), *records(3, cadence=168), session(avg_running_cadence=168)).cadence_spm == 168


def test_the_mean_cadence_of_the_device_is_doubled_with_its_fraction() -> None:
    run = read(head(), *records(3, cadence=84), session(avg_cadence=84, avg_fractional_cadence=0.25))
    assert run.cadence_spm == 168.5
    assert run.steps is None or run.timer_s is not None


def test_zero_is_a_missing_value_where_a_body_cannot_be_zero() -> None:
    run = read(
        head(),
        *records(4, heart_rate=lambda i: 140 * (i > 1), stance_time=lambda i: 250.0 * (i > 1), power=0),
        session(),
    )
    assert column(run, "heart_rate_bpm") == [None, None, 140, 140]
    assert column(run, "ground_contact_ms") == [None, None, 250, 250]
    assert "power_w" not in run.samples.columns


def test_means_are_weighted_by_time_and_leave_pauses_out() -> None:
    slow = records(3, step_s=10, heart_rate=120)
    quick = records(11, begin_s=30, heart_rate=150)
    after = records(5, begin_s=41, heart_rate=90)
    run = read(head(), *slow, *quick, timer(41, 4), *after, session())
    assert run.heart_rate_bpm == pytest.approx((30 * 120 + 11 * 150) / 41)


def test_a_pause_is_known_by_the_timer_whether_records_go_on_or_not() -> None:
    with_records = read(
        head(),
        timer(0, 0),
        *records(10),
        timer(10, 1),
        *records(20, begin_s=10),
        timer(30, 0),
        *records(11, begin_s=30),
    )
    assert with_records.samples["moving"].to_list() == [True] * 10 + [False] * 20 + [True] * 11
    assert with_records.timer_s == 20
    without = read(
        head(), timer(0, 0), *records(11), timer(10, 4), timer(30, 0), *records(11, begin_s=30), timer(40, 4)
    )
    assert without.timer_s == 20
    assert without.elapsed_s == 40
    assert without.samples["moving"].to_list() == [True] * 10 + [False] + [True] * 11


def test_a_gap_of_smart_recording_is_no_pause() -> None:
    assert read(head(), timer(0, 0), *records(10, step_s=8), timer(72, 4)).timer_s == 72


def test_totals_of_the_device_win_over_the_samples() -> None:
    run = read(
        head(),
        *records(61, distance=lambda i: 2.4 * i),
        session(
            total_elapsed_time=60.0,
            total_timer_time=55.0,
            total_distance=150.0,
            total_ascent=12,
            total_descent=3,
            workout_rpe=70,
            avg_heart_rate=131,
        ),
    )
    assert (run.elapsed_s, run.timer_s, run.distance_m) == (60, 55, 150)
    assert (run.ascent_m, run.descent_m, run.perceived_effort, run.heart_rate_bpm) == (12, 3, 7, 131)


def test_the_calendar_day_is_that_of_the_runner() -> None:
    late = 16.5 * 3600
    west = read(
        head(),
        *records(3, begin_s=round(late)),
        session(late, timestamp=ms(late + 60)),
        activity(offset_s=-5 * 3600, at_s=late + 60),
    )
    assert west.started_at.date() == date(2030, 5, 2)
    assert west.local_date == date(2030, 5, 1)
    assert west.utc_offset_s == -5 * 3600


def test_without_local_time_the_day_is_that_of_utc_and_the_run_says_so() -> None:
    run = read(head(), *records(3), session())
    assert run.local_date == START.date()
    assert run.utc_offset_s is None
    assert "no_local_time" in notes(run)


def test_a_local_time_of_1989_is_no_local_time() -> None:
    local = message("activity", timestamp=ms(60), local_timestamp=1234)
    assert read(head(), *records(3), session(), local).utc_offset_s is None


def test_stamps_that_differ_by_no_whole_quarter_of_an_hour_are_no_offset() -> None:
    assert read(head(), *records(3), session(), activity(offset_s=1200)).utc_offset_s is None
    assert read(head(), *records(3), session(), activity(offset_s=19 * 3600)).utc_offset_s is None
    assert read(head(), *records(3), session(), activity(offset_s=20_700 + 2)).utc_offset_s == 20_700


def test_the_settings_of_the_watch_tell_the_offset_when_it_died_before_the_end() -> None:
    west = message("device_settings", active_time_zone=1, time_offset=[0, 2**32 - 18_000])
    assert read(head(), west, *records(3)).utc_offset_s == -18_000
    unset = message("device_settings", active_time_zone=3, time_offset=[0, 3600])
    assert read(head(), unset, *records(3)).utc_offset_s is None


def test_a_clock_that_was_never_set_is_put_right_by_the_end_of_the_file() -> None:
    power_on = 631_065_600_000
    stamps = [message("record", timestamp=power_on + 1000 * (500 + i), heart_rate=120) for i in range(3)]
    local = round(START.timestamp()) - 631_065_600 + 502
    end = message("activity", timestamp=power_on + 502_000, local_timestamp=local)
    run = read(head(), *stamps, session(start_time=power_on + 500_000, timestamp=power_on + 502_000), timer(0, 0), end)
    assert run.started_at == START + timedelta(seconds=500)
    assert "fit_clock_local" in notes(run)


def test_a_clock_that_was_never_set_is_told() -> None:
    run = read(head(), *[message("record", timestamp=631_065_600_000 + 1000 * i, heart_rate=120) for i in range(3)])
    assert run.started_at.year == 1989
    assert "date_doubtful" in notes(run)


def test_the_legs_of_a_triathlon_are_runs_of_their_own() -> None:
    runs = read_fit(
        file(
            head(),
            session(0, sport=5, sub_sport=18, total_elapsed_time=10.0),
            session(10, sport=3, total_elapsed_time=5.0),
            session(15, sport=1, total_elapsed_time=20.0, total_distance=57.0),
            *records(35, distance=lambda i: 3.0 * i, cadence=80),
            activity(),
        ),
        "triathlon.fit",
    )
    assert [(run.sport, run.sub_sport, run.records) for run in runs] == [
        ("swimming", "open_water", 10),
        ("transition", None, 5),
        ("running", None, 20),
    ]
    assert [run.samples["distance_m"][0] for run in runs] == [0, 0, 0]
    assert runs[2].samples["distance_m"][-1] == 57
    assert [run.cadence_spm for run in runs] == [80, 80, 160]
    assert len({run.id for run in runs}) == 3


def test_a_session_written_twice_is_one_leg() -> None:
    (run,) = read_fit(file(head(), *records(5), session(), session()), "run.fit")
    assert run.records == 5


def test_a_session_without_its_start_begins_its_length_before_its_end() -> None:
    late = message("session", timestamp=ms(20), total_elapsed_time=10.0, sport=1)
    early = message("session", timestamp=ms(10), total_elapsed_time=10.0, sport=2)
    runs = read_fit(file(head(), *records(20), late, early), "duathlon.fit")
    assert [(run.sport, run.records) for run in runs] == [("cycling", 10), ("running", 10)]


def test_files_in_a_chain_are_runs_of_their_own_and_what_is_no_activity_is_left_out() -> None:
    one = file(head(), *records(3), session())
    settings = file(head(type=2))
    two = file(head(serial_number=7), *records(4, begin_s=3600), session(3600, sport=11))
    runs = read_fit(one + settings + two, "chain.fit")
    assert [(run.sport, run.records, run.origins[0].serial) for run in runs] == [("running", 3, 42), ("walking", 4, 7)]


def test_a_treadmill_needs_no_places() -> None:
    columns: dict[str, Any] = {"distance": lambda i: 2.0 * i, "cadence": 82}
    run = read(head(), *records(5, **columns), session(sub_sport=1, total_distance=10.5))
    assert "latitude_deg" not in run.samples.columns
    assert (run.sport, run.sub_sport, run.distance_m) == ("running", "treadmill", 10.5)
    assert read(head(), *records(5, **columns), session(sport=4, sub_sport=1)).sport == "running"


def test_an_unknown_sport_is_other() -> None:
    assert read(head(), *records(2), session(sport=1, sub_sport=None)).sub_sport is None
    run = read(head(), *records(2), message("session", start_time=ms(), timestamp=ms(2), total_distance=5.0))
    assert run.sport == "other"


def test_a_file_that_broke_off_before_its_session_knows_its_sport_from_the_sport_message() -> None:
    run = read(head(), message("sport", sport=1, sub_sport=3), *records(11, distance=lambda i: 3.0 * i))
    assert (run.sport, run.sub_sport) == ("running", "trail")
    assert (run.distance_m, run.timer_s) == (30, 10)
    assert "totals_rebuilt" in notes(run)


def test_the_device_is_known() -> None:
    origin = read(head(), *records(2), session()).origins[0]
    assert (origin.maker, origin.product, origin.serial, origin.kind) == ("garmin", "3113", 42, "fit")
    named = read(head(manufacturer=294, product_name="COROS PACE 2"), *records(2), session()).origins[0]
    assert (named.maker, named.product) == ("coros", "COROS PACE 2")
    assert read(head(manufacturer=9999), *records(2)).origins[0].maker == "9999"


def test_records_without_a_file_id_are_an_activity() -> None:
    run = read(*records(3, heart_rate=100))
    assert (run.records, run.origins[0].maker) == (3, None)


def test_a_summary_without_samples_is_a_run() -> None:
    run = read(head(), session(total_distance=5000.0, total_timer_time=1500.0, total_elapsed_time=1500.0), activity())
    assert (run.records, run.distance_m, run.timer_s) == (0, 5000, 1500)
    assert "no_samples" in notes(run)


@pytest.mark.parametrize(("kind", "what"), [(5, "workout"), (6, "course"), (15, "whole day"), (99, "not known")])
def test_another_kind_of_fit_file_is_no_activity(kind: int, what: str) -> None:
    head_of_kind = message("file_id", manufacturer=1, serial_number=1)
    head_of_kind.get_field_by_name("type").set_encoded_value(0, kind)
    with pytest.raises(NotAnActivity) as caught:
        read_fit(file(head_of_kind, *records(2)), "other.fit")
    assert what in caught.value.why


def test_an_activity_without_samples_and_totals_is_unreadable() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_fit(file(head(), timer(0, 0)), "shell.fit")
    assert caught.value.text == "fit_empty"
    assert caught.value.where == "shell.fit"


def test_big_endian_messages_stand_beside_little_endian_ones() -> None:
    other = [
        message("record", big=True, timestamp=ms(i), heart_rate=140, distance=3.0 * i, position_lat=47.5)
        for i in range(3, 6)
    ]
    run = read(head(), *records(3, heart_rate=140, distance=lambda i: 3.0 * i, position_lat=47.5), *other, session())
    assert column(run, "distance_m") == [0, 3, 6, 9, 12, 15]
    assert run.samples["at"].to_list() == [START + timedelta(seconds=i) for i in range(6)]


def test_a_layout_that_changes_midway_leaves_gaps_and_nothing_else() -> None:
    run = read(head(), *records(3, heart_rate=100), *records(3, begin_s=3, heart_rate=110, power=200), session())
    assert column(run, "heart_rate_bpm") == [100, 100, 100, 110, 110, 110]
    assert column(run, "power_w") == [None, None, None, 200, 200, 200]


def test_a_run_is_the_same_run_whenever_it_is_read() -> None:
    data = file(head(), *records(3), session())
    assert read_fit(data, "a.fit")[0].id == read_fit(data, "b.fit")[0].id
    assert read_fit(data, "a.fit")[0].id != read(head(), *records(4), session()).id
