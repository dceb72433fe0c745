"""Everything we sense becomes findings; findings weigh causes; causes shape a plan; the plan says what to do today.

```python
import hipwise

journal = hipwise.open("me.db")
journal.add(["runs/"])
while question := journal.question():
    journal.answer(question, input(question.question.question))
for ranked in journal.assess().ranking.top(3):
    print(f"{ranked.probability:.0%}", ranked.name)
print(journal.today().headline)
```
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hipwise.activity import Run, read
    from hipwise.causes import Ranking, rank
    from hipwise.journal import Journal
    from hipwise.knowledge import Knowledge
    from hipwise.model import Athlete, Evidence, Finding

    open = Journal.open  # noqa: A001 (hipwise.open reads as the sentence it is)

__all__ = ["Athlete", "Evidence", "Finding", "Journal", "Knowledge", "Ranking", "Run", "open", "rank", "read"]

_ROOMS = {
    "Athlete": "model",
    "Evidence": "model",
    "Finding": "model",
    "Journal": "journal",
    "Knowledge": "knowledge",
    "Ranking": "causes",
    "Run": "activity",
    "open": "journal",
    "rank": "causes",
    "read": "activity",
}


def __getattr__(name: str) -> Any:
    """Open a room when one of its names is asked for: importing hipwise alone loads nothing heavy."""
    if name not in _ROOMS:
        from hipwise.texts import say

        raise AttributeError(say("knowledge.no_such_name", name=name, module=__name__))
    room = import_module(f"{__name__}.{_ROOMS[name]}")
    return room.Journal.open if name == "open" else getattr(room, name)


def __dir__() -> list[str]:
    """Return the names of the front door."""
    return sorted(__all__)
