"""One story told through two doors: the plan follows what the API is told exactly as it follows the command line."""

import json
import shutil
from datetime import datetime, time, timedelta, timezone

import pytest
from tests.api.conftest import asking, house_of
from typer.testing import CliRunner

from hipwise.cli import app
from hipwise.journal import Journal
from hipwise.plan import Entry, Wishes, rebuilt
from sore_runner import AFTER_THE_RUN, GOOD_MORNING, ON, Clock, calm, fit, sore

DAY = timedelta(1)
RAN = ON + DAY
STORY = (
    (ON, "checkin", GOOD_MORNING),
    (RAN, "after-run", {"run_pain_score": "8", "run_limp": "yes"}),
    (RAN + DAY, "checkin", GOOD_MORNING | {"walk_pain_score": "6", "morning_pain_score": "4"}),
    (RAN + 2 * DAY, "checkin", GOOD_MORNING | {"morning_pain_score": "1"}),
    (RAN + 5 * DAY, "checkin", GOOD_MORNING | AFTER_THE_RUN | calm()),
)
LAST = STORY[-1][0]


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """Return a journal with a plan, and the run that is told of."""
    folder = tmp_path_factory.mktemp("doors")
    with sore(folder, Clock()) as journal:
        journal.add([fit(folder / "more", RAN)])
        journal.plan(Wishes(weeks=2))
    return folder / "me.db"


def at(day, hour=12):
    return datetime.combine(day, time(hour), timezone.utc)  # noqa: UP017 (as the phones of the tests write it)


def row(path):
    """Return the plan's row of versions, and what it rebuilds to."""
    with Journal.open(path, now=lambda: at(LAST)) as journal:
        lines = [astuple(each) for each in journal._known().entries]
        return lines, rebuilt(Entry(*line) for line in lines)


def astuple(entry):
    return entry.on, entry.kind, entry.body


def told_on_the_command_line(path, monkeypatch):
    clock, whole = Clock(), Journal.open
    monkeypatch.setattr(Journal, "open", lambda where, **more: whole(where, **{"now": clock} | more))
    answers = []
    for day, _, states in STORY:
        clock.on = day
        words = [f"{name}={state}" for name, state in states.items()]
        answer = CliRunner().invoke(app, ["--journal", str(path), "checkin", *words, "--json"])
        answers.append(json.loads(answer.stdout))
    shown = CliRunner().invoke(app, ["--journal", str(path), "plan", "--json"])
    monkeypatch.undo()
    return answers, json.loads(shown.stdout)


def told_to_the_api(path, folder, *, late=False):
    """Tell it as it happens, or LATE: all of it on the last day, as a phone does that was away."""
    clock = Clock()
    with Journal.open(path, now=clock) as journal:
        client, answers = asking(house_of(journal, folder)), []
        for day, door, states in STORY:
            clock.on = LAST if late else day
            body = {"states": states} | ({"made_at": at(day).isoformat()} if late else {})
            answer = client.post(f"/{door}", json=body)
            assert answer.status_code == 200, answer.text
            answers.append(answer.json())
        return answers, client.get("/plan").json()["plan"], client.get("/history").json()


def test_both_doors_and_a_phone_that_was_away_lead_to_the_same_plan(begun, tmp_path, monkeypatch):
    paths = [shutil.copy(begun, tmp_path / f"{name}.db") for name in ("cli", "api", "late")]
    said, plan = told_on_the_command_line(paths[0], monkeypatch)
    answered, shown, _ = told_to_the_api(paths[1], tmp_path / "server")
    _, away, _ = told_to_the_api(paths[2], tmp_path / "another", late=True)
    assert shown == plan == away
    rows = [row(path) for path in paths]
    assert rows[0] == rows[1] == rows[2]
    lines, again = rows[0]
    assert again.as_dict() == {name: value for name, value in plan.items() if name in again.as_dict()}
    flare = [body for on, kind, body in lines if kind == "change" and body["item"] == "run" and on == RAN]
    assert [body["rule"] for body in flare] == ["ladder_red"]
    for by_word, by_api in zip(said, answered, strict=True):
        assert by_word["changes"] == by_api["changes"]
        assert {name: by_word[name] for name in by_api["today"]} == by_api["today"]
    assert any(each["item"] == "run" for each in answered[1]["changes"])


def test_one_undo_takes_back_a_checkin_and_what_the_plan_made_of_it(begun, tmp_path):
    path = shutil.copy(begun, tmp_path / "me.db")
    clock = Clock()
    with Journal.open(path, now=clock) as journal:
        client = asking(house_of(journal, tmp_path / "server"))
        clock.on = RAN
        before = client.get("/plan").json()["plan"], journal.versions(), journal.told()
        answer = client.post("/after-run", json={"states": STORY[1][2]}).json()
        assert client.get("/plan").json()["plan"] != before[0]
        assert client.post("/undo", json={"event": answer["event"]}).status_code == 200
        assert (client.get("/plan").json()["plan"], journal.versions(), journal.told()) == before


def test_a_plan_that_has_gone_on_follows_a_late_word_on_its_own_last_day(begun, tmp_path):
    path = shutil.copy(begun, tmp_path / "me.db")
    clock = Clock()
    with Journal.open(path, now=clock) as journal:
        client = asking(house_of(journal, tmp_path / "server"))
        clock.on = RAN + DAY
        client.post("/checkin", json={"states": GOOD_MORNING | calm()})
        late = client.post("/after-run", json={"states": STORY[1][2], "made_at": at(RAN).isoformat()}).json()
        assert any(each["item"] == "run" for each in late["changes"])
        assert [each.on for each in journal.versions()] == sorted(each.on for each in journal.versions())
        assert journal.versions()[-1].on == RAN + DAY
        assert late["today"]["on"] == (RAN + DAY).isoformat()
        kept = journal.traces(2)
        assert [each["on"] for each in kept] == [(RAN + DAY).isoformat(), RAN.isoformat()], "judged on its own day too"
