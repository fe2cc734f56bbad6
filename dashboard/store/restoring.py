"""Restores a backup: checks all of it first, then puts it in place."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from datetime import datetime
from pathlib import Path, PurePosixPath

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from dashboard.base.file_refusals import why_not
from dashboard.base.language import Text
from dashboard.base.private_files import FILE, make_private_folder
from dashboard.store.backup_archive import (
    DATABASE,
    FOLDERS,
    SINGLE,
    BackedUp,
    damaged,
    read_file,
    read_manifest,
)
from dashboard.store.copying import load_from_sqlite
from dashboard.store.opening import StoreError
from dashboard.store.sqlite_copy import is_whole

_SUFFIXES = ("", "-wal", "-shm")


def restore(file: Path, home: Path, url: str = "", *, replace: bool = False) -> BackedUp:
    """Put an archive's content into a home folder, once all of it was checked.

    ``url`` is the database's address where it stands elsewhere; one of PostgreSQL has to be empty.
    With ``replace`` a database file that is there is kept beside it under another name. Raises
    StoreError for a file that is not there or no archive, an archive that is damaged or of a newer
    version, a database that is there and one that is in use.
    """
    _refuse_other(file)
    database = _file_of(url) if url else home / DATABASE
    if database is not None and database.exists() and not replace:
        raise StoreError(
            Text(
                f"{database} 已存在；要替换请加 --replace（原来的会留在旁边）",
                f"{database} is there already; --replace puts this one in its place and keeps it"
                " beside",
            )
        )
    try:
        make_private_folder(home)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=home) as folder:
            count = _unpack(file, Path(folder))
            if not is_whole(Path(folder) / DATABASE):
                raise damaged(DATABASE)
            if database is None:
                load_from_sqlite(Path(folder) / DATABASE, url)
            elif database.exists():
                _set_aside(database)
            _put_in_place(Path(folder), home, database)
    except OSError as error:
        reason = why_not(error, file, home)
        raise StoreError(
            Text(f"未能恢复：{reason.zh}", f"the backup could not be restored: {reason.en}")
        ) from error
    except (zipfile.BadZipFile, sqlite3.Error, SQLAlchemyError) as error:
        raise StoreError(
            Text(f"未能恢复：{error}", f"the backup could not be restored: {error}")
        ) from error
    return BackedUp(file, count, file.stat().st_size)


def _refuse_other(file: Path) -> None:
    """Raises StoreError for what is no archive, before the home folder is looked at."""
    try:
        with file.open("rb") as opened:
            if zipfile.is_zipfile(opened):
                return
    except OSError as error:
        reason = why_not(error, file)
    else:
        reason = Text(f"{file} 不是备份文件", f"{file} is no backup")
    raise StoreError(
        Text(
            f"{reason.zh}；要恢复，请给出 backup 命令写出的 .zip 文件",
            f"{reason.en}; to restore, name a .zip file that the command backup wrote",
        )
    )


def _file_of(url: str) -> Path | None:
    """The file of a SQLite address; None for PostgreSQL."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return Path(str(address.database)).resolve()
    return None


def _unpack(file: Path, folder: Path) -> int:
    """Unpack what the manifest names into the folder, checked; returns how many files."""
    with zipfile.ZipFile(file) as archive:
        manifest = read_manifest(archive)
        for name, digest in manifest.files.items():
            if not _is_ours(name):
                raise damaged(name)
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as opened:
                read_file(archive, name, digest, opened)
    return len(manifest.files)


def _is_ours(name: str) -> bool:
    """Whether an archive's file belongs into a home folder, and not beside or above it."""
    parts = PurePosixPath(name).parts
    if name in (DATABASE, *SINGLE):
        return True
    plain = not any(part in ("..", "/") or "\\" in part or ":" in part for part in parts)
    return plain and len(parts) > 1 and parts[0] in FOLDERS


def _set_aside(database: Path) -> None:
    """Give a database that nobody has open another name; raises StoreError where somebody has."""
    in_use = StoreError(
        Text("数据库正在使用，请先停止本系统", "the database is in use: stop the dashboard first")
    )
    with closing(sqlite3.connect(database, timeout=1)) as opened:
        try:  # leaving WAL needs to be the only one, and puts all that was written into one file
            mode = opened.execute("PRAGMA journal_mode = DELETE").fetchone()
        except sqlite3.OperationalError as error:
            raise in_use from error
        except sqlite3.DatabaseError:
            mode = ("delete",)  # damaged: it is replaced, and kept
    if mode != ("delete",):
        raise in_use
    stamp = f"{datetime.now():%Y%m%d-%H%M%S}"
    for suffix in _SUFFIXES:
        old = Path(f"{database}{suffix}")
        if old.exists():
            old.rename(f"{database}.replaced-{stamp}{suffix}")


def _put_in_place(folder: Path, home: Path, database: Path | None) -> None:
    """Move what was unpacked, a database file last: until then nothing refers to the rest."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not name.as_posix().startswith(DATABASE):
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, home / name)
    if database is not None:
        make_private_folder(database.parent)
        (folder / DATABASE).chmod(FILE)
        shutil.move(folder / DATABASE, database)
