"""Declares the tables of registers: the institutions of a list, and what each adds to which figure.

No persons: a list is freed of them before it is kept. Rows are only added to; those of a withdrawn
submission stay and count no more.
"""

from __future__ import annotations

from sqlalchemy import Column, Double, ForeignKey, Index, Integer, Table, Text

from dashboard.store.tables import Code, metadata, submission

register_row = Table(
    "register_row",
    metadata,
    Column("submission", ForeignKey(submission.c.id), primary_key=True, autoincrement=False),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("sheet_row", Integer, nullable=False),
    Column("area", Code, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),  # the type it counts to; empty: none
    Column("type", Text, nullable=False),  # as printed
    Column("nature", Text, nullable=False),
    Column("code", Code, nullable=False),
    Column("community", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("standing", Code, nullable=False),  # open, ended or planned at the list's date
    Column("established", Code, nullable=False),  # 2019, 2019-03 or 2019-03-01
    Column("ended", Code, nullable=False),
    Column("beds", Double),
    Column("nursing_beds", Double),
    Column("residents", Double),
    Index("register_row_area", "area", "submission"),
)

register_part = Table(  # the amounts of an indicator in an area add up to the figure
    "register_part",
    metadata,
    Column("submission", ForeignKey(submission.c.id), primary_key=True, autoincrement=False),
    Column("indicator", Code, primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("amount", Double, nullable=False),
)
