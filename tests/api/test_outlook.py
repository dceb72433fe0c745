"""What lies ahead over HTTP: the weekly questions, the race, locks, the plan's history, wishes."""

from datetime import timedelta

import pytest

CALM = {"participation": 1, "training": 0, "performance": 0, "symptoms": 1}
HARD = {"participation": 2, "training": 2, "performance": 3, "symptoms": 2}


def test_the_weekly_questions_are_due_once_a_week_and_only_with_a_plan(client, lived_client, clock):
    assert client.get("/weekly").json()["due"] is False
    asked = lived_client.get("/weekly").json()
    assert (asked["due"], asked["weeks"], asked["chart"], asked["alone"]) == (True, None, None, [0, 3])
    assert [len(each["answers"]) for each in asked["questions"]] == [4, 4, 4, 4]
    lived_client.post("/weekly", json=CALM)
    assert lived_client.get("/weekly").json()["due"] is False
    clock.pass_days(6)
    assert lived_client.get("/weekly").json()["due"] is False
    clock.pass_days(1)
    assert lived_client.get("/weekly").json()["due"] is True


def test_a_week_is_kept_shown_in_words_and_as_a_picture_and_can_be_taken_back(lived_client, clock):
    told = lived_client.post("/weekly", json=HARD).json()
    assert told["weeks"]["scores"] == [{"on": clock.now.date().isoformat(), "score": 17 * 3 + 25}]
    assert (told["weeks"]["substantial"], told["weeks"]["follows"]) == (True, "hold")
    clock.pass_days(7)
    better = lived_client.post("/weekly", json={"participation": 0}).json()["weeks"]
    assert better["improving"]
    assert len(better["says"]) == 2
    seen = lived_client.get("/weekly?width=400").json()
    assert seen["weeks"] == better
    assert seen["chart"]["rows"][-1][-1] == 0
    assert 'width="400"' in seen["chart"]["svg"] or "0 0 400" in seen["chart"]["svg"]
    last = lived_client.get("/history").json()["events"][0]["event"]
    lived_client.post("/undo", json={"event": last})
    assert len(lived_client.get("/weekly").json()["weeks"]["scores"]) == 1


@pytest.mark.parametrize("body", [{}, {"participation": 4}, {"participation": 1}, CALM | {"symptoms": None}])
def test_half_a_week_is_refused_and_nothing_is_kept(lived_client, body):
    assert lived_client.post("/weekly", json=body).status_code == 422
    assert lived_client.get("/weekly").json()["weeks"] is None


def test_a_week_that_was_told_offline_counts_for_its_own_day(lived_client, clock):
    then = clock.now - timedelta(2)
    told = lived_client.post("/weekly", json=CALM | {"made_at": then.isoformat()}).json()
    assert told["weeks"]["scores"][0]["on"] == then.date().isoformat()


def test_a_race_is_weeks_away_as_a_range_with_what_was_never_tried(lived_client, clock):
    assert lived_client.get("/race").json()["id"] == "race_km"
    found = lived_client.get("/race?km=21.1").json()
    assert found["check"]["low"] <= (found["check"]["high"] or 999)
    costs = [each["weeks"] for each in found["check"]["deferrals"]]
    assert costs == sorted(costs) != []
    assert any("never tried on real runners" in line for line in found["checked"])
    tomorrow = clock.now.date() + timedelta(1)
    said = lived_client.get(f"/race?km=21.1&on={tomorrow}").json()["check"]
    assert said["answer"] == "unlikely"
    assert "tomorrow" in said["says"][1]
    behind = lived_client.get(f"/race?km=21.1&on={tomorrow - timedelta(2)}")
    assert (behind.status_code, behind.json()["id"]) == (422, "race_behind")


def test_a_lock_says_who_and_why_and_is_opened_again(lived_client):
    parts = lived_client.get("/plan/locks").json()["parts"]
    assert [each["item"] for each in parts[:3]] == ["stage", "run", "week"]
    assert all(each["lock"] is None and each["name"] for each in parts)
    exercise = parts[3]["item"]
    kept = lived_client.post("/plan/locks", json={"item": exercise, "by": "Ann, physio", "reason": "it helps"})
    assert kept.json()["event"]
    held = {each["item"]: each["lock"] for each in lived_client.get("/plan/locks").json()["parts"]}
    assert (held[exercise]["by"], held[exercise]["reason"]) == ("Ann, physio", "it helps")
    assert lived_client.delete(f"/plan/locks/{exercise}").status_code == 200
    assert lived_client.delete(f"/plan/locks/{exercise}").json()["id"] == "not_locked"
    bare = lived_client.post("/plan/locks", json={"item": "run", "by": " ", "reason": "because"})
    assert bare.json()["id"] == "lock_bare"
    lines = lived_client.get("/plan/versions").json()["versions"]
    assert [each["kind"] for each in lines if each["item"] == exercise] == ["unlock", "lock"]
    assert "Ann, physio: it helps" in next(each["says"] for each in lines if each["kind"] == "lock")


def test_the_history_tells_before_and_after_why_and_by_which_rule(lived_client):
    wishes = {"days_a_week": 3, "equipment": ["band"], "race_km": 21.1, "rest_day": "sun"}
    lived_client.post("/plan", json=wishes)
    lived_client.post("/sessions", json={"done": [{"exercise": "clamshell"}]})
    found = lived_client.get("/plan/versions").json()
    wished = next(each for each in found["versions"] if each["rule"] == "wishes")
    assert {"on": None, "says": "on 3 days a week"} in wished["after"]
    assert {"on": None, "says": "on 5 days a week"} in wished["before"]
    assert {"nothing on Sunday", "a race of 21.1 km"} <= {each["says"] for each in wished["after"]}
    assert wished["says"]
    assert wished["everyday"] is False
    assert {"base", "change", "done"} <= {each["kind"] for each in found["versions"]}
    assert all(each["says"] for each in found["versions"])
    back = next(each for each in found["versions"] if each["rule"] == "run_back")
    assert back["before"][0]["says"] != back["after"][0]["says"]
    days = [each for each in found["versions"] if each["rule"] == "week"]
    assert all(line["on"] for each in days for line in each["after"])


def test_only_the_newest_change_of_the_plan_can_be_taken_back(lived_client):
    made = lived_client.post("/plan", json={"days_a_week": 3}).json()["event"]
    assert lived_client.get("/plan/versions").json()["undo"] == made
    lived_client.post("/checkin", json={"states": {"rest_pain_score": "1"}})
    assert lived_client.get("/plan/versions").json()["undo"] is None


def test_wishes_are_shown_with_what_can_be_wished(lived_client):
    lived_client.post("/plan", json={"days_a_week": 4, "race_on": "2027-05-01"})
    found = lived_client.get("/plan/wishes").json()
    assert (found["wishes"]["days_a_week"], found["wishes"]["race_on"]) == (4, "2027-05-01")
    assert {"id": "band", "name": "an elastic band"} in found["equipment"]
    assert "wall" not in {each["id"] for each in found["equipment"]}
    assert found["weekdays"][0] == {"id": "mon", "name": "Monday"}


def test_while_somebody_must_be_seen_first_nothing_of_the_plan_is_offered(lived_client):
    lived_client.post("/answers", json={"states": {"weight_bearing": "cannot"}})
    assert lived_client.get("/referral").json()["referral"] is not None
    assert lived_client.get("/weekly").json()["due"] is False
    assert lived_client.get("/plan/locks").json() == {"held": True, "parts": []}
    assert (lived_client.get("/weekly").json()["held"], lived_client.get("/plan/wishes").json()["held"]) == (True, True)
    found = lived_client.get("/plan/versions").json()
    assert found["held"]
    assert all(not each["before"] and not each["after"] for each in found["versions"])
    race = lived_client.get("/race?km=10").json()["check"]
    assert (race["answer"], race["low"], race["chance"], race["deferrals"]) == ("someone_first", None, None, [])
    refused = lived_client.post("/plan/locks", json={"item": "run", "by": "me", "reason": "so"})
    assert refused.json()["id"] == "no_such_item"
