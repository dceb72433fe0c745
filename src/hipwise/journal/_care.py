"""The desk of care: urgency, causes, the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hipwise.activity import Lap
from hipwise.causes import turning_points
from hipwise.errors import HipwiseError
from hipwise.handout import turning_data
from hipwise.journal._known import Known
from hipwise.journal._outlook import AheadDesk
from hipwise.journal._pains import agreed_on, id_of
from hipwise.journal._weigh import Assessment
from hipwise.plan import Change, Plan, Referral, Today, given_of, overridden, replay
from hipwise.texts import say

__all__ = ["CareDesk", "CheckedIn", "Override"]

BAD = frozenset({"red", "cut"})


@dataclass(frozen=True, slots=True)
class Override:
    """A run against the advice ON a day: the RULE that spoke against it, the runner's REASON, and what CAME_OF it.

    CAME_OF is green, hold, cut or red as the run was borne; unknown where nobody told, none where there was no run.
    """

    on: date
    rule: str
    reason: str
    came_of: str


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """What came of a check-in: the verdict of its day, and the CHANGES of the plan that were made by themselves."""

    today: Today
    changes: tuple[Change, ...]


class CareDesk(AheadDesk):
    """What is told becomes urgency, causes, a plan, and what to do today."""

    def assess(self) -> Assessment:
        """Return how urgent it is, what it could be and why; keep what was said, and a referral as one that stands."""
        known = self._known()
        found = known.assessment()
        self._agree(known, known.own_referral)
        alarms = [each.id for each in found.ranking.triage.alarms]
        self._keep("assess", known, {"level": found.ranking.level.code, "alarms": alarms})
        return found

    def what_if(self) -> list[dict[str, Any]]:
        """Return which single answers, were they otherwise, would change the urgency or the cause on top.

        Plain data, what changes the urgency first; empty where a referral stands: there it is not for answers to argue.
        """
        known = self._known()
        if known.referral is not None:
            return []
        points = turning_points(known.athlete, known.evidence, self.knowledge, known.on)
        return [turning_data(each, self.knowledge) for each in points]

    def today(self, planned_km: float | None = None, *, override: str | None = None) -> Today:
        """Return the verdict for today, for a run of PLANNED_KM if one is planned; keep it with its trace.

        A referral that it gives stands from then on, until a clinician was seen. With OVERRIDE, the runner's own
        reason, a run against the advice is noted.

        Raises:
            HipwiseError: an override where there is none: at an alarm, with a question open, after a bone injury, with
                fever, a limp, a broken night, pain at rest or a lock.
        """
        return self._answered(self._known(), planned_km, override)

    def _answered(self, known: Known, planned_km: float | None, override: str | None) -> Today:
        asked = known.asked(planned_km)
        verdict = known.answer(asked)
        self._agree(known, known.own_referral)
        trace = {"given": given_of(asked)}
        self._keep("today", known, verdict.as_dict() | trace)
        if override is None:
            return verdict
        against = overridden(verdict, override, self.knowledge)
        self._keep("override", known, against.as_dict() | trace)
        bad = sum(each.came_of in BAD for each in self.overrides())
        notes = (*against.notes, say("today.override_bad", count=bad)) if bad else against.notes
        return replace(against, notes=notes)

    def replay(self, trace: Mapping[str, Any]) -> Today:
        """Return the verdict that was kept with TRACE, made anew from what it was made from.

        By the rules and the knowledge of now: where they are not those of then, a note says so, and what was said then.

        Raises:
            HipwiseError: the trace is of an older version, which did not keep all of that.
        """
        try:
            found = replay(trace["given"], self.knowledge)
            said = str(trace["headline"])
        except (KeyError, TypeError, ValueError) as problem:
            raise HipwiseError("trace_old") from problem
        if trace.get("versions") == self._versions():
            return found
        note = say("journal.rules_changed", headline=said)
        return replace(found, notes=(*found.notes, note))

    def traces(self, most: int | None = None) -> tuple[dict[str, Any], ...]:
        """Return the traces of the verdicts of the day, newest first."""
        return tuple(each.trace for each in self._memory.verdicts("today", most))

    def overrides(self) -> tuple[Override, ...]:
        """Return the runs against the advice, newest first, and what came of each."""
        kept = self._memory.verdicts("override", whole=False)
        borne = self._known().borne if kept else {}
        return tuple(
            Override(each.on, str(each.trace["rule"]), str(each.trace["override"]), borne.get(each.on, "none"))
            for each in kept
        )

    def checkin(self, states: Mapping[str, str]) -> Today:
        """Keep a check-in, let the plan follow it, and return the verdict for today.

        Raises:
            UnknownAnswer: a score or a tick that does not exist; nothing is kept then.
        """
        return self.checked_in(states).today

    def checked_in(
        self, states: Mapping[str, str], planned_km: float | None = None, *, lap: Lap | None = None
    ) -> CheckedIn:
        """Keep a check-in, let the plan follow it in the same step; return the verdict of its day, and what changed.

        LAP is where in the last run the pain began.

        Raises:
            UnknownAnswer: a score or a tick that does not exist; nothing is kept then.
        """
        changes = self._tell_and_follow(states, lap)
        return CheckedIn(self._answered(self._known(), planned_km, None), changes)

    def agreed(self) -> Plan | Referral | None:
        """Return the plan (or referral) that was agreed on; None where there is none, or an older version made it."""
        return agreed_on(self._memory, id_of(self.episode))

    def report(self) -> dict[str, Any]:
        """Return all that a clinician wants on one page, as plain data."""
        return self._known().report()
