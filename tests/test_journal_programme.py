"""What a journal promises of a plan that lives: it follows the hip, asks before it goes on, and can be rebuilt."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from hipwise.errors import HipwiseError
from hipwise.journal import Journal
from hipwise.plan import Plan, Referral, Wishes, rebuilt
from sore_runner import AFTER_THE_RUN, BONE, GOOD_MORNING, KB, ON, Clock, calm, fit, sore

DAY = timedelta(1)
WELL = GOOD_MORNING | AFTER_THE_RUN | {"gate_one_leg": "yes", "gate_squats": "yes"}
GATE = {"gate_walk_30": "yes", "gate_calm_days": "yes"}


def log_of(journal: Journal) -> Plan | None:
    return rebuilt(journal._known().entries)


def a_plan(made: Plan | Referral) -> Plan:
    assert isinstance(made, Plan)
    return made


def morning(journal: Journal, clock: Clock, on: date, states: Mapping[str, str] = WELL) -> None:
    clock.on = on
    journal.tell(calm() | GATE)
    journal.checkin(states)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(tmp_path: Path, clock: Clock) -> Iterator[Journal]:
    with sore(tmp_path, clock) as opened:
        opened.tell(WELL | GATE)
        opened.plan(Wishes(weeks=2))
        yield opened


def test_a_plan_is_a_base_and_its_changes_and_rebuilds_exactly(journal: Journal, clock: Clock) -> None:
    assert [each.kind for each in journal.versions()] == ["base"]
    for later in range(1, 10, 4):
        morning(journal, clock, ON + later * DAY)
        assert log_of(journal) == journal.agreed() == journal.plan()
    assert {each.kind for each in journal.versions()} == {"base", "change"}
    for each in journal.versions()[1:]:
        assert each.body["reason"]
        assert each.body["before"] != each.body["after"]
        assert each.body["before"].keys() == each.body["after"].keys()


def test_a_step_on_is_proposed_and_waits_for_the_runner(journal: Journal, clock: Clock) -> None:
    before = a_plan(journal.plan()).stage
    for later in range(1, 12, 3):
        morning(journal, clock, ON + later * DAY)
    assert a_plan(journal.plan()).stage == before
    step = next(each for each in journal.proposals() if each.item == "stage")
    assert not step.by_itself
    after = journal.accept(step.id)
    assert after.stage.number == before.number + 1
    assert log_of(journal) == after == journal.plan()
    assert not any(each.item == "stage" for each in journal.proposals())
    journal.undo()
    assert a_plan(journal.plan()).stage == before
    assert any(each.id == step.id for each in journal.proposals())


def test_what_is_declined_is_not_proposed_again_for_a_week(journal: Journal, clock: Clock) -> None:
    for later in range(1, 12, 3):
        morning(journal, clock, ON + later * DAY)
    step = next(each for each in journal.proposals() if each.item == "stage")
    journal.decline(step.id)
    assert not any(each.item == "stage" for each in journal.proposals())
    with pytest.raises(HipwiseError, match="no proposal"):
        journal.accept(step.id)
    for later in range(13, 20, 3):
        morning(journal, clock, ON + later * DAY)
    assert any(each.item == "stage" for each in journal.proposals())


def test_a_flare_steps_back_by_itself_and_says_why(journal: Journal, clock: Clock, tmp_path: Path) -> None:
    assert a_plan(journal.plan()).run.mode == "free"
    clock.on = ON + DAY
    journal.add([fit(tmp_path / "more", ON + DAY)])
    morning(journal, clock, ON + 2 * DAY, GOOD_MORNING | AFTER_THE_RUN | {"run_pain_score": "8"})
    plan = a_plan(journal.plan())
    assert plan.run.mode in {"none", "ladder"}
    change = next(each for each in journal.versions() if each.body.get("item") == "run")
    assert change.body["rule"] == "ladder_red"
    assert "too much (8/10" in change.body["reason"]
    assert change.body["sources"]
    assert log_of(journal) == plan


def test_a_missing_morning_proposes_nothing(journal: Journal, clock: Clock) -> None:
    holed = {name: state for name, state in GOOD_MORNING.items() if not name.endswith("_score")}
    for later in range(1, 12, 3):
        morning(journal, clock, ON + later * DAY, holed)
    assert not any(each.item in {"stage", "run"} for each in journal.proposals())


# What was done


def test_an_exercise_that_hurts_becomes_easier_at_once(journal: Journal) -> None:
    plan = a_plan(journal.plan())
    first = plan.exercises[0]
    made = journal.done(first.id, sets=1, pain=7, felt="hurts")
    assert any(each.item == f"exercise:{first.id}" for each in made)
    now = a_plan(journal.plan())
    assert now.exercises != plan.exercises
    assert log_of(journal) == now
    assert journal.plan() == now  # and not a second time for the same session
    assert "hurt" in next(each for each in made if each.item.startswith("exercise")).reason


def test_easy_sessions_with_calm_mornings_are_proposed_to_become_harder(journal: Journal, clock: Clock) -> None:
    plan = a_plan(journal.plan())
    easy = next(each for each in plan.exercises if each.harder)
    for later in (1, 3):
        morning(journal, clock, ON + later * DAY)
        journal.done(easy.id, sets=easy.sets[1], pain=0, felt="too_easy")
    assert not any(each.rule == "exercise_easy" for each in journal.proposals())  # the last morning after is not known
    morning(journal, clock, ON + 4 * DAY)
    harder = [each for each in journal.proposals() if each.rule == "exercise_easy"]
    if harder:
        assert journal.accept(harder[0].id).exercises != plan.exercises


@pytest.mark.parametrize("wrong", [{"pain": 11}, {"sets": -1}, {"felt": "fine"}])
def test_what_cannot_be_is_not_kept_as_done(journal: Journal, wrong: dict[str, object]) -> None:
    before = journal.versions()
    with pytest.raises(HipwiseError):
        journal.done("glute_bridge", **wrong)  # type: ignore[arg-type]
    with pytest.raises(HipwiseError, match="no exercise"):
        journal.done("bench_press")
    assert journal.versions() == before


def test_a_swap_keeps_the_target(journal: Journal) -> None:
    plan = a_plan(journal.plan())
    for each in plan.exercises:
        for other in each.swaps:
            assert KB.rehab.exercises[other].targets[0] == each.targets[0]
    swappable = [each for each in plan.exercises if each.swaps]
    with pytest.raises(HipwiseError, match="cannot take the place"):
        journal.swap("glute_bridge", "swimming")
    for each in swappable[:1]:
        now = journal.swap(each.id, each.swaps[0])
        assert each.swaps[0] in {one.id for one in now.exercises}
        assert log_of(journal) == now


# Locks


def test_adaptation_respects_a_lock_and_says_who_holds_it(journal: Journal, clock: Clock) -> None:
    journal.lock("stage", "Physio Example", "tendon needs two more weeks")
    assert journal.locks()["stage"].reason == "tendon needs two more weeks"
    before = a_plan(journal.plan())
    for later in range(1, 12, 3):
        morning(journal, clock, ON + later * DAY)
    held = next(each for each in journal.proposals() if each.item == "stage")
    assert held.locked == "Physio Example"
    with pytest.raises(HipwiseError, match="locked by Physio Example"):
        journal.accept(held.id)
    assert a_plan(journal.plan()).stage == before.stage
    journal.unlock("stage")
    assert journal.accept(next(each for each in journal.proposals() if each.item == "stage").id).stage != before.stage
    with pytest.raises(HipwiseError, match="not locked"):
        journal.unlock("stage")


def test_a_locked_exercise_stays_and_cannot_be_swapped(journal: Journal) -> None:
    first = a_plan(journal.plan()).exercises[0]
    journal.lock(f"exercise:{first.id}", "Physio Example", "test of the tendon")
    journal.done(first.id, felt="hurts")
    assert first.id in {each.id for each in a_plan(journal.plan()).exercises}
    assert any(each.locked for each in journal.proposals())
    for other in first.swaps[:1]:
        with pytest.raises(HipwiseError, match="locked by"):
            journal.swap(first.id, other)


@pytest.mark.parametrize(("item", "by", "why"), [("sleep", "A", "b"), ("run", " ", "b"), ("run", "A", "")])
def test_a_lock_names_a_part_of_the_plan_a_person_and_a_reason(journal: Journal, item: str, by: str, why: str) -> None:
    with pytest.raises(HipwiseError):
        journal.lock(item, by, why)
    assert journal.locks() == {}


def test_a_lock_on_running_holds_today_at_its_stage(tmp_path: Path, clock: Clock) -> None:
    with sore(tmp_path, clock) as journal:
        journal.tell(WELL)
        journal.plan()
        journal.checkin(WELL)
        assert journal.today().session is None
        journal.tell({"walk_pain_score": "6"})
        journal.plan()
        assert a_plan(journal.plan()).run.mode == "none"
        journal.lock("run", "Physio Example", "no running for a week")
        verdict = journal.checkin(WELL)
        assert (verdict.rule, verdict.verdict) == ("RL", "not_today")


# Wishes and days


def test_wishes_stay_until_others_are_told(journal: Journal, clock: Clock) -> None:
    clock.on = ON + DAY
    journal.tell(calm() | GATE | WELL)
    wished = Wishes(on_days=("mon", "wed", "sat"), minutes_a_day=30, weeks=3)
    plan = a_plan(journal.plan(wished))
    assert plan.wishes == wished
    assert len(plan.days) == 21
    assert {day.on.strftime("%a") for day in plan.days if day.run or day.strength} <= {"Mon", "Wed", "Sat"}
    assert a_plan(journal.plan()).wishes == wished
    with pytest.raises(HipwiseError, match="no thing called"):
        journal.plan(Wishes(equipment=("trampoline",)))


def test_a_missed_run_is_looked_for_another_day(journal: Journal, clock: Clock, tmp_path: Path) -> None:
    plan = a_plan(journal.plan(Wishes(on_days=("mon", "fri", "sat"), weeks=2)))
    monday, friday = [day.on for day in plan.days if day.run][:2]
    assert (monday, friday) == (ON, ON + 4 * DAY)
    journal.add([fit(tmp_path / "week", monday, km=5.0, minutes=30)])
    morning(journal, clock, friday + DAY)
    (move,) = [each for each in journal.proposals() if each.rule == "missed"]
    assert f"Not done: {friday}" in move.reason
    assert f"{friday + DAY}: Run" in move.reason
    after = journal.accept(move.id)
    assert any(day.on == friday + DAY and day.run for day in after.days)
    assert [day for day in after.days if day.on > friday + DAY and day.run]
    assert not [each for each in journal.proposals() if each.rule == "missed"]


def test_a_missed_run_that_fits_nowhere_is_dropped_and_nothing_is_squeezed_in(journal: Journal, clock: Clock) -> None:
    morning(journal, clock, ON + DAY)
    assert not [each for each in journal.proposals() if each.rule == "missed"]


def test_without_a_plan_there_is_nothing_to_change(tmp_path: Path, clock: Clock) -> None:
    with Journal.open(tmp_path / "new.db", now=clock) as journal:
        assert journal.proposals() == ()
        assert journal.versions() == ()
        with pytest.raises(HipwiseError, match="to lock"):
            journal.lock("run", "A", "b")
        with pytest.raises(HipwiseError, match="no proposal"):
            journal.decline("abc")
        assert journal.done("glute_bridge", felt="right") == ()


# The interlock


def test_a_bone_alarm_hides_every_version_and_every_proposal(journal: Journal, clock: Clock) -> None:
    for later in range(1, 12, 3):
        morning(journal, clock, ON + later * DAY)
    assert journal.proposals()
    journal.tell(calm(**BONE))
    assert isinstance(journal.plan(), Referral)
    assert journal.proposals() == ()
    assert all(each.body == {} for each in journal.versions())
    with pytest.raises(HipwiseError):
        journal.today(override="my race is tomorrow")


def test_an_undo_never_takes_back_a_referral_of_an_earlier_day(tmp_path: Path, clock: Clock) -> None:
    with sore(tmp_path, clock) as journal:
        journal.tell(calm(**BONE))
        assert journal.today().verdict == "see_someone"
        clock.on = ON + 20 * DAY
        journal.undo()
        assert journal.today().verdict == "see_someone"
        assert isinstance(journal.plan(), Referral)


def test_a_slip_of_today_is_judged_anew(tmp_path: Path, clock: Clock) -> None:
    with sore(tmp_path, clock) as journal:
        journal.tell({"saddle_numb": "yes"})
        assert journal.today().verdict == "see_someone"
        journal.undo()
        assert journal.checkin(GOOD_MORNING | AFTER_THE_RUN).verdict != "see_someone"


# The day


def test_a_kept_verdict_is_made_again_from_its_trace(tmp_path: Path, clock: Clock) -> None:
    with sore(tmp_path, clock) as journal:
        verdict = journal.checkin(GOOD_MORNING | AFTER_THE_RUN)
        journal.tell({"limp": "yes"})
        assert journal.replay(journal.traces(1)[0]) == verdict
        assert verdict.flips
        with pytest.raises(HipwiseError, match="made again"):
            journal.replay({"rule": "R20"})


def test_an_override_is_noted_with_its_reason_and_what_came_of_it(tmp_path: Path, clock: Clock) -> None:
    with sore(tmp_path, clock) as journal:
        against = journal.checkin(GOOD_MORNING | AFTER_THE_RUN | {"walk_pain_score": "3", "run_pain_score": "1"})
        assert against.verdict == "not_today"
        with pytest.raises(HipwiseError, match="your reason"):
            journal.today(override=" ")
        noted = journal.today(override="club run")
        assert noted.override == "club run"
        assert noted.stop_rules
        assert [(each.reason, each.came_of) for each in journal.overrides()] == [("club run", "none")]
        journal.add([fit(tmp_path / "more", clock.on)])
        clock.on += DAY
        journal.checkin(GOOD_MORNING | AFTER_THE_RUN | {"run_pain_score": "8"})
        assert [each.came_of for each in journal.overrides()] == ["red"]
        again = journal.today(override="again")
        assert any("1 was too much" in note for note in again.notes)


def test_an_open_question_cannot_be_overridden(tmp_path: Path, clock: Clock) -> None:
    with sore(tmp_path, clock) as journal, pytest.raises(HipwiseError, match="cannot be overridden"):
        journal.today(override="I feel fine")
