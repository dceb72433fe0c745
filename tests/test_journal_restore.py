"""A backup that holds what nobody could have told is refused as a whole, and the journal stays as it was."""

import hashlib
import json
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from hipwise.cli import app
from hipwise.errors import HipwiseError, JournalError
from hipwise.journal import Journal
from sore_runner import GOOD_MORNING, ON, Clock, bare_journal, page, sore, well

FORGED = {
    "a score above the scale": ("finding.jsonl", "rest_pain_score", {"state": "99"}),
    "a score below the scale": ("finding.jsonl", "walk_pain_score", {"state": "-5"}),
    "a day that nobody here lives to see": ("finding.jsonl", "limp", {"on_day": "9999-12-31"}),
    "a pain that is opened in 8,000 years": ("episode.jsonl", None, {"opened": "9999-12-31"}),
    "something done in the year 1": ("event.jsonl", None, {"at": "0001-01-02T12:00:00+00:00"}),
    "a runner of 2,000 years": ("athlete.jsonl", None, {"born": "0030-01-01"}),
    "a score that is none": ("finding.jsonl", "rest_pain_score", {"state": "abc"}),
    "a state that nobody has": ("finding.jsonl", "limp", {"state": "perhaps"}),
    "a pain as old as our count of years": ("episode.jsonl", None, {"onset": "0001-01-01"}),
}


def forged(file: Path, out: Path, name: str, finding: str | None, change: dict[str, str]) -> Path:
    """Write an exported FILE anew, with a CHANGE of the rows of one FINDING or run (None: of all) and sums that fit."""
    with ZipFile(file) as archive, ZipFile(out, "w") as written:
        manifest = json.loads(archive.read("manifest.json"))
        for entry in archive.namelist():
            body = archive.read(entry)
            if entry == name:
                rows = [json.loads(line) for line in body.splitlines()]
                told = [
                    row | change if finding in {None, row.get("finding_id"), row.get("run_id")} else row for row in rows
                ]
                body = b"".join(json.dumps(row).encode() + b"\n" for row in told)
                manifest["entries"][entry] = {"sha256": hashlib.sha256(body).hexdigest(), "bytes": len(body)}
            if entry != "manifest.json":
                written.writestr(entry, body)
        written.writestr("manifest.json", json.dumps(manifest))
    return out


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_backup_is_refused_and_takes_nothing_away(tmp_path: Path, clock: Clock, what: str) -> None:
    with bare_journal(tmp_path, clock) as journal:
        journal.export(tmp_path / "backup.zip")
        file = forged(tmp_path / "backup.zip", tmp_path / "forged.zip", *FORGED[what])
        journal.tell(well(saddle_numb="yes"))
        before = (journal.told(), journal.history())
        with pytest.raises(JournalError):
            journal.restore(file, replace=True)
        assert (journal.told(), journal.history()) == before
        assert journal.today().verdict == "see_someone"


@pytest.mark.parametrize("onset", [date.min, ON - timedelta(days=130 * 366), ON + timedelta(days=1)])
def test_a_pain_began_in_the_life_of_the_runner(tmp_path: Path, clock: Clock, onset: date) -> None:
    with bare_journal(tmp_path, clock) as journal:
        for say_so in (journal.new_pain, journal.mend_pain):
            with pytest.raises(HipwiseError, match="cannot be used"):
                say_so(onset=onset)
        assert journal.today().verdict in {"run", "run_less"}


def test_a_journal_takes_its_own_backup(tmp_path: Path, clock: Clock) -> None:
    with bare_journal(tmp_path, clock) as journal, Journal.open(tmp_path / "other.db", now=clock) as other:
        journal.export(tmp_path / "backup.zip")
        other.restore(tmp_path / "backup.zip")
        assert other.told() == journal.told()


RUNS = {
    "a run of 30,000 years": {"timer_s": 1e12},
    "a pause of 30,000 years": {"elapsed_s": 1e12},
    "a run of another day than its moment": {"local_date": "9999-12-31"},
    "a moment of another day than its run": {"started_at": "0001-01-02T12:00:00+00:00"},
    "a distance that is none": {"distance_m": float("inf")},
}


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a runner with a sore hip, who runs 8 km every other day."""
    folder = tmp_path_factory.mktemp("backup")
    with sore(folder) as journal:
        journal.tell(page())
        assert journal.today().ceiling_km == pytest.approx(8.8)
        journal.export(folder / "backup.zip")
    return folder / "backup.zip"


def test_a_backup_with_a_run_that_no_file_makes_is_refused(tmp_path: Path, clock: Clock, backup: Path) -> None:
    with Journal.open(tmp_path / "other.db", now=clock) as other:
        for change in RUNS.values():
            with pytest.raises(JournalError):
                other.restore(forged(backup, tmp_path / "forged.zip", "run.jsonl", None, change))
        assert other.runs() == ()


def test_a_backup_with_runs_that_no_body_runs_is_taken_and_lifts_no_ceiling(
    tmp_path: Path, clock: Clock, backup: Path
) -> None:
    rows = map(json.loads, ZipFile(backup).read("run.jsonl").splitlines())
    last = sorted(rows, key=lambda row: row["started_at"])[-3:]
    file = backup
    for row, metres in zip(last, (1e300, 400_000.0, -1.0), strict=True):
        file = forged(file, tmp_path / f"{metres}.zip", "run.jsonl", row["run_id"], {"distance_m": metres})
    with Journal.open(tmp_path / "other.db", now=clock) as other:
        other.restore(file)
        assert [each.kind for each in other.quality().faults] == ["impossible"] * 3
        assert (other.look_at_today().ceiling_km or 0) <= 8.8
        every = forged(backup, tmp_path / "every.zip", "run.jsonl", None, {"distance_m": 1e300})
        other.restore(every, replace=True)
        found = other.look_at_today()
        assert found.ceiling_km is None
        assert (found.ceiling_min or 99) <= 48, "not more than the last run, by its time"


def test_answers_that_this_version_does_not_know_are_kept_and_told(tmp_path: Path, clock: Clock) -> None:
    with bare_journal(tmp_path, clock) as journal:
        journal.export(tmp_path / "backup.zip")
    change = {"finding_id": "of_next_year"}
    file = forged(tmp_path / "backup.zip", tmp_path / "f.zip", "finding.jsonl", "rest_pain_score", change)
    with Journal.open(tmp_path / "other.db", now=clock) as other:
        other.restore(file)
        assert other.not_understood() == ("of_next_year",)
        assert other.today().verdict == "ask"
        assert "rest_pain_score" in other.today().asks
    said = CliRunner().invoke(app, ["--journal", str(tmp_path / "third.db"), "restore", str(file)])
    assert "one question that this version does not know" in " ".join(said.output.split())


def lost(file: Path, like: str) -> None:
    """Take a piece of what verdicts were made from out of a journal."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("DELETE FROM piece WHERE body LIKE ?", [f"%{like}%"]).rowcount
        connection.commit()


def test_each_verdict_is_made_again_as_it_was_said_here_and_where_it_was_restored(tmp_path: Path, clock: Clock) -> None:
    with sore(tmp_path, clock) as journal, Journal.open(tmp_path / "other.db", now=clock) as other:
        journal.tell(page())
        journal.new_pain(side="right")
        journal.tell(page(limp="yes"))
        said = [journal.today()]
        for ahead, limp in ((1, "yes"), (40, "no")):
            clock.on = ON + timedelta(ahead)
            said.append(journal.checkin(GOOD_MORNING | {"limp": limp}))
        journal.undo()
        journal.export(tmp_path / "whole.zip")
        other.restore(tmp_path / "whole.zip")
        for each in (journal, other):
            assert [each.replay(trace) for trace in each.traces()] == said[::-1]
        assert any(trace["given"]["beside"] for trace in journal.traces())


@pytest.mark.parametrize("what", ["night_pain", f'"{ON - timedelta(4)}","{ON - timedelta(2)}"]'])
def test_a_verdict_whose_past_is_lost_is_not_made_again_from_another(tmp_path: Path, clock: Clock, what: str) -> None:
    with sore(tmp_path, clock) as journal:
        journal.tell(page())
        journal.today()
        (file,) = tmp_path.glob("*.db")
        lost(file, what)
        (trace,) = journal.traces()
        with pytest.raises(HipwiseError, match="cannot be made again"):
            journal.replay(trace)
