"""The area of the figure that a finding is about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the column; of earlier findings the area is that of the figure in their cell."""
    op.add_column("finding", sa.Column("area", CODE))
