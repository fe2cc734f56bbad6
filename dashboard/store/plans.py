"""Keeps saved reports by name. A version is only ever added; removing adds one that says so."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Boolean, Column, Connection, Engine, Integer, Table, Text, func, select

from dashboard.base.language import Text as Words
from dashboard.store.opening import StoreError
from dashboard.store.tables import Code, Moment, metadata
from dashboard.store.transaction import writing

report_plan = Table(  # only added to
    "report_plan",
    metadata,
    Column("name", Code, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("content", Text, nullable=False),  # the plan as JSON
    Column("is_removed", Boolean, nullable=False),
    Column("written", Moment, nullable=False),
    Column("written_by", Text, nullable=False),
)


class PlanRow(NamedTuple):
    """One version of a saved report; ``content`` is JSON."""

    name: str
    version: int
    content: str
    is_removed: bool
    written: datetime
    written_by: str


def read_plans(engine: Engine) -> list[PlanRow]:
    """The latest version of every report that was not removed, by name."""
    with engine.connect() as connection:
        return [row for row in _latest(connection).values() if not row.is_removed]


def keep_plan(engine: Engine, name: str, content: str, by: str) -> int:
    """Keeps a plan under its name and returns the number of the version."""
    with writing(engine) as connection:
        return _add(connection, name, content, by, removed=False)


def rename_plan(engine: Engine, name: str, new: str, content: str, by: str) -> None:
    """Gives a report another name; ``content`` is the plan under it. Raises StoreError."""
    with writing(engine) as connection:
        latest = _latest(connection)
        if new in latest and not latest[new].is_removed:
            raise StoreError(
                Words(f"已有名为“{new}”的报告模板", f"{new!r} is the name of another report")
            )
        old = _known(latest, name)
        _add(connection, name, old.content, by, removed=True)
        _add(connection, new, content, by, removed=False)


def remove_plan(engine: Engine, name: str, by: str) -> None:
    """Lists a report no more; its versions stay. Raises StoreError."""
    with writing(engine) as connection:
        old = _known(_latest(connection), name)
        _add(connection, name, old.content, by, removed=True)


def _known(latest: dict[str, PlanRow], name: str) -> PlanRow:
    row = latest.get(name)
    if row is None or row.is_removed:
        raise StoreError(Words(f"没有报告模板“{name}”", f"there is no saved report {name!r}"))
    return row


def _latest(connection: Connection) -> dict[str, PlanRow]:
    asked = select(report_plan).order_by(report_plan.c.name, report_plan.c.version)
    return {row.name: PlanRow(*row) for row in connection.execute(asked)}


def _add(connection: Connection, name: str, content: str, by: str, *, removed: bool) -> int:
    last = select(func.max(report_plan.c.version)).where(report_plan.c.name == name)
    version = (connection.execute(last).scalar() or 0) + 1
    connection.execute(
        report_plan.insert().values(
            name=name,
            version=version,
            content=content,
            is_removed=removed,
            written=datetime.now(UTC),
            written_by=by,
        )
    )
    return version
