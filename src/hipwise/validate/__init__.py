"""Labelled cases, and how what hipwise says compares with their labels."""

from hipwise.validate._answer import Answer, answer
from hipwise.validate._interview import Heard, hear
from hipwise.validate._label import Case, Label
from hipwise.validate._read import read_labelled
from hipwise.validate._report import report
from hipwise.validate._shares import wilson

__all__ = ["Answer", "Case", "Heard", "Label", "answer", "hear", "read_labelled", "report", "wilson"]
