"""Files that only their owner may read, and what the disk says when it fails."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hipwise.errors import JournalError


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn what the disk says within into a JournalError about the file WHERE; let all else pass."""
    try:
        yield
    except OSError as error:
        raise JournalError("file_closed_to_us", where=where, reason=error.strerror or "") from error


def create(file: Path) -> None:
    """Make an empty FILE (and its folders) that only its owner may read. A file that stands already is left alone."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
