"""One page for a physio or a doctor: urgency first, then reasons, the training before the pain, and the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from hipwise.texts import say

__all__ = ["report_markdown"]

Data = dict[str, Any]

MOST_CAUSES = 5
MOST_REASONS = 3
MOST_WEEKS = 8
M_PER_KM = 1000


def report_markdown(data: Data) -> str:
    """Return the report DATA (`athlete`, `episode`, `told`, `assessment`, `load`, `plan`, `today`) as Markdown."""
    parts = (_head(data), _urgency(data["assessment"]), _causes(data["assessment"]), _told(data), _load(data["load"]))
    lines = [line for part in parts for line in part]
    lines += _plan(data["plan"])
    lines += _foot(data["assessment"])
    return "\n".join(lines) + "\n"


def _head(data: Data) -> Iterator[str]:
    athlete, episode = data["athlete"], data["episode"]
    yield say("handout.title", on=data["on"])
    yield ""
    yield say("handout.who", age=_known(athlete["age_y"]), sex=_known(athlete["sex"]))
    if episode is not None:
        yield say("handout.episode", onset=_known(episode["onset"]), side=_known(episode["side"]))


def _urgency(found: Data) -> Iterator[str]:
    yield ""
    yield say("handout.urgency", level=say(f"cli.level_{found['level']}"))
    for alarm in found["alarms"]:
        yield say("handout.alarm", name=alarm["name"], because=alarm["because"], sources=", ".join(alarm["sources"]))
    if found["referral"] is not None:
        yield ""
        yield say("handout.referral", what=found["referral"]["what"], how_fast=found["referral"]["how_fast"])
        yield from _bullets(found["referral"]["until_then"])
        yield say("handout.say_there", text=found["referral"]["say_there"])


def _causes(found: Data) -> Iterator[str]:
    if not found["causes"]:
        return
    yield ""
    yield say("handout.could_be")
    yield ""
    yield say("handout.cause_head")
    for cause in found["causes"][:MOST_CAUSES]:
        share, low, high = (round(100 * cause[key]) for key in ("probability", "low", "high"))
        sides = {side: _reasons(cause[side]) for side in ("for", "against")}
        yield say("handout.cause_row", name=cause["name"], share=share, low=low, high=high, **_sides(sides))
    yield ""
    yield say("handout.something_else", share=round(100 * found["something_else"]))


def _sides(sides: dict[str, str]) -> dict[str, str]:
    return {"speaks_for": sides["for"], "against": sides["against"]}


def _reasons(reasons: list[Data]) -> str:
    shown = (
        say("handout.reason_short", text=each["says"], decibans=f"{each['decibans']:+.0f}")
        for each in reasons[:MOST_REASONS]
    )
    return "<br>".join(shown)


def _told(data: Data) -> Iterator[str]:
    yield ""
    yield say("handout.told")
    yield from _bullets(
        say("handout.answer", question=each["question"], answer=each["answer"]) for each in data["told"]
    )


def _load(load: Data) -> Iterator[str]:
    yield ""
    yield say("handout.training", verdict=load["verdict"])
    yield from _bullets(each["says"] for each in load["changes"])
    yield from _bullets(load["not_enough"])
    weeks = load["weeks"][-MOST_WEEKS:]
    if weeks:
        yield ""
        yield say("handout.week_head")
    for week in weeks:
        change = "" if week["change_pct"] is None else f"{week['change_pct']:+.0f} %"
        yield say(
            "handout.week_row", monday=week["monday"], km=_km(week["distance_m"]), runs=week["runs"],
            longest=_km(week["longest_m"]), change=change,
        )  # fmt: skip


def _plan(plan: Data) -> Iterator[str]:
    if plan["kind"] != "plan":
        return
    yield ""
    yield say("handout.plan", headline=plan["headline"])
    yield from _bullets(say("handout.exercise", name=each["name"], dose=each["dose"]) for each in plan["exercises"])
    yield from _bullets(plan["run"]["says"])
    yield ""
    yield say("handout.refer_when")
    yield from _bullets(plan["refer_when"])


def _foot(found: Data) -> Iterator[str]:
    yield ""
    yield say("handout.not_looked_at")
    yield from _bullets(found["not_looked_at"])
    yield ""
    yield say("handout.foot", **found["versions"])


def _bullets(texts: Iterable[str]) -> Iterator[str]:
    return (say("handout.bullet", text=text) for text in texts)


def _known(value: object) -> str:
    return say("handout.not_told") if value is None else str(value)


def _km(metres: float | None) -> str:
    return "" if metres is None else f"{metres / M_PER_KM:.1f}"
