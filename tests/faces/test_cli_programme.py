"""The commands of a plan that lives, as a runner types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from hipwise.cli import app
from hipwise.plan import Plan, Wishes
from sore_runner import AFTER_THE_RUN, GOOD_MORNING, Clock, calm, sore

DAY = timedelta(1)
TODAY = datetime.now().astimezone().date()
WELL = GOOD_MORNING | AFTER_THE_RUN | {"gate_one_leg": "yes", "gate_squats": "yes"}
Run = Callable[..., Any]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal whose plan has gone on for ten days, up to today."""
    folder, clock = tmp_path_factory.mktemp("programme"), Clock(TODAY - 10 * DAY)
    with sore(folder, clock) as journal:
        journal.tell(WELL)
        assert isinstance(journal.plan(Wishes(weeks=2)), Plan)
        for ago in (9, 6, 3, 0):
            clock.on = TODAY - ago * DAY
            journal.tell(calm())
            journal.checkin(WELL)
    return folder / "me.db"


@pytest.fixture
def run(file: Path) -> Run:
    def run(*words: str) -> Any:
        return CliRunner().invoke(app, ["--journal", str(file), *words])

    return run


def data(told: Any) -> Any:
    return json.loads(told.stdout)


def test_changes_are_shown_declined_and_accepted(run: Run) -> None:
    found = data(run("changes", "--json"))
    assert found["held"] is False
    assert found["versions"][0]["kind"] == "base"
    step = next(each for each in found["proposals"] if each["item"] == "stage")
    assert step["id"] in run("changes").stdout
    assert data(run("accept", step["id"], "--json"))["kind"] == "plan"
    assert "Taken back" in run("undo").stdout
    assert "takes this back" in run("accept", step["id"]).stdout
    assert run("decline", step["id"]).exit_code == 1
    for each in data(run("changes", "--json"))["proposals"]:
        assert data(run("decline", each["id"], "--json"))["declined"] == each["id"]
    assert "Nothing" in run("changes").stdout


def test_a_lock_is_set_shown_and_opened(run: Run) -> None:
    assert "Locked" in run("lock", "run", "--by", "Physio", "--reason", "wait").stdout
    assert "by Physio" in run("changes").stdout
    assert data(run("changes", "--json"))["locks"][0]["reason"] == "wait"
    assert "Open" in run("lock", "run", "--open").stdout
    assert data(run("lock", "run", "--open", "--json"))["error"]["id"] == "not_locked"
    assert data(run("lock", "run", "--json"))["error"]["id"] == "lock_bare"


def test_what_was_done_is_noted_and_swaps_are_made(run: Run) -> None:
    plan = data(run("plan", "--json"))
    first = plan["exercises"][0]
    assert "Noted" in run("done", first["id"], "--sets", "3", "--pain", "0", "--felt", "right").stdout
    assert data(run("done", first["id"], "--felt", "hurts", "--json"))["changes"]
    assert data(run("done", first["id"], "--felt", "fine", "--json"))["error"]["id"] == "done_felt"
    assert data(run("swap", first["id"], "nothing", "--json"))["error"]["id"] == "no_such_swap"
    swappable = [each for each in data(run("plan", "--json"))["exercises"] if each["swaps"]]
    for each in swappable[:1]:
        assert "Swapped" in run("swap", each["id"], each["swaps"][0]).stdout


def test_days_may_be_named_or_counted_and_a_clash_is_told(run: Run) -> None:
    plan = data(run("plan", "--days", "mon,wed,sat", "--equipment", "band,step", "--weeks", "3", "--json"))
    assert len(plan["days"]) == 21
    assert plan["wishes"]["on_days"] == ["mon", "wed", "sat"]
    clash = data(run("plan", "--days", "mon", "--rest-day", "monday", "--json"))["error"]
    assert clash["where"] == "on_days, rest_day"
    assert "Monday" in clash["what"]
    assert data(run("plan", "--days", "3", "--json"))["wishes"]["days_a_week"] == 3
    assert run("plan", "--days", "9").exit_code == 2
    assert run("plan", "--days", "mon,someday").exit_code == 2
    assert data(run("plan", "--equipment", "rocket", "--json"))["error"]["id"] == "no_equipment"
    told = run("plan").stdout
    assert "One set each" in told or "one set each" in told


def test_the_week_and_the_race_are_answered(run: Run) -> None:
    assert "No week was told" in run("weekly").stdout
    assert data(run("weekly", "--participation", "1", "--json"))["error"]["id"] == "weekly_answers"
    told = run("weekly", "--participation", "0").stdout
    assert "score is 0 of 100" in told
    found = data(run("weekly", "--json"))
    assert found["weeks"]["scores"][0]["score"] == 0
    assert "cannot be told yet" in found["flares"]["says"]
    race = data(run("race", "--km", "10", "--date", (TODAY + 70 * DAY).isoformat(), "--json"))
    assert race["answer"] in {"likely", "open", "unlikely"}
    assert "costs time" in run("race", "--km", "10").stdout.lower()
    assert data(run("race", "--json"))["error"]["id"] == "race_km"
    past = run("race", "--km", "5", "--date", (TODAY - DAY).isoformat(), "--json")
    assert data(past)["error"]["id"] == "race_behind"


def test_an_override_is_refused_or_noted(run: Run) -> None:
    told = run("today", "--override", "because", "--json")
    assert data(told).get("override") == "because" or data(told)["error"]["id"] == "override_refused"


def test_a_session_is_moved_or_shown_where_it_may_go(run: Run) -> None:
    plan = data(run("plan", "--weeks", "2", "--json"))
    assert plan["wishes"]["weeks"] == 2
    found = []
    for day in plan["days"][:8]:
        if day["run"] or day["strength"]:
            told = data(run("move", day["on"], "--json"))
            found += [(day["on"], move["kind"], to) for move in told["moves"] for to in move["days"]]
    since, kind, to = next(each for each in found if each[2]["allowed"])
    assert to["on"] in run("move", since, "--only", kind).stdout
    assert "Moved" in run("move", since, to["on"], "--only", kind).stdout
    assert "Taken back" in run("undo").stdout
    since, kind, to = next(each for each in found if not each[2]["allowed"])
    refused = data(run("move", since, to["on"], "--only", kind, "--json"))["error"]
    assert refused["id"] == "move_refused"
    assert refused["conflict"]["rules"] or refused["conflict"]["wishes"]
    assert "cannot be moved" in run("move", since, to["on"], "--only", kind).stderr
    assert "behind" in run("move", "2020-01-01").stdout


def test_wishes_stay_unless_they_are_said_anew(run: Run) -> None:
    first = data(run("plan", "--minutes", "20", "--rest-day", "sun", "--no-cross-training", "--json"))["wishes"]
    assert (first["minutes_a_day"], first["rest_day"], first["cross_training"]) == (20, "sun", False)
    assert data(run("plan", "--weeks", "3", "--json"))["wishes"] == first | {"weeks": 3}
    assert data(run("plan", "--rest-day", "none", "--json"))["wishes"]["rest_day"] is None
    assert data(run("plan", "--afresh", "--json"))["wishes"]["minutes_a_day"] == 15
    clash = data(run("plan", "--days", "mon", "--rest-day", "mon", "--json"))["error"]
    assert {"on_days", "rest_day"} <= {each["rule"] for each in clash["conflict"]["wishes"]}
