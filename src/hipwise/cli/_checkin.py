"""The check-in, asked: rest pain, walking pain, one card of ticks; then what today still needs to know."""

from __future__ import annotations

from hipwise.activity import Lap
from hipwise.cli._asking import BACK, ask_card, ask_one
from hipwise.cli._paper import Paper
from hipwise.journal import BEGAN, OF_THE_RUN, CheckedIn, Journal
from hipwise.model import DECLINED, UNKNOWN
from hipwise.texts import say

__all__ = ["ask_checkin"]

SCORES = ("rest_pain_score", "walk_pain_score")
TICKS = ("limp", "woken_by_hip", "fever", "painkiller")
TELL_MORE = {"woken_by_hip": ("woken_by_hip",), "painkiller": ("painkiller", "painkiller_hours_ago")}
"""Ticks that one more answer belongs to."""

M_PER_KM = 1000
NONE_OF = {"woken_by_hip": "no", "painkiller": "none"}
MOST_MORE = 6
"""Open questions asked after the card; more than these are a matter for the interview."""


def ask_checkin(paper: Paper, journal: Journal) -> CheckedIn:
    """Ask the three questions of a check-in and the few that they leave open; return the verdict, and what changed.

    Raises:
        EOFError: nobody answers any more; what was answered before the card is not kept.
    """
    told = journal.checked_in(_first(paper, journal))
    asked: set[str] = set()
    while told.today.verdict == "ask":
        open_now = [name for name in told.today.asks if name in journal.knowledge.findings and name not in asked]
        if not open_now or len(told.today.asks) > MOST_MORE:
            break
        asked.update(open_now)
        states = {name: _one(paper, journal, name) for name in open_now}
        lap = None
        if states.get(OF_THE_RUN[0], "0") not in {"0", UNKNOWN, DECLINED}:
            lap = _lap(paper, journal)
            states |= {} if lap else {BEGAN: _one(paper, journal, BEGAN)}
        then = journal.checked_in(states, lap=lap)
        told = CheckedIn(then.today, (*told.changes, *then.changes))
    return told


def _lap(paper: Paper, journal: Journal) -> Lap | None:
    """Ask whether the pain began where a lap was pressed; None: it did not, or none was."""
    run = journal.last_run()
    laps = {str(lap.number): lap for lap in run.laps} if run is not None else {}
    if not laps:
        return None
    paper.line()
    paper.line(say("cli.checkin_laps"), "bold")
    for number, lap in laps.items():
        paper.line(say("cli.checkin_lap", number=number, km=lap.end_m / M_PER_KM), indent="  ")
    while (text := paper.ask(say("cli.checkin_lap_prompt"))) and text not in laps:
        paper.line(say("cli.not_understood", text=text), "yellow")
    return laps.get(text)


def _first(paper: Paper, journal: Journal) -> dict[str, str]:
    states = {name: _one(paper, journal, name) for name in SCORES}
    findings = journal.knowledge.findings
    card = None
    while card is None:
        card = ask_card(paper, say("cli.checkin_card"), [findings[name] for name in TICKS])
    for name, state in card.items():
        if state != "yes":
            states[name] = NONE_OF.get(name, "no") if state == "no" else state
        else:
            states |= {each: _one(paper, journal, each) for each in TELL_MORE.get(name, ())} or {name: state}
    return states


def _one(paper: Paper, journal: Journal, name: str) -> str:
    """Ask one question; there is no way back in so short a form, undo takes it back as a whole."""
    while (state := ask_one(paper, journal.knowledge.findings[name])) == BACK:
        paper.line(say("cli.checkin_no_back"), "yellow")
    return state
