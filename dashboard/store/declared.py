"""Indicators that a bureau declared on the screen; only added to."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Engine, func, select

from dashboard.store.tables import declared_indicator
from dashboard.store.transaction import writing


class Declaration(NamedTuple):
    """An indicator's six fields; all but the name are ids."""

    name: str
    unit: str
    accumulation: str
    aggregation: str
    polarity: str
    topic: str


class StoredDeclaration(NamedTuple):
    """The same as it is kept, with its id, who declared it and when."""

    id: str
    fields: Declaration
    by: str
    when: datetime


def read_declared(engine: Engine) -> list[StoredDeclaration]:
    """All declared indicators, in the order in which they were declared."""
    table = declared_indicator
    with engine.connect() as connection:
        rows = connection.execute(select(table).order_by(table.c.written, table.c.id)).all()
    return [
        StoredDeclaration(
            row.id,
            Declaration(
                row.name, row.unit, row.accumulation, row.aggregation, row.polarity, row.topic
            ),
            row.written_by,
            row.written,
        )
        for row in rows
    ]


def keep_declared(engine: Engine, declared: Declaration, by: str, when: datetime) -> str:
    """Keep an indicator; returns the id it was given. Raises StoreError."""
    with writing(engine) as connection:
        count = connection.execute(select(func.count()).select_from(declared_indicator))
        identity = f"bureau_{count.scalar_one() + 1}"
        row = {"id": identity, **declared._asdict(), "written": when, "written_by": by}
        connection.execute(declared_indicator.insert(), row)
    return identity
