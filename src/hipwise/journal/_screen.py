"""The desk of the screens: what a page shows that no command asks for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any, Literal

from hipwise.activity import Lap, RunSummary
from hipwise.causes import questions_ahead, triage
from hipwise.errors import HipwiseError
from hipwise.handout import why_cause, why_exercise, why_load, why_plan, why_today
from hipwise.journal._ahead import DAYS, Judged, table
from hipwise.journal._ask import Found, Heard, hear, search
from hipwise.journal._care import CareDesk
from hipwise.journal._checked import BEGAN
from hipwise.journal._own_words import reader_of
from hipwise.knowledge import Question
from hipwise.load import counted_from, rested_from
from hipwise.model import Episode
from hipwise.plan import Plan, Referral, Today, load_solver
from hipwise.store import Stamp
from hipwise.texts import say

__all__ = ["CHECKIN", "OF_THE_RUN", "PLACE", "AskedOn", "ScreenDesk"]

AskedOn = Literal["check", "where", "who", "checkin", "after_run"]
"""A page that asks for several things at once: emergency check, map, who runs, check-in of the day, after a run."""

PLACE = "where"
"""The card of the places, which the map asks for."""

CHECKIN = (
    *("rest_pain_score", "walk_pain_score", "morning_pain_score"),
    *("limp", "woken_by_hip", "fever", "painkiller", "painkiller_hours_ago"),
)
"""What a check-in asks, in its order."""

M_PER_KM = 1000

OF_THE_RUN = ("run_pain_score", BEGAN, "after_pain_score", "run_limp", "settled_after")
"""What is asked of the last run; where the pain began only if there was any. That is kept, and moves no verdict."""


class ScreenDesk(CareDesk):
    """What a page shows. Nothing here is kept."""

    def episodes(self) -> tuple[Episode, ...]:
        """Return all pains, oldest first."""
        return self._memory.episodes()

    def closed(self) -> dict[str, str]:
        """Return the ids of the pains that are over, each with its last day."""
        return {name: day.isoformat() for name, day in self._memory.closed().items()}

    def questions_left(self) -> int:
        """Return how many red-flag questions have no fresh answer."""
        return len(self.missing())

    def missing(self) -> frozenset[str]:
        """Return the ids of the red-flag questions without a fresh answer; "age" is one of them."""
        return frozenset(triage(self.athlete, self.told(), self.knowledge, self.on).missing)

    def questions_ahead(self) -> int:
        """Return about how many questions of the interview are still to come; a tenth of a second or two."""
        return questions_ahead(self.athlete, self.told(), self.knowledge, self.on)

    def asked_on(self, missing: Collection[str]) -> AskedOn | None:
        """Return the page that asks for the first of what is MISSING (ids); None where a question alone does."""
        ticks = {each.id for page in self.open_cards().values() for each in page}
        places = {each.id for each in self.knowledge.findings.values() if each.first_page == PLACE}
        fits: dict[AskedOn, set[str]] = {
            "check": ticks - places,
            "where": places - self._asked_today(),
            "who": {"age"},
            "checkin": set(CHECKIN),
            "after_run": set(OF_THE_RUN),
        }
        return next((page for page, asks in fits.items() if asks.intersection(missing)), None)

    def asks(self) -> tuple[AskedOn | None, Question | None]:
        """Return what the verdict of today waits for: the page that asks for it, or else the question.

        Neither where it waits for nothing, or for what was asked today and is not known.
        """
        missing = self.look_at_today().asks
        page = self.asked_on(missing)
        if page is not None:
            return page, None
        open_ones = [name for name in missing if name in self.knowledge.findings and name not in self._asked_today()]
        return None, self.knowledge.findings[open_ones[0]] if open_ones else None

    def _asked_today(self) -> set[str]:
        return {each.id for each in self.told() if each.on == self.on}

    @property
    def referral(self) -> Referral | None:
        """Whom to see before anything else."""
        return self._known().referral

    def referred(self) -> tuple[Referral | None, Episode | None]:
        """Return whom to see before anything else, and for which pain; None: for nobody, or for the runner at large."""
        known = self._known()
        found = known.referral
        if found is None:
            return None, None
        over = self._memory.closed()
        open_ones = [each for each in self._memory.episodes() if each.id not in over]
        first = sorted(open_ones, key=lambda each: each != known.episode)
        looks = ((each, self._known_of(each.id).own_referral) for each in first)
        return found, next((pain for pain, own in looks if own is not None and own.level == found.level), None)

    def standing(self) -> Plan | Referral | None:
        """Return what holds: whom to see first, or else the plan that was agreed on, with the steps back that followed.

        While a red-flag question has no fresh answer it is the plan as it would be made now: it asks, and
        offers nothing.
        """
        return self._seen.standing(self.on, self.stamp, self._followed)

    def _followed(self) -> Plan | Referral | None:
        known = self._known()
        followed = self._programme(known) if isinstance(known.standing, Plan) else None
        return known.standing if followed is None else followed.plan

    def warm(self) -> None:
        """Load and work out what whoever opens the plan would wait for: seconds, the first time in a program."""
        load_solver()
        self.standing()

    def look_at_today(self, planned_km: float | None = None) -> Today:
        """Return the verdict of today; unlike `today` it is not kept as said."""
        return self._known().today(planned_km)

    def last_checkin(self) -> tuple[date, dict[str, str]] | None:
        """Return the day of the last check-in and what it told."""
        told = [each for each in self.told() if each.origin == "check-in"]
        if not told:
            return None
        return told[-1].on, {each.id: each.state for each in told if each.on == told[-1].on}

    def newer_checkin(self, than: datetime) -> tuple[datetime, dict[str, str]] | None:
        """Return when a check-in of the same day was told after THAN, and what, if one was."""
        later = self._memory.history(since=than)
        kept = [each.at for each in later if each.kind == "checkin" and each.undone_at is None]
        newer = [at for at in kept if at.astimezone(than.tzinfo).date() == than.date()]
        if not newer:
            return None
        day = [each for each in self.told() if each.origin == "check-in" and each.on == than.date()]
        return max(newer), {each.id: each.state for each in day}

    def untold_run(self) -> RunSummary | None:
        """Return the last run, if nobody has told how it was borne."""
        last = self.last_run()
        if last is None:
            return None
        told = [each.on for each in self.told().history(OF_THE_RUN[0])]
        return None if told and told[-1] >= last.local_date else last

    def last_run(self) -> RunSummary | None:
        """Return the last run until today."""
        runs = counted_from(self.runs(), self._days(self.on))
        on_foot = [run for run in runs if run.sport == "running" and run.local_date <= self.on]
        return on_foot[-1] if on_foot else None

    def lap(self, number: int, run_id: str | None = None) -> Lap:
        """Return the lap of that NUMBER that was pressed in the last run; RUN_ID: if that is the run.

        Raises:
            HipwiseError: no such lap was pressed there, or that is not the last run.
        """
        run = self.last_run()
        laps = run.laps if run is not None and run_id in {None, run.id} else ()
        found = next((lap for lap in laps if lap.number == number), None)
        if found is None:
            there = ", ".join(say("journal.lap", number=lap.number, km=lap.end_m / M_PER_KM) for lap in laps)
            raise HipwiseError("no_such_lap", lap=number, laps=there or say("journal.no_laps"))
        return found

    def ask(self, question: str) -> tuple[Found, ...]:
        """Return what the cited answers say to a QUESTION; nothing while somebody must be seen first."""
        return () if self.referral is not None else search(question, self.knowledge)

    def hear(self, question: str) -> Heard:
        """Return which phrases of a QUESTION are signs that must be asked about first, and which it only mentions."""
        return hear(question, reader_of(self.knowledge).read(question, self.on), self.knowledge)

    def withholds(self, exercise: str) -> bool:
        """Whether an EXERCISE (id) is kept back: loads under a referral, landings while red flags are open.

        Raises:
            KeyError: no such exercise.
        """
        chosen = self.knowledge.rehab.exercises[exercise]
        if self.referral is not None and (chosen.loads or chosen.impact):
            return True
        return chosen.impact and self.questions_left() > 0

    def why(self, kind: str, name: str) -> dict[str, Any] | None:
        """Return what stands behind a number on a screen: what it is, by which rule, from what, how sure, who says so.

        KIND is today, cause, load, plan or exercise, NAME a number of it. None where there is no such number, or it is
        not named now: while somebody must be seen first there is no ceiling and no exercise, and so no drawer of one.
        """
        known = self._known()
        if kind == "today":
            return why_today(name, known.answer(known.asked()), known.load, self.knowledge)
        if kind == "load":
            return why_load(name, known.load, known.of_day, known.referral, self.knowledge)
        if kind == "cause":
            return why_cause(name, known.assessment().ranking, known.evidence, self.knowledge)
        standing = self.standing()
        plan = standing if isinstance(standing, Plan) else None
        if kind == "plan":
            return None if plan is None else why_plan(name, plan, self.knowledge)
        kept_back = known.referral is not None or (name in self.knowledge.rehab.exercises and self.withholds(name))
        return None if kept_back else why_exercise(name, plan, self.knowledge)

    def ahead(self) -> dict[str, Any]:
        """Return the verdict of every possible check-in of the next days, as one table.

        Of a day whose first hours still follow a run of the evening before, as if it were of that day (see `load`), it
        speaks from the moment on when they are over: until then only the journal says what holds.
        """
        on, stamp = self.on, self.stamp
        found = self._seen.ahead(on, stamp, lambda: table(self._judges(on, stamp), self.knowledge))
        rested = rested_from(self.runs(), self.now, self.knowledge)
        waits = "" if rested is None or rested.date() == on else rested.date().isoformat()
        days = [day | {"from": rested.isoformat() if rested and day["on"] == waits else None} for day in found["days"]]
        return found | {"days": days}

    def _judges(self, on: date, stamp: Stamp) -> list[tuple[date, Judged]]:
        """Return how a check-in of the day ON and of the next ones is judged, all by one state of the journal."""
        days = [on + timedelta(after) for after in range(DAYS)]
        with self._memory.at_once():
            return [(day, Judged(self._look(day, stamp, self.episode), self.check)) for day in days]
