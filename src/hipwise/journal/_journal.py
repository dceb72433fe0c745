"""A runner's journal: what the faces call, one method a use case, a desk for each kind of them."""

from __future__ import annotations

from hipwise.journal._care import CareDesk
from hipwise.journal._keeping import KeepingDesk
from hipwise.journal._training import TrainingDesk

__all__ = ["Journal"]


class Journal(TrainingDesk, CareDesk, KeepingDesk):
    """A runner's journal. Use it in a `with` block, or close it."""
