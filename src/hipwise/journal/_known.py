"""All that is known on one day, and what follows from it; a function of what it is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache, reduce
from itertools import chain
from typing import Any

from hipwise.causes import Next, Ranking, calmest, changed_on, next_question, rank
from hipwise.draw import Chart
from hipwise.handout import (
    Dated,
    assessment,
    before_picture,
    load_data,
    offer,
    offers_run,
    pain_picture,
    plan_data,
    report_data,
    spikes_picture,
    time_picture,
    until_picture,
    weeks_picture,
)
from hipwise.journal._pains import Other, about_the_runner
from hipwise.journal._weigh import Assessment
from hipwise.knowledge import Knowledge, Level
from hipwise.load import Load
from hipwise.model import Athlete, Episode, Evidence, Finding
from hipwise.plan import (
    Asked,
    Decided,
    Entry,
    Plan,
    Programme,
    Referral,
    RunningNow,
    Today,
    Wishes,
    argued,
    borne,
    decided,
    make,
    programme,
    refer,
    running_now,
    said,
    unanswered,
    weightier,
    without_course,
)
from hipwise.texts import Voice, voice

__all__ = ["Known", "running_of"]


@dataclass(frozen=True)
class Known:
    """What is known on the day ON, fetched once a use case.

    EVIDENCE is what was told of the runner and this pain, and what the training shows. AGREED is the plan or referral
    kept for this pain, KEPT what an undo left of it, ELSEWHERE the other pains, whose referrals nothing that is told of
    this one answers. BESIDE is the same question of the day for other open pains of
    which a check-in speaks. MOST_STAGE is where a lock or a declined step holds the ladder (0: no run); None: nowhere.
    ENTRIES are the row of the plan.
    """

    on: date
    athlete: Athlete
    episode: Episode | None
    load: Load
    evidence: Evidence
    agreed: Plan | Referral | None
    elsewhere: tuple[Other, ...]
    knowledge: Knowledge
    most_stage: int | None = None
    kept: tuple[Referral, ...] = ()
    beside: tuple[Asked, ...] = ()
    entries: tuple[Entry, ...] = ()

    def told(self, findings: Iterable[Finding]) -> Known:
        """Return what is known once FINDINGS of this day are told too; a pain that they change has no course yet.

        What of them is about the runner is known for the other pains as well.
        """
        told = tuple(findings)
        after = self.evidence | Evidence.of(told)
        before = self._apart
        if len(before) < len(self.evidence) and self._changed_on(after) != self._changed_on(before):
            after = without_course(after)
        shared = [each for each in told if each.id in about_the_runner(self.knowledge)]
        return replace(
            self,
            evidence=after,
            elsewhere=tuple(each.told(shared) for each in self.elsewhere),
            beside=tuple(replace(each, evidence=each.evidence | Evidence.of(shared)) for each in self.beside),
        )

    @cached_property
    def _apart(self) -> Evidence:
        return without_course(self.evidence)

    def _changed_on(self, evidence: Evidence) -> date | None:
        return changed_on(evidence.until(self.on), self.knowledge)

    @cached_property
    def ranking(self) -> Ranking:
        """How urgent it is, and what it could be."""
        return rank(self.athlete, self.evidence, self.knowledge, self.on)

    @cached_property
    def referral(self) -> Referral | None:
        """Whom to see before anything else: for this pain or for another one that is open, the more urgent."""
        return weightier(self.own_referral, self._elsewhere)

    @cached_property
    def own_referral(self) -> Referral | None:
        """Whom to see for this pain: by what is known now, or by a referral that nobody has answered yet.

        Of the two the more urgent: a lesser alarm never takes the place of a greater one.
        """
        return weightier(self._asked_for, self._unanswered)

    @cached_property
    def _elsewhere(self) -> Referral | None:
        found = (each.referrals(self.athlete, self.knowledge, self.on) for each in self.elsewhere)
        return reduce(weightier, chain.from_iterable(found), None)

    @cached_property
    def _asked_for(self) -> Referral | None:
        found = refer(self.ranking, self.athlete, self.knowledge)
        return None if found is None else replace(found, on=self.on)

    @cached_property
    def _unanswered(self) -> Referral | None:
        kept = (self.agreed,) if isinstance(self.agreed, Referral) else ()
        left = (unanswered(each, self.ranking, self.evidence, self.knowledge, self.on) for each in (*kept, *self.kept))
        return reduce(weightier, left, None)

    @cached_property
    def following(self) -> Next | None:
        """The question to ask now."""
        return next_question(self.athlete, self.evidence, self.knowledge, self.on)

    @property
    def is_settled(self) -> bool:
        """Whether what follows may be kept as agreed.

        Half an interview can alarm only because of what nobody has answered yet. A referral is kept, and then stands
        until a clinician was seen, once the red-flag page is answered, where nobody may wait for that, or where no
        answer that is missing could take it back.
        """
        urgency = self.ranking.triage
        return not urgency.missing or urgency.level >= Level.SAME_DAY or self._holds_whatever_is_missing

    @cached_property
    def _holds_whatever_is_missing(self) -> bool:
        """Whether a referral would be asked for as well if every missing answer were the calmest there is."""
        if self._asked_for is None:
            return False
        calm = calmest(self.ranking.triage.missing, self.knowledge)
        told = Evidence.of(Finding(name, state, self.on) for name, state in calm.items())
        then = rank(self.athlete, self.evidence | told, self.knowledge, self.on)
        return refer(then, self.athlete, self.knowledge) is not None

    def assessment(self) -> Assessment:
        """Return how urgent it is, what it could be, what to ask next, and whom to see.

        Where a referral stands that nobody has answered, it is at least as urgent as that says.
        """
        if self.referral is None or self.referral is self._asked_for:
            return Assessment(self.ranking, self.following, self.referral)
        return Assessment(_raised(self.ranking, self.referral), self.following, self.referral)

    def plan(self, wishes: Wishes) -> Plan | Referral:
        """Return the plan for now, or the referral that stands in its place."""
        if self.referral is not None:
            return self.referral
        return make(self.ranking, self.athlete, self.evidence, self.running, wishes, self.knowledge, self.on)

    @property
    def standing(self) -> Plan | Referral | None:
        """What holds: whom to see first, or the plan agreed on, while no red-flag question has lost its answer."""
        if self.referral is not None or not isinstance(self.agreed, Plan):
            return self.referral
        return self.plan(self.agreed.wishes or Wishes()) if self.ranking.triage.missing else self.agreed

    @cached_property
    def running(self) -> RunningNow:
        """How the runner runs at present."""
        return running_of(self.load, self.on)

    def programme(self, plan: Plan, entries: tuple[Entry, ...], fresh: Plan) -> Programme:
        """Return what becomes of PLAN, which ENTRIES lead to, now that it would be made as FRESH."""
        return programme(plan, entries, fresh, self.ranking, self.evidence, self.running, self.knowledge)

    @cached_property
    def borne(self) -> dict[date, str]:
        """How each run was borne, by its day."""
        return borne(self.ranking, self.evidence, self.running, self.knowledge, self.on)

    def asked(self, planned_km: float | None = None) -> Asked:
        """Return the question of the day, for a run of PLANNED_KM."""
        kept = self._unanswered or self.agreed
        return Asked(
            athlete=self.athlete,
            evidence=self.evidence,
            running=self.running,
            agreed=kept.limits.profiles if isinstance(kept, Plan) else kept,
            on=self.on,
            planned_km=planned_km,
            most_stage=self.most_stage,
            elsewhere=self._elsewhere,
            beside=self.beside,
        )

    def answer(self, asked: Asked) -> Today:
        """Return the verdict of the day, with what would change it."""
        return argued(asked, self.knowledge, self.decided(asked.planned_km))

    def decided(self, planned_km: float | None = None) -> Decided:
        """Return what is decided for the day, and from what, for a run of PLANNED_KM; the last one is remembered."""
        found = self._decisions.get(planned_km) or decided(self.asked(planned_km), self.knowledge, self.ranking)
        self._decisions.clear()
        self._decisions[planned_km] = found
        return found

    @cached_property
    def _decisions(self) -> dict[float | None, Decided]:
        return {}

    def today(self, planned_km: float | None = None) -> Today:
        """Return the verdict of the day, without what would change it."""
        return said(self.decided(planned_km))

    @cached_property
    def of_day(self) -> Today:
        """The verdict of the day, where no run is planned."""
        return self.today()

    def training(self, planned_km: float | None = None) -> dict[str, Any]:
        """Return the load as plain data; it names no ceiling, and judges no planned run, unless today offers a run."""
        return load_data(
            self.load,
            self.of_day,
            self.knowledge,
            referral=self.referral,
            planned_km=planned_km,
            evidence=self.evidence,
        )

    @property
    def ahead(self) -> tuple[Dated, ...]:
        """The days of the plan that may be handed out today: none with a run unless today offers one."""
        return offer(self.standing, self.of_day, self.referral).days

    def chart(self, name: str, *, width: float = 360) -> Chart:
        """Return a chart of the load or of the pain; no ceiling in it unless today offers a run."""
        if name == "weeks":
            may_run = offers_run(self.of_day, self.referral)
            return weeks_picture(self.load, self.on, may_run=may_run, ahead=self.ahead, width=width)
        if name == "spikes":
            return spikes_picture(self.load, self.on, self.knowledge, width=width)
        if name == "until":
            return until_picture(self.load, self.evidence, self.knowledge, width=width)
        if name == "before":
            return before_picture(self.load, self.evidence, self.on, width=width)
        if name == "time":
            return time_picture(self.load, self.evidence, self.on, ahead=self.ahead, width=width)
        return pain_picture(self.evidence, self.on, width=width)

    def report(self) -> dict[str, Any]:
        """Return the page for a clinician: a plan that was agreed on as it is, unless someone must look first."""
        found = self.assessment()
        made = self.standing or self.plan(Wishes())
        parts = {
            "assessment": assessment(found.ranking, found.following, found.referral, self.knowledge),
            "load": self.training(),
            "plan": plan_data(made),
        }
        return report_data(self.athlete, self.episode, self.evidence, parts, self.knowledge, self.on)


def running_of(load: Load, on: date) -> RunningNow:
    """Return how the runner runs on the day ON by a LOAD; worked out once for each."""
    return _running(load, on, voice())


@lru_cache(maxsize=8)
def _running(load: Load, on: date, spoken: Voice) -> RunningNow:
    del spoken  # kept once for each voice: it says how one runs
    return running_now(load, on)


def _raised(ranking: Ranking, standing: Referral) -> Ranking:
    """Return RANKING, no less careful than a referral that still stands (safety laws 1, 2 and 4)."""
    level = max(ranking.level, Level.of(standing.level))
    urgency = replace(ranking.triage, level=level, bone_stress=ranking.triage.bone_stress or standing.bone_stress)
    if level >= Level.SAME_DAY:
        return replace(ranking, triage=urgency, causes=(), something_else=0.0, left_out=0.0)
    return replace(ranking, triage=urgency)
