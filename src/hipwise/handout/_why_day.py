"""The why drawers of the day and of the load: the verdict, how far and how long at most, and the figures of load."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl

from hipwise.handout._assessment import grade_says
from hipwise.handout._drawer import cited, drawer, given, numbered, of_bounds
from hipwise.handout._training import offers_run
from hipwise.handout._why_hip import why_limits
from hipwise.knowledge import Knowledge
from hipwise.load import METRICS, Load, Metric
from hipwise.plan import Input, Referral, Today
from hipwise.texts import say

__all__ = ["why_load", "why_today"]

Data = dict[str, Any]

M_PER_KM = 1000
SPIKE, CUT, CUT_OUTCOME = "load.spike_small_above", "today.cut_share", "RUN_CUT_25"


def why_today(name: str, verdict: Today, load: Load, knowledge: Knowledge) -> Data | None:
    """Return the drawer of a number of the day; None where it is not named today."""
    if name == "verdict":
        return _verdict(verdict, knowledge)
    if name == "ceiling_km" and verdict.ceiling_km is not None:
        return _ceiling_km(verdict, load, knowledge)
    if name == "ceiling_min" and verdict.ceiling_min is not None:
        return _ceiling_min(verdict, knowledge)
    if name == "limits" and verdict.stop_rules:
        return why_limits(verdict.limits, knowledge)
    if name == "walk_min" and verdict.walk_min is not None:
        value = say("why.minutes", minutes=int(verdict.walk_min))
        evidence = of_bounds(["today.walk_only_min"], knowledge)
        return drawer(say("why.walk_title"), value, say("why.walk_what"), knowledge, evidence=evidence)
    return None


def why_load(name: str, load: Load, verdict: Today, referral: Referral | None, knowledge: Knowledge) -> Data | None:
    """Return the drawer of a figure of the load; None where there is none, or it may not be named today."""
    if name == "ceiling":
        named = offers_run(verdict, referral) and verdict.ceiling_km is not None
        return _ceiling_km(verdict, load, knowledge) if named else None
    if name == "longest":
        return _longest(load, verdict.on, knowledge)
    if name == "week":
        return _week(load, verdict.on, knowledge)
    metric = next((each for each in METRICS if each.id == name), None)
    return None if metric is None else _metric(metric, load, knowledge)


def _verdict(verdict: Today, knowledge: Knowledge) -> Data:
    rule = next(each for each in knowledge.rehab.today if each.id == verdict.rule)
    profiles = [knowledge.rehab.profiles[each] for each in verdict.limits.profiles]
    return drawer(
        verdict.headline,
        None,
        say("why.verdict_what"),
        knowledge,
        rule=(say("why.verdict_rule", when=rule.when), verdict.reason),
        come_from=[_input(each, knowledge) for each in verdict.inputs],
        sure=(say("why.rule_grade", grade=grade_says(rule.grade)), *_never_seen()),
        evidence=numbered(number for each in profiles for number in (each.lo, each.hi)),
        sources=verdict.sources,
        would_change=verdict.would_change,
    )


def _never_seen() -> tuple[str, str]:
    return say("causes.no_examination"), say("causes.no_images")


def _input(each: Input, knowledge: Knowledge) -> Data:
    """Return what a rule looked at, in words."""
    question = knowledge.findings.get(each.name)
    if question is None:
        return given(say(f"why.input_{each.name}"), each.value, each.on)
    return given(question.question, question.labels.get(each.value, each.value), each.on)


def _ceiling_km(verdict: Today, load: Load, knowledge: Knowledge) -> Data:
    on = verdict.on
    longest, borne = load.longest_run_km(on), load.longest_borne_km(on)
    rule = [verdict.ceiling_says, say("why.ceiling_rule", more=knowledge.number(SPIKE).value)]
    rule += [say("why.ceiling_jump")] * (borne != longest)
    least = load.ceiling_km(on) != verdict.ceiling_km
    rule += [say("why.ceiling_less", headline=verdict.headline)] * least
    come_from = [given(say("why.longest_title"), _km(longest), _day_of(load, longest, on))]
    if borne != longest:
        come_from.append(given(say("why.borne_title"), _km(borne), _day_of(load, borne, on)))
    names = [SPIKE, *([CUT] if verdict.outcome == CUT_OUTCOME else [])]
    return drawer(
        say("why.ceiling_title"),
        say("why.at_most", km=verdict.ceiling_km),
        say("why.ceiling_what"),
        knowledge,
        rule=rule,
        come_from=come_from,
        sure=(say("why.ceiling_sure"), *load.enough.says),
        evidence=of_bounds(names, knowledge),
    )


def _ceiling_min(verdict: Today, knowledge: Knowledge) -> Data:
    ladder, stands = knowledge.rehab.ladder, verdict.session
    cut = of_bounds([CUT], knowledge) if verdict.outcome == CUT_OUTCOME else []
    return drawer(
        say("why.minutes_title"),
        say("why.minutes", minutes=int(verdict.ceiling_min or 0)),
        say("why.minutes_what"),
        knowledge,
        rule=[say("why.minutes_last")] if stands is None else [say("why.ladder_rule", stage=stands.stage), stands.says],
        come_from=[_input(each, knowledge) for each in verdict.inputs if each.name == "last_run"],
        evidence=[*(cited(ladder) if stands is not None else ()), *cut],
        sources=() if stands is None else ladder.sources,
    )


def _longest(load: Load, on: date, knowledge: Knowledge) -> Data | None:
    longest = load.longest_run_km(on)
    if longest is None:
        return None
    come_from = [given(say("why.longest_title"), _km(longest), _day_of(load, longest, on))]
    what = say("why.longest_what", days=int(load.constants.spike_window_d))
    return drawer(say("why.longest_title"), _km(longest), what, knowledge, come_from=come_from)


def _week(load: Load, on: date, knowledge: Knowledge) -> Data | None:
    rows = load.weeks.filter(pl.col("monday") <= on)
    if rows.is_empty():
        return None
    week = rows.row(-1, named=True)
    runs = load.runs.filter(pl.col("date") >= week["monday"], pl.col("date") <= on)
    come_from = [
        given(say("why.run_title"), _km((row["distance_m"] or 0) / M_PER_KM), row["date"]) for row in _rows(runs)
    ]
    value = _km(week["distance_m"] / M_PER_KM)
    return drawer(say("why.week_title"), value, say("why.week_what"), knowledge, come_from=come_from)


def _metric(metric: Metric, load: Load, knowledge: Knowledge) -> Data:
    frame = None if metric.frame is None else getattr(load, metric.frame).drop_nulls("known_d")
    now = None if frame is None or frame.is_empty() else frame.row(-1, named=True)
    whole = None if now is None or None in now.values() else now
    known = load.known_days(metric)
    days = None if known is None else say("load.known_days", known=known[0], window=known[1])
    return drawer(
        metric.name,
        None if whole is None else say(f"load.metric_{metric.id}_now", **whole),
        metric.says(knowledge),
        knowledge,
        rule=(metric.formula(knowledge),),
        come_from=[] if now is None else [given(say("why.newest_day"), days, now["date"])],
        sure=(metric.standing_says, say("why.drives" if metric.drives else "why.drives_not")),
        evidence=of_bounds([f"load.{name}" for name in metric.numbers], knowledge),
    )


def _day_of(load: Load, km: float | None, on: date) -> date | None:
    """Return the day of the newest outing of KM before the day ON."""
    if km is None:
        return None
    same = load.spikes.filter(pl.col("date") < on, (pl.col("distance_m") / M_PER_KM - km).abs() * M_PER_KM < 1)
    found: date | None = same["date"].max() if len(same) else None  # type: ignore[assignment]
    return found


def _rows(frame: pl.DataFrame) -> Iterator[Data]:
    return frame.iter_rows(named=True)


def _km(km: float | None) -> str | None:
    return None if km is None else say("why.km", km=km)
