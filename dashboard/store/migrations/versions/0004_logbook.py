"""Periods that were locked and unlocked: who, when and why. Only added to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the logbook."""
    op.create_table(
        "logbook",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("written", sa.DateTime, nullable=False),
        sa.Column("written_by", sa.Text, nullable=False),
        sa.Column("act", CODE, nullable=False),
        sa.Column("area", CODE, nullable=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
