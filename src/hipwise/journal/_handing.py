"""The desk of what is handed out: calendar, workouts, sheet and brief."""

from __future__ import annotations

from datetime import date

from hipwise.activity import workout_bytes
from hipwise.handout import (
    Hours,
    Offer,
    calendar_bytes,
    calendar_entries,
    offer,
    run_workout,
    strength_workout,
)
from hipwise.journal._jobs import JobDesk
from hipwise.journal._known import Known
from hipwise.journal._pains import id_of
from hipwise.plan import Today
from hipwise.store import Verdict

__all__ = ["HandingDesk"]

NOTHING = Hours()


class HandingDesk(JobDesk):
    """What leaves the house, each held to today's verdict: no run and no exercise in it that the day does not offer."""

    def calendar(self, hours: Hours = NOTHING, *, keep: bool = False) -> bytes:
        """Return the calendar (iCalendar): what is planned, or under a referral whom to see and nothing else.

        With KEEP it is noted what was handed out, so that the next calendar can take out what no longer holds.
        """
        known = self._known()
        entries = calendar_entries(self._offer(known)[0], known.on, hours, self._handed_out())
        if keep:
            stands = [[each.kind, each.on.isoformat()] for each in entries if not each.gone]
            self._memory.add_verdict(
                Verdict("calendar", known.on, self._now(), id_of(known.episode), {"entries": stands})
            )
        return calendar_bytes(entries, self._whose(known), self._now(), hours)

    def workout(self, on: date | None = None, *, strength: bool = False) -> bytes:
        """Return the run of the day ON (today), or with STRENGTH the exercises, as a FIT workout for the watch.

        Raises:
            HipwiseError: that is not offered now, or the day has none.
        """
        known = self._known()
        offered, verdict = self._offer(known)
        made = (strength_workout if strength else run_workout)(offered, verdict, on or known.on)
        return workout_bytes(made, self._now())

    @staticmethod
    def _offer(known: Known) -> tuple[Offer, Today]:
        """Return what may be handed out, and the verdict behind it."""
        verdict = known.of_day
        return offer(known.agreed, verdict, known.referral), verdict

    def _handed_out(self) -> set[tuple[str, date]]:
        kept = self._memory.verdicts("calendar")
        return {(kind, date.fromisoformat(day)) for each in kept for kind, day in each.trace["entries"]}

    @staticmethod
    def _whose(known: Known) -> str:
        """Return what tells this runner's entries from another's, and stays as it is."""
        return id_of(known.episode) or "-"
