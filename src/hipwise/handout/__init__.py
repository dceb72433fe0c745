"""What leaves the house: plain data for other programs, and a page for a clinician."""

from hipwise.handout._assessment import (
    assessment,
    cause_list,
    finding_list,
    grade_says,
    question_data,
    source_list,
    turning_data,
    versions,
)
from hipwise.handout._brief import brief_pages, brief_pdf
from hipwise.handout._brief_training import DONE_D, Beside, ScoreKept
from hipwise.handout._calendar import Entry, HandedOut, Hours, calendar_bytes, calendar_entries, zone_of
from hipwise.handout._charts import (
    before_picture,
    cadence_picture,
    pain_line,
    pain_picture,
    spikes_picture,
    time_picture,
    until_picture,
    weeks_picture,
)
from hipwise.handout._exercises import exercise_data, exercise_list
from hipwise.handout._form import form_data
from hipwise.handout._history import EVERYDAY, item_name, version_data
from hipwise.handout._page import report_data
from hipwise.handout._paper import PAPERS, PaperSize
from hipwise.handout._plan import percent, plan_data, today_data
from hipwise.handout._report import report_markdown
from hipwise.handout._run import run_page, streams_data
from hipwise.handout._sessions import Dated, Offer, exercises_data, offer
from hipwise.handout._sheet import sheet_pages, sheet_pdf
from hipwise.handout._training import laps_data, load_data, offers_run, run_data
from hipwise.handout._why_day import why_load, why_today
from hipwise.handout._why_hip import why_cause, why_exercise, why_plan
from hipwise.handout._workouts import run_workout, strength_workout

__all__ = [
    "DONE_D",
    "EVERYDAY",
    "PAPERS",
    "Beside",
    "Dated",
    "Entry",
    "HandedOut",
    "Hours",
    "Offer",
    "PaperSize",
    "ScoreKept",
    "assessment",
    "before_picture",
    "brief_pages",
    "brief_pdf",
    "cadence_picture",
    "calendar_bytes",
    "calendar_entries",
    "cause_list",
    "exercise_data",
    "exercise_list",
    "exercises_data",
    "finding_list",
    "form_data",
    "grade_says",
    "item_name",
    "laps_data",
    "load_data",
    "offer",
    "offers_run",
    "pain_line",
    "pain_picture",
    "percent",
    "plan_data",
    "question_data",
    "report_data",
    "report_markdown",
    "run_data",
    "run_page",
    "run_workout",
    "sheet_pages",
    "sheet_pdf",
    "source_list",
    "spikes_picture",
    "streams_data",
    "strength_workout",
    "time_picture",
    "today_data",
    "turning_data",
    "until_picture",
    "version_data",
    "versions",
    "weeks_picture",
    "why_cause",
    "why_exercise",
    "why_load",
    "why_plan",
    "why_today",
    "zone_of",
]
