"""Declares the tables. Schema changes go through ``migrations/``; a test compares both.

``revision`` holds every figure ever received and is only added to. ``observation`` is what follows
from it: the current figure of each key (indicator, area, period, kind), which can be rebuilt at any
time. Periods stand as whole numbers (202409), values in base units, times in UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    and_,
    false,
)
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A moment, kept in UTC without its zone so that both engines order it the same way."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC; a time without a zone is taken as this machine's."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment with its zone, UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


# Codes and ids compare byte by byte everywhere: PostgreSQL would otherwise ask the locale.
Code = String().with_variant(String(collation="C"), "postgresql")

# A value is missing exactly where the status says why: not reported, suppressed or blank.
# Written out, for SQLite makes a table of an IN list for every single row.
VALUE_OR_REASON = "(value IS NULL) = (status = 'L' OR status = 'S' OR status = 'B')"

metadata = MetaData()

submission = Table(
    "submission",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("title", Text, nullable=False),  # of the source, where all figures have the same one
    Column("area", Code, nullable=False),
    Column("period", Integer),
    Column("grade", Code, nullable=False),
    Column("received", Moment, nullable=False),
    Column("submitted_by", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("is_sample", Boolean, nullable=False),
    Column("figures", Integer, nullable=False),
    Column("findings", Integer, nullable=False),
    Column("sha256", Code, nullable=False, server_default=""),  # of the file; empty: not kept
    Column("withdrawn", Moment),
    Column("withdrawn_by", Text, nullable=False, server_default=""),
    Column("withdrawn_reason", Text, nullable=False, server_default=""),
    Column("returned", Boolean, nullable=False, server_default=false()),  # to be handed in anew
    # The ids of those a table without a form number states, by comma; empty where they are many.
    Column("indicators", Text, nullable=False, server_default=""),
    Index("submission_sha256", "sha256"),
    sqlite_autoincrement=True,  # the number of a removed submission is never given to another
)

revision = Table(
    "revision",
    metadata,
    Column("indicator", Code, primary_key=True),
    Column("area", Code, primary_key=True),
    Column("period", Integer, primary_key=True, autoincrement=False),
    Column("kind", Code, primary_key=True),
    Column("submission", ForeignKey(submission.c.id), primary_key=True, autoincrement=False),
    Column("sequence", Integer, primary_key=True, autoincrement=False),  # order within submission
    Column("value", Double),
    Column("status", Code, nullable=False),
    Column("since", Integer),
    Column("sheet", Text, nullable=False),
    Column("sheet_row", Integer, nullable=False),
    Column("sheet_column", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("phrase", Text, nullable=False),
    Column("rounding", Double),  # half of the last printed digit, in base units
    Column("qualifier", Text, nullable=False, server_default=""),  # 约, 多: stated as approximate
    CheckConstraint(VALUE_OR_REASON, name="revision_value_or_reason"),
    Index("revision_submission", "submission", "sequence"),
    sqlite_with_rowid=False,
)

# Who reported what when, counted: figures a submission states itself for an area and a period, not
# those it prints beside them for comparison. The board of who has reported reads only this.
reported = Table(
    "reported",
    metadata,
    Column("area", Code, primary_key=True),
    Column("submission", ForeignKey(submission.c.id), primary_key=True, autoincrement=False),
    Column("period", Integer, primary_key=True, autoincrement=False),
    Column("figures", Integer, nullable=False),
    Column("given", Integer, nullable=False),  # those with a value, or withheld on purpose
    Index("reported_submission", "submission"),
    sqlite_with_rowid=False,
)

# No foreign key here: revision has it, and one more check per figure would buy nothing.
observation = Table(
    "observation",
    metadata,
    Column("indicator", Code, primary_key=True),
    Column("area", Code, primary_key=True),
    Column("period", Integer, primary_key=True, autoincrement=False),
    Column("kind", Code, primary_key=True),
    Column("value", Double),
    Column("status", Code, nullable=False),
    Column("since", Integer),
    Column("submission", Integer, nullable=False),
    Column("qualifier", Text, nullable=False, server_default=""),
    CheckConstraint(VALUE_OR_REASON, name="observation_value_or_reason"),
    # all that the questions "where and when is there anything" ask for, so that they read only this
    Index("observation_place", "area", "period", "indicator", "kind", "value"),
    sqlite_with_rowid=False,
)

finding = Table(
    "finding",
    metadata,
    Column("submission", ForeignKey(submission.c.id), primary_key=True, autoincrement=False),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("severity", Code, nullable=False),
    Column("rule", Code, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("sheet_row", Integer, nullable=False),
    Column("sheet_column", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("message_zh", Text, nullable=False),
    Column("message_en", Text, nullable=False),
    Column("area", Code),  # of the figure it is about; NULL where that is not known
)

area = Table(
    "area",
    metadata,
    Column("code", Code, primary_key=True),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("level", Code, nullable=False),
    Column("parent", Code, nullable=False),
    Column("valid_from", Integer),
    Column("valid_to", Integer),
    Column("predecessor", Code, nullable=False),
    Column("aliases", Text, nullable=False),  # one a line
    Column("tile_row", Integer),
    Column("tile_column", Integer),
)

boundary = Table(  # the outline of an area as it is drawn; the latest of an area that counts
    "boundary",
    metadata,
    Column("submission", ForeignKey(submission.c.id), primary_key=True, autoincrement=False),
    Column("area", Code, primary_key=True),
    Column("rings", Text, nullable=False),  # JSON: rings of points of longitude and latitude
    Index("boundary_area", "area", "submission"),
)

area_change = Table(  # merged, split, renamed; a pair of old and new area a row
    "area_change",
    metadata,
    Column("submission", ForeignKey(submission.c.id), primary_key=True, autoincrement=False),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("period", Integer, nullable=False),
    Column("kind", Code, nullable=False),
    Column("old", Code, nullable=False),
    Column("new", Code, nullable=False),
    Column("rule", Code, nullable=False),
    Column("share", Double, nullable=False),
    Column("source", Text, nullable=False),
    Column("sheet_row", Integer, nullable=False),
)

logbook = Table(  # periods locked and unlocked; only added to
    "logbook",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("written", Moment, nullable=False),
    Column("written_by", Text, nullable=False),
    Column("act", Code, nullable=False),
    Column("area", Code, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_autoincrement=True,
)

mapping = Table(  # what people have said unknown lines of a form mean; only added to, the last wins
    "mapping",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("form", Code, nullable=False),
    Column("name", Text, nullable=False),  # as printed
    Column("indicator", Code),  # empty: leave the line out; NULL: the mapping was taken back
    Column("written", Moment, nullable=False),
    Column("written_by", Text, nullable=False),
    sqlite_autoincrement=True,
)

declared_indicator = Table(  # a bureau's own, declared on the screen
    "declared_indicator",
    metadata,
    Column("id", Code, primary_key=True),
    Column("name", Text, nullable=False),
    Column("unit", Code, nullable=False),
    Column("accumulation", Code, nullable=False),
    Column("aggregation", Code, nullable=False),
    Column("polarity", Code, nullable=False),
    Column("topic", Code, nullable=False),
    Column("numerator", Code, nullable=False, server_default=""),  # of a ratio, else empty
    Column("denominator", Code, nullable=False, server_default=""),
    Column("written", Moment, nullable=False),
    Column("written_by", Text, nullable=False),
)

# What the current figures come to, kept when they change, so that no page counts them. ``offered``
# are those that ``shown`` gives; ``version`` is the data version in which an area's last changed,
# ``grade`` that of any of its figures.
held = Table(
    "held",
    metadata,
    Column("area", Code, primary_key=True),
    Column("indicator", Code, primary_key=True),
    Column("figures", Integer, nullable=False),
    Column("offered", Integer, nullable=False),
    sqlite_with_rowid=False,
)

area_figures = Table(
    "area_figures",
    metadata,
    Column("area", Code, primary_key=True),
    Column("offered", Integer, nullable=False),
    Column("grade", Code, nullable=False),
    Column("version", Integer, nullable=False),
    Index("area_figures_version", "version"),
    sqlite_with_rowid=False,
)

store_version = Table(
    "store_version",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    # the version in which the last change came that is not one of figures of single areas
    Column("common", Integer, nullable=False, server_default="0"),
    # whether viewers see what is published alone
    Column("publication", Boolean, nullable=False, server_default=false()),
    CheckConstraint("id = 1", name="store_version_one_row"),
)

# What identifies a figure, in the order in which figures lie next to each other.
KEY = ("indicator", "area", "period", "kind")


def shown(figures: FromClause) -> ColumnElement[bool]:
    """What a reader can be offered of these figures: a value that was or applies, not one to be."""
    return and_(figures.c.value.is_not(None), figures.c.kind.in_(("actual", "standard")))
