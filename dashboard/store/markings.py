"""Keeps the words by which figures of an area and of months are marked, such as 征求意见稿."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Engine, insert, select

from dashboard.catalogue.periods import from_key
from dashboard.store.locks import Months
from dashboard.store.marking_tables import marking
from dashboard.store.transaction import writing


class Marking(NamedTuple):
    """Words that stand at the figures of an area, and of all below it, in months."""

    months: Months
    words: str
    written: datetime
    written_by: str


def read_markings(engine: Engine) -> list[Marking]:
    """The markings in force, by area and months; one without words is ended."""
    latest: dict[Months, Marking] = {}
    with engine.connect() as connection:
        for row in connection.execute(select(marking).order_by(marking.c.id)):
            months = Months(row.area, from_key(row.first), from_key(row.last))
            latest[months] = Marking(months, row.words, row.written, row.written_by)
    return sorted(one for one in latest.values() if one.words)


def write_marking(engine: Engine, new: Marking) -> None:
    """Mark an area and months from now on, or with empty words no longer; raises StoreError.

    The data version counts up: whatever was made before is made anew.
    """
    with writing(engine) as connection:
        connection.execute(
            insert(marking),
            {
                "area": new.months.area,
                "first": new.months.first.key,
                "last": new.months.last.key,
                "words": new.words,
                "written": new.written,
                "written_by": new.written_by,
            },
        )
