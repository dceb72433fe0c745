"""Archives of Strava and Garmin: lists join the files that they speak of, and what has no file stands for itself."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from hipwise.activity import FileRead, Run, read, read_all
from hipwise.activity._container import find
from hipwise.activity._garmin import read_garmin
from hipwise.activity._ledger import Ledger
from hipwise.activity._strava import _moment, read_strava
from hipwise.simulate import garmin_archive, story, strava_archive
from hipwise.simulate._archives import SHOES, STRAVA, _strava_row


@cache
def runs() -> tuple[Run, ...]:
    return story(start=date(2030, 1, 7)).runs[:4]


@cache
def by_hand() -> Run:
    return story(start=date(2030, 1, 7)).runs[5]


Write = Callable[..., Path]


@pytest.fixture(params=[strava_archive, garmin_archive])
def write(request: pytest.FixtureRequest) -> Write:
    return request.param


def outcomes(found: list[FileRead]) -> Counter[str]:
    return Counter(each.outcome for each in found)


def unpacked(archive: Path) -> Path:
    folder = archive.with_suffix("")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    return folder


@pytest.mark.parametrize("unpack", [False, True])
def test_every_run_comes_once_with_samples_names_and_shoes(write: Write, unpack: bool, tmp_path: Path) -> None:
    archive = write(tmp_path / "export.zip", runs(), [by_hand()])
    found = read(unpacked(archive) if unpack else archive)
    assert len(found) == len(runs()) + 1
    for ours, theirs in zip(sorted(found, key=lambda run: run.started_at), (*runs(), by_hand()), strict=True):
        assert ours.started_at == theirs.started_at
        assert ours.distance_m == pytest.approx(theirs.distance_m, abs=0.1)
        assert ours.timer_s == pytest.approx(theirs.timer_s, abs=1)
        assert ours.cadence_spm == pytest.approx(theirs.cadence_spm, abs=0.1)
        assert ours.heart_rate_bpm == pytest.approx(theirs.heart_rate_bpm, abs=0.5)
        assert ours.name is not None
        assert ours.gear in {SHOES, None if theirs.sport != "running" else SHOES}
    with_file, alone = found[: len(runs())], found[len(runs())]
    assert all(run.records and run.origins[0].kind == "fit" and len(run.origins) == 2 for run in with_file)
    assert (alone.records, alone.origins[0].kind in {"strava", "garmin"}) == (0, True)
    assert "activity.no_samples" in {note.text for note in alone.notes}


def test_what_is_known_is_not_decoded_again(write: Write, tmp_path: Path) -> None:
    archive = write(tmp_path / "export.zip", runs(), [by_hand()])
    known = {origin.sha256 for run in read(archive) for origin in run.origins}
    again = list(read_all([archive], known=known.__contains__))
    assert not any(each.runs for each in again)
    assert outcomes(again)["known"] >= len(runs()) + 1


def test_a_new_name_comes_in_though_the_file_is_known(tmp_path: Path) -> None:
    archive = strava_archive(tmp_path / "a.zip", runs()[:1])
    known = {read(archive)[0].origins[0].sha256}
    renamed = strava_archive(tmp_path / "b.zip", [replace(runs()[0], name="Hills with Ann")])
    (told,) = (each for each in read_all([renamed], known=known.__contains__) if each.runs)
    assert told.runs[0].name == "Hills with Ann"
    assert told.runs[0].origins[0].kind == "strava"


def test_a_file_that_cannot_be_read_leaves_its_row(tmp_path: Path) -> None:
    archive = strava_archive(tmp_path / "a.zip", runs()[:1])
    folder = unpacked(archive)
    (file,) = (folder / "activities").iterdir()
    file.write_bytes(b"\x1f\x8bnothing")
    found = list(read_all([folder]))
    assert outcomes(found)["failed"] == 1
    (run,) = (run for each in found for run in each.runs)
    assert (run.origins[0].kind, run.records) == ("strava", 0)


def test_a_file_that_is_none_leaves_its_row(tmp_path: Path) -> None:
    folder = unpacked(strava_archive(tmp_path / "a.zip", runs()[:1]))
    (file,) = (folder / "activities").iterdir()
    file.write_bytes(bytes(range(256)))
    found = [each for each in read_all([folder]) if each.outcome == "failed" or each.runs]
    assert [(each.outcome, len(each.runs)) for each in found] == [("failed", 0), ("read", 1)]


def test_a_distance_set_right_by_hand_is_believed_on_the_treadmill_alone(tmp_path: Path) -> None:
    indoor = next(run for run in story(start=date(2030, 1, 7)).runs if run.sub_sport == "treadmill")
    longer = replace(indoor, distance_m=(indoor.distance_m or 0) * 1.2)
    folder = unpacked(garmin_archive(tmp_path / "a.zip", [indoor]))
    assert read(folder)[0].distance_m == pytest.approx(indoor.distance_m)
    _write_summary(folder, longer, tmp_path)
    (run,) = read(folder)
    assert run.distance_m == pytest.approx(longer.distance_m)
    assert "activity.distance_corrected" in {note.text for note in run.notes}
    assert run.records == indoor.records


def _write_summary(folder: Path, run: Run, tmp_path: Path) -> None:
    other = unpacked(garmin_archive(tmp_path / "other.zip", [run]))
    name = "DI_CONNECT/DI-Connect-Fitness/sam@example.org_0_summarizedActivities.json"
    (folder / name).write_bytes((other / name).read_bytes())


def row(**cells: str) -> list[str]:
    values = dict(zip(range(len(STRAVA)), _strava_row(runs()[0], 1, ""), strict=True))
    places = {"at": 1, "km": 6, "type": 3, "elapsed": 5, "elapsed_s": 15, "metres": 17, "file": 12}
    values |= {places[name]: cell for name, cell in cells.items()}
    return [values[place] for place in range(len(STRAVA))]


def table(heads: list[str], *rows: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([heads, *rows])
    return text.getvalue().encode()


GERMAN = [f"Spalte {place}" for place in range(len(STRAVA))]
GERMAN[15], GERMAN[17], GERMAN[37] = GERMAN[5], GERMAN[6], GERMAN[8]


def test_a_list_in_another_language_is_read_by_the_order_of_its_columns(tmp_path: Path) -> None:
    german = row(at="07.01.2030, 18:20:05", km="7,83", type="Lauf")
    (found,) = read_strava(table(GERMAN, german), "activities.csv")
    run = found.run()
    assert (run.sport, run.name) == ("running", "Evening Run")
    assert run.distance_m == pytest.approx(runs()[0].distance_m, abs=0.1)
    assert f"{run.started_at:%Y-%m-%d %H:%M:%S}" == "2030-01-07 18:20:05"
    (tmp_path / "activities.csv").write_bytes(table(GERMAN, german))
    assert len(read(tmp_path)) == 1


def test_columns_that_came_later_do_not_shift_what_is_read() -> None:
    heads = [*STRAVA[:13], "Brand New", *STRAVA[13:]]
    cells = row()
    (found,) = read_strava(table(heads, [*cells[:13], "x", *cells[13:]]), "activities.csv")
    assert found.totals["distance_m"] == pytest.approx(runs()[0].distance_m, abs=0.1)
    assert found.totals["timer_s"] == pytest.approx(runs()[0].timer_s, abs=1)


def test_an_old_list_without_the_second_columns_falls_back_to_the_first() -> None:
    heads = ["Activity ID", *[f"c{place}" for place in range(1, 12)], "Filename"]
    (found,) = read_strava(table(heads, row(km="7,83")[:13]), "activities.csv")
    assert found.totals["distance_m"] == pytest.approx(7830)
    assert found.totals["elapsed_s"] == pytest.approx(runs()[0].elapsed_s, abs=1)


def test_the_column_of_files_is_found_by_what_stands_in_it() -> None:
    heads = [f"c{place}" for place in range(14)]
    cells = [*row()[:13], "activities/1.fit.gz"]
    (found,) = read_strava(table(heads, cells), "x.csv")
    assert found.place == "activities/1.fit.gz"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sep 12, 2018, 3:02:23\u202fPM", "2018-09-12 15:02:23"),
        ("Sep 12, 2018, 12:02:23 AM", "2018-09-12 00:02:23"),
        ("12 sept. 2018 \u00e0 15:02:23", "2018-09-12 15:02:23"),
        ("12 de set. de 2018, 15:02:23", "2018-09-12 15:02:23"),
        ("12 ao\u00fbt 2018 15:02", "2018-08-12 15:02:00"),
        ("12.09.2018, 15:02:23", "2018-09-12 15:02:23"),
        ("2018-09-12 15:02:23", "2018-09-12 15:02:23"),
        ("2018-09-12", "2018-09-12 00:00:00"),
    ],
)
def test_dates_are_read_in_many_languages(text: str, expected: str) -> None:
    (found,) = read_strava(table(list(STRAVA), row(at=text)), "a.csv")
    assert f"{found.run().started_at:%Y-%m-%d %H:%M:%S}" == expected


@pytest.mark.parametrize("text", ["", "yesterday", "31.02.2018, 10:00:00", "12 xyz 2018", "May 2018"])
def test_a_date_that_cannot_be_read_is_a_fault_of_its_line_alone(text: str, tmp_path: Path) -> None:
    assert _moment(text) != _moment(text)  # not a number
    (tmp_path / "activities.csv").write_bytes(table(list(STRAVA), row(at=text), row()))
    found = list(read_all([tmp_path]))
    assert outcomes(found) == {"read": 2, "failed": 1}
    assert "no date that can be read" in next(each.why for each in found if each.outcome == "failed")


def test_words_for_sports_are_read_in_many_languages() -> None:
    words = {"Lauf": "running", "Radfahrt": "cycling", "Spaziergang": "walking", "Run": "running", "Yoga": "other"}
    for word, sport in words.items():
        (found,) = read_strava(table(list(STRAVA), row(type=word)), "a.csv")
        assert found.sport == sport


def test_a_table_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    whole = table(list(STRAVA), row(), row())
    huge = b'"' + b"x" * 200_000
    assert len(read_strava(whole + huge, "a.csv")) == 2
    (tmp_path / "activities.csv").write_bytes(table(list(STRAVA)) + huge)
    (found,) = read_all([tmp_path])
    assert "This table cannot be read" in found.why
    assert read_strava(b"", "a.csv") == []


def test_short_and_empty_lines_do_no_harm() -> None:
    (found,) = read_strava(table(list(STRAVA), [""], row()[:4]), "a.csv")
    assert found.totals["distance_m"] != found.totals["distance_m"]


def test_a_triathlon_gets_the_name_of_its_row_on_the_leg_it_fits() -> None:
    ledger = Ledger()
    (told,) = read_strava(table(list(STRAVA), row(file="activities/1.fit.gz")), "a.csv")
    ledger.add([told])
    assert ledger.row_of("x.zip/other/2.fit") is None
    claimed = ledger.row_of("x.zip/activities/1.fit.gz")
    legs = ledger.claim((runs()[0], runs()[1]), claimed)
    assert [leg.name for leg in legs] == ["Evening Run", None]
    (broken,) = read_strava(table(list(STRAVA), row(at="?", file="activities/1.fit.gz")), "a.csv")
    assert ledger.claim(runs()[:1], broken) == runs()[:1]


def summaries(*entries: object, text: str | None = None) -> bytes:
    return (text or json.dumps([{"summarizedActivitiesExport": entries}])).encode()


ENTRY = {
    "activityId": 5,
    "activityType": {"typeKey": "trail_running"},
    "beginTimestamp": 1_900_000_000_000,
    "distance": 1_000_000.0,
    "duration": 3_600_000.0,
    "avgRunCadence": 84.0,
}


def write_list(folder: Path, data: bytes) -> list[FileRead]:
    (folder / "sam_summarizedActivities.json").write_bytes(data)
    return list(read_all([folder]))


def test_centimetres_and_milliseconds_become_metres_and_seconds(tmp_path: Path) -> None:
    found = write_list(tmp_path, summaries(ENTRY))
    (run,) = found[-1].runs
    assert (run.distance_m, run.timer_s, run.cadence_spm) == (10_000, 3600, 168)
    assert (run.sport, run.sub_sport, run.utc_offset_s) == ("running", "trail", None)


def test_a_list_cut_short_keeps_what_came_before(tmp_path: Path) -> None:
    text = json.dumps([{"summarizedActivitiesExport": [ENTRY, ENTRY | {"activityId": 6}]}])
    found = write_list(tmp_path, text[: text.rindex("activityType")].encode())
    assert [len(each.runs) for each in found] == [0, 1]
    (broken,) = write_list(tmp_path, text[:40].encode())
    assert "no activity in it is whole" in broken.why


def test_an_entry_without_a_time_is_told_of_with_its_number(tmp_path: Path) -> None:
    found = write_list(tmp_path, summaries({"activityId": 7, "name": 5}, ENTRY))
    assert outcomes(found) == {"read": 2, "failed": 1}
    assert next(each for each in found if each.outcome == "failed").file.endswith(", 7")


def test_a_list_without_end_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("hipwise.activity._garmin.MOST_ROWS", 1)
    (found,) = write_list(tmp_path, summaries(ENTRY, ENTRY))
    assert "too long" in found.why


SHOES_SAID = ["{", '[1, {"gearDTOS": 1}]', '{"gearDTOS": 1}', "[" * 9999]
SHOES_SAID += ['[{"gearDTOS": [{"gearPk": 1}], "gearActivityDTOs": {"1": [{}]}}]']


@pytest.mark.parametrize("said", SHOES_SAID)
def test_shoes_that_are_not_understood_are_left_out(said: str, tmp_path: Path) -> None:
    (tmp_path / "sam_gear.json").write_text(f"{said} gearDTOS" if "gear" not in said else said)
    write_list(tmp_path, summaries(ENTRY))
    (run,) = read(tmp_path)
    assert run.gear is None


def test_a_summary_joins_the_file_of_the_same_second_only() -> None:
    begun = int(runs()[0].started_at.timestamp() * 1000)
    ledger = Ledger()
    ledger.add(
        read_garmin(summaries(*(ENTRY | {"beginTimestamp": begun + late} for late in (0, 9000, 90_000))), "a", {})
    )
    first, again, alone = (ledger.claim(runs()[:1], None)[0] for _ in range(3))
    assert [len(run.origins) for run in (first, again, alone)] == [2, 2, 1]
    assert len(list(ledger.rest())) == 1


def test_a_member_beside_is_never_outside(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "a.txt").write_text("a")
    (found,) = find(inside)
    assert found.beside("/a.txt") == b"a"
    for path in ("../secret.txt", "/../secret.txt", "none", "\0", "."):
        assert found.beside(path) is None
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr("d/a.txt", "a")
        archive.writestr("d/b.txt", "b")
        archive.writestr("bomb", "x" * 3_000_000, zipfile.ZIP_DEFLATED)
    paths = ("b.txt", "c.txt", "../bomb", "../../secret.txt")
    found_beside = {each.file[-5:]: [each.beside(path) for path in paths] for each in find(tmp_path / "z.zip")}
    assert found_beside["a.txt"] == [b"b", None, None, None]
