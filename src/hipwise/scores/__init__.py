"""Answers to a questionnaire become its score; two scores become a change and what it means. Numbers in, no items."""

from hipwise.scores._change import Change, Meaning, change
from hipwise.scores._score import Score, score

__all__ = ["Change", "Meaning", "Score", "change", "score"]
