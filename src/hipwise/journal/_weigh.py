"""What is known becomes an assessment; a function of what it is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hipwise.causes import Next, Ranking, next_question, rank
from hipwise.journal._reports import ImportReport
from hipwise.knowledge import Knowledge
from hipwise.model import Athlete, Evidence
from hipwise.plan import Referral, refer

__all__ = ["Assessment", "weigh"]


@dataclass(frozen=True, slots=True)
class Assessment:
    """How urgent, what it could be and why, what to ask next, and the referral if there is one.

    FILES is what became of the files that were read for it alone (None: it was made from a journal).
    """

    ranking: Ranking
    following: Next | None
    referral: Referral | None
    files: ImportReport | None = None


def weigh(athlete: Athlete, evidence: Evidence, knowledge: Knowledge, on: date) -> Assessment:
    """Return the assessment of what is known on the day ON."""
    ranking = rank(athlete, evidence, knowledge, on)
    following = next_question(athlete, evidence, knowledge, on)
    return Assessment(ranking, following, refer(ranking, athlete, knowledge))
