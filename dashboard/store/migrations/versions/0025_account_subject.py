"""Who an account is with the identity provider: a name there may pass to another, this does not."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; whose an earlier account is shows its next sign-in with the provider."""
    op.add_column("account", sa.Column("subject", sa.Text, nullable=False, server_default=""))
