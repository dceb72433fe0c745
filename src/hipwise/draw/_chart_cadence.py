"""Cadence against pace: one sign a run, and the line through them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from hipwise.draw._chart import INK, KEY, TEXT, Area, Chart, Key, chart, line, mark, text, ticks
from hipwise.draw._svg import Element, element
from hipwise.texts import km_per_unit, pace, say

__all__ = ["Pace", "Trend", "cadence_chart"]

HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 262, 42, 12, 26, 216
M_PER_KM = 1000
STEP_S = 30
"""Pace is named every half minute."""

KINDS = {"before": "circle", "after": "triangle", "other": "square"}


@dataclass(frozen=True, slots=True)
class Pace:
    """A run (or a part of one): speed and cadence; WHEN is before or after the pain began, or other: another sensor."""

    on: date
    speed_mps: float
    cadence_spm: float
    when: str = "before"


@dataclass(frozen=True, slots=True)
class Trend:
    """A line: so many steps a minute AT_SPM at the speed AT_MPS, and PER_MPS more for each metre a second."""

    at_mps: float
    at_spm: float
    per_mps: float

    def spm(self, speed_mps: float) -> float:
        """Return the cadence on the line."""
        return self.at_spm + self.per_mps * (speed_mps - self.at_mps)


def cadence_chart(
    points: Sequence[Pace], trend: Trend | None = None, *, onset: bool = False, width: float = 360
) -> Chart:
    """Return POINTS with the TREND through them; with ONSET the keys tell before from after."""
    speeds = sorted(point.speed_mps for point in points) or [2.0, 3.0]
    spm = sorted(point.cadence_spm for point in points) or [160.0, 180.0]
    scale = ticks(spm[-1] + 1, 4, spm[0] - 1)
    pad = 0.05 * (speeds[-1] - speeds[0]) + 0.03
    area = Area(LEFT, width - RIGHT, TOP, BOTTOM, (speeds[0] - pad, speeds[-1] + pad), (scale[0], scale[-1]))
    body = [*area.rules(scale, say("chart.axis_spm")), *_paces(area)]
    if trend is not None and points:
        low, high = speeds[0], speeds[-1]
        ends = (area.at_x(low), area.at_y(trend.spm(low)), area.at_x(high), area.at_y(trend.spm(high)))
        body.append(line(*ends, stroke_width=2, stroke_dasharray="6 3"))
    for point in points:
        at = area.at_x(point.speed_mps), area.at_y(point.cadence_spm)
        body.append(mark(KINDS[point.when], *at, r=3.4, hollow=point.when != "after"))
    body.append(text(width - RIGHT, HEIGHT - 8, say("chart.axis_pace"), anchor="end", opacity=0.75))
    heads = tuple(say(f"chart.head_{each}") for each in ("date", "pace", "cadence", "when"))
    rows = (
        (each.on.isoformat(), pace(each.speed_mps), each.cadence_spm, _when(each.when, onset=onset)) for each in points
    )
    said = say("chart.title_cadence"), _says(points, trend)
    return chart(said, (width, HEIGHT), _keys(points, trend, onset=onset), body, (heads, rows))


def _paces(area: Area) -> Iterator[Element]:
    """Name round paces below; the faster, the further to the right."""
    unit_m = M_PER_KM * km_per_unit()
    slowest, fastest = (unit_m / max(speed, 0.1) for speed in area.x)
    steps = range(math.floor(slowest / STEP_S), math.ceil(fastest / STEP_S) - 1, -1)
    speeds = [unit_m / (step * STEP_S) for step in steps if step > 0]
    yield from area.columns((speed, pace(speed)) for speed in speeds)
    for speed in speeds:
        at = area.at_x(speed)
        yield element("line", x1=at, y1=area.bottom, x2=at, y2=area.bottom + 4, stroke=INK, stroke_opacity=0.5)


def _when(when: str, *, onset: bool) -> str:
    if when == "other":
        return say("chart.key_sensor")
    return say(f"chart.key_{when if onset else 'all'}")


def _says(points: Sequence[Pace], trend: Trend | None) -> str:
    if not points:
        return say("chart.says_cadence_none")
    speeds, spm = [each.speed_mps for each in points], [each.cadence_spm for each in points]
    ends = {"low": min(spm), "high": max(spm), "fast": max(speeds), "slow": min(speeds)}
    said = say("chart.says_cadence", count=len(points), **ends)
    if trend is None:
        return said
    return f"{said} {say('chart.says_cadence_trend', pace=trend.at_mps, spm=trend.at_spm)}"


def _keys(points: Sequence[Pace], trend: Trend | None, *, onset: bool) -> list[Key]:
    half = TEXT / 2
    keys = [
        Key((mark(kind, KEY / 2, half, r=3.6, hollow=when != "after"),), _when(when, onset=onset))
        for when, kind in KINDS.items()
        if any(point.when == when for point in points)
    ]
    if trend is not None:
        keys.append(Key((line(0, half, KEY, half, stroke_width=2, stroke_dasharray="6 3"),), say("chart.key_trend")))
    return keys
