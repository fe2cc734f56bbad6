"""Submissions, their figures and findings, and areas.

A migration is history: it repeats the columns instead of importing them from ``tables``, which goes
on changing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
# Written out, for SQLite makes a table of an IN list for every single row.
VALUE_OR_REASON = "(value IS NULL) = (status = 'L' OR status = 'S' OR status = 'B')"


def upgrade() -> None:
    """Make the first tables."""
    _submissions()
    _figures()
    op.create_table(
        "area",
        sa.Column("code", CODE, primary_key=True),
        sa.Column("name_zh", sa.Text, nullable=False),
        sa.Column("name_en", sa.Text, nullable=False),
        sa.Column("level", CODE, nullable=False),
        sa.Column("parent", CODE, nullable=False),
        sa.Column("valid_from", sa.Integer),
        sa.Column("valid_to", sa.Integer),
        sa.Column("predecessor", CODE, nullable=False),
        sa.Column("aliases", sa.Text, nullable=False),
    )
    version = op.create_table(
        "store_version",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.CheckConstraint("id = 1", name="store_version_one_row"),
    )
    op.bulk_insert(version, [{"id": 1, "number": 0}])


def _submissions() -> None:
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("sheet", sa.Text, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("area", CODE, nullable=False),
        sa.Column("period", sa.Integer),
        sa.Column("grade", CODE, nullable=False),
        sa.Column("received", sa.DateTime, nullable=False),
        sa.Column("submitted_by", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("is_sample", sa.Boolean, nullable=False),
        sa.Column("figures", sa.Integer, nullable=False),
        sa.Column("findings", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "finding",
        sa.Column("submission", sa.Integer, sa.ForeignKey("submission.id"), primary_key=True),
        sa.Column("sequence", sa.Integer, primary_key=True),
        sa.Column("severity", CODE, nullable=False),
        sa.Column("rule", CODE, nullable=False),
        sa.Column("sheet", sa.Text, nullable=False),
        sa.Column("sheet_row", sa.Integer, nullable=False),
        sa.Column("sheet_column", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("message_zh", sa.Text, nullable=False),
        sa.Column("message_en", sa.Text, nullable=False),
    )


def _figures() -> None:
    op.create_table(
        "revision",
        sa.Column("indicator", CODE, primary_key=True),
        sa.Column("area", CODE, primary_key=True),
        sa.Column("period", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", CODE, primary_key=True),
        sa.Column("submission", sa.Integer, sa.ForeignKey("submission.id"), primary_key=True),
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("value", sa.Double),
        sa.Column("status", CODE, nullable=False),
        sa.Column("since", sa.Integer),
        sa.Column("sheet", sa.Text, nullable=False),
        sa.Column("sheet_row", sa.Integer, nullable=False),
        sa.Column("sheet_column", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("phrase", sa.Text, nullable=False),
        sa.CheckConstraint(VALUE_OR_REASON, name="revision_value_or_reason"),
        sqlite_with_rowid=False,
    )
    op.create_index("revision_submission", "revision", ["submission", "sequence"])
    op.create_table(
        "observation",
        sa.Column("indicator", CODE, primary_key=True),
        sa.Column("area", CODE, primary_key=True),
        sa.Column("period", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", CODE, primary_key=True),
        sa.Column("value", sa.Double),
        sa.Column("status", CODE, nullable=False),
        sa.Column("since", sa.Integer),
        sa.Column("submission", sa.Integer, nullable=False),
        sa.CheckConstraint(VALUE_OR_REASON, name="observation_value_or_reason"),
        sqlite_with_rowid=False,
    )
    place = ["area", "period", "indicator", "kind", "value"]
    op.create_index("observation_place", "observation", place)
