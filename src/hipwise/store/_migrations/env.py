"""Alembic's way in. The caller gives a connection within its own transaction: all steps are done, or none."""

from __future__ import annotations

from alembic import context

from hipwise.store._sqlite import VERSION_TABLE
from hipwise.store._tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
