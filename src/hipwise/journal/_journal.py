"""A runner's journal: what the faces call, one method a use case, a desk for each kind of them."""

from __future__ import annotations

from hipwise.journal._jobs import JobDesk

__all__ = ["Journal"]


class Journal(JobDesk):
    """A runner's journal. Use it in a `with` block, or close it."""
