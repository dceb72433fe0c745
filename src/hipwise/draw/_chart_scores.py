"""The weekly score as points on one axis, joined from week to week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from hipwise.draw._chart import Area, Chart, chart, line, mark, text
from hipwise.draw._chart_days import months
from hipwise.draw._svg import Element
from hipwise.texts import say

__all__ = ["scores_chart"]

LEFT, RIGHT, TOP, BOTTOM, HEIGHT = 40, 16, 18, 128, 154
ROOM = 16
"""For a number above its point."""

SCALE = (0, 25, 50, 75, 100)
NEXT = timedelta(10)
"""Scores further apart than a week and some days are not joined: nobody told how it was between them."""

LEAST = timedelta(28)
"""The axis is never shorter: two weeks that fill it would look like a long time."""


def scores_chart(scores: Sequence[tuple[date, int]], *, width: float = 360) -> Chart:
    """Return weekly SCORES (0 to 100, oldest first) as a chart of WIDTH."""
    last = scores[-1][0] if scores else date.min + LEAST
    first = min(scores[0][0], last - LEAST) if scores else last - LEAST
    across = first.toordinal() - 2, last.toordinal() + 2
    area = Area(LEFT, width - RIGHT, TOP, BOTTOM, across, (SCALE[0], SCALE[-1]))
    body = [*area.rules(SCALE), *_line(scores, area)]
    if scores:
        body += months(area, first, last)
    heads = (say("chart.head_date"), say("chart.head_score"))
    said = say("chart.title_scores"), _says(scores)
    return chart(said, (width, HEIGHT), (), body, (heads, ((on.isoformat(), score) for on, score in scores)))


def _says(scores: Sequence[tuple[date, int]]) -> str:
    if not scores:
        return say("chart.says_scores_none")
    told = [score for _, score in scores]
    return say("chart.says_scores", count=len(told), low=min(told), high=max(told), newest=told[-1], on=scores[-1][0])


def _line(scores: Sequence[tuple[date, int]], area: Area) -> Iterator[Element]:
    for (before, one), (after, other) in pairwise(scores):
        if after - before <= NEXT:
            ends = area.at_x(before.toordinal()), area.at_y(one), area.at_x(after.toordinal()), area.at_y(other)
            yield line(*ends, stroke_width=1.5)
    for on, score in scores:
        yield mark("circle", area.at_x(on.toordinal()), area.at_y(score))
    if scores:
        on, score = scores[-1]
        at = area.at_y(score)
        yield text(area.at_x(on.toordinal()), at - 9 if at > TOP + ROOM else at + 21, str(score), anchor="middle")
