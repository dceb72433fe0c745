"""A FIT file becomes columns: hipwise against other decoders, on one file in one process. The ratios are what counts.

"columns" is what a reader needs of a run: time, place, altitude, distance, speed, heart rate, cadence, power and the
five running dynamics, as arrays. "read" is the whole way to runs: developer fields, pauses, totals, checksum, frame.
With the samples beside the project the file is a real one of 42,709 records, else one that hipwise writes.

    python benchmarks/fit_read.py [FILE]
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import fitdecode
import fitfast
import garmin_fit_sdk
import numpy as np
import polars as pl

from hipwise.activity._fit import read_fit
from hipwise.activity._fit_columns import Table
from hipwise.activity._fit_frame import parts
from hipwise.activity._fit_profile import Message
from hipwise.activity._fit_records import record_columns
from hipwise.activity._fit_write import fit_bytes
from hipwise.activity._run import Origin, Run

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = Path(__file__).resolve().parents[1] / ".." / "shared" / "samples" / "activity" / "fit"
REAL = SAMPLE / "garmin_fenix6x_ultra_84km_stryd.fit"
NEEDED = (
    "timestamp",
    "position_lat",
    "position_long",
    "enhanced_altitude",
    "distance",
    "enhanced_speed",
    "heart_rate",
    "cadence",
    "fractional_cadence",
    "power",
    "vertical_oscillation",
    "stance_time",
    "stance_time_balance",
    "step_length",
    "vertical_ratio",
)


def generated() -> bytes:
    """A run of 42,709 seconds with all columns."""
    count = 42_709
    start = datetime(2030, 5, 1, 6, tzinfo=UTC)
    index = np.arange(count)
    columns = {
        "at": pl.Series(int(start.timestamp() * 1000) + 1000 * index).cast(pl.Datetime("ms", "UTC")),
        "latitude_deg": 47 + index * 1e-5,
        "longitude_deg": 8 + index * 1e-5,
        "altitude_m": 400 + 50 * np.sin(index / 900),
        "distance_m": index * 2.7,
        "speed_mps": 2.7 + np.sin(index / 60) / 10,
        "heart_rate_bpm": 140 + index % 9,
        "cadence_spm": 168.0 + index % 4,
        "vertical_oscillation_mm": 85 + index % 7 / 10,
        "ground_contact_ms": 250.0 + index % 7,
        "moving": np.ones(count, bool),
    }
    origin = Origin("generated", "fit", "0" * 64)
    run = Run(
        id="0" * 16,
        sport="running",
        started_at=start,
        local_date=date(2030, 5, 1),
        origins=(origin,),
        samples=pl.DataFrame(columns),
    )
    return fit_bytes(run)


def by_hipwise(data: bytes) -> int:
    (part,) = parts(data)
    columns, _ = record_columns(Table(part, Message.RECORD))
    return len(columns["at"])


def by_hipwise_whole(data: bytes) -> int:
    return sum(run.records for run in read_fit(data, "benchmark.fit"))


def by_fitfast(data: bytes) -> int:
    return len(fitfast.records(data)["timestamp"])


def by_garmin_sdk(data: bytes) -> int:
    stream = garmin_fit_sdk.Stream.from_byte_array(bytearray(data))
    messages, _ = garmin_fit_sdk.Decoder(stream).read()
    return as_columns(messages["record_mesgs"])


def by_fitdecode(data: bytes) -> int:
    reader = fitdecode.FitReader(io.BytesIO(data))
    records = (each for each in reader if each.frame_type == fitdecode.FIT_FRAME_DATA and each.name == "record")
    return as_columns([{field.name: field.value for field in record.fields} for record in records])


def as_columns(records: list[dict[str, object]]) -> int:
    for name in NEEDED:
        np.array([record.get(name) for record in records], dtype=object)
    return len(records)


PEERS: dict[str, tuple[Callable[[bytes], int], int]] = {
    "hipwise, columns": (by_hipwise, 15),
    "hipwise, read": (by_hipwise_whole, 15),
    "fitfast (compiled)": (by_fitfast, 5),
    "garmin-fit-sdk": (by_garmin_sdk, 1),
    "fitdecode": (by_fitdecode, 1),
}


def best_of(repeats: int, decode: Callable[[bytes], int], data: bytes) -> tuple[float, int]:
    best, count = float("inf"), 0
    for _ in range(repeats):
        begin = perf_counter()
        count = decode(data)
        best = min(best, perf_counter() - begin)
    return best, count


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else REAL
    data = path.read_bytes() if path.exists() else generated()
    print(f"{path.name if path.exists() else 'a generated file'}: {len(data) / 1e6:.2f} MB")
    base = None
    for name, (decode, repeats) in PEERS.items():
        try:
            seconds, count = best_of(repeats, decode, data)
        except (fitfast.FitDecodeError, fitdecode.FitError, KeyError) as fault:
            print(f"{name:20}  refused the file: {fault}")
            continue
        base = base or seconds
        print(f"{name:20} {seconds * 1000:9.1f} ms {count / seconds:12,.0f} records/s {seconds / base:8.1f} x")


if __name__ == "__main__":
    main()
