"""The history of a plan in words: what each line was, and how what it changed stood before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from hipwise.knowledge import Knowledge
from hipwise.texts import known, say

__all__ = ["EVERYDAY", "item_name", "version_data"]

Data = dict[str, Any]
Line = tuple[str | None, str]
"""A day (ISO), if it is about one, and words."""

EVERYDAY = frozenset({"picture", "week", "run"})
"""Rules whose changes say nothing new to do."""

TOLD = frozenset({"done", "weekly"})
"""Lines that tell something and change nothing by themselves."""

EXERCISE = "exercise:"
LISTS = ("how_sure", "education", "avoid", "refer_when")


def item_name(item: str, knowledge: Knowledge) -> str:
    """Return the name of a part of a plan: "stage", "run", "week", "exercise:ID" and the like."""
    if item.startswith(EXERCISE):
        found = knowledge.rehab.exercises.get(item.removeprefix(EXERCISE))
        return item.removeprefix(EXERCISE) if found is None else found.name
    text = f"handout.item_{item}"
    return say(text) if text in known() else item


def version_data(number: int, on: date, kind: str, body: Mapping[str, Any], knowledge: Knowledge) -> Data:
    """Return one line of a plan's history as plain data; a BODY that is empty (a plan that rests) says nothing.

    BEFORE and AFTER are lines `{"on": day or null, "says"}` of what differs. EVERYDAY: it says nothing new to do.
    """
    item = str(body.get("item", ""))
    before, after = _differing(body.get("before") or {}, body.get("after") or {})
    return {
        "number": number,
        "on": on.isoformat(),
        "kind": kind,
        "item": item or None,
        "name": item_name(item, knowledge) if item else None,
        "says": _says(kind, body, knowledge) if body else say("handout.history_rests"),
        "rule": body.get("rule"),
        "sources": list(body.get("sources", ())),
        "before": before,
        "after": after,
        "everyday": kind in TOLD or body.get("rule") in EVERYDAY,
    }


def _says(kind: str, body: Mapping[str, Any], knowledge: Knowledge) -> str:
    if kind == "change":
        return str(body.get("reason", ""))
    if kind == "done":
        return say("handout.history_done", name=item_name(f"{EXERCISE}{body['exercise']}", knowledge))
    values = {"name": item_name(str(body.get("item", "")), knowledge), "by": body.get("by"), "why": body.get("reason")}
    return say(f"handout.history_{kind}", **values)


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[list[Data], list[Data]]:
    """Return the lines that only BEFORE has, and those that only AFTER has."""
    was, now = list(_lines(before)), list(_lines(after))
    since = min((on for on, _ in now if on is not None), default="")
    gone = [each for each in was if each not in now and (each[0] is None or each[0] >= since)]
    new = [each for each in now if each not in was]
    return [{"on": on, "says": says} for on, says in gone], [{"on": on, "says": says} for on, says in new]


def _lines(parts: Mapping[str, Any]) -> Iterable[Line]:
    for name, of in PARTS.items():
        if parts.get(name):
            yield from of(parts[name])


def _run(run: Mapping[str, Any]) -> Iterable[Line]:
    session = run.get("session")
    yield from [(None, str(session["says"]))] if session else ((None, str(each)) for each in run["says"][:1])


def _wished(wishes: Mapping[str, Any]) -> list[str]:
    """Return what was wished, in words; what was not wished is left out."""
    texts = known()
    told = {name: value for name, value in wishes.items() if value and f"handout.wish_{name}" in texts}
    for name in ("on_days", "rest_day"):
        if name in told:
            named = [told[name]] if isinstance(told[name], str) else told[name]
            told[name] = ", ".join(say(f"plan.weekday_{day}") for day in named)
    return [say(f"handout.wish_{name}", count=value, value=_listed(value), km=value) for name, value in told.items()]


def _listed(value: Any) -> str:
    """Return a value in words; ids are words with lines between them."""
    return ", ".join(map(str, value)).replace("_", " ") if isinstance(value, list | tuple) else str(value)


def _texts(lines: Iterable[Any]) -> Iterable[Line]:
    return ((None, str(each)) for each in lines)


PARTS: Mapping[str, Callable[[Any], Iterable[Line]]] = {
    "stage": lambda stage: [(None, str(stage["says"]))],
    "run": _run,
    "exercises": lambda them: [(None, say("handout.history_exercise", **each)) for each in them],
    "days": lambda days: [(str(each["on"]), str(each["says"])) for each in days],
    "wishes": lambda wishes: _texts(_wished(wishes)),
    "causes": lambda causes: _texts(each["name"] for each in causes),
    **dict.fromkeys(LISTS, _texts),
}
"""How each part of a plan is told; what is not here (dates of making, ids) tells a reader nothing."""
