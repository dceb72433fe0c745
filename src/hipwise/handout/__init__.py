"""What leaves the house: plain data for other programs, and a page for a clinician."""

from hipwise.handout._assessment import assessment, cause_list, finding_list, question_data, source_list, versions
from hipwise.handout._exercises import exercise_data, exercise_list
from hipwise.handout._page import report_data
from hipwise.handout._plan import percent, plan_data, today_data
from hipwise.handout._report import report_markdown
from hipwise.handout._training import load_data, run_data

__all__ = [
    "assessment",
    "cause_list",
    "exercise_data",
    "exercise_list",
    "finding_list",
    "load_data",
    "percent",
    "plan_data",
    "question_data",
    "report_data",
    "report_markdown",
    "run_data",
    "source_list",
    "today_data",
    "versions",
]
