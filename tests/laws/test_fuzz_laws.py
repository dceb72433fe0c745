"""Two hundred damaged forms of each kind of file: no crash, no hang, every refusal named. More: benchmarks/fuzz.py."""

from __future__ import annotations

import time
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from hipwise.activity import Run, fit_bytes, read_all
from hipwise.simulate import apple_export, garmin_archive, story, strava_archive
from mutants import mutants

MUTATIONS = 200
MOST_S = 2.0
KINDS = ("fit", "gpx", "tcx", "csv", "strava", "garmin", "apple", "health")
SAMPLES = Path(__file__).resolve().parents[2] / ".." / "shared" / "samples" / "activity"
REAL = ("fit/garmin_fr70_run_compressed_timestamp.fit", "fit/garmin_sdk_activity_dev_fields_unnamed.fit")
REAL += ("fit/strava_android_run_truncated.fit", "tcx/garmin_run_test.tcx", "gpx/gpxpy_no_namespace_extensions.gpx")
MOST_BYTES = 40_000


@cache
def short_run() -> Run:
    run = min(story(start=date(2030, 1, 7)).runs, key=lambda each: each.records)
    return Run(**{name: getattr(run, name) for name in run.summary.__slots__}, samples=run.samples.head(60))


def points(pattern: str) -> str:
    return "".join(pattern.format(second=second, time=f"2030-05-01T06:00:{second:02}Z") for second in range(50))


def made(kind: str, folder: Path) -> bytes:
    """A small file of each kind."""
    trkpt = '<trkpt lat="50.0000{second:02}" lon="7"><ele>9</ele><time>{time}</time></trkpt>'
    trackpoint = "<Trackpoint><Time>{time}</Time><DistanceMeters>{second}</DistanceMeters></Trackpoint>"
    path = folder / "x.zip"
    texts = {
        "gpx": f"<gpx><trk><type>running</type><trkseg>{points(trkpt)}</trkseg></trk></gpx>",
        "tcx": '<TrainingCenterDatabase><Activities><Activity Sport="Running"><Lap StartTime="2030-05-01T06:00:00Z">'
        f"<Track>{points(trackpoint)}</Track></Lap></Activity></Activities></TrainingCenterDatabase>",
        "csv": "date,km,minutes,effort\n2030-05-06,10,50,4\n2030-05-07 18:30,5,25,\n" * 9,
    }
    archives = {"strava": strava_archive, "garmin": garmin_archive, "apple": apple_export}
    if kind in texts:
        return texts[kind].encode()
    if kind in archives:
        return archives[kind](path, [short_run()]).read_bytes()
    if kind == "fit":
        return fit_bytes(short_run())
    import zipfile

    with zipfile.ZipFile(apple_export(path, [short_run()])) as archive:
        return archive.read("apple_health_export/export.xml")


def told(path: Path, data: bytes) -> None:
    """Read DATA; each file in it is told of in words, in good time, and no reader has failed by itself."""
    path.write_bytes(data)
    begun = time.process_time()
    for each in read_all([path]):
        assert each.outcome in {"read", "known", "skipped", "failed"}
        assert each.why
        assert each.fault is None or each.fault.text != "reader_fault", each.why
    assert time.process_time() - begun < MOST_S


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_whatever_happens_to_a_file_it_is_told_in_words(kind: str, tmp_path: Path) -> None:
    data = made(kind, tmp_path)
    for text in mutants(data, seed=1, count=MUTATIONS, other=made("gpx", tmp_path)):
        told(tmp_path / "file", text)


@pytest.mark.slow
@pytest.mark.parametrize("name", REAL)
def test_whatever_happens_to_a_real_file_it_is_told_in_words(name: str, tmp_path: Path) -> None:
    if not (SAMPLES / name).exists():
        pytest.skip("the samples beside the project are not here")
    data = (SAMPLES / name).read_bytes()[:MOST_BYTES]
    for text in mutants(data, seed=2, count=MUTATIONS, other=b"<trkpt>"):
        told(tmp_path / "file", text)
