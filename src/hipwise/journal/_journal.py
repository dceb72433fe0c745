"""A runner's journal: what the faces call, one method a use case, a desk for each kind of them."""

from __future__ import annotations

from hipwise.journal._handing import HandingDesk

__all__ = ["Journal"]


class Journal(HandingDesk):
    """A runner's journal. Use it in a `with` block, or close it."""
