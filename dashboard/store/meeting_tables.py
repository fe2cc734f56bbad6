"""The tables of what leaves the house: receipts, agendas of meetings, questions raised there."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from dashboard.store.tables import Code, Moment, metadata

receipt = Table(  # only added to
    "receipt",
    metadata,
    Column("code", Code, primary_key=True),
    Column("digest", Code, nullable=False, unique=True),  # of what is the same view
    Column("kind", Code, nullable=False),  # chart, report, view
    Column("ref", Text, nullable=False),  # chart's ref, a plan as JSON, or a page's path
    Column("query", Text, nullable=False),
    Column("known", Moment, nullable=False),
    Column("version", Integer, nullable=False),
    Column("made", Moment, nullable=False),
    Column("made_by", Text, nullable=False),
)

meeting = Table(
    "meeting",
    metadata,
    Column("id", Code, primary_key=True),
    Column("title", Text, nullable=False),
    Column("held", Code, nullable=False),  # 2024-10-08
    Column("area", Code, nullable=False),
    Column("query", Text, nullable=False),
    Column("known", Moment, nullable=False),
    Column("made", Moment, nullable=False),
    Column("made_by", Text, nullable=False),
    Index("meeting_held", "held"),
)

meeting_page = Table(
    "meeting_page",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("meeting", Code, nullable=False),
    Column("place", Integer, nullable=False),
    Column("kind", Code, nullable=False),  # chart, topic, target
    Column("ref", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("note", Text, nullable=False),
    Index("meeting_page_meeting", "meeting", "place"),
    sqlite_autoincrement=True,
)

question = Table(
    "question",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("meeting", Code, nullable=False),
    Column("kind", Code, nullable=False),
    Column("ref", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("due", Code, nullable=False),
    Column("raised", Moment, nullable=False),
    Column("raised_by", Text, nullable=False),
    Column("done", Moment),
    Column("done_by", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Index("question_meeting", "meeting"),
    sqlite_autoincrement=True,
)
