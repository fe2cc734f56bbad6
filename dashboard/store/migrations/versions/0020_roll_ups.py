"""How many figures an area has, kept when they change, and the version in which they did."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")

FILL_HELD = """
    INSERT INTO held (area, indicator, figures, offered)
    SELECT area, indicator, count(*),
        sum(CASE WHEN value IS NOT NULL AND kind IN ('actual', 'standard') THEN 1 ELSE 0 END)
    FROM observation GROUP BY area, indicator
"""
FILL_AREAS = """
    INSERT INTO area_figures (area, offered, grade, version)
    SELECT area, sum(offered), coalesce((
        SELECT submission.grade FROM submission
        JOIN observation ON observation.submission = submission.id
        WHERE observation.area = held.area AND observation.value IS NOT NULL
            AND observation.kind IN ('actual', 'standard') LIMIT 1
    ), ''), (SELECT number FROM store_version)
    FROM held GROUP BY area
"""


def upgrade() -> None:
    """Make the tables and count what is there."""
    op.create_table(
        "held",
        sa.Column("area", CODE, primary_key=True),
        sa.Column("indicator", CODE, primary_key=True),
        sa.Column("figures", sa.Integer, nullable=False),
        sa.Column("offered", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "area_figures",
        sa.Column("area", CODE, primary_key=True),
        sa.Column("offered", sa.Integer, nullable=False),
        sa.Column("grade", CODE, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("area_figures_version", "area_figures", ["version"])
    common = sa.Column("common", sa.Integer, nullable=False, server_default="0")
    op.add_column("store_version", common)
    op.execute("UPDATE store_version SET common = number")
    op.execute(FILL_HELD)
    op.execute(FILL_AREAS)
