"""All that the decision table looks at, gathered once."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hipwise.causes import Ranking, rank, situation
from hipwise.knowledge import Knowledge, Level, RunMode
from hipwise.model import Athlete, Evidence
from hipwise.plan._course import Course, course_of
from hipwise.plan._gate import is_gate_passed
from hipwise.plan._ladder import Position, position
from hipwise.plan._responses import Response, run_days, trend
from hipwise.plan._seen import Seen, trusted
from hipwise.plan._types import Limits, Referral, RunningNow

__all__ = ["Asked", "Heeded", "Morning", "Scene", "morning_of", "scene_of"]

DAY = timedelta(1)
ASK_RULE = "R0"
RED_RULE = "R10"
SHORT_NIGHTS = ("none", "one", "two", "three")
CALM_SCORES = ("rest_pain_score", "walk_pain_score")
MORNING_SCORE = "morning_pain_score"
WOKEN = "woken_by_hip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """What is known this morning; None is not known. See `running/today.yaml` for what each part decides.

    SUSPECT_BONE: bone stress is alarmed or likely, and not cleared. REFERRED: another referral stands that nobody has
    answered. LIMPED: a day that must be free of it brought a limp, or much pain on walking. CALM_DAYS: days since the
    last run with known scores within the lower limit. AT_ONCE: the pain of a runner back from a bone injury lies where
    it must not come again. LOCKED: a clinician or the runner holds running at none. WAITS: the likely problem must be
    looked at first, and nobody has.
    """

    limits: Limits
    level: Level = Level.SELF_CARE
    too_young: bool = False
    suspect_bone: bool = False
    referred: bool = False
    missing: tuple[str, ...] = ()
    fever: bool = False
    rest: int | None = None
    walk: int | None = None
    morning: int | None = None
    limp: bool | None = None
    limped: bool = False
    woken: bool = False
    broken_nights: int = 0
    medicated: bool = False
    last: Response | None = None
    calm_days: int = 0
    reds: int = 0
    at_once: bool = False
    stage: int
    free: bool
    gate_passed: bool = True
    ran_today: bool = False
    ran_yesterday: bool = False
    run_days_in_row: int = 0
    landing_hurts: bool = False
    trend: float | None = None
    planned_km: float | None = None
    ceiling_km: float | None = None
    short_nights: int = 0
    soreness: int | None = None
    locked: bool = False
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """Who, what is known, and what follows from it, on the day ON; the ladder is not climbed above MOST_STAGE."""

    athlete: Athlete
    evidence: Evidence
    running: RunningNow
    knowledge: Knowledge
    on: date
    ranking: Ranking
    course: Course
    place: Position
    most_stage: int | None = None

    @property
    def seen(self) -> Seen:
        """How all that is known stands on the day."""
        return Seen(self.evidence, self.knowledge, self.on)

    @property
    def may_run(self) -> bool:
        """Whether every protocol runs at this stage."""
        return all(self.course.stage(each).run is not RunMode.NONE for each in self.course.protocols)


Heeded = Referral | tuple[str, ...] | None
"""What was agreed, as far as a verdict heeds it: a referral whole, of a plan the pain profiles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """All that the answer of a day depends on, beside the knowledge: who, what is known, the log, what was AGREED.

    PLANNED_KM is the run in mind. MOST_STAGE is where the ladder is held (0: no run), by a clinician's lock or because
    the runner declined to go on; None: nowhere. ELSEWHERE is the referral that stands for another pain of this runner:
    nothing that is known of this one answers it. BESIDE is the question for the other pains of which today is known,
    CALLED how such a pain is called; the most careful verdict counts.
    """

    athlete: Athlete
    evidence: Evidence
    running: RunningNow
    agreed: Heeded
    on: date
    planned_km: float | None = None
    most_stage: int | None = None
    elsewhere: Referral | None = None
    beside: tuple[Asked, ...] = ()
    called: str = ""


def scene_of(asked: Asked, knowledge: Knowledge, ranking: Ranking | None = None) -> Scene:
    """Return the scene of a day: all is judged anew, and the pain limits of the plan are heeded beside today's.

    RANKING is that of the same evidence, where it is at hand already.
    """
    athlete, evidence, running, on = asked.athlete, asked.evidence.until(asked.on), asked.running, asked.on
    ranking = ranking or rank(athlete, evidence, knowledge, on)
    also = asked.agreed if isinstance(asked.agreed, tuple) else ()
    course = course_of(ranking, evidence, knowledge, on, also)
    place = position(evidence, running, course.limits, course.cleared_on, knowledge, on)
    if asked.most_stage is not None and asked.most_stage < place.stage:
        held = max(1, asked.most_stage)
        place = replace(place, stage=held, at=min(place.at, held), free=False)
    return Scene(athlete, evidence, running, knowledge, on, ranking, course, place, asked.most_stage)


def morning_of(scene: Scene, *, suspect_bone: bool, referred: bool, planned_km: float | None) -> Morning:
    """Return what the decision table looks at."""
    seen, knowledge, on, place = scene.seen, scene.knowledge, scene.on, scene.place
    sure = _unhidden(seen)
    days, may_run = run_days(scene.evidence, scene.running.run_days, knowledge), scene.may_run
    felt = seen if seen.medicated else sure
    return Morning(
        limits=scene.course.limits,
        level=scene.ranking.level,
        too_young=scene.ranking.triage.too_young,
        suspect_bone=suspect_bone,
        referred=referred,
        missing=tuple(dict.fromkeys((*scene.ranking.triage.missing, *_missing(felt)))),
        fever=_fever(seen),
        rest=felt.score("rest_pain_score"),
        walk=felt.score("walk_pain_score"),
        morning=_this_morning(felt),
        limp=None if seen.state("limp") is None else seen.yes("limp"),
        limped=_limped(seen, scene.course.limits),
        woken=seen.state(WOKEN) in {"lying_on_it", "yes"},
        broken_nights=_broken_nights(seen),
        medicated=seen.medicated,
        last=place.last,
        calm_days=_calm_days(sure, place.last, scene.course.limits),
        reds=place.reds,
        at_once=_comes_again(scene),
        stage=place.stage if may_run else 1,
        free=place.free and may_run,
        gate_passed=may_run and is_gate_passed(seen),
        ran_today=_ran_on(days, on),
        ran_yesterday=_ran_on(days, on - DAY),
        run_days_in_row=max(scene.running.run_days_in_row, _in_row(days, on)),
        landing_hurts=seen.yes("hop_hurts") or seen.yes("cannot_run"),
        trend=trend(sure.evidence, knowledge, on),
        planned_km=planned_km,
        ceiling_km=scene.running.ceiling_km,
        short_nights=SHORT_NIGHTS.index(seen.state("short_nights") or SHORT_NIGHTS[0]),
        soreness=seen.score("soreness_score"),
        locked=scene.most_stage == 0,
        waits=scene.course.waits and scene.course.cleared_on is None,
    )


def _this_morning(seen: Seen) -> int | None:
    told = seen.finding(MORNING_SCORE)
    return int(told.state) if told is not None and told.on == seen.on else None


def _unhidden(seen: Seen) -> Seen:
    """Return what no painkiller was hiding; the very same where none was taken, which is gone through once then."""
    found = trusted(seen.evidence, seen.knowledge)
    return seen if found is seen.evidence else Seen(found, seen.knowledge, seen.on)


def _missing(seen: Seen) -> tuple[str, ...]:
    """Return what the morning's card still lacks: an answer of another day says nothing of today."""
    card = next(rule for rule in seen.knowledge.rehab.today if rule.id == ASK_RULE).inputs
    oldest = seen.on - timedelta(seen.knowledge.number("today.card_fresh_d").value)
    return tuple(name for name in card if not _is_of(seen, name, oldest))


def _is_of(seen: Seen, name: str, oldest: date) -> bool:
    told = seen.score(name) if name.endswith("_score") else seen.state(name)
    found = seen.finding(name)
    return told is not None and found is not None and found.on >= oldest


def _fever(seen: Seen) -> bool:
    """Whether there is fever, or was within the days that must be free of it."""
    free = timedelta(seen.knowledge.number("today.fever_free_d").value)
    lately = seen.evidence.between(seen.on - free, seen.on)
    return seen.yes("fever") or any(each.id == "fever" and each.state == "yes" for each in lately)


def _limped(seen: Seen, limits: Limits) -> bool:
    """Whether one of the days before, which must be free of it, brought a limp or much pain on walking: its last word.

    When it was told makes no difference, and a painkiller hides no limp and no pain that was told beside it.
    """
    days = range(1, int(seen.knowledge.number("today.limp_free_d").value) + 1)
    return any(_was_lame(seen, seen.on - ago * DAY, limits) for ago in days)


def _was_lame(seen: Seen, day: date, limits: Limits) -> bool:
    told = {each.id: each.state for each in seen.evidence.between(day, day) if each.is_known}
    return told.get("limp") == "yes" or int(told.get("walk_pain_score", 0)) > limits.hi


def _broken_nights(seen: Seen) -> int:
    """Return how many nights of the last days were broken by pain that lying on it does not explain."""
    window = timedelta(seen.knowledge.number("today.nights_window_d").value)
    lately = seen.evidence.between(seen.on - window + DAY, seen.on)
    return len({each.on for each in lately if each.id == WOKEN and each.state == "yes"})


def _calm_days(seen: Seen, last: Response | None, limits: Limits) -> int:
    """Count the days since the last run whose scores are all known and low; a day that is not calm starts anew."""
    if last is None:
        return 0
    count = 0
    for place in range((seen.on - last.day).days):
        day = last.day + (place + 1) * DAY
        scores = [_score_of(seen, name, day) for name in CALM_SCORES]
        if any(score is not None and score > limits.lo for score in scores) or _restless(seen, day):
            count = 0
        elif None not in scores:
            count += 1
    return count


def _score_of(seen: Seen, name: str, day: date) -> int | None:
    told = [each for each in seen.evidence.between(day, day) if each.id == name]
    return int(told[-1].state) if told and told[-1].is_known else None


def _restless(seen: Seen, day: date) -> bool:
    """Whether that day brought a limp or a broken night."""
    told = {each.id: each.state for each in seen.evidence.between(day, day)}
    return told.get("limp") == "yes" or told.get(WOKEN) in {"lying_on_it", "yes"}


def _comes_again(scene: Scene) -> bool:
    if not scene.course.limits.bone:
        return False
    rule = next(rule for rule in scene.knowledge.rehab.today if rule.id == RED_RULE)
    seen = situation(scene.athlete, scene.evidence, scene.knowledge, scene.on)
    return rule.refer_if is not None and rule.refer_if.truth(seen) is True


def _in_row(days: tuple[date, ...], on: date) -> int:
    """Return the run days in a row that end today, or yesterday if there is none today."""
    day = on if _ran_on(days, on) else on - DAY
    count = 0
    while _ran_on(days, day - count * DAY):
        count += 1
    return count


def _ran_on(days: tuple[date, ...], day: date) -> bool:
    """Whether a DAY is one of the run DAYS, which are in order: a log of ten years is not gone through."""
    place = bisect_left(days, day)
    return place < len(days) and days[place] == day
