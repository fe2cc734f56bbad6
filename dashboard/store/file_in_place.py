"""Notices that an SQLite file was removed or replaced while it is open.

A process goes on reading and writing a file that somebody has removed, and a new connection would
make an empty one in its place: what is handed in then would exist nowhere.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from dashboard.base.language import Text

Identity = tuple[int, int]
_OPENED: WeakKeyDictionary[Engine, Identity | None] = WeakKeyDictionary()
GONE = Text(
    "数据库文件已被移走或替换，没有保存；请管理员恢复文件后重新启动本系统",
    "the database file was removed or replaced, so nothing was stored; the administrator should put"
    " it back and start this program again",
)


class FileGone(sqlite3.OperationalError):
    """The database file is no longer the one that was opened."""


def watch_file(engine: Engine, path: str, first: Engine | None = None) -> None:
    """Let connections of this engine know their file; once it is open, make no other.

    ``first`` is an engine that has the file open already: the file is the one it opened.
    """
    opened = identity(path) if first is None else _OPENED.get(first, identity(path))
    _OPENED[engine] = opened

    @event.listens_for(engine, "do_connect")
    def refuse_another(
        _dialect: object, _record: object, _arguments: Sequence[Any], _options: dict[str, Any]
    ) -> None:
        if identity(path) != opened:
            raise FileGone(GONE.en)

    @event.listens_for(engine, "connect")
    def note(_connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        record.info["file"] = opened

    engine.dispose()  # those that were there before know nothing of it


def identity(path: str) -> Identity | None:
    """What tells a file from another one in its place; None where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def is_in_place(connection: Connection) -> bool:
    """Whether the file that the connection holds open is still the one at its path."""
    known = connection.info.get("file")
    return known is None or identity(str(connection.engine.url.database)) == known
