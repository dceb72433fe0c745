"""What own words become: proposals, each with the phrase that it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hipwise.words._scope import Standing

__all__ = ["Proposal", "Reading"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A finding that a text may tell: FINDING is in STATE; PHRASE stands in the text from START to END.

    ALARMING: the state that the phrase speaks of can raise the level, whatever the standing of the phrase.
    CAUGHT: the first reading passed it over; the plainer one, which only sees words that stand together, did not. Where
    the first said something milder in other words, that is FIRST.
    """

    finding: str
    state: str
    standing: Standing
    phrase: str
    start: int
    end: int
    alarming: bool
    caught: bool = False
    first: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the proposal as plain data."""
        return {
            "finding": self.finding,
            "state": self.state,
            "standing": self.standing.value,
            "phrase": self.phrase,
            "start": self.start,
            "end": self.end,
            "alarming": self.alarming,
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in a text: one proposal for each finding; who it is; and what no phrase touched.

    Nothing of it counts until the runner has confirmed it. FEARED are illnesses that people worry about without having
    them, and what was long ago: a doubt about these is no sign.
    """

    proposals: tuple[Proposal, ...]
    age_y: int | None
    sex: str | None
    not_understood: tuple[str, ...]
    feared: frozenset[str] = frozenset()

    def of(self, *standings: Standing) -> tuple[Proposal, ...]:
        """Return the proposals of these standings, in the order of the text."""
        return tuple(each for each in self.proposals if each.standing in standings)

    @property
    def told(self) -> dict[str, str]:
        """State by finding, of what was said or denied; doubt and what was set aside tell nothing."""
        first = {each.finding: each.first for each in self.proposals if each.first is not None}
        return first | {each.finding: each.state for each in self.of(Standing.SAID, Standing.DENIED)}

    @property
    def doubted(self) -> tuple[Proposal, ...]:
        """Return what is doubted ("I think I heard a pop") or caught, and can raise the alarm: signs of now."""
        alarming = (each for each in self.of(Standing.DOUBT) if each.alarming)
        return tuple(each for each in alarming if each.caught or each.finding not in self.feared)

    @property
    def careful(self) -> dict[str, str]:
        """State by finding, of what was told and of what was said with a doubt; a denial with a doubt calms nobody."""
        return self.told | {each.finding: each.state for each in self.doubted}

    def as_dict(self) -> dict[str, Any]:
        """Return the reading as plain data."""
        return {
            "proposals": [each.as_dict() for each in self.proposals],
            "age": self.age_y,
            "sex": self.sex,
            "not_understood": list(self.not_understood),
        }
