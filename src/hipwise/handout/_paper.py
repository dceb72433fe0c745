"""Sections become a PDF by typst: tagged, one font, no network and no file but our own template.

What stands in a section is data for the template, never its code, so no text of a runner can become code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from tempfile import TemporaryDirectory
from typing import Any, Literal, TypeAlias

from hipwise.errors import HipwiseError
from hipwise.texts import say

__all__ = [
    "LARGE",
    "PAPERS",
    "Data",
    "Line",
    "PaperSize",
    "bullets",
    "card",
    "page",
    "pdf_bytes",
    "picture",
    "table",
    "words",
]

Data = dict[str, Any]
Line: TypeAlias = str | tuple[str, str] | tuple[str, str, str]
"""A line; of two parts the first stands out, of three the second."""

PaperSize = Literal["a4", "letter"]
PAPERS: dict[str, str] = {"a4": "a4", "letter": "us-letter"}
SIZES = (9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6)
LARGE = (12, 11, 10, *SIZES)
"""Sizes of text, in points: a page takes the first with which all fits on it. LARGE is read from the floor."""

LONGEST = 1500
"""Signs of one text; no text of ours is nearly as long."""

UNSHOWN = re.compile(
    r"[^\n\x20-\x7e\xa0-\u024f\u0370-\u03ff\u0400-\u04ff\u2010-\u2027\u2030-\u203a\u20ac\u2190-\u2193\u2264\u2265\u00d7]"
)
"""What the font of the page may not have; a sign in its place says that something stood there."""

SCREEN_FONT, PAPER_FONT = "system-ui, sans-serif", "Libertinus Serif"
"""Pictures name the first; the paper has the second built in."""


def words(lines: Iterable[Line], title: str | None = None, *, box: bool = False) -> Data:
    """Return a section of LINES, one paragraph each, in a BOX if they must not be missed."""
    return {"kind": "box" if box else "text", "title": title, "lines": list(lines)}


def bullets(lines: Iterable[Line], title: str | None = None) -> Data:
    """Return a section of LINES, each with a bullet; without any it says that there is nothing."""
    found = list(lines)
    return {"kind": "list", "title": title, "lines": found} if found else words([say("handout.paper_none")], title)


def table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], title: str, widths: Sequence[float], right: Sequence[int] = ()
) -> Data:
    """Return a section that is a table; columns RIGHT hold numbers; without a row it says that there is nothing."""
    found = [list(row) for row in rows]
    if not found:
        return words([say("handout.paper_none")], title)
    shape = {"widths": list(widths), "right": list(right), "after": []}
    return {"kind": "table", "title": title, "heads": list(heads), "rows": found, **shape}


def picture(svg: str, alt: str, *, width: float = 1) -> Data:
    """Return a section that is a picture (SVG text) with what it shows in words."""
    return {"kind": "picture", "title": None, "svg": svg.replace(SCREEN_FONT, PAPER_FONT), "alt": alt, "width": width}


def card(drawn: Data | None, title: str, lines: Iterable[Line]) -> Data:
    """Return a section with a picture above its LINES, which stay together on a page; DRAWN may be None."""
    if drawn is None:
        return bullets(lines, title)
    return drawn | {"kind": "card", "title": title, "lines": list(lines)}


def page(
    title: str | None,
    *,
    above: Sequence[Data] = (),
    left: Sequence[Data] = (),
    right: Sequence[Data] = (),
    below: Sequence[Data] = (),
    sizes: Sequence[float] = SIZES,
) -> Data:
    """Return a page: sections ABOVE, in two columns, and BELOW, its text in the first of SIZES that fits."""
    parts = {"above": list(above), "left": list(left), "right": list(right), "below": list(below)}
    return {"title": title, "sizes": list(sizes), **parts}


def pdf_bytes(pages: Sequence[Data], title: str, foot: str, paper: PaperSize) -> bytes:
    """Return PAGES as a tagged PDF (PDF/UA-1).

    Raises:
        HipwiseError: typst could not make it; the reason stands in it.
    """
    import typst

    data = {
        "title": title,
        "maker": "hipwise",
        "keywords": [],
        "lang": say("handout.language_code"),
        "paper": PAPERS[paper],
        "foot": foot,
        "pages": pages,
    }
    given = {"data": json.dumps(_shown(data))}
    with TemporaryDirectory(prefix="hipwise-") as nothing:
        try:
            compiler = typst.Compiler(_template(), root=nothing, ignore_system_fonts=True, sys_inputs=given)
            made = compiler.compile(format="pdf", pdf_standards="ua-1")
        except RuntimeError as problem:
            raise HipwiseError("paper_not_made", reason=str(problem)) from problem
    assert isinstance(made, bytes)  # noqa: S101 (what typst gives for a PDF that goes to no file)
    return made


@cache
def _template() -> bytes:
    return (files("hipwise.handout") / "paper" / "pages.typ").read_bytes()


def _shown(value: Any, name: str = "") -> Any:
    """Return data with every text short enough, and of signs that the font has (pictures as they are)."""
    if isinstance(value, dict):
        return {key: _shown(each, key) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(each, name) for each in value]
    if not isinstance(value, str) or name == "svg":
        return value
    short = value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
    return UNSHOWN.sub("?", short)
