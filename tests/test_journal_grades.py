"""What grades and plans do to what a runner sees: load, charts and the page; the journal does it by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hipwise.handout import report_markdown
from hipwise.journal import Journal
from sore_runner import AFTER_THE_RUN, BONE, GOOD_MORNING, ON, Clock, calm, fit

DAY = timedelta(1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(tmp_path: Path, clock: Clock) -> Iterator[Journal]:
    """A calm runner of every second day for ten weeks, in pain since nine days."""
    with Journal.open(tmp_path / "me.db", now=clock) as opened:
        opened.add([fit(tmp_path / "runs", ON - ago * DAY) for ago in range(1, 70, 2)])
        opened.set_athlete(age_y=35, sex="female", country="IE")
        opened.new_pain(onset=ON - 9 * DAY, side="left")
        opened.tell(calm(more_running="no"))
        opened.checkin(GOOD_MORNING | AFTER_THE_RUN)
        yield opened


def test_an_even_log_is_graded_and_says_no(journal: Journal) -> None:
    data = journal.training()
    assert {week["grade"] for week in data["weeks"]} == {"A"}
    assert data["findings"]["load_run_spike"] == "none"
    assert data["ceiling_km"] == 8.8
    assert data["ceiling_doubt"] is None
    acwr = next(each for each in data["metrics"] if each["id"] == "acwr")
    assert "grade A" in acwr["how_sure"]


def test_days_without_the_watch_make_a_no_unknown_and_lower_the_ceiling_until_they_are_taken_back(
    journal: Journal,
) -> None:
    journal.mark_gap(ON - 33 * DAY, ON - DAY, "no_watch")
    data = journal.training()
    assert data["findings"]["load_run_spike"] == data["findings"]["load_week_jump"] == "unknown"
    assert data["ceiling_km"] < 8.8
    assert data["ceiling_doubt"]["grade"] in {"C", "D"}
    assert journal.today().ceiling_km == data["ceiling_km"]
    assert data["ceiling_doubt"]["says"] in journal.today().ceiling_says
    assert "to be sure" in data["verdict"]
    weeks = journal.chart("weeks")
    assert "in doubt" in weeks.says
    assert {row[5] for row in weeks.rows} >= {"A", "C"}
    assert "Weeks of grade C or D" in report_markdown(journal.report())
    journal.undo()
    assert journal.training()["ceiling_km"] == 8.8


def test_a_day_without_the_watch_is_not_drawn_as_rest(journal: Journal) -> None:
    day = (ON - 4 * DAY).isoformat()

    def km() -> object:
        return next(row[1] for row in journal.chart("time").rows if row[0] == day)

    assert km() == 0
    journal.mark_gap(ON - 4 * DAY, ON - 4 * DAY, "no_watch")
    assert km() is None


def test_what_was_worked_out_of_the_log_is_kept_until_it_changes(journal: Journal) -> None:
    before = journal.quality()
    assert journal.quality() is before
    journal.mark_gap(ON - 2 * DAY, ON - 2 * DAY, "no_watch")
    assert journal.quality().unknown == {ON - 2 * DAY}


def test_runs_of_the_plan_stand_hollow_beside_those_done(journal: Journal) -> None:
    assert not any(row[-1] for row in journal.chart("time").rows)
    journal.plan()
    time, weeks = journal.chart("time"), journal.chart("weeks")
    ahead = [row for row in time.rows if row[-1]]
    assert ahead
    assert all(row[0] >= ON.isoformat() for row in ahead)
    assert all(str(row[-1]).endswith(("km", "min")) for row in ahead)
    assert "Ahead: " in time.says
    assert "planned" in weeks.svg
    assert [row[-2] for row in weeks.rows if row[-2]]


def test_no_run_of_the_plan_is_drawn_while_none_is_offered(journal: Journal) -> None:
    """Safety law 2: a picture may not look like an offer."""
    journal.plan()
    journal.tell(BONE | {"limp": "yes"})
    assert journal.referral is not None
    for name in ("time", "weeks"):
        chart = journal.chart(name)
        assert "lanned" not in chart.svg
        assert "Ahead" not in chart.says


def test_a_run_that_is_done_is_no_longer_planned(journal: Journal, tmp_path: Path) -> None:
    journal.plan()
    first = next(row for row in journal.chart("time").rows if row[-1])
    if first[0] == ON.isoformat():
        journal.add(fit(tmp_path / "today", ON))
        assert not next(row for row in journal.chart("time").rows if row[0] == ON.isoformat())[-1]


def test_how_far_each_run_went_without_pain_is_told_and_drawn(journal: Journal, clock: Clock) -> None:
    assert journal.chart("until").rows == ()
    journal.tell({"run_pain_from": "to_2_km"})
    clock.on = ON + 3 * DAY
    journal.log(distance_m=6000, timer_s=2400)
    journal.tell({"run_pain_from": "none"})
    data = journal.training()
    assert [(each["run_km"], each["low_km"], each["high_km"]) for each in data["pain_from"]] == [
        (8.0, 0.0, 2.0),
        (6.0, 6.0, None),
    ]
    assert data["pain_from_trend"]["state"] == "later"
    assert [row[1:] for row in journal.chart("until").rows] == [(8.0, 0.0, 2.0, "no"), (6.0, None, None, "yes")]
    assert data["pain_from_trend"]["says"] in report_markdown(journal.report())
