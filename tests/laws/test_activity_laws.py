"""What holds for every activity file, whatever happened to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import numpy as np
import polars as pl
import pytest
from fit_tool.fit_file_builder import FitFileBuilder
from fit_tool.profile.messages.event_message import EventMessage
from fit_tool.profile.messages.file_id_message import FileIdMessage
from fit_tool.profile.messages.record_message import RecordMessage
from fit_tool.profile.messages.session_message import SessionMessage
from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.activity._fit import read_fit
from hipwise.activity._fit_write import fit_bytes
from hipwise.activity._run import SAMPLES, Origin, Run
from hipwise.errors import HipwiseError, NotAnActivity, UnreadableFile

START = datetime(2030, 5, 1, 8, 0, tzinfo=UTC)
RECORDS = 60


def filled(message: Any, local_id: int, **fields: Any) -> Any:
    message.local_id = local_id
    for name, value in fields.items():
        setattr(message, name, value)
    return message


@cache
def sound() -> bytes:
    """A small activity of an independent encoder, with a pause."""
    begin = round(START.timestamp() * 1000)
    builder = FitFileBuilder()
    builder.add(filled(FileIdMessage(), 0, type=4, manufacturer=1, product=3113, serial_number=42))
    for second in range(RECORDS):
        if second in {20, 30}:
            kind = 4 if second == 20 else 0
            builder.add(filled(EventMessage(), 2, timestamp=begin + 1000 * second, event=0, event_type=kind))
        values = {"heart_rate": 120 + second % 9, "cadence": 84, "distance": 2.5 * second, "step_length": 890.0}
        builder.add(filled(RecordMessage(), 1, timestamp=begin + 1000 * second, position_lat=47.0, **values))
    totals = {"total_elapsed_time": 59.0, "total_timer_time": 49.0, "total_distance": 147.5, "sport": 1}
    builder.add(filled(SessionMessage(), 3, timestamp=begin + 59_000, start_time=begin, **totals))
    return builder.build_bytes()


SIZE = len(sound())


def runs_of(data: bytes) -> tuple[Run, ...]:
    """The runs of DATA; none where it is told in words that there are none. Anything else raised fails the test."""
    try:
        return read_fit(data, "any.fit")
    except (UnreadableFile, NotAnActivity) as fault:
        said(fault)
        return ()


def said(fault: HipwiseError) -> None:
    assert all(fault.as_dict()[part] for part in ("what", "where", "why", "next"))


def holds(run: Run) -> None:
    """Hold RUN to what every run promises."""
    at = run.samples["at"]
    assert run.records == len(run.samples)
    assert at.is_sorted()
    assert not at.null_count()
    assert run.samples.columns[0] == "at"
    assert run.samples["moving"].dtype == pl.Boolean
    for name in run.samples.columns:
        known = SAMPLES.get(name, (pl.Float64(), ""))
        assert run.samples[name].dtype == known[0]
        if known[0] == pl.Float64():
            assert run.samples[name].drop_nulls().is_finite().all()
    for total in (run.distance_m, run.timer_s, run.elapsed_s, run.ascent_m, run.descent_m, run.heart_rate_bpm):
        assert total is None or (np.isfinite(total) and total >= 0)
    assert run.started_at.tzinfo is UTC
    assert all(note.sentence for note in run.notes)


@given(st.integers(0, SIZE))
def test_a_file_cut_at_any_byte_gives_what_stood_before_the_cut(cut: int) -> None:
    whole = read_fit(sound(), "whole.fit")[0].samples
    for run in runs_of(sound()[:cut]):
        holds(run)
        kept = run.samples["heart_rate_bpm"].to_list() if "heart_rate_bpm" in run.samples.columns else []
        assert kept == whole["heart_rate_bpm"].to_list()[: len(kept)]


@given(st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(1, 255)), min_size=1, max_size=12))
def test_a_file_with_any_bytes_changed_is_read_or_refused_in_words(flips: list[tuple[int, int]]) -> None:
    data = bytearray(sound())
    for at, change in flips:
        data[at] ^= change
    for run in runs_of(bytes(data)):
        holds(run)


@given(st.integers(0, SIZE), st.integers(0, 40), st.binary(max_size=80))
def test_a_file_with_a_stretch_replaced_is_read_or_refused_in_words(at: int, gone: int, put: bytes) -> None:
    for run in runs_of(sound()[:at] + put + sound()[at + gone :]):
        holds(run)


@given(st.binary(max_size=400))
def test_any_bytes_behind_a_header_are_read_or_refused_in_words(body: bytes) -> None:
    for run in runs_of(sound()[:14] + body):
        holds(run)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    for run in runs_of(data):
        holds(run)


@given(st.integers(SIZE // 2, SIZE - 200))
def test_a_byte_lost_costs_no_more_than_the_records_up_to_a_definition_near_by(at: int) -> None:
    found = runs_of(sound()[:at] + sound()[at + 1 :])
    assert sum(run.records for run in found) >= RECORDS - 18


COLUMNS = {
    "altitude_m": (-400, 8000, 5),
    "speed_mps": (0, 12, 1000),
    "heart_rate_bpm": (30, 230, 1),
    "power_w": (1, 900, 1),
    "vertical_oscillation_mm": (10, 200, 10),
    "ground_contact_ms": (100, 900, 10),
    "ground_contact_balance_pct": (30, 70, 100),
    "vertical_ratio_pct": (1, 30, 100),
    "cadence_spm": (140, 200, 64),
}
"""Columns with the range of their values, and the parts of the unit that FIT can write."""


def drawn(source: np.random.Generator, name: str, count: int, gaps: float) -> pl.Series:
    low, high, per_unit = COLUMNS[name]
    values = source.integers(low * per_unit, high * per_unit, count) / per_unit
    known = source.random(count) >= gaps
    known[0] = True
    return pl.Series(name, [value if knows else None for value, knows in zip(values, known, strict=True)])


@st.composite
def any_run(draw: st.DrawFn) -> Run:
    source = np.random.default_rng(draw(st.integers(0, 2**32)))
    count = draw(st.integers(2, 40))
    seconds = np.concatenate([[0], np.cumsum(source.integers(1, 40, count - 1))])
    moving = source.random(count) >= draw(st.sampled_from([0.0, 0.1, 0.6]))
    moving[-2:] = True
    gaps = draw(st.sampled_from([0.0, 0.3]))
    samples = pl.DataFrame(
        [
            pl.Series("at", [START + timedelta(seconds=int(second)) for second in seconds], pl.Datetime("ms", "UTC")),
            *(drawn(source, name, count, gaps) for name in draw(st.sets(st.sampled_from(sorted(COLUMNS))))),
            pl.Series("moving", moving),
        ]
    )
    elapsed_s = float(seconds[-1])
    offset_s = draw(st.one_of(st.none(), st.integers(-48, 56).map(lambda quarters: 900 * quarters)))
    return Run(
        id="law",
        sport=draw(st.sampled_from(["running", "cycling"])),
        sub_sport=draw(st.sampled_from([None, "trail", "treadmill", "track"])),
        started_at=START,
        local_date=(START + timedelta(seconds=offset_s or 0)).date(),
        utc_offset_s=offset_s,
        origins=(Origin("law.fit", "fit", "0", draw(st.sampled_from(["garmin", "coros", "9999"])), "12", 7),),
        distance_m=draw(st.integers(100, 800 * round(elapsed_s) + 100)) / 100,
        timer_s=round(elapsed_s * draw(st.floats(0.5, 1)), 3),
        elapsed_s=elapsed_s,
        perceived_effort=draw(st.one_of(st.none(), st.integers(1, 100).map(lambda tenths: tenths / 10))),
        records=count,
        samples=samples,
    )


@given(any_run())
def test_a_run_that_is_written_and_read_is_the_same_run(run: Run) -> None:
    (back,) = read_fit(fit_bytes(run), "law.fit")
    holds(back)
    for name in ("sport", "sub_sport", "started_at", "local_date", "utc_offset_s", "records", "perceived_effort"):
        assert getattr(back, name) == getattr(run, name), name
    for name in ("distance_m", "timer_s", "elapsed_s"):
        assert getattr(back, name) == pytest.approx(getattr(run, name)), name
    assert set(back.samples.columns) == set(run.samples.columns)
    assert back.samples["at"].to_list() == run.samples["at"].to_list()
    assert back.samples["moving"].to_list() == run.samples["moving"].to_list()
    for name in set(run.samples.columns) - {"at", "moving"}:
        ours, theirs = run.samples[name].to_list(), back.samples[name].to_list()
        assert [each is None for each in theirs] == [each is None for each in ours], name
        known = [(a, b) for a, b in zip(ours, theirs, strict=True) if a is not None]
        assert [b for _, b in known] == pytest.approx([a for a, _ in known], abs=1e-6), name


@given(any_run())
@settings(max_examples=30)
def test_writing_what_was_read_changes_no_byte_of_the_samples(run: Run) -> None:
    (once,) = read_fit(fit_bytes(run), "law.fit")
    (twice,) = read_fit(fit_bytes(once), "law.fit")
    assert once.samples.equals(twice.samples)
