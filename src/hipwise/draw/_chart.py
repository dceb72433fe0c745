"""What every chart stands on: a frame with a scale, keys, patterns beside colours, and the data as rows.

A chart is drawn for the width it will be seen at (360 on a phone), its text never smaller than 14. Colours are custom
properties of CSS with a fallback that stands out on light and on dark; lines and text take the colour of the page.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hipwise.draw._svg import Element, Node, element, picture
from hipwise.texts import in_unit, km_per_unit

__all__ = [
    "BAR",
    "INK",
    "KEY",
    "LEAST_HIGH",
    "MARK",
    "TEXT",
    "Area",
    "Chart",
    "Key",
    "chart",
    "hollow",
    "length_ticks",
    "line",
    "mark",
    "patterns",
    "shown",
    "shown_most",
    "text",
    "ticks",
]

Cell = str | float | None

TEXT = 14
"""Size of text: what can be read on a phone."""

HEAD = 16
SIGN = 7.3
"""Width of one sign of text, about: no font is at hand to measure it."""

INK = "currentColor"
BAR = "#4a7fb5"
MARK = "#c2691c"
"""Fallbacks that stand out 3:1 on white and on near black."""

EDGE, KEY, ROW = 10, 18, 20
LEAST_HIGH = 12
"""So high is a hollow bar whose height nobody knows."""

STYLE = (
    "svg:root{color:#1b2530;background:#fff}"
    "@media (prefers-color-scheme:dark){svg:root{color:#e6ebf0;background:#11171d}}"
    "@supports (color:var(--x)){"
    f".hw-bar{{fill:var(--hipwise-bar,{BAR})}}.hw-bar-line{{stroke:var(--hipwise-bar,{BAR})}}"
    f".hw-mark{{fill:var(--hipwise-mark,{MARK})}}.hw-mark-line{{stroke:var(--hipwise-mark,{MARK})}}}}"
)
"""The first two rules hold only where the picture is a file of its own; a page sets the two properties if it likes."""

NICE = (1, 2, 2.5, 5, 10)
"""Steps between the lines of a scale, times a power of ten."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A PICTURE, its TITLE, what it SAYS to those who do not see it, and the same data as a table."""

    title: str
    says: str
    picture: Element
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def svg(self) -> str:
        """The picture as text of an SVG file."""
        return str(self.picture)


@dataclass(frozen=True, slots=True)
class Key:
    """A sign of the chart, drawn in a box of KEY wide and TEXT high, and what it means."""

    sign: tuple[Node, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Area:
    """Where values stand: from LEFT to RIGHT and from TOP to BOTTOM, X and Y each a range of values."""

    left: float
    right: float
    top: float
    bottom: float
    x: tuple[float, float]
    y: tuple[float, float]

    def at_x(self, value: float) -> float:
        """Return where VALUE stands across."""
        return self.left + (value - self.x[0]) / ((self.x[1] - self.x[0]) or 1) * (self.right - self.left)

    def at_y(self, value: float) -> float:
        """Return where VALUE stands from the top."""
        return self.bottom - (value - self.y[0]) / ((self.y[1] - self.y[0]) or 1) * (self.bottom - self.top)

    def rules(self, values: Iterable[float], unit: str = "") -> Iterator[Element]:
        """Yield a fine line across at each of VALUES, named at the left; the topmost with its UNIT."""
        for value in values:
            at = self.at_y(value)
            yield line(self.left, at, self.right, at, opacity=0.22)
            yield text(self.left - 6, at + 5, f"{value:g}", anchor="end")
        if unit:
            yield text(2, self.top - 9, unit, opacity=0.75)

    def lengths(self, values_km: Iterable[float], unit: str) -> Iterator[Element]:
        """Yield the same for kilometres, each line named in the runner's UNIT."""
        across = Area(*(self.left, self.right, self.top, self.bottom), self.x, (in_unit(self.y[0]), in_unit(self.y[1])))
        return across.rules(map(in_unit, values_km), unit)

    def columns(self, values: Iterable[tuple[float, str]]) -> Iterator[Element]:
        """Yield names below, at places across; one that would run into the one before is left out."""
        end = -math.inf
        for value, name in values:
            half = len(name) * SIGN / 2
            at = min(max(self.at_x(value), self.left - EDGE + half), self.right + EDGE - half)
            if at - half > end + 4:
                yield text(at, self.bottom + 18, name, anchor="middle")
                end = at + half


def chart(
    said: tuple[str, str],
    size: tuple[float, float],
    keys: Sequence[Key],
    body: Iterable[Node],
    table: tuple[tuple[str, ...], Iterable[tuple[Cell, ...]]],
) -> Chart:
    """Return a chart: SAID is its title and what it says, SIZE its width and the height of its BODY, KEYS above that.

    BODY is drawn as if the keys took no room.
    """
    (title, says), (width, height) = said, size
    signs, rows = _keys(keys, width)
    above = HEAD + 12 + rows * ROW
    shifted = element("g", *body, transform=f"translate(0 {above})")
    head = text(EDGE, HEAD + 4, title, size=HEAD, font_weight="600")
    font = element("g", head, *signs, shifted, font_family="system-ui, sans-serif")
    drawn = picture(width, above + height, title, says, [font], style=STYLE)
    return Chart(title, says, drawn, table[0], tuple(table[1]))


def _keys(keys: Sequence[Key], width: float) -> tuple[list[Element], int]:
    """Return the KEYS in rows under the title, and how many rows they take."""
    found, at, row = [], float(EDGE), 0
    for key in keys:
        needed = KEY + 6 + len(key.says) * SIGN
        if at > EDGE and at + needed > width - EDGE:
            at, row = EDGE, row + 1
        top = HEAD + 12 + row * ROW
        label = text(KEY + 6, TEXT - 2, key.says)
        found.append(element("g", *key.sign, label, transform=f"translate({at:g} {top})"))
        at += needed + 14
    return found, row + 1 if keys else 0


def patterns(name: str) -> Element:
    """Return hatching (`<name>-hatch`) and dots (`<name>-dots`) to fill with, in the colour of the page."""
    hatch = line(0, 0, 0, 6, opacity=0.55, stroke_width=1.6)
    dot = element("circle", cx=2, cy=2, r=1, fill=INK, fill_opacity=0.45)
    size = {"patternUnits": "userSpaceOnUse"}
    return element(
        "defs",
        Element(
            "pattern",
            {"id": f"{name}-hatch", "width": "6", "height": "6", **size, "patternTransform": "rotate(45)"},
            (hatch,),
        ),
        Element("pattern", {"id": f"{name}-dots", "width": "6", "height": "6", **size}, (dot,)),
    )


def line(x1: float, y1: float, x2: float, y2: float, *, opacity: float = 1, **more: str | float | None) -> Element:
    """Return a straight line in the colour of the page."""
    strokes: dict[str, str | float | None] = {"stroke": INK, "stroke_width": 1, **more}
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke_opacity=None if opacity == 1 else opacity, **strokes)


def hollow(x: float, y: float, width: float, height: float) -> Element:
    """Return a bar of what is planned: its edge alone, broken, so that it is not taken for what was run."""
    box = {"x": x, "y": y, "width": width, "height": max(2.0, height)}
    return element(
        "rect", class_="hw-bar-line", fill="none", stroke=BAR, stroke_width=1.8, stroke_dasharray="3 2", **box
    )


def text(
    x: float, y: float, says: str, *, anchor: str | None = None, size: float = TEXT, **more: str | float | None
) -> Element:
    """Return text that begins (or, by ANCHOR, ends or is centred) at X."""
    return element("text", says, x=x, y=y, text_anchor=anchor, font_size=size, fill=INK, **more)


def mark(kind: str, x: float, y: float, *, r: float = 4, hollow: bool = False) -> Element:
    """Return a sign at a place: circle, square, diamond or triangle, so that no colour says anything alone."""
    looks: dict[str, str | float | None] = {"stroke": INK, "stroke_width": 1.2, "class_": None if hollow else "hw-mark"}
    looks["fill"] = "none" if hollow else MARK
    if kind == "circle":
        return element("circle", cx=x, cy=y, r=r, **looks)
    corners = {
        "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
        "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
        "triangle": ((0, -1.3), (1.2, 0.9), (-1.2, 0.9)),
    }[kind]
    points = " ".join(f"{x + r * dx:.1f},{y + r * dy:.1f}" for dx, dy in corners)
    return element("polygon", points=points, **looks)


def ticks(most: float, count: int = 4, least: float = 0) -> list[float]:
    """Return about COUNT even steps from LEAST to a little above MOST."""
    rough = max(most - least, 1e-9) / count
    power = 10 ** math.floor(math.log10(rough))
    step = next(each * power for each in NICE if each * power >= rough * (1 - 1e-9))
    first = math.floor(least / step)
    return [place * step for place in range(first, max(first + 1, math.ceil(most / step - 1e-9)) + 1)]


def length_ticks(most_km: float, count: int) -> list[float]:
    """Return about COUNT even steps, in kilometres and round in the runner's unit: to above MOST_KM, or to one unit."""
    return [step * km_per_unit() for step in ticks(in_unit(most_km) or 1, count)]


def shown(km: float | None) -> float | None:
    """Return kilometres as they stand in a table: in the runner's unit, to the hundredth."""
    return None if km is None else round(in_unit(km), 2)


def shown_most(km: float | None) -> float | None:
    """Return the same of what must not be passed: rounded down."""
    return None if km is None else math.floor(in_unit(km) * 100 + 1e-6) / 100
