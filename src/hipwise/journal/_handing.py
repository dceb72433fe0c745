"""The desk of what is handed out: calendar, workouts, sheet and brief."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hipwise.activity import workout_bytes
from hipwise.form import Form
from hipwise.handout import (
    DONE_D,
    Beside,
    HandedOut,
    Hours,
    Offer,
    PaperSize,
    ScoreKept,
    brief_pdf,
    calendar_bytes,
    calendar_entries,
    exercises_data,
    form_data,
    offer,
    pain_line,
    run_workout,
    sheet_pdf,
    strength_workout,
)
from hipwise.journal._jobs import JobDesk
from hipwise.journal._known import Known
from hipwise.journal._pains import id_of
from hipwise.journal._screen import ScreenDesk
from hipwise.plan import Plan, Referral, StageLine, Today, stages_of
from hipwise.store import Verdict
from hipwise.texts import say

__all__ = ["HandingDesk"]

NOTHING = Hours()
NOBODY = "-"
"""Whose an entry is that was handed out while no pain was told of."""

CHART_WIDTH = 900
"""Wide, and so low on paper."""


class HandingDesk(JobDesk, ScreenDesk):
    """What leaves the house, each held to today's verdict: no run and no exercise in it that the day does not offer."""

    def beside_today(self) -> dict[str, Any]:
        """Return what stands beside the verdict of the day: the exercises, and the pain of two weeks as a small line.

        Under a referral there is neither: nothing shall stand beside whom to see.
        """
        known = self._known()
        offered, _ = self._offer(known)
        if offered.referral is not None:
            return {"exercises": None, "pain": None}
        done = {str(each.body["exercise"]) for each in known.entries if each.kind == "done" and each.on == known.on}
        return {
            "exercises": exercises_data(offered, done, self.knowledge),
            "pain": pain_line(known.evidence, known.on),
        }

    def stages(self, standing: Plan | Referral | None) -> tuple[StageLine, ...]:
        """Return the stages of what is STANDING, and what leaving the present one still takes; none but of a plan."""
        known = self._known()
        if not isinstance(standing, Plan):
            return ()
        return stages_of(standing, known.evidence, self.knowledge, known.on)

    def calendar(self, hours: Hours = NOTHING, *, keep: bool = False) -> bytes:
        """Return the calendar (iCalendar): what is planned, or under a referral whom to see and nothing else.

        With KEEP it is noted what was handed out, so that the next calendar can take out what no longer holds.
        """
        known = self._known()
        entries = calendar_entries(self._offer(known)[0], known.on, hours, self._handed_out(known))
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

    def sheet_pdf(self, paper: PaperSize = "a4") -> bytes:
        """Return the exercises of the plan with their figures as a PDF, or in their place whom to see first.

        Raises:
            HipwiseError: it could not be made.
        """
        known = self._known()
        side = None if known.episode is None else known.episode.side
        return sheet_pdf(*self._offer(known), self.knowledge, side=side, paper=paper)

    def report_pdf(self, paper: PaperSize = "a4") -> bytes:
        """Return the brief for a physio or a GP as a PDF of two pages.

        Raises:
            HipwiseError: it could not be made.
        """
        known = self._known()
        report = known.report()
        return brief_pdf(report, self._beside_report(known), self.knowledge, paper)

    def _beside_report(self, known: Known) -> Beside:
        country = known.athlete.country
        number = self.knowledge.rehab.emergency_numbers.get((country or "").upper())
        return Beside(
            evidence=known.evidence,
            chart=known.chart("time", width=CHART_WIDTH),
            form=form_data(self._form(known), self.knowledge),
            grade=self.quality().grade_on(known.on),
            scores=tuple(self._newest_scores()),
            said=tuple(self._said(known)),
            done=tuple(self._done(known)),
            number=None if number is None else number.number,
        )

    def _form(self, known: Known) -> Form:
        episode = known.episode
        onset = None if episode is None else episode.onset or episode.opened
        return self._seen.form((self.stamp.runs, known.on, onset), self.form)

    def _newest_scores(self) -> Iterator[ScoreKept]:
        """Yield the newest score of each scale, with the one before it."""
        for name, form in self.knowledge.questionnaires.items():
            kept = self.scores(name)
            for scale, limits in form.scales.items() if kept else ():
                values = [(on, each) for on, scales in kept if (each := scales.get(scale)) is not None]
                if values:
                    before = values[-2][1] if len(values) > 1 else None
                    title = form.name if len(form.scales) == 1 else f"{form.name}: {limits.name}"
                    mdc = None if limits.mdc is None else limits.mdc.value
                    yield ScoreKept(title, *values[-1], before, mdc)

    def _said(self, known: Known) -> list[tuple[date, str, str]]:
        """Return the days on which the advice or the plan of this pain changed, newest first: what, and why."""
        kept = [each for each in self._memory.verdicts("today", whole=False) if each.episode_id == id_of(known.episode)]
        advice = [
            (new.on, str(new.trace["headline"]), str(new.trace["reason"]))
            for new, old in pairwise((*kept, None))
            if new is not None and (old is None or new.trace["rule"] != old.trace["rule"])
        ]
        changes = [each for each in self.versions() if each.kind == "change" and each.body.get("reason")]
        plan = [(each.on, say("handout.brief_changed"), str(each.body["reason"])) for each in changes[::-1]]
        return sorted([*advice, *plan], key=lambda each: each[0], reverse=True)

    def _done(self, known: Known) -> Iterator[tuple[str, int, int | None]]:
        """Yield each exercise that was noted as done of late: its name, on how many days, the worst pain then."""
        since = known.on - timedelta(DONE_D)
        notes = [each for each in self.versions() if each.kind == "done" and each.on > since and each.body]
        for name in dict.fromkeys(str(each.body["exercise"]) for each in notes):
            same = [each for each in notes if each.body["exercise"] == name]
            pains = [int(each.body["pain"]) for each in same if each.body.get("pain") is not None]
            title = self.knowledge.rehab.exercises[name].name if name in self.knowledge.rehab.exercises else name
            yield title, len({each.on for each in same}), max(pains, default=None)

    def _offer(self, known: Known) -> tuple[Offer, Today]:
        """Return what may be handed out, and the verdict behind it: the one that the day's screen shows."""
        verdict = known.of_day
        return offer(self.standing(), verdict, known.referral), verdict

    def _handed_out(self, known: Known) -> set[HandedOut]:
        """Return what calendars of this runner hold: a phone keeps also what it was given for another pain."""
        now, kept = id_of(known.episode), self._memory.verdicts("calendar", whole=False)
        whose = {each.episode_id: None if each.episode_id == now else each.episode_id or NOBODY for each in kept}
        return {
            (kind, date.fromisoformat(day), whose[each.episode_id])
            for each in kept
            for kind, day in each.trace["entries"]
        }

    @staticmethod
    def _whose(known: Known) -> str:
        """Return what tells this runner's entries from another's, and stays as it is."""
        return id_of(known.episode) or NOBODY
