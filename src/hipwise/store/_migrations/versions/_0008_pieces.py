"""What verdicts were made from, kept once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table, and the column that names its rows. Verdicts of before stay whole and name none."""
    op.create_table(
        "piece",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("athlete_id", "sha256", "body")),
        sa.PrimaryKeyConstraint("athlete_id", "sha256"),
    )
    op.add_column("verdict", sa.Column("pieces", sa.JSON(), nullable=True))
