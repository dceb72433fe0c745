"""Strides become facts of form: what the watch measured, at the same pace, with its error."""

from hipwise.form._facts import Form, Line, Measure, PaceBand, Shift, form_of
from hipwise.form._watch import MEASURES, FormConstants, RunForm, run_form, to_read

__all__ = [
    "MEASURES",
    "Form",
    "FormConstants",
    "Line",
    "Measure",
    "PaceBand",
    "RunForm",
    "Shift",
    "form_of",
    "run_form",
    "to_read",
]
