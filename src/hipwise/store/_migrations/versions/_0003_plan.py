"""The row of versions of a plan: its base, changes, declines, locks, and what was done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table. Plans of before have no row: the next look at them begins one."""
    op.create_table(
        "plan_entry",
        sa.Column("athlete_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "number"),
        _belongs("event", "event"),
        _belongs("episode", "episode"),
    )


def _belongs(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["athlete_id", column], [f"{table}.athlete_id", f"{table}.number"])
