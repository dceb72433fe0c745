"""A journal of a runner who runs every other day and has told calm answers, and its clock."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hipwise.journal import Journal
from sore_runner import Clock, sore


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(tmp_path: Path, clock: Clock) -> Iterator[Journal]:
    """A journal of a runner who runs every other day and has told calm answers."""
    with sore(tmp_path, clock) as opened:
        yield opened
