"""The desk of the hip: who runs, which pain, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from hipwise.causes import Next, first_page, triage
from hipwise.errors import HipwiseError
from hipwise.journal._checked import athlete_of, checked
from hipwise.journal._desk import Desk
from hipwise.journal._forms import questionnaire_of
from hipwise.journal._known import Known
from hipwise.journal._own_words import reader_of
from hipwise.journal._pains import check_pain, id_of, mend
from hipwise.knowledge import Kind, Question
from hipwise.model import Athlete, Episode, Evidence, Finding
from hipwise.scores import Change, Score, change, score
from hipwise.store import Step, Verdict
from hipwise.texts import say
from hipwise.words import Reading

__all__ = ["HipDesk"]

TELLING = frozenset({"answer", "checkin"})
"""Events that tell something."""

Beside = Callable[[Known], Callable[[Step], object]]
"""Is given what is known once something is told; returns what is to be written with it."""


class HipDesk(Desk):
    """Who runs, which pain, and what is told of it."""

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
        left = [each for each in self._memory.verdicts("referral") if each.episode_id == old.id]
        with self._memory.together():
            with self._memory.step("open_episode", self._of_day(), self._now()) as step:
                new = mend(self._memory, step, old, said, self.knowledge)
            for each in left:  # what an undo left standing stands on, now for the runner at large
                self._memory.add_verdict(replace(each, episode_id=None))
        return new

    def check(self, states: Mapping[str, str]) -> dict[str, str]:
        """Return answers as they would be kept; nothing is.

        Raises:
            UnknownAnswer: a finding or a state that the knowledge base does not have.
        """
        return checked(states, self.knowledge)

    def tell(
        self, states: Mapping[str, str], *, kind: str = "answer", origin: str = "told", pain: str | None = None
    ) -> None:
        """Keep answers: finding id to state. Opens an episode where one about the pain is told and none is open.

        They are of the open PAIN that is called so (its id, or its side); by default of the one looked at now. A
        referral that they ask for is kept with them, and stands until a clinician was seen.

        Raises:
            UnknownAnswer: a finding or a state that the knowledge base does not have; nothing is kept then.
            HipwiseError: there is no such pain, or more than one.
        """
        self._tell(states, kind, dict.fromkeys(states, origin), lambda _: _nothing, pain)

    def _tell(
        self,
        states: Mapping[str, str],
        kind: str,
        origins: Mapping[str, str],
        beside: Beside,
        pain: str | None = None,
    ) -> None:
        """Keep answers as `tell` does, each with its origin, and in the same step what BESIDE says.

        One undo takes both back.
        """
        answers = self.check(states)
        on_pain = {name for name in answers if self.knowledge.findings[name].about == "pain"}
        findings = [Finding(name, state, self.on, origins[name]) for name, state in answers.items()]
        before = self._known_of(pain)
        findings += self._newer_than(findings, self._memory.evidence(id_of(before.episode)))
        episode, after = before.episode, before.told(findings)
        also = _nothing if episode is None and on_pain else beside(after)
        label = self._of_day() if kind == "checkin" else self._named(answers)
        with self._memory.step("checkin" if kind == "checkin" else "answer", label, self._now()) as step:
            if episode is None and on_pain:
                episode = step.open_episode(self.on)
            step.add_findings(each for each in findings if each.id not in on_pain)
            if episode is not None:
                step.add_findings((each for each in findings if each.id in on_pain), episode.id)
            referral = after.own_referral if after.is_settled else None
            if referral is not None and referral != before.agreed:
                step.set_plan(referral.as_dict(), self.on, id_of(episode), self._versions())
            also(step)

    def _newer_than(self, findings: Sequence[Finding], told: Evidence) -> list[Finding]:
        """Return what of TOLD was told later on the day of FINDINGS that come late, to be told after them again.

        What was told first does not unsay what was told after it. Where the late one alarms it counts: the more careful
        of the two.
        """
        later = [each for each in self._memory.history(since=self.now) if each.kind in TELLING]
        days = {each.at.astimezone(self.now.tzinfo).date() for each in later if each.undone_at is None}
        if self.on not in days:
            return []
        calm = {each.id for each in findings if each.state not in self.knowledge.findings[each.id].alarming}
        there = told.latest().values()
        return [each for each in there if each.id in calm and each.on == self.on]

    def propose(self, text: str) -> Reading:
        """Return what TEXT in own words proposes. Nothing is kept: what the runner confirms of it is told with `tell`.

        Raises:
            HipwiseError: the text is longer than 20,000 characters.
        """
        return reader_of(self.knowledge).read(text, self.on)

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
        return self._known().following

    def open_cards(self) -> dict[str, tuple[Question, ...]]:
        """Return the red-flag questions with yes or no that have no fresh answer and were not asked today, by card."""
        told, on = self.told(), self.on
        missing = set(triage(self.athlete, told, self.knowledge, on).missing)
        missing -= {each.id for each in told if each.on == on}
        page = first_page(self.knowledge).items()
        cards = {card: tuple(each for each in page_of if _is_tick(each, missing)) for card, page_of in page}
        return {card: questions for card, questions in cards.items() if questions}

    def clear_bone(self, by: str, what_for: str, *, pain: str | None = None) -> None:
        """Keep that a clinician has cleared the bone: BY whom, and for WHAT.

        It clears one open PAIN (its id, or its side), by default the one that is looked at now, and no other.

        Raises:
            HipwiseError: one of the two is not said (a clearance that names neither is none), or there is no such pain.
        """
        if not by.strip() or not what_for.strip():
            raise HipwiseError("clearance_bare")
        self.tell({"cleared_bone": "yes"}, origin=say("journal.cleared", by=by, what=what_for), pain=pain)

    def score(self, questionnaire: str, answers: Sequence[float | None]) -> tuple[Score, tuple[Change, ...]]:
        """Keep the score of a questionnaire with its day; return it, and the change since the one kept before it.

        It is kept as something that was said on a day, and so no undo takes it back: the last of a day stands.

        Raises:
            HipwiseError: no such questionnaire, or answers that its form does not have; nothing is kept then.
        """
        form = questionnaire_of(questionnaire, self.knowledge)
        found = score(form, answers)
        before = [each for each in self.scores(form.id) if each[0] < self.on]
        changes = change(form, before[-1][1], found.scales) if before else ()
        trace = found.as_dict() | {"answers": list(answers), "versions": self._versions()}
        self._memory.add_verdict(Verdict("score", self.on, self._now(), id_of(self.episode), trace))
        return found, changes

    def scores(self, questionnaire: str) -> tuple[tuple[date, dict[str, float | None]], ...]:
        """Return the day and the scales of each score that was kept, oldest first."""
        kept = sorted(self._memory.verdicts("score"), key=lambda verdict: verdict.at)
        return tuple((each.on, each.trace["scales"]) for each in kept if each.trace["questionnaire"] == questionnaire)

    def evidence(self) -> Evidence:
        """Return all that is known of the runner and the pain: told, checked in, and seen in the training."""
        return self._known().evidence

    def told(self) -> Evidence:
        """Return what was told, without what the training shows."""
        episode = self.episode
        return self._memory.evidence(id_of(episode))


def _nothing(_: Step) -> None:
    """Write nothing."""


def _is_tick(question: Question, missing: set[str]) -> bool:
    return question.kind is Kind.YES_NO and question.id in missing
