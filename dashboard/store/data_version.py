"""The data version: a number that grows with every transaction that changes figures."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, select, update

from dashboard.store.tables import store_version


def data_version(engine: Engine) -> int:
    """The version of the data as it is stored now; what is cached belongs to one of them."""
    with engine.connect() as connection:
        return connection.execute(select(store_version.c.number)).scalar_one()


def count_up(connection: Connection) -> None:
    """Counts the version up; within a transaction, where it makes other writers queue."""
    connection.execute(update(store_version).values(number=store_version.c.number + 1))
