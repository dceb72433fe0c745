"""Laps that the runner pressed: what is offered as the place where the pain began."""

from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.activity import Lap, Run, merge, read
from hipwise.activity._fit import read_fit
from hipwise.activity._fit_columns import Table
from hipwise.activity._fit_frame import parts
from hipwise.activity._fit_profile import LAP_TRIGGER, Message
from hipwise.activity._laps import END_WITHIN_S, LapSaid, laps_by_hand
from hipwise.activity._tcx import read_tcx

SAMPLES = Path(__file__).resolve().parents[1] / ".." / "shared" / "samples" / "activity"
absent = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples beside the project are absent")
MPS = 3.0
TRACKPOINT = "<Trackpoint><Time>{}</Time><DistanceMeters>{}</DistanceMeters></Trackpoint>"


def columns(seconds: int = 3600, *, distance: bool = True) -> dict[str, np.ndarray]:
    at = np.arange(float(seconds))
    return {"at": at, "distance_m": at * MPS} if distance else {"at": at}


def said(*lengths: float, by_hand: bool | None = None) -> list[LapSaid]:
    """Laps of these LENGTHS, one after the other, run at one pace."""
    ends = np.cumsum(lengths) / MPS
    begins = [0.0, *ends[:-1]]
    return [LapSaid(*each, by_hand) for each in zip(begins, ends.tolist(), lengths, strict=True)]


def metres(*lengths: float, by_hand: bool | None = None) -> list[float]:
    return [lap.end_m for lap in laps_by_hand(said(*lengths, by_hand=by_hand), columns())]


def with_trigger(data: bytes, lap: int, trigger: int) -> bytes:
    """A FIT file in which LAP (from 0) was ended by another TRIGGER; its sums are no longer right, which is told."""
    (part,) = parts(data)
    table = Table(part, Message.LAP)
    (group,) = table.groups
    field = next(each for each in group.definition.fields if each.number == LAP_TRIGGER.number)
    place = data.index(bytes(part.octets[:64])) + int(table.positions[lap]) + 1 + field.offset
    return data[:place] + struct.pack("B", trigger) + data[place + 1 :]


def tcx_run(trigger: str, *lengths: int) -> Run:
    laps, begin = [], 0
    for length in lengths:
        points = "".join(
            TRACKPOINT.format(f"2030-05-01T06:{s // 60:02}:{s % 60:02}Z", s * MPS)
            for s in range(begin, begin + length, 5)
        )
        start = f"2030-05-01T06:{begin // 60:02}:{begin % 60:02}Z"
        how = f"<TriggerMethod>{trigger}</TriggerMethod>" if trigger else ""
        totals = f"<TotalTimeSeconds>{length}</TotalTimeSeconds><DistanceMeters>{length * MPS}</DistanceMeters>"
        laps.append(f'<Lap StartTime="{start}">{totals}{how}<Track>{points}</Track></Lap>')
        begin += length
    activity = f'<Activity Sport="Running">{"".join(laps)}</Activity>'
    document = f"<TrainingCenterDatabase><Activities>{activity}</Activities></TrainingCenterDatabase>"
    (run,) = read_tcx(document.encode(), "a.tcx")
    return run


@absent
def test_no_lap_that_a_real_watch_counted_by_itself_is_taken_for_one_that_was_pressed() -> None:
    files = [path for kind in ("fit", "tcx") for path in (SAMPLES / kind).glob("garmin_*run*")]
    runs = [run for path in files for run in read(path) if run.sport == "running"]
    assert len(runs) >= 8
    assert [run.laps for run in runs] == [()] * len(runs)


@absent
def test_the_lap_of_a_real_file_that_was_pressed_is_found_where_it_was_pressed() -> None:
    data = (SAMPLES / "fit" / "garmin_fenix3_run_rd_halfmarathon.fit").read_bytes()
    (run,) = read_fit(with_trigger(data, 3, 0), "a.fit")
    ((number, end_m),) = [(lap.number, lap.end_m) for lap in run.laps]
    assert number == 4
    assert end_m == pytest.approx(4000, abs=5)


@absent
def test_where_a_real_file_does_not_say_who_ended_a_lap_its_length_tells() -> None:
    (ride,) = read(SAMPLES / "fit" / "coros_pace2_ride_misaligned_fields.fit")
    assert [lap.number for lap in ride.laps] == [1, 2, 3]
    assert ride.laps[0].end_m == pytest.approx(1599, abs=5)


def test_a_lap_that_the_file_calls_pressed_is_one_whatever_its_length() -> None:
    assert metres(1000, 1000, 1000, 500, by_hand=True) == [1000, 2000, 3000, 3500]
    assert metres(1000, 1234, 500, by_hand=False) == []


def test_laps_of_whole_kilometres_and_miles_and_of_one_length_are_those_of_the_watch() -> None:
    assert metres(1000, 1003, 998, 2000, 420) == [5421]
    assert metres(1609, 1611, 800) == [4020]
    assert metres(1850, 1850, 1850, 700, 300) == [6250, 6550]
    assert metres(4200, 900) == [4200, 5100]


def test_a_lap_pressed_between_those_of_the_watch_is_found_and_the_next_of_the_watch_is_not() -> None:
    assert metres(1000, 1000, 350, 650, 1000) == [2350]


def test_the_stop_at_the_end_of_a_run_marks_nothing() -> None:
    whole = (len(columns()["at"]) - 1) * MPS
    assert metres(4200, whole - 4200) == [4200]
    assert metres(4200, whole - 4200 - (END_WITHIN_S - 1) * MPS) == [4200]


def test_without_a_distance_in_the_samples_the_laps_tell_how_far() -> None:
    laps = said(4200, 900, 800, by_hand=True)
    assert [lap.end_m for lap in laps_by_hand(laps, columns(distance=False))] == [4200, 5100, 5900]
    lost = [replace(laps[0], length_m=np.nan), *laps[1:]]
    assert laps_by_hand(lost, columns(distance=False)) == ()
    assert [lap.end_m for lap in laps_by_hand(lost, columns())] == [4200, 5100, 5900]


def test_laps_of_another_leg_are_not_counted() -> None:
    laps = [LapSaid(-900, -600, 800, by_hand=True), *said(4200, by_hand=True), LapSaid(9000, 9500, 900, by_hand=True)]
    assert laps_by_hand(laps, columns()) == (Lap(1, 4200.0),)
    assert laps_by_hand(laps, {"at": np.empty(0)}) == ()


def test_a_tcx_is_believed_that_a_lap_was_the_watchs_and_looked_at_twice_that_it_was_pressed() -> None:
    assert tcx_run("Manual", 400, 300, 200).laps == (Lap(1, 1200.0), Lap(2, 2100.0))
    assert tcx_run("", 400, 300, 200).laps == (Lap(1, 1200.0), Lap(2, 2100.0))
    assert tcx_run("Distance", 400, 300, 200).laps == ()
    assert tcx_run("Manual", 400, 400, 400, 200).laps == ()


def test_a_merged_run_keeps_the_laps_of_either_source() -> None:
    pressed, bare = tcx_run("Manual", 400, 300, 200), tcx_run("Distance", 400, 300, 200)
    assert merge(pressed, bare).laps == merge(bare, pressed).laps == pressed.laps


LAP = st.tuples(st.floats(-100, 4000), st.floats(1, 12_000), st.sampled_from([True, False, None]))


@settings(max_examples=60, deadline=None)
@given(st.lists(LAP, max_size=8))
def test_whatever_laps_are_said_those_offered_lie_in_the_run_in_order_and_none_is_the_watchs(
    laps: list[tuple[float, float, bool | None]],
) -> None:
    laps.sort(key=lambda each: each[0])
    ends = [*(begin for begin, _, _ in laps), 4000.0][1:]
    told = [LapSaid(begin, end, length, by) for (begin, length, by), end in zip(laps, ends, strict=bool(laps))]
    last = columns()["at"][-1]
    mine = [lap for lap in told if 0 <= lap.begin_s < last]
    found = laps_by_hand(told, columns())
    numbers, places = [lap.number for lap in found], [lap.end_m for lap in found]
    assert numbers == sorted(set(numbers))
    assert places == sorted(places)
    assert all(0 < place < last * MPS for place in places)
    assert all(mine[number - 1].by_hand is not False for number in numbers)
    sure = [n for n, lap in enumerate(mine, 1) if lap.by_hand and 10 / MPS < lap.end_s < last - END_WITHIN_S]
    assert set(sure) <= set(numbers)
