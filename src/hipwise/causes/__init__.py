"""Evidence becomes urgency and a ranking with reasons."""

from hipwise.causes._types import Raised, Ranked, Ranking, Reason, Triage

__all__ = ["Raised", "Ranked", "Ranking", "Reason", "Triage"]
