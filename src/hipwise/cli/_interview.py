"""The interview in the terminal: one card for each group of red flags, then one question at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from hipwise.causes import Next
from hipwise.cli._asking import BACK, NOT_KNOWN, ask_card, ask_day, ask_one
from hipwise.cli._paper import Paper
from hipwise.errors import HipwiseError
from hipwise.journal import Journal
from hipwise.texts import say

__all__ = ["Interview"]


class Interview:
    """Asks until nothing is left that could change the advice. Every answer is kept at once; leaving early is fine."""

    def __init__(self, paper: Paper, journal: Journal) -> None:
        self._paper = paper
        self._journal = journal
        self._kept = 0

    def hold(self) -> None:
        """Ask: who it is, red flags, what tells most, and when it began. Stops at once where someone must look now."""
        self._paper.card([say("cli.interview_start")], style="cyan")
        try:
            self._who()
            while (following := self._journal.question()) is not None:
                self._ask(following)
            self._onset()
        except (EOFError, KeyboardInterrupt):
            self._paper.line()
            self._paper.line(say("cli.interview_left"))

    def _who(self) -> None:
        known = self._journal.athlete
        if known.born is None:
            self._until_right("age", lambda text: _age_or_birthday(self._journal, text))
        if known.sex is None:
            self._until_right("sex", lambda text: self._journal.set_athlete(sex=text))
        if known.country is None:
            self._until_right("country", lambda text: self._journal.set_athlete(country=text))

    def _until_right(self, question: str, keep: Callable[[str], object]) -> None:
        """Ask until the answer can be kept, or is none."""
        while (text := self._paper.ask(say(f"cli.ask_{question}"))) not in {NOT_KNOWN, ""}:
            try:
                keep(text)
            except HipwiseError:
                self._paper.line(say("cli.not_understood", text=text), "yellow")
            else:
                return

    def _ask(self, following: Next) -> None:
        """Ask the card of a red-flag group at once, any other question alone."""
        question = following.question
        if following.why == "again":
            self._paper.line(say("cli.asked_again"), "yellow")
        cards = self._journal.open_cards()
        questions = cards.get(question.first_page or "", ())
        if following.why != "red_flag" or len(questions) < 2 or question not in questions:  # noqa: PLR2004 (a card of one is a question)
            self._keep(ask_one(self._paper, question), question.id)
            return
        title = self._journal.knowledge.cards[str(question.first_page)].title
        states = ask_card(self._paper, say("cli.card_title", title=title, count=len(cards)), questions)
        if states is None:
            self._take_back()
        else:
            self._journal.tell_page(states)
            self._kept += 1

    def _keep(self, state: str, finding: str) -> None:
        if state == BACK:
            self._take_back()
        else:
            self._journal.tell_page({finding: state})
            self._kept += 1

    def _take_back(self) -> None:
        """Take the last answer of this interview back; what was done before it is not touched."""
        undone = self._journal.undo() if self._kept else None
        self._kept -= undone is not None
        self._paper.line(say("cli.nothing_to_undo") if undone is None else str(undone))

    def _onset(self) -> None:
        """Ask when it began, which the training before it is looked at for."""
        episode = self._journal.episode
        if episode is None or episode.onset is not None or not self._journal.runs():
            return
        while (day := ask_day(self._paper, say("cli.ask_onset"))) is not None:
            try:
                self._journal.mend_pain(onset=day)
            except HipwiseError as error:
                self._paper.line(error.why, "yellow")
            else:
                return


def _age_or_birthday(journal: Journal, text: str) -> None:
    if text.isdecimal() and len(text) <= 3:  # noqa: PLR2004 (years of age have at most three digits)
        journal.set_athlete(age_y=int(text))
        return
    try:
        born = date.fromisoformat(text)
    except ValueError as problem:
        raise HipwiseError("told_athlete", where=text) from problem
    journal.set_athlete(born=born)
