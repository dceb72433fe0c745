"""A runner's journal: what the faces call, one method a use case, a desk for each kind of them."""

from __future__ import annotations

from hipwise.journal._jobs import JobDesk
from hipwise.journal._screen import ScreenDesk

__all__ = ["Journal"]


class Journal(JobDesk, ScreenDesk):
    """A runner's journal. Use it in a `with` block, or close it."""
