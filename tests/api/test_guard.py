"""Who may ask, from where, how much, and what a browser may do with the answer."""

import json
import logging
import socket

import pytest
from starlette.websockets import WebSocketDisconnect

from hipwise.api import CONTENT_POLICY

HOME = "http://127.0.0.1:8717"
SMALL = 64 * 1024


def refused(answer, status, name):
    told = answer.json()
    assert (answer.status_code, told["status"], told["id"]) == (status, status, name), told
    assert answer.headers["content-type"] == "application/problem+json"
    assert all(told[part] for part in ("title", "detail", "next"))


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8717", "127.0.0.1", "127.0.0.1:80", "192.168.1.7:8717", ""]
)
def test_a_name_that_someone_pointed_at_this_machine_gets_no_answer(client, host):
    for path in ("/api/v1/today", "/api/v1/health", "/", "/enter"):
        refused(client.get(f"{HOME}{path}", headers={"host": host}), 421, "wrong_host")


def test_this_machine_answers_to_both_its_names(client):
    assert client.get("/health", headers={"host": "localhost:8717"}).status_code == 200
    assert client.get("/health").json()["status"] == "ok"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "https://127.0.0.1:8717"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": HOME, "sec-fetch-site": "cross-site"},
    ],
)
def test_another_site_can_neither_write_nor_read(client, house, headers):
    written = client.post("/answers", json={"states": {"limp": "yes"}}, headers=headers)
    refused(written, 403, "other_site")
    refused(client.get("/today", headers=headers), 403, "other_site")
    assert house.journal.history() == ()


def test_our_own_page_can_write(client):
    own = {"origin": HOME, "sec-fetch-site": "same-origin"}
    assert client.post("/answers", json={"states": {"limp": "no"}}, headers=own).status_code == 200


def test_a_form_of_another_site_cannot_write_even_without_an_origin(client, house):
    """A form can send no header of its own, and what is no JSON is not read as such."""
    bare = client.post("/answers", json={"states": {"limp": "yes"}}, headers={"idempotency-key": ""})
    refused(bare, 400, "no_key")
    plain = client.post("/answers", content='{"states": {"limp": "yes"}}', headers={"content-type": "text/plain"})
    assert plain.status_code == 422
    assert house.journal.history() == ()


def test_who_has_no_key_reads_nothing_and_writes_nothing(stranger, house):
    for path in ("/today", "/athlete", "/runs", "/jobs", "/sources", "/openapi.json", "/pairing", "/session"):
        refused(stranger.get(path), 401, "not_paired")
    for headers in ({"authorization": "Bearer guess"}, {"authorization": "Basic x"}, {"cookie": "hipwise_8717=a.b"}):
        refused(stranger.get("/today", headers=headers), 401, "not_paired")
    refused(stranger.post("/answers", json={"states": {"limp": "yes"}}), 401, "not_paired")
    assert house.journal.history() == ()


def test_a_cookie_that_cannot_be_read_is_none(stranger):
    refused(stranger.get("/today", headers={"cookie": 'a\x01b=;;="; hipwise_8717'}), 401, "not_paired")


def test_the_address_that_is_opened_lets_the_browser_in_and_it_stays_in(stranger, house):
    wrong = stranger.get("/enter?key=guess")
    assert wrong.status_code == 401
    assert "set-cookie" not in wrong.headers
    entered = stranger.get(f"/enter?key={house.keys.bearer}")
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    cookie = entered.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Path=/", "hipwise_8717="))
    assert stranger.get("/session").status_code == 200
    forged = cookie.partition(";")[0][:-2] + "xx"
    stranger.cookies.clear()
    refused(stranger.get("/session", headers={"cookie": forged}), 401, "not_paired")


def test_forgetting_leaves_only_this_browser_in(stranger, house):
    stranger.get(f"/enter?key={house.keys.bearer}")
    old = dict(stranger.cookies)
    forgot = stranger.post("/pairing/forget")
    assert forgot.status_code == 204
    assert stranger.get("/session").status_code == 200
    stranger.cookies.clear()
    stranger.cookies.update(old)
    refused(stranger.get("/session"), 401, "not_paired")


@pytest.mark.parametrize("path", ["/answers", "/checkin", "/erase", "/pair"])
def test_a_body_that_is_too_large_is_not_read(client, path):
    refused(client.post(path, content=b"x" * (SMALL + 1)), 413, "too_much_sent")


def test_a_body_that_lies_about_its_size_is_cut_off(client):
    def pieces():
        yield from (b"x" * 4096 for _ in range(17))

    refused(
        client.post("/answers", content=pieces(), headers={"content-type": "application/json"}), 413, "too_much_sent"
    )


def test_a_length_that_is_none_is_refused(client):
    refused(client.post("/answers", content=b"", headers={"content-length": "-1"}), 413, "too_much_sent")


def test_a_file_may_be_larger(client):
    sent = client.put("/uploads?name=a.fit", content=b"x" * (SMALL * 4))
    assert (sent.status_code, sent.json()["bytes"]) == (201, SMALL * 4)


@pytest.mark.parametrize("path", ["/", "/api/v1/today", "/api/v1/none", "/enter?key=x", "/api/v1/openapi.json"])
def test_every_answer_binds_the_browser(client, path):
    headers = client.get(f"{HOME}{path}").headers
    assert headers["content-security-policy"] == CONTENT_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "access-control-allow-origin" not in headers


def test_no_script_runs_but_those_of_files_of_ours():
    rules = dict(rule.split(" ", 1) for rule in CONTENT_POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["connect-src"] == "'self'"
    assert not any(word in CONTENT_POLICY for word in ("unsafe-eval", "http:", "https:", "*"))


def test_refusals_bind_the_browser_too(stranger):
    for headers in ({}, {"host": "evil.example"}):
        answer = stranger.get("/today", headers=headers)
        assert answer.headers["content-security-policy"] == CONTENT_POLICY


def test_answers_about_health_are_kept_by_no_cache(client):
    assert client.get("/today").headers["cache-control"] == "no-store"


def test_what_goes_wrong_is_logged_without_what_was_told(client, house, monkeypatch, caplog):
    def stumble(*_, **__):
        raise RuntimeError("groin pain 9 of 10")

    monkeypatch.setattr(house.journal, "tell_page", stumble)
    with caplog.at_level(logging.DEBUG, logger="hipwise.api"):
        answer = client.post("/answers", json={"states": {"limp": "yes"}})
    refused(answer, 500, "server_stumbled")
    assert "groin" not in answer.text + caplog.text
    assert json.loads(caplog.records[-1].message) == {"route": "/answers", "error": "RuntimeError"}


def test_a_wrong_body_is_told_without_what_was_in_it(client):
    answer = client.post("/answers", json={"states": {"limp": ["secret"]}, "more": 1})
    refused(answer, 422, "wrong_shape")
    assert {each["where"] for each in answer.json()["fields"]} == {"body.states.limp", "body.more"}
    assert "secret" not in answer.text


def test_nothing_goes_out(client, monkeypatch):
    """Whatever is asked of it, the server never connects to anything.

    No audit hook listens for it: one cannot be taken off again, and on Python 3.11 coverage then loses threads.
    """
    went = []
    for way in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, way, lambda _, *told: went.append(told))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as heard:
        heard.connect(("127.0.0.1", 9))
    assert went.pop() == (("127.0.0.1", 9),)
    for path in client.app.openapi()["paths"]:
        if "{" not in path:
            client.get(f"{HOME}{path}")
    client.post("/checkin", json={"states": {"rest_pain_score": "2"}})
    assert went == []


def test_a_websocket_is_hung_up_on(client):
    with pytest.raises(WebSocketDisconnect) as hung_up, client.websocket_connect("ws://127.0.0.1:8717/api/v1/today"):
        pytest.fail("it was let in")
    assert hung_up.value.code == 1008
