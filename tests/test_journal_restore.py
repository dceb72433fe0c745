"""A backup that holds what nobody could have told is refused as a whole, and the journal stays as it was."""

import hashlib
import json
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from hipwise.errors import HipwiseError, JournalError
from hipwise.journal import Journal
from sore_runner import ON, Clock, bare_journal, well

FORGED = {
    "a score that is none": ("finding.jsonl", "rest_pain_score", {"state": "abc"}),
    "a state that nobody has": ("finding.jsonl", "limp", {"state": "perhaps"}),
    "a pain as old as our count of years": ("episode.jsonl", None, {"onset": "0001-01-01"}),
}


def forged(file: Path, out: Path, name: str, finding: str | None, change: dict[str, str]) -> Path:
    """Write an exported FILE anew, with a CHANGE of the rows of one FINDING (None: of all) and sums that fit."""
    with ZipFile(file) as archive, ZipFile(out, "w") as written:
        manifest = json.loads(archive.read("manifest.json"))
        for entry in archive.namelist():
            body = archive.read(entry)
            if entry == name:
                rows = [json.loads(line) for line in body.splitlines()]
                told = [row | change if finding in {None, row.get("finding_id")} else row for row in rows]
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
