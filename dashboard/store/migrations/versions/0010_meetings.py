"""Receipts of what left the house, agendas of meetings, questions raised there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "receipt",
        sa.Column("code", CODE, primary_key=True),
        sa.Column("digest", CODE, nullable=False, unique=True),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("ref", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("known", sa.DateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("made", sa.DateTime, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
    )
    op.create_table(
        "meeting",
        sa.Column("id", CODE, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("held", CODE, nullable=False),
        sa.Column("area", CODE, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("known", sa.DateTime, nullable=False),
        sa.Column("made", sa.DateTime, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
    )
    op.create_index("meeting_held", "meeting", ["held"])
    op.create_table(
        "meeting_page",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("meeting", CODE, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("ref", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("meeting_page_meeting", "meeting_page", ["meeting", "place"])
    op.create_table(
        "question",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("meeting", CODE, nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("ref", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("due", CODE, nullable=False),
        sa.Column("raised", sa.DateTime, nullable=False),
        sa.Column("raised_by", sa.Text, nullable=False),
        sa.Column("done", sa.DateTime),
        sa.Column("done_by", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("question_meeting", "question", ["meeting"])
