"""Declares the tables of access: accounts, sign-ins that failed, sessions, and the audit log."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text, false

from dashboard.store.meeting_tables import given
from dashboard.store.tables import Code, Moment, metadata

account = Table(
    "account",
    metadata,
    Column("name", Code, primary_key=True),
    *given(Code, "role"),
    *given(Text, "areas", "password"),  # areas: codes, one a line; password: argon2's own form
    Column("originals", Boolean, nullable=False, server_default=false()),
    *given(Moment, "made"),
    *given(Text, "made_by"),
    Column("subject", Text, nullable=False, server_default=""),  # with the identity provider
    Column("disabled", Moment),  # since then nobody signs in with it
)

session = Table(
    "session",
    metadata,
    Column("digest", Code, primary_key=True),  # of the token that the browser keeps
    *given(Code, "account"),
    *given(Moment, "made", "expires"),
    Index("session_account", "account"),
)

failed_sign_in = Table(
    "failed_sign_in",
    metadata,
    Column("id", Integer, primary_key=True),
    *given(Code, "name", "origin"),  # origin: an address, or a browser that signed in before
    *given(Moment, "at"),
    Index("failed_sign_in_at", "at"),
    sqlite_autoincrement=True,
)

audit = Table(  # only added to: triggers refuse anything else
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    *given(Moment, "at"),
    *given(Text, "who"),
    *given(Code, "act"),
    *given(Text, "what", "origin"),
    sqlite_autoincrement=True,
)
