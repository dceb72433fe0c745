"""What commands print on: boxes and colours on a terminal, plain lines elsewhere. Colour never says anything alone."""

from __future__ import annotations

import re
import signal
import textwrap
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

__all__ = ["Paper"]

BULLET = "  • "
FULL, HALF = "█", "▒"
PLAIN_BULLET, PLAIN_FULL, PLAIN_HALF = "  - ", "#", "-"
WIDEST = 100
"""Longer lines are hard to read, however wide the window is."""

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Signs that steer a terminal, or turn the order of letters: a name of a file, or a word of a backup, may hold them."""


def _shown(text: str) -> str:
    return STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


class Paper:
    """The terminal (or, ASIDE, the one for errors and progress), as wide as it is."""

    def __init__(self, *, aside: bool = False) -> None:
        self.console = Console(stderr=aside, highlight=False, markup=False, emoji=False)
        self.is_screen = self.console.is_terminal and not self.console.is_dumb_terminal
        self._rich_signs = self.console.encoding.lower().startswith("utf")

    @property
    def width(self) -> int:
        """How many signs fit into a line."""
        return min(self.console.width, WIDEST)

    def line(self, text: str = "", style: str = "", *, indent: str = "", hang: str | None = None) -> None:
        """Print TEXT, wrapped between words; lines after the first begin with HANG."""
        follow = indent if hang is None else hang
        wrapped = textwrap.wrap(
            _shown(text),
            self.width,
            initial_indent=indent,
            subsequent_indent=follow,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for each in wrapped or [""]:
            self.console.print(Text(each, style=style if self.is_screen else ""), soft_wrap=True)

    def bullets(self, texts: Iterable[str], style: str = "") -> None:
        """Print one bullet a text."""
        sign = BULLET if self._rich_signs else PLAIN_BULLET
        for text in texts:
            self.line(text, style, indent=sign, hang=" " * len(sign))

    def head(self, title: str) -> None:
        """Begin a part."""
        if self.is_screen:
            self.console.rule(Text(_shown(title)), style="dim")
        else:
            self.line()
            self.line(title.upper())

    def card(self, lines: Sequence[str], title: str = "", style: str = "") -> None:
        """Print LINES so that they stand out."""
        if self.is_screen:
            box = Panel(
                Text(_shown("\n".join(lines))),
                title=Text(_shown(title)) if title else None,
                border_style=style,
                width=self.width,
            )
            self.console.print(box)
            return
        self.line()
        if title:
            self.line(title.upper())
        for each in lines:
            self.line(each)

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> None:
        """Print a table; the columns RIGHT hold numbers."""
        table = Table(box=None, padding=(0, 2, 0, 0), show_header=any(heads))
        for place, head in enumerate(heads):
            table.add_column(Text(head), justify="right" if place in right else "left", overflow="fold")
        for row in rows:
            table.add_row(*(Text(_shown(cell)) for cell in row))
        self.console.print(table)

    def bar(self, whole: int, width: int, part: int = 0) -> str:
        """Return a bar of WHOLE signs, the first PART of them marked, on WIDTH signs."""
        full, half = (FULL, HALF) if self._rich_signs else (PLAIN_FULL, PLAIN_HALF)
        return f"{full * part + half * (whole - part):<{width}}"

    def ask(self, prompt: str) -> str:
        """Ask for a line; return it without the blanks around it, in small letters.

        Raises:
            EOFError: nobody can answer (any more).
        """
        if hasattr(signal, "siginterrupt"):
            signal.siginterrupt(signal.SIGINT, True)  # Polars would let Ctrl-C wait until a line is typed
        return self.console.input(Text(f"{_shown(prompt)}: ", style="bold" if self.is_screen else "")).strip().lower()
