"""Backs a store up while it is in use: database and files in one archive, with their digests."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from dashboard.base.file_refusals import why_not
from dashboard.base.language import Text
from dashboard.store.backup_archive import (
    DATABASE,
    FOLDERS,
    SINGLE,
    BackedUp,
    add_file,
    verify,
    write_manifest,
)
from dashboard.store.copying import save_as_sqlite
from dashboard.store.opening import Engine, StoreError
from dashboard.store.reader_engine import base_engine
from dashboard.store.sqlite_copy import copy_database, is_whole

DAMAGED = Text(
    "数据库已损坏，没有备份；请运行 doctor，并恢复较早的备份",
    "the database is damaged and was not backed up: run doctor, and restore an earlier backup",
)


def back_up(engine: Engine, home: Path, out: Path) -> BackedUp:
    """Write an archive of the store to ``out``, or into it where it is a folder.

    It is there whole or not at all, was read back after it was written, and is readable by its
    owner only. Raises StoreError for a damaged database, where the disk refuses, and where ``out``
    is neither a folder that is there nor a name that ends with .zip.
    """
    place = out if out.is_dir() or out.suffix.lower() != ".zip" else out.absolute().parent
    if not place.is_dir():
        raise StoreError(
            Text(
                f"没有文件夹 {place}，没有备份；请先建立文件夹，或写出以 .zip 结尾的文件名",
                f"there is no folder {place}, nothing was backed up: make it first, or name a"
                " file that ends with .zip",
            )
        )
    engine, now = base_engine(engine), datetime.now(UTC)
    file = out / f"dashboard-{now.astimezone():%Y%m%d-%H%M%S}.zip" if out.is_dir() else out
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=file.resolve().parent) as folder:
            return _written(engine, home, file, Path(folder))
    except OSError as error:
        reason = why_not(error, out)
        raise StoreError(
            Text(f"未能备份：{reason.zh}", f"the backup could not be written: {reason.en}")
        ) from error
    except SQLAlchemyError as error:
        raise StoreError(
            Text(f"未能备份：{error}", f"the backup could not be written: {error}")
        ) from error


def _written(engine: Engine, home: Path, file: Path, work: Path) -> BackedUp:
    snapshot, part = work / DATABASE, work / "archive"
    _take_snapshot(engine, snapshot)  # first: the files it names are there before it
    if not is_whole(snapshot):
        raise StoreError(DAMAGED)
    digests: dict[str, str] = {}
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in ((DATABASE, snapshot), *_files(home)):
            digest = add_file(archive, name, path)
            if digest:
                digests[name] = digest
        write_manifest(archive, datetime.now(UTC).isoformat(timespec="seconds"), digests)
    part.chmod(0o600)
    with part.open("rb") as written:
        os.fsync(written.fileno())
    verify(part)
    os.replace(part, file)
    return BackedUp(file, len(digests), file.stat().st_size)


def _take_snapshot(engine: Engine, file: Path) -> None:
    if engine.dialect.name == "sqlite":
        copy_database(Path(str(engine.url.database)).resolve(), file)
    else:
        save_as_sqlite(engine, file)


def _files(home: Path) -> Iterator[tuple[str, Path]]:
    for folder in FOLDERS:
        for path in sorted((home / folder).rglob("*")):
            if path.is_file() and path.suffix != ".part":
                yield path.relative_to(home).as_posix(), path
    for name in SINGLE:
        if (home / name).is_file():
            yield name, home / name
