"""What is known, from whom: findings, alarms, causes, parameters, exercises, protocols, each number with its source."""

from hipwise.knowledge._check import check
from hipwise.knowledge._conditions import Compare, Condition, Fact, Situation, Told, Unless, names_in
from hipwise.knowledge._evidence import Covered, EvidenceRow, SelfTest, TestVerdict, Unused
from hipwise.knowledge._lexicon import Lexicon
from hipwise.knowledge._load import Knowledge, KnowledgeFault, read_cases
from hipwise.knowledge._number import Grade, Mark, Number, Source
from hipwise.knowledge._questionnaires import Questionnaire, QuestionnaireScale
from hipwise.knowledge._reasoning import Contradiction, Pattern
from hipwise.knowledge._rehab import (
    Dose,
    EmergencyNumber,
    Exercise,
    Ladder,
    NotFor,
    Outcome,
    Phase,
    Profile,
    Protocol,
    Rehab,
    RunMode,
    Stage,
    TodayRule,
    Until,
    Verdict,
)
from hipwise.knowledge._schema import Alarm, AlarmLevel, Card, Cause, Kind, Level, PriorShift, Question, Referral

__all__ = [
    "Alarm",
    "AlarmLevel",
    "Card",
    "Cause",
    "Compare",
    "Condition",
    "Contradiction",
    "Covered",
    "Dose",
    "EmergencyNumber",
    "EvidenceRow",
    "Exercise",
    "Fact",
    "Grade",
    "Kind",
    "Knowledge",
    "KnowledgeFault",
    "Ladder",
    "Level",
    "Lexicon",
    "Mark",
    "NotFor",
    "Number",
    "Outcome",
    "Pattern",
    "Phase",
    "PriorShift",
    "Profile",
    "Protocol",
    "Question",
    "Questionnaire",
    "QuestionnaireScale",
    "Referral",
    "Rehab",
    "RunMode",
    "SelfTest",
    "Situation",
    "Source",
    "Stage",
    "TestVerdict",
    "TodayRule",
    "Told",
    "Unless",
    "Until",
    "Unused",
    "Verdict",
    "check",
    "names_in",
    "read_cases",
]
