"""What others say of a runner, looked at before it is believed: answers, and who it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date
from difflib import get_close_matches
from typing import Any

from hipwise.activity import RunSummary
from hipwise.errors import HipwiseError, UnknownAnswer
from hipwise.knowledge import Knowledge
from hipwise.model import DECLINED, UNKNOWN, Athlete, Finding
from hipwise.texts import say

__all__ = ["BEGAN", "MOST_LETTERS", "athlete_of", "checked", "demand_near", "demand_readable", "demand_tellable"]

SEXES = {
    **dict.fromkeys(("female", "f", "woman"), "female"),
    **dict.fromkeys(("male", "m", "man"), "male"),
    **dict.fromkeys(("other", "unknown", "declined", "x"), None),
}
"""The evidence knows two words; whoever is neither, or does not say, is never taken for one of them."""

FIRST = ("hip_changed", "painkiller", "painkiller_hours_ago")
"""A changed pain makes older answers stale, a painkiller hides scores; neither may touch what is told with it."""

BEGAN = "run_pain_from"
"""How far into a run the pain began."""

COURSE = "course"
"""What is worked out from check-ins, and true only so."""

OLDEST_Y = 120
LONGEST_S = 61 * 86400.0
"""A reader of files keeps times within a month before and after their middle."""

MOST_LETTERS = 60
"""Longer states are slips; an error shows their beginning."""

COUNTRY = re.compile(r"[A-Za-z]{2}")


def checked(states: Mapping[str, str], knowledge: Knowledge, where: str = "") -> dict[str, str]:
    """Return STATES in small letters, if the knowledge base has each finding and state ("unknown", "declined" always).

    Those that say how the others are to be read come first: the others were told after them.

    Raises:
        UnknownAnswer: naming the first that it has not, with what comes near.
    """
    ordered = (*(name for name in FIRST if name in states), *(name for name in states if name not in FIRST))
    return {name: _state(name, states[name], knowledge, where) for name in ordered}


def _state(name: str, state: str, knowledge: Knowledge, where: str) -> str:
    if name not in knowledge.findings:
        near = get_close_matches(name, knowledge.findings, n=3)
        hint = say("journal.near", names=", ".join(near)) if near else ""
        raise UnknownAnswer("unknown_finding", where=where, finding=name[:MOST_LETTERS], near=hint)
    if knowledge.findings[name].sensed_by == COURSE:
        raise UnknownAnswer("worked_out", where=where, finding=name)
    allowed = (*knowledge.findings[name].states, UNKNOWN, DECLINED)
    plain = state.strip().lower()
    if plain not in allowed:
        told = state[:MOST_LETTERS]
        raise UnknownAnswer("unknown_state", where=where, finding=name, state=told, states=", ".join(allowed))
    return plain


def demand_tellable(findings: Iterable[Finding], knowledge: Knowledge, on: date) -> None:
    """Look at FINDINGS that came with a file, on the day ON; those that KNOWLEDGE does not know say nothing to it.

    Raises:
        ValueError: one is in no state that can be told of it, or of a day on which nobody here lived.
    """
    for each in findings:
        question = knowledge.findings.get(each.id)
        if question is not None and each.state not in (*question.states, UNKNOWN, DECLINED):
            raise ValueError(each.id)
        demand_near(each.on, on)


def demand_readable(run: RunSummary) -> None:
    """Look at a RUN that came with a backup, which a reader of files must have made.

    Raises:
        ValueError: none makes it: it takes months, or its day is that of its moment nowhere on earth.
    """
    lengths = [each for each in (run.timer_s, run.elapsed_s) if each is not None]
    if any(each > LONGEST_S for each in lengths):
        raise ValueError(run.id)
    if abs((run.local_date - run.started_at.astimezone(UTC).date()).days) > 1:
        raise ValueError(run.id)


def demand_near(day: date, on: date) -> None:
    """Look at a DAY that came with a file.

    Raises:
        ValueError: it lies further from the day ON than a life is long.
    """
    if abs(on.year - day.year) > OLDEST_Y:
        raise ValueError(day)


def athlete_of(known: Mapping[str, Any], on: date, where: str = "") -> Athlete:
    """Return the athlete of KNOWN: `age` (years on the day ON) or `born`, `sex`, `country`; what is None is not known.

    Raises:
        HipwiseError: one of them cannot be; its name stands in `where`.
    """
    age_y = _told("age", _age, known, where)
    sex = _told("sex", _sex, known, where)
    country = _told("country", _country, known, where)
    born = _told("born", date.fromisoformat, known, where)
    athlete = Athlete.of_age(age_y, sex, on, country)
    athlete = athlete if born is None else replace(athlete, born=born)
    found = athlete.age_y(on)
    if found is not None and not 0 <= found <= OLDEST_Y:
        raise _fault("born" if born else "age", where)
    return athlete


def _told(name: str, read: Any, known: Mapping[str, Any], where: str) -> Any:
    """Return what READ makes of one part of what is known."""
    try:
        return None if known.get(name) is None else read(known[name])
    except (TypeError, ValueError, OverflowError) as problem:
        raise _fault(name, where) from problem


def _fault(name: str, where: str) -> HipwiseError:
    return HipwiseError("told_athlete", where=say("journal.part", where=where, part=name) if where else name)


def _age(value: Any) -> int:
    """Read an age: whole years have passed, so a half is cut off. True is no age, though Python counts with it."""
    age_y = int(value) if not isinstance(value, bool) else -1
    if not 0 <= age_y <= OLDEST_Y:
        raise ValueError(age_y)
    return age_y


def _sex(value: Any) -> str | None:
    if not isinstance(value, str) or value.strip().lower() not in SEXES:
        raise ValueError(value)
    return SEXES[value.strip().lower()]


def _country(value: Any) -> str:
    if not isinstance(value, str) or not COUNTRY.fullmatch(value.strip()):
        raise ValueError(value)
    return value.strip().upper()
