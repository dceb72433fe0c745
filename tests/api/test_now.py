"""What is sent again, late, or about another pain: nothing of before an alarm is said after it."""

from datetime import UTC, timedelta, timezone

import pytest

from sore_runner import AFTER_THE_RUN, GOOD_MORNING, well

KEY = {"idempotency-key": "outbox-000001"}
RUNS = {"run", "run_less"}
ALARM = {"saddle_numb": "yes"}


@pytest.fixture
def sore(client, house, clock):
    """Return a client of a runner whose left hip is sore, who runs, and who told that all is calm."""
    journal = house.journal
    journal.set_athlete(age_y=35, sex="female", country="IE")
    for days in range(40, 1, -2):
        journal.log(distance_m=8000, timer_s=2800, started_at=clock.now - timedelta(days))
    journal.new_pain(side="left", onset=clock.now.date() - timedelta(3))
    journal.tell(well(**AFTER_THE_RUN))
    return client


WRITES = {
    "/checkin": {"states": GOOD_MORNING, "planned_km": 3},
    "/after-run": {"states": {"run_pain_score": "0", "after_pain_score": "0"}},
    "/plan": {},
    "/answers": {"states": {"limp": "no"}},
}


@pytest.mark.parametrize("path", WRITES)
def test_what_is_sent_again_after_an_alarm_is_answered_with_what_holds_now(sore, house, path):
    first = sore.post(path, json=WRITES[path], headers=KEY)
    assert first.status_code == 200
    sore.post("/answers", json={"states": ALARM})
    done = len(house.journal.history())
    again = sore.post(path, json=WRITES[path], headers=KEY)
    assert (again.status_code, again.headers["idempotency-replayed"]) == (200, "true")
    now = again.json()
    assert len(house.journal.history()) == done, "nothing is kept twice"
    assert first.json().keys() == now.keys()
    assert now["event"] == first.json()["event"]
    if "today" in now:
        assert first.json()["today"]["verdict"] in RUNS
        assert (now["today"]["verdict"], now["before"]["verdict"]) == ("see_someone", "see_someone")
        assert (now["changes"], now["before"]["ceiling_km"]) == ([], None)
    if "plan" in now:
        assert "days" in first.json()["plan"]
        assert now["plan"]["level"] == "emergency"
    if "next" in now:
        assert now["next"] is None


def test_a_clearance_that_is_sent_again_does_not_unsay_what_was_told_since(sore, house, clock):
    sore.post("/answers", json={"states": {"hop_hurts": "yes", "pain_groin": "yes", "worst_point": "groin"}})
    clock.pass_days(1)
    clear = {"by": "Dr Kay", "what_for": "running"}
    first = sore.post("/clearance", json=clear, headers=KEY)
    clock.pass_days(1)
    sore.post("/answers", json={"states": ALARM})
    again = sore.post("/clearance", json=clear, headers=KEY).json()
    assert (again["referral"]["level"], again["causes"]) == ("emergency", [])
    assert first.json() != again
    assert sum(each.id == "cleared_bone" for each in house.journal.told()) == 1


def test_a_session_that_is_sent_again_after_an_alarm_tells_of_no_step_on(lived_client, lived_journal):
    exercise = next(iter(lived_journal.knowledge.rehab.exercises))
    body = {"done": [{"exercise": exercise}], "pain": 1}
    first = lived_client.post("/sessions", json=body, headers=KEY)
    assert lived_client.post("/sessions", json=body, headers=KEY).content == first.content
    lived_client.post("/answers", json={"states": ALARM})
    again = lived_client.post("/sessions", json=body, headers=KEY).json()
    assert (again["changes"], again["event"]) == ([], first.json()["event"])
    assert sum(each.kind == "done" for each in lived_journal.versions()) == 1


def test_pain_of_a_run_that_is_told_late_counts_though_its_lap_is_not_known(sore, house, clock):
    told = {"states": {"run_pain_score": "7"}, "lap": 3, "run": "gone"}
    now = sore.post("/after-run", json=told)
    assert (now.status_code, now.json()["id"]) == (422, "no_such_lap"), "who is there can choose another"
    late = sore.post("/after-run", json=told | {"made_at": clock.now.isoformat()})
    assert late.status_code == 200
    states = house.journal.told().latest()
    assert states["run_pain_score"].state == "7"
    assert "run_pain_from" not in states


def test_own_words_answer_no_referral_by_the_web_either(sore, house, clock):
    sore.post("/answers", json={"states": ALARM})
    clock.pass_days(1)
    sore.post("/answers", json={"states": {"seen_by_clinician": "yes"}, "own_words": True})
    house.journal.tell(well())
    assert sore.get("/today").json()["verdict"] == "see_someone"
    assert house.journal.told().latest()["seen_by_clinician"].origin == "own words"
    sore.post("/answers", json={"states": {"cleared_bone": "yes"}, "own_words": True})
    assert house.journal.told().latest()["cleared_bone"].origin == "own words"


def test_the_answer_that_somebody_has_looked_may_be_of_an_older_visit_and_answers_no_referral(sore, house, clock):
    sore.post("/answers", json={"states": ALARM})
    clock.pass_days(1)
    sore.post("/answers", json={"states": {"seen_by_clinician": "yes"}})
    house.journal.tell(well())
    assert sore.get("/referral").json()["referral"]["level"] == "emergency"
    clock.pass_days(1)
    assert sore.post("/visit", json={"by": " "}).json()["id"] == "visit_bare"
    assert sore.post("/visit", json={"by": "Dr Kay, today"}).json()["referral"] is None
    assert sore.get("/today").json()["referral"] is None
    assert house.journal.told().latest()["seen_by_clinician"].origin == "seen by: Dr Kay, today"


def test_a_visit_of_the_day_of_the_alarm_answers_nothing(sore, house):
    sore.post("/answers", json={"states": ALARM})
    sore.post("/visit", json={"by": "Dr Kay"})
    house.journal.tell(well())
    assert sore.get("/today").json()["verdict"] == "see_someone"


def test_a_referral_says_which_pain_it_is_for_and_a_visit_is_told_for_that_one(sore, house, clock):
    left = house.journal.episode.id
    sore.post("/answers", json={"states": {"foot_drop": "yes"}})
    clock.pass_days(1)
    house.journal.new_pain(side="right")
    house.journal.tell(well())
    found = sore.get("/referral").json()
    assert (found["referral"]["level"], found["pain"]["id"]) == ("same_day", left)
    sore.post("/visit", json={"by": "Dr Kay"})
    assert sore.get("/referral").json()["pain"]["id"] == left, "a visit for the other pain answers nothing"
    house.journal.tell(well(), pain=left)
    assert sore.get("/referral").json()["referral"] is not None
    clock.pass_days(1)
    answered = sore.post("/visit", json={"by": "Dr Kay", "pain": left})
    assert answered.status_code == 200
    assert sore.get("/referral").json() == {"referral": None, "pain": None}


@pytest.mark.parametrize(("zone_h", "hour", "told_in_h"), [(10, 7, 0), (-8, 20, 0), (0, 12, 14), (14, 6, -12)])
def test_what_comes_late_counts_for_the_day_that_it_was_here_whichever_zone_it_is_told_in(
    sore, house, clock, zone_h, hour, told_in_h
):
    clock.now = (clock.now + timedelta(days=1)).replace(hour=hour, tzinfo=timezone(timedelta(hours=zone_h)))
    made_at = clock.now.astimezone(timezone(timedelta(hours=told_in_h)) if told_in_h else UTC)
    told = sore.post("/checkin", json={"states": GOOD_MORNING | {"limp": "yes"}, "made_at": made_at.isoformat()})
    assert house.journal.told().latest()["limp"].on == clock.now.date()
    assert told.json()["today"]["verdict"] not in RUNS
