"""Sessions are moved and wishes are said through the server as through every other door."""

import inspect

import pytest

from hipwise.api._bodies import PlanIn
from hipwise.cli import _act
from hipwise.plan import Wishes

TYPED = {
    "minutes_a_day": "minutes", "days_a_week": "days", "on_days": "days", "rest_day": "rest_day",
    "run_minutes": "run_minutes", "runs_a_week": "runs", "strength_a_week": "strength", "equipment": "equipment",
    "race_on": "race", "race_km": "race_km", "weeks": "weeks", "cross_training": "cross_training",
}  # fmt: skip
"""What each wish is called on the command line."""


def test_every_wish_can_be_said_through_every_door():
    names = set(Wishes.__dataclass_fields__)
    assert set(PlanIn.model_fields) == names == set(TYPED)
    assert set(TYPED.values()) <= set(inspect.signature(_act.plan).parameters)


def test_all_wishes_are_kept_and_one_alone_leaves_the_others(lived_client):
    said = {
        "minutes_a_day": 20, "days_a_week": 5, "equipment": ["band"], "race_on": "2027-03-01", "race_km": 10,
        "on_days": ["mon", "tue", "wed", "fri", "sat"], "rest_day": "sun", "run_minutes": 120, "runs_a_week": None,
        "strength_a_week": 1, "weeks": 2, "cross_training": False,
    }  # fmt: skip
    made = lived_client.post("/plan", json=said)
    assert made.status_code == 200, made.json()
    wishes = made.json()["plan"]["wishes"]
    assert {name: wishes[name] for name in said} == said
    again = lived_client.post("/plan", json={"minutes_a_day": 30}).json()["plan"]["wishes"]
    assert again == wishes | {"minutes_a_day": 30}
    back = lived_client.post("/plan", json={"rest_day": None, "weeks": None}).json()["plan"]["wishes"]
    assert back == again | {"rest_day": None, "weeks": 1}


def test_a_clash_of_wishes_names_them_and_changes_nothing(lived_client):
    before = lived_client.get("/plan").json()["plan"]
    refused = lived_client.post("/plan", json={"on_days": ["mon"], "rest_day": "mon"})
    assert refused.status_code == 422
    told = refused.json()
    assert told["id"].startswith("wishes_clash")
    assert {"on_days", "rest_day"} <= {each["rule"] for each in told["conflict"]["wishes"]}
    assert all(each["says"] for each in told["conflict"]["wishes"])
    for wrong in ({"days_a_week": 9}, {"rest_day": "someday"}, {"minutes_a_day": 1}, {"unheard_of": 1}):
        assert lived_client.post("/plan", json=wrong).status_code == 422
    assert lived_client.get("/plan").json()["plan"] == before


def test_where_a_session_may_go_is_told_and_moving_it_is_one_step(lived_client):
    plan = lived_client.post("/plan", json={"weeks": 2}).json()["plan"]
    assert plan["kind"] == "plan"
    busy = [day["on"] for day in plan["days"] if day["strength"] or day["run"]]
    found = [lived_client.get(f"/plan/moves?on={on}").json() for on in busy[:4]]
    targets = [(one["on"], move["kind"], day) for one in found for move in one["moves"] for day in move["days"]]
    for since, kind, day in targets:
        if not day["allowed"]:
            refused = lived_client.post("/plan/move", json={"from": since, "to": day["on"], "kind": kind})
            assert refused.status_code == 409
            conflict = refused.json()["conflict"]
            assert [*conflict["rules"], *conflict["wishes"]] == day["broken"]
            break
    since, kind, day = next(each for each in targets if each[2]["allowed"])
    moved = lived_client.post("/plan/move", json={"from": since, "to": day["on"], "kind": kind})
    assert moved.status_code == 200
    assert moved.json()["plan"]["days"] != plan["days"]
    assert lived_client.post("/undo", json={"event": moved.json()["event"]}).status_code == 200
    assert lived_client.get("/plan").json()["plan"]["days"] == plan["days"]


@pytest.mark.parametrize(
    "body", [{"from": "2020-01-01", "to": "2020-01-02"}, {"from": "2099-01-01", "to": "2099-01-02"}]
)
def test_what_is_not_there_cannot_be_moved(lived_client, body):
    assert lived_client.post("/plan/move", json=body).json()["id"] == "no_such_session"
    assert lived_client.get(f"/plan/moves?on={body['from']}").json()["why_not"]


def test_a_session_of_several_exercises_is_taken_back_at_once(lived_client):
    plan = lived_client.get("/plan").json()["plan"]
    before = len(lived_client.get("/history").json()["events"])
    done = [{"exercise": each["id"], "felt": "right"} for each in plan["exercises"]]
    kept = lived_client.post("/sessions", json={"done": done, "pain": 1}).json()
    assert len(lived_client.get("/history").json()["events"]) == before + 1
    assert lived_client.post("/undo", json={"event": kept["event"]}).status_code == 200
