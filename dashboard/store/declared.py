"""Keeps indicators that a bureau declared on the screen; only added to."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Engine, func, select

from dashboard.base.language import Text
from dashboard.store.opening import StoreError
from dashboard.store.tables import declared_indicator
from dashboard.store.transaction import writing


class Declaration(NamedTuple):
    """An indicator's six fields; all but the name are ids. A ratio has the two it is made of."""

    name: str
    unit: str
    accumulation: str
    aggregation: str
    polarity: str
    topic: str
    numerator: str = ""
    denominator: str = ""


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
            Declaration(*(getattr(row, name) for name in Declaration._fields)),
            row.written_by,
            row.written,
        )
        for row in rows
    ]


def keep_declared(engine: Engine, declared: Declaration, by: str, when: datetime) -> str:
    """Keep an indicator; returns the id it was given.

    Raises StoreError where somebody else declared one of this name meanwhile.
    """
    table = declared_indicator
    with writing(engine) as connection:
        taken = connection.execute(select(table).where(table.c.name == declared.name)).first()
        if taken is not None:
            raise StoreError(
                Text(
                    f"“{declared.name}”刚刚已由{taken.written_by}定义，可以直接使用",
                    f"{taken.written_by} has just declared {declared.name!r}: it can be used",
                )
            )
        count = connection.execute(select(func.count()).select_from(table))
        identity = f"bureau_{count.scalar_one() + 1}"
        row = {"id": identity, **declared._asdict(), "written": when, "written_by": by}
        connection.execute(table.insert(), row)
    return identity
