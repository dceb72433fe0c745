"""Weeks as bars; below them the longest run of each, with the line of the runner's own 30 days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from hipwise.draw._chart import (
    BAR,
    INK,
    KEY,
    LEAST_HIGH,
    TEXT,
    Area,
    Chart,
    Key,
    chart,
    hollow,
    length_ticks,
    line,
    mark,
    patterns,
    shown,
    shown_most,
)
from hipwise.draw._svg import Element, element
from hipwise.texts import say

__all__ = ["Week", "weeks_chart"]

NAME = "hw-weeks"
LEFT, RIGHT, TOP, MIDDLE, BELOW, BOTTOM, HEIGHT = 36, 10, 26, 156, 190, 280, 308
"""Weeks stand from TOP to MIDDLE, single runs from BELOW to BOTTOM: each on a scale of its own, or none can be seen."""


HEADS = ("week", "km", "longest", "ceiling", "injured", "grade", "least", "most", "planned", "planned_km")


@dataclass(frozen=True, slots=True)
class Week:
    """A week: kilometres (None: no run in the log), its longest run, and the line of the 30 days before (None: none).

    IN_PAIN: the runner was in pain then. GRADE is that of its data; if they are IN_DOUBT, the kilometres lie somewhere
    between LOW_KM and HIGH_KM (None: no end is known). PLANNED_RUNS are still ahead, PLANNED_KM what is known of them.
    """

    monday: date
    km: float | None
    longest_km: float | None = None
    line_km: float | None = None
    in_pain: bool = False
    grade: str | None = None
    in_doubt: bool = False
    low_km: float | None = None
    high_km: float | None = None
    planned_runs: int = 0
    planned_km: float | None = None

    @property
    def highest_km(self) -> float:
        """The highest point that is drawn of it."""
        high = self.high_km if self.in_doubt else None
        return max((self.km or 0) + (self.planned_km or 0), high or 0)


def weeks_chart(weeks: Sequence[Week], *, width: float = 360) -> Chart:
    """Return WEEKS, which follow each other, as a chart of WIDTH."""
    across, right = (0.0, float(max(len(weeks), 1))), width - RIGHT
    of_week = length_ticks(max((week.highest_km for week in weeks), default=0), 3)
    of_run = length_ticks(max((max(week.longest_km or 0, week.line_km or 0) for week in weeks), default=0), 3)
    above = Area(LEFT, right, TOP, MIDDLE, across, (0, of_week[-1]))
    below = Area(LEFT, right, BELOW, BOTTOM, across, (0, of_run[-1]))
    body = [patterns(NAME), *_ground(weeks, Area(LEFT, right, TOP, BOTTOM, across, across))]
    body += [*above.lengths(of_week, say("chart.axis_km_week")), *_bars(weeks, above)]
    body += [*_doubts(weeks, above), *_ahead(weeks, above)]
    body += [*below.lengths(of_run, say("chart.axis_km_run")), *_lines(weeks, below), *_longest(weeks, below)]
    body += _months(weeks, below)
    heads = tuple(say(f"chart.head_{each}") for each in HEADS)
    said = say("chart.title_weeks"), _says(weeks)
    return chart(said, (width, HEIGHT), _keys(weeks), body, (heads, map(_row, weeks)))


def _row(week: Week) -> tuple[str | float | None, ...]:
    planned = say("chart.planned_runs", count=week.planned_runs) if week.planned_runs else None
    pain = say("chart.yes" if week.in_pain else "chart.no")
    done = shown(week.km), shown(week.longest_km), shown_most(week.line_km)
    ends = week.grade, shown(week.low_km), shown(week.high_km)
    return week.monday.isoformat(), *done, pain, *ends, planned, shown_most(week.planned_km)


def _says(weeks: Sequence[Week]) -> str:
    ran = [week for week in weeks if week.km is not None]
    if not ran:
        return say("chart.says_weeks_none")
    done = [week for week in weeks if week.km is not None or not week.planned_runs]
    said = say(
        "chart.says_weeks",
        count=len(done),
        first=done[0].monday,
        last=done[-1].monday,
        most=max(week.km or 0 for week in ran),
        longest=max(week.longest_km or 0 for week in ran),
        missing=len(done) - len(ran),
    )
    doubted, planned = sum(week.in_doubt for week in weeks), sum(week.planned_runs for week in weeks)
    more = (say("chart.says_doubted", count=doubted) if doubted else "", _planned(planned))
    return " ".join(filter(None, (said, *more)))


def _planned(count: int) -> str:
    return say("chart.says_planned", count=count) if count else ""


def _ground(weeks: Sequence[Week], area: Area) -> Iterator[Element]:
    """Shade weeks in pain, and hatch those without a run."""
    step = area.at_x(1) - area.at_x(0)
    for place, week in enumerate(weeks):
        box = {"x": area.at_x(place), "y": area.top, "width": step, "height": area.bottom - area.top}
        if week.in_pain:
            yield element("rect", fill=INK, fill_opacity=0.07, **box)
            yield element("rect", fill=f"url(#{NAME}-dots)", **box)
        if week.km is None and not week.planned_runs:
            yield element("rect", fill=f"url(#{NAME}-hatch)", fill_opacity=0.6, **box)


def _doubts(weeks: Sequence[Week], area: Area) -> Iterator[Element]:
    """Draw over each bar in doubt between which ends it lies; without an upper end the line runs out at the top."""
    step = area.at_x(1) - area.at_x(0)
    for place, week in enumerate(weeks):
        if not week.in_doubt or week.km is None:
            continue
        at, low = area.at_x(place + 0.5), area.at_y(week.low_km or 0)
        high = area.top if week.high_km is None else area.at_y(week.high_km)
        yield line(at, high, at, low, stroke_width=2, stroke_dasharray="1.5 2.5" if week.high_km is None else None)
        for end in (low, *(() if week.high_km is None else (high,))):
            yield line(at - step * 0.25, end, at + step * 0.25, end, stroke_width=2)


def _ahead(weeks: Sequence[Week], area: Area) -> Iterator[Element]:
    """Draw what is planned as a hollow bar on top of what was run; low where its kilometres are not known."""
    step = area.at_x(1) - area.at_x(0)
    for place, week in enumerate(weeks):
        if week.planned_runs:
            bottom = area.at_y(week.km or 0)
            top = area.at_y((week.km or 0) + week.planned_km) if week.planned_km else bottom - LEAST_HIGH
            box = {"x": area.at_x(place) + step * 0.16, "y": top, "width": step * 0.68, "height": bottom - top}
            yield hollow(**box)


def _bars(weeks: Sequence[Week], area: Area) -> Iterator[Element]:
    step = area.at_x(1) - area.at_x(0)
    for place, week in enumerate(weeks):
        if week.km is None:
            continue
        top = area.at_y(week.km)
        yield element(
            "rect", class_="hw-bar hw-bar-line", fill=BAR, fill_opacity=0.55, stroke=BAR, stroke_width=1.5,
            x=area.at_x(place) + step * 0.16, y=top, width=step * 0.68, height=area.bottom - top,
        )  # fmt: skip


def _longest(weeks: Sequence[Week], area: Area) -> Iterator[Element]:
    size = min(4.5, max(2.2, (area.at_x(1) - area.at_x(0)) * 0.32))
    for place, week in enumerate(weeks):
        if week.longest_km is not None:
            yield mark("diamond", area.at_x(place + 0.5), area.at_y(week.longest_km), r=size)


def _lines(weeks: Sequence[Week], area: Area) -> Iterator[Element]:
    """Draw the line of the 30 days as steps; it breaks where it is not known."""
    known = [(place, week.line_km) for place, week in enumerate(weeks) if week.line_km is not None]
    for place, km in known:
        yield _dashed(area.at_x(place), area.at_y(km), area.at_x(place + 1), area.at_y(km))
    for (before, low), (place, km) in pairwise(known):
        if place == before + 1 and low != km:
            yield _dashed(area.at_x(place), area.at_y(low), area.at_x(place), area.at_y(km))


def _dashed(x1: float, y1: float, x2: float, y2: float) -> Element:
    return line(x1, y1, x2, y2, stroke_width=2, stroke_dasharray="4 2.5")


def _months(weeks: Sequence[Week], area: Area) -> Iterator[Element]:
    """Name each month below the first week that begins in it."""
    new = (
        (place + 0.5, f"{week.monday:%b}")
        for place, week in enumerate(weeks)
        if not place or weeks[place - 1].monday.month != week.monday.month
    )
    return area.columns(new)


def _keys(weeks: Sequence[Week]) -> list[Key]:
    half, box = TEXT / 2, {"width": KEY, "height": TEXT}
    bar = element(
        "rect", class_="hw-bar hw-bar-line", fill=BAR, fill_opacity=0.55, stroke=BAR, x=3, width=12, height=TEXT
    )
    keys = [
        Key((bar,), say("chart.key_total")),
        Key((mark("diamond", KEY / 2, half, r=4.5),), say("chart.key_longest")),
    ]
    if any(week.line_km is not None for week in weeks):
        keys.append(Key((_dashed(0, half, KEY, half),), say("chart.key_ceiling")))
    if any(week.in_doubt and week.km is not None for week in weeks):
        ends = (line(KEY / 2 - 4, end, KEY / 2 + 4, end, stroke_width=2) for end in (1, TEXT - 1))
        keys.append(Key((line(KEY / 2, 1, KEY / 2, TEXT - 1, stroke_width=2), *ends), say("chart.key_doubted")))
    if any(week.planned_runs for week in weeks):
        keys.append(Key((hollow(x=3, y=1, width=12, height=TEXT - 2),), say("chart.key_planned")))
    if any(week.km is None and not week.planned_runs for week in weeks):
        sign = element("rect", fill=f"url(#{NAME}-hatch)", stroke=INK, stroke_opacity=0.4, **box)
        keys.append(Key((sign,), say("chart.key_missing")))
    if any(week.in_pain for week in weeks):
        sign = element("rect", fill=f"url(#{NAME}-dots)", stroke=INK, stroke_opacity=0.4, **box)
        keys.append(Key((sign,), say("chart.key_injured")))
    return keys
