"""What a runner's own flares go with: a small regression of mornings on the day before, drawn towards other runners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist
from typing import Any

import numpy as np

from hipwise.knowledge import Knowledge
from hipwise.texts import say

__all__ = ["LOADS", "DayOfLoad", "Effect", "FlareModel", "flare_model"]

LOADS = ("km", "ascent_m", "excess", "km_before")
"""What of a day is looked at: its kilometres, its climb, how far its longest run went beyond the month's, and the
kilometres of the day before it."""

Numbers = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfLoad:
    """One day: KM run (0 on a day without), ASCENT_M, EXCESS (share beyond the longest of 30 days), the mornings.

    MORNING is the pain score of that day, NEXT_MORNING the one after it; None is not known.
    """

    on: date
    km: float
    ascent_m: float = 0.0
    excess: float = 0.0
    morning: int | None = None
    next_morning: int | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """How far the next morning lies higher for one standard deviation more of a LOAD, with its interval.

    CLAIM: the interval, widened for all that was looked at, leaves 0 out.
    """

    load: str
    points: float
    low: float
    high: float
    claim: bool
    says: str


@dataclass(frozen=True, slots=True)
class FlareModel:
    """EFFECTS by load, the clearest first; none where it cannot be told yet. DAYS and RUNS say how much is known."""

    days: int
    runs: int
    effects: tuple[Effect, ...]
    says: str
    sources: tuple[str, ...]


def flare_model(
    days: Sequence[DayOfLoad], knowledge: Knowledge, others: Mapping[str, float] | None = None
) -> FlareModel:
    """Return what this runner's next mornings go with; it says so where that cannot be told yet.

    A linear model of the next morning on the loads of the day and on the morning of the day itself. Each effect is
    drawn towards that of OTHERS (0 where nothing is known of them), the more the less this runner's own days say.
    """
    known = [each for each in sorted(days, key=lambda each: each.on) if None not in {each.morning, each.next_morning}]
    runs = sum(each.km > 0 for each in known)
    sources = tuple(dict.fromkeys(number.source for number in knowledge.parameters["flare"].values()))
    enough = len(known) >= knowledge.number("flare.least_days").value
    if not enough or runs < knowledge.number("flare.least_runs").value:
        return FlareModel(len(known), runs, (), say("plan.flare_not_yet", days=len(known), runs=runs), sources)
    effects = tuple(sorted(_effects(days, known, knowledge, others or {}), key=lambda each: -abs(each.points)))
    claimed = [each.says for each in effects if each.claim]
    return FlareModel(len(known), runs, effects, " ".join(claimed) or say("plan.flare_none", days=len(known)), sources)


def _effects(
    days: Sequence[DayOfLoad], known: Sequence[DayOfLoad], knowledge: Knowledge, others: Mapping[str, float]
) -> list[Effect]:
    loads, scale = _standardised(_loads(days, known))
    before = np.array([float(each.morning or 0) for each in known])
    table = np.column_stack([loads, before - before.mean(), np.ones(len(known))])
    told = np.array([float(each.next_morning or 0) for each in known])
    middle, spread = _posterior(table, told, knowledge.number("flare.prior_sd").value, others)
    share = knowledge.number("flare.false_claims").value / len(LOADS)
    wide = NormalDist().inv_cdf(1 - share / 2)
    return [
        _effect(load, float(middle[at]), float(spread[at]), wide, known=bool(scale[at] > 0))
        for at, load in enumerate(LOADS)
    ]


def _loads(days: Sequence[DayOfLoad], known: Sequence[DayOfLoad]) -> Numbers:
    km = {each.on.toordinal(): each.km for each in days}
    rows = [(each.km, each.ascent_m, each.excess, km.get(each.on.toordinal() - 1, 0.0)) for each in known]
    return np.array(rows, float)


def _standardised(loads: Numbers) -> tuple[Numbers, Numbers]:
    scale = loads.std(axis=0)
    return (loads - loads.mean(axis=0)) / np.where(scale > 0, scale, 1), scale


def _posterior(table: Numbers, told: Numbers, prior_sd: float, others: Mapping[str, float]) -> tuple[Numbers, Numbers]:
    """Return middle and spread of each effect; only the loads are drawn, the rest of the table is free."""
    drawn = np.zeros(table.shape[1])
    drawn[: len(LOADS)] = 1 / prior_sd**2
    towards = np.zeros(table.shape[1])
    towards[: len(LOADS)] = [others.get(load, 0.0) for load in LOADS]
    free, *_ = np.linalg.lstsq(table, told, rcond=None)
    rest = told - table @ free
    noise = max(float(rest @ rest) / max(1, len(told) - table.shape[1]), 1e-6)
    precision = table.T @ table / noise + np.diag(drawn)
    spread = np.linalg.pinv(precision)
    middle: Numbers = spread @ (table.T @ told / noise + drawn * towards)
    return middle, np.sqrt(np.diag(spread))


def _effect(load: str, middle: float, spread: float, wide: float, *, known: bool) -> Effect:
    low, high = middle - wide * spread, middle + wide * spread
    claim = known and not low <= 0 <= high
    way = "more" if middle > 0 else "less"
    name = say(f"plan.flare_{load}")
    return Effect(load, middle, low, high, claim, say(f"plan.flare_{way}", load=name))
