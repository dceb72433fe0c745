"""The check-in, asked: rest pain, walking pain, and one card of ticks."""

from __future__ import annotations

from rich.console import Console
from rich.prompt import IntPrompt, Prompt

from hipwise.knowledge import Knowledge
from hipwise.texts import say

__all__ = ["ask_checkin"]

SCORES = ("rest_pain_score", "walk_pain_score")
TICKS = (("limp", "yes", "no"), ("woken_by_hip", "yes", "none"), ("fever", "yes", "no"), ("painkiller", "", "none"))
KILLERS = ["ibuprofen", "naproxen", "paracetamol", "other"]
HOURS = ["under_6", "six_to_8", "eight_to_12", "over_12"]


def ask_checkin(paper: Console, knowledge: Knowledge) -> dict[str, str]:
    """Ask the three questions of a check-in; return the states."""
    choices = [str(score) for score in range(11)]
    states = {
        name: str(IntPrompt.ask(knowledge.findings[name].question, console=paper, choices=choices, show_choices=False))
        for name in SCORES
    }
    for place, (name, _, _) in enumerate(TICKS, 1):
        paper.print(say("cli.card_line", place=place, question=knowledge.findings[name].question), markup=False)
    text = Prompt.ask(say("cli.checkin_prompt"), console=paper, default="0")
    ticked = {int(part) for part in text.replace(",", " ").split() if part.isdecimal()}
    for place, (name, yes, no) in enumerate(TICKS, 1):
        if place not in ticked:
            states[name] = no
        elif yes:
            states[name] = yes
        else:
            states[name] = Prompt.ask(knowledge.findings[name].question, console=paper, choices=KILLERS)
            question = knowledge.findings["painkiller_hours_ago"].question
            states["painkiller_hours_ago"] = Prompt.ask(question, console=paper, choices=HOURS)
    return states
