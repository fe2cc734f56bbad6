"""Runs the migrations on the connection that ``open_store`` holds, within its transaction."""

from __future__ import annotations

from alembic import context

from dashboard.store.opening import VERSION_TABLE
from dashboard.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
)
with context.begin_transaction():
    context.run_migrations()
