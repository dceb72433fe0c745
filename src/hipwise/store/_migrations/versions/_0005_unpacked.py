"""What the packed files held that were unpacked once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table. It is empty at first: what was brought in before is unpacked once more when it comes again."""
    op.create_table(
        "unpacked",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("athlete_id", "packed", "sha256")),
        sa.PrimaryKeyConstraint("athlete_id", "packed"),
    )
