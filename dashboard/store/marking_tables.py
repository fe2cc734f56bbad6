"""Declares the table of words by which figures of an area and of months are marked."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from dashboard.store.meeting_tables import given
from dashboard.store.tables import Code, Moment, metadata

marking = Table(  # only added to: the latest row of an area and its months counts
    "marking",
    metadata,
    Column("id", Integer, primary_key=True),
    *given(Code, "area"),
    *given(Integer, "first", "last"),
    *given(Text, "words"),  # empty: marked no longer
    *given(Moment, "written"),
    *given(Text, "written_by"),
    sqlite_autoincrement=True,
)
