"""Apple Health exports: workouts become runs with what the watch measured in them, in bounded memory."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from hipwise.activity import FileRead, Run, _apple, read, read_all
from hipwise.activity._apple import read_health
from hipwise.errors import NotAnActivity
from hipwise.simulate import apple_export, story

INNER = "apple_health_export/export.xml"


@cache
def runs() -> tuple[Run, ...]:
    told = story(start=date(2030, 1, 7)).runs
    indoor = next(run for run in told if run.sub_sport == "treadmill")
    paused = next(run for run in told[1:] if run.elapsed_s != run.timer_s and run.sport == "running")
    return told[0], indoor, paused


@cache
def export() -> dict[str, bytes]:
    """The files of an export of these runs."""
    with tempfile.TemporaryDirectory() as folder:
        path = apple_export(Path(folder) / "export.zip", runs(), filler=20)
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


Change = Callable[[bytes], bytes]


def written(folder: Path, change: Change = lambda text: text, name: str = "export.xml") -> Path:
    """Write the export as a folder, its text changed."""
    for file, data in export().items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        if file == INNER:
            path.with_name(name).write_bytes(change(data))
        else:
            path.write_bytes(data)
    return folder


def swap(old: str, new: str) -> Change:
    def change(text: bytes) -> bytes:
        assert old.encode() in text
        return text.replace(old.encode(), new.encode())

    return change


def alone(element: str, records: str = "") -> Change:
    return lambda _: f'<?xml version="1.0"?><HealthData>{records}\n{element}\n</HealthData>'.encode()


def notes(run: Run) -> set[str]:
    return {note.text for note in run.notes}


def test_each_workout_is_a_run_with_what_the_watch_measured(tmp_path: Path) -> None:
    found = read(apple_export(tmp_path / "export.zip", runs(), filler=20))
    assert len(found) == len(runs())
    for ours, theirs in zip(found, runs(), strict=True):
        assert (ours.sport, ours.sub_sport, ours.started_at) == (theirs.sport, theirs.sub_sport, theirs.started_at)
        assert (ours.local_date, ours.notes) == (theirs.local_date, ())
        assert ours.distance_m == pytest.approx(theirs.distance_m)
        assert ours.timer_s == pytest.approx(theirs.timer_s)
        assert ours.elapsed_s == pytest.approx(theirs.elapsed_s)
        assert ours.heart_rate_bpm == theirs.heart_rate_bpm
        assert ours.cadence_spm == pytest.approx(theirs.cadence_spm, rel=0.01)
        assert ours.ascent_m == pytest.approx(theirs.ascent_m)
        for column in ("speed_mps", "power_w", "ground_contact_ms", "vertical_oscillation_mm", "step_length_mm"):
            assert ours.samples[column].mean() == pytest.approx(theirs.samples[column].mean(), rel=0.01)
        assert ours.samples["distance_m"].max() == pytest.approx(theirs.distance_m, rel=0.01)


def test_the_way_is_joined_to_its_workout_and_told_of(tmp_path: Path) -> None:
    folder = written(tmp_path)
    found = list(read_all([folder]))
    assert [(each.outcome, len(each.runs)) for each in found] == [("read", 1)] * 3 + [("read", 0)] * 2
    assert "belongs to the workout" in found[-1].why
    outdoor = found[0].runs[0]
    assert outdoor.samples["latitude_deg"].drop_nulls().len() == runs()[0].records
    assert "latitude_deg" not in found[1].runs[0].samples.columns


def test_a_way_that_is_missing_or_broken_is_told_of(tmp_path: Path) -> None:
    folder = written(tmp_path)
    first, second = sorted((folder / "apple_health_export" / "workout-routes").iterdir())
    first.unlink()
    second.write_bytes(b'<!DOCTYPE x [<!ENTITY a "b">]><gpx><trk>&a;</trk></gpx>')
    by_start = {run.started_at: run for run in read(folder)}
    assert "activity.route_lost" in notes(by_start[runs()[0].started_at])
    assert "activity.route_lost" in notes(by_start[runs()[2].started_at])


def test_a_way_without_times_is_none(tmp_path: Path) -> None:
    folder = written(tmp_path)
    for route in (folder / "apple_health_export" / "workout-routes").iterdir():
        route.write_bytes(b'<gpx><trk><trkseg><trkpt lat="1" lon="1"/></trkseg></trk></gpx>')
    assert "activity.route_lost" in notes(read(folder)[0])


def test_an_export_in_another_language_is_read_before_its_ways(tmp_path: Path) -> None:
    found = list(read_all([written(tmp_path, name="\u5bfc\u51fa.xml")]))
    assert [len(each.runs) for each in found] == [1, 1, 1, 0, 0]


def test_what_is_known_is_not_built_again(tmp_path: Path) -> None:
    folder = written(tmp_path)
    known = {origin.sha256 for run in read(folder) for origin in run.origins}
    again = list(read_all([folder], known=known.__contains__))
    assert [each.outcome for each in again] == ["known"] * 3 + ["read"] * 2
    assert not any(each.runs for each in again)


@pytest.mark.parametrize("window", [2000, 4096, 100_000])
def test_windows_make_no_difference(window: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = alone_workout(
        records="".join(record("HeartRate", second, "count/min", 140 + second) for second in range(30))
    )
    expected = read(written(tmp_path / "a", small))
    monkeypatch.setattr(_apple, "WINDOW", window)
    found = read(written(tmp_path / "b", small))
    assert found[0].samples.equals(expected[0].samples)
    assert replace_file(found[0]) == replace_file(expected[0])


def replace_file(run: Run) -> Run:
    return replace(run, origins=(), samples=run.samples)


WORKOUT = (
    '<Workout workoutActivityType="HKWorkoutActivityType{kind}" duration="{minutes}" durationUnit="min" '
    'sourceName="Watch" startDate="2030-01-07 18:00:00 +0100" endDate="2030-01-07 18:10:00 +0100"'
)


def alone_workout(
    inside: str = "", kind: str = "Running", minutes: str = "10", records: str = "", attributes: str = ""
) -> Change:
    head = WORKOUT.format(kind=kind, minutes=minutes) + attributes
    return alone(f"{head}>{inside}</Workout>" if inside else f"{head}/>", records)


def record(name: str, second: int, unit: str, value: float, source: str = "Watch", length: int = 0) -> str:
    begin, end = (f"2030-01-07 18:{each // 60:02}:{each % 60:02} +0100" for each in (second, second + length))
    return (
        f'<Record type="HKQuantityTypeIdentifier{name}" sourceName="{source}" unit="{unit}" '
        f'startDate="{begin}" endDate="{end}" value="{value}"/>\n'
    )


def the_run(folder: Path, change: Change) -> Run:
    (found,) = read(written(folder, change) / "apple_health_export" / "export.xml")
    return found


def test_an_old_export_with_totals_as_attributes(tmp_path: Path) -> None:
    run = the_run(tmp_path, alone_workout(attributes=' totalDistance="1.5" totalDistanceUnit="mi"'))
    assert run.distance_m == pytest.approx(1.5 * 1609.344)
    assert (run.timer_s, run.elapsed_s, run.records) == (600, 600, 0)


def test_steps_of_the_phone_are_not_added_to_those_of_the_watch(tmp_path: Path) -> None:
    records = "".join(
        record("StepCount", second, "count", 27.5, source, length=10)
        for second in range(0, 600, 10)
        for source in ("Watch", "Phone")
    )
    run = the_run(tmp_path, alone_workout(records=records))
    assert run.cadence_spm == pytest.approx(165)


def test_what_only_another_source_measured_is_taken_from_it(tmp_path: Path) -> None:
    records = record("HeartRate", 5, "count/s", 2.5, "Strap") + record("HeartRate", 9, "count/min", 150, "Strap")
    records += record("HeartRate", 7, "furlong", 150, "Strap") + record("StepCount", 7, "count", 9, "Strap")
    run = the_run(tmp_path, alone_workout(records=records))
    assert run.heart_rate_bpm == 150
    assert run.cadence_spm is None


def test_the_effort_that_was_told_comes_in(tmp_path: Path) -> None:
    run = the_run(tmp_path, alone_workout(records=record("WorkoutEffortScore", 0, "appleEffortScore", 7)))
    assert run.perceived_effort == 7


def test_the_zone_is_that_of_the_workout_else_that_of_the_phone(tmp_path: Path) -> None:
    zone = '<MetadataEntry key="HKTimeZone" value="{}"/>'
    at_work = the_run(tmp_path / "a", alone_workout(zone.format("America/New_York")))
    assert (at_work.utc_offset_s, notes(at_work) & {"activity.zone_of_phone"}) == (-5 * 3600, set())
    for name, inside in (("b", zone.format("Mars/Base")), ("c", "")):
        unknown = the_run(tmp_path / name, alone_workout(inside))
        assert (unknown.utc_offset_s, "activity.zone_of_phone" in notes(unknown)) == (3600, True)
    utc = the_run(tmp_path / "d", lambda text: alone_workout()(text).replace(b"+0100", b"+0000"))
    assert (utc.utc_offset_s, "activity.no_local_time" in notes(utc)) == (None, True)


def test_pauses_are_cut_and_one_that_never_ends_lasts_to_the_end(tmp_path: Path) -> None:
    event = '<WorkoutEvent type="HKWorkoutEventType{}" date="2030-01-07 18:{}:00 +0100"/>'
    inside = (
        "".join(
            event.format(kind, minute)
            for kind, minute in (("Pause", "02"), ("Pause", "02"), ("Resume", "03"), ("Resume", "03"), ("Pause", "09"))
        )
        + event.format("Segment", "04")
        + event.format("Pause", "xx")
    )
    records = "".join(record("HeartRate", second, "count/min", 150) for second in range(0, 601, 10))
    run = the_run(tmp_path, alone_workout(inside, records=records))
    assert run.samples.height - run.samples["moving"].sum() == 12
    automatic = inside.replace("Pause", "MotionPaused").replace("Resume", "MotionResumed")
    assert the_run(tmp_path / "b", alone_workout(automatic, records=records)).samples.equals(run.samples)


def test_intervals_do_not_count_again(tmp_path: Path) -> None:
    heart = '<WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" average="{}" unit="count/min"/>'
    inside = f'<WorkoutActivity a="1"/><WorkoutActivity>{heart.format(1)}</WorkoutActivity>{heart.format(150)}'
    assert the_run(tmp_path, alone_workout(inside)).heart_rate_bpm == 150


@pytest.mark.parametrize(
    ("kind", "sport"),
    [("Cycling", "cycling"), ("TraditionalStrengthTraining", "training"), ("Walking", "walking"), ("Yoga", "other")],
)
def test_other_sports_come_in_as_such(kind: str, sport: str, tmp_path: Path) -> None:
    assert the_run(tmp_path, alone_workout(kind=kind)).sport == sport


def test_numbers_that_are_none_are_not_known(tmp_path: Path) -> None:
    run = the_run(tmp_path, alone_workout(minutes="ten"))
    assert run.timer_s == 600  # as the clock says


def test_a_workout_without_a_time_is_told_of_and_the_others_go_on(tmp_path: Path) -> None:
    folder = written(tmp_path, swap('startDate="2030-01-', 'startDate="2030-13-'))
    found = list(read_all([folder]))
    assert {each.outcome for each in found} == {"failed", "read"}
    assert "cannot be placed in time" in found[0].why


def test_an_export_without_workouts_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotAnActivity, match="no workouts"):
        read(written(tmp_path, lambda text: text.replace(b"<Workout ", b"<Nothing ")) / INNER)


def test_an_export_cut_short_is_read_up_to_there(tmp_path: Path) -> None:
    run = the_run(tmp_path, lambda text: alone_workout("<a/>")(text).removesuffix(b"</HealthData>"))
    assert "activity.health_cut" in notes(run)


def test_a_damaged_archive_is_read_up_to_the_damage(tmp_path: Path) -> None:
    packed = apple_export(tmp_path / "export.zip", runs()[:1])
    with zipfile.ZipFile(packed) as archive:
        head = archive.getinfo(INNER)
    data = bytearray(packed.read_bytes())
    middle = head.header_offset + head.compress_size * 2 // 3
    data[middle : middle + 2000] = bytes(2000)
    packed.write_bytes(data)
    found: list[FileRead] = list(read_all([packed]))
    assert all(each.why for each in found)
    assert any(each.outcome != "read" or not each.runs for each in found)


def test_nothing_grows_with_workouts_that_never_close(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_apple, "WINDOW", 10_000)
    monkeypatch.setattr(_apple, "MOST_ELEMENT", 30_000)
    opened = WORKOUT.format(kind="Running", minutes="10") + ">" + " " * 50_000
    whole = alone_workout("<a/>")(b"")
    text = whole.replace(b"<HealthData>", b"<HealthData>" + opened.encode() * 3 + b"x" * 100_000)
    assert len(read(written(tmp_path, lambda _: text) / INNER)) == 1


def test_unclosed_workouts_take_no_time(tmp_path: Path) -> None:
    text = b"<HealthData>" + b"<Workout " * 200_000 + b"</Workout>"
    (tmp_path / "export.xml").write_bytes(text)
    list(read_all([tmp_path]))


def test_more_workouts_than_anybody_does_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_apple, "MOST_WORKOUTS", 2)
    (found, *_) = read_all([written(tmp_path)])
    assert "cannot be true" in found.why


def test_there_is_an_end_to_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hipwise.activity._apple_records.MOST_RECORDS", 10)
    monkeypatch.setattr(_apple, "WINDOW", 2000)
    records = "".join(record("HeartRate", second, "count/min", 150) for second in range(300))
    run = the_run(tmp_path, alone_workout(records=records))
    assert 0 < run.records < 100


def test_sources_without_end_do_not_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hipwise.activity._apple_records.MOST_SOURCES", 3)
    records = "".join(record("HeartRate", second, "count/min", 150, f"app {second}") for second in range(60))
    run = the_run(tmp_path, alone_workout(records=records + record("HeartRate", 99, "count/min", 90)))
    assert run.records == 58


def test_measurements_in_any_order_give_the_same_run(tmp_path: Path) -> None:
    records = [record("HeartRate", second, "count/min", 100 + second) for second in range(60)]
    sorted_run = the_run(tmp_path / "a", alone_workout(records="".join(records)))
    order = np.random.Generator(np.random.PCG64(1)).permutation(60)
    mixed = the_run(tmp_path / "b", alone_workout(records="".join(records[place] for place in order)))
    assert mixed.samples.equals(sorted_run.samples)


def test_no_entity_is_ever_opened(tmp_path: Path) -> None:
    def bomb(_: bytes) -> bytes:
        text = alone_workout('<MetadataEntry key="HKTimeZone" value="&big;"/>')(b"").decode()
        return text.replace("<HealthData>", '<!DOCTYPE HealthData [<!ENTITY big "bang">]><HealthData>').encode()

    assert the_run(tmp_path, bomb).utc_offset_s == 3600


def test_the_export_is_read_as_it_is_opened() -> None:
    workouts, health = read_health(io.BufferedReader(io.BytesIO(b"")), "x")  # type: ignore[arg-type]
    assert (workouts, health.columns) == ([], {})
