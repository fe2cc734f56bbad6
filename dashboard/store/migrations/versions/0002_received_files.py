"""The digest of the file a submission came in; empty where it came before files were kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the digest to submissions."""
    op.add_column("submission", sa.Column("sha256", CODE, nullable=False, server_default=""))
    op.create_index("submission_sha256", "submission", ["sha256"])
