"""What leaves the house: plain data for other programs, and a page for a clinician."""

from hipwise.handout._assessment import assessment, cause_list, finding_list, question_data, versions
from hipwise.handout._report import report_markdown
from hipwise.handout._training import load_data, run_data

__all__ = [
    "assessment",
    "cause_list",
    "finding_list",
    "load_data",
    "question_data",
    "report_markdown",
    "run_data",
    "versions",
]
