"""Each run against the longest of the 30 days before it, in the bands of the cohort: no curve is drawn through them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from hipwise.draw._chart import INK, TEXT, Area, Chart, chart, line, mark, shown, text
from hipwise.draw._chart_days import months
from hipwise.draw._svg import Element, element
from hipwise.texts import say

__all__ = ["Band", "Dot", "spikes_chart"]

LANE, LEFT, RIGHT, TOP, BELOW, NOTE = 52, 10, 10, 4, 28, 19
UNKNOWN = "unknown"
SIGNS = ("circle", "triangle", "square", "diamond")
"""One for each band, the lowest first; any further band takes the last one."""


@dataclass(frozen=True, slots=True)
class Band:
    """A band of runs: its NAME (the id of a text), up to which share in per cent it goes, and the published HRR."""

    name: str
    until_pct: float
    hrr: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Dot:
    """A run: the day, its kilometres, and by how many per cent it exceeds the longest run (None: not known).

    SURE: however far its week, or one before it, may be off, it stays in its band.
    """

    on: date
    km: float | None
    excess_pct: float | None
    band: str | None
    sure: bool = True


def spikes_chart(dots: Sequence[Dot], bands: Sequence[Band], *, width: float = 360) -> Chart:
    """Return DOTS, in order of time, in lanes: BANDS from the lowest up, and below them what is not known."""
    names = [band.name for band in bands]
    unknown = [dot for dot in dots if dot.band not in names]
    lanes = [*reversed(bands), *([Band(UNKNOWN, 0)] if unknown else [])]
    days = [dot.on.toordinal() for dot in dots] or [0]
    area = Area(LEFT + 8, width - RIGHT - 8, TOP, TOP + LANE * len(lanes), (days[0], days[-1]), (0, 1))
    body: list[Element] = []
    for place, band in enumerate(lanes):
        body += _lane(band, place, width)
        inside = unknown if band.name == UNKNOWN else [dot for dot in dots if dot.band == band.name]
        least = bands[names.index(band.name) - 1].until_pct if band.name in names[1:] else -100.0
        kind = SIGNS[min(names.index(band.name), len(SIGNS) - 1)] if band.name in names else "circle"
        body += [_dot(dot, area, place, (least, band.until_pct), kind) for dot in inside]
    if dots:
        body += months(area, dots[0].on, dots[-1].on)
    note = area.bottom + BELOW + TEXT
    notes = ["chart.band_note", "chart.band_note_right", *(["chart.band_note_unsure"] if _unsure(dots) else [])]
    for place, says in enumerate(notes):
        body.append(text(LEFT, note + place * NOTE, say(says), opacity=0.75))
    heads = tuple(say(f"chart.head_{each}") for each in ("date", "km", "excess", "band", "sure"))
    told = {name: say(f"chart.band_{name}") for name in (*names, UNKNOWN)}
    rows = (
        (each.on.isoformat(), shown(each.km), each.excess_pct, told.get(each.band or "", told[UNKNOWN]), _yes(each))
        for each in dots
    )
    said = say("chart.title_spikes"), _says(dots, names)
    return chart(said, (width, note + (len(notes) - 1) * NOTE + 10), (), body, (heads, rows))


def _yes(dot: Dot) -> str:
    return say("chart.yes" if dot.sure else "chart.no")


def _unsure(dots: Sequence[Dot]) -> int:
    """Return how many runs have a band, and might belong to another."""
    return sum(dot.excess_pct is not None and not dot.sure for dot in dots)


def _says(dots: Sequence[Dot], names: Sequence[str]) -> str:
    if not dots:
        return say("chart.says_spikes_none")
    above = sum(dot.band in names[1:] for dot in dots)
    unknown = sum(dot.band not in names for dot in dots)
    first, last = dots[0].on, dots[-1].on
    said = say("chart.says_spikes", count=len(dots), first=first, last=last, above=above, unknown=unknown)
    unsure = _unsure(dots)
    return f"{said} {say('chart.says_unsure', count=unsure)}" if unsure else said


def _lane(band: Band, place: int, width: float) -> Iterator[Element]:
    """Draw the ground of a lane: the higher the band, the darker; its name at the left, what followed at the right."""
    top, known = TOP + LANE * place, band.name != UNKNOWN
    if known:
        shade = {0: 0.2, 1: 0.13, 2: 0.07}.get(place, 0.02)
        box = {"x": LEFT, "y": top, "width": width - LEFT - RIGHT, "height": LANE}
        yield element("rect", fill=INK, fill_opacity=shade, **box)
    yield line(LEFT, top + LANE, width - RIGHT, top + LANE, opacity=0.35)
    yield text(LEFT + 4, top + TEXT + 2, say(f"chart.band_{band.name}"))
    if band.hrr is not None:
        hrr, low, high = (f"{value:.2f}" for value in band.hrr)
        says = say("chart.band_hrr", hrr=hrr, low=low, high=high)
        yield text(width - RIGHT - 4, top + TEXT + 2, says, anchor="end")


def _dot(dot: Dot, area: Area, place: int, lane: tuple[float, float], kind: str) -> Element:
    """Place a run in the lower part of its lane, under the words."""
    low, high = lane
    share = 0.5 if dot.excess_pct is None else min(1.0, max(0.0, (dot.excess_pct - low) / ((high - low) or 1)))
    floor = TOP + LANE * (place + 1)
    return mark(
        kind,
        area.at_x(dot.on.toordinal()),
        floor - 7 - share * 20,
        r=3.6,
        hollow=dot.excess_pct is None or not dot.sure,
    )
