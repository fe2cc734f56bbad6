"""Declares the tables of targets: every change of one, and what is said of its progress."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Double, Index, Integer, Table, Text

from dashboard.store.tables import Code, Moment, metadata

target = Table(  # what holds now; follows from target_change
    "target",
    metadata,
    Column("id", Code, primary_key=True),
    Column("indicator", Code, nullable=False),
    Column("area", Code, nullable=False),
    Column("period", Integer, nullable=False),
    Column("kind", Code, nullable=False),
    Column("value", Double, nullable=False),
    Column("since", Integer),
    Column("base", Double),
    Column("base_period", Integer),
    Column("source", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("tolerance", Double, nullable=False),
    Column("path", Code, nullable=False),
    Column("milestones", Text, nullable=False),  # 2024-03=100;2024-06=250
    Column("split_from", Code, nullable=False),
    Column("retired", Text, nullable=False),
    Column("grade", Code, nullable=False),
    Column("is_sample", Boolean, nullable=False),
    Index("target_area", "area", "period"),
)

target_change = Table(  # only added to
    "target_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("target", Code, nullable=False),
    Column("written", Moment, nullable=False),
    Column("written_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("place", Text, nullable=False),  # file, sheet and row it came with
    Column("sha256", Code, nullable=False),  # of that file; empty: not kept
    Column("before", Text, nullable=False),  # the row as JSON; empty where there was none
    Column("after", Text, nullable=False),
    Index("target_change_target", "target", "id"),
    sqlite_autoincrement=True,
)

commentary = Table(  # only added to: a new version stands beside the ones before
    "commentary",
    metadata,
    Column("target", Code, primary_key=True),
    Column("period", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("why_priority", Text, nullable=False),
    Column("how_doing", Text, nullable=False),
    Column("what_doing", Text, nullable=False),
    Column("written", Moment, nullable=False),
    Column("written_by", Text, nullable=False),
)
