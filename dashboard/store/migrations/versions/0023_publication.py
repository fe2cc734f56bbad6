"""What was published when by whom, which figures it covers, and whether publication is on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables; publication is off."""
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("area", CODE, nullable=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("effective", sa.DateTime, nullable=False),
        sa.Column("written", sa.DateTime, nullable=False),
        sa.Column("written_by", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "published",
        sa.Column("area", CODE, primary_key=True),
        sa.Column("period", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column(
            "publication",
            sa.Integer,
            sa.ForeignKey("publication.id"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("withdrawn", sa.DateTime),
        sa.Column("withdrawn_by", sa.Text, nullable=False, server_default=""),
        sqlite_with_rowid=False,
    )
    op.create_index("published_publication", "published", ["publication"])
    op.add_column(
        "store_version",
        sa.Column("publication", sa.Boolean, nullable=False, server_default=sa.false()),
    )
