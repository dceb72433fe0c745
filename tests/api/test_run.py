"""One run over the API: what is known of it, its curves, its sources; never a place."""

from datetime import timedelta

import pytest

from hipwise.simulate import write
from sore_runner import tcx


@pytest.fixture
def newest(lived_client):
    return lived_client.get("/runs?last=1").json()["runs"][0]


def test_curves_come_in_at_most_as_many_rows_as_are_asked_for(lived_client, newest):
    at = f"/runs/{newest['id']}/streams?points="
    for points in (8, 100, 5000):
        found = lived_client.get(f"{at}{points}").json()
        rows, records = len(found["timer_s"]), newest["records"]
        assert rows <= points < rows + 8 or rows == records
        assert (found["run"], found["records"]) == (newest["id"], records)
        names = [each["name"] for each in found["streams"]]
        assert names == ["speed_mps", "heart_rate_bpm", "cadence_spm", "altitude_m"]
        for stream in found["streams"]:
            columns = [column for column in (stream["mean"], stream["low"], stream["high"]) if column is not None]
            assert {len(column) for column in columns} == {rows}
            assert (len(columns) == 1) == (rows == records)
        assert found["distance_m"][-1] == pytest.approx(newest["distance_m"], rel=0.07)
    assert {lived_client.get(f"{at}{points}").status_code for points in ("7", "5001", "many")} == {422}


def test_no_place_leaves_the_journal(lived_client, lived_journal, newest):
    samples = lived_journal._memory.samples(newest["id"])
    places = {f"{value:.3f}" for name in ("latitude_deg", "longitude_deg") for value in samples[name].drop_nulls()}
    assert places, "the sample runner carries a receiver"
    for answer in ("page", "streams?points=5000"):
        text = lived_client.get(f"/runs/{newest['id']}/{answer}").text
        assert "NaN" not in text
        assert "latitude" not in text
        assert "longitude" not in text
        assert [place for place in places if place in text] == []


def test_a_pause_is_told_and_no_value_stands_for_it(client, journal, tmp_path):
    journal.add([tcx(tmp_path, journal.on - timedelta(1), (1.3, 2.7))])
    run = client.get("/runs").json()["runs"][0]
    found = client.get(f"/runs/{run['id']}/streams").json()
    assert all(each["row"] < len(found["timer_s"]) for each in found["breaks"])
    assert not any(value == 0 for each in found["streams"] if each["name"] != "altitude_m" for value in each["mean"])
    assert [each["number"] for each in client.get(f"/runs/{run['id']}/page").json()["run"]["laps"]] == [1, 2]


def test_splits_go_by_the_runners_unit(lived_client, newest):
    at = f"/runs/{newest['id']}"
    kilometres = lived_client.get(f"{at}/streams").json()["splits"]
    assert kilometres["heads"] == ["km", "min/km", "beats/min", "steps/min", "m up", "m down"]
    assert lived_client.get(f"{at}/page").json()["pace"].endswith("min/km")
    lived_client.patch("/settings", json={"units": "mi"})
    miles = lived_client.get(f"{at}/streams").json()["splits"]
    assert miles["heads"][:2] == ["mi", "min/mi"]
    assert kilometres["rows"][-1][0] / miles["rows"][-1][0] == pytest.approx(1.609, rel=0.02)
    assert lived_client.get(f"{at}/page").json()["pace"].endswith("min/mi")


def test_a_run_that_was_typed_by_hand_has_totals_and_no_curves(client):
    run = client.post("/runs", json={"distance_km": 5, "minutes": 90.5}).json()["run"]
    page = client.get(f"/runs/{run['id']}/page").json()
    assert (page["time"], page["pace"], page["spike"], page["pain"]) == ("1:30:30", "18:06 min/km", None, None)
    found = client.get(f"/runs/{run['id']}/streams").json()
    assert (found["timer_s"], found["streams"], found["splits"]["rows"]) == ([], [], [])


def test_a_run_without_a_way_or_a_time_has_no_pace(client):
    run = client.post("/runs", json={"distance_km": 5}).json()["run"]
    page = client.get(f"/runs/{run['id']}/page").json()
    assert (page["time"], page["pace"]) == (None, None)


def test_what_load_says_of_a_run_stands_on_its_page(lived_client):
    load = lived_client.get("/load").json()
    spike = load["spikes"][-1]
    page = lived_client.get(f"/runs/{spike['run']}/page").json()
    assert page["spike"]["state"] == spike["state"]
    assert f"{100 * spike['excess']:.0f} % longer than the longest run of the 30 days" in page["spike"]["says"]
    assert ("in doubt" in page["spike"]["says"]) != spike["sure"]


def test_where_the_pain_began_and_what_the_data_lack_stand_on_the_page_of_their_run(
    lived_client, lived_journal, clock, tmp_path
):
    lived_journal.add([tcx(tmp_path / "new", clock.now.date(), (3.1, 4.2))])
    clock.pass_days(0.2)
    assert lived_client.post("/after-run", json={"states": {"run_pain_score": "2"}, "lap": 2}).status_code == 200
    first, second = lived_client.get("/runs?last=2").json()["runs"]
    page = lived_client.get(f"/runs/{first['id']}/page").json()
    pain = page["pain"]
    assert page["pain_lap"] == 2
    assert pain == lived_client.get("/load").json()["pain_from"][-1]
    assert "4.2 km, where you pressed lap" in pain["told"]
    assert lived_client.get(f"/runs/{second['id']}/page").json()["pain"] is None
    lacking = lived_client.post("/runs", json={"minutes": 30}).json()["run"]["id"]
    fault = next(each for each in lived_client.get("/quality").json()["faults"] if each["run"] == lacking)
    assert fault["says"] in lived_client.get(f"/runs/{lacking}/page").json()["faults"]


def test_a_run_of_two_sources_is_split_and_put_together_again(client, journal, tale, tmp_path):
    fit = write(tale, tmp_path / "runs")[-1]
    journal.add([fit])
    run = journal.runs()[0]
    journal.log(distance_m=run.distance_m, timer_s=run.timer_s, started_at=run.started_at)
    merged = client.get("/runs").json()["runs"]
    assert [len(each["sources"]) for each in merged] == [2]
    answer = client.post(f"/runs/{merged[0]['id']}/split", json={})
    assert answer.status_code == 201, answer.text
    assert len(answer.json()["runs"]) == 2
    client.post("/undo", json={"event": answer.json()["event"]})
    assert client.get("/runs").json()["count"] == 1
    alone = client.post("/runs", json={"distance_km": 5, "minutes": 30}).json()["run"]["id"]
    refused = client.post(f"/runs/{alone}/split", json={})
    assert (refused.status_code, refused.json()["id"]) == (422, "run_not_merged")
