"""Declares the tables of hand-ins that wait for an editor and of forms that are being filled in."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from dashboard.store.meeting_tables import given
from dashboard.store.tables import Code, Moment, metadata

waiting_hand_in = Table(
    "waiting_hand_in",
    metadata,
    Column("id", Integer, primary_key=True),
    *given(Text, "file"),
    *given(Code, "sha256"),  # of the file, which lies among those received
    *given(Text, "said", "holds"),  # JSON: what was said with it; its sheets, in short
    *given(Moment, "made"),
    *given(Text, "made_by"),
    *given(Code, "state"),  # waiting, accepted, returned, withdrawn, superseded
    Column("decided", Moment),
    Column("decided_by", Text, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("submissions", Text, nullable=False, server_default=""),  # numbers, one a line
    Index("waiting_hand_in_state", "state"),
    sqlite_autoincrement=True,
)

form_draft = Table(  # one for each form, area and month, whoever of the street fills it in
    "form_draft",
    metadata,
    Column("area", Code, primary_key=True),
    Column("form", Code, primary_key=True),
    Column("period", Integer, primary_key=True, autoincrement=False),
    *given(Text, "cells"),  # JSON: what was typed, by line
    *given(Moment, "changed"),
    *given(Text, "changed_by"),
    Column("handed_in", Moment),  # since then it is not filled in any more
    Column("waiting", Integer),  # the hand-in it became, where that waits or waited
)
