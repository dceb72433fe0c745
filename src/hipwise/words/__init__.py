"""Own words become proposed findings, each with the phrase that it came from; nothing counts until it is confirmed."""

from hipwise.words._reader import LONGEST, Reader
from hipwise.words._scope import Standing
from hipwise.words._types import Proposal, Reading

__all__ = ["LONGEST", "Proposal", "Reader", "Reading", "Standing"]
