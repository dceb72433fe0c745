"""Samples from outside are opened here first, in a process of their own.

A forged Parquet file can bring its reader down: it may ask for more memory than there is, and then the whole process
ends. So a process that has nothing to lose reads every one of them, with bounds, and vouches for those it survived.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import polars as pl

MOST_CELLS = 50_000_000
"""Rows times columns that a blob may claim: 100 hours at one record a second in 100 columns are 36 M."""

MOST_MEMORY_BYTES = 4 * 2**30
MOST_SECONDS = 900

_KINDS = (pl.Float64, pl.Float32, pl.Boolean, pl.Datetime, pl.Null)
"""What samples hold; those of an Apple export were once kept as narrow as they had been read."""


def vouched(archive: Path) -> frozenset[str]:
    """Return the SHA-256 of all samples in ARCHIVE that can be read safely; asks another process."""
    command = [sys.executable, "-P", __file__, str(archive)]
    alone = os.environ | {"POLARS_MAX_THREADS": "1"}
    try:
        child = subprocess.run(command, capture_output=True, check=False, timeout=MOST_SECONDS, env=alone)  # noqa: S603 (ourselves)
    except subprocess.TimeoutExpired:
        return frozenset()
    return frozenset(child.stdout.decode("ascii", "ignore").split())


def sound(archive: Path) -> Iterator[str]:
    """Yield the SHA-256 of each samples entry of ARCHIVE that is a Parquet file with what samples may hold."""
    with ZipFile(archive) as entries:
        for name in entries.namelist():
            if name.startswith("samples/"):
                blob = entries.read(name)
                if _is_sound(blob):
                    yield hashlib.sha256(blob).hexdigest()


def _is_sound(blob: bytes) -> bool:
    try:
        return _claims_little(blob) and pl.read_parquet(BytesIO(blob)) is not None
    except Exception:  # noqa: BLE001 (whatever a forged file brings about: it is not sound)
        return False


def _claims_little(blob: bytes) -> bool:
    """Return whether the frame's own head tells of a size and of types that samples may have."""
    frame = pl.scan_parquet(BytesIO(blob))
    schema = frame.collect_schema()
    if not all(kind in _KINDS for kind in schema.dtypes()):
        return False
    rows: int = frame.select(pl.len()).collect().item()
    return rows * max(1, len(schema)) <= MOST_CELLS


def _bound_memory() -> None:
    if sys.platform != "win32":
        import resource

        with suppress(OSError, ValueError):  # some systems know no such bound
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))


if __name__ == "__main__":
    _bound_memory()
    for digest in sound(Path(sys.argv[1])):
        sys.stdout.write(f"{digest}\n")
        sys.stdout.flush()
