"""The exercises of a plan on paper: each with its figure, its dose, how to do it and when to stop."""

from __future__ import annotations

from hipwise.draw import FigureForm, figure
from hipwise.handout._assessment import versions
from hipwise.handout._paper import LARGE, Data, Line, PaperSize, bullets, card, page, pdf_bytes, picture, words
from hipwise.handout._plan import in_words
from hipwise.handout._sessions import Offer
from hipwise.knowledge import Knowledge
from hipwise.plan import Prescribed, Today
from hipwise.texts import say

__all__ = ["sheet_pages", "sheet_pdf"]

MOST_ERRORS = 2
FIGURE_WIDTH = 0.8


def sheet_pdf(
    offered: Offer, verdict: Today, knowledge: Knowledge, *, side: str | None = None, paper: PaperSize = "a4"
) -> bytes:
    """Return the sheet as a PDF; the sore SIDE works in its figures.

    Raises:
        HipwiseError: it could not be made.
    """
    pages = sheet_pages(offered, verdict, knowledge, side=side)
    foot = say("handout.paper_foot", **versions(knowledge), on=in_words(verdict.on))
    return pdf_bytes(pages, say("handout.sheet_title"), foot, paper)


def sheet_pages(offered: Offer, verdict: Today, knowledge: Knowledge, *, side: str | None = None) -> list[Data]:
    """Return the sheet: the exercises that may be done now, or in their place whom to see, or why there are none."""
    title = say("handout.sheet_title")
    if offered.referral is not None:
        first = offered.referral
        number = [say("handout.emergency_number", number=first.number)] if first.number else []
        lines: list[Line] = [(first.what, first.how_fast), *number, say("handout.sheet_no_exercise")]
        return [page(title, above=[words(lines, box=True), bullets(first.until_then)])]
    if not offered.exercises:
        return [page(title, above=[words([verdict.headline, say("handout.sheet_nothing")], box=True)])]
    intro = words([say("handout.sheet_made", on=in_words(verdict.on)), *_days(offered), *verdict_limits(verdict)])
    cards = [_exercise(each, knowledge, side) for each in offered.exercises]
    half = (len(cards) + 1) // 2
    advice = [bullets([(f"{each.name}:", each.says) for each in offered.advice], say("handout.sheet_advice"))]
    above = [intro, *(advice if offered.advice else [])]
    return [page(title, above=above, left=cards[:half], right=cards[half:], sizes=LARGE)]


def verdict_limits(verdict: Today) -> list[str]:
    """Return how much pain is allowed, in words."""
    limits = verdict.limits
    return [say("handout.sheet_bone" if limits.bone else "handout.sheet_limits", lo=limits.lo, hi=limits.hi)]


def _days(offered: Offer) -> list[str]:
    days = [in_words(each.on) for each in offered.days if each.strength]
    return [say("handout.sheet_days", days=", ".join(days))] if days else []


def _exercise(exercise: Prescribed, knowledge: Knowledge, side: str | None) -> Data:
    drawn = None
    if exercise.id in knowledge.rehab.figures:
        shown = figure(exercise.id, knowledge, FigureForm.PRINT, side="left" if side == "left" else "right")
        drawn = picture(str(shown), say("handout.sheet_figure", name=exercise.name), width=FIGURE_WIDTH)
    errors = "; ".join(exercise.errors[:MOST_ERRORS])
    lines: list[Line] = [
        (say("handout.sheet_dose"), "; ".join(filter(None, (exercise.dose, exercise.tempo)))),
        *exercise.steps,
        *([(say("handout.sheet_not"), errors)] if errors else []),
        (say("handout.sheet_harder"), exercise.progress_when),
        (say("handout.sheet_stop"), exercise.stop_when),
    ]
    return card(drawn, exercise.name, lines)
