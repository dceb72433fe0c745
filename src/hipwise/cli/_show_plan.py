"""What the terminal shows of load, plan and today. Data in, lines out; words from the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hipwise.cli._paper import Paper
from hipwise.cli._show_hip import cited, mention_not_looked_at, show_referral
from hipwise.knowledge import Question
from hipwise.texts import say

__all__ = ["show_form", "show_load", "show_plan", "show_today"]

Data = dict[str, Any]

COLOURS = {"green": "green", "amber": "yellow", "red": "red", "grey": "white"}
MOST_WEEKS = 16
DOUBTED = ("C", "D")
"""Grades of weeks that are told beside them."""

MOST_ASKS = 6
"""Open questions shown one by one; for more there is the interview."""

BAR = 32
M_PER_KM = 1000


def show_load(paper: Paper, data: Data) -> None:
    """Show weeks as bars, the longer runs, what changed, the ceiling, and what each metric is worth."""
    if data["referral"] is not None:
        show_referral(paper, data["referral"])
    paper.head(say("cli.load_weeks"))
    _weeks(paper, data["weeks"][-MOST_WEEKS:])
    if data["spikes"]:
        paper.head(say("cli.load_spikes"))
    for each in data["spikes"]:
        values = {name: each[name] for name in ("hrr", "hrr_low", "hrr_high")}
        km, longest = each["distance_m"] / M_PER_KM, each["longest_30d_m"] / M_PER_KM
        said = say("cli.load_spike", on=each["date"], km=km, longest=longest, pct=100 * each["excess"], **values)
        paper.line(said if each["grade"] is None or each["sure"] else f"{said} {say('cli.load_unsure')}")
    paper.head(say("cli.load_changed"))
    paper.line(data["verdict"], "bold")
    paper.bullets(
        say("cli.load_standing", says=each["says"], standing=each["standing_says"]) for each in data["changes"]
    )
    _pain_from(paper, data)
    _next_run(paper, data)
    paper.bullets(data["not_enough"], "yellow")
    _runs(paper, data["runs"])
    _metrics(paper, data["metrics"])
    mention_chart(paper, data)
    mention_not_looked_at(paper, data["not_looked_at"])


def _pain_from(paper: Paper, data: Data) -> None:
    """Show how far each run went without pain, as it was told, and whether that changed."""
    if data["pain_from"]:
        paper.head(say("cli.load_pain_from"))
    paper.bullets(each["told"] for each in data["pain_from"])
    if data["pain_from_trend"] is not None:
        paper.line(data["pain_from_trend"]["says"], "bold")


def _runs(paper: Paper, runs: list[Data]) -> None:
    """Show the runs of the last four weeks, each with what it asked; a blank is not known."""
    if not runs:
        return
    paper.head(say("cli.load_runs"))
    for each in runs:
        metres = each["distance_m"]
        km = say("cli.load_run_no_km") if metres is None else say("cli.load_run_km", km=metres / M_PER_KM)
        parts = [
            say(f"cli.load_run_{name}", value=each[name], low=each["dose_low"], high=each["dose_high"])
            for name in ("climb_m_per_km", "zone", "srpe_au", "trimp", "dose_steps")
            if each[name] is not None
        ]
        paper.line(say("cli.load_run", on=each["date"], km=km, parts=", ".join(parts)), indent="  ", hang="      ")


def _metrics(paper: Paper, metrics: list[Data]) -> None:
    paper.head(say("cli.load_metrics"))
    for each in metrics:
        now = " ".join(part for part in (each["now"], each["known"], each["how_sure"]) if part)
        paper.line(say("cli.load_metric", name=each["name"], says=each["says"], standing=each["standing_says"]))
        paper.bullets([now] if now else ())
        grades = ", ".join(each["grades"])
        how = say("cli.load_metric_how", formula=each["formula"], sources=cited(each["sources"]), grades=grades)
        paper.bullets([how], "dim")


def _next_run(paper: Paper, data: Data) -> None:
    """Tell the ceiling where today offers a run, and why there is none elsewhere; then a run that is planned."""
    paper.head(say("cli.load_next"))
    if data["ceiling_km"] is not None:
        paper.line(say("cli.load_ceiling", km=data["ceiling_km"]), "bold")
        paper.bullets([data["ceiling_doubt"]["says"]] if data["ceiling_doubt"] else (), "yellow")
    elif data["ceiling_says"] is not None:
        paper.line(say("cli.load_no_ceiling", headline=data["ceiling_says"]))
    if data["planned"] is not None:
        paper.line(data["planned"]["says"], "bold")


def mention_chart(paper: Paper, data: Data) -> None:
    """Say where a picture was written, and what is to be seen in it."""
    if "chart" in data:
        paper.line(say("cli.chart_written", file=data["chart"]["file"], says=data["chart"]["says"]))


def show_form(paper: Paper, data: Data) -> None:
    """Show what the watch measured, cadence by pace, and what is known of form and injury."""
    paper.line(data["says"])
    for each in data["measures"]:
        paper.head(each["name"])
        paper.bullets(each["says"])
    if data["paces"]:
        paper.head(say("cli.form_paces"))
    for each in data["paces"]:
        paper.line(say("cli.form_pace", **each))
    if data["measures"]:
        paper.head(say("cli.form_known"))
        told = zip(data["known"], data["sources"], strict=True)
        paper.bullets(say("cli.form_source", says=says, source=cited([source])) for says, source in told)
    mention_chart(paper, data)
    mention_not_looked_at(paper, data["not_looked_at"])


def _weeks(paper: Paper, weeks: list[Data]) -> None:
    """One bar a week, its longest run marked in it."""
    most = max((week["distance_m"] or 0 for week in weeks), default=0)
    if not most:
        paper.line(say("cli.no_runs"))
        return
    for week in weeks:
        metres = week["distance_m"] or 0
        bar = paper.bar(round(BAR * metres / most), BAR, round(BAR * (week["longest_m"] or 0) / most))
        change = "" if week["change_pct"] is None else say("cli.load_change", pct=week["change_pct"])
        sure = " ".join(filter(None, (change, _how_sure(week))))
        if week["distance_m"] is None and week["unknown_d"]:
            paper.line(say("cli.load_week_unknown", monday=week["monday"], bar=bar, change=sure))
        else:
            paper.line(say("cli.load_week", monday=week["monday"], bar=bar, km=metres / M_PER_KM, change=sure))
    longest, rest = paper.bar(1, 1, 1), paper.bar(1, 1)
    paper.line(say("cli.load_legend", longest=longest, rest=rest), "dim")
    if any(week["grade"] in DOUBTED for week in weeks):
        paper.line(say("cli.load_doubted"), "yellow")


def _how_sure(week: Data) -> str:
    """Name the grade of a week that is in doubt, and between which ends its distance lies."""
    if week["grade"] not in DOUBTED:
        return ""
    if week["distance_m"] is None:
        return say("cli.load_week_grade", grade=week["grade"])
    low, high = week["distance_low_m"] / M_PER_KM, week["distance_high_m"]
    if high is None:
        return say("cli.load_week_open", grade=week["grade"], low=low)
    return say("cli.load_week_between", grade=week["grade"], low=low, high=high / M_PER_KM)


def show_plan(paper: Paper, data: Data) -> None:
    """Show a plan, or the referral in its place."""
    if data["kind"] == "referral":
        show_referral(paper, data)
        mention_not_looked_at(paper, data["not_looked_at"])
        return
    paper.card([data["headline"]], say("cli.plan"), "cyan")
    if data["missing"]:
        paper.line(say("cli.plan_missing", count=len(data["missing"])), "yellow")
    else:
        _steps(paper, data)
    paper.bullets((each for each in data["how_sure"] if each not in data["not_looked_at"]), "dim")
    mention_not_looked_at(paper, data["not_looked_at"])


def _steps(paper: Paper, data: Data) -> None:
    stage, weeks = data["stage"], data["weeks"]
    paper.line(say("cli.plan_stage", number=stage["number"], count=stage["count"], says=stage["says"]))
    paper.line(say("cli.plan_leave", leave=stage["leave"]), "dim")
    paper.bullets(data["notes"], "yellow")
    paper.head(say("cli.plan_exercises"))
    for each in data["exercises"]:
        _exercise(paper, each)
    if data["short"]:
        paper.line(say("cli.plan_short", names=", ".join(each["name"] for each in data["short"])), "dim")
    paper.head(say("cli.plan_running"))
    paper.bullets(data["run"]["says"])
    paper.head(say("cli.plan_week"))
    for day in data["days"]:
        paper.line(say("cli.plan_day", on=day["on"], says=_day(day)), indent="  ")
    if data["advice"]:
        paper.head(say("cli.plan_advice"))
    for each in data["advice"]:
        paper.line(say("cli.plan_tip", name=each["name"], says=each["says"]))
        values = {"evidence": each["evidence"], "grade": each["grade"], "sources": cited(each["sources"])}
        paper.line(say("cli.plan_tip_why", **values), "dim", indent="    ")
    for part in ("education", "avoid", "separates", "refer_when"):
        if data[part]:
            paper.head(say(f"cli.plan_{part}"))
            paper.bullets(data[part])
    paper.head(say("cli.plan_outlook"))
    if data["race"] is not None:
        paper.line(data["race"])
    source = cited([weeks["source"]])
    paper.line(say("cli.plan_weeks", low=weeks["low"], high=weeks["high"], says=weeks["says"], source=source))
    paper.line(say("cli.plan_check", on=data["check_on"]))


def _day(day: Data) -> str:
    """Say what a day holds, with what its run would be if all stays calm."""
    if day["stage"] is not None:
        return say("cli.plan_day_stage", says=day["says"], stage=day["stage"], minutes=int(day["minutes"]))
    if day["km"] is not None:
        return say("cli.plan_day_km", says=day["says"], km=day["km"])
    return str(day["says"])


def _exercise(paper: Paper, each: Data) -> None:
    paper.line(say("cli.exercise", name=each["name"], dose=each["dose"]), "bold")
    for place, step in enumerate(each["steps"], 1):
        paper.line(say("cli.card_line", place=place, question=step), indent="    ", hang="       ")
    paper.line(say("cli.exercise_stop", text=each["stop_when"]), indent="    ")
    if each["swaps"]:
        paper.line(say("cli.exercise_swaps", id=each["id"], swaps=", ".join(each["swaps"])), "dim", indent="    ")
    paper.line(say("cli.exercise_sources", sources=cited(each["sources"]), grade=each["grade"]), "dim", indent="    ")


def show_today(paper: Paper, data: Data, findings: Mapping[str, Question]) -> None:
    """Show the verdict, the reason, the ceiling, when to stop, and when to look again."""
    title = say(f"cli.verdict_{data['verdict']}")
    paper.card([data["headline"], data["reason"]], title, COLOURS.get(data["colour"], ""))
    if data["referral"] is not None:
        show_referral(paper, data["referral"])
    if data["verdict"] in {"run", "run_less"}:
        paper.line(data["ceiling_says"], "bold")
    if data["session"] is not None:
        paper.line(data["session"]["says"])
    for part in ("stop_rules", "notes", "would_change"):
        if data[part]:
            paper.line(say(f"cli.today_{part}"), "bold")
            paper.bullets(data[part])
    _asks(paper, data["asks"], findings)
    if data["referral"] is None:
        paper.line(data["next_check"]["says"])
    paper.line(say("cli.today_rule", rule=data["rule"], sources=cited(data["sources"])), "dim")
    paper.table(("", "", ""), [_input(each, findings) for each in data["inputs"]])
    mention_not_looked_at(paper, data["not_looked_at"])


def _asks(paper: Paper, asks: list[str], findings: Mapping[str, Question]) -> None:
    if not asks:
        return
    paper.line(say("cli.today_asks", count=len(asks)), "bold")
    paper.bullets(_named(each, findings) for each in asks[:MOST_ASKS])
    if len(asks) > MOST_ASKS:
        paper.line(say("cli.today_more", count=len(asks) - MOST_ASKS))


def _named(ask: str, findings: Mapping[str, Question]) -> str:
    return findings[ask].question if ask in findings else say(f"cli.input_{ask}")


def _input(each: Data, findings: Mapping[str, Question]) -> tuple[str, str, str]:
    """Name what was looked at in words."""
    name, value, on = each["name"], str(each["value"]), each["on"] or ""
    question = findings.get(name)
    if question is not None:
        return question.question, question.labels.get(value, value), on
    return say(f"cli.input_{name}"), value, on
