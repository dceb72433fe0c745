"""A write that is sent twice is done once; a state that has changed is said so."""

import asyncio

import pytest

KEY = {"idempotency-key": "outbox-000001"}
CHECKIN = {
    "states": {
        "rest_pain_score": "1",
        "walk_pain_score": "1",
        "limp": "no",
        "woken_by_hip": "no",
        "fever": "no",
        "painkiller": "none",
    }
}


def test_the_same_write_sent_again_gets_the_same_answer_and_writes_nothing(client, house):
    first = client.post("/checkin", json=CHECKIN, headers=KEY)
    again = client.post("/checkin", json=CHECKIN, headers=KEY)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert (first.headers.get("idempotency-replayed"), again.headers["idempotency-replayed"]) == (None, "true")
    assert len(house.journal.history()) == 1


def test_a_repeat_gets_the_first_answer_even_when_the_server_was_started_anew(client, house, tmp_path):
    from tests.api.conftest import asking, house_of

    first = client.post("/checkin", json=CHECKIN, headers=KEY)
    later = asking(house_of(house.journal, tmp_path / "server"))
    assert later.post("/checkin", json=CHECKIN, headers=KEY).content == first.content


def test_a_key_stands_for_one_write(client):
    client.post("/checkin", json=CHECKIN, headers=KEY)
    other = client.post("/checkin", json={"states": {"limp": "yes"}}, headers=KEY)
    assert (other.status_code, other.json()["id"]) == (422, "key_used")
    assert other.json()["conflict"] == {"answered": 200}, "so a phone knows that its first word was taken"
    elsewhere = client.post("/after-run", json=CHECKIN, headers=KEY)
    assert elsewhere.json()["id"] == "key_used"


def test_a_refused_write_is_refused_again_under_its_key(client):
    wrong = {"states": {"limp": "perhaps"}}
    first = client.post("/answers", json=wrong, headers=KEY)
    again = client.post("/answers", json=wrong, headers=KEY)
    assert (first.status_code, first.json()["id"]) == (422, "unknown_state")
    assert again.content == first.content
    assert again.headers["content-type"] == "application/problem+json"


def test_a_write_that_stumbled_may_be_tried_again(client, house, monkeypatch):
    whole = house.journal.tell_page
    monkeypatch.setattr(house.journal, "tell_page", lambda *_, **__: 1 / 0)
    assert client.post("/answers", json={"states": {"limp": "no"}}, headers=KEY).status_code == 500
    monkeypatch.setattr(house.journal, "tell_page", whole)
    assert client.post("/answers", json={"states": {"limp": "no"}}, headers=KEY).status_code == 200


@pytest.mark.parametrize("key", ["", "short", "with space in it", "x" * 201, "semi;colon"])
def test_a_write_without_a_proper_key_is_refused(client, key):
    answer = client.post("/answers", json={"states": {"limp": "no"}}, headers={"idempotency-key": key})
    assert (answer.status_code, answer.json()["id"]) == (400, "no_key")


def test_an_answer_without_a_body_is_kept_too(client):
    client.put("/uploads?name=a.fit", content=b"x", headers=KEY)
    place = client.put("/uploads?name=a.fit", content=b"xy", headers=KEY).json()
    assert place["bytes"] == 2, "the same key again takes the place of what came with it"
    dropped = [client.delete(f"/uploads/{place['upload']}", headers={"idempotency-key": "drop-it-once"}) for _ in "ab"]
    assert [each.status_code for each in dropped] == [204, 204]
    assert client.delete(f"/uploads/{place['upload']}").status_code == 404


def test_old_answers_are_forgotten_after_a_month(client, clock):
    first = client.post("/checkin", json=CHECKIN, headers=KEY)
    clock.pass_days(31)
    client.post("/answers", json={"states": {"limp": "no"}})
    assert client.post("/checkin", json=CHECKIN, headers=KEY).content != first.content


def test_who_has_the_journal_as_it_is_gets_no_second_copy(client):
    seen = client.get("/today")
    etag = seen.headers["etag"]
    same = client.get("/today", headers={"if-none-match": etag})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", etag)
    client.post("/answers", json={"states": {"limp": "no"}})
    assert client.get("/today", headers={"if-none-match": etag}).status_code == 200


def test_another_day_is_another_state(client, clock):
    etag = client.get("/today").headers["etag"]
    clock.pass_days(1)
    assert client.get("/today", headers={"if-none-match": etag}).status_code == 200


def test_knowledge_is_the_same_as_long_as_its_version_is(client):
    etag = client.get("/sources").headers["etag"]
    client.post("/answers", json={"states": {"limp": "no"}})
    assert client.get("/sources", headers={"if-none-match": etag}).status_code == 304
    assert client.get("/sources/hipwise_judgement", headers={"if-none-match": etag}).status_code == 304


def test_a_write_that_was_meant_for_an_older_state_is_refused(client, house):
    etag = client.get("/plan").headers["etag"]
    client.post("/answers", json={"states": {"limp": "no"}})
    before = house.journal.history()
    late = client.post("/plan", json={}, headers={"if-match": etag})
    assert (late.status_code, late.json()["id"]) == (412, "state_changed")
    assert house.journal.history() == before
    now = client.get("/plan").headers["etag"]
    assert client.post("/plan", json={}, headers={"if-match": now}).status_code == 200
    assert client.post("/plan", json={}, headers={"if-match": "*"}).status_code == 200


def test_a_checkin_made_offline_counts_for_its_day(client, house, clock):
    made_at = clock.now.isoformat()
    day = clock.now.date()
    clock.pass_days(2)
    sent = client.post("/checkin", json=CHECKIN | {"made_at": made_at})
    assert sent.status_code == 200
    assert {each.on for each in house.journal.told()} == {day}
    assert sent.json()["today"]["on"] == clock.now.date().isoformat()


def test_a_run_and_a_session_told_late_count_for_their_day_and_once(lived_client, lived_journal, clock):
    made_at, day = clock.now.isoformat(), clock.now.date()
    clock.pass_days(1)
    exercise = next(iter(lived_journal.knowledge.rehab.exercises))
    letters = {
        "/after-run": {"states": {"run_pain_score": "3", "run_pain_from": "to_2_km"}, "made_at": made_at},
        "/sessions": {"done": [{"exercise": exercise}], "pain": 1, "made_at": made_at},
    }
    for place, (path, body) in enumerate(letters.items()):
        key = {"idempotency-key": f"late-letter-{place}"}
        first, again = (lived_client.post(path, json=body, headers=key) for _ in range(2))
        assert (first.status_code, again.content) == (200, first.content)
    told = [each for each in lived_journal.told() if each.id in {"run_pain_score", "run_pain_from"} and each.on >= day]
    assert {(each.id, each.state, each.on) for each in told} == {
        ("run_pain_score", "3", day),
        ("run_pain_from", "to_2_km", day),
    }
    assert len(told) == 2
    assert [each.on for each in lived_journal.versions() if each.kind == "done"] == [day]


def test_a_newer_checkin_of_that_day_is_shown_and_not_overruled(client, house, clock):
    early = clock.now.isoformat()
    clock.pass_days(0.2)
    client.post("/checkin", json={"states": {"rest_pain_score": "5"}})
    before = house.journal.history()
    late = client.post("/checkin", json=CHECKIN | {"made_at": early})
    assert (late.status_code, late.json()["id"]) == (409, "checkin_newer")
    assert late.json()["conflict"] == {"at": clock.now.isoformat(), "states": {"rest_pain_score": "5"}}
    assert house.journal.history() == before
    anyway = client.post("/checkin", json=CHECKIN | {"made_at": early, "anyway": True})
    assert anyway.status_code == 200


@pytest.mark.parametrize("days", [-15, 1])
def test_what_was_told_ahead_or_long_ago_is_no_late_message(client, clock, days):
    moment = clock.now
    clock.pass_days(-days)
    answer = client.post("/answers", json={"states": {"limp": "no"}, "made_at": moment.isoformat()})
    assert (answer.status_code, answer.json()["id"]) == (422, "made_when")


def test_a_write_whose_sender_went_away_in_the_middle_is_not_done(client, house):
    messages = [{"type": "http.request", "body": b'{"states": {"limp"', "more_body": True}, {"type": "http.disconnect"}]
    sent = []

    async def receive():
        return messages.pop(0)

    async def send(message):
        sent.append(message)

    raw = {"host": "127.0.0.1:8717", "idempotency-key": "half-a-write", "content-type": "application/json"}
    raw |= {"authorization": f"Bearer {house.keys.bearer}"}
    headers = [(name.encode(), value.encode()) for name, value in raw.items()]
    scope = {"type": "http", "method": "POST", "path": "/api/v1/answers", "query_string": b"", "headers": headers}
    asyncio.run(client.app(scope | {"scheme": "http", "http_version": "1.1", "root_path": ""}, receive, send))
    assert sent == []
    assert house.journal.history() == ()
