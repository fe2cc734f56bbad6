"""Opens a store as one reader sees it; what is written goes to the store itself."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from dashboard.store.opening import open_again
from dashboard.store.reader_views import Reader, view_statements

_BASES: WeakKeyDictionary[Engine, tuple[Engine, Reader]] = WeakKeyDictionary()


def reading_engine(engine: Engine, reader: Reader) -> Engine:
    """The store as this reader sees it: drafts are hidden or marked in every connection."""
    base = base_engine(engine)
    reading, dialect = open_again(base), base.dialect.name

    @event.listens_for(reading, "connect")
    def make_views(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        schema = "main"
        if dialect == "postgresql":
            cursor.execute("SELECT quote_ident(current_schema())")
            schema = str(cursor.fetchone()[0])  # type: ignore[index]
        for statement in view_statements(reader, dialect, schema):
            cursor.execute(statement)
        cursor.close()
        if dialect == "postgresql":
            connection.commit()

    _BASES[reading] = (base, reader)
    return reading


def base_engine(engine: Engine) -> Engine:
    """The store itself, which is written to and copied."""
    return _BASES[engine][0] if engine in _BASES else engine


def limited_reader(engine: Engine) -> Reader | None:
    """Whose view leaves drafts out; None for the store itself and for who sees all."""
    reader = reader_of(engine)
    return None if reader is None or reader.sees_all else reader


def reader_of(engine: Engine) -> Reader | None:
    """Whose view of the store an engine gives; None for the store itself."""
    return _BASES[engine][1] if engine in _BASES else None
