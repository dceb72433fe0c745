"""The pain of some days as a line, small enough to stand in a card: it says when, how strong, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hipwise.draw._chart import Area, Chart, line, text
from hipwise.draw._chart_days import PAIN, Day, points, spark_says
from hipwise.draw._svg import Element, picture
from hipwise.texts import say

__all__ = ["sparkline"]

LEFT, RIGHT, TOP, BOTTOM, HEIGHT = 6, 26, 22, 62, 86
ABOVE = 9
"""A number stands so far above its point."""


def sparkline(days: Sequence[Day], *, width: float = 250) -> Chart:
    """Return the pain of DAYS, which follow each other, as a line; its first and last day and two scores are named."""
    first, last = (days[0].on.toordinal(), days[-1].on.toordinal()) if days else (0, 0)
    area = Area(LEFT, width - RIGHT, TOP, BOTTOM, (first, last), PAIN)
    title, says = say("chart.title_spark", count=len(days)), spark_says(days)
    heads = say("chart.head_date"), say("chart.head_pain")
    body = [line(area.left, area.bottom, area.right, area.bottom, opacity=0.35), *points(days, area)]
    body += [*_silent(days, area), *_named(days, area), *_ends(days, area)]
    drawn = picture(width, HEIGHT, title, says, body)
    return Chart(title, says, drawn, heads, tuple((day.on.isoformat(), day.pain) for day in days))


def _silent(days: Sequence[Day], area: Area) -> Iterator[Element]:
    """Mark the days of which nothing was told, so that they are not taken for days without pain."""
    for day in days:
        if day.pain is None:
            at = area.at_x(day.on.toordinal())
            yield line(at, area.bottom - 3, at, area.bottom + 3, opacity=0.7)


def _named(days: Sequence[Day], area: Area) -> Iterator[Element]:
    """Name the newest score, and the highest where that is another one that stands apart."""
    told = [(area.at_x(day.on.toordinal()), day.pain) for day in days if day.pain is not None]
    if not told:
        return
    newest, most = told[-1], max(told, key=lambda each: each[1])
    yield text(newest[0] + ABOVE, area.at_y(newest[1]) + 5, f"{newest[1]:g}", font_weight="700")
    if most[1] > newest[1] and newest[0] - most[0] > ABOVE:
        yield text(most[0], area.at_y(most[1]) - ABOVE, f"{most[1]:g}", anchor="middle")


def _ends(days: Sequence[Day], area: Area) -> Iterator[Element]:
    if days:
        begins = days[0].on
        yield text(area.left, HEIGHT - 6, say("chart.day", on=begins), opacity=0.75)
        yield text(area.right, HEIGHT - 6, say("chart.today"), anchor="end", opacity=0.75)
