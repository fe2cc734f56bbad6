"""What people have said lines of unknown indicators mean, form by form. Only added to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table of mappings."""
    op.create_table(
        "mapping",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("form", CODE, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("indicator", CODE),
        sa.Column("written", sa.DateTime, nullable=False),
        sa.Column("written_by", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
