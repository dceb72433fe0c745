"""TCX files: activities with laps become runs."""

from __future__ import annotations

import hashlib
import math
from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np

from hipwise.activity._clean import Raw, finish
from hipwise.activity._laps import MOST_LAPS, LapSaid
from hipwise.activity._moments import moment
from hipwise.activity._run import Note, Origin, Run
from hipwise.activity._sports import sport_of
from hipwise.activity._stretches import Stretch, columns_of_rows, pauses_between, stretches_of, zone_of
from hipwise.activity._totals import Column
from hipwise.activity._xml import Document, Node, Shape, text_of
from hipwise.activity._xml_quick import parse
from hipwise.errors import NotAnActivity, UnreadableFile
from hipwise.texts import say

__all__ = ["read_tcx"]

SHAPE: Final = Shape(
    point="Trackpoint",
    attributes={},
    fields={
        "at": ("Time",),
        "latitude_deg": ("LatitudeDegrees",),
        "longitude_deg": ("LongitudeDegrees",),
        "altitude_m": ("AltitudeMeters",),
        "distance_m": ("DistanceMeters",),
        "heart_rate_bpm": ("Value",),
        "cadence_spm": ("RunCadence", "Cadence"),
        "speed_mps": ("Speed",),
        "power_w": ("Watts",),
    },
    kept=frozenset(
        {
            "TrainingCenterDatabase",
            "Courses",
            "Workouts",
            "Activity",
            "Id",
            "Lap",
            "TotalTimeSeconds",
            "DistanceMeters",
            "AverageHeartRateBpm",
            "MaximumHeartRateBpm",
            "Value",
            "Cadence",
            "AvgRunCadence",
            "TriggerMethod",
            "Track",
            "Creator",
            "Name",
            "UnitId",
        }
    ),
)

OTHER_CONTENT: Final = (("Courses", "course"), ("Workouts", "workout"))

LONGEST_LEAD_S: Final = 900.0
"""A first lap begins at most so long before its first point (waiting for satellites); else one of its clocks is off."""

BY_HAND: Final = "Manual"
"""Some exporters write it for each lap, whoever ended it: it is believed where the lengths do not speak against it."""

LONGEST_NAME: Final = 80
LONGEST_SERIAL: Final = 15


def read_tcx(data: bytes, file: str) -> tuple[Run, ...]:
    """Read the runs of a TCX file: one for each activity in it (a multisport session has several).

    Raises:
        UnreadableFile: it is no XML that can be read, it is hostile, or its activities are empty.
        NotAnActivity: a course, a workout, or nothing at all.
    """
    document = parse(text_of(data), SHAPE, file)
    activities = list(document.root.below("Activity"))
    if document.cut and not activities:
        raise UnreadableFile("xml_broken", where=file)
    if not activities:
        kind = next((kind for name, kind in OTHER_CONTENT if any(document.root.below(name))), "nothing")
        raise NotAnActivity("not_an_activity", where=file, kind=say(f"activity.kind_{kind}"))
    sha256 = hashlib.sha256(data).hexdigest()
    raws = [_raw(activity, document, Origin(file, "tcx", sha256)) for activity in activities]
    legs = [raw for raw in raws if raw.columns["at"].size or raw.totals]
    if not legs:
        raise UnreadableFile("tcx_empty", where=file)
    for number, leg in enumerate(legs):
        leg.leg = number
    return tuple(finish(leg) for leg in legs)


def _raw(activity: Node, document: Document, origin: Origin) -> Raw:
    at, laps = document.columns["at"], list(activity.below("Lap"))
    stretches = stretches_of([span for piece in activity.below("Lap", "Track") for span in piece.spans], at)
    sport, sub_sport = sport_of(activity.attributes.get("Sport", ""))
    start_s = _start(activity, laps, stretches)
    columns = columns_of_rows(document.columns, stretches)
    return Raw(
        kind="tcx",
        sport=sport,
        sub_sport=sub_sport,
        columns=columns,
        origin=_with_device(origin, activity),
        started_at_s=start_s,
        utc_offset_s=zone_of(document.columns, stretches),
        pauses=pauses_between(stretches, at),
        totals=_totals(laps, stretches, start_s),
        laps=_laps(laps[:MOST_LAPS]),
        notes=[Note("activity.xml_truncated")] if document.cut else [],
        column_sources=dict.fromkeys(columns.keys() - {"at"}, "tcx"),
    )


def _laps(laps: list[Node]) -> list[LapSaid]:
    """Return the laps; each ends where the next begins (they say only how long the timer ran)."""
    starts = [moment(lap.attributes.get("StartTime", "")) for lap in laps]
    return [
        LapSaid(begin, end, lap.number("DistanceMeters"), None if lap.said("TriggerMethod") in {"", BY_HAND} else False)
        for (begin, end), lap in zip(pairwise([*starts, math.nan]), laps, strict=True)
    ]


def _with_device(origin: Origin, activity: Node) -> Origin:
    device = next(activity.below("Creator"), Node(""))
    unit = device.said("UnitId")
    serial = int(unit) if unit.isdecimal() and len(unit) <= LONGEST_SERIAL else None
    return replace(origin, product=device.said("Name")[:LONGEST_NAME] or None, serial=serial or None)


def _start(activity: Node, laps: list[Node], stretches: list[Stretch]) -> float | None:
    """Return when the run began: as its first lap says, if its first point lies in that lap."""
    said = moment(laps[0].attributes.get("StartTime", "") if laps else "")
    if math.isnan(said):
        said = moment(activity.said("Id"))
    if not stretches:
        return None if math.isnan(said) else said
    length_s = laps[0].number("TotalTimeSeconds") if laps else math.nan
    lead_s = stretches[0].start_s - said
    return said if 0 <= lead_s <= np.fmax(LONGEST_LEAD_S, length_s) else stretches[0].start_s


def _totals(laps: list[Node], stretches: list[Stretch], start_s: float | None) -> dict[str, float]:
    """Return what the laps say in all; what one of them leaves out is not known of the whole."""
    times = np.array([lap.number("TotalTimeSeconds") for lap in laps])
    totals = {
        "timer_s": times.sum(),
        "distance_m": sum(lap.number("DistanceMeters") for lap in laps),
        "elapsed_s": _elapsed(laps, times, stretches, start_s),
        "heart_rate_bpm": _mean([lap.number("AverageHeartRateBpm", "Value") for lap in laps], times),
        "cadence_spm": _mean([np.fmax(lap.number("AvgRunCadence"), lap.number("Cadence")) for lap in laps], times),
    }
    return {name: float(value) for name, value in totals.items() if math.isfinite(value) and value > 0}


def _elapsed(laps: list[Node], times: Column, stretches: list[Stretch], start_s: float | None) -> float:
    """Return the time from the start to the last point or to the end of the last lap."""
    if start_s is None or not laps:
        return math.nan
    end_s = moment(laps[-1].attributes.get("StartTime", "")) + times[-1]
    if stretches:
        end_s = np.fmax(end_s, max(stretch.end_s for stretch in stretches))
    return float(end_s - start_s)


def _mean(values: list[float], times: Column) -> float:
    """Return the mean of the laps that have a value, weighted by their TIMES."""
    known = np.array(values)
    counted = (known > 0) & (times > 0)
    return float(np.average(known[counted], weights=times[counted])) if counted.any() else math.nan
