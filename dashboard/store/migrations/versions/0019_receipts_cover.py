"""What a receipt covers: its figures with their values, so that it is compared without drawing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; receipts given before do not say what they cover."""
    op.add_column("receipt", sa.Column("covers", sa.Text, nullable=False, server_default=""))
