"""Names and shoes of runs, merges that can be split again, and gaps that the runner has marked."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add columns and tables. Merges of before keep no trace of their second source, so they cannot be split."""
    op.add_column("run", sa.Column("name", sa.Text(), nullable=True))
    op.add_column("run", sa.Column("gear", sa.Text(), nullable=True))
    op.create_table(
        "run_stem",
        _key("athlete_id", sa.Text()),
        _key("run", sa.Integer()),
        _key("event", sa.Integer()),
        sa.PrimaryKeyConstraint("athlete_id", "run", "event"),
        _belongs("run", "run"),
        _belongs("event", "event"),
    )
    op.create_index("ix_run_stem_athlete_id_event", "run_stem", ["athlete_id", "event"])
    op.create_table(
        "gap",
        _key("athlete_id", sa.Text()),
        _key("number", sa.Integer()),
        _key("event", sa.Integer()),
        _key("begin", sa.Date()),
        _key("until", sa.Date()),
        _key("kind", sa.Text()),
        sa.PrimaryKeyConstraint("athlete_id", "number"),
        _belongs("event", "event"),
        sa.CheckConstraint("begin <= until", name="order"),
        sa.CheckConstraint("kind IN ('rest', 'no_watch')", name="kind"),
    )


def _key(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _belongs(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["athlete_id", column], [f"{table}.athlete_id", f"{table}.number"])
