from __future__ import annotations

import os
import sqlite3
import stat
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from hipwise.errors import JournalError
from hipwise.model import Athlete, Finding
from hipwise.store import Store, _sqlite
from hipwise.store._faults import told
from hipwise.store._lanes import Lane
from hipwise.store._tables import FINDING

AT = datetime(2030, 5, 2, tzinfo=UTC)
SECRET = Finding("night_pain", "so private", date(2030, 5, 2))


def tell(store: Store) -> None:
    with store.memory().step("answer", "x", AT) as step:
        step.add_findings([SECRET])


def test_a_new_journal_is_for_its_owner_only_with_the_folders_made_for_it(tmp_path: Path) -> None:
    file = tmp_path / "health" / "hip" / "me.db"
    mask = os.umask(0)
    try:
        with Store.open(file) as store:
            tell(store)
            rights = {each.name: stat.S_IMODE(each.stat().st_mode) for each in file.parent.iterdir()}
    finally:
        os.umask(mask)
    assert rights == {"me.db": 0o600, "me.db-wal": 0o600, "me.db-shm": 0o600}
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_closed_journal_is_one_file(tmp_path: Path) -> None:
    with Store.open(tmp_path / "me.db") as store:
        tell(store)
        store.memory().evidence()
    assert [each.name for each in tmp_path.iterdir()] == ["me.db"]


def test_readers_do_not_wait_for_a_writer(tmp_path: Path) -> None:
    with Store.open(tmp_path / "me.db") as store:
        with store.memory().step("answer", "x", AT) as step:
            step.add_findings([SECRET])
            assert len(store.memory().evidence()) == 0
        assert len(store.memory().evidence()) == 1
    with closing(sqlite3.connect(tmp_path / "me.db")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_path_and_an_address_name_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for where in ("me.db", Path("me.db"), "sqlite:///me.db", f"sqlite:///{tmp_path / 'me.db'}", "~/me.db"):
        with Store.open(where) as store:
            tell(store)
            events = len(store.memory().history())
    assert events == 5


@pytest.mark.parametrize(
    "where",
    [
        "postgresql://anna:hunter2@db.example/hip",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///me.db?mode=ro",
        "mysql+x://a",
        "://hunter2",
        "file://hunter2@:99:99/",
    ],
)
def test_an_address_that_cannot_be_a_journal_is_refused_without_its_password(where: str) -> None:
    with pytest.raises(JournalError, match="no place where hipwise can keep") as caught:
        Store.open(where)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("content", [b"%PDF-1.7 not a journal", b"S", b"SQLite format 2\0" * 100, bytes(5000)])
def test_a_file_that_is_no_database_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "me.db"
    file.write_bytes(content)
    with pytest.raises(JournalError, match="not a hipwise journal"):
        Store.open(file)
    assert file.read_bytes() == content
    assert list(tmp_path.iterdir()) == [file]


def test_a_database_of_another_program_is_refused_untouched(tmp_path: Path) -> None:
    file = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE moz_places (url TEXT)")
        connection.commit()
    before = file.read_bytes()
    with pytest.raises(JournalError, match="belongs to another program"):
        Store.open(file)
    assert file.read_bytes() == before


def test_an_empty_file_becomes_a_journal(tmp_path: Path) -> None:
    (tmp_path / "me.db").touch()
    with Store.open(tmp_path / "me.db") as store:
        tell(store)


def test_a_damaged_journal_says_so(tmp_path: Path) -> None:
    file = tmp_path / "me.db"
    with Store.open(file) as store:
        for _ in range(50):
            tell(store)
    content = bytearray(file.read_bytes())
    for name, damaged in {"torn": content[:5000], "scribbled": content[:100] + b"\xab" * (len(content) - 100)}.items():
        (tmp_path / name).write_bytes(damaged)
        with pytest.raises(JournalError, match="is damaged"), Store.open(tmp_path / name) as store:
            store.memory().history()


def test_a_folder_is_no_journal(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="cannot be used"):
        Store.open(tmp_path)


def test_a_journal_below_a_file_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(JournalError, match="cannot be used"):
        Store.open(tmp_path / "file" / "me.db")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_journal_that_may_not_be_written_says_so(tmp_path: Path) -> None:
    file = tmp_path / "me.db"
    Store.open(file).close()
    file.chmod(0o400)
    with pytest.raises(JournalError, match="cannot be used"), Store.open(file) as store:
        tell(store)


def test_a_journal_in_use_says_so_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_sqlite, "BUSY_S", 0.05)
    with Store.open(tmp_path / "me.db") as store, closing(sqlite3.connect(tmp_path / "me.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalError, match="in use by another program"):
            tell(store)
        other.rollback()
        tell(store)


def test_a_full_disk_is_told_and_costs_only_what_was_being_written(tmp_path: Path) -> None:
    with Store.open(tmp_path / "me.db") as store:
        tell(store)
        with pytest.raises(JournalError, match="could not be written"), store.memory().step("answer", "x", AT) as step:  # noqa: PT012 (the last line raises)
            pages = step._scope.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            step._scope.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            step.add_findings([SECRET] * 5000)
        assert len(store.memory().evidence()) == 1


def test_no_error_of_the_database_holds_what_was_told(tmp_path: Path) -> None:
    with Store.open(tmp_path / "me.db") as store, store._lanes.on(Lane.WRITE) as connection:
        row = {"athlete_id": "me", "number": 1, "event": 99, "finding_id": "x", "state": "so private", "origin": "x"}
        for broken in (row, row | {"day": date(2030, 5, 2)}):
            with pytest.raises(SQLAlchemyError) as caught:
                connection.execute(insert(FINDING).values(**broken))
            assert "so private" not in str(caught.value)


def test_the_way_for_reading_cannot_write(tmp_path: Path) -> None:
    with Store.open(tmp_path / "me.db") as store:
        store.memory().set_athlete(Athlete(sex="female"))
        with pytest.raises(JournalError, match="cannot be used"), store._lanes.on(Lane.READ) as connection:
            connection.exec_driver_sql("UPDATE athlete SET sex = 'male'")
        assert store.memory().athlete().sex == "female"


def test_answers_outlive_a_power_cut_and_imports_a_kill(tmp_path: Path) -> None:
    with Store.open(tmp_path / "me.db") as store:
        found = {}
        for lane in Lane:
            with store._lanes.on(lane) as connection:
                found[lane] = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
    assert (found[Lane.WRITE], found[Lane.BULK]) == (2, 1)


def test_an_error_that_we_have_no_words_for_stays_what_it_is() -> None:
    for error in (sqlite3.OperationalError("x"), DBAPIError("SELECT 1", {}, sqlite3.OperationalError("x"))):
        with pytest.raises(type(error)), told("me.db"):
            raise error
