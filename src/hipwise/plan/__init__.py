"""A ranking becomes a plan or a referral, a plan becomes today."""

from hipwise.plan._flips import would_change
from hipwise.plan._make import make
from hipwise.plan._morning import Asked
from hipwise.plan._refer import refer, weightier
from hipwise.plan._running import running_now
from hipwise.plan._today import answer, decided, today
from hipwise.plan._trace import asked_again, given_of, replay
from hipwise.plan._types import (
    Bound,
    Day,
    Flip,
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
    "Asked",
    "Bound",
    "Day",
    "Flip",
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
    "answer",
    "asked_again",
    "broken_rules",
    "decided",
    "given_of",
    "make",
    "recall",
    "refer",
    "replay",
    "running_now",
    "today",
    "weightier",
    "would_change",
]
