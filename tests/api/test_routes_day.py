"""The day over HTTP: check-ins, how a run was borne, and the plan that follows."""

from sore_runner import tcx


def test_a_checkin_says_what_it_changed(lived_client, lived_journal):
    asked = lived_client.get("/checkin").json()
    assert [each["id"] for each in asked["cards"]][:2] == ["rest_pain_score", "walk_pain_score"]
    assert (asked["done"], asked["last"]["states"]["limp"]) == (False, "no")
    states = {"rest_pain_score": "0", "walk_pain_score": "0", "limp": "no", "woken_by_hip": "no", "fever": "no"}
    answer = lived_client.post("/checkin", json={"states": states | {"painkiller": "none"}}).json()
    assert (answer["before"]["verdict"], answer["today"]["verdict"]) == ("ask", "run")
    assert answer["event"] == lived_journal.last().number
    assert lived_client.get("/checkin").json()["done"] is True
    today = lived_client.get("/today").json()
    assert (today | answer["today"], today["pain"]["title"]) == (today, "Pain, last 14 days")


def test_after_a_run_it_is_asked_how_it_was(lived_client, clock):
    lived_client.post("/runs", json={"distance_km": 3, "minutes": 20, "started_at": clock.now.isoformat()})
    clock.pass_days(0.1)
    ran = lived_client.get("/checkin").json()["ran"]
    assert (ran["on"], ran["km"]) == (clock.now.date().isoformat(), 3)
    states = {"run_pain_score": "1", "run_pain_from": "to_2_km", "after_pain_score": "1", "run_limp": "no"}
    assert lived_client.post("/after-run", json={"states": states}).status_code == 200
    assert lived_client.get("/checkin").json()["ran"] is None


def test_where_the_pain_began_is_asked_after_how_much_and_kept_with_its_day(lived_client, lived_journal, clock):
    asked = [each["id"] for each in lived_client.get("/checkin").json()["after_run"]]
    assert asked[:3] == ["run_pain_score", "run_pain_from", "after_pain_score"]
    before = lived_client.get("/today").json()
    lived_client.post("/after-run", json={"states": {"run_pain_from": "to_5_km"}})
    told = lived_journal.evidence().history("run_pain_from")
    assert [(each.state, each.on, each.origin) for each in told] == [("to_5_km", clock.now.date(), "check-in")]
    after = lived_client.get("/today").json()
    assert {name for name in before if before[name] != after[name]} == set(), "it is kept, and moves no verdict"


def test_a_lap_that_was_pressed_says_where_the_pain_began(lived_client, lived_journal, clock, tmp_path):
    lived_journal.add([tcx(tmp_path / "new", clock.now.date(), (3.1, 4.2))])
    clock.pass_days(0.2)
    ran = lived_client.get("/checkin").json()["ran"]
    assert ran["laps"] == [{"number": 1, "km": 3.1}, {"number": 2, "km": 4.2}]
    states = {"run_pain_score": "2", "run_limp": "no"}
    body = {"states": states, "lap": 2, "run": ran["run"]}
    assert lived_client.post("/after-run", json=body).status_code == 200
    told = lived_journal.evidence().latest()
    assert (told["run_pain_from"].state, told["run_pain_from"].origin) == ("to_5_km", "lap:2:4200.0")
    assert told["run_limp"].origin == "check-in", "a lap says where, and nothing else"
    newest = lived_client.get("/load").json()["pain_from"][-1]
    assert (newest["state"], newest["low_km"], newest["high_km"]) == ("to_5_km", 2, 5)
    assert "at 4.2 km, where you pressed lap (lap 2)" in newest["told"]


def test_a_lap_that_nobody_pressed_marks_nothing_and_nothing_is_kept(lived_client, lived_journal, clock, tmp_path):
    lived_journal.add([tcx(tmp_path / "new", clock.now.date(), (3.1, 4.2))])
    clock.pass_days(0.2)
    before = lived_journal.evidence()
    for more in ({"lap": 3}, {"lap": 2, "run": "another"}):
        answer = lived_client.post("/after-run", json={"states": {"run_pain_score": "2"}} | more)
        assert answer.status_code == 422, more
        assert "You did not press lap" in answer.json()["title"]
    assert "lap 2 at 4.2 km" in lived_client.post("/after-run", json={"states": {"run_limp": "no"}, "lap": 9}).text
    assert lived_journal.evidence() == before


def test_nobody_who_never_ran_is_asked_how_it_was(client):
    assert client.get("/checkin").json()["ran"] is None


def test_the_plan_that_was_agreed_on_stays(lived_client):
    agreed = lived_client.get("/plan").json()["plan"]
    assert agreed["kind"] == "plan"
    made = lived_client.post("/plan", json={"minutes_a_day": 20, "equipment": ["band"]}).json()
    assert made["plan"]["kind"] == "plan"
    assert lived_client.get("/plan").json()["plan"] == made["plan"]


def test_after_a_flare_no_run_is_left_in_the_plan_that_is_shown(lived_client, lived_journal):
    before = lived_client.get("/plan").json()["plan"]
    flare = {"rest_pain_score": "4", "walk_pain_score": "6", "limp": "no", "woken_by_hip": "no", "fever": "no"}
    lived_client.post("/checkin", json={"states": flare | {"painkiller": "none"}})
    shown = lived_client.get("/plan").json()["plan"]
    followed = lived_journal.plan().as_dict()
    assert shown["kind"] == followed["kind"] == before["kind"] == "plan"
    assert [each["id"] for each in shown["exercises"]] == [each["id"] for each in followed["exercises"]]
    assert shown["stage"]["id"] == followed["stage"]["id"]
    assert (before["run"]["mode"], shown["run"]["mode"]) == ("ladder", "none")
    assert not any(day["run"] for day in shown["week"])
