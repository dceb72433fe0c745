"""What every desk of the journal stands on: the memory, the knowledge, the day, and what is known on it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cached_property
from types import TracebackType
from typing import Any, Self

from hipwise.activity import Bounds, Quality, QualityLimits, RunSummary, look_at
from hipwise.journal._known import Known, running_of
from hipwise.journal._labels import of_text
from hipwise.journal._pains import (
    agreed_on,
    asked_beside,
    elsewhere,
    entries_of,
    held_by,
    id_of,
    kept_for_good,
    of_the_runner,
    pain_called,
    told_of,
)
from hipwise.journal._rules import rules_version
from hipwise.journal._seen import Seen
from hipwise.knowledge import Knowledge
from hipwise.load import Load, counted_from, days_from, measure
from hipwise.model import Athlete, Episode, Evidence
from hipwise.plan import Entry, course_seen
from hipwise.store import Memory, Stamp, Store, Verdict
from hipwise.texts import KM, MILE, Voice, spoken, voice

__all__ = ["Desk"]


class Desk:
    """An open journal, and what all its use cases share."""

    def __init__(self, store: Store, memory: Memory, knowledge: Knowledge | None, now: Callable[[], datetime]) -> None:
        self._store = store
        self._memory = memory
        self._now = now
        self._given = knowledge
        self._seen = Seen()

    @classmethod
    def open(
        cls,
        where: str | os.PathLike[str],
        athlete_id: str = "me",
        knowledge: Knowledge | None = None,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> Self:
        """Open the journal at WHERE (a file, made where there is none, or a database address).

        KNOWLEDGE is our own by default, and read when it is first needed. NOW tells the time with its zone.

        Raises:
            JournalError: it is no journal, of a newer version, or cannot be written.
        """
        store = Store.open(where)
        return cls(store, store.memory(athlete_id), knowledge, now)

    def of(self, athlete_id: str) -> Self:
        """Return the journal of another athlete in the same database; it is closed with this one."""
        return self._beside(self._store.memory(athlete_id), self._now)

    def at(self, moment: datetime) -> Self:
        """Return this journal as it works at a MOMENT (with its zone): what is told then counts for that day."""
        then = self._beside(self._memory, lambda: moment)
        then._seen = self._seen  # noqa: SLF001 (the same journal: what was read of it is the same)
        return then

    @property
    def voice(self) -> Voice:
        """How the runner wants to be spoken to, by the settings; what was never chosen is as it is spoken now.

        A unit that nobody knows (settings may come from a file) is none that was chosen.
        """
        chosen, now = self._memory.settings(), voice()
        language, unit = chosen.get("language"), chosen.get("units")
        return Voice(spoken(str(language)) if language else now.language, unit if unit in (KM, MILE) else now.unit)

    def speaking(self, chosen: Voice) -> Self:
        """Return this journal as it speaks in a voice: within `texts.speaking` its answers are in that one."""
        return type(self)(self._store, self._memory, Knowledge.load(voice=chosen), self._now)

    def _beside(self, memory: Memory, now: Callable[[], datetime]) -> Self:
        return type(self)(self._store, memory, self.knowledge, now)

    @property
    def stamp(self) -> Stamp:
        """What changes with the journal: the same stamp on the same day means the same answers."""
        plain = self._memory.stamp()
        days = self._days(self.on)
        return plain.beside(days) if days else plain

    def _days(self, on: date) -> dict[str, date]:
        """Return the runs of these days that count for another day than they are dated, on the day ON (see `load`)."""
        return days_from(self.runs(), self.now, on, self.knowledge)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._store.close()

    @cached_property
    def knowledge(self) -> Knowledge:
        """The knowledge base.

        Raises:
            BadKnowledge: it has faults.
        """
        return self._given or Knowledge.load()

    def _read(self) -> Knowledge:
        return self.knowledge

    @property
    def now(self) -> datetime:
        """The moment, with its zone."""
        return self._now()

    @property
    def on(self) -> date:
        """Today, where the runner is."""
        return self._now().date()

    @property
    def athlete(self) -> Athlete:
        """Who runs, as far as it was told."""
        return self._memory.athlete()

    @property
    def episode(self) -> Episode | None:
        """The pain that is looked at now."""
        return self._memory.current_episode()

    def runs(self) -> tuple[RunSummary, ...]:
        """Return the totals of all runs, in order of their start."""
        return self._seen.runs(self._memory, self._memory.stamp())

    def _known(self) -> Known:
        """Return what is known; worked out once for each state of the journal, and once for each day."""
        with self._memory.at_once():
            on, stamp = self.on, self.stamp
            return self._seen.known(on, stamp, lambda: self._look(on, stamp, self.episode))

    def _known_of(self, pain: str | None) -> Known:
        """Return what is known of the open PAIN that is called so; None: of the one that is looked at now.

        Raises:
            HipwiseError: there is no such pain, or more than one.
        """
        if pain is None:
            return self._known()
        with self._memory.at_once():
            return self._look(self.on, self.stamp, pain_called(self._memory, pain))

    def _look(self, on: date, stamp: Stamp, episode: Episode | None) -> Known:
        athlete, load = self.athlete, self._load_of(on, stamp, episode)
        running, entries = running_of(load, on), entries_of(self._memory, id_of(episode))

        def seen_of(other: Episode) -> Evidence:
            of_other = entries_of(self._memory, id_of(other))
            return self._seen_of(other, self._load_of(on, stamp, other), of_other, on)

        agreed = agreed_on(self._memory, id_of(episode))
        own = () if episode is None else kept_for_good(self._memory, episode.id)
        kept = (*of_the_runner(self._memory, athlete, self.knowledge, on, seen_of), *own)
        others = tuple(elsewhere(self._memory, episode, seen_of))
        held = held_by(entries)
        beside = tuple(asked_beside(self._memory, athlete, episode, self.knowledge, running, seen_of, on))
        evidence = self._seen_of(episode, load, entries, on)
        return Known(on, athlete, episode, load, evidence, agreed, others, self.knowledge, held, kept, beside, entries)

    def _load_of(self, on: date, stamp: Stamp, episode: Episode | None) -> Load:
        """Return the load on the day ON, with what changed before that pain began."""
        athlete, days, quality = self.athlete, self._days(on), self._worth(on, stamp)
        onset = None if episode is None else episode.onset or episode.opened

        def look() -> Load:
            runs = counted_from(self.runs(), days)
            return measure(runs, athlete, self.knowledge, on=on, onset=onset, quality=quality)

        return self._seen.load((stamp.runs, athlete, on, *days.items()), onset, look)

    def _seen_of(self, episode: Episode | None, load: Load, entries: tuple[Entry, ...], on: date) -> Evidence:
        """Return all that is known of a pain: told, seen in the training before it, and its course under a plan."""
        told = told_of(self._memory, episode, self.knowledge)
        course = course_seen(told, entries, running_of(load, on).run_days, self.knowledge, on)
        return told | load.evidence | course

    def _worth(self, on: date, stamp: Stamp) -> Quality:
        """Return what the training data are worth on the day ON; marks of gaps change the stamp of the runs too."""

        def look() -> Quality:
            limits = self.knowledge.constants(QualityLimits, "quality")
            marks = tuple((gap.begin, gap.until, gap.kind) for gap in self._memory.gaps())
            bounds = self.knowledge.constants(Bounds, "bounds")
            runs = counted_from(self.runs(), self._days(on))
            return look_at(runs, limits, bounds, on=on, marks=marks)

        return self._seen.quality(on, stamp, look)

    def _keep(self, kind: str, known: Known, trace: Mapping[str, Any]) -> None:
        """Keep what was said, unless the very same was the last of its kind that was said that day."""
        kept = dict(trace) | {"versions": self._versions()}
        self._memory.add_newer(Verdict(kind, known.on, self._now(), id_of(known.episode), kept))

    def _versions(self) -> dict[str, str]:
        return {"knowledge": self.knowledge.version, "rules": rules_version()}

    def _of_day(self) -> str:
        return of_text("of_day", on=self.on.isoformat())
