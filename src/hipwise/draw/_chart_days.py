"""Days on one axis: pain, running and exercise together, and pain alone in small."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
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
    text,
)
from hipwise.draw._svg import Element, element
from hipwise.texts import say

__all__ = ["PAIN", "Day", "Mark", "months", "pain_chart", "points", "spark_says", "time_chart"]

NAME = "hw-days"
LEFT, RIGHT = 36, 12
PAIN, PAIN_TOP, PAIN_BOTTOM = (0, 10), 26, 106
KM_TOP, KM_BOTTOM, SESSION, BELOW = 144, 240, 260, 264
SPARK_TOP, SPARK_BOTTOM = 8, 52
RING, LISTED = 21, 24
PAINFUL = 5
"""A score from here on is in the way; half of the scale is named on it."""

SHORT_D = 70
"""So many days are named by day and month, more by month."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day: kilometres (None: not known), the worst pain told (None: none was), whether exercises were done.

    GRADE is that of its week's data, IN_DOUBT whether that is too low to rely on. AHEAD: the day is still to come. A
    run that is PLANNED is told in words ("8 km", "25 min"), PLANNED_KM long where that is known.
    """

    on: date
    km: float | None = None
    pain: float | None = None
    session: bool = False
    grade: str | None = None
    in_doubt: bool = False
    ahead: bool = False
    planned: str | None = None
    planned_km: float | None = None

    @property
    def is_silent(self) -> bool:
        """Whether nobody knows what was run, though the day is over."""
        return self.km is None and not self.ahead


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to point at on a day: its NAME in a few words, and what it SAYS in full."""

    on: date
    name: str
    says: str


def time_chart(
    days: Sequence[Day], *, onset: date | None = None, marks: Sequence[Mark] = (), width: float = 360
) -> Chart:
    """Return DAYS, which follow each other, on one axis; MARKS are numbered above the day that they point at."""
    first, last = (days[0].on.toordinal(), days[-1].on.toordinal()) if days else (0, 0)
    scale = length_ticks(max((max(day.km or 0, day.planned_km or 0) for day in days), default=0), 3)
    across = first - 0.5, last + 0.5
    pain = Area(LEFT, width - RIGHT, PAIN_TOP, PAIN_BOTTOM, across, PAIN)
    km = Area(LEFT, width - RIGHT, KM_TOP, KM_BOTTOM, across, (0, scale[-1]))
    body = [
        patterns(NAME),
        *pain.rules((*PAIN, PAINFUL), say("chart.axis_pain")),
        *km.lengths(scale, say("chart.axis_km")),
    ]
    body += [*_bars(days, km), *points(days, pain), *_sessions(days, km)]
    body += [*_planned(days, km), *_onset(onset, pain, km), *_numbered(marks, km)]
    below = Area(km.left, km.right, km.top, BELOW, km.x, km.y)
    body += months(below, days[0].on, days[-1].on) if days else ()
    body += _listed(marks)
    heads = tuple(say(f"chart.head_{each}") for each in ("date", "km", "pain", "session", "mark", "grade", "planned"))
    said = say("chart.title_time"), _says(days, onset, marks)
    return chart(said, (width, BELOW + 30 + len(marks) * LISTED), _keys(days, onset), body, (heads, _rows(days, marks)))


def _rows(days: Sequence[Day], marks: Sequence[Mark]) -> Iterator[tuple[str | float | None, ...]]:
    for day in days:
        said = " ".join(each.says for each in marks if each.on == day.on)
        done = None if day.ahead else say("chart.yes" if day.session else "chart.no")
        yield day.on.isoformat(), shown(day.km), day.pain, done, said or None, day.grade, day.planned


def _says(days: Sequence[Day], onset: date | None, marks: Sequence[Mark]) -> str:
    if not days:
        return say("chart.says_time_none")
    sentences = [
        say(
            "chart.says_time",
            first=days[0].on,
            last=max((day.on for day in days if not day.ahead), default=days[-1].on),
            km=sum(day.km or 0 for day in days),
            runs=sum(bool(day.km) for day in days),
            scores=sum(day.pain is not None for day in days),
            sessions=sum(day.session for day in days),
        )
    ]
    if onset is not None:
        sentences.append(say("chart.says_time_onset", onset=onset))
    planned = sum(day.planned is not None for day in days)
    if planned:
        sentences.append(say("chart.says_planned", count=planned))
    if any(day.in_doubt and day.km for day in days):
        sentences.append(say("chart.says_days_doubted", count=sum(day.in_doubt and bool(day.km) for day in days)))
    if marks:
        sentences.append(
            say("chart.says_time_marks", marks=" ".join(f"{n}. {each.says}" for n, each in enumerate(marks, 1)))
        )
    return " ".join(sentences)


def _bars(days: Sequence[Day], area: Area) -> Iterator[Element]:
    step = area.at_x(1) - area.at_x(0)
    for day in days:
        at = area.at_x(day.on.toordinal())
        if day.is_silent:
            box = {"x": at - step / 2, "y": area.top, "width": step, "height": area.bottom - area.top}
            yield element("rect", fill=f"url(#{NAME}-hatch)", fill_opacity=0.6, **box)
        elif day.km:
            top, wide = area.at_y(day.km), max(1.5, step * 0.7)
            yield _bar(at - wide / 2, top, wide, area.bottom - top, in_doubt=day.in_doubt)


def _bar(x: float, y: float, width: float, height: float, *, in_doubt: bool) -> Element:
    """Draw a bar; one in doubt is pale, and has its edge and hatching."""
    box = {"x": x, "y": y, "width": width, "height": height}
    if not in_doubt:
        return element("rect", class_="hw-bar", fill=BAR, **box)
    pale = element("rect", class_="hw-bar hw-bar-line", fill=BAR, fill_opacity=0.3, stroke=BAR, stroke_width=1, **box)
    return element("g", pale, element("rect", fill=f"url(#{NAME}-hatch)", **box))


def _planned(days: Sequence[Day], area: Area) -> Iterator[Element]:
    """Draw planned runs hollow; low where their kilometres are not known."""
    step = area.at_x(1) - area.at_x(0)
    wide = max(3.0, step * 0.7)
    for day in days:
        if day.planned is not None:
            top = area.at_y(day.planned_km) if day.planned_km else area.bottom - LEAST_HIGH
            yield hollow(area.at_x(day.on.toordinal()) - wide / 2, top, wide, area.bottom - top)


def points(days: Sequence[Day], area: Area) -> Iterator[Element]:
    """Draw scores as points, joined only where no day between them lacks one."""
    told = [(day.on.toordinal(), day.pain) for day in days if day.pain is not None]
    size = 3.6 if len(days) <= SHORT_D else 2.6
    for (before, low), (day, high) in pairwise(told):
        if day == before + 1:
            yield line(area.at_x(before), area.at_y(low), area.at_x(day), area.at_y(high), stroke_width=1.5)
    for day, score in told:
        yield mark("circle", area.at_x(day), area.at_y(score), r=size)


def _sessions(days: Sequence[Day], area: Area) -> Iterator[Element]:
    for day in days:
        if day.session:
            yield mark("square", area.at_x(day.on.toordinal()), SESSION - 6, r=2.8, hollow=True)


def _onset(onset: date | None, pain: Area, km: Area) -> Iterator[Element]:
    if onset is not None and km.x[0] <= onset.toordinal() <= km.x[1]:
        at = km.at_x(onset.toordinal() - 0.5)
        for area in (pain, km):
            yield line(at, area.top, at, area.bottom, stroke_width=2, stroke_dasharray="2 3")


def _numbered(marks: Sequence[Mark], area: Area) -> Iterator[Element]:
    """Put the number of each mark in a ring above its day, or beside the one before where there is no room."""
    at = -float(RING)
    for number, each in sorted(enumerate(marks, 1), key=lambda pair: pair[1].on):
        if area.x[0] <= each.on.toordinal() <= area.x[1]:
            at = max(at + RING, area.at_x(each.on.toordinal()))
            yield _ring(number, at, area.top - 14)


def _ring(number: int, x: float, y: float) -> Element:
    ring = element("circle", cx=x, cy=y, r=RING / 2 - 1.5, fill="none", stroke=INK)
    return element("g", ring, text(x, y + 5, str(number), anchor="middle"))


def _listed(marks: Sequence[Mark]) -> Iterator[Element]:
    """Say below what the numbers point at."""
    for number, each in enumerate(marks, 1):
        at = BELOW + 20 + number * LISTED - 8
        yield _ring(number, RING, at)
        yield text(2 * RING - 6, at + 5, say("chart.mark", on=each.on, name=each.name))


def months(area: Area, first: date, last: date) -> list[Element]:
    """Name days (each second Monday, of a short time) or the first of each month below AREA."""
    every = [first + timedelta(place) for place in range((last - first).days + 1)]
    if len(every) <= SHORT_D:
        named = [(day, f"{day.day} {day:%b}") for day in every if (day - first).days % 7 == 0]
    else:
        named = [(day, f"{day:%b}") for day in every if day.day == 1]
    return list(area.columns((day.toordinal(), name) for day, name in named))


def _keys(days: Sequence[Day], onset: date | None) -> list[Key]:
    half = TEXT / 2
    bar = element("rect", class_="hw-bar", fill=BAR, x=5, width=8, height=TEXT)
    keys = [
        Key((line(0, half, KEY, half, stroke_width=1.5), mark("circle", KEY / 2, half, r=3.6)), say("chart.key_pain")),
        Key((bar,), say("chart.key_km")),
    ]
    if any(day.session for day in days):
        keys.append(Key((mark("square", KEY / 2, half, r=3.2, hollow=True),), say("chart.key_session")))
    if onset is not None:
        dashed = line(KEY / 2, 0, KEY / 2, TEXT, stroke_width=2, stroke_dasharray="2 3")
        keys.append(Key((dashed,), say("chart.key_onset")))
    if any(day.in_doubt and day.km for day in days):
        keys.append(Key((_bar(5, 0, 8, TEXT, in_doubt=True),), say("chart.key_days_doubted")))
    if any(day.planned is not None for day in days):
        keys.append(Key((hollow(5, 1, 8, TEXT - 2),), say("chart.key_planned")))
    if any(day.is_silent for day in days):
        box = element("rect", fill=f"url(#{NAME}-hatch)", stroke=INK, stroke_opacity=0.4, width=KEY, height=TEXT)
        keys.append(Key((box,), say("chart.key_unknown")))
    return keys


def pain_chart(days: Sequence[Day], *, width: float = 360) -> Chart:
    """Return the pain of DAYS alone, small enough to stand beside a line of text."""
    first, last = (days[0].on.toordinal(), days[-1].on.toordinal()) if days else (0, 0)
    area = Area(LEFT, width - 40, SPARK_TOP, SPARK_BOTTOM, (first, last), PAIN)
    told = [day.pain for day in days if day.pain is not None]
    silent = [
        line(at, area.bottom - 4, at, area.bottom + 4, opacity=0.8)
        for at in (area.at_x(day.on.toordinal()) for day in days if day.pain is None)
    ]
    body = [*area.rules(PAIN), *silent, *points(days, area)]
    if told:
        body.append(text(width - 30, area.at_y(told[-1]) + 5, f"{told[-1]:g}", font_weight="600"))
    heads = say("chart.head_date"), say("chart.head_pain")
    rows = ((day.on.isoformat(), day.pain) for day in days)
    said = say("chart.title_spark", count=len(days)), spark_says(days)
    return chart(said, (width, SPARK_BOTTOM + 12), (), body, (heads, rows))


def spark_says(days: Sequence[Day]) -> str:
    """Say how many of DAYS have a score, the highest and the newest."""
    told = [day.pain for day in days if day.pain is not None]
    if not told:
        return say("chart.says_spark_none", count=len(days))
    most, newest = (f"{value:g}" for value in (max(told), told[-1]))
    return say("chart.says_spark", known=len(told), count=len(days), most=most, newest=newest)
