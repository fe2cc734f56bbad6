"""What a table without a form number states, kept with its submission: forms are told by it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

NAMED = {
    "sqlite": "group_concat(DISTINCT indicator)",
    "postgresql": "string_agg(DISTINCT indicator, ',')",
}


def upgrade() -> None:
    """Add the column and fill it from the figures of earlier tables of streets."""
    op.add_column("submission", sa.Column("indicators", sa.Text, nullable=False, server_default=""))
    named = NAMED[op.get_bind().dialect.name]
    op.execute(
        "UPDATE submission SET indicators = coalesce((SELECT CASE WHEN count(DISTINCT indicator)"
        f" <= 60 THEN {named} ELSE '' END FROM revision WHERE revision.submission = submission.id),"
        " '') WHERE form = 'street_table'"
    )
