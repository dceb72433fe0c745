"""The samples of a run as one Parquet file in memory, and back."""

from __future__ import annotations

from io import BytesIO

import polars as pl


def pack(samples: pl.DataFrame) -> bytes:
    """Return SAMPLES as Parquet. No statistics: nobody searches inside, and writing is a third faster."""
    target = BytesIO()
    samples.write_parquet(target, compression="zstd", compression_level=1, statistics=False)
    return target.getvalue()


def unpack(blob: bytes) -> pl.DataFrame:
    """Return the samples of BLOB, which this program wrote or `_inspect` has vouched for."""
    return pl.read_parquet(BytesIO(blob))
