"""Runs become load, load becomes findings."""

from hipwise.load._constants import LoadConstants
from hipwise.load._effort import trimp
from hipwise.load._enough import Enough
from hipwise.load._formulas import (
    NO_REFERENCE,
    SPIKE_STATES,
    acwr_coupled,
    acwr_ewma,
    acwr_uncoupled,
    ewma,
    fitness_fatigue,
    monotony,
    spike_state,
    strain,
    week_change,
)
from hipwise.load._here import counted_from, days_from, rested_from
from hipwise.load._look import Change
from hipwise.load._measure import Doubted, Load, measure
from hipwise.load._metrics import METRICS, Metric
from hipwise.load._outings import LeftOut
from hipwise.load._pain_from import PainFrom, Trend, lap_origin, pain_from, pain_state, pain_trend
from hipwise.load._planned import Planned

__all__ = [
    "METRICS",
    "NO_REFERENCE",
    "SPIKE_STATES",
    "Change",
    "Doubted",
    "Enough",
    "LeftOut",
    "Load",
    "LoadConstants",
    "Metric",
    "PainFrom",
    "Planned",
    "Trend",
    "acwr_coupled",
    "acwr_ewma",
    "acwr_uncoupled",
    "counted_from",
    "days_from",
    "ewma",
    "fitness_fatigue",
    "lap_origin",
    "measure",
    "monotony",
    "pain_from",
    "pain_state",
    "pain_trend",
    "rested_from",
    "spike_state",
    "strain",
    "trimp",
    "week_change",
]
