"""Outlines of areas, each with the submission it came with; a declared place on a tile map."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table and the two columns."""
    op.create_table(
        "boundary",
        sa.Column("submission", sa.Integer, sa.ForeignKey("submission.id"), primary_key=True),
        sa.Column("area", CODE, primary_key=True),
        sa.Column("rings", sa.Text, nullable=False),
    )
    op.create_index("boundary_area", "boundary", ["area", "submission"])
    op.add_column("area", sa.Column("tile_row", sa.Integer))
    op.add_column("area", sa.Column("tile_column", sa.Integer))
