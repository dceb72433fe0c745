"""How the pain answered a plan that was followed is a finding: when it says something, and when it says nothing."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from hipwise.causes import rank, turning_points
from hipwise.errors import UnknownAnswer
from hipwise.handout import assessment
from hipwise.journal import Journal
from hipwise.model import Athlete, Evidence, Finding
from hipwise.plan import Entry, Plan, Wishes, course_seen
from sore_runner import AFTER_THE_RUN, GOOD_MORNING, KB, ON, Clock, calm, sore

DAY = timedelta(1)
WEEK = 7 * DAY
BEGUN = ON - 6 * WEEK
RUNNER = Athlete.of_age(35, "female", ON)


def scored(before: int, now: int, name: str = "morning_pain_score", days: int = 42, turn: int = 8) -> Evidence:
    """A score each day from the beginning on, which changes on the day TURN."""
    scores = [(at, before if at < turn else now) for at in range(days + 1)]
    return Evidence.of(Finding(name, str(score), BEGUN + at * DAY) for at, score in scores)


def planned(days: int = 84, strength: int = 2, run: int = 3) -> Entry:
    """The base of a plan with exercises every so many days, and runs every so many."""
    laid = [
        {"on": (BEGUN + at * DAY).isoformat(), "strength": at % strength == 0, "run": bool(run) and at % run == 0}
        for at in range(days)
    ]
    return Entry(BEGUN, "base", {"days": laid})


def done(every: int = 2, days: int = 42) -> tuple[Entry, ...]:
    told = [(BEGUN + at * DAY).isoformat() for at in range(0, days, every)]
    return tuple(Entry(date.fromisoformat(on), "done", {"on": on, "exercise": "glute_bridge"}) for on in told)


FOLLOWED = (planned(), *done())


def seen(evidence: Evidence, entries: tuple[Entry, ...] = FOLLOWED, ran: tuple[date, ...] = (), on: date = ON) -> Any:
    """The state of each look that says something, by its id."""
    return {each.id: each.state for each in course_seen(evidence, entries, ran, KB, on)}


@pytest.mark.parametrize(
    ("before", "now", "state"), [(5, 2, "better"), (5, 4, "same"), (5, 5, "same"), (3, 6, "worse"), (1, 4, "worse")]
)
def test_a_followed_plan_is_looked_at_after_two_and_after_six_weeks(before: int, now: int, state: str) -> None:
    told = scored(before, now)
    assert seen(told, on=BEGUN + 2 * WEEK - DAY) == {}
    assert seen(told, on=BEGUN + 2 * WEEK) == {"course_2w": state}
    assert seen(told, on=ON - DAY) == {"course_2w": state}
    assert seen(told) == {"course_6w": state}


def test_the_later_look_takes_the_place_of_the_earlier_one_and_stands_on_its_day() -> None:
    told = scored(5, 5, turn=30, days=30) | scored(5, 2, turn=-1, days=90)
    (found,) = course_seen(told, FOLLOWED, (), KB, ON + WEEK)
    assert (found.id, found.on, found.origin) == ("course_6w", ON, "course")


def test_a_pain_that_was_near_nothing_and_stays_so_has_not_failed_to_answer() -> None:
    assert seen(scored(1, 1)) == {}
    assert seen(scored(2, 1)) == {}


@pytest.mark.parametrize("name", ["walk_pain_score", "worst_pain_score"])
def test_where_mornings_were_not_told_another_score_is_followed(name: str) -> None:
    assert seen(scored(6, 3, name)) == {"course_6w": "better"}


@pytest.mark.parametrize(
    ("told", "entries", "ran"),
    [
        (scored(5, 2), (), ()),
        (scored(5, 2), (planned(),), ()),
        (scored(5, 2), (planned(), *done(every=5)), ()),
        (scored(5, 2), (planned(strength=99), *done()), tuple(BEGUN + at * DAY for at in range(40))),
        (scored(5, 2), FOLLOWED, tuple(BEGUN + at * DAY for at in range(42))),
        (scored(5, 2), (planned(run=0), *done()), (BEGUN + DAY,)),
        (scored(5, 2), (planned(days=7), *done()), ()),
        (scored(5, 2, days=3), FOLLOWED, ()),
        (Evidence(), FOLLOWED, ()),
        (scored(5, 2) | Evidence((Finding("hip_changed", "yes", BEGUN + WEEK),)), FOLLOWED, ()),
        (
            Evidence.of(
                Finding(name, state, each.on)
                for each in scored(5, 2)
                for name, state in (("painkiller", "paracetamol"), (each.id, each.state))
            ),
            FOLLOWED,
            (),
        ),
    ],
    ids=[
        "no plan", "nobody told what was done", "too little was done", "too much was run for a plan without exercises",
        "twice the runs", "a run where none was planned", "days that nobody planned",
        "scores end", "no scores", "the pain changed", "painkillers",
    ],
)  # fmt: skip
def test_where_nobody_can_tell_whether_the_plan_was_followed_the_course_says_nothing(
    told: Evidence, entries: tuple[Entry, ...], ran: tuple[date, ...]
) -> None:
    assert seen(told, entries, ran) == {}


def test_what_a_later_line_laid_out_counts_from_its_day_and_a_forged_line_is_passed_over() -> None:
    forged = [
        Entry(BEGUN, "change", {"item": "week", "rule": "week", "after": after})
        for after in (None, {}, {"days": 7}, {"days": [1, {"on": "never"}]})
    ]
    assert seen(scored(5, 2), (*FOLLOWED, *forged)) == {"course_6w": "better"}
    laid = [{"on": (BEGUN + at * DAY).isoformat(), "strength": True, "run": False} for at in range(7, 42)]
    later = Entry(BEGUN + WEEK, "change", {"item": "week", "rule": "week", "after": {"days": laid}})
    assert seen(scored(5, 2), (*FOLLOWED, later)) == {"course_2w": "better"}  # six weeks were not followed, two were


# In a journal


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[tuple[Journal, Clock]]:
    clock = Clock()
    with sore(tmp_path, clock) as opened:
        yield opened, clock


def live(journal: Journal, clock: Clock, plan: Plan, scores: list[int]) -> None:
    """Tell each day the next of SCORES, and do an exercise on the days on which the PLAN has them."""
    strength = {day.on for day in plan.days if day.strength} or {day.on for day in plan.week if day.strength}
    for score in scores:
        clock.on += DAY
        journal.tell({"morning_pain_score": str(score)}, kind="checkin")
        if clock.on in strength:
            journal.done(plan.exercises[0].id)


@pytest.mark.slow
def test_a_plan_that_was_followed_moves_the_ranking_and_says_so(journal: tuple[Journal, Clock]) -> None:
    opened, clock = journal
    opened.tell(calm() | GOOD_MORNING | AFTER_THE_RUN | {"morning_pain_score": "4"})
    plan = opened.plan(Wishes(weeks=2))
    assert isinstance(plan, Plan)
    live(opened, clock, plan, [4] * 5 + [2] * 5 + [1] * 4)
    opened.tell(calm() | GOOD_MORNING)
    opened.today()
    found = opened.assess()
    shown = assessment(found.ranking, found.following, found.referral, KB)
    said = [line for cause in shown["causes"] for line in (*cause["for"], *cause["against"])]
    lines = [line for line in said if line["finding"] == "course_2w"]
    assert lines
    assert all(line["state"] == "better" and "the pain fell clearly" in line["says"] for line in lines)
    assert all(line["sources"] for line in lines)
    (course,) = opened.evidence().history("course_2w")
    assert course.on == clock.on
    assert not [name for cause in found.ranking.causes for name in cause.not_asked if name.startswith("course_")]
    points = turning_points(opened.athlete, opened.evidence(), KB, clock.on)
    assert "course_2w" not in {point.finding for point in points}
    assert opened.replay(opened.traces(1)[0]) is not None


@pytest.mark.slow
def test_what_is_known_once_a_checkin_is_told_holds_the_course_that_the_journal_finds(
    journal: tuple[Journal, Clock],
) -> None:
    opened, clock = journal
    opened.tell(calm() | GOOD_MORNING | AFTER_THE_RUN | {"walk_pain_score": "4", "side": "left"})
    plan = opened.plan(Wishes(weeks=4))
    assert isinstance(plan, Plan)
    strength = {day.on for day in plan.days if day.strength}
    for at in range(13):
        clock.on += DAY
        opened.tell({"walk_pain_score": "4" if at < 10 else "2"}, kind="checkin")
        if clock.on in strength:
            opened.done(plan.exercises[0].id)
    clock.on += DAY
    known = opened._known()
    assert known.evidence.history("course_2w")
    for told in ({"walk_pain_score": "0"}, {"walk_pain_score": "8"}, {"hip_changed": "yes"}, {"side": "right"}):
        then = known.told(Finding(name, state, clock.on, "check-in") for name, state in told.items())
        opened.checkin(told)
        now = opened._known()
        assert then.evidence.history("course_2w") == now.evidence.history("course_2w")
        assert then.ranking == now.ranking
        assert bool(now.evidence.history("course_2w")) is ("walk_pain_score" in told)
        opened.undo()


def test_the_course_is_worked_out_and_never_told(journal: tuple[Journal, Clock]) -> None:
    opened, _ = journal
    with pytest.raises(UnknownAnswer, match="worked out"):
        opened.tell({"course_2w": "better"})


def test_the_course_of_the_ranking_goes_with_the_words_about_it() -> None:
    told = Evidence.of(Finding(name, state, ON) for name, state in calm().items())
    before = {each.id: each.probability for each in rank(RUNNER, told, KB, ON).causes}
    for state, up, down in (("better", "hip_flexor_strain", "fai_labral"), ("same", "fai_labral", "hip_flexor_strain")):
        after = rank(RUNNER, told | Evidence((Finding("course_6w", state, ON, "course"),)), KB, ON)
        now = {each.id: each.probability for each in after.causes}
        assert now[up] > before[up]
        assert now[down] < before[down]
