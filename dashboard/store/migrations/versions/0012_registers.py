"""Lists of institutions: a row an institution, and what each adds to which figure."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
COLUMNS = (
    ("area", CODE),
    ("name", sa.Text),
    ("kind", sa.Text),
    ("type", sa.Text),
    ("nature", sa.Text),
    ("code", CODE),
    ("community", sa.Text),
    ("address", sa.Text),
    ("status", sa.Text),
    ("standing", CODE),
    ("established", CODE),
    ("ended", CODE),
)
NUMBERS = ("beds", "nursing_beds", "residents")


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "register_row",
        sa.Column("submission", sa.Integer, sa.ForeignKey("submission.id"), primary_key=True),
        sa.Column("sequence", sa.Integer, primary_key=True),
        sa.Column("sheet_row", sa.Integer, nullable=False),
        *(sa.Column(name, kind, nullable=False) for name, kind in COLUMNS),
        *(sa.Column(name, sa.Double) for name in NUMBERS),
    )
    op.create_index("register_row_area", "register_row", ["area", "submission"])
    op.create_table(
        "register_part",
        sa.Column("submission", sa.Integer, sa.ForeignKey("submission.id"), primary_key=True),
        sa.Column("indicator", CODE, primary_key=True),
        sa.Column("sequence", sa.Integer, primary_key=True),
        sa.Column("amount", sa.Double, nullable=False),
    )
