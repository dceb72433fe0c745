"""How a plan follows the hip, part by part: what is made easier, what is kept, what is proposed, and what bars."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from hipwise.causes import Ranked, Ranking, Triage
from hipwise.errors import RulesBroken
from hipwise.knowledge import Knowledge, Level, Phase
from hipwise.model import Athlete, Evidence, Finding
from hipwise.plan import (
    Change,
    Done,
    Entry,
    Plan,
    Programme,
    RunningNow,
    Wishes,
    _adapt,
    is_sound,
    make,
    programme,
    rebuilt,
    swapped,
)
from hipwise.plan._course import course_of
from hipwise.plan._done import sessions
from hipwise.plan._exercises import prescribed
from hipwise.plan._flips import would_change
from hipwise.plan._frame import Offer, frame_of
from hipwise.plan._morning import Asked
from hipwise.plan._outlook import Outlook, weeks_of_km
from hipwise.plan._place import Clash, place
from hipwise.plan._today import decided
from hipwise.plan._tuned import tuned
from hipwise.plan._types import Prescribed, Run
from hipwise.plan._week import extended
from sore_runner import AFTER_THE_RUN, GOOD_MORNING, calm

KB = Knowledge.load()
ON = date(2030, 5, 6)
DAY = timedelta(1)
RUNNER = Athlete.of_age(35, "female", ON)
SAFE = Triage(level=Level.SELF_CARE, alarms=(), bone_stress=False, cleared=False, missing=(), too_young=False)
RAN = RunningNow(
    longest_30d_km=10.0, ceiling_km=11.0, last_run_km=8.0, last_run_min=48.0,
    run_days=tuple(ON - ago * DAY for ago in (14, 11, 8, 5, 2)),
)  # fmt: skip
NOTHING = Evidence()


def ranking(cause: str = "gluteal_tendinopathy", share: float = 0.6) -> Ranking:
    found = Ranked(cause, KB.causes[cause].name, share, share / 2, 0.9, (), ())
    return Ranking(SAFE, (found,), 0.2, 0.01, ("causes.no_examination",))


def fresh(of: Ranking, evidence: Evidence = NOTHING, wishes: Wishes | None = None, on: date = ON) -> Plan:
    made = make(of, RUNNER, evidence, RAN, wishes or Wishes(minutes_a_day=30), KB, on)
    assert isinstance(made, Plan)
    return made


PLAN = fresh(ranking())


def base(plan: Plan = PLAN) -> Entry:
    return Entry(ON, "base", json.loads(json.dumps(plan.as_dict())))


def line(change: Change, on: date = ON) -> Entry:
    return Entry(on, "change", json.loads(json.dumps(change.as_dict())))


def followed(
    plan: Plan, new: Plan, *entries: Entry, evidence: Evidence = NOTHING, of: Ranking | None = None
) -> Programme:
    rows = (base(plan), *entries)
    found = programme(plan, rows, new, of or ranking(), evidence, RAN, KB)
    assert rebuilt((*rows, *map(line, found.made))) == found.plan
    return found


def rules(changes: tuple[Change, ...]) -> set[str]:
    return {each.rule for each in changes}


def test_nothing_new_changes_nothing() -> None:
    found = followed(PLAN, PLAN)
    assert (found.plan, found.made, found.proposed) == (PLAN, (), ())


def test_another_likely_problem_brings_its_exercises_and_limits() -> None:
    other = ranking("proximal_hamstring_tendinopathy")
    found = followed(PLAN, fresh(other), of=other)
    assert found.plan.protocols == ("proximal_hamstring",)
    assert found.plan.exercises != PLAN.exercises
    assert {"picture", "stage"} <= rules(found.made)


def test_an_exercise_that_is_not_allowed_leaves_in_spite_of_a_lock() -> None:
    jump = prescribed(KB.rehab.exercises["pogo_double"])
    sore = replace(PLAN, exercises=(*PLAN.exercises, jump))
    lock = Entry(ON, "lock", {"item": "exercise:pogo_double", "by": "A", "reason": "b"})
    gone = replace(jump, id="no_longer_known")
    found = followed(replace(sore, exercises=(*sore.exercises, gone)), PLAN, lock)
    assert found.plan.exercises == PLAN.exercises
    assert "not_allowed" in rules(found.made)


def test_other_wishes_give_other_exercises_and_other_days() -> None:
    wished = Wishes(minutes_a_day=7, on_days=("mon", "thu"))
    found = followed(PLAN, fresh(ranking(), wishes=wished))
    assert len(found.plan.exercises) < len(PLAN.exercises)
    assert {day.on.strftime("%a") for day in found.plan.days if day.run or day.strength} <= {"Mon", "Thu"}
    same = followed(PLAN, fresh(ranking(), wishes=Wishes(minutes_a_day=30, on_days=("tue", "fri"))))
    assert same.plan.exercises == PLAN.exercises


def test_a_sore_day_takes_the_runs_and_a_good_one_gives_back_what_was_agreed() -> None:
    sore = fresh(ranking(), Evidence.of([Finding("walk_pain_score", "6", ON)]))
    found = followed(PLAN, sore)
    assert found.plan.run.mode == "none"
    assert not any(day.run for day in found.plan.days)
    rows = tuple(map(line, found.made))
    again = followed(found.plan, PLAN, base(PLAN), *rows)
    assert again.plan.run == PLAN.run
    assert again.proposed == ()


def test_more_than_was_agreed_is_proposed_and_a_weekly_problem_holds_it() -> None:
    low = replace(PLAN, run=replace(PLAN.run, mode="ladder", stage=3))
    found = followed(low, PLAN)
    assert "run_on" in rules(found.proposed)
    declined = Entry(ON, "decline", {"item": "run", "id": "x"})
    assert "run_on" not in rules(followed(low, PLAN, declined).proposed)
    week = {"on": ON.isoformat(), "participation": 2, "training": 2, "performance": 1, "symptoms": 2}
    assert followed(low, PLAN, Entry(ON, "weekly", week)).proposed == ()
    fine = week | {"participation": 0, "training": None, "performance": None, "symptoms": None}
    assert "run_on" in rules(followed(low, PLAN, Entry(ON, "weekly", fine)).proposed)


def test_a_row_of_another_form_rebuilds_nothing() -> None:
    assert rebuilt(()) is None
    assert rebuilt([Entry(ON, "change", {"after": {"on": "x"}})]) is None
    assert rebuilt([Entry(ON, "base", {"kind": "plan"})]) is None
    referral: dict[str, Any] = {
        "kind": "referral", "on": None, "level": "routine", "bone_stress": False, "too_young": False, "what": "",
        "how_fast": "", "until_then": [], "say_there": "", "because": [], "codes": [], "number": None, "sources": [],
    }  # fmt: skip
    assert rebuilt([Entry(ON, "base", referral)]) is None


# One exercise


def done(exercise: str, **told: Any) -> Done:
    return Done(**({"on": ON, "exercise": exercise} | told))


def tune(exercise: Prescribed, *told: Done, mornings: dict[date, int] | None = None, bone: bool = False) -> Any:
    course = course_of(ranking(), NOTHING, KB, ON)
    if bone:
        course = replace(course, limits=replace(course.limits, lo=0, hi=0, bone=True))
    return tuned(exercise, replace(PLAN, exercises=(exercise,)), told, mornings or {}, course, KB)


def of_kind(*, easier: bool, sets: int | None = None) -> Prescribed:
    """An exercise with (or without) an easier form that fits, with so many sets."""
    course = course_of(ranking(), NOTHING, KB, ON)
    from hipwise.plan._exercises import may_do

    for each in KB.rehab.exercises.values():
        down = each.progression_of
        fits = down is not None and may_do(KB.rehab.exercises[down], course, Wishes(minutes_a_day=30), KB)
        if fits == easier and (easier or down is None) and (sets is None or each.dose.sets[1] >= sets):
            return prescribed(each)
    raise AssertionError


@pytest.mark.parametrize("told", [{"felt": "hurts"}, {"pain": 8}, {"felt": "too_hard", "pain": 0}])
def test_too_much_leads_to_the_easier_form(told: dict[str, Any]) -> None:
    exercise = of_kind(easier=True)
    found = tune(exercise, done(exercise.id, **told))
    assert found.new.id == exercise.easier
    assert not found.harder


def test_without_an_easier_form_there_is_one_set_less_and_then_it_is_left_out() -> None:
    exercise = of_kind(easier=False, sets=2)
    found = tune(exercise, done(exercise.id, felt="hurts"))
    assert found.new.sets[1] == exercise.sets[1] - 1
    once = replace(exercise, sets=(1, 1))
    assert tune(once, done(exercise.id, felt="hurts")).new is None


def test_a_worse_morning_after_counts_and_of_a_bone_any() -> None:
    exercise = of_kind(easier=True)
    told = done(exercise.id, felt="right", pain=0)
    assert tune(exercise, told, mornings={ON: 0, ON + DAY: 3}).rule == "exercise_morning"
    assert tune(exercise, told, mornings={ON: 0, ON + DAY: 1}) is None
    assert tune(exercise, told, mornings={ON: 0, ON + DAY: 1}, bone=True).rule == "exercise_morning"
    assert tune(exercise, told, mornings={ON + DAY: 5}).rule == "exercise_morning"
    assert tune(exercise, told, mornings={ON + DAY: 0}) is None
    assert tune(exercise, told) is None
    assert tune(exercise) is None
    assert tune(replace(exercise, id="unknown"), done("unknown", felt="hurts")) is None


def test_only_full_easy_sessions_with_calm_known_mornings_make_it_harder() -> None:
    exercise = prescribed(KB.rehab.exercises["iso_abduction_supine"])
    easy = [done(exercise.id, on=ON + ago * DAY, felt="too_easy", pain=0, sets=9) for ago in (0, 2)]
    calm_days = {ON + ago * DAY: 0 for ago in range(5)}
    found = tune(exercise, *easy, mornings=calm_days)
    if exercise.harder and found is not None:
        assert found.harder
        assert found.new.id in exercise.harder
    for lacking in ({"pain": None}, {"sets": 0}, {"felt": "right"}, {"sets": None}):
        assert tune(exercise, easy[0], replace(easy[1], **lacking), mornings=calm_days) is None
    assert tune(exercise, easy[0], mornings=calm_days) is None
    assert tune(exercise, *easy, mornings={ON: 0, ON + DAY: 0}) is None
    assert [each.on for each in sessions(reversed(easy), exercise.id)] == [ON, ON + 2 * DAY]


def test_a_harder_form_is_found_where_there_is_one() -> None:
    course = course_of(ranking(), NOTHING, KB, ON)
    for each in KB.rehab.exercises.values():
        exercise = prescribed(each)
        easy = tuple(done(each.id, on=ON + ago * DAY, felt="too_easy", pain=0, sets=9) for ago in (0, 2))
        found = tune(exercise, *easy, mornings={ON + ago * DAY: 0 for ago in range(5)})
        if found is not None:
            assert found.harder
            assert course.phase in KB.rehab.exercises[found.new.id].phases
            return
    pytest.fail("no exercise of this stage has a harder form")


def test_a_swap_that_the_plan_does_not_name_is_none() -> None:
    assert swapped(PLAN, "unknown", "clamshell", KB) is None
    assert swapped(PLAN, PLAN.exercises[0].id, "unknown", KB) is None


# Days and distances


def test_a_later_week_that_leads_nowhere_is_laid_out_together_with_those_before_it() -> None:
    ladder = Run(mode="ladder", stage=3, session=None, says=(), asks=(), sources=())
    wished = Wishes(weeks=2, runs_a_week=3, on_days=("mon", "wed", "fri", "sat", "sun"))
    for first in range(7):
        frame = frame_of(Offer(ladder, Phase.LOAD, True, False), wished, RunningNow(), KB, ON + first * DAY)
        placed = place(frame)
        if not isinstance(placed, Clash):
            assert len(placed["run"]) >= 6


def test_days_that_no_longer_fit_are_laid_out_anew() -> None:
    bad = tuple(replace(day, run=True) if day.on.day % 2 else day for day in PLAN.days)
    plan = replace(PLAN, days=bad, week=bad[:7])
    done_on = {"run": frozenset({ON - DAY, ON - 3 * DAY}), "strength": frozenset(), "cross": frozenset()}
    days, unmet = extended(plan, replace(RAN, run_days=(ON - 3 * DAY, ON - DAY)), done_on, KB, ON)
    assert unmet == ()
    runs = [day.on for day in days if day.run]
    assert all((later - before) > DAY for before, later in zip([ON - DAY, *runs], runs, strict=False))


def test_without_a_ceiling_no_distance_is_told_and_a_week_without_runs_has_none() -> None:
    free = len(KB.rehab.ladder.rungs) + 1
    unknown = Outlook(free, 0, bone=False, running=RunningNow())
    assert list(weeks_of_km(unknown, [2, 0], KB)) == [[None, None], []]
    racing = Outlook(free, 0, bone=False, running=RAN, race_km=21.1)
    weeks = list(weeks_of_km(racing, [3, 3, 3, 3, 0], KB))
    longest = [max(week) for week in weeks[:4] if week]  # type: ignore[type-var]
    assert longest[0] < longest[1] < longest[2]  # type: ignore[operator]
    assert longest[3] < longest[2]  # type: ignore[operator]
    assert all(longest[0] >= km for km in weeks[0] if km)


def test_with_a_pain_the_longest_run_grows_from_what_was_run_since_it_began() -> None:
    free = len(KB.rehab.ladder.rungs) + 1
    sore = Outlook(free, 0, bone=False, running=replace(RAN, last_run_km=3.0, sore_km=5.0))
    weeks = [week for week in weeks_of_km(sore, [3, 3, 3], KB) if week]
    assert weeks == [[3.0, 3.0, 5.0], [3.0, 3.0, 5.5], [3.0, 3.0, 6.0]]


def test_the_longest_run_grows_from_what_was_planned_and_not_from_what_was_rounded_down_to_it() -> None:
    free = len(KB.rehab.ladder.rungs) + 1
    running = RunningNow(ceiling_km=3.3, last_run_km=2.1, sore_km=1.5, run_days=RAN.run_days)
    weeks = weeks_of_km(Outlook(free, 0, bone=False, running=running), [1, 1, 1], KB)
    assert [week[-1] for week in weeks] == [1.5, 1.6, 1.7], "1.8 would be an eighth more than 1.6"


# What would change a verdict


@pytest.mark.parametrize(
    "told",
    [
        {"limp": "yes"},
        {"hop_hurts": "yes"},
        {"woken_by_hip": "lying_on_it"},
        {"painkiller": "ibuprofen", "painkiller_hours_ago": "under_6"},
        {"walk_pain_score": "4", "rest_pain_score": "4"},
        {"run_pain_score": "4"},
        {"morning_pain_score": "5"},
    ],
)
@pytest.mark.parametrize("ago", [(), (2,)])
def test_what_would_change_is_looked_for_in_every_part_of_the_morning(
    told: dict[str, str], ago: tuple[int, ...]
) -> None:
    evidence = Evidence.of(
        [Finding(name, state, ON - DAY) for name, state in AFTER_THE_RUN.items()]
        + [Finding(name, state, ON) for name, state in (calm() | GOOD_MORNING | told).items()]
    )
    running = RunningNow(run_days=tuple(ON - each * DAY for each in ago), last_run_min=40.0)
    asked = Asked(athlete=RUNNER, evidence=evidence, running=running, agreed=None, on=ON)
    verdict = decided(asked, KB)
    for flip in would_change(asked, verdict):
        assert flip.verdict != verdict.answer


@pytest.mark.parametrize(
    ("kind", "body", "sound"),
    [
        ("done", {"on": "2030-05-06", "exercise": "clamshell"}, True),
        ("done", {"on": "yesterday", "exercise": "clamshell"}, False),
        ("weekly", {"participation": 1}, False),
        ("lock", {"item": "run", "by": "A"}, False),
        ("lock", {"item": "run", "by": "A", "reason": "b"}, True),
        ("change", {"item": 3, "rule": "x"}, False),
        ("base", {}, True),
    ],
)
def test_a_line_that_cannot_be_read_is_known_as_such(kind: str, body: dict[str, Any], sound: bool) -> None:
    assert is_sound(Entry(ON, kind, body)) == sound


def test_days_that_are_closed_open_again_where_the_plan_would_be_none() -> None:
    none = Run(mode="none", stage=None, session=None, says=(), asks=(), sources=())
    frame = frame_of(Offer(none, Phase.LOAD, exercises=True, cross=False), Wishes(), RunningNow(), KB, ON)
    nothing: dict[str, frozenset[int]] = {kind: frozenset() for kind in ("run", "strength", "cross")}
    placed = place(frame, nothing, closed=7)
    assert not isinstance(placed, Clash)
    assert placed["strength"]


def test_an_earlier_stage_comes_by_itself() -> None:
    later = replace(PLAN, stage=replace(PLAN.stage, id="load", number=2), exercises=PLAN.exercises[:1])
    found = followed(later, PLAN)
    assert found.plan.stage == PLAN.stage
    assert found.plan.exercises == PLAN.exercises
    assert "One stage back" in next(each.reason for each in found.made if each.item == "stage")


def test_an_easy_exercise_is_proposed_to_become_harder() -> None:
    days = [ON - ago * DAY for ago in (6, 4)]
    quiet = Evidence.of(Finding("morning_pain_score", "0", ON - ago * DAY) for ago in range(8))
    for name in KB.rehab.exercises:
        easy = prescribed(KB.rehab.exercises[name])
        if tune(easy, *(done(name, on=on, felt="too_easy", pain=0, sets=9) for on in days),
                mornings={ON - ago * DAY: 0 for ago in range(8)}) is not None:  # fmt: skip
            break
    plan = replace(PLAN, exercises=(easy,), on=ON - 7 * DAY)
    lines = [Entry(on, "done", done(name, on=on, felt="too_easy", pain=0, sets=9).as_dict()) for on in days]
    rows = (Entry(ON - 7 * DAY, "base", json.loads(json.dumps(plan.as_dict()))), *lines)
    found = programme(plan, rows, replace(PLAN, stage=plan.stage), ranking(), quiet, RAN, KB)
    assert "exercise_easy" in rules(found.proposed)


def test_what_was_missed_is_left_where_no_days_can_be_laid(monkeypatch: pytest.MonkeyPatch) -> None:
    def clash(*_: object) -> None:
        raise RulesBroken("wishes_clash")

    monkeypatch.setattr(_adapt, "rearranged", clash)
    later = ON + 3 * DAY
    now = replace(fresh(ranking(), on=later), on=later)
    assert "missed" not in rules(programme(PLAN, (base(),), now, ranking(), NOTHING, RAN, KB).proposed)
