"""Changes of areas: merged, split, renamed, each with the submission that states it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "area_change",
        sa.Column("submission", sa.Integer, sa.ForeignKey("submission.id"), primary_key=True),
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("period", sa.Integer, nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("old", CODE, nullable=False),
        sa.Column("new", CODE, nullable=False),
        sa.Column("rule", CODE, nullable=False),
        sa.Column("share", sa.Double, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("sheet_row", sa.Integer, nullable=False),
    )
