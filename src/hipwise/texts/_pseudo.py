"""A language that nobody speaks: longer words with accents, so that tests see plain English and tight layouts."""

from __future__ import annotations

import re
from math import ceil

__all__ = ["pseudo"]

PLAIN = "acegilnorstuyzACDEGHILNORSTUW"
ACCENTED = str.maketrans(PLAIN, "áçéğíłñöřšţüýžÅČÐÉĞĦÍŁÑØŘŠŦÛŴ")
LONGER, WORD = 0.4, 12
"""How much longer a text becomes, and the letters of the words that are added."""

BLANK = re.compile(r"(\{(?:[^{}]|\{[^{}]*\})*\})")


def pseudo(text: str) -> str:
    """Return TEXT with accents, brackets and two fifths more length; blanks ({name}) stay, and so do empty texts."""
    if not text.strip():
        return text
    full, rest = divmod(ceil(len(text) * LONGER), WORD)
    more = " ".join([*["~" * WORD] * full, "~" * rest]).rstrip()
    parts = (part if part.startswith("{") else part.translate(ACCENTED) for part in BLANK.split(text))
    return f"⟦{''.join(parts)}{more}⟧"
