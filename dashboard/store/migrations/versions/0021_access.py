"""Accounts, failed sign-ins, sessions, and the audit log, which takes no change and no removal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_POSTGRES = """CREATE FUNCTION audit_is_only_added_to() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'the audit log is only added to'; END $$ LANGUAGE plpgsql"""


def upgrade() -> None:
    """Make the tables and the triggers."""
    op.create_table(
        "account",
        sa.Column("name", CODE, primary_key=True),
        sa.Column("role", CODE, nullable=False),
        sa.Column("areas", sa.Text, nullable=False),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("originals", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("made", sa.DateTime, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("disabled", sa.DateTime),
    )
    op.create_table(
        "session",
        sa.Column("digest", CODE, primary_key=True),
        sa.Column("account", CODE, nullable=False),
        sa.Column("made", sa.DateTime, nullable=False),
        sa.Column("expires", sa.DateTime, nullable=False),
    )
    op.create_index("session_account", "session", ["account"])
    op.create_table(
        "failed_sign_in",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", CODE, nullable=False),
        sa.Column("origin", CODE, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("failed_sign_in_at", "failed_sign_in", ["at"])
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("act", CODE, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    _add_triggers(op.get_bind().dialect.name)


def _add_triggers(engine: str) -> None:
    if engine == "postgresql":
        op.execute(_POSTGRES)
        op.execute(
            "CREATE TRIGGER audit_only_added_to BEFORE UPDATE OR DELETE ON audit"
            " FOR EACH ROW EXECUTE FUNCTION audit_is_only_added_to()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_no_{act.lower()} BEFORE {act} ON audit"
            " BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END"
        )
