"""Copies a whole store into an empty one, between SQLite and PostgreSQL.

An archive of a backup holds a SQLite file, whatever engine the store has: so what was backed up on
one is restored on the other.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import (
    Connection,
    Double,
    Engine,
    Integer,
    String,
    Table,
    delete,
    func,
    insert,
    select,
)

from dashboard.base.language import Text
from dashboard.store import (
    access_tables,
    approval_tables,
    marking_tables,
    meeting_tables,
    plans,
    publication_tables,
    register_tables,
    target_tables,
)
from dashboard.store.access_tables import account
from dashboard.store.bulk_insert import insert_rows
from dashboard.store.opening import StoreError, open_store
from dashboard.store.tables import submission

BATCH = 20_000  # rows
# All parts declare their tables in one place; importing them here has them all there.
_PARTS = (
    access_tables,
    approval_tables,
    marking_tables,
    meeting_tables,
    plans,
    publication_tables,
    register_tables,
    target_tables,
)
(WHOLE,) = {part.metadata for part in _PARTS}  # every table of a store
_PLAIN = (Integer, Double, String)  # values that both drivers take and give as they are


def save_as_sqlite(engine: Engine, file: Path) -> None:
    """Write a new SQLite file with all of a store as it is at one moment, whatever is written."""
    target = open_store(f"sqlite:///{file.as_posix()}")
    try:
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as source:
            _copy(source, target)
    finally:
        target.dispose()
    with closing(sqlite3.connect(file)) as whole:
        whole.execute("PRAGMA journal_mode = DELETE")
    file.chmod(0o600)


def load_from_sqlite(file: Path, url: str) -> None:
    """Copy a SQLite file's store, of this version or an older one, into an empty database.

    Raises StoreError where the database holds anything.
    """
    source, target = open_store(f"sqlite:///{file.as_posix()}"), open_store(url)
    try:
        _refuse_filled(target)
        with source.connect() as connection:
            _copy(connection, target)
    finally:
        source.dispose()
        target.dispose()


def _refuse_filled(engine: Engine) -> None:
    with engine.connect() as connection:
        for table in (submission, account):
            if connection.scalar(select(func.count()).select_from(table)):
                raise StoreError(
                    Text(
                        "数据库中已有内容；恢复需要一个空的数据库",
                        "the database holds something already: an empty one is needed",
                    )
                )


def _copy(source: Connection, target: Engine) -> None:
    """Copy every table in one transaction of the target."""
    with target.begin() as connection:
        tables = WHOLE.sorted_tables  # those that others refer to come first
        for table in reversed(tables):
            connection.execute(delete(table))  # the first version number, which a new store has
        for table in tables:
            _copy_table(source, connection, table)
            if connection.dialect.name == "postgresql" and "id" in table.c:
                _count_on(connection, table)


def _copy_table(source: Connection, target: Connection, table: Table) -> None:
    plain = all(isinstance(column.type, _PLAIN) for column in table.columns)
    statement = select(table).execution_options(yield_per=BATCH)
    for rows in source.execute(statement).partitions():
        if plain:
            insert_rows(target, table, [tuple(row) for row in rows])
        else:
            target.execute(insert(table), [dict(row._mapping) for row in rows])


def _count_on(connection: Connection, table: Table) -> None:
    """Let the database give the numbers after those that were copied."""
    if isinstance(table.c.id.type, Integer):
        sequence = func.pg_get_serial_sequence(table.name, "id")
        connection.execute(select(func.setval(sequence, func.max(table.c.id))))
