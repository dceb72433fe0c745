"""Who chose miles reads miles on every face of the server, and nothing of it changes a number."""

import json
import re

import pytest

from hipwise.texts import USUAL, voice

KM, MILE = re.compile(r"\bkm\b|\bkm/h|kilomet"), re.compile(r"\bmi\b|\bmph\b|\bmiles?\b")
TABLES = ("/charts/weeks", "/charts/spikes", "/charts/before", "/charts/time", "/charts/until", "/charts/cadence")
ANSWERS = (
    *("/today?planned_km=9", "/load?planned_km=9", "/form", "/quality", "/report", "/assessment", "/answers"),
    *("/checkin", "/plan", "/weekly", "/ask?q=shoes", "/plan/wishes", "/history"),
    *("/findings", "/causes", "/exercises", "/referral", "/runs?last=3"),
    *("/why/load/longest", "/why/load/week", "/why/load/fitness", "/why/load/dose"),
)
QUOTED = {"evidence", "sources", "name", "file", "svg"}
"""What a source says in its own unit, and names of files."""


def leaves(data, path=()):
    """Yield each value of an answer with its place, but for what is quoted."""
    if isinstance(data, dict | list):
        for name, value in data.items() if isinstance(data, dict) else enumerate(data):
            if name not in QUOTED:
                yield from leaves(value, (*path, name))
    else:
        yield path, data


def asked(client, routes=ANSWERS):
    found = {route: client.get(route) for route in routes}
    assert {route: each.status_code for route, each in found.items()} == dict.fromkeys(routes, 200)
    return {route: dict(leaves(each.json())) for route, each in found.items()}


def speaking_of(pattern, answers):
    """Return the texts in ANSWERS that speak of a unit."""
    return [
        (route, path, each)
        for route, answer in answers.items()
        for path, each in answer.items()
        if isinstance(each, str) and pattern.search(each)
    ]


def choose_miles(client):
    assert client.patch("/settings", json={"units": "mi"}).status_code == 200


def test_no_kilometre_is_left_for_who_chose_miles_and_the_reverse_and_no_number_changes(lived_client):
    lived_client.post("/answers", json={"states": {"run_pain_from": "to_5_km"}})
    usual = asked(lived_client)
    choose_miles(lived_client)
    chosen = asked(lived_client)
    assert speaking_of(KM, chosen) == []
    assert speaking_of(MILE, usual) == []
    assert len(speaking_of(MILE, chosen)) > 10
    for route, answer in chosen.items():
        assert answer.keys() == usual[route].keys()
        changed = {path for path, each in answer.items() if each != usual[route][path]}
        numbers = {path for path in changed if not isinstance(answer[path], str)}
        assert numbers == set(), route
    assert voice() == USUAL


def test_charts_have_round_lines_in_miles_and_their_tables_the_same_values(lived_client):
    client, drawn = lived_client, asked(lived_client, TABLES)
    choose_miles(client)
    tables = asked(client, TABLES)
    assert (speaking_of(KM, tables), speaking_of(MILE, drawn)) == ([], [])
    for route in TABLES:
        picture = client.get(f"{route}.svg").text
        assert not KM.search(re.sub(r"<style>.*?</style>", "", picture, flags=re.DOTALL)), route
        assert len(tables[route]) == len(drawn[route])
    heads, rows = (client.get("/charts/weeks").json()[part] for part in ("heads", "rows"))
    assert heads[:3] == ["week of", "mi", "longest run, mi"]
    lines = re.findall(r'text-anchor="end"[^>]*>([\d.]+)<', client.get("/charts/weeks.svg").text)
    assert {"10", "20"} <= set(lines)
    for place, row in enumerate(rows):
        for column in (1, 2, 6, 7):
            km = drawn["/charts/weeks"]["rows", place, column]
            assert row[column] == (None if km is None else pytest.approx(km / 1.609344, abs=0.011))
        ceiling = drawn["/charts/weeks"]["rows", place, 3]
        assert ceiling is None or row[3] * 1.609344 <= ceiling + 1e-6


def test_papers_and_the_calendar_follow(lived_client, monkeypatch):
    client, sources = lived_client, []
    choose_miles(client)

    class Typst:
        def __init__(self, *_, sys_inputs, **__):
            sources.append(json.loads(sys_inputs["data"]))

        def compile(self, **_):
            return b"%PDF"

    monkeypatch.setattr("typst.Compiler", Typst)
    for route in ("/report.pdf", "/sheet.pdf"):
        assert client.get(route).status_code == 200
    source = json.dumps(sources)
    assert not KM.search(source)
    assert MILE.search(source)
    for route in ("/calendar.ics", "/report.md"):
        assert not KM.search(client.get(route).text)


def test_a_link_that_a_browser_opens_speaks_as_the_settings_say(lived_client):
    def words():
        headers = {"accept-language": "x-pseudo"}
        return [lived_client.get(path, headers=headers).text for path in ("/calendar.ics", "/runs/no")]

    assert all("⟦" in each for each in words())
    lived_client.patch("/settings", json={"language": "en"})
    assert not any("⟦" in each for each in words())


def test_the_sample_runner_has_settings_of_its_own(lived_client):
    lived_client.patch("/settings", json={"units": "mi"})
    assert lived_client.get("/settings?runner=sample").json()["units"] == "km"
    assert lived_client.get("/findings").headers["etag"] != lived_client.get("/findings?runner=sample").headers["etag"]
