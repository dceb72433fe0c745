"""What the terminal shows of urgency, referral and causes. Data in, lines out; words from the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hipwise.cli._paper import Paper
from hipwise.handout import percent
from hipwise.texts import say

__all__ = ["cited", "mention_not_looked_at", "show_assessment", "show_not_looked_at", "show_referral", "show_told"]

Data = dict[str, Any]

COLOURS = {
    "emergency": "bold red",
    "same_day": "bold red",
    "within_days": "bold yellow",
    "routine": "cyan",
    "self_care": "green",
}
NO_MORE_QUESTIONS = {"emergency", "same_day"}
MOST_CAUSES = 5
MOST_REASONS = 4
LEAST_SHARE = 0.02
LEAST_DECIBANS = 0.5
"""Causes and reasons below these are left to --json."""

BAR = 20
JUDGEMENT = "hipwise_judgement"


def show_told(paper: Paper, data: Mapping[str, Any]) -> None:
    """Show what a text told without anybody confirming it, and what was not understood of it."""
    if "told_from_text" not in data:
        return
    paper.head(say("cli.own_told"))
    paper.bullets(
        say("cli.own_told_line", finding=each["finding"], state=each["state"], phrase=each["phrase"])
        for each in data["told_from_text"]
    )
    if data["not_understood"]:
        paper.head(say("cli.own_not_understood"))
        paper.bullets(data["not_understood"])


def show_assessment(paper: Paper, data: Data) -> None:
    """Show urgency first, then the referral, causes with reasons, and what was not looked at."""
    level = data["level"]
    paper.card([say(f"cli.level_{level}")], say("cli.urgency"), COLOURS[level])
    for alarm in data["alarms"]:
        paper.line(alarm["name"], "bold")
        paper.line(say("cli.alarm_because", because=alarm["because"]), indent="  ")
        paper.line(say("cli.alarm_sources", sources=cited(alarm["sources"])), "dim", indent="  ")
    if data["referral"]:
        show_referral(paper, data["referral"])
    if level not in NO_MORE_QUESTIONS:
        paper.bullets(data["contradictions"], "yellow")
    if data["causes"]:
        _show_ranked(paper, data)
    _show_second(paper, data["second_opinion"])
    if data["missing"] and level not in NO_MORE_QUESTIONS:
        paper.line(say("cli.missing", count=len(data["missing"])), "yellow")
    if data["next"]:
        paper.line(say("cli.next", question=data["next"]["question"], id=data["next"]["id"]))
    show_not_looked_at(paper, data["not_looked_at"])


def show_referral(paper: Paper, referral: Data) -> None:
    """Show where to go, how fast, what to do until then, and what to say there."""
    paper.card([referral["what"], referral["how_fast"]], say("cli.referral"), COLOURS[referral["level"]])
    paper.bullets(referral["until_then"])
    paper.line(referral["say_there"])
    paper.bullets(referral["because"], "dim")
    if referral["on"] is not None:
        paper.line(say("cli.referral_stands", on=referral["on"]), "dim")


def show_not_looked_at(paper: Paper, texts: Iterable[str]) -> None:
    """Show what no answer stands for; each screen that says something of the hip ends so."""
    paper.head(say("cli.not_looked_at"))
    paper.bullets(texts, "dim")


def mention_not_looked_at(paper: Paper, texts: Iterable[str]) -> None:
    """Show the same in one paragraph, where an answer is short."""
    paper.line(say("cli.not_looked_at_short", texts=" ".join(texts)), "dim")


def _show_ranked(paper: Paper, data: Data) -> None:
    paper.head(say("cli.could_be"))
    likely = [each for each in data["causes"] if each["probability"] >= LEAST_SHARE]
    for cause in (likely or data["causes"])[:MOST_CAUSES]:
        whole = round(cause["probability"] * BAR)
        share, low, high = (percent(cause[key]) for key in ("probability", "low", "high"))
        bar = paper.bar(whole, BAR, whole)
        line = say("cli.cause_line", bar=bar, share=share, low=low, high=high, name=cause["name"])
        paper.line(line, "bold", hang="    ")
        for side in ("for", "against"):
            for reason in _weighty(cause[side]):
                paper.line(_reason(side, reason), "dim", indent="    ", hang="      ")
    paper.line(say("cli.something_else", share=percent(data["something_else"])))
    paper.line(say("cli.honest"), "dim")


def _show_second(paper: Paper, second: Data) -> None:
    """Show in what a second way of reading the answers differs; nothing where both agree."""
    if second["disagreement"] == "urgency":
        paper.line(say("cli.second_urgency"), "yellow")
    elif second["disagreement"] == "cause":
        name = next(each["name"] for each in second["pictures"] if each["causes"])
        paper.line(say("cli.second_cause", name=name))


def _weighty(reasons: list[Data]) -> list[Data]:
    return [each for each in reasons if abs(each["decibans"]) >= LEAST_DECIBANS][:MOST_REASONS]


def _reason(side: str, reason: Data) -> str:
    weight = f"{reason['decibans']:+.0f}"
    return say(f"cli.reason_{side}", text=reason["says"], decibans=weight, sources=cited(reason["sources"]))


def cited(sources: Iterable[str]) -> str:
    """Return ids of sources in a row; a judgement of our own is called so."""
    return ", ".join(say("cli.our_judgement") if each == JUDGEMENT else each for each in sources)
