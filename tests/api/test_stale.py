"""A page that was opened before an alarm was told elsewhere: nothing that it sends is answered with a run or an exercise."""

import pytest
from tests.api.conftest import Client

ALARM = {"saddle_numb": "yes"}
OFFERS = {"verdict": {"run", "run_less"}}
HELD = ("days", "exercises", "proposed", "moves", "stages")
GETS = (
    *("/today", "/today/asks", "/plan", "/plan/changes", "/plan/locks", "/plan/moves", "/plan/wishes", "/plan/versions"),
    *("/load", "/race", "/weekly", "/question", "/checkin", "/assessment", "/referral", "/report", "/today/ahead"),
    *("/calendar.ics", "/workout.fit", "/why/today/ceiling_km", "/why/load/ceiling", "/why/exercise/clamshell"),
    "/ask?q=Which simple exercises can I do at home",
    "/exercises/clamshell",
    "/exercises/clamshell/figure",
    "/charts/weeks",
    "/episodes",
    "/sheet.pdf",
    "/findings",
)


def offered(said, where=""):
    """Yield what of an answer offers a run or an exercise."""
    if isinstance(said, dict):
        for name, value in said.items():
            here = f"{where}.{name}"
            if name == "verdict" and value in {"run", "run_less"}:
                yield here
            elif name in {"ceiling_km", "ceiling_min", "session", "walk_min"} and value:
                yield f"{here}={value!r}"[:160]
            elif name in HELD and value:
                yield f"{here}={value!r}"[:160]
            else:
                yield from offered(value, here)
    elif isinstance(said, list):
        for each in said:
            yield from offered(each, where)


def writes(client, journal):
    proposals = client.get("/plan/changes").json()["proposed"]
    moves = client.get("/plan/moves").json()
    print("PROPOSED", [p for p in proposals][:1], "MOVES", str(moves)[:300])
    yield "post", "/plan", {}
    yield "post", "/plan", {"days_a_week": 2}
    for move in moves["moves"][:1]:
        for day in [d for d in move["days"] if d["allowed"]][:1]:
            yield "post", "/plan/move", {"kind": move["kind"], "from": moves["on"], "to": day["on"]}
    for each in proposals[:1]:
        yield "post", f"/plan/changes/{each['id']}/accept", None
        yield "post", f"/plan/changes/{each['id']}/decline", None
    yield "post", "/plan/locks", {"item": "clamshell", "by": "Ann", "reason": "x"}
    yield "delete", "/plan/locks/clamshell", None
    yield "post", "/sessions", {"done": [{"exercise": "clamshell"}], "pain": 0}
    yield "post", "/checkin", {"states": {"rest_pain_score": "0", "walk_pain_score": "0", "limp": "no", "woken_by_hip": "no", "fever": "no", "painkiller": "none"}}
    yield "post", "/after-run", {"states": {"run_pain_score": "0"}}
    yield "post", "/weekly", {"answers": {"problem": 0}}
    yield "post", "/answers", {"states": {"limp": "no"}}
    yield "post", "/answers/back", {}
    yield "patch", "/athlete", {"country": "IE"}
    yield "patch", "/settings", {"units": "mile"}
    yield "post", "/episodes", {"side": "left"}


def test_explore(lived_client, lived_journal):
    tags = {}
    for path in GETS:
        answer = lived_client.get(path)
        tags[path] = answer.headers.get("etag")
    todo = list(writes(lived_client, lived_journal))
    before = lived_client.post("/checkin", json={"states": {"rest_pain_score": "0"}}).json()["event"]
    state = lived_client.get("/today").headers.get("etag")
    told = lived_client.post("/answers", json={"states": ALARM})
    print("ALARM", list(offered(told.json())))
    print("UNDO", lived_client.post("/undo", json={"event": before}).json())
    for path in GETS:
        answer = lived_client.get(path, headers={"if-none-match": tags[path]} if tags[path] else {})
        kind = answer.headers.get("content-type", "")
        said = list(offered(answer.json())) if "json" in kind and answer.content else answer.content[:200]
        print("GET", path, answer.status_code, tags[path], said)
    for method, path, body in todo:
        answer = getattr(lived_client, method)(path, **({} if body is None else {"json": body}))
        print(method, path, answer.status_code, answer.json() if answer.status_code >= 400 else list(offered(answer.json())), str(answer.text)[:150])
        assert lived_client.get("/today").json()["verdict"] == "see_someone", path
