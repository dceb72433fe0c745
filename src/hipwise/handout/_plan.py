"""A plan, a referral and a verdict as plain data, each with what was not looked at."""

from __future__ import annotations

from datetime import date
from typing import Any

from hipwise.plan import Plan, Referral, Today
from hipwise.texts import say

__all__ = ["percent", "plan_data", "today_data"]

Data = dict[str, Any]

PERCENT = 100


def plan_data(made: Plan | Referral) -> Data:
    """Return a plan or a referral as plain data (`kind` says which)."""
    return made.as_dict() | {"not_looked_at": _never_looked_at()}


def today_data(verdict: Today) -> Data:
    """Return the verdict of a day as plain data."""
    return verdict.as_dict() | {"not_looked_at": _never_looked_at()}


def _never_looked_at() -> list[str]:
    """Say what no program sees."""
    return [say("causes.no_examination"), say("causes.no_images")]


def in_words(on: date | str | None) -> str:
    """Return a day (or its ISO form) as readers write it; "not known" for none."""
    if on is None:
        return say("handout.not_told")
    return say("handout.day", on=date.fromisoformat(on) if isinstance(on, str) else on)


def change(per_cent: float | None) -> str:
    """Return a change in whole PER_CENT with its sign, which a change of nothing does not have."""
    if per_cent is None:
        return ""
    whole = round(per_cent)
    return say("handout.change", change=f"{whole:+d}" if whole else "0")


def percent(share: float) -> int:
    """Return a share in per cent, never 0 and never 100: no interview gives a certainty."""
    return min(PERCENT - 1, max(1, round(PERCENT * share)))
