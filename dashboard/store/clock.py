"""Asks the store what time it is, so that what is scheduled is compared with one clock."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, Engine

# As moments are stored: without a zone, in UTC. SQLite has no microseconds.
NOW = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now')",
    "postgresql": "(statement_timestamp() AT TIME ZONE 'UTC')",
}


def present(connection: Connection) -> datetime:
    """The present moment by the clock of the database."""
    moment = connection.exec_driver_sql(f"SELECT {NOW[connection.dialect.name]}").scalar_one()
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return moment.replace(tzinfo=UTC)


def present_of(engine: Engine) -> datetime:
    """The present moment by the clock of the database behind an engine."""
    with engine.connect() as connection:
        return present(connection)
