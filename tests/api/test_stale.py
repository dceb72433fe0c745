"""A page of before an alarm that was told elsewhere: nothing that it asks or sends brings a run or an exercise."""

ALARM = {"saddle_numb": "yes"}
GETS = (
    *(
        "/today",
        "/today/asks",
        "/plan",
        "/plan/changes",
        "/plan/locks",
        "/plan/moves",
        "/plan/wishes",
        "/plan/versions",
    ),
    *("/load", "/weekly", "/question", "/checkin", "/assessment", "/referral", "/report", "/charts/weeks"),
    *("/exercises/clamshell/figure", "/ask?q=Which simple exercises can I do at home"),
)
CLOSED = {
    "/race": 422,
    "/workout.fit": 409,
    "/why/today/ceiling_km": 404,
    "/why/load/ceiling": 404,
    "/why/exercise/clamshell": 404,
}
GIVEN = {"days", "exercises", "proposed", "moves", "stages", "ceiling_km", "ceiling_min", "walk_min", "session", "svg"}
"""What holds a run or an exercise, where there is something in it."""

DRAWN = "/charts/weeks"
CALM = dict.fromkeys(("rest_pain_score", "walk_pain_score"), "0") | dict.fromkeys(
    ("limp", "woken_by_hip", "fever"), "no"
)


def offered(said):
    """Yield the names under which an answer offers a run or an exercise."""
    if isinstance(said, dict):
        for name, value in said.items():
            if (name == "verdict" and value in {"run", "run_less"}) or (name in GIVEN and value):
                yield name
            yield from offered(value)
    elif isinstance(said, list):
        for each in said:
            yield from offered(each)


def writes(client):
    """Return what a page sends that shows the plan as it is now: method, address and body of each."""
    moves = client.get("/plan/moves").json()
    to = next(day["on"] for day in moves["moves"][0]["days"] if day["allowed"])
    change = client.get("/plan/changes").json()["proposed"][0]["id"]
    return [
        ("POST", "/plan", {}),
        ("POST", "/plan", {"days_a_week": 2}),
        ("POST", "/plan/move", {"kind": moves["moves"][0]["kind"], "from": moves["on"], "to": to}),
        ("POST", f"/plan/changes/{change}/accept", {}),
        ("POST", f"/plan/changes/{change}/decline", {}),
        ("POST", "/plan/locks", {"item": "clamshell", "by": "Ann", "reason": "it helps"}),
        ("DELETE", "/plan/locks/clamshell", None),
        ("POST", "/sessions", {"done": [{"exercise": "clamshell"}], "pain": 0}),
        ("POST", "/checkin", {"states": CALM}),
        ("POST", "/after-run", {"states": {"run_pain_score": "0"}}),
        ("POST", "/answers", {"states": {"limp": "no"}}),
        ("PATCH", "/athlete", {"country": "IE"}),
        ("PATCH", "/settings", {"units": "mi"}),
    ]


def test_a_page_of_before_an_alarm_is_answered_with_what_holds_now(lived_client):
    shown = [lived_client.get(path) for path in GETS]
    held = {"days", "exercises", "proposed", "moves", "stages", "svg"}
    assert held <= {name for each in shown for name in offered(each.json())}
    sent = writes(lived_client)
    done = lived_client.post("/checkin", json={"states": CALM}).json()["event"]
    state = lived_client.get("/plan").headers["etag"]
    lived_client.post("/answers", json={"states": ALARM})
    for path, before in zip(GETS, shown, strict=True):
        now = lived_client.get(path, headers={"if-none-match": before.headers["etag"]})
        assert (now.status_code, [each for each in offered(now.json()) if path != DRAWN]) == (200, []), path
    assert {path: lived_client.get(path).status_code for path in CLOSED} == CLOSED
    assert lived_client.post("/undo", json={"event": done}).json()["id"] == "not_the_last"
    for method, path, body in sent:
        stale = lived_client.request(method, path, json=body, headers={"if-match": state})
        assert stale.status_code == 412, path  # whoever says which state is meant is told that it is another one
        answer = lived_client.request(method, path, json=body)
        assert list(offered(answer.json())) == [], path
        assert lived_client.get("/today").json()["verdict"] == "see_someone", path


def test_a_change_that_was_accepted_before_an_alarm_is_taken_back_only_after_it(lived_client):
    change = lived_client.get("/plan/changes").json()["proposed"][0]["id"]
    before = lived_client.get("/plan").json()["plan"]
    accepted = lived_client.post(f"/plan/changes/{change}/accept").json()["event"]
    alarm = lived_client.post("/answers", json={"states": ALARM}).json()["event"]
    assert lived_client.post("/undo", json={"event": accepted}).json()["conflict"]["event"] == alarm
    assert lived_client.get("/plan/versions").json()["undo"] is None
    assert lived_client.post("/undo", json={"event": alarm}).status_code == 200
    assert lived_client.post("/undo", json={"event": accepted}).status_code == 200
    assert lived_client.get("/plan").json()["plan"] == before
    assert change in {each["id"] for each in lived_client.get("/plan/changes").json()["proposed"]}
