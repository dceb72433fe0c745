"""What is kept can be taken back, carried away, brought again, and deleted for good."""

import zipfile
from io import BytesIO

PHYSIO = "surgeon-von-nebenan"


def test_an_exported_journal_comes_back_as_it_was(lived_client, client, house):
    told = lived_client.get("/export")
    assert told.headers["content-disposition"].startswith('attachment; filename="hipwise-2026-')
    assert zipfile.is_zipfile(BytesIO(told.content))
    place = client.put("/uploads?name=me.zip", content=told.content).json()["upload"]
    assert client.post("/restore", json={"upload": place}).json()["says"]
    assert client.get("/runs").json() == lived_client.get("/runs").json()
    assert client.get("/today").json() == lived_client.get("/today").json()
    assert list(house.uploads.iterdir()) == []


def test_a_journal_that_holds_something_is_not_written_over_unasked(lived_client, client):
    content = lived_client.get("/export").content
    client.post("/answers", json={"states": {"limp": "yes"}})
    place = client.put("/uploads?name=me.zip", content=content).json()["upload"]
    no = client.post("/restore", json={"upload": place})
    assert (no.status_code, no.json()["id"]) == (409, "journal_not_empty")
    assert client.post("/restore", json={"upload": place, "replace": True}).status_code == 200


def test_a_file_that_is_no_export_restores_nothing(client, house):
    place = client.put("/uploads?name=me.zip", content=b"no zip").json()["upload"]
    no = client.post("/restore", json={"upload": place})
    assert (no.status_code, no.json()["id"]) == (422, "export_broken")
    assert house.journal.history() == ()


def test_deleting_everything_leaves_nothing_not_even_in_the_file(lived_client, lived_house, tmp_path):
    lived_client.post("/clearance", json={"by": PHYSIO, "what_for": "walking"})
    lived_client.put("/uploads?name=a.fit", content=b"x")
    copy = tmp_path / "lived.db.0001.backup"
    copy.write_bytes(b"what was kept before a migration")
    done = lived_client.post("/erase", json={"really": "delete everything"}).json()
    assert not copy.exists()
    assert set(done["rows"].values()) == {0}
    assert {"run", "finding", "verdict", "job", "athlete"} <= done["rows"].keys()
    assert lived_client.get("/runs").json()["count"] == 0
    assert not lived_house.uploads.exists()
    left = b"".join(file.read_bytes() for file in tmp_path.glob("lived.db*"))
    assert PHYSIO.encode() not in left
    assert b"gluteal" not in left


def test_deleting_everything_is_never_an_accident(lived_client, lived_journal):
    for body in ({}, {"really": "yes"}, {"really": True}):
        assert lived_client.post("/erase", json=body).status_code == 422
    assert lived_journal.history()


def test_deleting_ones_own_leaves_the_sample_runner(client, house):
    house.of("sample").start_sample()
    house.of("sample").work("test")
    client.post("/erase", json={"really": "delete everything"})
    assert client.get("/session").json()["sample"] is True
    gone = client.post("/erase?runner=sample", json={"really": "delete everything"})
    assert set(gone.json()["rows"].values()) == {0}


def test_what_was_done_is_listed_and_taken_back_one_by_one(lived_client):
    events = lived_client.get("/history?most=3").json()["events"]
    assert len(events) == 3
    older = lived_client.post("/undo", json={"event": events[1]["event"]})
    assert (older.status_code, older.json()["id"]) == (409, "not_the_last")
    assert older.json()["conflict"] == {name: events[0][name] for name in ("event", "kind", "label")}
    for event in events[:2]:
        assert lived_client.post("/undo", json={"event": event["event"]}).json()["kind"] == event["kind"]
    undone = lived_client.get("/history?most=3").json()["events"]
    assert [each["undone_at"] is None for each in undone] == [False, False, True]


def test_a_change_by_another_program_is_seen_at_once(lived_client, knowledge, tmp_path, clock):
    from hipwise.journal import Journal

    before = lived_client.get("/runs").json()["count"]
    with Journal.open(tmp_path / "lived.db", knowledge=knowledge, now=clock) as other:
        other.log(distance_m=5000, timer_s=1800)
        other.tell({"limp": "yes"})
    assert lived_client.get("/runs").json()["count"] == before + 1
    assert lived_client.get("/today").json()["verdict"] != "run"
    with Journal.open(tmp_path / "lived.db", knowledge=knowledge, now=clock) as other:
        other.undo()
        other.undo()
    assert lived_client.get("/runs").json()["count"] == before
    assert lived_client.get("/today").json()["verdict"] != "see_someone"


def test_what_is_known_is_worked_out_once_for_each_state(lived_journal, monkeypatch):
    from hipwise.journal import _desk

    measured = []
    whole = _desk.measure
    monkeypatch.setattr(_desk, "measure", lambda *words, **more: measured.append(1) or whole(*words, **more))
    lived_journal.training()
    lived_journal.today()
    lived_journal.today(planned_km=5.0)
    lived_journal.load()
    assert len(measured) == 1
    lived_journal.set_athlete(country="DE")
    lived_journal.training()
    assert len(measured) == 2


def test_the_same_saying_is_kept_once_a_day(lived_client, lived_journal, clock):
    for _ in range(3):
        lived_client.get("/today")
        lived_client.get("/assessment")
    kept = [each.kind for each in lived_journal._memory.verdicts() if each.on == clock.now.date()]
    assert sorted(kept) == ["assess", "today"]
