"""The word by which a figure was stated as approximate, with every version and current figure."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what was handed in before is stated as it is."""
    for table in ("revision", "observation"):
        column = sa.Column("qualifier", sa.Text, nullable=False, server_default="")
        op.add_column(table, column)
