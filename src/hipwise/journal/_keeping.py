"""The desk of keeping: undo, export, restore."""

from __future__ import annotations

import os
from pathlib import Path

from hipwise.journal._desk import Desk
from hipwise.journal._pains import kept
from hipwise.store import Undone, Verdict

__all__ = ["KeepingDesk"]


class KeepingDesk(Desk):
    """What is kept can be taken back, carried away and brought again."""

    def undo(self) -> Undone | None:
        """Take back the last import, answer, check-in or plan; return what that was, or None.

        A slip of today takes the referral with it that it brought: what is left is judged anew. A referral of an
        earlier day is never taken back so; it holds until a clinician was seen.
        """
        before = tuple(kept(self._memory))
        undone = self._memory.undo(self._now())
        if undone is None or undone.event.at.astimezone(self._now().tzinfo).date() == self.on:
            return undone
        after = tuple(kept(self._memory))
        there = {each.id for each in self._memory.episodes()}
        for episode, referral in before:
            if (episode, referral) not in after:
                trace = {"referral": referral.as_dict()}
                name = episode if episode in there else None
                self._memory.add_verdict(Verdict("referral", self.on, self._now(), name, trace))
        return undone

    def export(self, path: str | os.PathLike[str]) -> None:
        """Write all that is kept into one new file.

        Raises:
            JournalError: the file stands already or cannot be written.
        """
        self._memory.export(Path(path))

    def restore(self, path: str | os.PathLike[str], *, replace: bool = False) -> None:
        """Take over all that an exported file holds.

        Raises:
            JournalError: it is no export, is damaged, or something is kept already (unless REPLACE).
        """
        self._memory.restore(Path(path), replace=replace)
