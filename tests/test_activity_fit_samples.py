"""Real files of many watches, against other decoders. They stand beside the project; without them this is skipped."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import fitdecode
import fitfast
import numpy as np
import pytest
from garmin_fit_sdk import Decoder, Stream

from hipwise.activity._fit import read_fit
from hipwise.activity._run import Run
from hipwise.errors import NotAnActivity, UnreadableFile

SAMPLES = Path(__file__).resolve().parents[1] / ".." / "shared" / "samples" / "activity"
FILES = sorted((SAMPLES / "fit").glob("*.fit"))
CASES = sorted((SAMPLES / "chiptime_corpus" / "corpus" / "cases").glob("*/*/expected.json"))
ABSENT = [pytest.param(None, marks=pytest.mark.skip(reason="the samples beside the project are absent"))]
SMALL = 300_000

NATIVE = {
    "position_lat": "latitude_deg",
    "position_long": "longitude_deg",
    "distance": "distance_m",
    "enhanced_speed": "speed_mps",
    "enhanced_altitude": "altitude_m",
    "heart_rate": "heart_rate_bpm",
    "power": "power_w",
    "vertical_oscillation": "vertical_oscillation_mm",
    "stance_time": "ground_contact_ms",
    "stance_time_balance": "ground_contact_balance_pct",
    "step_length": "step_length_mm",
    "vertical_ratio": "vertical_ratio_pct",
}


def runs_of(path: Path) -> tuple[Run, ...]:
    try:
        return read_fit(path.read_bytes(), path.name)
    except NotAnActivity:
        return ()


def of(paths: list[Path], *, most: int = 10**9) -> Any:
    small = [path for path in paths if path.stat().st_size <= most]
    return pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in small] or ABSENT)


def messages(path: Path, *kinds: str) -> list[Any]:
    """Messages of KINDS by fitdecode; none where it stops at a fault."""
    reader = fitdecode.FitReader(io.BytesIO(path.read_bytes()), error_handling=fitdecode.ErrorHandling.IGNORE)
    try:
        return [each for each in reader if each.frame_type == fitdecode.FIT_FRAME_DATA and each.name in kinds]
    except fitdecode.FitError:
        return []


def value(frame: Any, name: str) -> Any:
    return frame.get_value(name, fallback=None)


@of(FILES, most=SMALL)
def test_totals_are_those_of_another_decoder(path: Path) -> None:
    frames = messages(path, "session", "record")
    sessions = sorted((f for f in frames if f.name == "session"), key=lambda f: str(value(f, "start_time")))
    runs = sorted(runs_of(path), key=lambda run: run.started_at)
    if not sessions or "chained" in path.name:
        pytest.skip("the other decoder stops before the totals, or does not part the chain")
    assert len(runs) == len(sessions)
    assert sum(run.records for run in runs) == len(frames) - len(sessions)
    for run, session in zip(runs, sessions, strict=True):
        for ours, theirs in (
            ("distance_m", "total_distance"),
            ("timer_s", "total_timer_time"),
            ("elapsed_s", "total_elapsed_time"),
            ("heart_rate_bpm", "avg_heart_rate"),
            ("ascent_m", "total_ascent"),
        ):
            told = value(session, theirs)
            if told:
                assert getattr(run, ours) == pytest.approx(told), ours
        steps = value(session, "avg_running_cadence")
        if steps and run.sport == "running":
            assert run.cadence_spm == pytest.approx(2 * (steps + (value(session, "avg_fractional_cadence") or 0)))


@of(FILES)
def test_columns_are_those_of_a_compiled_decoder(path: Path) -> None:
    try:
        theirs = fitfast.records(str(path))
    except fitfast.FitDecodeError:
        pytest.skip("the compiled decoder refuses this file, which is sound or cut")
    runs = runs_of(path)
    if len(runs) != 1:
        pytest.skip("the compiled decoder does not part legs")
    (run,) = runs
    assert run.records == len(theirs["timestamp"])
    # We put the clock of the FR70, which counts from when it was switched on, right; it does not.
    shift = run.started_at.timestamp() - min(theirs["timestamp"]) if "fr70" in path.name else 0
    assert [at.timestamp() - shift for at in run.samples["at"]] == sorted(theirs["timestamp"])
    for field, name in NATIVE.items():
        if field not in theirs or name not in run.samples.columns:
            continue
        told, ours = theirs[field], run.samples[name].to_numpy()
        if name == "distance_m":
            told = told - told[np.isfinite(told)][0]
        known = np.isfinite(ours)
        # It widens a narrow speed by cutting, not by rounding.
        assert ours[known] == pytest.approx(told[known], abs=1.1e-3 if name == "speed_mps" else 1e-6), name
        assert not told[~known & np.isfinite(told)].any(), name  # what we leave out is zero


@of([path for path in FILES if "triathlon" in path.name])
def test_a_triathlon_is_five_legs_as_the_official_decoder_has_it(path: Path) -> None:
    told, _ = Decoder(Stream.from_byte_array(bytearray(path.read_bytes()))).read()
    runs = runs_of(path)
    assert [run.sport for run in runs] == [session["sport"] for session in told["session_mesgs"]]
    assert [run.distance_m for run in runs] == [session["total_distance"] for session in told["session_mesgs"]]
    assert sum(run.records for run in runs) == len(told["record_mesgs"])
    assert all(run.samples["distance_m"].drop_nulls()[0] == 0 for run in runs)


@of([path for path in FILES if "stryd" in path.name and "standalone" not in path.name])
def test_the_pod_does_not_overwrite_what_the_watch_measured(path: Path) -> None:
    (run,) = runs_of(path)
    sources = dict(run.column_sources)
    pods = [name for name in run.samples.columns if name.endswith("_vertical_oscillation")]
    assert all("Centimeters" in sources[name] for name in pods)
    assert sources.get("vertical_oscillation_mm", "native") == "native"


@of([path for path in FILES if "run_rd" in path.name or "triathlon" in path.name])
def test_speed_is_cadence_times_step_length(path: Path) -> None:
    run = next(run for run in runs_of(path) if run.sport == "running")
    samples = run.samples.filter("moving").drop_nulls(["speed_mps", "cadence_spm", "step_length_mm"])
    ratio = samples["speed_mps"] / (samples["cadence_spm"] / 60 * samples["step_length_mm"] / 1000)
    assert ratio.median() == pytest.approx(1, abs=0.03)


@of([path for path in FILES if "strava" in path.name])
def test_a_file_that_lost_bytes_is_read_beyond_the_first_tear(path: Path) -> None:
    (run,) = runs_of(path)
    assert run.records > 5000
    assert run.samples["distance_m"].max() == pytest.approx(run.distance_m, rel=0.01)


def content(path: Path) -> bytes:
    data = path.with_name("input.fit").read_bytes()
    if data[:2] == b"\x1f\x8b":
        return gzip.decompress(data)
    if data[:2] == b"PK":
        archive = zipfile.ZipFile(io.BytesIO(data))
        return archive.read(archive.namelist()[0])
    return data


@pytest.mark.parametrize(
    "path", [pytest.param(p, id=f"{p.parent.parent.name}-{p.parent.name}") for p in CASES] or ABSENT
)
def test_each_case_of_the_corpus_gives_its_records_and_streams(path: Path) -> None:
    expected = json.loads(path.read_text("utf-8"))
    sessions = [
        session
        for part in expected["parts"]
        if part.get("activity") and part["file_type"] == "activity"
        for session in part["activity"]["sessions"]
    ]
    if not sessions:
        with pytest.raises((UnreadableFile, NotAnActivity)):
            read_fit(content(path), path.parent.name)
        return
    runs = read_fit(content(path), path.parent.name)
    assert [run.records for run in runs] == [session["records"]["n"] for session in sessions]
    for run, session in zip(runs, sessions, strict=True):
        holds_streams(run, session["records"]["streams"])


def holds_streams(run: Run, streams: dict[str, Any]) -> None:
    steps = 2 if run.sport == "running" else 1
    for stream, name, factor in (
        ("altitude", "altitude_m", 1),
        ("distance", "distance_m", 1),
        ("speed", "speed_mps", 1),
        ("heart_rate", "heart_rate_bpm", 1),
        ("power", "power_w", 1),
        ("cadence", "cadence_spm", steps),
    ):
        told = np.array([each for each in streams.get(stream, {"values": []})["values"] if each is not None], float)
        if not len(told):
            continue
        ours = run.samples[name].drop_nulls().to_numpy()
        assert ours == pytest.approx((told - told[0] if name == "distance_m" else told) * factor), stream
