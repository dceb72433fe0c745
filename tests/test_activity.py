"""What the door of the room promises: read, read_all, count, by_hand."""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.activity import _read, by_hand, count, fit_bytes, read, read_all, write_fit
from hipwise.errors import HipwiseError, NotAnActivity, UnreadableFile

SAMPLES = Path(__file__).resolve().parents[1] / ".." / "shared" / "samples" / "activity"
START = datetime(2030, 5, 1, 6, 30, tzinfo=UTC)
GPX = b"""<?xml version="1.0"?><gpx><trk><type>running</type><trkseg>
<trkpt lat="50" lon="7"><time>2030-05-01T06:30:00Z</time></trkpt>
<trkpt lat="50.0009" lon="7"><time>2030-05-01T06:30:30Z</time></trkpt></trkseg></trk></gpx>"""
TCX = b"""<TrainingCenterDatabase><Activities><Activity Sport="Running"><Lap StartTime="2030-05-01T06:30:00Z">
<TotalTimeSeconds>1800</TotalTimeSeconds></Lap></Activity></Activities></TrainingCenterDatabase>"""


@pytest.fixture
def sample_folder() -> Path:
    if not SAMPLES.is_dir():
        pytest.skip("the samples are not here")
    return SAMPLES


def an_hour_by_hand() -> bytes:
    return fit_bytes(by_hand(START, "running", 10_000, 3600, 7200))


@pytest.mark.parametrize(
    ("data", "kind"), [(GPX, "gpx"), (TCX, "tcx"), (an_hour_by_hand(), "fit")], ids=["gpx", "tcx", "fit"]
)
@pytest.mark.parametrize("name", ["a.fit", "a.gpx", "a", "a.txt"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "packed"])
def test_a_file_is_known_by_its_bytes_and_not_by_its_name(
    tmp_path: Path, data: bytes, kind: str, name: str, pack
) -> None:
    path = tmp_path / name
    path.write_bytes(pack(data))
    (run,) = read(str(path))
    assert (run.started_at, run.origins[0].kind, run.file) == (START, kind, str(path))
    assert run.origins[0].sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<!DOCTYPE html>\n<html><body>download failed</body></html>", "web page"),
        (b"\n<HTML>", "web page"),
        (b'{"error": "this is not a fit file"}', "JSON"),
        (b"[1, 2]", "JSON"),
        (b"name,date\na,b\n", "plain text"),
        ("Zürich".encode()[:2], "plain text"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "picture"),
        (b"RIFF1234WEBP", "picture"),
        (b"\0\0\0\x18ftypmp42", "video"),
        (b"%PDF-1.7", "document"),
        (b"SQLite format 3\0", "database"),
        (b"<kml/>", "KML"),
        (b'<?xml version="1.0"?><!DOCTYPE HealthData [ <!ELEMENT broken', "Apple Health"),
        (b"<svg/>", "XML of another kind"),
        (b"<!--" + b" " * 5000 + b"--><svg/>", "XML of another kind"),
        (b"<!-- never closed", "XML of another kind"),
        (b"<gpx/>", "routes or places"),
    ],
)
def test_what_is_no_activity_is_skipped_and_named(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "a.fit"
    path.write_bytes(data)
    (found,) = read_all([path])
    assert found.outcome == "skipped"
    assert said in found.why
    with pytest.raises(NotAnActivity, match=said):
        read(path)


@pytest.mark.parametrize(
    "data",
    [b"", bytes(999), bytes(range(256)) * 9, b"\x0e\x10garbage" * 99, b"<gpx><trk>"[:7], b"<TrainingCenterDatabase>"],
)
def test_what_cannot_be_read_failed_and_says_why(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.fit"
    path.write_bytes(data)
    (found,) = read_all([path])
    assert (found.outcome, found.runs) == ("failed", ())
    assert found.why


def test_a_long_comment_before_the_first_element_hides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"<!--" + b" " * 5000 + b"-->" + GPX[GPX.index(b"<gpx") :])
    assert len(read(path)) == 1


def test_what_is_known_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, data in (("a.gpx", GPX), ("b.gpx.gz", gzip.compress(GPX)), ("c.tcx", TCX)):
        (tmp_path / name).write_bytes(data)
    seen = hashlib.sha256(GPX).hexdigest()
    monkeypatch.setitem(_read.READERS, "gpx", None)
    found = list(read_all([tmp_path], known={seen}.__contains__))
    assert [each.outcome for each in found] == ["known", "known", "read"]
    assert found[0].sha256 == seen
    assert "before" in found[0].why


def test_a_fault_of_the_one_who_asks_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    def known(sha256: str) -> bool:
        raise LookupError(sha256)

    (tmp_path / "a.gpx").write_bytes(GPX)
    with pytest.raises(LookupError):
        list(read_all([tmp_path], known))


def test_reading_goes_file_by_file(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.gpx").write_bytes(GPX)
    reading = read_all([tmp_path])
    next(reading)
    (tmp_path / "1.gpx").write_bytes(b"")
    assert [each.outcome for each in reading] == ["failed", "read"]


def test_one_path_may_stand_without_a_list(tmp_path: Path) -> None:
    (tmp_path / "a.gpx").write_bytes(GPX)
    assert [each.outcome for each in read_all(str(tmp_path))] == ["read"]
    assert count(tmp_path) == 1


def test_what_is_wrong_in_a_folder_is_told_by_read_only_if_nothing_is_right(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"text")
    (tmp_path / "b.fit").write_bytes(b"")
    with pytest.raises(UnreadableFile, match="empty"):
        read(tmp_path)
    (tmp_path / "c.gpx").write_bytes(GPX)
    assert len(read(tmp_path)) == 1


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"<gpx>", b"PK\x03\x04", b"\x1f\x8b\x08\0", b"\x0e\x20\0\0\0\0\0\0.FIT"]),
)
def test_no_bytes_can_stop_an_import(tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(head + data)
    for found in read_all([path]):
        assert found.outcome in {"read", "skipped", "failed"}
        assert found.why
    assert count([path]) >= 0


def test_all_samples_are_read_or_say_why_not(sample_folder: Path) -> None:
    found = {each.file.removeprefix(f"{sample_folder}/"): each for each in read_all([sample_folder])}
    assert len(found) == count([sample_folder])
    activities = {name: each for name, each in found.items() if name.endswith((".fit", ".gpx", ".tcx"))}
    failed = {name.split("/")[-2] for name, each in activities.items() if each.outcome == "failed"}
    assert failed == {
        "array-fields",
        "empty-file",
        "empty-shell",
        "float-nan-inf",
        "float-sentinel-vs-nan",
        "hr-event-timestamp-12",
        "string-edges",
        "uint64-fields",
    }
    assert Counter(each.outcome for each in activities.values())["read"] >= 76
    for name, each in activities.items():
        if each.outcome == "read" and "corpus" not in name:
            assert all(run.samples.height == run.records for run in each.runs)


def test_the_corpus_is_refused_where_its_makers_expect_it(sample_folder: Path) -> None:
    for case in sample_folder.glob("chiptime_corpus/corpus/cases/container/*/case.json"):
        (found,) = read_all([case.with_name("input.fit")])
        expected = json.loads(case.read_text())["expect"]
        assert (found.outcome == "read") == (expected == "ok"), case


# By hand


def test_a_run_by_hand_is_what_was_said() -> None:
    run = by_hand(START, "running", 10_000, 3600, 7200, perceived_effort=4)
    assert (run.sport, run.distance_m, run.timer_s, run.elapsed_s) == ("running", 10_000, 3600, 3600)
    assert (run.perceived_effort, run.records, run.notes) == (4, 0, ())
    assert run.samples.columns == ["at", "moving"]
    assert run.origins[0].kind == "hand"


def test_the_same_words_are_the_same_run() -> None:
    assert by_hand(START, "run", 5000, None, None).id == by_hand(START, "running", 5000, None, None).id
    assert by_hand(START, "run", 5000, None, None).id != by_hand(START, "run", 5001, None, None).id
    here = START.astimezone(timezone(timedelta(hours=2)))
    assert by_hand(here, "run", 5000, None, None).id == by_hand(START, "run", 5000, None, None).id


def test_the_day_of_a_run_by_hand_is_the_local_one() -> None:
    assert by_hand(START.replace(hour=23), "running", None, 3600, 7200).local_date == date(2030, 5, 2)


@pytest.mark.parametrize(
    "said",
    [
        {"distance_m": None, "timer_s": None},
        {"distance_m": -1},
        {"distance_m": 0},
        {"distance_m": math.nan},
        {"distance_m": 10_000_000},
        {"timer_s": -60},
        {"timer_s": math.inf},
        {"timer_s": 60},
        {"timer_s": 1e7},
        {"perceived_effort": 11},
        {"perceived_effort": -1},
        {"utc_offset_s": 100_000},
        {"sport": "quidditch"},
        {"sport": ""},
        {"started_at": datetime(2030, 5, 1, 6, 30)},  # noqa: DTZ001 (that is the fault)
    ],
    ids=repr,
)
def test_nonsense_by_hand_is_refused_in_plain_words(said: dict[str, object]) -> None:
    good = {"started_at": START, "sport": "running", "distance_m": 10_000, "timer_s": 3600, "utc_offset_s": 0}
    assert by_hand(**good)
    with pytest.raises(HipwiseError) as caught:
        by_hand(**(good | said))
    assert caught.value.what
    assert caught.value.next_step


def test_a_ride_may_be_farther_and_faster_than_a_run() -> None:
    assert by_hand(START, "cycling", 500_000, 60_000, None).distance_m == 500_000
    assert by_hand(START, "other", 5000, None, None).sport == "other"
    assert by_hand(START, "training", None, 3600, None).sport == "training"


def test_a_run_written_as_fit_is_read_again(tmp_path: Path) -> None:
    run = by_hand(START, "running", 10_000, 3600, 7200)
    write_fit(run, tmp_path / "a.fit")
    (again,) = read(tmp_path / "a.fit")
    assert (again.sport, again.distance_m, again.timer_s, again.utc_offset_s) == ("running", 10_000, 3600, 7200)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("run.fit", b"my notes", "named like a FIT file, and is none.*It holds plain text"),
        ("run.FIT.gz", gzip.compress(b'{"a": 1}', mtime=0), "named like a FIT file.*It holds JSON data"),
        ("run.gpx", b"\x89PNG\r\n\x1a\n....", "named like a GPX file.*It holds a picture"),
        ("run.tcx", b"%PDF-1.4 ....", "named like a TCX file.*It holds a document"),
        ("runs.csv", b"just text", "No runs were found in this table.*date,distance"),
        ("notes.txt", b"just text", "holds no activity.*It holds plain text.*log it by hand"),
        ("run.gpx", b"<html><body>log in</body></html>", "web page"),
        ("run.gpx", bytes(range(1, 9)) * 9, "Nothing in this file can be read.*Whatever its name says.*export the run"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_told_what_it_holds_and_what_next(
    name: str, content: bytes, said: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    (told,) = read_all(path)
    assert told.outcome in {"skipped", "failed"}
    assert told.file == str(path)
    assert re.search(said, told.why, re.DOTALL), told.why
