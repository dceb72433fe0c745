"""Asking in the terminal: one question, or one card of ticks. Unknown and declined are answers; silence is none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hipwise.cli._paper import Paper
from hipwise.knowledge import Kind, Question
from hipwise.model import DECLINED, UNKNOWN
from hipwise.texts import say

__all__ = ["BACK", "NOT_KNOWN", "ask_card", "ask_day", "ask_one"]

HELP, NOT_KNOWN, DECLINE, BACK, NONE, SILENT = "?", "d", "x", "b", "0", "n"
STATES = {"": "yes", NOT_KNOWN: UNKNOWN, DECLINE: DECLINED}
"""What a sign before the number of a question on a card means for it; SILENT means the state that tells nothing."""

SHORT = {"y": "yes", "n": "no"}


def ask_one(paper: Paper, question: Question) -> str:
    """Ask one question; return its state, unknown or declined, or BACK.

    Raises:
        EOFError: nobody answers any more.
    """
    paper.line()
    paper.line(question.question, "bold")
    if question.kind is Kind.SCORE:
        words = [label for label in question.labels.values() if not label.isdecimal()]
        paper.line(", ".join(words), indent="  ")
    else:
        for place, state in enumerate(question.states, 1):
            paper.line(say("cli.card_line", place=place, question=question.labels.get(state, state)), indent="  ")
    while True:
        text = paper.ask(say("cli.score_prompt" if question.kind is Kind.SCORE else "cli.one_prompt"))
        if text == HELP:
            paper.line(question.help, "dim")
        elif text == BACK:
            return BACK
        elif (meant := _state(text, question)) is not None:
            return meant
        else:
            paper.line(say("cli.not_understood", text=text), "yellow")


def _state(text: str, question: Question) -> str | None:
    """Return the state that TEXT means: the state itself, its first letter, or its number in the list."""
    if text in {NOT_KNOWN, DECLINE}:
        return STATES[text]
    if SHORT.get(text, text) in question.states:
        return SHORT.get(text, text)
    if question.kind is Kind.SCORE or not text.isdecimal():
        return None
    return dict(enumerate(question.states, 1)).get(int(text))


def ask_card(paper: Paper, title: str, questions: Sequence[Question]) -> dict[str, str] | None:
    """Ask several yes-or-no questions at once; return the state of each, or None to go back.

    Raises:
        EOFError: nobody answers any more.
    """
    paper.head(title)
    for place, question in enumerate(questions, 1):
        paper.line(say("cli.card_line", place=place, question=question.question), indent="  ", hang="     ")
    while True:
        text = paper.ask(say("cli.card_prompt"))
        if text == BACK:
            return None
        if text == HELP:
            paper.line(say("cli.card_help"))
            for place, question in enumerate(questions, 1):
                line = say("cli.card_line", place=place, question=question.help)
                paper.line(line, "dim", indent="  ", hang="     ")
        elif (states := _ticked(text, questions)) is not None:
            return states
        else:
            paper.line(say("cli.not_understood", text=text), "yellow")


def _ticked(text: str, questions: Sequence[Question]) -> dict[str, str] | None:
    """Return the states that TEXT means; None where it means none.

    "1 d3 n4": yes to 1, don't know 3, not since it began 4 (where that is an answer), no to the rest.
    """
    if text in {NOT_KNOWN, DECLINE}:
        return dict.fromkeys((each.id for each in questions), STATES[text])
    parts = text.replace(",", " ").split()
    if not parts or (NONE in parts and any(part.isdecimal() for part in parts if part != NONE)):
        return None
    states = dict.fromkeys((each.id for each in questions), "no")
    for part in parts:
        if part == NONE:
            continue
        sign, number = part.rstrip("0123456789"), part.lstrip("".join((*STATES, SILENT)))
        if not number.isdecimal() or not 1 <= int(number) <= len(questions):
            return None
        question = questions[int(number) - 1]
        means = STATES | ({SILENT: question.silent[0]} if question.silent else {})
        if sign not in means:
            return None
        states[question.id] = means[sign]
    return states


def ask_day(paper: Paper, prompt: str) -> date | None:
    """Ask for a day; None where it is not known or not told.

    Raises:
        EOFError: nobody answers any more.
    """
    while True:
        text = paper.ask(prompt)
        if text in {NOT_KNOWN, DECLINE, ""}:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            paper.line(say("cli.no_date", text=text), "yellow")
