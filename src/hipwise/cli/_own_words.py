"""Own words in the terminal: what they may tell is shown with its phrase, and counts once it is confirmed."""

from __future__ import annotations

from collections.abc import Sequence

from hipwise.cli._asking import BACK, ask_one
from hipwise.cli._paper import Paper
from hipwise.errors import HipwiseError
from hipwise.journal import OWN_WORDS, Journal
from hipwise.knowledge import Knowledge
from hipwise.texts import say
from hipwise.words import Proposal, Reading, Standing

__all__ = ["confirm", "keep", "text_of"]

ALL, NOTHING, HELP = "", "0", "?"
GROUPS = (Standing.SAID, Standing.DENIED, Standing.DOUBT, Standing.ASIDE)


def keep(journal: Journal, states: dict[str, str], reading: Reading) -> None:
    """Keep what was confirmed; age and sex only where the journal does not know them yet."""
    known = journal.athlete
    if reading.age_y is not None and known.born is None:
        journal.set_athlete(age_y=reading.age_y)
    if reading.sex is not None and known.sex is None:
        journal.set_athlete(sex=reading.sex)
    if states:
        journal.tell(states, origin=OWN_WORDS)


def confirm(paper: Paper, journal: Journal, reading: Reading) -> dict[str, str]:
    """Show what was read and ask; return what counts. What can raise the alarm is asked by its own question.

    Raises:
        EOFError: nobody answers any more.
    """
    knowledge = journal.knowledge
    _show(paper, reading, knowledge)
    alarming = [each for each in reading.proposals if each.alarming and each.standing is not Standing.DENIED]
    states: dict[str, str] = {}
    if alarming:
        paper.head(say("cli.own_alarming", count=len(alarming)))
    for each in alarming:
        paper.line(say("cli.own_phrase", phrase=each.phrase), "dim")
        state = ask_one(paper, knowledge.findings[each.finding])
        if state != BACK:
            states[each.finding] = state
    rest = [each for each in reading.of(Standing.SAID, Standing.DENIED) if each not in alarming]
    return states | (_confirm_rest(paper, rest, knowledge) if rest else {})


def _show(paper: Paper, reading: Reading, knowledge: Knowledge) -> None:
    for group in GROUPS:
        found = reading.of(group)
        if found:
            paper.head(say(f"cli.own_{group.value}"))
            paper.bullets(_line(each, knowledge) for each in found)
    if reading.not_understood:
        paper.head(say("cli.own_not_understood"))
        paper.bullets(reading.not_understood)
    if not reading.proposals:
        paper.line(say("cli.own_nothing"), "yellow")


def _line(proposal: Proposal, knowledge: Knowledge) -> str:
    question = knowledge.findings[proposal.finding]
    answer = question.labels.get(proposal.state, proposal.state)
    return say("cli.own_line", question=question.question, answer=answer, phrase=proposal.phrase)


def _confirm_rest(paper: Paper, rest: Sequence[Proposal], knowledge: Knowledge) -> dict[str, str]:
    """Ask for all the others at once: keep all, leave some out, or change some."""
    paper.head(say("cli.own_others", count=len(rest)))
    for place, each in enumerate(rest, 1):
        paper.line(say("cli.card_line", place=place, question=_line(each, knowledge)), indent="  ", hang="     ")
    while True:
        text = paper.ask(say("cli.own_prompt"))
        if text == HELP:
            paper.line(say("cli.own_help"), "dim")
        elif text in {NOTHING, BACK}:
            return {}
        elif (parts := _parts(text, len(rest))) is None:
            paper.line(say("cli.not_understood", text=text), "yellow")
        else:
            left_out, changed = parts
            states = {each.finding: each.state for place, each in enumerate(rest, 1) if place not in left_out}
            for place in changed:
                state = ask_one(paper, knowledge.findings[rest[place - 1].finding])
                states |= {} if state == BACK else {rest[place - 1].finding: state}
            return states


def _parts(text: str, count: int) -> tuple[set[int], list[int]] | None:
    """Return the numbers to leave out and those to change ("2 c3"); none where the answer is empty or yes."""
    if text in {ALL, "y", "yes"}:
        return set(), []
    left_out: set[int] = set()
    changed: list[int] = []
    for part in text.replace(",", " ").split():
        number = part.removeprefix("c")
        if not number.isdecimal() or not 1 <= int(number) <= count:
            return None
        if part.startswith("c"):
            changed.append(int(number))
        else:
            left_out.add(int(number))
    return left_out, changed


def text_of(answers: Sequence[str]) -> str | None:
    """Return own words where ANSWERS are such: more than one word, and no FINDING=STATE among them.

    Raises:
        HipwiseError: they are nothing but blanks.
    """
    text = " ".join(answers).strip()
    if not answers or "=" in text or (text and " " not in text):
        return None
    if not text:
        raise HipwiseError("no_equals", where=text)
    return text
