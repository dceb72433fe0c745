"""What an import promises: every file told of, every run once, nothing half done, and gone on with when cut short."""

import gzip
import json
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from hipwise.activity import Run, Shelf, _container, merge
from hipwise.activity._container import _load as load
from hipwise.journal import FileReport, ImportReport, Journal
from hipwise.journal._imports import _ahead, gather
from sore_runner import ON, Clock, a_run, fit, gpx

DAY = timedelta(1)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path / "me.db", now=Clock()) as opened:
        yield opened


def outcomes(report: ImportReport) -> dict[str, int]:
    return {outcome: len(found) for outcome, found in report.as_dict().items() if found}


def totals(journal: Journal) -> list[tuple[object, ...]]:
    return [(run.id, run.started_at, run.distance_m, run.timer_s, len(run.origins)) for run in journal.runs()]


def test_each_file_is_told_of_with_what_became_of_it_and_why(journal: Journal, tmp_path: Path) -> None:
    folder = tmp_path / "runs"
    fit(folder)
    (folder / "cat.png").write_bytes(b"\x89PNG....")
    (folder / "empty.fit").touch()
    cut = fit(folder, ON - DAY, name="cut.fit")
    cut.write_bytes(cut.read_bytes()[:-300])
    report = journal.add([folder, tmp_path / "nowhere"])
    assert outcomes(report) == {"read": 2, "skipped": 1, "failed": 2}
    told = {Path(each.file).name: each for each in report.files}
    assert told["2030-05-06.fit"].why == "Read: 1 activity."
    assert "cut" in " ".join(told["cut.fit"].notes)
    assert all(each.why for each in report.files)
    assert [run.id for run in journal.runs()] == [*told["cut.fit"].runs, *told["2030-05-06.fit"].runs]


def test_the_report_as_plain_data_has_the_shape_that_scripts_know(journal: Journal, tmp_path: Path) -> None:
    journal.add([fit(tmp_path / "runs")])
    (tmp_path / "empty.fit").touch()
    data = journal.add([tmp_path / "runs", gpx(tmp_path / "x", ON - DAY), tmp_path / "empty.fit"]).as_dict()
    assert list(data) == ["read", "merged", "skipped", "failed"]
    assert data["merged"][0].keys() == data["read"][0].keys() == {"file", "why", "runs"}
    assert data["failed"][0].keys() == {"file", "why"}
    json.dumps(data)


def test_one_place_need_not_stand_in_a_list(journal: Journal, tmp_path: Path) -> None:
    fit(tmp_path / "runs")
    assert outcomes(journal.add(tmp_path / "runs")) == {"read": 1}
    assert outcomes(journal.add(str(tmp_path / "runs"))) == {"merged": 1}


def test_a_second_import_counts_nothing_twice(journal: Journal, tmp_path: Path) -> None:
    folder = tmp_path / "runs"
    for ago in range(4):
        fit(folder, ON - ago * DAY)
    first = journal.add([folder])
    before = totals(journal)
    second = journal.add([folder])
    assert outcomes(second) == {"merged": 4}
    assert {each.runs for each in second.files} == {each.runs for each in first.files}
    assert totals(journal) == before
    assert "import" in str(journal.undo())  # the second brought nothing, so the first is taken back
    assert journal.runs() == ()


def test_the_same_file_under_two_names_counts_once(journal: Journal, tmp_path: Path) -> None:
    first = fit(tmp_path / "runs", name="a.fit")
    (tmp_path / "runs" / "b.fit").write_bytes(first.read_bytes())
    with zipfile.ZipFile(tmp_path / "runs" / "c.zip", "w") as archive:
        archive.write(first, "again.fit")
    assert outcomes(journal.add([tmp_path / "runs"])) == {"read": 1, "merged": 2}
    assert len(journal.runs()) == 1


def test_the_same_run_from_two_programs_becomes_one_with_the_best_of_both(journal: Journal, tmp_path: Path) -> None:
    journal.add([gpx(tmp_path / "runs")])
    report = journal.add([fit(tmp_path / "runs")])
    assert outcomes(report) == {"merged": 1}
    (run,) = journal.runs()
    assert {origin.kind for origin in run.origins} == {"fit", "gpx"}
    assert run.heart_rate_bpm == 140
    assert report.files[0].runs == (run.id,)
    assert "2030-05-06.gpx" in report.files[0].why
    assert outcomes(journal.add([tmp_path / "runs"])) == {"merged": 2}


def test_files_may_come_in_any_order(tmp_path: Path) -> None:
    files = [fit(tmp_path / "a"), gpx(tmp_path / "b"), fit(tmp_path / "c", ON - DAY)]
    seen = set()
    for place, order in enumerate(permutations(files)):
        with Journal.open(tmp_path / f"{place}.db", now=Clock()) as journal:
            journal.add(order)
            runs = journal.runs()
            seen.add(tuple((run.distance_m, run.timer_s, run.heart_rate_bpm, run.records) for run in runs))
            assert [len(run.origins) for run in runs] == [1, 2]
    assert len(seen) == 1


def test_one_file_may_hold_a_run_that_is_there_and_one_that_is_new(journal: Journal, tmp_path: Path) -> None:
    one, two = fit(tmp_path / "a", ON - DAY), fit(tmp_path / "a", ON, km=5.0, minutes=30)
    chained = tmp_path / "chained.fit"
    chained.write_bytes(one.read_bytes() + two.read_bytes())
    journal.add([gpx(tmp_path / "b", ON - DAY)])
    report = journal.add([chained])
    assert outcomes(report) == {"read": 1}
    assert "is there already" in report.as_dict()["read"][0]["why"]
    assert len(report.files[0].runs) == 2
    assert [len(run.origins) for run in journal.runs()] == [2, 1]


def test_a_run_that_stands_twice_in_one_file_counts_once(journal: Journal, tmp_path: Path) -> None:
    one = fit(tmp_path / "a")
    (tmp_path / "twice.fit").write_bytes(one.read_bytes() * 2)
    journal.add([tmp_path / "twice.fit"])
    assert len(journal.runs()) == 1


def test_progress_is_told_of_each_file_as_it_is_done(journal: Journal, tmp_path: Path) -> None:
    for ago in range(3):
        fit(tmp_path / "runs", ON - ago * DAY)
    told: list[FileReport] = []
    report = journal.add([tmp_path / "runs"], told.append)
    assert tuple(told) == report.files


def test_an_import_that_is_cut_short_goes_on_and_is_one_step(journal: Journal, tmp_path: Path) -> None:
    folder = tmp_path / "runs"
    for ago in range(6):
        fit(folder, ON - ago * DAY)
    seen: list[FileReport] = []

    def stop(report: FileReport) -> None:
        seen.append(report)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        journal.add([folder], stop)
    assert len(journal.runs()) == len(seen) == 1
    assert outcomes(journal.add([folder])) == {"read": 5, "merged": 1}
    assert "6 runs" in str(journal.undo())
    assert journal.runs() == ()
    assert outcomes(journal.add([folder])) == {"read": 6}


def test_what_was_kept_is_told_to_the_last_when_it_is_stopped(journal: Journal, tmp_path: Path) -> None:
    for ago in range(6):
        fit(tmp_path / "runs", ON - ago * DAY)
    seen: list[FileReport] = []

    def stop(report: FileReport) -> None:
        seen.append(report)
        if len(seen) > 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        journal.add([tmp_path / "runs"], stop)
    assert len(journal.runs()) == len(seen)


def test_a_slow_file_does_not_keep_those_before_it_waiting() -> None:
    go_on = threading.Event()

    def items() -> Iterator[str]:
        yield "quick"
        go_on.wait(10)
        yield "slow"

    came = _ahead(items())
    assert next(came) == "quick"
    assert next(came) is None
    go_on.set()
    assert [each for each in came if each is not None] == ["slow"]


def packed(folder: Path, *runs: Path) -> Path:
    """Pack each run, and all of them into an archive, as services hand them out."""
    with zipfile.ZipFile(folder / "export.zip", "w") as archive:
        for run in runs:
            archive.writestr(f"activities/{run.name}.gz", gzip.compress(run.read_bytes(), mtime=0))
    return folder / "export.zip"


def test_a_packed_file_that_came_before_is_not_unpacked_again(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, other, new = (fit(tmp_path, ON - ago * DAY) for ago in (9, 8, 7))
    before = journal.add(packed(tmp_path, old, other))
    archive, loaded = packed(tmp_path, old, other, new), []
    monkeypatch.setattr(_container, "_load", lambda stream, name: loaded.append(name) or load(stream, name))
    again = journal.add(archive)
    assert [Path(name).name for name in loaded] == [f"{new.name}.gz"]
    assert outcomes(again) == {"read": 1, "merged": 2}
    assert [each.runs for each in again.of("merged")] == [each.runs for each in before.files]


def test_a_packed_file_is_learnt_where_only_what_is_in_it_was_known(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = fit(tmp_path)
    journal.add(run)
    assert outcomes(journal.add(packed(tmp_path, run))) == {"merged": 1}
    monkeypatch.setattr(_container, "_load", lambda *_: pytest.fail("it was unpacked"))
    assert outcomes(journal.add(packed(tmp_path, run))) == {"merged": 1}


def test_a_packed_file_of_an_import_that_was_undone_comes_in_again(journal: Journal, tmp_path: Path) -> None:
    archive = packed(tmp_path, fit(tmp_path), fit(tmp_path, ON - DAY))
    journal.add(archive)
    journal.undo()
    assert journal.runs() == ()
    assert outcomes(journal.add(archive)) == {"read": 2}
    assert len(journal.runs()) == 2


def test_a_damaged_packed_file_is_looked_into_each_time(journal: Journal, tmp_path: Path) -> None:
    cut = tmp_path / "cut.fit.gz"
    cut.write_bytes(gzip.compress(fit(tmp_path / "a", minutes=120).read_bytes())[:-2000])
    assert outcomes(journal.add(cut)) == {"read": 1}
    assert journal._memory.unpacked() == {}
    assert outcomes(journal.add(cut)) == {"merged": 1}


def test_an_import_is_called_after_what_was_given(journal: Journal, tmp_path: Path) -> None:
    journal.add([fit(tmp_path / "runs", ON - ago * DAY) for ago in range(5)])
    said = str(journal.undo())
    assert "2030-05-06.fit, 2030-05-05.fit, 2030-05-04.fit and 2 more" in said
    assert str(tmp_path) not in said


def test_a_folder_is_called_by_its_name(journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fit(tmp_path / "runs")
    monkeypatch.chdir(tmp_path / "runs")
    journal.add(["."])
    assert "import of runs," in str(journal.undo())


def test_runs_without_a_journal_are_gathered_once_each(tmp_path: Path) -> None:
    files = [fit(tmp_path / "a"), gpx(tmp_path / "b"), fit(tmp_path / "a", ON - DAY), tmp_path / "nowhere"]
    runs, report = gather([str(each) for each in (*files, files[0])])
    assert len(runs) == 2
    assert outcomes(report) == {"read": 2, "merged": 2, "failed": 1}


def test_of_several_runs_that_could_be_the_same_the_nearest_is_taken() -> None:
    began = datetime(2030, 5, 6, 7, tzinfo=UTC)
    near, far = a_run(began + timedelta(seconds=20)), a_run(began - timedelta(seconds=100))
    kept = {name: _named(run, name) for name, run in (("far", far), ("near", near))}
    placed = Shelf([kept["far"].summary, kept["near"].summary], kept.__getitem__).place([_named(a_run(began), "it")])
    assert set(placed.merged) == {"near"}
    assert placed.ids == ("near",)


def test_two_runs_of_one_file_can_both_belong_to_one_that_is_there() -> None:
    began = datetime(2030, 5, 6, 7, tzinfo=UTC)
    kept = _named(a_run(began), "kept")
    halves = [_named(a_run(began + timedelta(seconds=s)), f"half {s}") for s in (10, 20)]
    placed = Shelf([kept.summary], {"kept": kept}.__getitem__).place(halves)
    assert placed.new == ()
    assert placed.merged["kept"].origins == merge(merge(kept, halves[0]), halves[1]).origins


def _named(run: Run, name: str) -> Run:
    return replace(run, id=name, origins=(replace(run.origins[0], sha256=name, file=name),))


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system kills in another way")
def test_a_killed_import_leaves_nothing_half_done_and_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "runs"
    for ago in range(120):
        fit(folder, ON - ago * DAY, km=5 + ago / 100, minutes=30)
    for ago in range(0, 120, 10):
        gpx(folder, ON - ago * DAY, km=5 + ago / 100, minutes=30)
    undisturbed, killed = tmp_path / "undisturbed.db", tmp_path / "killed.db"
    _add(undisturbed, folder).wait()
    dice = random.Random(7)  # noqa: S311 (when to kill, not a secret)
    for _ in range(2):
        process = _add(killed, folder)
        _wait_for_a_run_more_than(killed, _count(killed) + dice.randrange(20), process)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert _count(killed) > 0
    assert _add(killed, folder).wait() == 0
    with Journal.open(undisturbed, now=Clock()) as one, Journal.open(killed, now=Clock()) as other:
        assert totals(other) == totals(one)
        assert len(totals(one)) == 120
        assert str(other.undo()) == str(one.undo())
        assert other.runs() == ()


def _add(journal: Path, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "hipwise", "add", str(folder), "--json", "--journal", str(journal)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, text=True)


def _count(journal: Path) -> int:
    if not journal.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{journal}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM run").fetchone()[0])
    except sqlite3.OperationalError:  # the tables are only just being made
        return 0


def _wait_for_a_run_more_than(journal: Path, count: int, process: subprocess.Popen[str]) -> None:
    while _count(journal) <= count and process.poll() is None:
        time.sleep(0.005)
