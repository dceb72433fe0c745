"""What a running server holds: the journal, its keys, its own folder, the built app, and where it may be reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Event, Lock
from typing import Any

from hipwise.api._keys import Keys
from hipwise.journal import Journal
from hipwise.texts import USUAL, Voice, voice

__all__ = ["ME", "SAMPLE", "House"]

ME, SAMPLE = "me", "sample"
SETTLED = 0.5
"""Seconds a worker waits before it looks for work that nobody told it of (a lease that ran out)."""


@dataclass
class House:
    """JOURNAL is the runner's own; FOLDER holds the secret, uploads and certificates; APP is the built app, if any.

    ORIGINS are the addresses under which a browser may know it (`http://127.0.0.1:8717`). LAN tells what a phone needs
    to come in; without it only this machine can reach the server.
    """

    journal: Journal
    folder: Path
    port: int
    origins: frozenset[str]
    app: Path | None = None
    lan: Mapping[str, Any] | None = None
    writing: Lock = field(default_factory=Lock)
    wake: Event = field(default_factory=Event)
    _others: dict[tuple[str, Voice], Journal] = field(default_factory=dict)
    _turn: Lock = field(default_factory=Lock)

    @cached_property
    def keys(self) -> Keys:
        """Who may come in."""
        return Keys(self.folder / "secret", self.port)

    @cached_property
    def sample(self) -> Journal:
        """The journal of the sample runner, in the same database."""
        return self.journal.of(SAMPLE)

    def of(self, runner: str) -> Journal:
        """Return the journal of a RUNNER, in the voice that is spoken."""
        journal = self.whose(runner)
        return journal if voice() == USUAL else self._translated(journal, runner, voice())

    def whose(self, runner: str) -> Journal:
        """Return the journal of a RUNNER as it is kept, to ask in which voice to speak."""
        return self.sample if runner == SAMPLE else self.journal

    def _translated(self, journal: Journal, runner: str, chosen: Voice) -> Journal:
        """Return a JOURNAL beside the usual one: each has answers of its own, worked out in its voice."""
        with self._turn:
            found = self._others.get((runner, chosen)) or journal.speaking(chosen)
            self._others[runner, chosen] = found
        return found

    @property
    def hosts(self) -> frozenset[str]:
        """What may stand in the header Host."""
        return frozenset(origin.partition("://")[2] for origin in self.origins)

    @property
    def uploads(self) -> Path:
        """Where files lie until they are brought in."""
        return self.folder / "uploads"
