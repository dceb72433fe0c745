"""A plan, a referral and a verdict as plain data, each with what was not looked at."""

from __future__ import annotations

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


def percent(share: float) -> int:
    """Return a share in per cent, never 0 and never 100: no interview gives a certainty."""
    return min(PERCENT - 1, max(1, round(PERCENT * share)))
