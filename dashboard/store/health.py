"""Asks whether the store can keep what is handed in: its file in its place, writable, with room."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError

from dashboard.base.language import Text
from dashboard.store.file_in_place import GONE, is_in_place
from dashboard.store.tables import store_version

LEAST_ROOM = 50 * 1024 * 1024  # bytes that must be free beside the database
# Raised where the database does not answer: down, locked for too long, its disk gone.
OUTAGES: tuple[type[Exception], ...] = (OperationalError, InterfaceError)
_NOT_READ = Text("数据库不能读取", "the database cannot be read")
_NOT_WRITABLE = Text("数据库文件不可写", "the database file cannot be written")
_NO_ROOM = Text("磁盘空间不足 50 MB", "less than 50 MB of the disk are free")


def trouble_of(engine: Engine) -> Text | None:
    """What keeps the store from taking figures; None where nothing does."""
    try:
        with engine.connect() as connection:
            if not is_in_place(connection):
                return GONE
            connection.execute(select(store_version.c.number)).scalar_one()
    except SQLAlchemyError:
        return _NOT_READ
    return _trouble_of_file(engine) if engine.dialect.name == "sqlite" else None


def _trouble_of_file(engine: Engine) -> Text | None:
    file = Path(str(engine.url.database))
    try:
        free = shutil.disk_usage(file.parent).free
    except OSError:
        return GONE
    if not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        return _NOT_WRITABLE
    return _NO_ROOM if free < LEAST_ROOM else None
