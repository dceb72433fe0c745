"""What a journal promises of moving, of wishes, and of a session of several exercises: one step each, or no change."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from hipwise.errors import HipwiseError, RulesBroken
from hipwise.journal import Journal
from hipwise.knowledge import Phase
from hipwise.plan import Done, Plan, Run, RunningNow, Wishes, broken_rules, rebuilt, wished
from hipwise.plan._frame import Offer
from hipwise.plan._week import days_ahead, extended
from laid_days import KB, with_days
from sore_runner import AFTER_THE_RUN, BONE, GOOD_MORNING, ON, Clock, calm, fit, sore

DAY = timedelta(1)
WELL = GOOD_MORNING | AFTER_THE_RUN | {"gate_one_leg": "yes", "gate_squats": "yes"}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(tmp_path: Path, clock: Clock) -> Iterator[Journal]:
    with sore(tmp_path, clock) as opened:
        opened.tell(WELL | {"gate_walk_30": "yes", "gate_calm_days": "yes"})
        opened.plan(Wishes(weeks=2))
        yield opened


def a_plan(journal: Journal) -> Plan:
    made = journal.plan()
    assert isinstance(made, Plan)
    return made


def is_sound(journal: Journal) -> bool:
    """Whether the log rebuilds the plan exactly, and the plan breaks no rule."""
    known, plan = journal._known(), a_plan(journal)
    return rebuilt(known.entries) == plan and not broken_rules(plan, known.running, journal.knowledge)


def test_a_session_is_moved_in_one_step_and_stays_where_it_was_put(journal: Journal, clock: Clock) -> None:
    before, count = a_plan(journal), len(journal.history())
    run, to = next(
        (day.on, target.on)
        for day in before.days
        for move in journal.moves(day.on).moves
        for target in move.days
        if move.kind == "run" and target.allowed
    )
    after = journal.move(run, to, "run")
    assert len(journal.history()) == count + 1
    held = {day.on: day.run for day in after.days}
    assert held[to]
    assert not held[run]
    for kind in ("run", "strength"):
        assert sum(getattr(day, kind) for day in after.days) == sum(getattr(day, kind) for day in before.days)
    assert is_sound(journal)
    last = journal.versions()[-1]
    assert (last.body["rule"], last.body["item"]) == ("moved", "week")
    assert "You moved" in last.body["reason"]
    assert a_plan(journal).days == after.days, "asking again changes nothing"
    journal.undo()
    assert a_plan(journal).days == before.days
    again = journal.move(run, to, "run")
    clock.on = ON + DAY
    journal.tell(calm() | WELL)
    stood = {day.on: (day.run, day.strength) for day in again.days if day.on > clock.on}
    assert {day.on: (day.run, day.strength) for day in a_plan(journal).days if day.on in stood} == stood


def test_a_move_against_a_rule_names_it_and_changes_nothing(journal: Journal) -> None:
    before, count = a_plan(journal), len(journal.history())
    refused = 0
    for day in before.days[:2]:
        for move in journal.moves(day.on).moves:
            for target in move.days[::3]:
                if not target.allowed:
                    with pytest.raises(RulesBroken) as caught:
                        journal.move(day.on, target.on, move.kind)
                    told = caught.value.as_dict()["conflict"]
                    assert [each["says"] for each in (*told["rules"], *told["wishes"])] == [
                        b.says for b in target.broken
                    ]
                    refused += 1
    assert refused
    assert (a_plan(journal), len(journal.history())) == (before, count)


def test_nothing_is_moved_without_a_plan_or_under_an_alarm(journal: Journal, tmp_path: Path, clock: Clock) -> None:
    run = next(day.on for day in a_plan(journal).days if day.run)
    journal.tell(BONE | {"night_pain": "yes"})
    assert journal.moves(run).moves == ()
    assert "seen" in str(journal.moves(run).why_not) or "look at" in str(journal.moves(run).why_not)
    with pytest.raises(HipwiseError, match="nothing to move"):
        journal.move(run, run + DAY)
    with Journal.open(tmp_path / "new.db", now=clock) as new:
        assert "no plan" in str(new.moves().why_not)


def test_a_session_of_several_exercises_is_one_step(journal: Journal) -> None:
    before, plan = len(journal.history()), a_plan(journal)
    names = [each.id for each in plan.exercises]
    made = journal.session([Done(on=ON, exercise=name, pain=1, felt="hurts") for name in names])
    assert len(journal.history()) == before + 1
    assert made
    assert is_sound(journal)
    kept = [each.body["exercise"] for each in journal.versions() if each.kind == "done"]
    assert kept == names
    journal.undo()
    assert a_plan(journal) == plan
    assert not [each for each in journal.versions() if each.kind == "done"]


def test_a_session_with_one_wrong_exercise_keeps_none(journal: Journal) -> None:
    good = Done(on=ON, exercise=a_plan(journal).exercises[0].id)
    before = len(journal.history())
    for wrong in (
        [],
        [good, Done(on=ON, exercise="nobody_knows_it")],
        [good, Done(on=ON, exercise="clamshell", pain=11)],
    ):
        with pytest.raises(HipwiseError):
            journal.session(wrong)
    assert len(journal.history()) == before


def test_a_wish_that_is_not_said_stays_and_none_takes_it_back() -> None:
    before = Wishes(days_a_week=3, rest_day="sun", race_km=10.0)
    assert wished(before, {"minutes_a_day": 30}) == Wishes(
        days_a_week=3, rest_day="sun", race_km=10.0, minutes_a_day=30
    )
    assert wished(before, {"rest_day": None, "days_a_week": None}) == Wishes(race_km=10.0)
    assert wished(before, {"on_days": ("mon", "thu")}).days_a_week == 2
    assert wished(before, {"on_days": ("mon", "thu"), "days_a_week": 1}).days_a_week == 1


@pytest.mark.parametrize(
    "impossible",
    [
        Wishes(days_a_week=0), Wishes(minutes_a_day=4), Wishes(weeks=27), Wishes(rest_day="someday"),
        Wishes(on_days=("mon", "someday")), Wishes(runs_a_week=8), Wishes(race_km=0.5), Wishes(race_on=ON - DAY),
    ],
)  # fmt: skip
def test_a_wish_that_nobody_can_have_is_refused_by_name(journal: Journal, impossible: Wishes) -> None:
    before = a_plan(journal)
    with pytest.raises(HipwiseError, match=r"cannot be|is over"):
        journal.plan(impossible)
    assert a_plan(journal) == before


def test_wishes_that_clash_are_named_with_the_rule_that_stands_against_them(journal: Journal) -> None:
    with pytest.raises(RulesBroken) as caught:
        journal.plan(Wishes(runs_a_week=5))
    assert [each.rule for each in caught.value.wishes] == ["runs_a_week"]
    assert caught.value.rules
    with pytest.raises(RulesBroken) as both:
        journal.plan(Wishes(on_days=("mon",), rest_day="mon"))
    assert {each.rule for each in both.value.wishes} >= {"on_days", "rest_day"}


def test_a_wish_that_becomes_impossible_never_stops_a_check_in(journal: Journal, clock: Clock, tmp_path: Path) -> None:
    journal.plan(Wishes(strength_a_week=3, days_a_week=7))
    names = [each.id for each in a_plan(journal).exercises]
    for later in range(1, 6):
        clock.on = ON + later * DAY
        journal.tell(calm() | {"gate_walk_30": "yes", "gate_calm_days": "yes"})
        journal.checkin(WELL)
        journal.session([Done(on=clock.on, exercise=name) for name in names])
        if later % 3 == 0:
            journal.add([fit(tmp_path / "more", clock.on, km=3.0, minutes=20)])
        for each in journal.proposals():
            if each.locked is None and each.item == "stage":
                journal.accept(each.id)
    assert journal.agreed() is not None


def test_what_was_done_beyond_the_plan_makes_a_wish_wait_and_says_so() -> None:
    run = Run(mode="none", stage=None, session=None, says=(), asks=(), sources=())
    offer = Offer(run, Phase.LOAD, exercises=True, cross=False)
    wishes = Wishes(strength_a_week=3, days_a_week=7)
    plan = with_days(offer, wishes, days_ahead(offer, wishes, RunningNow(), KB, ON))
    worked = frozenset(ON - ago * DAY for ago in (2, 3, 4))
    busy = {"run": frozenset[date](), "cross": frozenset[date](), "strength": worked}
    days, unmet = extended(plan, RunningNow(), busy, KB, ON)
    assert "strength_a_week" in {each.rule for each in unmet}
    assert any(day.strength for day in days)
    assert extended(plan, RunningNow(), {}, KB, ON)[1] == ()
