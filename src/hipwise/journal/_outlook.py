"""The desk of what lies ahead: the weekly questions, the race check, what a runner's flares go with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from hipwise.draw import Chart, scores_chart
from hipwise.errors import HipwiseError
from hipwise.journal._known import Known
from hipwise.journal._labels import of_text
from hipwise.journal._pains import id_of
from hipwise.journal._programme import ProgrammeDesk
from hipwise.plan import (
    DayOfLoad,
    FlareModel,
    RaceCheck,
    Weekly,
    WeeklyCourse,
    flare_model,
    no_race,
    race_check,
    rebuilt,
    start_now,
    waits_for_clinician,
    weeklies,
    weekly_course,
)
from hipwise.store import PlanEntry

__all__ = ["AheadDesk"]

DAY, A_WEEK = timedelta(1), timedelta(7)
M_PER_KM = 1000
MORNING = "morning_pain_score"
MOST_SEVERE = 3
"""The last of the four answers of each weekly question."""


class AheadDesk(ProgrammeDesk):
    """What lies ahead, and what lay behind."""

    def weekly(
        self,
        participation: int,
        training: int | None = None,
        performance: int | None = None,
        symptoms: int | None = None,
    ) -> WeeklyCourse:
        """Keep the weekly answers, each from 0 (none) to 3 (most), and return what the weeks say together.

        After 0 and after 3 at PARTICIPATION the others are not needed.

        Raises:
            HipwiseError: an answer is no such number, or one that is needed is missing.
        """
        answers = (participation, training, performance, symptoms)
        asked = 0 < participation < MOST_SEVERE
        if any(each is not None and not 0 <= each <= MOST_SEVERE for each in answers) or (asked and None in answers):
            raise HipwiseError("weekly_answers")
        known = self._known()
        others = (training, performance, symptoms) if asked else (None, None, None)
        told = Weekly(
            on=known.on, participation=participation, training=others[0], performance=others[1], symptoms=others[2]
        )
        with self._memory.step("done", of_text("weekly", on=known.on.isoformat()), self._now()) as step:
            step.add_entries([PlanEntry(known.on, "weekly", told.as_dict())], id_of(known.episode))
        found = weekly_course((*weeklies(known.entries), told), self.knowledge, known.on)
        assert found is not None  # noqa: S101 (a week was told just now)
        return found

    def weeks(self) -> WeeklyCourse | None:
        """Return what the weekly answers so far say together; None before the first."""
        known = self._known()
        return weekly_course(weeklies(known.entries), self.knowledge, known.on)

    def is_week_due(self) -> bool:
        """Return whether to ask the weekly questions: there is a plan, and they were not answered for seven days."""
        known = self._known()
        if rebuilt(known.entries) is None or known.referral is not None:
            return False
        told = weeklies(known.entries)
        return all(known.on - each.on >= A_WEEK for each in told)

    def weeks_chart(self, *, width: float = 360) -> Chart:
        """Return the scores of the weeks as a chart, drawn for WIDTH."""
        found = self.weeks()
        return scores_chart(() if found is None else found.scores, width=width)

    def race(self, km: float | None = None, on: date | None = None) -> RaceCheck:
        """Return how many weeks away the start line of a race of KM is, and what a race ON a day means.

        What is not given is taken from the wishes of the plan. The same day and journal give the same answer. While
        someone must look at the hip first, or a red-flag question is open, there are no weeks in it.

        Raises:
            HipwiseError: nobody said how far the race is, or its day lies behind.
        """
        known = self._known()
        plan = rebuilt(known.entries)
        wishes = None if plan is None else plan.wishes
        km = km or (None if wishes is None else wishes.race_km)
        on = on or (None if wishes is None else wishes.race_on)
        if km is None:
            raise HipwiseError("race_km")
        if on is not None and on < known.on:
            raise HipwiseError("race_behind", where=on.isoformat())
        waits = waits_for_clinician(known.ranking, known.evidence, self.knowledge, known.on)
        if known.referral is not None or known.ranking.triage.missing or waits:
            return no_race(km, on, known.on)
        start = start_now(known.ranking, known.evidence, known.running, self.knowledge, known.on)
        return race_check(start, km, on, self.knowledge, known.on, np.random.default_rng(known.on.toordinal()))

    def flares(self) -> FlareModel:
        """Return what this runner's next mornings go with, or that it cannot be told yet."""
        return flare_model(tuple(self._days_of_load(self._known())), self.knowledge)

    def _days_of_load(self, known: Known) -> Iterator[DayOfLoad]:
        climbed: defaultdict[date, float] = defaultdict(float)
        for run in self._memory.runs():
            climbed[run.local_date] += run.ascent_m or 0.0
        beyond = {row["date"]: max(0.0, row["excess"] or 0.0) for row in known.load.spikes.iter_rows(named=True)}
        told = {each.on: int(each.state) for each in known.evidence.history(MORNING) if each.is_known}
        for row in known.load.days.iter_rows(named=True):
            day = row["date"]
            yield DayOfLoad(
                on=day,
                km=(row["distance_m"] or 0.0) / M_PER_KM,
                ascent_m=climbed[day],
                excess=beyond.get(day, 0.0),
                morning=told.get(day),
                next_morning=told.get(day + DAY),
            )
