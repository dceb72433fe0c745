"""The conditions of the decision table, one function a row; every threshold is data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from hipwise.knowledge import Knowledge, Level, TodayRule
from hipwise.plan._morning import Morning

__all__ = ["CONDITIONS", "TableConstants", "decide"]

ASK = "ASK"

TOLERANCE_KM = 1e-9


@dataclass(frozen=True, slots=True)
class TableConstants:
    """The thresholds of the table that are no pain limits (`parameters/today.yaml` and `progression.yaml`)."""

    nights_refer: float
    red_refer: float
    calm_days: float
    calm_days_bone: float
    red_back_stages: float
    red_back_bone_stages: float
    cut_back_stages: float
    morning_rise: float
    run_days_most: float
    gate_stage: float
    trend_rise: float
    short_nights_most: float
    soreness_high: float

    @classmethod
    @cache
    def of(cls, knowledge: Knowledge) -> TableConstants:
        """Return the thresholds of a knowledge base."""
        named = {**knowledge.parameters["progression"], **knowledge.parameters["today"]}
        return cls(**{name: named[name].value for name in cls.__dataclass_fields__})


def decide(morning: Morning, knowledge: Knowledge, *, asks: bool = True) -> tuple[TodayRule, str]:
    """Return the row of the table that decides, and its outcome.

    Rows are tried in their order and the first hit decides, except that a later row which forbids running wins over an
    earlier one that only shortens the run: of two ways of reasoning the more careful one holds. Where nothing may be
    asked (ASKS), what is told decides: a missing answer hides no other.
    """
    constants = TableConstants.of(knowledge)
    hits = [(rule, CONDITIONS[rule.id](morning, constants)) for rule in knowledge.rehab.today]
    found = [(rule, outcome) for rule, outcome in hits if outcome is not None and (asks or outcome != ASK)]
    forbidding = [hit for hit in found if knowledge.rehab.outcomes[hit[1]].offers != "run"]
    return (forbidding or found)[0]


def _over(score: int | None, limit: float) -> bool:
    return score is not None and score > limit


def _emergency(morning: Morning, _: TableConstants) -> str | None:
    return "STOP_URGENT" if morning.level is Level.EMERGENCY else None


def _urgent(morning: Morning, _: TableConstants) -> str | None:
    return "STOP_REFER" if morning.level >= Level.WITHIN_DAYS or morning.referred else None


def _young(morning: Morning, _: TableConstants) -> str | None:
    return "STOP_REFER" if morning.too_young else None


def _bone(morning: Morning, _: TableConstants) -> str | None:
    return "STOP_REFER" if morning.suspect_bone else None


def _fever(morning: Morning, _: TableConstants) -> str | None:
    return "NO_RUN" if morning.fever else None


def _not_told(morning: Morning, _: TableConstants) -> str | None:
    return ASK if morning.missing or None in {morning.rest, morning.walk, morning.limp} else None


def _limping(morning: Morning, _: TableConstants) -> str | None:
    return "NO_RUN" if morning.limp or _over(morning.walk, morning.limits.hi) else None


def _limped(morning: Morning, _: TableConstants) -> str | None:
    return "NO_RUN" if morning.limped else None


def _woken(morning: Morning, constants: TableConstants) -> str | None:
    if not morning.woken:
        return None
    return "STOP_REFER" if morning.broken_nights >= constants.nights_refer else "NO_RUN"


def _hurts_at_rest(morning: Morning, _: TableConstants) -> str | None:
    return "NO_RUN" if _over(morning.rest, morning.limits.lo) else None


def _medicated(morning: Morning, _: TableConstants) -> str | None:
    return "WAIT" if morning.medicated else None


def _hurts_to_walk(morning: Morning, _: TableConstants) -> str | None:
    return "WALK_ONLY" if _over(morning.walk, morning.limits.lo) else None


def _red(morning: Morning, constants: TableConstants) -> str | None:
    """Tell whether the last run was too much: calm days first, then some stages back, the second time a clinician."""
    bone = morning.limits.bone
    if morning.last is None or not morning.last.is_red(morning.limits):
        return None
    if morning.reds >= constants.red_refer or (bone and morning.at_once):
        return "STOP_REFER"
    if morning.calm_days < (constants.calm_days_bone if bone else constants.calm_days):
        return "NO_RUN"
    return _back(constants.red_back_bone_stages if bone else constants.red_back_stages)


def _unscored(morning: Morning, _: TableConstants) -> str | None:
    """Tell whether nobody knows how the last run was borne. Without its own score, or of a bone, it must be asked."""
    last = morning.last
    if last is None:
        return None
    if last.during is None:
        return ASK
    if last.morning is not None and last.trusted:
        return None
    return ASK if morning.limits.bone and not morning.ran_today else "RUN_REPEAT"


def _unsettled(morning: Morning, constants: TableConstants) -> str | None:
    last = morning.last
    if last is None:
        return None
    rise = last.rise()
    if not (last.settled == "within_48_h" or (rise is not None and rise >= constants.morning_rise)):
        return None
    now = last.morning if morning.morning is None else morning.morning
    if now is not None and now - last.usual >= constants.morning_rise:
        return "NO_RUN"
    return _back(constants.cut_back_stages)


def _rest_day(morning: Morning, constants: TableConstants) -> str | None:
    on_ladder = morning.ran_yesterday and not morning.free
    return "REST_DAY" if morning.ran_today or on_ladder or morning.run_days_in_row >= constants.run_days_most else None


def _gate(morning: Morning, constants: TableConstants) -> str | None:
    return "WALK_ONLY" if morning.stage <= constants.gate_stage and not morning.gate_passed else None


def _landing(morning: Morning, _: TableConstants) -> str | None:
    return "WALK_ONLY" if morning.landing_hurts else None


def _mornings_rise(morning: Morning, constants: TableConstants) -> str | None:
    return "RUN_CUT_25" if morning.trend is not None and morning.trend >= constants.trend_rise else None


def _between(morning: Morning, _: TableConstants) -> str | None:
    last = morning.last
    return "RUN_REPEAT" if last is not None and _over(last.worst(morning.limits), morning.limits.lo) else None


def _too_long(morning: Morning, _: TableConstants) -> str | None:
    if morning.planned_km is None or morning.ceiling_km is None:
        return None
    within = morning.planned_km <= morning.ceiling_km + TOLERANCE_KM
    return None if within else "RUN_CAP"  # a length that is no number is within nothing


def _tired(morning: Morning, constants: TableConstants) -> str | None:
    sore = morning.soreness is not None and morning.soreness >= constants.soreness_high
    return "RUN_REPEAT" if sore or morning.short_nights >= constants.short_nights_most else None


def _locked(morning: Morning, _: TableConstants) -> str | None:
    return "NO_RUN" if morning.locked else None


def _not_seen(morning: Morning, _: TableConstants) -> str | None:
    return "NO_RUN" if morning.waits else None


def _otherwise(morning: Morning, constants: TableConstants) -> str | None:
    del morning, constants
    return "RUN_PLAN"


def _back(stages: float) -> str:
    return f"RUN_BACK_{int(stages)}"


CONDITIONS: Mapping[str, Callable[[Morning, TableConstants], str | None]] = {
    "R1": _emergency,
    "R2": _urgent,
    "R2Y": _young,
    "R3": _bone,
    "R4": _fever,
    "R0": _not_told,
    "R6": _limping,
    "R6D": _limped,
    "R7": _woken,
    "R8": _hurts_at_rest,
    "R5": _medicated,
    "R9": _hurts_to_walk,
    "R10": _red,
    "R11": _unscored,
    "R12": _unsettled,
    "R13": _rest_day,
    "R14": _gate,
    "R15": _landing,
    "R16": _mornings_rise,
    "R17": _between,
    "R18": _too_long,
    "R19": _tired,
    "RL": _locked,
    "RV": _not_seen,
    "R20": _otherwise,
}
