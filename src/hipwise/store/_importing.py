"""Files that come in, each whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from hipwise.activity import Run
from hipwise.errors import JournalError
from hipwise.store import _events, _runs, _unpacked
from hipwise.store._scope import Scope


@dataclass(frozen=True, slots=True)
class _Held:
    """What one file brought, ready to be written."""

    runs: tuple[_runs.Packed, ...]
    unpacked: Mapping[str, str]


class Import:
    """Files that come in, each whole or not at all; one undo takes all of them back. Made by `Memory.importing`."""

    def __init__(
        self, writing: Callable[[], AbstractContextManager[Scope]], label: str, at: datetime, event: int | None
    ) -> None:
        self._writing = writing
        self._about = (label, at)
        self._event = event
        self._held: list[_Held] = []

    def add_file(self, new: Iterable[Run] = (), merged: Mapping[str, Run] | None = None) -> tuple[str, ...]:
        """Keep what one file brought; return the ids of the runs that were written.

        NEW are its runs that the journal lacks (one that it has is passed over). MERGED says which run of the journal
        becomes which: `{old id: merged run}`; several olds may become one. A run of the file that is in both is kept as
        it came, beneath what it became part of, so that the merge can be split again.

        Raises:
            JournalError: a run to be replaced is not there or newer than this import, or the import was undone.
        """
        self.hold(new, merged)
        return self.write()

    def hold(
        self,
        new: Iterable[Run] = (),
        merged: Mapping[str, Run] | None = None,
        unpacked: Mapping[str, str] | None = None,
    ) -> None:
        """Take what one file brought, as `add_file` does; it is kept with the next `write`, or when all files are in.

        UNPACKED says, by the SHA-256 of a packed file, that of the file in it.
        """
        self._held.append(_Held(_runs.pack(new, merged or {}), unpacked or {}))

    def write(self) -> tuple[str, ...]:
        """Keep all files that are held; return the ids of the runs that were written.

        Should one of them be at fault, those before it are kept all the same.

        Raises:
            JournalError: as `add_file`.
        """
        held, self._held = self._held, []
        try:
            return self._write(held)
        except JournalError:
            if len(held) == 1:
                raise
            return tuple(name for each in held for name in self._write([each]))

    def _write(self, held: list[_Held]) -> tuple[str, ...]:
        if not held:
            return ()
        ids: list[str] = []
        event: int | None = None
        with self._writing() as scope:
            for runs in _together(held):
                missing = _runs.unknown(scope, runs)
                if missing:
                    event = event or self._standing_event(scope)
                    ids += _runs.add(scope, event, missing)
            _unpacked.keep(scope, {name: sha256 for each in held for name, sha256 in each.unpacked.items()})
        self._event = event or self._event
        return tuple(ids)

    def _standing_event(self, scope: Scope) -> int:
        if self._event is None:
            return _events.begin(scope, "import", *self._about, finished=False)
        _events.demand_standing(scope, self._event)
        return self._event

    def finish(self) -> None:
        """Note that all files are in; done by `Memory.importing`."""
        self.write()
        if self._event is not None:
            with self._writing() as scope:
                _events.finish(scope, self._event)


def _together(held: list[_Held]) -> Iterator[list[_runs.Packed]]:
    """Yield runs that can be written at once: all of files in a row that replace none, and those of each other file."""
    for replacing, files in groupby(held, key=lambda each: any(run.instead_of for run in each.runs)):
        if replacing:
            yield from (list(each.runs) for each in files)
        else:
            yield [run for each in files for run in each.runs]
