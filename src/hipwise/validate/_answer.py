"""What hipwise says to one case, marked against its label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hipwise.causes import situation, triage, weighed
from hipwise.knowledge import Knowledge, Level
from hipwise.model import Athlete, Evidence, Finding
from hipwise.validate._interview import hear
from hipwise.validate._label import Case
from hipwise.words import Reader

__all__ = ["ON", "Answer", "answer"]

ON = date(2030, 5, 6)
"""Any day: a case tells everything on one day."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one case gets: the LEVEL and the ALARMS that stand; ALLOWED are the levels that are no error.

    TOLD is what it was told or heard. CAUSES are the probabilities, likeliest first, whatever the level: to measure,
    never to be shown. ASKED is how many pages and questions an interview would take (None: not counted).
    """

    case: Case
    level: Level
    allowed: frozenset[Level]
    alarms: tuple[str, ...]
    told: Mapping[str, str]
    causes: dict[str, float]
    asked: int | None = None

    @property
    def under(self) -> bool:
        """Less urgent than the least urgent level that is no error: the measure of safety."""
        return self.level < min(self.allowed)

    @property
    def over(self) -> bool:
        """More urgent than the most urgent level that is no error."""
        return self.level > max(self.allowed)

    @property
    def exact(self) -> bool:
        """At a level that was labelled."""
        return self.level in self.case.label.exact

    def place(self, *, fair: bool) -> int | None:
        """Return where the final cause stands, or the first FAIR one (0: on top); None where none is labelled."""
        wanted = self.case.label.fair if fair else {self.case.label.final} - {None}
        return next((place for place, cause in enumerate(self.causes) if cause in wanted), None)

    @property
    def promise(self) -> tuple[float, bool]:
        """The probability of the cause on top, and whether a fair marker accepts it."""
        top, share = next(iter(self.causes.items()))
        return share, top in self.case.label.fair


def answer(case: Case, knowledge: Knowledge, reader: Reader | None = None, *, with_interview: bool = False) -> Answer:
    """Return what hipwise says to CASE: to its answers, or with a READER to its own words, as `assess --text` does."""
    told, age_y, sex = dict(case.told or {}), case.age_y, case.sex
    if reader is not None:
        reading = reader.read(case.text or "", ON)
        told = reading.careful
        age_y, sex = reading.age_y if age_y is None else age_y, sex or reading.sex
    athlete = Athlete.of_age(age_y, sex, ON)
    evidence = Evidence.of(Finding(finding, state, ON) for finding, state in told.items())
    urgency = triage(athlete, evidence, knowledge, ON)
    causes = weighed(situation(athlete, evidence, knowledge, ON), knowledge)
    asked = hear(athlete, told, knowledge, ON).asked if with_interview else None
    allowed = case.label.allowed if reader is None else case.label.open
    return Answer(case, urgency.level, allowed, tuple(each.id for each in urgency.alarms), told, causes, asked)
