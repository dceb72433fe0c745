"""The interview in the terminal: one card for each group of red flags, then one question at a time."""

from __future__ import annotations

from datetime import date

from rich.console import Console
from rich.panel import Panel
from rich.prompt import Prompt

from hipwise.causes import Next, first_page
from hipwise.journal import Journal
from hipwise.knowledge import Kind, Question
from hipwise.model import DECLINED, UNKNOWN
from hipwise.texts import say

__all__ = ["hold"]

HELP, NOT_KNOWN, DECLINE, BACK, NONE = "?", "d", "x", "b", "0"


def hold(paper: Console, journal: Journal) -> None:
    """Ask until nothing is left that could change the advice. Every answer is kept at once; leaving early is fine."""
    paper.print(Panel(say("cli.interview_start"), border_style="cyan"))
    try:
        _who(paper, journal)
        while (following := journal.question()) is not None:
            _ask(paper, journal, following)
    except (EOFError, KeyboardInterrupt):
        paper.print(say("cli.interview_left"))


def _who(paper: Console, journal: Journal) -> None:
    if journal.athlete.born is None:
        journal.set_athlete(born=_birth(paper))
    if journal.athlete.sex is None:
        sex = Prompt.ask(say("cli.ask_sex"), console=paper, choices=["female", "male", NOT_KNOWN], default=NOT_KNOWN)
        if sex != NOT_KNOWN:
            journal.set_athlete(sex=sex)
    if journal.athlete.country is None:
        country = Prompt.ask(say("cli.ask_country"), console=paper, default=NOT_KNOWN).strip().upper()
        if len(country) == 2:  # noqa: PLR2004 (an ISO 3166 code has two letters)
            journal.set_athlete(country=country)


def _birth(paper: Console) -> date | None:
    while True:
        text = Prompt.ask(say("cli.ask_born"), console=paper, default=NOT_KNOWN).strip()
        if text == NOT_KNOWN:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            paper.print(say("cli.no_date", text=text), style="yellow")


def _ask(paper: Console, journal: Journal, following: Next) -> None:
    """Ask the card of a red-flag group at once, any other question alone."""
    question = following.question
    group = question.first_page
    if following.why == "red_flag" and group is not None:
        told_today = {each.id for each in journal.told() if each.on == journal.on}
        ticks = [each for each in first_page(journal.knowledge)[group] if each.kind is Kind.YES_NO]
        card = [each for each in ticks if each.id not in told_today and journal.concerns(each)]
        if len(card) > 1:
            _card(paper, journal, group, card)
            return
    _one(paper, journal, question)


def _card(paper: Console, journal: Journal, group: str, questions: list[Question]) -> None:
    paper.rule(journal.knowledge.cards[group].title)
    for place, question in enumerate(questions, 1):
        paper.print(say("cli.card_line", place=place, question=question.question), markup=False)
    while True:
        text = Prompt.ask(say("cli.card_prompt"), console=paper).strip().lower()
        if text == HELP:
            for place, question in enumerate(questions, 1):
                paper.print(say("cli.card_line", place=place, question=question.help), markup=False, style="dim")
        elif text in {NOT_KNOWN, DECLINE}:
            state = UNKNOWN if text == NOT_KNOWN else DECLINED
            journal.tell(dict.fromkeys((each.id for each in questions), state))
            return
        elif (ticked := _ticked(text, len(questions))) is not None:
            journal.tell({each.id: "yes" if place in ticked else "no" for place, each in enumerate(questions, 1)})
            return
        else:
            paper.print(say("cli.not_understood", text=text), style="yellow", markup=False)


def _ticked(text: str, count: int) -> set[int] | None:
    """Return the numbers in TEXT (0 for none of them), or None where it is something else."""
    parts = text.replace(",", " ").split()
    if not parts or not all(part.isdecimal() and int(part) <= count for part in parts):
        return None
    return {int(part) for part in parts if part != NONE}


def _one(paper: Console, journal: Journal, question: Question) -> None:
    paper.rule()
    paper.print(question.question, style="bold", markup=False)
    for place, state in enumerate(question.states, 1):
        paper.print(say("cli.card_line", place=place, question=question.labels.get(state, state)), markup=False)
    while True:
        text = Prompt.ask(say("cli.one_prompt"), console=paper).strip().lower()
        if text == HELP:
            paper.print(question.help, markup=False, style="dim")
        elif text in {NOT_KNOWN, DECLINE}:
            journal.tell({question.id: UNKNOWN if text == NOT_KNOWN else DECLINED})
            return
        elif text == BACK:
            undone = journal.undo()
            paper.print(say("cli.nothing_to_undo") if undone is None else str(undone))
            return
        elif text in question.states:
            journal.tell({question.id: text})
            return
        elif text.isdecimal() and 1 <= int(text) <= len(question.states):
            journal.tell({question.id: question.states[int(text) - 1]})
            return
        else:
            paper.print(say("cli.not_understood", text=text), style="yellow", markup=False)
