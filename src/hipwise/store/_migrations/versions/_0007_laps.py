"""Laps that the runner pressed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the column. Runs of before have none; they have their laps when they are brought in anew."""
    op.add_column("run", sa.Column("laps", sa.JSON(), nullable=True))
