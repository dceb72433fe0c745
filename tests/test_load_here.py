"""A second run on one day is a second run, whatever day a file from another zone is dated."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.activity import Note
from hipwise.journal import Journal
from hipwise.load import counted_from, days_from
from load_log import run
from sore_runner import KB, ON, Clock, page, sore

DAY = timedelta(1)
NOON = datetime(ON.year, ON.month, ON.day, 12, tzinfo=UTC)


def day_of(began: datetime, label: date, now: datetime = NOON, on: date | None = None, note: str = "") -> date:
    notes = (Note(note),) if note else ()
    one = replace(run(label, name="one"), started_at=began, notes=notes)
    days = days_from([one], now, on or now.date(), KB)
    return counted_from([one], days)[0].local_date


@pytest.mark.parametrize(
    ("hours_ago", "label", "counts"),
    [
        (1, 1, 0),  # in Auckland it is tomorrow
        (1, 0, 0),
        (1, -1, 0),  # in Honolulu it is yesterday
        (11, -1, 0),
        (20, 0, 0),
        (20, -1, -1),
        (30, -1, -1),
        (30, -2, -1),  # seen from there it was the day before yesterday, here it was yesterday
        (60, -3, -3),  # long enough ago for any rest between two runs: as it is dated
        (-3, 1, 1),  # has not begun
    ],
)
def test_a_run_counts_for_the_later_day_and_never_for_tomorrow(hours_ago: float, label: int, counts: int) -> None:
    assert day_of(NOON - timedelta(hours=hours_ago), ON + label * DAY) == ON + counts * DAY


def test_a_run_before_midnight_is_one_of_today_while_no_night_lies_between() -> None:
    late = NOON - timedelta(hours=13)  # at eleven in the evening
    hours = (1.5, 6.9, 7.5, 9)
    seen = [day_of(late, ON - DAY, late + timedelta(hours=each)) for each in hours]
    assert seen == [ON, ON, ON, ON - DAY]


def test_a_day_without_an_hour_is_the_day_that_was_told() -> None:
    there = NOON.astimezone(timezone(timedelta(hours=13)))
    made_up = NOON - timedelta(hours=2)
    assert day_of(made_up, ON, there, note="activity.no_time_of_day") == ON
    assert day_of(made_up, ON, there) == there.date()


def test_a_day_that_is_looked_at_ahead_is_not_made_a_run_day_by_a_run_of_today() -> None:
    began = NOON - timedelta(hours=1)
    assert day_of(began, ON, on=ON + DAY) == ON
    assert day_of(began, ON + DAY, on=ON + DAY) == ON + DAY, "the later of two days"
    assert day_of(began, ON, on=ON - DAY) == ON, "a day that is over is as it was"


@given(st.integers(0, 47), st.integers(-26, 26), st.integers(-12, 14))
def test_no_run_of_these_hours_is_lost_between_two_zones(ago_h: int, apart_h: int, zone_h: int) -> None:
    """Whatever it is labelled, a run that has begun counts today or on a day before, and within a day of its hour."""
    now = NOON.astimezone(timezone(timedelta(hours=zone_h)))
    began = now - timedelta(hours=ago_h)
    label = (began + timedelta(hours=apart_h)).date()
    counts = day_of(began, label, now)
    assert began.date() <= counts <= now.date()


@pytest.fixture
def ran(tmp_path: Path) -> Journal:
    """A sore runner who may run today, as far as is known."""
    journal = sore(tmp_path, Clock())
    journal.tell(page())
    assert journal.today().verdict in {"run", "run_less"}
    return journal


@pytest.mark.parametrize("zone_h", [13, 0, -11])
def test_a_run_of_an_hour_ago_was_run_today_in_whatever_zone(ran: Journal, zone_h: int) -> None:
    with ran as journal:
        began = (journal.now - timedelta(hours=1)).astimezone(timezone(timedelta(hours=zone_h)))
        kept = journal.log(distance_m=5000, timer_s=1800, started_at=began)
        assert kept.local_date == began.date()
        verdict = journal.today()
        assert (verdict.rule, verdict.verdict) == ("R13", "not_today")
        assert journal.last_run() is not None
        assert journal.load().ran_on(ON)


def test_what_was_worked_out_before_midnight_is_not_said_after_the_night(ran: Journal) -> None:
    """The hours count, so the same journal says something else as they pass: nothing kept may hide that."""
    with ran as journal:
        evening = datetime(ON.year, ON.month, ON.day, 23, tzinfo=UTC)
        journal.at(evening).log(distance_m=5000, timer_s=1800, started_at=evening - timedelta(hours=1))
        told = page(run_pain_score="0", morning_pain_score="0")
        early, later = journal.at(evening + timedelta(hours=2)), journal.at(evening + timedelta(hours=12))
        early.tell(told)
        rules = [each.look_at_today().rule for each in (early, later, early, later)]
        assert rules[:2] == rules[2:]
        assert rules[0] == "R13"
        assert rules[1] != "R13"
        assert early.stamp != later.stamp


def test_the_table_of_the_next_days_is_silent_on_the_hours_after_a_run_of_the_evening(ran: Journal) -> None:
    """Until no run of the evening counts for the new day, only the journal says what holds; then the table does."""
    with ran as journal:
        evening = datetime(ON.year, ON.month, ON.day, 23, tzinfo=UTC)
        late = journal.at(evening)
        late.log(distance_m=5000, timer_s=1800, started_at=evening - timedelta(hours=1))
        begins = [each["from"] for each in late.ahead()["days"]]
        assert begins == [None, (evening + timedelta(hours=7)).isoformat(), None]
        spoken = datetime.fromisoformat(str(begins[1]))
        before, then = journal.at(spoken - timedelta(minutes=1)), journal.at(spoken)
        before.tell(page(run_pain_score="0", morning_pain_score="0"))
        rules = [each.look_at_today().rule for each in (before, then)]
        assert rules[0] == "R13"
        assert rules[1] != "R13"
        noon = [each["from"] for each in journal.at(evening + timedelta(hours=13)).ahead()["days"]]
        assert noon == [None, None, None]
