"""The tables of what leaves the house: receipts, agendas of meetings, questions raised there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Index, Integer, Table, Text
from sqlalchemy.types import TypeEngine

from dashboard.store.tables import Code, Moment, metadata


def given(kind: type[TypeEngine[Any]] | TypeEngine[Any], *names: str) -> Iterator[Column[Any]]:
    """Columns of one type that hold something in every row."""
    return (Column(name, kind, nullable=False) for name in names)


receipt = Table(  # only added to
    "receipt",
    metadata,
    Column("code", Code, primary_key=True),
    Column("digest", Code, nullable=False, unique=True),  # of what is the same view
    *given(Code, "kind"),  # chart, report, view
    *given(Text, "ref", "query"),  # ref: a chart's, a plan as JSON, or a page's path
    *given(Moment, "known"),
    *given(Integer, "version"),
    *given(Moment, "made"),
    *given(Text, "made_by"),
    # JSON: the figures it covers, each with its value; empty where it was not said
    Column("covers", Text, nullable=False, server_default=""),
)

meeting = Table(
    "meeting",
    metadata,
    Column("id", Code, primary_key=True),
    *given(Text, "title"),
    *given(Code, "held", "area"),  # held: 2024-10-08
    *given(Text, "query"),
    *given(Moment, "known", "made"),
    *given(Text, "made_by"),
    Index("meeting_held", "held"),
)

meeting_page = Table(
    "meeting_page",
    metadata,
    Column("id", Integer, primary_key=True),
    *given(Code, "meeting"),
    *given(Integer, "place"),
    *given(Code, "kind"),  # chart, topic, target
    *given(Text, "ref", "query", "note"),
    Index("meeting_page_meeting", "meeting", "place"),
    sqlite_autoincrement=True,
)

question = Table(
    "question",
    metadata,
    Column("id", Integer, primary_key=True),
    *given(Code, "meeting", "kind"),
    *given(Text, "ref", "query", "asked", "owner"),
    *given(Code, "due"),
    *given(Moment, "raised"),
    *given(Text, "raised_by"),
    Column("done", Moment),
    *given(Text, "done_by", "answer"),
    Index("question_meeting", "meeting"),
    sqlite_autoincrement=True,
)
