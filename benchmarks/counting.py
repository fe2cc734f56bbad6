"""Counts what a page asks of the store: statements, rows handed over, and SQLite's own steps."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from dashboard.store.opening import Connection, Engine, event

STEPS = 100  # of SQLite's machine between two counts


@dataclass
class Work:
    """What was asked of a store, and the texts of the statements with the rows each gave.

    ``steps`` of SQLite's machine, in hundreds, grow with the rows that it looks at.
    """

    statements: int = 0
    rows: int = 0
    steps: int = 0
    texts: list[str] = field(default_factory=list)
    rows_of: Counter[str] = field(default_factory=Counter)


@contextmanager
def counted(engine: Engine) -> Iterator[Work]:
    """Count the statements, rows and steps of all connections of an SQLite store."""
    work = Work()

    def row(_cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> tuple[Any, ...]:
        work.rows += 1
        work.rows_of[work.texts[-1]] += 1
        return values

    def step() -> int:
        work.steps += 1
        return 0

    def note(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if statement != "BEGIN":
            work.statements += 1
            work.texts.append(statement)
        watch(connection.connection.dbapi_connection)

    def watch(connection: Any) -> None:  # noqa: ANN401 - the driver's
        connection.row_factory = row
        connection.set_progress_handler(step, STEPS)

    engine.dispose()  # connections made before are not watched
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield work
    finally:
        event.remove(engine, "before_cursor_execute", note)
        engine.dispose()
