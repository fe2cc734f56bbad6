"""Who reported what when, and submissions sent back to be handed in anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")

# Of older submissions nothing says which figures stood in a comparison column. They are those of
# other periods than the submission's own, in tables that are laid out for one period.
FILL = """
    INSERT INTO reported (area, submission, period, figures, given)
    SELECT revision.area, revision.submission, revision.period, count(*),
        sum(CASE WHEN revision.value IS NOT NULL OR revision.status = 'S' THEN 1 ELSE 0 END)
    FROM revision JOIN submission ON submission.id = revision.submission
    WHERE (revision.kind = 'actual' OR revision.kind = 'standard')
        AND (submission.period IS NULL OR submission.period = revision.period
            OR submission.form IN ('tidy', 'year_table', 'own_export'))
    GROUP BY revision.area, revision.submission, revision.period
"""


def upgrade() -> None:
    """Make the table, fill it from what is there, and let a submission be returned."""
    op.create_table(
        "reported",
        sa.Column("area", CODE, primary_key=True),
        sa.Column(
            "submission",
            sa.Integer,
            sa.ForeignKey("submission.id"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("period", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("figures", sa.Integer, nullable=False),
        sa.Column("given", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("reported_submission", "reported", ["submission"])
    op.execute(FILL)
    returned = sa.Column("returned", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("submission", returned)
