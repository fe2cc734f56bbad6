"""Indicators that a bureau declared on the screen, with who and when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "declared_indicator",
        sa.Column("id", CODE, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        *(
            sa.Column(name, CODE, nullable=False)
            for name in ("unit", "accumulation", "aggregation", "polarity", "topic")
        ),
        sa.Column("written", sa.DateTime, nullable=False),
        sa.Column("written_by", sa.Text, nullable=False),
    )
