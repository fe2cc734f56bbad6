"""How a figure was printed: the word that states it as approximate, and its last digit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what was handed in before is stated as it is."""
    op.add_column("revision", sa.Column("rounding", sa.Double))
    for table in ("revision", "observation"):
        column = sa.Column("qualifier", sa.Text, nullable=False, server_default="")
        op.add_column(table, column)
