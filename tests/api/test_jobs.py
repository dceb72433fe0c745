"""Work that takes a while: begun over HTTP, watched, stopped, and gone on with after a kill."""

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from datetime import timedelta
from threading import Event

import pytest
from tests.api.conftest import asking, house_of

from hipwise.api._worker import Worker
from hipwise.errors import HipwiseError
from hipwise.journal import Journal, _imports, _jobs
from hipwise.plan import Plan
from hipwise.simulate import write

FEW = 6


@pytest.fixture(scope="module")
def files(tale, tmp_path_factory):
    return write(tale, tmp_path_factory.mktemp("files"))


def uploaded(client, *files, name=None):
    sent = [client.put(f"/uploads?name={name or file.name}", content=file.read_bytes()) for file in files]
    return [each.json()["upload"] for each in sent]


def begun(client, *files, **more):
    answer = client.post("/imports", json={"uploads": uploaded(client, *files, **more)})
    assert answer.status_code == 202, answer.text
    return answer.json()


def told(stream):
    return [json.loads(line.removeprefix("data: ")) for line in stream.splitlines() if line.startswith("data: ")]


def test_uploaded_files_become_runs(client, house, files):
    job = begun(client, *files[:FEW])
    assert (job["state"], job["done"], job["says"]) == ("waiting", 0, "Not begun yet.")
    house.journal.work("test")
    done = client.get(f"/jobs/{job['id']}").json()
    assert (done["state"], done["done"], done["error"]) == ("done", FEW, None)
    assert done["counts"] == {"read": FEW, "merged": 0, "skipped": 0, "failed": 0}
    report = client.get(f"/imports/{job['id']}").json()["report"]
    assert [each["file"] for each in report["read"]] == [file.name for file in files[:FEW]]
    assert client.get("/runs").json()["count"] == FEW
    assert list(house.uploads.iterdir()) == []
    assert list((house.folder / "imports").iterdir()) == []


def test_an_import_is_one_step_that_undo_takes_back(client, house, files):
    begun(client, *files[:3])
    house.journal.work("test")
    event = client.get("/history").json()["events"][0]
    assert (event["kind"], event["runs"]) == ("import", 3)
    undone = client.post("/undo", json={"event": event["event"]}).json()
    assert (undone["kind"], "3 runs" in undone["says"]) == ("import", True)
    assert client.get("/runs").json()["count"] == 0


def test_a_zip_of_files_is_one_upload(client, house, files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in files[:3]:
            archive.write(file, f"sub/{file.name}")
    place = client.put("/uploads?name=archive.zip", content=packed.getvalue()).json()["upload"]
    job = client.post("/imports", json={"uploads": [place]}).json()
    house.journal.work("test")
    assert client.get(f"/jobs/{job['id']}").json()["counts"]["read"] == 3


def test_a_file_that_is_none_is_told_and_stops_nothing(client, house, files, tmp_path):
    broken = tmp_path / "broken.fit"
    broken.write_bytes(b"\x0e\x10 no fit file")
    job = begun(client, broken, files[0])
    house.journal.work("test")
    report = client.get(f"/imports/{job['id']}").json()["report"]
    assert [each["file"] for each in report["failed"]] == ["broken.fit"]
    assert report["failed"][0]["why"]
    assert len(report["read"]) == 1


def test_two_files_of_one_name_are_two_files(client, house, files):
    job = begun(client, *files[:3], name="run.fit")
    house.journal.work("test")
    report = client.get(f"/imports/{job['id']}").json()["report"]
    assert sorted(each["file"] for each in report["read"]) == ["run-2.fit", "run-3.fit", "run.fit"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..", "_"),
        ("a\\b\\c.fit", "c.fit"),
        ("C:run.fit", "C_run.fit"),
        (".hidden", "hidden"),
        ("x" * 200 + ".fit", "x" * 117 + ".fit"),
        ("new\nline\x00.gpx", "new_line_.gpx"),
    ],
)
def test_the_name_of_a_file_leads_nowhere(client, house, name, kept):
    sent = client.put("/uploads", params={"name": name}, content=b"x")
    assert sent.json()["name"] == kept
    found = [file for file in house.uploads.rglob("*") if file.is_file()]
    assert [(file.name, file.parent.parent) for file in found] == [(kept, house.uploads)]


def test_what_was_never_uploaded_cannot_be_brought_in(client):
    for body, status in (({"uploads": ["0" * 16]}, 404), ({"uploads": ["../../../x"]}, 422), ({"uploads": []}, 422)):
        assert client.post("/imports", json=body).status_code == status


def test_a_job_can_be_watched_to_its_end(client, house, files):
    job = begun(client, *files[:FEW])
    with Worker(house):
        house.wake.set()
        watched = client.get(f"/jobs/{job['id']}/events")
    assert watched.headers["content-type"].startswith("text/event-stream")
    states = [each["state"] for each in told(watched.text)]
    assert states[-1] == "done"
    assert states == sorted(states, key=["waiting", "running", "done"].index)
    assert client.get("/jobs").json()["jobs"][0]["state"] == "done"


def test_a_job_says_how_long_it_still_takes_once_it_can_be_known(client, house, clock):
    journal, folder = house.journal, house.folder
    first, second = journal.start_import(folder / "a"), journal.start_import(folder / "b")

    def left():
        return tuple(client.get(f"/jobs/{each.number}").json()["left_s"] for each in (first, second))

    def beat(job, done, total):
        assert journal._memory.jobs.beat(job, clock.now, done=done, total=total)

    assert left() == (None, None), "nobody is at work"
    taken = journal._memory.jobs.claim("test", clock.now)
    beat(taken, 10, 100)
    assert left() == (None, None), "it has only just begun"
    clock.now += timedelta(seconds=20)
    assert left() == (180, None), "a tenth took 20 seconds"
    beat(taken, 50, 100)
    assert left() == (20, None)
    beat(taken, 50, None)
    assert left() == (None, None), "nobody knows how much there is"
    beat(taken, 100, 100)
    assert left() == (None, None), "all is done but the end"
    journal._memory.jobs.end(taken, clock.now, "done", done=100)
    assert client.get("/jobs").json()["jobs"][1]["left_s"] is None
    taken = journal._memory.jobs.claim("test", clock.now)
    clock.now += timedelta(seconds=10)
    beat(taken, 10, 30)
    assert left() == (None, 20), "the time that it waited for the first does not count"
    clock.now += timedelta(minutes=10)
    taken = journal._memory.jobs.claim("another", clock.now)
    beat(taken, 10, 30)
    assert left() == (None, None), "of one that was cut short nobody knows how long it stood still"


def test_a_server_loads_what_a_first_plan_would_wait_for(house, monkeypatch):
    warmed, over = [], Event()

    def warm(journal):
        warmed.append(journal)
        over.set()
        raise HipwiseError("no_house")

    monkeypatch.setattr(Journal, "warm", warm)
    with Worker(house):
        assert over.wait(5)
        job = house.journal.start_import(house.folder / "gone")
        house.wake.set()
        ended = asking(house).get(f"/jobs/{job.number}/events")
    assert told(ended.text)[-1]["state"] == "failed", "the worker lives on"
    assert warmed == [house.journal]


def test_a_warmed_journal_has_the_solver_and_its_plan(lived_journal):
    lived_journal.warm()
    assert "ortools.sat.python.cp_model" in sys.modules
    assert isinstance(lived_journal.standing(), Plan)


def test_a_job_that_is_not_there_is_a_problem(client):
    for path in ("/jobs/7", "/jobs/7/events", "/imports/7"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["id"]) == (404, "no_such_job")
    assert client.post("/jobs/7/cancel").status_code == 404


def test_a_job_that_waits_is_stopped_at_once(client, house, files):
    job = begun(client, files[0])
    assert client.post(f"/jobs/{job['id']}/cancel").json()["state"] == "cancelled"
    assert house.journal.work("test") is None
    assert client.post(f"/jobs/{job['id']}/cancel").json()["state"] == "cancelled"


def test_a_job_at_work_stops_where_it_is_and_keeps_what_it_has(client, house, files, monkeypatch):
    monkeypatch.setattr(_jobs, "BEAT_S", 0.01)
    monkeypatch.setattr(_imports, "TOGETHER_S", 0)  # each file is told of as soon as it is kept
    job = begun(client, *files[:40])
    whole = _jobs._Pulse.file

    def slow(pulse, found):
        whole(pulse, found)
        if len(pulse._files) == 3:
            client.post(f"/jobs/{job['id']}/cancel")
        time.sleep(0.02)

    monkeypatch.setattr(_jobs._Pulse, "file", slow)
    ended = house.journal.work("test")
    assert ended.state == "cancelled"
    kept = client.get("/runs").json()["count"]
    assert 3 <= kept < 40
    assert client.get("/history").json()["events"][0]["kind"] == "import"


def test_a_job_whose_files_are_gone_says_so(client, house, files):
    job = begun(client, files[0])
    shutil.rmtree(house.folder / "imports")
    house.journal.work("test")
    failed = client.get(f"/jobs/{job['id']}").json()
    assert (failed["state"], failed["error"]["id"]) == ("failed", "upload_gone")


def test_a_fault_in_a_job_ends_that_job_alone(client, house, files, monkeypatch):
    job = begun(client, files[0])
    monkeypatch.setattr(house.journal, "add", lambda *_, **__: 1 / 0)
    house.journal.work("test")
    failed = client.get(f"/jobs/{job['id']}").json()
    assert (failed["state"], failed["error"]["id"]) == ("failed", "job_stumbled")
    monkeypatch.undo()
    assert begun(client, files[1])["state"] == "waiting"
    assert house.journal.work("test").state == "done"


def test_two_workers_never_do_the_same_job(house, files, tmp_path):
    folder = tmp_path / "some"
    folder.mkdir()
    shutil.copy(files[0], folder)
    house.journal.start_import(folder)
    jobs = house.journal._memory.jobs
    first = jobs.claim("one", house.journal.now)
    assert (first.attempt, first.state) == (1, "running")
    assert jobs.claim("two", house.journal.now) is None


def test_a_job_whose_holder_fell_silent_is_taken_over_and_the_old_holder_told_to_stop(house, clock, tmp_path):
    house.journal.start_import(tmp_path)
    jobs = house.journal._memory.jobs
    first = jobs.claim("one", clock.now)
    clock.pass_days(1)
    second = jobs.claim("two", clock.now)
    assert second.attempt == 2
    assert jobs.beat(first, clock.now, done=5) is False
    jobs.end(first, clock.now, "failed", done=0, report={}, error=None)
    assert jobs.one(second.number).state == "running"
    assert jobs.beat(second, clock.now, done=1) is True


KILLED = """
import sys, time
from pathlib import Path
from hipwise.journal import Journal, _imports, _jobs
_imports.TOGETHER_S = 0  # else some are kept that nobody was told of when the kill comes, and are called there already
_jobs.BEAT_S = 0.01
whole = _jobs._Pulse.file
def slow(pulse, found):
    whole(pulse, found)
    if len(pulse._files) == 12:
        time.sleep(0.5)
        print("half way", flush=True)
        time.sleep(60)
_jobs._Pulse.file = slow
with Journal.open(sys.argv[1]) as journal:
    journal.start_import(Path(sys.argv[2]))
    journal.work("killed")
"""


def test_an_import_goes_on_after_a_kill_and_nothing_is_lost_or_doubled(files, tmp_path, knowledge):
    folder, journal_file = tmp_path / "brought", tmp_path / "me.db"
    folder.mkdir()
    for file in files[:30]:
        shutil.copy(file, folder)
    words = [sys.executable, "-c", KILLED, str(journal_file), str(folder)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout.readline() == "half way\n"
        os.kill(worker.pid, signal.SIGKILL)
    with Journal.open(journal_file, knowledge=knowledge) as journal:
        assert 0 < len(journal.runs()) < 30
        job = journal.job(1)
        assert (job.state, job.attempt, job.done) == ("running", 1, 12)
        assert journal.work("next") is None, "its lease still runs"
        ended = journal.at(journal.now + timedelta(minutes=1)).work("next")
        assert (ended.state, ended.attempt) == ("done", 2)
        assert len(journal.runs()) == 30
        assert sum(map(len, ended.report.values())) == 30
        assert len(ended.report["read"]) >= 30 - 1, "what the first attempt read is not called there already"
        assert [each.kind for each in journal.history()] == ["import"]


def test_the_sample_runner_is_made_beside_ones_own_journal_and_leaves_no_trace(client, house):
    assert client.get("/session").json()["sample"] is False
    job = client.post("/sample").json()
    assert job["kind"] == "sample"
    with Worker(house):
        house.wake.set()
        end = told(client.get(f"/jobs/{job['id']}/events?runner=sample").text)[-1]
    assert (end["state"], end["error"]) == ("done", None)
    session = client.get("/session?runner=sample").json()
    assert (session["sample"], session["runner"]) == (True, "sample")
    assert client.get("/runs?runner=sample").json()["count"] > 90
    assert client.get("/runs").json()["count"] == 0
    assert client.get("/plan?runner=sample").json()["plan"]["kind"] == "plan"
    assert client.get("/today?runner=sample").json()["verdict"] in {"ask", "run", "run_less", "not_today"}
    latest = client.get("/runs?runner=sample&last=1").json()["runs"][0]["local_date"]
    assert latest < client.get("/session").json()["on"]
    assert client.delete("/sample").status_code == 204
    assert client.get("/session").json()["sample"] is False
    assert client.get("/runs?runner=sample").json()["count"] == 0


def test_a_sample_that_was_cut_short_is_begun_anew(client, house):
    sample = house.of("sample")
    for _ in range(2):
        client.post("/sample")
        assert sample.work("test").state == "done"
    assert client.get("/runs?runner=sample").json()["count"] < 120


def test_a_worker_that_cannot_work_tries_again(house, monkeypatch, caplog):
    from hipwise.errors import JournalError

    def busy(_):
        raise JournalError("journal_busy", where="me.db", reason="")

    monkeypatch.setattr(house.journal, "work", busy)
    assert Worker(house)._work() is False
    assert "journal_busy" in caplog.text


def test_a_server_with_a_worker_does_what_is_begun(journal, tmp_path, files):
    house = house_of(journal, tmp_path / "server")
    with asking(house) as client:
        job = begun(client, files[0])
        end = told(client.get(f"/jobs/{job['id']}/events").text)[-1]
    assert end["state"] == "done"


def test_uploads_that_were_forgotten_go_when_the_server_starts(client, house, files):
    old, new = uploaded(client, *files[:2])
    part = house.uploads / "cut-short.part"
    part.write_bytes(b"x")
    for entry in (house.uploads / old, part):
        os.utime(entry, (0, 0))
    with Worker(house):
        pass
    assert [entry.name for entry in house.uploads.iterdir()] == [new]
