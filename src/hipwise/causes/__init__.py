"""Evidence becomes urgency and a ranking with reasons."""

from hipwise.causes._cases import check_cases
from hipwise.causes._contradict import time_without_drug
from hipwise.causes._length import questions_ahead
from hipwise.causes._questions import Next, first_page, next_question
from hipwise.causes._rank import rank, weighed
from hipwise.causes._standing import changed_at, changed_on, standing
from hipwise.causes._triage import calmest, situation, triage
from hipwise.causes._turning import turning_points
from hipwise.causes._types import Opinion, Picture, Raised, Ranked, Ranking, Reason, Triage, TurningPoint

__all__ = [
    "Next",
    "Opinion",
    "Picture",
    "Raised",
    "Ranked",
    "Ranking",
    "Reason",
    "Triage",
    "TurningPoint",
    "calmest",
    "changed_at",
    "changed_on",
    "check_cases",
    "first_page",
    "next_question",
    "questions_ahead",
    "rank",
    "situation",
    "standing",
    "time_without_drug",
    "triage",
    "turning_points",
    "weighed",
]
