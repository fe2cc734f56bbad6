"""Finds the figures any version of which is a small count: exports suppress them."""

from __future__ import annotations

from sqlalchemy import Engine, and_, func, select

from dashboard.catalogue.periods import Period, from_key
from dashboard.store.query import Query, conditions
from dashboard.store.tables import revision


def small_values(engine: Engine, query: Query, least: int) -> set[tuple[str, str, Period]]:
    """Indicator, area and period of every asked value below ``least`` that is not zero.

    Of all versions, superseded and withdrawn ones too: lists of versions leave as well.
    """
    size = func.abs(revision.c.value)
    small: set[tuple[str, str, Period]] = set()
    with engine.connect() as connection:
        for wanted in conditions(query, revision):
            keys = select(revision.c.indicator, revision.c.area, revision.c.period).distinct()
            rows = connection.execute(keys.where(and_(*wanted, size > 0, size < least)))
            small |= {(name, area, from_key(period)) for name, area, period in rows}
    return small
