"""Hand-ins that wait for an editor, forms being filled in, markings; no TRUNCATE of the audit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables, and on PostgreSQL the trigger against TRUNCATE, which SQLite has not."""
    op.create_table(
        "waiting_hand_in",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("sha256", CODE, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("holds", sa.Text, nullable=False),
        sa.Column("made", sa.DateTime, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("state", CODE, nullable=False),
        sa.Column("decided", sa.DateTime),
        sa.Column("decided_by", sa.Text, nullable=False, server_default=""),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        sa.Column("submissions", sa.Text, nullable=False, server_default=""),
        sqlite_autoincrement=True,
    )
    op.create_index("waiting_hand_in_state", "waiting_hand_in", ["state"])
    op.create_table(
        "form_draft",
        sa.Column("area", CODE, primary_key=True),
        sa.Column("form", CODE, primary_key=True),
        sa.Column("period", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("cells", sa.Text, nullable=False),
        sa.Column("changed", sa.DateTime, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("handed_in", sa.DateTime),
        sa.Column("waiting", sa.Integer),
    )
    op.create_table(
        "marking",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("area", CODE, nullable=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("written", sa.DateTime, nullable=False),
        sa.Column("written_by", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER audit_not_truncated BEFORE TRUNCATE ON audit"
            " FOR EACH STATEMENT EXECUTE FUNCTION audit_is_only_added_to()"
        )
