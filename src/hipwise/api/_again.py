"""What a write is answered that is sent again: it was done before, and what it says of the hip is of now."""

from __future__ import annotations

import json
from typing import Any

from hipwise.api._plain import dumps
from hipwise.api._routes_hip import asked_next, assessed
from hipwise.handout import plan_data, today_data
from hipwise.journal import Journal

__all__ = ["of_now"]

Data = dict[str, Any]


def of_now(answer: str, request: bytes, journal: Journal) -> str:
    """Return the ANSWER to a write (JSON, or nothing) with what it says of the day, the plan and the questions anew.

    Whoever sends a write again may have told an alarm since: a verdict of then is none any more. What was done stays as
    it was said: the event, and the changes of the plan as long as the verdict is the same.
    """
    said = json.loads(answer) if answer else None
    if not isinstance(said, dict):
        return answer
    now = json.loads(dumps(_now(said, request, journal)))
    if said | now == said:
        return answer
    calm: Data = {"changes": []} if "changes" in said else {}
    return dumps(said | _before(said, now) | calm | now).decode()


def _now(said: Data, request: bytes, journal: Journal) -> Data:
    """Return what would be said now in place of what was SAID."""
    if "causes" in said:
        return assessed(journal)
    if "today" in said:
        return {"today": today_data(journal.look_at_today(_planned_km(request)))}
    if "plan" in said:
        made = journal.standing()
        return {"plan": None if made is None else plan_data(made)}
    if "kept" in said:
        return asked_next(journal)
    return {"changes": []} if "changes" in said and journal.is_held() else {}


def _before(said: Data, now: Data) -> Data:
    """Return the verdict of before, which is none any more either: it offers what that of now does."""
    return {"before": {name: now["today"][name] for name in said["before"]}} if "today" in now else {}


def _planned_km(request: bytes) -> float | None:
    planned: float | None = json.loads(request).get("planned_km")
    return planned
