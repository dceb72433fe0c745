"""A ranking becomes a plan or a referral, a plan becomes today."""

from hipwise.plan._make import make
from hipwise.plan._refer import refer, weightier
from hipwise.plan._running import running_now
from hipwise.plan._today import today
from hipwise.plan._types import (
    Bound,
    Day,
    Input,
    Limits,
    NextCheck,
    Plan,
    Possible,
    Prescribed,
    Referral,
    Run,
    RunningNow,
    Session,
    Short,
    StageNow,
    Today,
    Weeks,
    recall,
)
from hipwise.plan._valid import broken_rules
from hipwise.plan._wishes import WEEKDAYS, Wishes

__all__ = [
    "WEEKDAYS",
    "Bound",
    "Day",
    "Input",
    "Limits",
    "NextCheck",
    "Plan",
    "Possible",
    "Prescribed",
    "Referral",
    "Run",
    "RunningNow",
    "Session",
    "Short",
    "StageNow",
    "Today",
    "Weeks",
    "Wishes",
    "broken_rules",
    "make",
    "recall",
    "refer",
    "running_now",
    "today",
    "weightier",
]
