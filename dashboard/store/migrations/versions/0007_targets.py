"""The register of targets, every change of one, and the commentary on its progress."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "target",
        sa.Column("id", CODE, primary_key=True),
        sa.Column("indicator", CODE, nullable=False),
        sa.Column("area", CODE, nullable=False),
        sa.Column("period", sa.Integer, nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("value", sa.Double, nullable=False),
        sa.Column("since", sa.Integer),
        sa.Column("base", sa.Double),
        sa.Column("base_period", sa.Integer),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("tolerance", sa.Double, nullable=False),
        sa.Column("path", CODE, nullable=False),
        sa.Column("milestones", sa.Text, nullable=False),
        sa.Column("split_from", CODE, nullable=False),
        sa.Column("retired", sa.Text, nullable=False),
        sa.Column("grade", CODE, nullable=False),
        sa.Column("is_sample", sa.Boolean, nullable=False),
    )
    op.create_index("target_area", "target", ["area", "period"])
    op.create_table(
        "target_change",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("target", CODE, nullable=False),
        sa.Column("written", sa.DateTime, nullable=False),
        sa.Column("written_by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("sha256", CODE, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("target_change_target", "target_change", ["target", "id"])
    op.create_table(
        "commentary",
        sa.Column("target", CODE, primary_key=True),
        sa.Column("period", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("why_priority", sa.Text, nullable=False),
        sa.Column("how_doing", sa.Text, nullable=False),
        sa.Column("what_doing", sa.Text, nullable=False),
        sa.Column("written", sa.DateTime, nullable=False),
        sa.Column("written_by", sa.Text, nullable=False),
    )
