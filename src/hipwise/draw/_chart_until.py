"""How far each run went without pain: what was run, and between which kilometres the pain began."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from hipwise.draw._chart import BAR, KEY, TEXT, Area, Chart, Key, chart, length_ticks, line, mark, shown
from hipwise.draw._chart_days import months
from hipwise.draw._svg import Element, element
from hipwise.texts import say

__all__ = ["Stretch", "until_chart"]

LEFT, RIGHT, TOP, BOTTOM, HEIGHT = 36, 12, 26, 190, 216
NARROW, WIDE = 3.0, 14.0
"""Bars are never wider, however few runs there are."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run on a day: RUN_KM long (None: not known); pain began between LOW_KM and HIGH_KM (None: no end is known).

    FREE: there was no pain in it.
    """

    on: date
    run_km: float | None
    low_km: float | None
    high_km: float | None
    free: bool = False

    @property
    def most_km(self) -> float:
        """The highest point that is drawn of it."""
        return max(self.run_km or 0, self.low_km or 0, self.high_km or 0)


def until_chart(stretches: Sequence[Stretch], *, width: float = 360) -> Chart:
    """Return STRETCHES, oldest first, as a chart of WIDTH."""
    first, last = (stretches[0].on.toordinal(), stretches[-1].on.toordinal()) if stretches else (0, 0)
    scale = length_ticks(max((each.most_km for each in stretches), default=0), 3)
    area = Area(LEFT, width - RIGHT, TOP, BOTTOM, (first - 0.7, last + 0.7), (0, scale[-1]))
    wide = min(WIDE, max(NARROW, (area.at_x(1) - area.at_x(0)) * 0.7))
    body = [*area.lengths(scale, say("chart.axis_km"))]
    body += [part for each in stretches for part in _stretch(each, area, wide)]
    body += months(area, stretches[0].on, stretches[-1].on) if stretches else ()
    heads = tuple(say(f"chart.head_{each}") for each in ("date", "run_km", "pain_from", "pain_to", "free"))
    rows = (
        (each.on.isoformat(), shown(each.run_km), *_ends(each), say("chart.yes" if each.free else "chart.no"))
        for each in stretches
    )
    said = say("chart.title_until"), _says(stretches)
    return chart(said, (width, HEIGHT), _keys(stretches), body, (heads, rows))


def _ends(each: Stretch) -> tuple[float | None, float | None]:
    return (None, None) if each.free else (shown(each.low_km), shown(each.high_km))


def _stretch(each: Stretch, area: Area, wide: float) -> Iterator[Element]:
    at = area.at_x(each.on.toordinal())
    if each.run_km is not None:
        yield _run(at - wide / 2, area.at_y(each.run_km), wide, area.bottom - area.at_y(each.run_km))
    if each.free:
        yield mark("triangle", at, area.at_y(each.low_km or 0), r=4.5)
    elif each.low_km is not None:
        high = area.top if each.high_km is None else area.at_y(each.high_km)
        yield _began(at, area.at_y(each.low_km), high, open_end=each.high_km is None)


def _run(x: float, y: float, width: float, height: float) -> Element:
    box = {"x": x, "y": y, "width": width, "height": height}
    return element("rect", class_="hw-bar hw-bar-line", fill=BAR, fill_opacity=0.35, stroke=BAR, **box)


def _began(x: float, low: float, high: float, *, open_end: bool) -> Element:
    """Draw where the pain began as a thick line; dotted where it has no upper end, a diamond where it is a point."""
    if low == high:
        return mark("diamond", x, low, r=4)
    return line(x, low, x, high, stroke_width=4, stroke_dasharray="2 2.5" if open_end else None)


def _says(stretches: Sequence[Stretch]) -> str:
    if not stretches:
        return say("chart.says_until_none")
    first, last = stretches[0].on, stretches[-1].on
    free = sum(each.free for each in stretches)
    return say("chart.says_until", count=len(stretches), first=first, last=last, free=free)


def _keys(stretches: Sequence[Stretch]) -> list[Key]:
    half = TEXT / 2
    keys = [
        Key((_run(5, 0, 8, TEXT),), say("chart.key_run")),
        Key((line(KEY / 2, 0, KEY / 2, TEXT, stroke_width=4),), say("chart.key_began")),
    ]
    if any(each.low_km == each.high_km == 0 for each in stretches):
        keys.append(Key((mark("diamond", KEY / 2, half),), say("chart.key_at_once")))
    if any(each.free for each in stretches):
        keys.append(Key((mark("triangle", KEY / 2, half, r=4.5),), say("chart.key_free")))
    return keys
