"""The desk of keeping: history, undo, export, restore, erase, settings, answers to repeats."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from hipwise.errors import JournalError
from hipwise.journal._checked import demand_near, demand_readable, demand_tellable
from hipwise.journal._desk import Desk
from hipwise.journal._known import Known
from hipwise.journal._labels import said, undone_said
from hipwise.journal._pains import id_of, kept, left_standing
from hipwise.plan import Referral, unanswered
from hipwise.store import Answer, Event, Undone, Verdict

__all__ = ["KeepingDesk"]


class KeepingDesk(Desk):
    """What is kept can be taken back, carried away and brought again."""

    def history(self, most: int | None = None) -> tuple[Event, ...]:
        """Return what was done, newest first, what was taken back too: all, or at MOST so many."""
        return tuple(said(each, self._read) for each in self._memory.history(most))

    def last(self) -> Event | None:
        """Return the last thing that was done and stands: what an undo would take back."""
        newest = self._memory.last()
        return None if newest is None else said(newest, self._read)

    def undo(self, number: int | None = None) -> Undone | None:
        """Take back the last import, answer, check-in or plan, or import NUMBER; return what that was, or None.

        A slip of today takes the referral with it that it brought: what is left is judged anew. A referral of an
        earlier day is never taken back so, also not by a clock that went back; it holds until a clinician was seen.

        Raises:
            JournalError: NUMBER is no import, or was taken back before.
        """
        with self._memory.together():
            before = tuple(kept(self._memory))
            undone = self._memory.undo(self._now(), number)
            if undone is not None and not self._is_of_today(undone.event):
                self._keep_standing(before)
        return None if undone is None else undone_said(undone, self._read)

    def _is_of_today(self, event: Event) -> bool:
        """Whether something was done today, and nothing that was said or done lies on a later day."""
        said = [each.at for each in self._memory.verdicts(most=1, whole=False)]
        done = [each.at for each in self._memory.history(since=event.at)]
        zone = self._now().tzinfo
        day, *others = (each.astimezone(zone).date() for each in (event.at, *said, *done))
        return day == self.on and all(other <= day for other in others)

    def _keep_standing(self, before: Iterable[tuple[str | None, Referral]]) -> None:
        """Keep what stood BEFORE something was taken back, and is not there any more."""
        after = tuple(kept(self._memory))
        there = {each.id for each in self._memory.episodes()}
        for episode, referral in before:
            if (episode, referral) not in after:
                self._stand(referral, episode if episode in there else None)

    def _stand(self, referral: Referral, episode: str | None) -> None:
        trace = {"referral": referral.as_dict()}
        self._memory.add_verdict(Verdict("referral", self.on, self._now(), episode, trace))

    def settings(self) -> dict[str, Any]:
        """Return how the runner wants things shown; what was never chosen is not there."""
        return self._memory.settings()

    def set_settings(self, chosen: Mapping[str, Any]) -> dict[str, Any]:
        """Keep what is CHOSEN (JSON data) beside what was chosen before; return all of it."""
        self._memory.set_settings(self._memory.settings() | dict(chosen))
        return self._memory.settings()

    def answered(self, key: str) -> Answer | None:
        """Return what the write of that KEY was answered, if it was done before."""
        return self._memory.answered.get(key)

    def keep_answer(self, key: str, request: str, status: int, body: str) -> None:
        """Keep what a write was answered (STATUS, BODY), for the day it is sent again; REQUEST is its fingerprint."""
        self._memory.answered.keep(key, Answer(request, status, body), self._now())

    def export(self, path: str | os.PathLike[str]) -> None:
        """Write all that is kept into one new file.

        Raises:
            JournalError: the file stands already or cannot be written.
        """
        self._memory.export(Path(path))

    def restore(self, path: str | os.PathLike[str], *, replace: bool = False) -> tuple[Referral, ...]:
        """Take over all that an exported file holds; return the referrals that stand on in spite of it.

        What asked for a clinician before is not forgotten because the file is older than it: it holds until someone
        was seen, or the bone is cleared, unless the file itself says that this was done.

        Raises:
            JournalError: it is no export, is damaged, or something is kept already (unless REPLACE).
        """
        with self._memory.together():
            stood = (*self._kept(), *self._told_of()) if replace else ()
            self._memory.restore(Path(path), replace=replace)
            self._seen.forget()
            still = self._looked_at(path, stood)
            for each in still:
                self._stand(each, None)
        return still

    def _looked_at(self, path: str | os.PathLike[str], stood: Iterable[Referral]) -> tuple[Referral, ...]:
        """Return what is forgotten of what STOOD, once it is plain that what was taken over from PATH can be judged.

        Raises:
            JournalError: it holds what nobody could ever have told (a score of 99, a day in the year 1).
        """
        try:
            self._demand_told()
            known = self._beside(self._memory, self._now)._known()  # noqa: SLF001 (nothing that may fail is remembered)
            still = self._forgotten(stood, known)
            known.today()
        except (ArithmeticError, LookupError, TypeError, ValueError) as problem:
            raise JournalError("export_broken", where=os.fspath(path), entry=type(problem).__name__) from problem
        return still

    def _demand_told(self) -> None:
        """Raise where something that was taken over could have been told by nobody, of whichever pain it is."""
        pains = self._memory.episodes()
        for each in (None, *pains):
            demand_tellable(self._memory.evidence(id_of(each)), self.knowledge, self.on)
        for run in self._memory.runs():
            demand_readable(run)
        days = [each for pain in pains for each in (pain.opened, pain.onset) if each is not None]
        for day in (*days, *(each.at.date() for each in self._memory.history())):
            demand_near(day, self.on)
        if self.athlete.born is not None:
            demand_near(self.athlete.born, self.on)

    def not_understood(self) -> tuple[str, ...]:
        """Return the ids of answers that are kept and that this version does not know: nothing is made of them."""
        pains = (None, *self._memory.episodes())
        told = {each.id for pain in pains for each in self._memory.evidence(id_of(pain))}
        return tuple(sorted(told - self.knowledge.findings.keys()))

    def _forgotten(self, stood: Iterable[Referral], known: Known) -> tuple[Referral, ...]:
        """Return what STOOD, and what is kept and KNOWN now neither holds nor answers."""
        there = self._kept()
        left = dict.fromkeys(each for each in stood if each not in there)
        given = (known.ranking, known.evidence, self.knowledge, self.on)
        return tuple(each for each in left if unanswered(each, *given))

    def _kept(self) -> tuple[Referral, ...]:
        return left_standing(self._memory, self.athlete, self.knowledge, self.on)

    def _told_of(self) -> tuple[Referral, ...]:
        """Return what alarms now and would be kept; what alarms only because nobody answered yet is not among it."""
        closed = self._memory.closed()
        pains = (None, *(each for each in self._memory.episodes() if each.id not in closed))
        known = (self._look(self.on, self.stamp, each) for each in pains)
        return tuple(each.own_referral for each in known if each.own_referral is not None and each.is_settled)

    def erase(self) -> dict[str, int]:
        """Delete all that is kept of this athlete, for good; return what each table has left, counted again: nothing.

        Raises:
            JournalError: the journal is busy or cannot be written.
        """
        return self._memory.erase()
