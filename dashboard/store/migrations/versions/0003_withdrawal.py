"""When a submission was withdrawn, by whom and why; its figures stay among the revisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the withdrawal to submissions."""
    op.add_column("submission", sa.Column("withdrawn", sa.DateTime))
    for name in ("withdrawn_by", "withdrawn_reason"):
        op.add_column("submission", sa.Column(name, sa.Text, nullable=False, server_default=""))
