"""A database is brought to the schema that this program knows, with a copy beside it before anything is changed."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from hipwise.errors import JournalError
from hipwise.store import _disk, _sqlite
from hipwise.store._faults import told

FOLDER = Path(__file__).parent / "_migrations"


def make_ready(file: Path) -> None:
    """Make FILE a database of the newest schema; a new one is made, an old one copied and migrated.

    Raises:
        JournalError: FILE is of a newer version, not ours, damaged, or cannot be migrated; it is as it was.
    """
    revision = _sqlite.revision_of(file)
    known = revisions(FOLDER)
    if revision == known[-1]:
        return
    if revision is None:
        with _disk.told(str(file)):
            _disk.create(file)
        _upgrade(file, copy=None)
    elif revision in known:
        _upgrade(file, copy=_sqlite.back_up(file, revision))
    else:
        raise JournalError("journal_newer", where=str(file), found=revision, known=known[-1])


@cache
def revisions(folder: Path) -> tuple[str, ...]:
    """Return the revisions that FOLDER holds, oldest first, from the names of their files (`_0001_first.py`)."""
    names = [re.fullmatch(r"_(\d{4})_\w+", file.stem) for file in (folder / "versions").glob("*.py")]
    return tuple(sorted(match[1] for match in names if match))


def _upgrade(file: Path, copy: Path | None) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    engine = _sqlite.migrating(file)
    try:
        with told(str(file)), engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise JournalError("journal_damaged", where=str(file), reason="foreign_key_check")
    except DBAPIError as error:
        raise JournalError("journal_not_migrated", where=str(file), copy=copy or "", reason=str(error.orig)) from error
    finally:
        engine.dispose()
