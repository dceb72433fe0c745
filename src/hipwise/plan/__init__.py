"""A ranking becomes a plan or a referral, a plan becomes today."""

from hipwise.plan._make import make
from hipwise.plan._refer import refer, weightier
from hipwise.plan._running import running_now
from hipwise.plan._seen import at_work
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
    StageNow,
    Today,
    Weeks,
    Wishes,
    recall,
)

__all__ = [
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
    "StageNow",
    "Today",
    "Weeks",
    "Wishes",
    "at_work",
    "make",
    "recall",
    "refer",
    "running_now",
    "today",
    "weightier",
]
