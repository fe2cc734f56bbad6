"""Declares the tables of publication: what was published when by whom, and which figures it covers.

Both are only added to; a cover is marked as withdrawn and stays.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from dashboard.store.meeting_tables import given
from dashboard.store.tables import Code, Moment, metadata

publication = Table(
    "publication",
    metadata,
    Column("id", Integer, primary_key=True),
    *given(Code, "area"),  # as it was named; empty: all, when publication was turned on
    *given(Integer, "first", "last"),
    *given(Moment, "effective", "written"),  # effective later than written: scheduled
    *given(Text, "written_by"),
    sqlite_autoincrement=True,
)

# One row for each area and month, so that a figure is judged by its key alone.
published = Table(
    "published",
    metadata,
    Column("area", Code, primary_key=True),
    Column("period", Integer, primary_key=True, autoincrement=False),
    Column("publication", ForeignKey(publication.c.id), primary_key=True, autoincrement=False),
    Column("withdrawn", Moment),
    Column("withdrawn_by", Text, nullable=False, server_default=""),
    Index("published_publication", "publication"),
    sqlite_with_rowid=False,
)
