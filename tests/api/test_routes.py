"""Every use case over HTTP, in the same words as on the command line."""

import json

import pytest
from typer.testing import CliRunner

from hipwise.cli import app as command_line


def told(journal_file, *words):
    """Return what the command line prints as JSON."""
    done = CliRunner().invoke(command_line, ["--journal", str(journal_file), *words, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("route", "words"),
    [("/findings", ["findings"]), ("/causes", ["causes"]), ("/sources", ["sources"])],
)
def test_lists_of_knowledge_are_those_of_the_command_line(client, tmp_path, route, words):
    assert client.get(route).json()["entries"] == told(tmp_path / "other.db", *words)


def test_answers_are_those_of_the_command_line(tmp_path, knowledge):
    """Both look at the same file, on the same real day."""
    from tests.api.conftest import asking, house_of

    from hipwise.journal import Journal

    file = tmp_path / "both.db"
    with Journal.open(file, knowledge=knowledge) as journal:
        client = asking(house_of(journal, tmp_path / "server"))
        client.patch("/athlete", json={"age_y": 34, "sex": "female", "country": "IE"})
        client.post("/answers", json={"states": {"limp": "no", "pain_outer_hip": "yes"}})
        client.post("/runs", json={"distance_km": 6.2, "minutes": 37})
        for route, words in (
            ("/assessment", ["assess"]),
            ("/today", ["today"]),
            ("/load", ["load"]),
            ("/report", ["report"]),
        ):
            assert client.get(route).json() == told(file, *words), route
        assert client.get("/runs").json()["runs"] == told(file, "runs")
        assert client.post("/plan", json={}).json()["plan"] == told(file, "plan")


def test_every_entry_of_knowledge_can_be_asked_for_alone(client):
    for kind in ("findings", "causes", "exercises", "sources", "numbers", "cards"):
        entries = client.get(f"/{kind}").json()["entries"]
        assert len(entries) > 5
        assert client.get(f"/{kind}/{entries[3]['id']}").json() == entries[3]
        missing = client.get(f"/{kind}/nobody_knows_it")
        assert (missing.status_code, missing.json()["id"]) == (404, "no_such_entry")


def test_a_number_says_who_says_so(client):
    number = client.get("/numbers/progression.morning_rise").json()
    assert {"value", "unit", "source", "grade", "mark"} <= number.keys()


def test_who_runs_is_kept_piece_by_piece(client):
    assert client.get("/athlete").json() == {"born": None, "age_y": None, "sex": None, "country": None}
    client.patch("/athlete", json={"born": "1990-02-28"})
    found = client.patch("/athlete", json={"sex": "woman", "country": "ch"}).json()
    assert found == {"born": "1990-02-28", "age_y": 36, "sex": "female", "country": "CH"}
    wrong = client.patch("/athlete", json={"country": "7x"})
    assert (wrong.status_code, wrong.json()["id"]) == (422, "told_athlete")


def test_settings_have_sensible_beginnings_and_are_kept(client):
    assert client.get("/settings").json()["units"] == "km"
    client.patch("/settings", json={"units": "mi", "seen": ["body_map"]})
    found = client.patch("/settings", json={"theme": "dark"}).json()
    assert (found["units"], found["theme"], found["seen"], found["sound"]) == ("mi", "dark", ["body_map"], True)
    assert client.patch("/settings", json={"units": "furlong"}).status_code == 422


def test_a_pain_is_opened_and_more_is_said_of_it(client):
    assert client.get("/episodes").json() == {"current": None, "episodes": []}
    first = client.post("/episodes", json={"side": "left", "onset": "2026-08-01"})
    assert first.status_code == 201
    more = client.patch("/episodes/current", json={"site": "outer hip"}).json()
    found = client.get("/episodes").json()
    assert found["current"] == more["id"] != first.json()["id"]
    assert [each["closed"] is None for each in found["episodes"]] == [False, True]
    assert (more["side"], more["onset"], more["site"]) == ("left", "2026-08-01", "outer hip")


def test_the_first_page_empties_as_it_is_answered(client):
    page = client.get("/first-page").json()
    card = page["cards"][0]
    states = {each["id"]: "no" for each in card["questions"]}
    kept = client.post("/answers", json={"states": states}).json()
    assert kept["kept"] == states
    after = client.get("/first-page").json()
    assert card["id"] not in [each["id"] for each in after["cards"]]
    assert after["left"] == page["left"] - len(states) == kept["left"]


def test_an_interview_can_be_held_to_its_end_and_says_how_far_it_is(lived_client):
    assert lived_client.get("/question/ahead").json()["ahead"] > 0
    for _ in range(60):
        asked = lived_client.get("/question").json()["next"]
        if asked is None:
            break
        state = "unknown" if asked["kind"] == "choice" else asked["states"][0]
        lived_client.post("/answers", json={"states": {asked["id"]: state}})
    assert asked is None
    assert lived_client.get("/question/ahead").json() == {"ahead": 0}
    answers = lived_client.get("/answers").json()["answers"]
    assert len(answers) > 50
    shape = {"finding", "question", "state", "answer", "on", "origin", "first_page", "topic", "calm"}
    assert shape == answers[0].keys()


def test_what_is_missing_is_asked_on_the_page_that_asks_for_it(client):
    """The verdict of today leads to what it waits for; nobody is sent in circles by what is not known."""
    assert client.get("/question").json()["at"] == client.get("/today/asks").json()["at"] == "check"
    ticks = [each["id"] for card in client.get("/first-page").json()["cards"] for each in card["questions"]]
    client.post("/answers", json={"states": dict.fromkeys(ticks, "no")})
    assert client.get("/question").json()["at"] == client.get("/today/asks").json()["at"] == "where"
    client.post("/answers", json={"states": {"worst_point": "outer_hip", "pain_outer_hip": "yes"}})
    assert client.get("/today/asks").json()["at"] == "who"
    assert client.get("/question").json()["at"] is None  # one question, and nothing beside it
    told = {each["finding"] for each in client.get("/answers").json()["answers"]}
    known = client.get("/findings").json()["entries"]
    rest = [each["id"] for each in known if each["id"] not in told and each["sensed_by"] == "told"]
    following = client.post("/answers", json={"states": dict.fromkeys(rest, "unknown")}).json()
    assert following["next"] is None
    assert following["at"] == "who"  # and not: nothing is left to ask
    client.patch("/athlete", json={"age_y": 34})
    assert client.get("/question").json()["at"] is None


def test_what_no_page_asks_for_is_asked_by_itself_and_once_a_day(client, tale):
    """Before the first run two questions stand that are on no page; without this nobody could answer them."""
    gates = ["gate_walk_30", "gate_calm_days"]
    client.patch("/athlete", json={"age_y": 34, "sex": "female"})
    client.post("/answers", json={"states": {each.id: each.state for each in tale.answers if each.id not in gates}})
    assert client.get("/today/asks").json()["at"] == "checkin"
    calm = {"rest_pain_score": "0", "walk_pain_score": "0", "morning_pain_score": "0", "painkiller": "none"}
    client.post("/checkin", json={"states": calm | dict.fromkeys(("limp", "woken_by_hip", "fever"), "no")})
    for gate in gates:
        wanted = client.get("/today/asks").json()
        assert (wanted["at"], wanted["next"]["id"]) == (None, gate)
        client.post("/answers", json={"states": {gate: "unknown"}})
    asked = client.get("/today/asks").json()
    assert (asked["at"], asked["next"]) == (None, None)
    assert client.get("/today").json()["verdict"] == "not_today"  # what is not known is still not known


def test_an_answer_is_taken_back_and_nothing_but_answers(client):
    told = client.post("/answers", json={"states": {"limp": "yes"}}).json()["event"]
    assert client.get("/question").json()["event"] == client.get("/today/asks").json()["event"] == told
    back = client.post("/answers/back", json={"event": told}).json()
    assert back["next"] is not None
    assert client.get("/answers").json()["answers"] == []
    other = client.post("/checkin", json={"states": {"rest_pain_score": "2"}}).json()["event"]
    no = client.post("/answers/back", json={"event": other})
    assert (no.status_code, no.json()["id"], no.json()["conflict"]["kind"]) == (409, "nothing_to_take_back", "checkin")


def test_a_page_of_before_does_not_take_back_an_alarm_that_another_page_told(client):
    client.patch("/athlete", json={"age_y": 40, "country": "CH"})
    told = client.post("/answers", json={"states": {"limp": "no"}}).json()["event"]
    alarm = client.post("/answers", json={"states": {"saddle_numb": "yes"}}).json()["event"]
    no = client.post("/answers/back", json={"event": told})
    assert (no.status_code, no.json()["id"], no.json()["conflict"]["event"]) == (409, "not_the_last", alarm)
    assert client.post("/answers/back", json={}).status_code == 422
    assert client.get("/referral").json()["referral"]["level"] == "emergency"
    assert client.post("/answers/back", json={"event": alarm}).status_code == 200


def test_taking_back_from_nothing_says_so(client):
    assert client.post("/answers/back", json={"event": 1}).json()["conflict"] == {}
    assert client.post("/undo", json={"event": 1}).json()["conflict"] == {}


def test_an_emergency_is_a_referral_on_every_screen(client):
    client.patch("/athlete", json={"age_y": 40, "country": "CH"})
    client.post("/answers", json={"states": {"saddle_numb": "yes"}})
    assert client.get("/assessment").json()["causes"] == []
    referral = client.get("/referral").json()["referral"]
    assert (referral["level"], referral["number"]) == ("emergency", "144 or 112")
    assert client.get("/plan").json()["plan"]["kind"] == "referral"
    today = client.get("/today").json()
    assert (today["verdict"], today["ceiling_km"], today["session"]) == ("see_someone", None, None)
    assert client.get("/load").json()["ceiling_km"] is None
    cells = client.get("/today/ahead").json()
    assert {each["verdict"] for each in cells["verdicts"]} == {"see_someone"}


def test_a_clearance_names_who_and_for_what(client):
    bare = client.post("/clearance", json={"by": " ", "what_for": "running"})
    assert (bare.status_code, bare.json()["id"]) == (422, "clearance_bare")
    assert client.post("/clearance", json={"by": "Dr Ada", "what_for": "walk-run"}).json()["cleared"] is True


def test_runs_come_page_by_page_and_one_by_one(lived_client):
    first = lived_client.get("/runs?last=3").json()
    second = lived_client.get(f"/runs?last=3&before={first['runs'][-1]['id']}").json()
    assert first["count"] > 90
    starts = [each["started_at"] for each in (*first["runs"], *second["runs"])]
    assert starts == sorted(starts, reverse=True)
    assert len(set(starts)) == 6
    run = lived_client.get(f"/runs/{first['runs'][0]['id']}").json()
    assert run == first["runs"][0]
    for path in ("/runs/none", "/runs/none/page", "/runs/none/streams", "/runs?before=none"):
        missing = lived_client.get(path)
        assert (missing.status_code, missing.json()["id"]) == (404, "no_such_run")


def test_a_run_that_lies_ahead_is_refused(client, clock):
    clock.pass_days(-1)
    ahead = (clock.now.replace(year=2027)).isoformat()
    answer = client.post("/runs", json={"distance_km": 5, "minutes": 30, "started_at": ahead})
    assert (answer.status_code, answer.json()["id"]) == (422, "hand_ahead")


def test_the_load_page_has_no_number_that_is_none(lived_client):
    text = lived_client.get("/load").text
    assert "NaN" not in text
    assert "Infinity" not in text


def test_a_number_that_is_none_is_null():
    from hipwise.api._plain import dumps

    assert json.loads(dumps({"a": float("nan"), "b": [float("inf"), 1.5], "c": "é"})) == {
        "a": None,
        "b": [None, 1.5],
        "c": "é",
    }


def test_the_page_for_a_clinician_comes_as_data_and_as_text(lived_client):
    assert lived_client.get("/report").json()["plan"]["kind"] == "plan"
    text = lived_client.get("/report.md")
    assert text.headers["content-type"].startswith("text/markdown")
    assert text.text.startswith("# ")


def test_an_address_that_is_none_of_ours_is_a_problem(client):
    for path, status, name in (("/nothing", 404, "nothing_here"), ("/health", 405, "no_such_method")):
        answer = client.get(path) if status == 404 else client.delete(path)
        assert (answer.status_code, answer.json()["id"]) == (status, name)


def test_without_the_built_app_the_first_page_says_how_to_build_it(client):
    page = client.get("http://127.0.0.1:8717/")
    assert page.status_code == 200
    assert "python3 dev.py run" in page.text


@pytest.fixture
def built(house, tmp_path):
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>app</title>", "utf-8")
    (folder / "assets" / "index-Ab3dEf9h.js").write_text("1", "utf-8")
    (folder / "manifest.webmanifest").write_text("{}", "utf-8")
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    house.app = folder
    return folder


def test_the_built_app_is_served_with_its_kinds_and_for_how_long(built, stranger):
    at = "http://127.0.0.1:8717"
    first = stranger.get(f"{at}/")
    assert (first.headers["cache-control"], "app" in first.text) == ("no-cache", True)
    assert stranger.get(f"{at}/plan/week").text == first.text
    script = stranger.get(f"{at}/assets/index-Ab3dEf9h.js")
    assert (script.headers["content-type"], "immutable" in script.headers["cache-control"]) == (
        "text/javascript; charset=utf-8",
        True,
    )
    assert stranger.get(f"{at}/manifest.webmanifest").headers["content-type"] == "application/manifest+json"
    gone = stranger.get(f"{at}/assets/plan-Gone1234.js", headers={"accept": "*/*"})
    assert (gone.status_code, gone.json()["id"]) == (404, "nothing_here")  # a script that an older page asks for
    page = stranger.get(f"{at}/my.page", headers={"accept": "text/html,*/*;q=0.8"})
    assert (page.status_code, page.text) == (404, first.text)  # the app says that this page is not here
    assert built.is_dir()


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt", "/a%00b.txt"])
def test_nothing_beside_the_built_app_is_served(built, client, path):
    answer = client.get(f"http://127.0.0.1:8717{path}")
    assert "secret" not in answer.text
    assert built.is_dir()


@pytest.mark.parametrize("name", ["weeks", "spikes", "before", "time", "pain", "cadence"])
def test_every_chart_comes_with_its_words_and_its_table(lived_client, name):
    chart = lived_client.get(f"/charts/{name}?width=400").json()
    assert all(chart[part] for part in ("title", "says", "heads"))
    assert all(len(row) == len(chart["heads"]) for row in chart["rows"])
    picture = lived_client.get(f"/charts/{name}.svg?width=400")
    assert (picture.text, picture.headers["content-type"]) == (chart["svg"], "image/svg+xml")
    assert "<script" not in picture.text


def test_there_is_no_chart_of_another_name_or_of_no_width(client):
    for path in ("/charts/secrets", "/charts/secrets.svg", "/charts/weeks?width=1", "/charts/weeks.svg?width=99999"):
        assert client.get(path).status_code == 422


def test_a_planned_run_is_judged_and_form_is_told(lived_client):
    assert lived_client.get("/load?planned_km=30").status_code == 200
    assert isinstance(lived_client.get("/form").json(), dict)


def test_own_words_are_read_and_nothing_is_kept(client, house):
    text = "My outer hip hurts on the right side and I limp. No fever."
    read = client.post("/words", json={"text": text}, headers={"idempotency-key": ""}).json()
    said = {each["finding"]: each["state"] for each in read["proposals"]}
    assert (said["limp"], said["fever"]) == ("yes", "no")
    assert all(text[each["start"] : each["end"]] == each["phrase"] for each in read["proposals"])
    assert house.journal.history() == ()
    assert client.post("/words", json={"text": "x" * 20_001}).status_code == 422


def test_a_screen_may_ask_for_the_strongest_reasons_alone(lived_client):
    whole, short = (lived_client.get(path).json() for path in ("/assessment", "/assessment?reasons=2"))
    assert [each["id"] for each in short["causes"]] == [each["id"] for each in whole["causes"]]
    for cause, shown in zip(whole["causes"], short["causes"], strict=True):
        for side in ("for", "against"):
            weights = [abs(each["decibans"]) for each in cause[side]]
            assert weights == sorted(weights, reverse=True)
            assert shown[side] == cause[side][:2]
    assert short | {"causes": whole["causes"]} == whole
    assert lived_client.get("/assessment?reasons=-1").status_code == 422


def test_a_pain_is_ended_comes_back_and_is_not_ended_while_someone_must_look(client):
    pain = client.post("/episodes", json={"side": "left"}).json()["id"]
    ended = client.post(f"/episodes/{pain}/end", json={}).json()
    assert (ended["over"], ended["closed"] is None) == (True, False)
    assert client.post(f"/episodes/{pain}/end", json={}).status_code == 422
    assert client.post("/undo", json={"event": ended["event"]}).status_code == 200
    client.post(f"/episodes/{pain}/end", json={})
    assert client.get("/episodes").json()["episodes"][0]["over"]
    assert client.post("/episodes/left/back", json={}).json()["closed"] is None
    client.post("/answers", json={"states": {"saddle_numb": "yes"}})
    refused = client.post(f"/episodes/{pain}/end", json={})
    assert (refused.status_code, refused.json()["id"]) == (409, "pain_referred")
