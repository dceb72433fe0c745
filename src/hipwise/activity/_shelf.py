"""The runs of a journal at hand while files come in: one query an import, not three a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from functools import reduce
from types import MappingProxyType

from hipwise.activity._merge import merge, same_run, starts_with, typed_before
from hipwise.activity._run import Run, RunSummary

__all__ = ["Placed", "Shelf"]

DAY = timedelta(1)
"""Two records of one run can lie most of a day apart, where the clock of one is in another zone."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the runs of one file belong.

    NEW ones; MERGED: by the id of a run that was there, what it becomes (two of them perhaps the same); KNOWN:
    ids of runs that were there just so.
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
        return (*(run.id for run in self.new), *self.joined, *self.known)

    @property
    def joined(self) -> tuple[str, ...]:
        """The ids of the runs of before that something of the file became part of."""
        return tuple(dict.fromkeys(run.id for run in self.merged.values()))


class Shelf:
    """RUNS by file and by day; WHOLE fetches one of them with its samples.

    PARTS are the runs of which one on the shelf was made, by its id: what is one with a part is one with the whole,
    whichever of its sources came first.
    """

    def __init__(
        self,
        runs: Iterable[RunSummary],
        whole: Callable[[str], Run],
        parts: Mapping[str, Iterable[RunSummary]] = MappingProxyType({}),
    ) -> None:
        self._whole = whole
        self._parts = {name: [*found] for name, found in parts.items()}
        self._taken: defaultdict[str, set[str]] = defaultdict(set)
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

    def place(self, runs: Iterable[Run], table: str | None = None) -> Placed:
        """Return where the runs of one file belong: each is new, there already, or one with a run that is.

        TABLE is the one of which they are a line: two lines of a day are two runs, to work and back.
        """
        new: list[Run] = []
        merged: dict[str, Run] = {}
        known: list[str] = []
        beneath: list[tuple[Run, str]] = []
        for run in runs:
            twin = next((place for place, other in enumerate(new) if _is_one(other, run)), None)
            standing = self._standing(run, table, merged)
            if twin is not None:
                new[twin] = merge(new[twin], run)
            elif not standing:
                new.append(run)
            elif standing[0].id == run.id:
                known.append(run.id)
            else:
                merged |= self._joined(run, standing, merged)
                beneath.append((run, standing[0].id))
        return Placed(tuple(new), merged, tuple(known), tuple(beneath))

    def _joined(self, run: Run, standing: Sequence[RunSummary], merged: Mapping[str, Run]) -> dict[str, Run]:
        """Return what becomes of the runs STANDING, and of those that were MERGED with them before."""
        wholes = [merged.get(each.id) or self._whole(each.id) for each in standing]
        once = {each.id: each for each in wholes}
        joined = merge(reduce(merge, once.values()), run)
        olds = (name for name, each in merged.items() if each.id in once)
        return dict.fromkeys((*(each.id for each in standing), *olds), joined)

    def keep(self, placed: Placed) -> None:
        """Note that the runs of a file are in the journal now."""
        parts: defaultdict[str, list[RunSummary]] = defaultdict(list)
        for old, run in placed.merged.items():
            parts[run.id] += self._parts.pop(old) if old in self._parts else [self._runs[old]]
            if old != run.id:
                self._leave(old, run.id)
        for part, whole in placed.beneath:
            parts[placed.merged[whole].id].append(part.summary)
        self._parts |= parts
        for run in (*placed.new, *placed.merged.values()):
            self._keep(run.summary)

    def take(self, table: str, ids: Iterable[str]) -> None:
        """Note that a line of TABLE is the runs IDS, so that no other line of it is."""
        self._taken[table] |= {*ids}

    def _keep(self, run: RunSummary) -> None:
        self._runs[run.id] = run
        self._by_day[_day(run)][run.id] = None
        for origin in run.origins:
            self._by_file[origin.sha256][run.id] = None

    def _leave(self, old: str, new: str) -> None:
        """Forget a run that became part of a NEW one."""
        run = self._runs.pop(old)
        self._by_day[_day(run)].pop(old, None)
        for origin in run.origins:
            self._by_file[origin.sha256].pop(old, None)
        for ids in self._taken.values():
            ids.update({new} if old in ids else ())

    def _standing(self, run: Run, table: str | None, merged: Mapping[str, Run]) -> tuple[RunSummary, ...]:
        """Return the runs on the shelf that RUN is one with: itself, or else the one that began nearest to it.

        What a run of the same file was MERGED with has an hour now, and is no other run of that day. Where devices tell
        of them that began together with it, it is all of these, with the line of a table that none of them has: it
        shows that they are one.
        """
        if run.id in self._runs:
            return (self._runs[run.id],)
        taken = self._taken[table] if table is not None and run.is_hourless else ()
        same = [other for other in self._near(run, merged) if other.id not in taken and self._is_one(other, run)]
        same.sort(key=lambda other: _how_far(other, run))
        if not same or not (starts_with(run, run) and starts_with(same[0], run)):
            return tuple(same[:1])
        # What could have been one before now, and is not, was split by the runner.
        apart = [other for other in same[1:] if not self._is_one(same[0], other)]
        together = [same[0], *(other for other in apart if starts_with(other, run))]
        has_line = any(origin.kind == "csv" for other in together for origin in other.origins)
        return (*together, *([] if has_line else [other for other in apart if other.is_hourless][:1]))

    def _is_one(self, other: RunSummary, run: RunSummary) -> bool:
        if same_run(other, run) or typed_before(other, run):
            return True
        parts = (part for part in self._parts.get(other.id, ()) if starts_with(part, other))
        return any(same_run(part, run) for part in parts if run.is_hourless or starts_with(run, part))

    def _near(self, run: RunSummary, merged: Mapping[str, Run]) -> Iterable[RunSummary]:
        day = _day(run)
        names = (name for at in (day - DAY, day, day + DAY) for name in self._by_day.get(at, ()))
        found = (merged.get(name) or self._runs[name] for name in names)
        return {each.id: each for each in found}.values()


def _day(run: RunSummary) -> date:
    return run.started_at.astimezone(UTC).date()


def _how_far(other: RunSummary, run: RunSummary) -> tuple[bool, float]:
    """Return how far OTHER is from RUN: by the start, or where an hour is not known by how far it went, and later."""
    if other.is_hourless or run.is_hourless:
        return True, abs((other.distance_m or 0) - (run.distance_m or 0))
    return False, abs((other.started_at - run.started_at).total_seconds())


def _is_one(one: RunSummary, other: RunSummary) -> bool:
    return one.id == other.id or same_run(one, other)
