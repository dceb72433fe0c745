"""What reasoning returns: how urgent, what it could be, and why."""

from __future__ import annotations

from dataclasses import dataclass

from hipwise.knowledge import Level

__all__ = ["NO_FINDINGS", "Opinion", "Picture", "Raised", "Ranked", "Ranking", "Reason", "Triage", "TurningPoint"]


NO_FINDINGS = frozenset({"prior", "overlap", "doubt"})
"""Lines of a reckoning that no answer stands behind."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A red flag that stands: rule ID at LEVEL, because of FINDINGS (ids; also "age" and "sex")."""

    id: str
    level: Level
    name: str
    because: str
    says: str
    suspects: tuple[str, ...]
    sources: tuple[str, ...]
    findings: tuple[str, ...]
    bone_stress: bool
    no_ranking: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A plain picture that the answers make: MET of its OF signs; it speaks for CAUSES and asks for LEVEL."""

    id: str
    name: str
    causes: tuple[str, ...]
    met: int
    of: int
    level: Level


@dataclass(frozen=True, slots=True)
class Opinion:
    """The second opinion: the LEVEL that it asks for by itself, and the PICTURES behind it, the fullest first."""

    level: Level
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Triage:
    """How urgent it is.

    LEVEL is the highest of all ALARMS, and at least routine while MISSING (first-page questions that are unanswered,
    declined or stale; "age" among them) is not empty. BONE_STRESS is the interlock: while it is true nothing may offer
    running, jumping or a hop test. CLEARED says that a clinician's clearance is in force. TOO_YOUNG: under 16, no
    ranking, a guardian and a clinician. CONTRADICTIONS says what was told that cannot both be meant; meanwhile the more
    careful reading counts, and self-care waits. SECOND is the second opinion; MORE_CAREFUL says that its advice is more
    careful than that of the red flags, and counts.
    """

    level: Level
    alarms: tuple[Raised, ...]
    bone_stress: bool
    cleared: bool
    missing: tuple[str, ...]
    too_young: bool
    contradictions: tuple[str, ...] = ()
    second: Opinion = Opinion(Level.SELF_CARE, ())
    more_careful: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: FINDING in STATE moves the log odds by DECIBANS.

    FINDING is a finding id, "prior", "overlap" (causes explain one another away) or "doubt" (pictures may mislead).
    COUNTS is the share of its weight of evidence that an answer counts: less where others say much the same.
    """

    finding: str
    state: str
    decibans: float
    sources: tuple[str, ...] = ()
    counts: float = 1.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """One possible cause: its probability with an interval, and the reasons, which add up to the log odds."""

    id: str
    name: str
    probability: float
    low: float
    high: float
    reasons: tuple[Reason, ...]
    not_asked: tuple[str, ...]

    @property
    def speaks_for(self) -> tuple[Reason, ...]:
        """Findings that raise it, strongest first."""
        found = (each for each in self.reasons if each.decibans > 0 and each.finding not in NO_FINDINGS)
        return tuple(sorted(found, key=lambda each: -each.decibans))

    @property
    def speaks_against(self) -> tuple[Reason, ...]:
        """Findings that lower it, strongest first."""
        found = (each for each in self.reasons if each.decibans < 0 and each.finding not in NO_FINDINGS)
        return tuple(sorted(found, key=lambda each: each.decibans))


@dataclass(frozen=True, slots=True)
class Ranking:
    """Urgency first, then causes (none where the level is emergency or same-day, or the runner is under 16).

    SOMETHING_ELSE is the probability that none of the listed causes is at work; LEFT_OUT the prior share of larger sets
    of causes that were not weighed; NOT_LOOKED_AT text ids of what this ranking did not consider. APART: where the
    course of the pain was weighed, each cause that needs a clinician (id) and its probability without that.
    """

    triage: Triage
    causes: tuple[Ranked, ...]
    something_else: float
    left_out: float
    not_looked_at: tuple[str, ...]
    apart: tuple[tuple[str, float], ...] = ()

    @property
    def level(self) -> Level:
        """How urgent it is."""
        return self.triage.level

    @property
    def disagreement(self) -> str | None:
        """Which of the two ways of reasoning differ: "urgency" (the more careful one counts), "cause", or None."""
        if self.triage.more_careful:
            return "urgency"
        pictures = [each for each in self.triage.second.pictures if each.causes]
        if not self.causes or not pictures:
            return None
        return None if any(self.causes[0].id in each.causes for each in pictures) else "cause"

    def careful(self, cause: Ranked) -> float:
        """Return how likely a cause counts for what is opened or closed: a pain that eased makes none smaller."""
        return max(cause.probability, dict(self.apart).get(cause.id, 0.0))

    def top(self, count: int) -> tuple[Ranked, ...]:
        """Return the COUNT likeliest causes."""
        return self.causes[:count]


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """If FINDING were THEN, not STATE, the level would be LEVEL_THEN, not LEVEL, and TOP_THEN first, not TOP.

    TOP_THEN is None where nothing would be ranked any more.
    """

    finding: str
    state: str
    then: str
    level: Level
    level_then: Level
    top: str
    top_then: str | None
