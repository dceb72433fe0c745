"""The use cases, one method each: the only room where memory meets thought, and the only one with a clock."""

from hipwise.journal._care import CheckedIn
from hipwise.journal._checked import BEGAN
from hipwise.journal._forms import questionnaire_of
from hipwise.journal._journal import Journal
from hipwise.journal._own_words import OWN_WORDS, TextAssessment, told_from_text, weigh_text
from hipwise.journal._reports import FileReport, ImportReport
from hipwise.journal._screen import CHECKIN, OF_THE_RUN, PLACE
from hipwise.journal._told_file import weigh_told
from hipwise.journal._weigh import Assessment, weigh

__all__ = [
    "BEGAN",
    "CHECKIN",
    "OF_THE_RUN",
    "OWN_WORDS",
    "PLACE",
    "Assessment",
    "CheckedIn",
    "FileReport",
    "ImportReport",
    "Journal",
    "TextAssessment",
    "questionnaire_of",
    "told_from_text",
    "weigh",
    "weigh_text",
    "weigh_told",
]
