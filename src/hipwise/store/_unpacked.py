"""What packed files hold, so that one which comes again need not be unpacked to know it.

A sum of a sum is true for good: no undo touches it, and whether a file is known is asked with what it holds.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import bindparam, select

from hipwise.store._scope import Scope, mine
from hipwise.store._tables import UNPACKED

_ALL = select(UNPACKED.c.packed, UNPACKED.c.sha256).where(mine(UNPACKED))
_OF = _ALL.where(UNPACKED.c.packed.in_(bindparam("names", expanding=True)))


def keep(scope: Scope, sums: Mapping[str, str]) -> None:
    """Keep SUMS: by the SHA-256 of a packed file, that of the file in it."""
    there = {row.packed for row in scope.execute(_OF, names=list(sums))} if sums else set()
    scope.insert(UNPACKED, *({"packed": name, "sha256": sums[name]} for name in sums if name not in there))


def known(scope: Scope) -> dict[str, str]:
    """Return all that is kept."""
    return {row.packed: row.sha256 for row in scope.execute(_ALL)}
