"""The return of pains that were over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table. A pain that was closed before stays closed."""
    op.create_table(
        "reopening",
        sa.Column("athlete_id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("number", "event", "episode")),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "number"),
        _belongs("event", "event"),
        _belongs("episode", "episode"),
    )


def _belongs(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["athlete_id", column], [f"{table}.athlete_id", f"{table}.number"])
