"""The desk of keeping: undo, export, restore."""

from __future__ import annotations

import os
from pathlib import Path

from hipwise.journal._desk import Desk
from hipwise.store import Undone

__all__ = ["KeepingDesk"]


class KeepingDesk(Desk):
    """What is kept can be taken back, carried away and brought again."""

    def undo(self, number: int | None = None) -> Undone | None:
        """Take back the last import, answer, check-in or plan, or import NUMBER; return what that was, or None.

        Raises:
            JournalError: NUMBER is no import, or was taken back before.
        """
        return self._memory.undo(self._now(), number)

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
