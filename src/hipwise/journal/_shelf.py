"""The runs of a journal at hand while files come in: one query an import, not three a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, timedelta

from hipwise.activity import Run, RunSummary, merge, same_run

__all__ = ["Placed", "Shelf"]

DAY = timedelta(1)
"""Two records of one run can lie most of a day apart, where the clock of one is in another zone."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the runs of one file belong.

    NEW ones; MERGED: by the id of a run that was there, what it becomes; KNOWN: ids of runs that were there just so.
    BENEATH: runs of the file that became part of another one, by its id; they are kept, to be split off again.
    """

    new: tuple[Run, ...]
    merged: Mapping[str, Run]
    known: tuple[str, ...]
    beneath: tuple[tuple[Run, str], ...] = ()

    @property
    def to_keep(self) -> tuple[tuple[Run, ...], dict[str, Run]]:
        """What the memory is to write: runs as they came, and what becomes which."""
        parts = {part.id: self.merged[whole] for part, whole in self.beneath}
        return (*self.new, *(part for part, _ in self.beneath)), {**self.merged, **parts}

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all runs of the file, as they now are in the journal."""
        return (*(run.id for run in self.new), *self.merged, *self.known)


class Shelf:
    """RUNS by file and by day; WHOLE fetches one of them with its samples."""

    def __init__(self, runs: Iterable[RunSummary], whole: Callable[[str], Run]) -> None:
        self._whole = whole
        self._runs: dict[str, RunSummary] = {}
        self._by_file: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._by_day: defaultdict[date, dict[str, None]] = defaultdict(dict)
        for run in runs:
            self._keep(run)

    def knows(self, sha256: str) -> bool:
        """Return whether a file of that content brought a run that is there."""
        return sha256 in self._by_file

    def ids(self, sha256: str) -> tuple[str, ...]:
        """Return the ids of the runs that a file of that content brought."""
        return tuple(self._by_file.get(sha256, ()))

    def file_of(self, run_id: str) -> str:
        """Return the file that a run was first read from."""
        return self._runs[run_id].file

    def place(self, runs: Iterable[Run]) -> Placed:
        """Return where the runs of one file belong: each is new, there already, or one with a run that is."""
        new: list[Run] = []
        merged: dict[str, Run] = {}
        known: list[str] = []
        beneath: list[tuple[Run, str]] = []
        for run in runs:
            twin = next((place for place, other in enumerate(new) if _is_one(other, run)), None)
            standing = self._standing(run)
            if twin is not None:
                new[twin] = merge(new[twin], run)
            elif standing is None:
                new.append(run)
            elif standing.id == run.id:
                known.append(run.id)
            else:
                merged[standing.id] = merge(merged.get(standing.id) or self._whole(standing.id), run)
                beneath.append((run, standing.id))
        return Placed(tuple(new), merged, tuple(known), tuple(beneath))

    def keep(self, placed: Placed) -> None:
        """Note that the runs of a file are in the journal now."""
        for run in (*placed.new, *placed.merged.values()):
            self._keep(run.summary)

    def _keep(self, run: RunSummary) -> None:
        self._runs[run.id] = run
        self._by_day[_day(run)][run.id] = None
        for origin in run.origins:
            self._by_file[origin.sha256][run.id] = None

    def _standing(self, run: Run) -> RunSummary | None:
        """Return the run on the shelf that RUN is one with: itself, or else the one that began nearest to it."""
        if run.id in self._runs:
            return self._runs[run.id]
        same = [other for other in self._near(run) if same_run(other, run)]
        return min(same, key=lambda other: abs(other.started_at - run.started_at), default=None)

    def _near(self, run: RunSummary) -> Iterator[RunSummary]:
        day = _day(run)
        names = dict.fromkeys(name for at in (day - DAY, day, day + DAY) for name in self._by_day.get(at, ()))
        return (self._runs[name] for name in names)


def _day(run: RunSummary) -> date:
    return run.started_at.astimezone(UTC).date()


def _is_one(one: RunSummary, other: RunSummary) -> bool:
    return one.id == other.id or same_run(one, other)
