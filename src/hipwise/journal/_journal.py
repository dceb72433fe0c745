"""A runner's journal: what the faces call."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from hipwise.activity import RunSummary, by_hand
from hipwise.causes import Next, first_page, next_question, triage
from hipwise.errors import HipwiseError
from hipwise.journal._checked import athlete_of, checked
from hipwise.journal._imports import bring_in
from hipwise.journal._known import Known
from hipwise.journal._pains import agreed_on, check_pain, elsewhere, id_of, mend
from hipwise.journal._reports import FileReport, ImportReport
from hipwise.journal._shelf import Shelf
from hipwise.journal._weigh import Assessment
from hipwise.knowledge import Kind, Knowledge, Question
from hipwise.load import Load, measure
from hipwise.model import Athlete, Episode, Evidence, Finding
from hipwise.plan import Plan, Referral, Today, Wishes
from hipwise.store import Memory, Store, Undone, Verdict
from hipwise.texts import say

__all__ = ["Journal"]


class Journal:
    """A runner's journal. Use it in a `with` block, or close it."""

    def __init__(self, store: Store, memory: Memory, knowledge: Knowledge | None, now: Callable[[], datetime]) -> None:
        self._store = store
        self._memory = memory
        self._now = now
        self._given = knowledge

    @classmethod
    def open(
        cls,
        where: str | os.PathLike[str],
        athlete_id: str = "me",
        knowledge: Knowledge | None = None,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> Journal:
        """Open the journal at WHERE (a file, made where there is none, or a database address).

        KNOWLEDGE is our own by default, and read when it is first needed. NOW tells the time with its zone.

        Raises:
            JournalError: it is no journal, of a newer version, or cannot be written.
        """
        store = Store.open(where)
        return cls(store, store.memory(athlete_id), knowledge, now)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._store.close()

    @cached_property
    def knowledge(self) -> Knowledge:
        """The knowledge base.

        Raises:
            BadKnowledge: it has faults.
        """
        return self._given or Knowledge.load()

    @property
    def on(self) -> date:
        """Today, where the runner is."""
        return self._now().date()

    # --- who runs, and which pain

    @property
    def athlete(self) -> Athlete:
        """Who runs, as far as it was told."""
        return self._memory.athlete()

    def set_athlete(
        self,
        *,
        born: date | None = None,
        age_y: int | None = None,
        sex: str | None = None,
        country: str | None = None,
    ) -> Athlete:
        """Keep what is given of who runs (BORN goes before AGE_Y); what is None stays as it was.

        Raises:
            HipwiseError: one of them cannot be; nothing is kept then.
        """
        day = None if born is None else born.isoformat()
        said = athlete_of({"age": age_y, "born": day, "sex": sex, "country": country}, self.on)
        known = self.athlete
        athlete = Athlete(said.born or known.born, said.sex or known.sex, said.country or known.country)
        self._memory.set_athlete(athlete)
        return athlete

    @property
    def episode(self) -> Episode | None:
        """The pain that is looked at now."""
        return self._memory.current_episode()

    def new_pain(self, *, onset: date | None = None, side: str | None = None, site: str | None = None) -> Episode:
        """Open a new episode: another side, another site, or a return after healing. The old one stays open.

        Raises:
            HipwiseError: ONSET lies ahead, or SIDE is none of left, right and both; nothing is kept then.
        """
        check_pain(onset, side, self.on)
        with self._memory.step("open_episode", self._of_day(), self._now()) as step:
            return step.open_episode(self.on, onset=onset, side=side, site=site)

    def mend_pain(self, *, onset: date | None = None, side: str | None = None, site: str | None = None) -> Episode:
        """Say more of the pain that is looked at now: an episode takes its place that has all it had, and this.

        Raises:
            HipwiseError: as `new_pain` does.
        """
        check_pain(onset, side, self.on)
        old = self.episode
        if old is None:
            return self.new_pain(onset=onset, side=side, site=site)
        said = Episode("", self.on, onset, side, site)
        with self._memory.step("open_episode", self._of_day(), self._now()) as step:
            return mend(self._memory, step, old, said, self.knowledge)

    # --- runs

    def add(
        self,
        paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
        progress: Callable[[FileReport], None] | None = None,
    ) -> ImportReport:
        """Bring in files, zips and folders, or one of them; tell PROGRESS of each file as it is done.

        Each file is kept whole at once, so an import that is cut short goes on when it is called again.
        """
        given = [paths] if isinstance(paths, str | os.PathLike) else paths
        return bring_in([os.fspath(path) for path in given], self._memory, self._now(), progress)

    def log(
        self,
        *,
        distance_m: float | None,
        timer_s: float | None,
        started_at: datetime | None = None,
        sport: str = "running",
        perceived_effort: float | None = None,
    ) -> RunSummary:
        """Note a run by hand; by default one that ends now. Return it as it is kept: perhaps one with a run of a file.

        Raises:
            HipwiseError: the figures cannot be a run, or it lies ahead.
        """
        now = self._now()
        began = started_at or now - timedelta(seconds=timer_s or 0)
        if began > now:
            raise HipwiseError("hand_ahead", where=began.isoformat(timespec="minutes"))
        offset = began.utcoffset()
        run = by_hand(
            began,
            sport=sport,
            distance_m=distance_m,
            timer_s=timer_s,
            utc_offset_s=None if offset is None else int(offset.total_seconds()),
            perceived_effort=perceived_effort,
        )
        placed = Shelf(self.runs(), self._memory.run).place([run])
        with self._memory.step("log", run.local_date.isoformat(), now) as step:
            step.add_runs(placed.new, placed.merged)
        return next(each for each in self.runs() if each.id in placed.ids)

    def runs(self) -> tuple[RunSummary, ...]:
        """Return the totals of all runs, in order of their start."""
        return self._memory.runs()

    def load(self) -> Load:
        """Return the training load until today, and what changed before the pain began."""
        return self._known().load

    def training(self) -> dict[str, Any]:
        """Return the load as plain data; it names no ceiling while someone must look at the hip first."""
        return self._known().training()

    # --- what is told

    def check(self, states: Mapping[str, str]) -> dict[str, str]:
        """Return answers as they would be kept; nothing is.

        Raises:
            UnknownAnswer: a finding or a state that the knowledge base does not have.
        """
        return checked(states, self.knowledge)

    def tell(self, states: Mapping[str, str], *, kind: str = "answer", origin: str = "told") -> None:
        """Keep answers: finding id to state. Opens an episode where one about the pain is told and none is open.

        A referral that they ask for is kept with them, and stands until a clinician was seen.

        Raises:
            UnknownAnswer: a finding or a state that the knowledge base does not have; nothing is kept then.
        """
        answers = self.check(states)
        on_pain = {name for name in answers if self.knowledge.findings[name].about == "pain"}
        findings = [Finding(name, state, self.on, origin) for name, state in answers.items()]
        before = self._known()
        episode, after = before.episode, before.told(findings)
        label = self._of_day() if kind == "checkin" else self._named(answers)
        with self._memory.step("checkin" if kind == "checkin" else "answer", label, self._now()) as step:
            if episode is None and on_pain:
                episode = step.open_episode(self.on)
            step.add_findings(each for each in findings if each.id not in on_pain)
            if episode is not None:
                step.add_findings((each for each in findings if each.id in on_pain), episode.id)
            referral = after.referral if after.is_settled else None
            if referral is not None and referral != before.agreed:
                step.set_plan(referral.as_dict(), self.on, id_of(episode), self._versions())

    def _named(self, answers: Mapping[str, str]) -> str:
        """Say in short what was answered, as an undo will call it."""
        questions = [self.knowledge.findings[name] for name in answers]
        cards = {question.first_page for question in questions}
        if len(questions) > 1 and len(cards) == 1 and None not in cards:
            return self.knowledge.cards[str(cards.pop())].title
        return questions[0].question if questions else ""

    def answer(self, following: Next, state: str) -> None:
        """Keep the answer to a question that was asked.

        Raises:
            UnknownAnswer: the question has no such state.
        """
        self.tell({following.question.id: state})

    def question(self) -> Next | None:
        """Return the question to ask now; None where an answer needs someone, or nothing can change the advice."""
        known = self._known()
        return next_question(known.athlete, known.evidence, self.knowledge, known.on)

    def open_cards(self) -> dict[str, tuple[Question, ...]]:
        """Return the red-flag questions with yes or no that have no fresh answer and were not asked today, by card."""
        told, on = self.told(), self.on
        missing = set(triage(self.athlete, told, self.knowledge, on).missing)
        missing -= {each.id for each in told if each.on == on}
        page = first_page(self.knowledge).items()
        cards = {card: tuple(each for each in page_of if _is_tick(each, missing)) for card, page_of in page}
        return {card: questions for card, questions in cards.items() if questions}

    def clear_bone(self, by: str, what_for: str) -> None:
        """Keep that a clinician has cleared the bone: BY whom, and for WHAT.

        Raises:
            HipwiseError: one of the two is not said; a clearance that names neither is none.
        """
        if not by.strip() or not what_for.strip():
            raise HipwiseError("clearance_bare")
        self.tell({"cleared_bone": "yes"}, origin=say("journal.cleared", by=by, what=what_for))

    def evidence(self) -> Evidence:
        """Return all that is known of the runner and the pain: told, checked in, and seen in the training."""
        return self._known().evidence

    def told(self) -> Evidence:
        """Return what was told, without what the training shows."""
        episode = self.episode
        return self._memory.evidence(id_of(episode))

    # --- thought

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

    def _known(self) -> Known:
        on, athlete, episode = self.on, self.athlete, self.episode
        onset = None if episode is None else episode.onset or episode.opened
        load = measure(self.runs(), athlete, self.knowledge, on=on, onset=onset)
        evidence = self._memory.evidence(id_of(episode)) | load.evidence
        agreed = agreed_on(self._memory, id_of(episode))
        others = tuple(elsewhere(self._memory, athlete, episode, self.knowledge, on))
        return Known(on, athlete, episode, load, evidence, agreed, others, self.knowledge)

    def _keep(self, kind: str, known: Known, trace: Mapping[str, Any]) -> None:
        kept = dict(trace) | {"versions": self._versions()}
        self._memory.add_verdict(Verdict(kind, known.on, self._now(), id_of(known.episode), kept))

    def _versions(self) -> dict[str, str]:
        return {"knowledge": self.knowledge.version}

    def _of_day(self) -> str:
        return say("journal.of_day", on=self.on.isoformat())

    # --- keeping

    def undo(self) -> Undone | None:
        """Take back the last import, answer, check-in or plan; return what that was, or None."""
        return self._memory.undo(self._now())

    def export(self, path: str | os.PathLike[str]) -> None:
        """Write all that is kept into one new file.

        Raises:
            JournalError: the file stands already or cannot be written.
        """
        self._memory.export(Path(path))

    def restore(self, path: str | os.PathLike[str], *, replace: bool = False) -> None:
        """Take over all that an exported file holds.

        Raises:
            JournalError: it is no export, is damaged, or something is kept already (unless REPLACE).
        """
        self._memory.restore(Path(path), replace=replace)


def _is_tick(question: Question, missing: set[str]) -> bool:
    return question.kind is Kind.YES_NO and question.id in missing
