"""One page for a physio or a doctor: urgency first, then reasons, red flags, the training before the pain, the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from hipwise.handout._plan import change, in_words, percent
from hipwise.texts import in_unit, say

__all__ = ["report_markdown"]

Data = dict[str, Any]

MOST_CAUSES = 4
MOST_REASONS = 2
MOST_WEEKS = 6
MOST_OPEN = 4
MOST_LINES = 3
DOUBTED = ("C", "D")
"""Grades of weeks that a reader should not rely on."""

LEAST_SHARE = 0.02
LEAST_DECIBANS = 0.5
"""It is one page: what is more, or less than these, is left to the JSON."""

M_PER_KM = 1000
BREAK = "<br>"


def report_markdown(data: Data) -> str:
    """Return the page of `report_data` as Markdown."""
    found = data["assessment"]
    parts = (_head(data), _urgency(found), _causes(found), _red_flags(data), _told(data), _load(data["load"]))
    lines = [line for part in (*parts, _plan(data["plan"]), _foot(found)) for line in part]
    return "\n".join(lines) + "\n"


def _head(data: Data) -> Iterator[str]:
    athlete, episode = data["athlete"], data["episode"]
    yield say("handout.title", on=in_words(data["on"]))
    yield ""
    who = say("handout.who", age=_known(athlete["age_y"]), sex=_known(athlete["sex"]))
    pain = ""
    if episode is not None:
        pain = say("handout.episode", onset=in_words(episode["onset"]), side=_known(episode["side"]))
    yield " ".join(filter(None, (who, pain)))


def _urgency(found: Data) -> Iterator[str]:
    yield ""
    yield say("handout.urgency", level=say(f"handout.level_{found['level']}"))
    referral = found["referral"]
    if referral is not None:  # what to do first: it speaks of the reasons below it
        yield ""
        yield say("handout.referral", what=referral["what"], how_fast=referral["how_fast"])
        yield ""
        yield from _bullets(referral["until_then"])
        yield ""
        yield say("handout.say_there", text=referral["say_there"])
    elif found["missing"]:
        yield from ("", say("handout.missing", count=len(found["missing"])))
    yield from ("",) if found["alarms"] else ()
    for alarm in found["alarms"]:
        yield say("handout.alarm", name=alarm["name"], because=alarm["because"], sources=", ".join(alarm["sources"]))


def _causes(found: Data) -> Iterator[str]:
    likely = [each for each in found["causes"] if each["probability"] >= LEAST_SHARE] or found["causes"]
    if not likely:
        return
    yield ""
    yield say("handout.could_be")
    yield ""
    yield say("handout.cause_head")
    for cause in likely[:MOST_CAUSES]:
        share, low, high = (percent(cause[key]) for key in ("probability", "low", "high"))
        speaks_for, against = (_reasons(cause[side]) for side in ("for", "against"))
        name = _cell(cause["name"])
        yield say(
            "handout.cause_row", name=name, share=share, low=low, high=high, speaks_for=speaks_for, against=against
        )
    yield ""
    yield say("handout.something_else", share=percent(found["something_else"]))


def _reasons(reasons: list[Data]) -> str:
    shown = (
        say("handout.reason_short", text=_cell(each["says"]), decibans=f"{each['decibans']:+.0f}")
        for each in reasons[:MOST_REASONS]
        if abs(each["decibans"]) >= LEAST_DECIBANS
    )
    return BREAK.join(shown)


def _cell(text: str) -> str:
    """Return TEXT so that it cannot end a cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def _red_flags(data: Data) -> Iterator[str]:
    """Tell which cards were asked in full, and what is open in the others."""
    whole = [say("handout.card", **each) for each in data["red_flags"] if not each["open"]]
    yield ""
    yield say("handout.red_flags")
    yield ""
    if whole:
        yield say("handout.cards_done", cards="; ".join(whole))
    for card in data["red_flags"]:
        if card["open"]:
            known = card["questions"] - len(card["open"])
            titles = {"title": card["title"].rstrip("?"), "questions": card["questions"], "known": known}
            yield say("handout.card_open", **titles, open=_listed(card["open"]))


def _listed(names: list[str]) -> str:
    more = len(names) - MOST_OPEN
    shown = ", ".join(names[:MOST_OPEN])
    return shown if more <= 0 else say("cli.and_more", names=shown, count=more)


def _told(data: Data) -> Iterator[str]:
    remarkable = [each for each in data["told"] if each["remarkable"]]
    yield ""
    yield say("handout.told")
    yield ""
    yield from _bullets(_answer(each, data["on"]) for each in remarkable)
    if len(data["told"]) > len(remarkable):
        yield ""
        yield say("handout.told_no", count=len(data["told"]) - len(remarkable))


def _answer(told: Data, on: str) -> str:
    text = "handout.answer" if told["on"] == on else "handout.answer_of"
    return say(text, question=told["question"], answer=told["answer"], on=in_words(told["on"]))


def _load(load: Data | None) -> Iterator[str]:
    if load is None:
        return
    yield ""
    yield say("handout.training", verdict=load["verdict"])
    yield ""
    yield from _bullets(each["says"] for each in load["changes"])
    yield from _bullets(load["not_enough"])
    weeks = load["weeks"][-MOST_WEEKS:]
    if weeks:
        yield ""
        yield say("handout.week_head")
    for week in weeks:
        yield say(
            "handout.week_row", monday=in_words(week["monday"]), km=_km(week["distance_m"]), runs=week["runs"],
            longest=_km(week["longest_m"]), change=change(week["change_pct"]), grade=week["grade"] or "",
        )  # fmt: skip
    if any(week["grade"] in DOUBTED for week in weeks):
        yield from ("", say("handout.week_doubted"))
    yield from _pain_from(load)


def _pain_from(load: Data) -> Iterator[str]:
    """Tell how far the last runs went without pain."""
    if not load["pain_from"]:
        return
    yield from ("", say("handout.pain_from"), "")
    trend = load["pain_from_trend"]
    yield from _bullets(each["told"] for each in load["pain_from"][-MOST_LINES:])
    yield from _bullets([] if trend is None else [trend["says"]])


def _plan(plan: Data) -> Iterator[str]:
    if plan["kind"] != "plan":
        return
    yield ""
    yield say("handout.plan", headline=plan["headline"])
    yield ""
    yield from _bullets(say("handout.exercise", name=each["name"], dose=each["dose"]) for each in plan["exercises"])
    yield from _bullets(plan["run"]["says"][:MOST_LINES])
    yield ""
    yield say("handout.refer_when")
    yield ""
    yield from _bullets(plan["refer_when"][:MOST_LINES])


def _foot(found: Data) -> Iterator[str]:
    yield ""
    yield say("handout.not_looked_at")
    yield ""
    yield from _bullets(found["not_looked_at"])
    yield ""
    yield say("handout.foot", **found["versions"])


def _bullets(texts: Iterable[str]) -> Iterator[str]:
    return (say("handout.bullet", text=text) for text in texts)


def _known(value: object) -> str:
    return say("handout.not_told") if value is None else str(value)


def _km(metres: float | None) -> str:
    return "" if metres is None else f"{in_unit(metres / M_PER_KM):.1f}"
