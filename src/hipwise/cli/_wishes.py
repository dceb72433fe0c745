"""Wishes as they are typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import typer

from hipwise.texts import say

__all__ = ["days_of", "one_day", "things"]

MOST_DAYS = 7


def days_of(days: str | None) -> dict[str, Any]:
    """Return the wish that "3" or "mon,wed,sat" is; {} where nothing was said."""
    if days is None:
        return {}
    if days.strip().isdigit():
        count = int(days)
        if not 1 <= count <= MOST_DAYS:
            raise typer.BadParameter(say("cli.no_days", days=days))
        return {"days_a_week": count, "on_days": ()}
    named = tuple(dict.fromkeys(_named(each) for each in days.split(",")))
    return {"on_days": named, "days_a_week": len(named)}


def one_day(day: str | None) -> dict[str, Any]:
    """Return the wish for a rest day; "none" takes it back, {} where nothing was said."""
    if day is None:
        return {}
    return {"rest_day": None if day.strip().lower() == say("cli.none") else _named(day)}


def _named(word: str) -> str:
    from hipwise.plan import WEEKDAYS

    plain = word.strip().lower()[:3]
    if plain not in WEEKDAYS:
        raise typer.BadParameter(say("cli.no_weekday", day=word, days=", ".join(WEEKDAYS)))
    return plain


def things(equipment: Iterable[str] | None) -> tuple[str, ...] | None:
    """Return equipment, given one by one or with commas between."""
    if not equipment:
        return None
    return tuple(dict.fromkeys(each.strip() for word in equipment for each in word.split(",") if each.strip()))
