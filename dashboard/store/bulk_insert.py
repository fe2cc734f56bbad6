"""Inserts many rows into one table at once, the way each engine takes them fastest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table

from dashboard.store.opening import CACHE_KIBIBYTES

Row = tuple[Any, ...]
_KIBIBYTES_PER_ROW = 4  # at worst each row lies on a page of its own
_MOST_KIBIBYTES = 128 * 1024


def insert_rows(
    connection: Connection, table: Table, rows: Sequence[Row], *, replace: bool = False
) -> None:
    """Insert rows whose values stand in the order of the table's columns.

    Values go to the driver as they are: whole numbers, floats, texts and None only. ``replace``
    puts each in place of the row with its key; elsewhere than on SQLite the caller has removed
    those before. Passing dictionaries through SQLAlchemy costs more than the insert itself.
    """
    if not rows:
        return
    names = [column.name for column in table.columns]
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {table.name} ({', '.join(names)}) FROM STDIN", rows)
        return
    verb = "INSERT OR REPLACE" if replace else "INSERT"
    marks = ", ".join("?" * len(names))
    statement = f"{verb} INTO {table.name} ({', '.join(names)}) VALUES ({marks})"
    connection.exec_driver_sql(statement, rows if isinstance(rows, list) else list(rows))


def room_for(connection: Connection, rows: int) -> None:
    """Let SQLite hold the pages that so many rows touch, instead of writing them out midway.

    The connection gives the room back when it is returned to the pool.
    """
    if connection.dialect.name == "sqlite":
        kibibytes = min(max(CACHE_KIBIBYTES, rows * _KIBIBYTES_PER_ROW), _MOST_KIBIBYTES)
        connection.exec_driver_sql(f"PRAGMA cache_size = -{kibibytes:d}")


def _copy(connection: Connection, statement: str, rows: Iterable[Row]) -> None:
    cursor = connection.connection.cursor()
    try:
        with cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    finally:
        cursor.close()
