"""The desk of care: urgency, causes, the plan, the day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hipwise.journal._hip import HipDesk
from hipwise.journal._known import Known
from hipwise.journal._pains import agreed_on, id_of
from hipwise.journal._weigh import Assessment
from hipwise.plan import Plan, Referral, Today, Wishes

__all__ = ["CareDesk"]


class CareDesk(HipDesk):
    """What is told becomes urgency, causes, a plan, and what to do today."""

    def assess(self) -> Assessment:
        """Return how urgent it is, what it could be and why; keep what was said, and a referral as one that stands."""
        known = self._known()
        found = known.assessment()
        self._agree(known, found.referral)
        alarms = [each.id for each in found.ranking.triage.alarms]
        self._keep("assess", known, {"level": found.ranking.level.code, "alarms": alarms})
        return found

    def plan(self, wishes: Wishes | None = None) -> Plan | Referral:
        """Return the plan (or the referral) for what is known today, and keep it as agreed once red flags are answered.

        A referral that was agreed on and that nobody has answered yet still stands, and is returned as it is.
        """
        known = self._known()
        made = known.plan(wishes or Wishes())
        self._agree(known, made)
        return made

    def _agree(self, known: Known, made: Plan | Referral | None) -> None:
        """Keep a plan or referral, if it is new and the red flags are answered (or cannot wait for that)."""
        if made is not None and known.is_settled and made != known.agreed:
            with self._memory.step("plan", self._of_day(), self._now()) as step:
                step.set_plan(made.as_dict(), known.on, id_of(known.episode), self._versions())

    def today(self, planned_km: float | None = None) -> Today:
        """Return the verdict for today, for a run of PLANNED_KM if one is planned; keep it with its trace.

        A referral that it gives stands from then on, until a clinician was seen.
        """
        known = self._known()
        verdict = known.today(planned_km)
        self._agree(known, known.referral)
        self._keep("today", known, verdict.as_dict())
        return verdict

    def checkin(self, states: Mapping[str, str]) -> Today:
        """Keep a check-in and return the verdict for today.

        Raises:
            UnknownAnswer: a score or a tick that does not exist; nothing is kept then.
        """
        self.tell(states, kind="checkin", origin="check-in")
        return self.today()

    def agreed(self) -> Plan | Referral | None:
        """Return the plan (or referral) that was agreed on; None where there is none, or an older version made it."""
        return agreed_on(self._memory, id_of(self.episode))

    def report(self) -> dict[str, Any]:
        """Return all that a clinician wants on one page, as plain data."""
        return self._known().report()
