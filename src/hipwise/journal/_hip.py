"""The desk of the hip: who runs, which pain, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from hipwise.causes import Next, first_page, triage
from hipwise.errors import HipwiseError
from hipwise.journal._checked import athlete_of, checked
from hipwise.journal._desk import Desk
from hipwise.journal._forms import questionnaire_of
from hipwise.journal._known import Known
from hipwise.journal._labels import of_answers
from hipwise.journal._own_words import OWN_WORDS, reader_of
from hipwise.journal._pains import (
    about_the_runner,
    check_pain,
    entries_of,
    id_of,
    keep_told,
    lame_sign,
    mend,
    pain_called,
    pain_named,
    told_of,
    told_sign,
)
from hipwise.knowledge import Kind, Question
from hipwise.model import Athlete, Episode, Evidence, Finding
from hipwise.plan import ASKED, SEEN_BY, Referral, locks_of
from hipwise.scores import Change, Score, change, score
from hipwise.store import Step, Verdict
from hipwise.texts import say
from hipwise.words import Reading

__all__ = ["HipDesk"]

TELLING = frozenset({"answer", "checkin"})
"""Events that tell something."""

CAME_BACK = ("hip_changed", "same_pain_before")
"""What is true of a pain that was over and has come back."""

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
        left = [each for each in self._memory.verdicts("referral", whole=False) if each.episode_id == old.id]
        with self._memory.together():
            with self._memory.step("open_episode", self._of_day(), self._now()) as step:
                new = mend(self._memory, step, old, said, self.knowledge)
            for each in left:  # what an undo left standing stands on, now for the runner at large
                self._memory.add_verdict(replace(each, episode_id=None))
        return new

    def end_pain(self, pain: str | None = None) -> Episode:
        """Keep that an open PAIN is over: its id, its side, or the one looked at now. All that was told of it stays.

        Raises:
            HipwiseError: there is no such pain, it must be seen first, what was told of it still says that it hurts, or
                a lock stands on its plan; nothing is kept then.
        """
        known = self._known_of(pain)
        episode = known.episode
        if episode is None:
            raise HipwiseError("no_such_pain", where="-", pains="-")
        told = told_of(self._memory, episode, self.knowledge)
        for on in {known.on, *(each.on for each in told if each.on > known.on)}:  # also by a clock that went back
            self._demand_over(known if on == known.on else self._look(on, self.stamp, episode), told)
        with self._memory.step("close_episode", pain_named(episode), self._now()) as step:
            step.close_episode(episode.id, self.on)
        return episode

    def _demand_over(self, known: Known, told: Evidence) -> None:
        """Raise where a pain cannot be over: it must be seen, it hurts, or somebody holds its plan."""
        referral = known.own_referral
        if referral is not None:
            raise HipwiseError("pain_referred", because=" ".join(referral.because))
        alone = replace(known, elsewhere=(), beside=()).of_day
        if alone.verdict == "see_someone":
            raise HipwiseError("pain_referred", because=alone.reason)
        sign = told_sign(told, self.knowledge, known.on)
        if sign is None and known.decided().morning.limped:
            sign = lame_sign(told, known.on - timedelta(self.knowledge.number("today.limp_free_d").value))
        if sign is not None:
            question = self.knowledge.findings[sign.id]
            answer = question.labels.get(sign.state, sign.state)
            raise HipwiseError("pain_hurts", question=question.question, answer=answer, on=sign.on)
        locks = locks_of(entries_of(self._memory, id_of(known.episode)))
        if locks:
            raise HipwiseError("pain_locked", items=", ".join(locks))

    def reopen_pain(self, pain: str) -> Episode:
        """Keep that a PAIN that was over (its id, or its side) has come back: the same pain, with all it had.

        Its red flags are asked anew, and what was told before calms nothing; that it came back is a finding of its own.

        Raises:
            HipwiseError: no such pain is over, or more than one.
        """
        episode = pain_called(self._memory, pain, over=True)
        back = [Finding(name, "yes", self.on, say("journal.came_back")) for name in CAME_BACK]
        with self._memory.step("reopen_episode", pain_named(episode), self._now()) as step:
            step.reopen_episode(episode.id, self.on)
            keep_told(step, back, episode.id, self.knowledge)
        return episode

    def pains_over(self) -> dict[str, date]:
        """Return the ids of the pains that were told to be over and have not come back, each with its last day."""
        return self._memory.ended()

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

    def tell_page(self, states: Mapping[str, str], *, own_words: bool = False, pain: str | None = None) -> None:
        """Keep answers as `tell` does: to the questions of a page, or (OWN_WORDS) what a text told of them.

        Whether anybody has looked may be answered of an older visit: it tells of none since a referral (see `seen`).

        Raises:
            UnknownAnswer, HipwiseError: as `tell` does.
        """
        origins = dict.fromkeys(states, OWN_WORDS if own_words else "told")
        asked = {} if own_words else dict.fromkeys(states.keys() & {SEEN_BY}, ASKED)
        self._tell(states, "answer", origins | asked, lambda _: _nothing, pain)

    def seen(self, by: str, *, pain: str | None = None) -> None:
        """Keep that a clinician has looked at a pain since somebody was to do so: BY whom.

        It is told of one open PAIN (its id, or its side), by default the one that is looked at now, and of no other.

        Raises:
            HipwiseError: nobody is named, or there is no such pain.
        """
        if not by.strip():
            raise HipwiseError("visit_bare")
        self.tell({SEEN_BY: "yes"}, origin=say("journal.visited", by=by), pain=pain)

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
        findings += self._newer_than(findings, before.episode)
        episode, after = before.episode, before.told(findings)
        elsewhere = self._asked_for_elsewhere(findings, before.episode)
        also = _nothing if episode is None and on_pain else beside(after)
        label = self._of_day() if kind == "checkin" else of_answers(answers, self.knowledge)
        with self._memory.step("checkin" if kind == "checkin" else "answer", label, self._now()) as step:
            if episode is None and on_pain:
                episode = step.open_episode(self.on)
            keep_told(step, findings, id_of(episode), self.knowledge)
            for other, asked in elsewhere:
                step.set_plan(asked.as_dict(), self.on, other.id, self._versions())
            referral = after.own_referral if after.is_settled else None
            if referral is not None and referral != before.agreed:
                step.set_plan(referral.as_dict(), self.on, id_of(episode), self._versions())
            also(step)

    def _asked_for_elsewhere(
        self, findings: Sequence[Finding], episode: Episode | None
    ) -> list[tuple[Episode, Referral]]:
        """Return what FINDINGS that are about the runner newly ask for at the open pains other than EPISODE."""
        shared = [each for each in findings if each.id in about_the_runner(self.knowledge)]
        if not any(each.state in self.knowledge.findings[each.id].alarming for each in shared):
            return []
        over, found = {*self._memory.closed(), id_of(episode)}, []
        for other in self._memory.episodes():
            if other.id not in over:
                before = self._look(self.on, self.stamp, other)
                after = before.told(shared)
                asked = after.own_referral if after.is_settled else None
                found += [] if asked is None or asked == before.agreed else [(other, asked)]
        return found

    def _newer_than(self, findings: Sequence[Finding], episode: Episode | None) -> list[Finding]:
        """Return what was told of an EPISODE later on the day of FINDINGS that come late, to be told after them again.

        What was told first does not unsay what was told after it. Where the late one alarms it counts: the more careful
        of the two.
        """
        later = [each for each in self._memory.history(since=self.now) if each.kind in TELLING]
        days = {each.at.astimezone(self.now.tzinfo).date() for each in later if each.undone_at is None}
        if self.on not in days:
            return []
        calm = {each.id for each in findings if each.state not in self.knowledge.findings[each.id].alarming}
        there = told_of(self._memory, episode, self.knowledge).latest().values()
        return [each for each in there if each.id in calm and each.on == self.on]

    def propose(self, text: str) -> Reading:
        """Return what TEXT in own words proposes. Nothing is kept: what the runner confirms of it is told with `tell`.

        Raises:
            HipwiseError: the text is longer than 20,000 characters.
        """
        return reader_of(self.knowledge).read(text, self.on)

    def answer(self, following: Next, state: str) -> None:
        """Keep the answer to a question that was asked.

        Raises:
            UnknownAnswer: the question has no such state.
        """
        self.tell_page({following.question.id: state})

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
        kept = sorted(self._memory.verdicts("score", whole=False), key=lambda verdict: verdict.at)
        return tuple((each.on, each.trace["scales"]) for each in kept if each.trace["questionnaire"] == questionnaire)

    def evidence(self) -> Evidence:
        """Return all that is known of the runner and the pain: told, checked in, and seen in the training."""
        return self._known().evidence

    def told(self) -> Evidence:
        """Return what was told, without what the training shows."""
        return told_of(self._memory, self.episode, self.knowledge)


def _nothing(_: Step) -> None:
    """Write nothing."""


def _is_tick(question: Question, missing: set[str]) -> bool:
    return question.kind is Kind.YES_NO and question.id in missing
