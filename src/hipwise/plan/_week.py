"""The days of a plan: which session stands where, and what each run would be if all stays calm."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hipwise.errors import Broken, RulesBroken
from hipwise.knowledge import Knowledge, Phase
from hipwise.plan._frame import DAYS, KINDS, Frame, Offer, Placed, Placement, frame_of
from hipwise.plan._outlook import Outlook, Step, steps
from hipwise.plan._place import RULES, Clash, place
from hipwise.plan._types import Day, Plan, Run, RunningNow
from hipwise.plan._wishes import Wishes
from hipwise.texts import say

__all__ = ["ahead", "days_ahead", "extended", "in_words", "laid", "rearranged"]

NOTHING: Placed = {kind: frozenset() for kind in KINDS}
NO_STEP = Step(None, None, None)


def days_ahead(offer: Offer, wishes: Wishes, running: RunningNow, knowledge: Knowledge, on: date) -> tuple[Day, ...]:
    """Return the days from the day ON: as far ahead as was wished, at least a week.

    Other training fills in for runs only while there are none. Where nothing may be done, every day is for rest.

    Raises:
        RulesBroken: wishes clash with each other or with a rule; they are named.
    """
    frame = frame_of(offer, wishes, running, knowledge, on)
    return _days(frame, _placed(frame, None), _outlook(offer.run, wishes, running), knowledge)


def rearranged(plan: Plan, running: RunningNow, done: Placement, knowledge: Knowledge, on: date) -> tuple[Day, ...]:
    """Return the days of PLAN from the day ON after something was missed: as few sessions as can be move.

    DONE says on which days what was done, so that no rule is broken across today. A missed session is fitted in
    where that breaks no rule, and dropped where it does. Days that lie behind are left out.

    Raises:
        RulesBroken: wishes clash with each other or with a rule; they are named.
    """
    length = sum(day.on >= on for day in plan.days) or DAYS
    frame, kept = ahead(plan, running, done, knowledge, on, length)
    return laid(plan, frame, _placed(frame, kept), running, knowledge)


def extended(
    plan: Plan, running: RunningNow, done: Placement, knowledge: Knowledge, on: date
) -> tuple[tuple[Day, ...], tuple[Broken, ...]]:
    """Return the days of PLAN from the day ON, as many as were wished: those laid out stay, new ones follow.

    Where the plan offers other things than its days hold, they are laid out anew, with as few moves as can be. Wishes
    that can no longer be kept (a longer session, what was done these days) never stop a plan: as much as can be is laid
    out, and they are returned with the rules against them.
    """
    length = DAYS * max(1, (plan.wishes or Wishes()).weeks)
    frame, kept = ahead(plan, running, done, knowledge, on, length)
    offered = {"run": frame.runs, "strength": frame.exercises, "cross": frame.cross}
    same = all(any(_has(day, kind) for day in plan.days) == offered[kind] for kind in KINDS)
    placed = place(frame, kept, sum(day.on >= on for day in plan.days)) if same else NOTHING
    if not same or isinstance(placed, Clash):
        placed = _offered(frame, kept if same else None)
    unmet: tuple[Broken, ...] = ()
    if isinstance(placed, Clash):
        unmet = in_words((*placed.wishes, *placed.rules), frame)
        placed = _placed(frame.without_least(), kept if same else None)
    return laid(plan, frame, placed, running, knowledge), unmet


def ahead(
    plan: Plan, running: RunningNow, done: Placement, knowledge: Knowledge, on: date, length: int
) -> tuple[Frame, Placed]:
    """Return the frame of so many days from the day ON, and what PLAN has on them."""
    offer = Offer(
        plan.run, Phase(plan.stage.id), bool(plan.exercises), plan.cross, plan.stage.days[1], plan.cross_kinds
    )
    frame = frame_of(offer, plan.wishes or Wishes(), running, knowledge, on, length=length, done=done)
    days = {day.on: day for day in plan.days}
    places = range(frame.length)
    return frame, {kind: frozenset(at for at in places if _has(days.get(frame.day(at)), kind)) for kind in KINDS}


def laid(plan: Plan, frame: Frame, placed: Placed, running: RunningNow, knowledge: Knowledge) -> tuple[Day, ...]:
    """Return the days of PLAN with what is PLACED on them."""
    return _days(frame, placed, _outlook(plan.run, frame.wishes, running), knowledge)


def _outlook(run: Run, wishes: Wishes, running: RunningNow) -> Outlook:
    return Outlook(run.stage or 0, run.passes, run.bone, running, wishes.race_km)


def _has(day: Day | None, kind: str) -> bool:
    return day is not None and bool(getattr(day, kind))


def _offered(frame: Frame, kept: Placed | None) -> Placed | Clash:
    return place(frame, kept) if frame.runs or frame.exercises or frame.cross else NOTHING


def _placed(frame: Frame, kept: Placed | None) -> Placed:
    found = _offered(frame, kept)
    if isinstance(found, Clash):
        raise _refused(found, frame)
    return found


def _refused(clash: Clash, frame: Frame) -> RulesBroken:
    """Return the refusal, with every clashing wish and rule in words."""
    wishes, rules = in_words(clash.wishes, frame), in_words(clash.rules, frame)
    kind = "wishes_clash_rule" if rules else "wishes_clash"
    return RulesBroken(kind, where=", ".join(clash.wishes), wishes=wishes, rules=rules)


def in_words(names: Iterable[str], frame: Frame) -> tuple[Broken, ...]:
    """Return rules and wishes of a frame in words."""
    values = _values(frame)
    return tuple(
        Broken(name, say(f"plan.rule_{name}", **values) if name in RULES else say(f"plan.wish_{name}", **values))
        for name in names
    )


def _values(frame: Frame) -> dict[str, object]:
    wishes: Wishes = frame.wishes
    named = [say(f"plan.weekday_{name}") for name in wishes.on_days]
    return {
        "on_days": ", ".join(named),
        "rest_day": say(f"plan.weekday_{wishes.rest_day}") if wishes.rest_day else "",
        "days_a_week": wishes.days_a_week,
        "run_minutes": wishes.run_minutes,
        "runs": wishes.runs_a_week,
        "strength": wishes.strength_a_week,
        "session": round(frame.session_min or 0),
        "apart": frame.apart - 1,
        "run_days": frame.run_days,
        "strength_days": frame.strength_days,
        "least": frame.strength_least,
    }


def _days(frame: Frame, placed: Placed, outlook: Outlook, knowledge: Knowledge) -> tuple[Day, ...]:
    a_week = [len(placed["run"] & set(week)) for week in frame.weeks()]
    by_place = dict(zip(sorted(placed["run"]), steps(outlook, a_week, knowledge), strict=True))
    return tuple(_day(frame, at, placed, by_place.get(at, NO_STEP)) for at in range(frame.length))


def _day(frame: Frame, at: int, placed: Placed, step: Step) -> Day:
    run, strength, cross = (at in placed[kind] for kind in KINDS)
    kinds = {(True, True): "both", (True, False): "run", (False, True): "strength", (False, False): "rest"}
    word = kinds[run, strength]
    if cross:
        word = "strength_cross" if strength else "cross"
    if at == frame.race_at:
        word = "race"
    return Day(
        on=frame.day(at),
        run=run,
        strength=strength,
        says=say(f"plan.day_{word}", kinds=", ".join(frame.kinds).lower() or say("plan.cross_any")),
        cross=cross,
        stage=step.stage,
        minutes=step.minutes,
        km=step.km,
        race=at == frame.race_at,
    )
