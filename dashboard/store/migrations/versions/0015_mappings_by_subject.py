"""Mappings by subject; declared ratios.

Mappings of street and year tables are kept by district, no longer for every table.

What a heading means was once remembered for all tables of a layout. Now it is remembered for one
subject, its headings and their unit. A store does not keep the titles of tables, so an old mapping
is carried over to each district whose figures it gave, with the title left open: it is proposed
there and applied to nothing by itself. One that gave no figures – a column that was left out, or an
indicator nobody handed in – is dropped. Both are traced: the last row of an old name is empty and
written by this migration.

An indicator that a bureau declares may be a ratio: of which two it is made.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import NamedTuple

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0013"
branch_labels = None
depends_on = None

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
LAYOUTS = ("street_table", "year_table")
CARRIED, DROPPED = "0015: carried over", "0015: dropped"
_WHY = "no figures came by it; it is asked again where it stands in a table"
_log = logging.getLogger("dashboard.store")


class _Old(NamedTuple):
    form: str
    name: str
    indicator: str
    written: datetime
    written_by: str


_mapping = sa.table(
    "mapping",
    sa.column("id", sa.Integer),
    sa.column("form", sa.String),
    sa.column("name", sa.Text),
    sa.column("indicator", sa.String),
    sa.column("written", sa.DateTime),
    sa.column("written_by", sa.Text),
)
_submission = sa.table("submission", *(sa.column(name) for name in ("id", "form", "area")))
_revision = sa.table("revision", *(sa.column(name) for name in ("indicator", "submission")))


def upgrade() -> None:
    """Add the columns of ratios, and carry the mappings over or drop them."""
    for name in ("numerator", "denominator"):
        column = sa.Column(name, CODE, nullable=False, server_default="")
        op.add_column("declared_indicator", column)
    _carry_over()


def _carry_over() -> None:
    """Carry the mappings over to the districts that used them; drop those that nobody used."""
    connection = op.get_bind()
    now = datetime.now(UTC).replace(tzinfo=None)
    for old in _latest(connection):
        districts = _districts(connection, old) if old.indicator else []
        new = [old._replace(form=f"street_table:{area}:") for area in districts]
        traced = CARRIED if districts else DROPPED
        gone = {"form": old.form, "name": old.name, "written": now, "written_by": traced}
        rows = [*(one._asdict() for one in new), {**gone, "indicator": None}]
        for row in rows:
            connection.execute(_mapping.insert().values(**row))
        if not districts:
            _log.warning("the mapping of %r in every %s is dropped: %s", old.name, old.form, _WHY)


def _latest(connection: sa.Connection) -> list[_Old]:
    """The mappings of whole layouts that count: the last word of each name, not taken back."""
    latest: dict[tuple[str, str], _Old | None] = {}
    asked = sa.select(_mapping).where(_mapping.c.form.in_(LAYOUTS)).order_by(_mapping.c.id)
    for row in connection.execute(asked):
        known = None
        if row.indicator is not None:
            known = _Old(row.form, row.name, row.indicator, row.written, row.written_by)
        latest[row.form, row.name] = known
    return [known for known in latest.values() if known is not None]


def _districts(connection: sa.Connection, old: _Old) -> list[str]:
    """The areas of the tables of this layout that gave figures of the indicator."""
    asked = (
        sa.select(_submission.c.area)
        .distinct()
        .where(
            _submission.c.form == old.form,
            _submission.c.id == _revision.c.submission,
            _revision.c.indicator == old.indicator,
        )
        .order_by(_submission.c.area)
    )
    return [area for area in connection.execute(asked).scalars() if area]
