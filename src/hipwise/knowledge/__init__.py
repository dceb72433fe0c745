"""What is known, from whom: findings, alarms, causes, parameters, exercises, protocols, each number with its source."""

from hipwise.knowledge._check import check
from hipwise.knowledge._conditions import Compare, Condition, Fact, Situation, Told, Unless
from hipwise.knowledge._load import Knowledge, KnowledgeFault
from hipwise.knowledge._number import Grade, Mark, Number, Source
from hipwise.knowledge._schema import Alarm, AlarmLevel, Card, Cause, Kind, Level, PriorShift, Question, Referral

__all__ = [
    "Alarm",
    "AlarmLevel",
    "Card",
    "Cause",
    "Compare",
    "Condition",
    "Fact",
    "Grade",
    "Kind",
    "Knowledge",
    "KnowledgeFault",
    "Level",
    "Mark",
    "Number",
    "PriorShift",
    "Question",
    "Referral",
    "Situation",
    "Source",
    "Told",
    "Unless",
    "check",
]
