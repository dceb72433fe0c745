"""Form from the watch as plain data: what it measured, at which pace, and how sure that is."""

from __future__ import annotations

from typing import Any

from hipwise.form import Form, Measure, Shift
from hipwise.knowledge import Knowledge
from hipwise.texts import pace, say

__all__ = ["form_data"]

Data = dict[str, Any]

WHOLE = ("step_length_mm",)
"""Measures of which less than one counts for nothing; of the others a tenth is told."""


def form_data(form: Form, knowledge: Knowledge) -> Data:
    """Return the facts of a form as plain data: each measure in sentences, paces, single runs, and what is known."""
    numbers = knowledge.parameters["form"]
    return {
        "on": form.on.isoformat(),
        "onset": None if form.onset is None else form.onset.isoformat(),
        "says": say("form.bounded", count=len(form.runs)) if form.runs else say("form.nothing"),
        "measures": [_measure(each) for each in form.measures],
        "paces": [_band(each.speed_mps, each.cadence_spm, each.seconds) | {"runs": each.runs} for each in form.bands],
        "runs": [
            {
                "run": each.run,
                "on": each.on.isoformat(),
                **_pace(each.speed_mps),
                "share_used": each.share,
                **each.values,
                "paces": [_band(band.speed_mps, band.cadence_spm, band.seconds) for band in each.bands],
                "drift": dict(each.drift),
            }
            for each in form.runs
        ],
        "known": [
            say("form.known_form", runners=numbers["prospective_runners"].value),
            say("form.known_balance", runners=numbers["asymmetry_runners"].value),
            say("form.known_cadence", rr=numbers["cadence_bone_rr"].value),
        ],
        "sources": [numbers[name].source for name in ("prospective_runners", "asymmetry_runners", "cadence_bone_rr")],
        "not_looked_at": [say("handout.hip_not_looked_at")],
    }


def _pace(speed_mps: float) -> Data:
    """Return a pace as the runner reads it, and the speed that it is."""
    return {"pace": pace(speed_mps), "speed_mps": speed_mps}


def _band(speed_mps: float, cadence_spm: float, seconds: float) -> Data:
    return _pace(speed_mps) | {"cadence_spm": cadence_spm, "minutes": seconds / 60}


def _measure(measure: Measure) -> Data:
    unit, places = say(f"form.unit_{measure.id}"), 0 if measure.id in WHOLE else 1
    looks = {"unit": unit, "places": places}
    return {
        "id": measure.id,
        "name": say(f"form.measure_{measure.id}"),
        "unit": unit,
        "value": measure.line.value,
        **_pace(measure.line.at_mps),
        "per_mps": measure.line.per_mps,
        "spread": measure.spread,
        "runs": measure.runs,
        "runs_of_other_sensors": measure.other,
        "trend_30d": None if measure.trend is None else measure.trend.by,
        "change": None if measure.change is None else measure.change.by,
        "drift": None if measure.drift is None else measure.drift.by,
        "uneven": measure.uneven,
        "says": [each for each in (_usual(measure, looks), *_moves(measure, looks), *_drift(measure, looks)) if each],
    }


def _usual(measure: Measure, looks: Data) -> str:
    values = {"value": measure.line.value, "speed_mps": measure.line.at_mps, **looks}
    if measure.spread is None:
        return say("form.no_spread", **values)
    return say("form.usual", spread=measure.spread, count=measure.runs, **values)


def _moves(measure: Measure, looks: Data) -> list[str]:
    """Return sentences on another sensor, the trend, and before and since the pain."""
    found = [say("form.broken", count=measure.other)] if measure.other else []
    change, sides = measure.change, measure.sides
    found.append(_trend(measure, looks))
    if sides is None:
        return found
    counts = dict(zip(("before", "after"), sides, strict=True))
    if change is None:
        return [*found, say("form.change_short", **counts)]
    return [*found, say(f"form.change_{_state(change, looks)}", **_by(change, looks), **counts, **looks)]


def _trend(measure: Measure, looks: Data) -> str:
    trend = measure.trend
    if trend is None:
        return say("form.trend_short")
    return say(f"form.trend_{_state(trend, looks)}", **_by(trend, looks), **looks)


def _drift(measure: Measure, looks: Data) -> list[str]:
    found = []
    if (drift := measure.drift) is not None:
        found.append(say(f"form.drift_{_state(drift, looks)}", **_by(drift, looks), count=drift.counts[0], **looks))
    if measure.uneven is not None:
        found.append(say("form.uneven" if measure.uneven else "form.even"))
    return found


def _state(moved: Shift, looks: Data) -> str:
    """Return whether something moved: outside of its error, and by as much as is told at all."""
    return "some" if moved.is_sure and round(moved.by, looks["places"]) else "none"


def _by(moved: Shift, looks: Data) -> dict[str, str]:
    """Return by how much, with its sign, and the error of it; what rounds to nothing is told in words."""
    places = looks["places"]
    by = f"{moved.by:+.{places}f}" if round(moved.by, places) else say("form.no_change")
    error = f"{moved.error:.{places}f}" if round(moved.error, places) else say("form.under", least=10**-places)
    return {"by": by, "error": error}
