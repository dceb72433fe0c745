from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, inspect

from hipwise.activity import Origin, Run
from hipwise.errors import JournalError
from hipwise.model import Finding
from hipwise.store import Store, _migrate, _sqlite
from hipwise.store._tables import METADATA

AT = datetime(2030, 5, 2, tzinfo=UTC)
TODAY = date(2030, 5, 2)

NEWEST = _migrate.revisions(_migrate.FOLDER)[-1]
NEXT = "9000"
SECOND = f"""
import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{NEWEST}"


def upgrade():
    with op.batch_alter_table("finding") as table:
        table.add_column(sa.Column("told_to", sa.Text()))
        table.alter_column("origin", existing_type=sa.Text(), nullable=True)
    op.execute("UPDATE finding SET told_to = 'hipwise'")
"""  # noqa: S608 (our own numbers)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal of the first schema with something in it."""
    file = tmp_path / "me.db"
    run = Run(
        id="a",
        sport="running",
        started_at=AT,
        local_date=TODAY,
        origins=(Origin("a.fit", "fit", "sha"),),
        samples=pl.DataFrame({"moving": [True]}),
    )
    with Store.open(file) as store, store.memory().step("checkin", "x", AT) as step:
        step.add_runs([run])
        pain = step.open_episode(TODAY, side="left")
        step.add_findings([Finding("night_pain", "present", TODAY)], pain.id)
    return file


@pytest.fixture
def newer_program(journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A hipwise that knows one schema more than the one that wrote the journal."""
    assert journal.exists()
    folder = tmp_path / "migrations of 50 %"
    shutil.copytree(_migrate.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / f"_{NEXT}_second.py").write_text(SECOND)
    monkeypatch.setattr(_migrate, "FOLDER", folder)
    yield folder
    _migrate.revisions.cache_clear()


def rows(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


def copies(file: Path) -> list[str]:
    return sorted(each.name for each in file.parent.glob("*.backup*"))


def test_migrations_make_the_tables_that_the_program_knows(journal: Path) -> None:
    engine = _sqlite.reading(journal)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "hipwise_version"})
        assert compare_metadata(context, METADATA) == []
    assert checks(engine) == checks(fresh(journal.with_name("fresh.db")))
    engine.dispose()


def fresh(file: Path) -> object:
    engine = _sqlite.migrating(file)
    METADATA.create_all(engine)
    return engine


def checks(engine: object) -> dict[str, list[object]]:
    """Checks and keys of each table, which Alembic's own comparison passes over."""
    look = inspect(engine)
    return {
        table: [
            sorted((check["name"], check["sqltext"]) for check in look.get_check_constraints(table)),
            sorted((key["name"], key["constrained_columns"]) for key in look.get_foreign_keys(table)),
            look.get_pk_constraint(table),
        ]
        for table in METADATA.tables
    }


def test_a_lost_check_would_be_seen(tmp_path: Path) -> None:
    lame = MetaData()
    for table in METADATA.tables.values():
        copy = table.to_metadata(lame)
        copy.constraints = {each for each in copy.constraints if "ck_" not in str(each.name)}
    engine = _sqlite.migrating(tmp_path / "lame.db")
    lame.create_all(engine)
    assert checks(engine) != checks(fresh(tmp_path / "fresh.db"))


def test_the_steps_that_the_program_counts_are_the_steps_that_alembic_finds() -> None:
    config = Config()
    config.set_main_option("script_location", str(_migrate.FOLDER))
    found = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert list(_migrate.revisions(_migrate.FOLDER)) == found[::-1]


@pytest.mark.usefixtures("newer_program")
def test_an_older_journal_is_copied_and_then_migrated_with_all_that_is_in_it(journal: Path) -> None:
    with Store.open(journal) as store:
        memory = store.memory()
        assert [run.id for run in memory.runs()] == ["a"]
        assert memory.samples("a")["moving"].to_list() == [True]
        assert memory.evidence("1").findings == (Finding("night_pain", "present", TODAY),)
    assert rows(journal, "SELECT finding_id, told_to FROM finding") == [("night_pain", "hipwise")]
    assert rows(journal, "SELECT version_num FROM hipwise_version") == [(NEXT,)]
    copy = journal.with_name(f"me.db.{NEWEST}.backup")
    assert copies(journal) == [copy.name]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert rows(copy, "PRAGMA integrity_check") == [("ok",)]
    assert rows(copy, "SELECT finding_id FROM finding") == [("night_pain",)]
    assert rows(copy, "SELECT version_num FROM hipwise_version") == [(NEWEST,)]


@pytest.mark.usefixtures("newer_program")
def test_a_copy_holds_what_was_written_a_moment_ago(journal: Path) -> None:
    with closing(sqlite3.connect(journal)) as open_elsewhere:
        open_elsewhere.execute("UPDATE finding SET state = 'absent'")
        open_elsewhere.commit()
        assert journal.with_name("me.db-wal").stat().st_size > 0
        Store.open(journal).close()
    assert rows(journal.with_name(f"me.db.{NEWEST}.backup"), "SELECT state FROM finding") == [("absent",)]


def test_a_migration_that_fails_leaves_the_journal_as_it_was(journal: Path, newer_program: Path) -> None:
    step = newer_program / "versions" / f"_{NEXT}_second.py"
    step.write_text(f'{SECOND}    op.execute("DROP TABLE no_such_table")\n')
    before = rows(journal, "SELECT sql FROM sqlite_master ORDER BY name"), rows(journal, "SELECT * FROM finding")
    for _ in range(2):
        with pytest.raises(JournalError, match=rf"journal is as it was \(a copy: .*me\.db\.{NEWEST}.*backup") as caught:
            Store.open(journal)
        assert "no such table" in caught.value.why
    assert before == (
        rows(journal, "SELECT sql FROM sqlite_master ORDER BY name"),
        rows(journal, "SELECT * FROM finding"),
    )
    assert copies(journal) == [f"me.db.{NEWEST}-2.backup", f"me.db.{NEWEST}.backup"]
    step.write_text(SECOND)
    Store.open(journal).close()
    assert rows(journal, "SELECT told_to FROM finding") == [("hipwise",)]


def test_a_migration_that_breaks_a_key_is_not_kept(journal: Path, newer_program: Path) -> None:
    step = newer_program / "versions" / f"_{NEXT}_second.py"
    step.write_text(SECOND.replace("told_to = 'hipwise'", "event = 99"))
    with pytest.raises(JournalError, match="damaged"):
        Store.open(journal)
    assert rows(journal, "SELECT event FROM finding") == [(1,)]


def test_a_journal_of_a_newer_program_is_refused_untouched(journal: Path) -> None:
    with closing(sqlite3.connect(journal)) as connection:
        connection.execute("UPDATE hipwise_version SET version_num = '9999'")
        connection.commit()
    before = journal.read_bytes()
    with pytest.raises(JournalError, match=f"number 9999; this hipwise knows forms up to {NEWEST}"):
        Store.open(journal)
    assert journal.read_bytes() == before
    assert copies(journal) == []


def test_a_journal_of_this_program_is_not_copied(journal: Path) -> None:
    Store.open(journal).close()
    assert copies(journal) == []


@pytest.mark.slow
def test_many_may_open_a_new_journal_at_once(tmp_path: Path) -> None:
    file = tmp_path / "me.db"
    code = "import sys; from hipwise.store import Store; Store.open(sys.argv[1]).close()"
    command = [sys.executable, "-W", "error", "-c", code, str(file)]
    together = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(3)]
    assert [(process.communicate(timeout=60)[1], process.returncode) for process in together] == [(b"", 0)] * 3
    assert rows(file, "SELECT version_num FROM hipwise_version") == [(NEWEST,)]


def test_the_wheel_will_have_the_migrations() -> None:
    assert os.fspath(_migrate.FOLDER).endswith(os.path.join("hipwise", "store", "_migrations"))  # noqa: PTH118 (a tail, not a path)
    assert (_migrate.FOLDER / "env.py").is_file()
