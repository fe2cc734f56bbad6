"""Backs a store up while it is in use: database and files in one archive, with their digests."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from sqlalchemy import make_url

from dashboard.base.language import Text
from dashboard.store.opening import Engine, StoreError, newest_schema

DATABASE, MANIFEST = "dashboard.sqlite", "manifest.json"
FOLDERS = ("received", "catalogue", "templates")  # of the home folder, beside the database
SINGLE = ("samples.unwanted",)
_PIECE = 1024 * 1024
_SUFFIXES = ("", "-wal", "-shm")


class BackedUp(NamedTuple):
    """An archive: how many files it holds, and how many bytes it has."""

    file: Path
    files: int
    size: int


def copy_database(source: Path, target: Path) -> None:
    """Copy a database through SQLite, consistent whatever is written meanwhile; raises OSError."""
    target.unlink(missing_ok=True)
    try:
        with (
            closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")
        target.chmod(0o600)
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        raise OSError(f"{target}: {error}") from error


def back_up(engine: Engine, home: Path, out: Path) -> BackedUp:
    """Write an archive of the store to ``out``, or into it where it is a folder.

    It is there whole or not at all, readable by its owner only. Raises StoreError for PostgreSQL,
    and where the disk refuses.
    """
    if engine.dialect.name != "sqlite":
        raise StoreError(
            Text(
                "PostgreSQL 请用 pg_dump 备份，另外复制 received、catalogue、templates 文件夹",
                "back PostgreSQL up with pg_dump, and copy the folders received, catalogue,"
                " templates",
            )
        )
    now = datetime.now(UTC)
    file = out / f"dashboard-{now.astimezone():%Y%m%d-%H%M%S}.zip" if out.is_dir() else out
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=file.resolve().parent) as folder:
            return _written(Path(str(engine.url.database)), home, file, Path(folder))
    except OSError as error:
        raise StoreError(
            Text(f"未能备份：{error}", f"the backup could not be written: {error}")
        ) from error


def _written(database: Path, home: Path, file: Path, work: Path) -> BackedUp:
    snapshot, part = work / DATABASE, work / "archive"
    copy_database(database.resolve(), snapshot)  # first: the files it names are there before it
    digests: dict[str, str] = {}
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in ((DATABASE, snapshot), *_files(home)):
            digest = _add(archive, name, path)
            if digest:
                digests[name] = digest
        made = datetime.now(UTC).isoformat(timespec="seconds")
        about = {"made": made, "schema": newest_schema(), "files": digests}
        archive.writestr(MANIFEST, json.dumps(about, ensure_ascii=False, indent=1))
    part.chmod(0o600)
    with part.open("rb") as written:
        os.fsync(written.fileno())
    os.replace(part, file)
    return BackedUp(file, len(digests), file.stat().st_size)


def _files(home: Path) -> Iterator[tuple[str, Path]]:
    for folder in FOLDERS:
        for path in sorted((home / folder).rglob("*")):
            if path.is_file() and path.suffix != ".part":
                yield path.relative_to(home).as_posix(), path
    for name in SINGLE:
        if (home / name).is_file():
            yield name, home / name


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    """Add a file; its digest, empty where it was removed meanwhile (samples were taken out)."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as source:
            info = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=True) as target:
                while piece := source.read(_PIECE):
                    digest.update(piece)
                    target.write(piece)
    except FileNotFoundError:
        return ""
    return digest.hexdigest()


# ---- restoring ----


def restore(file: Path, home: Path, url: str = "", *, replace: bool = False) -> BackedUp:
    """Put an archive's content into a home folder, once all of it was checked.

    ``url`` is the database's address where it stands elsewhere. With ``replace`` a database that
    is there is kept beside it under another name. Raises StoreError for an archive that is damaged
    or of a newer version, a database that is there and one that is in use.
    """
    database = _place(url) if url else home / DATABASE
    if database.exists() and not replace:
        raise StoreError(
            Text(
                f"{database} 已存在；要替换请加 --replace（原来的会留在旁边）",
                f"{database} is there already; --replace puts this one in its place and keeps it"
                " beside",
            )
        )
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=home) as folder:
            count = _unpack(file, Path(folder))
            _check_database(Path(folder) / DATABASE)
            if database.exists():
                _set_aside(database)
            _put_in_place(Path(folder), home, database)
    except (OSError, zipfile.BadZipFile, sqlite3.Error) as error:
        raise StoreError(
            Text(f"未能恢复：{error}", f"the backup could not be restored: {error}")
        ) from error
    return BackedUp(file, count, file.stat().st_size)


def _place(url: str) -> Path:
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        raise StoreError(
            Text(
                "备份只能恢复为 SQLite；请先取消 DASHBOARD_DATABASE_URL",
                "a backup is restored as SQLite: unset DASHBOARD_DATABASE_URL first",
            )
        )
    return Path(address.database).resolve()


def _damaged(name: str) -> StoreError:
    return StoreError(
        Text(
            f"备份已损坏或不完整：{name}；没有恢复任何内容",
            f"the backup is damaged or not complete: {name}; nothing was restored",
        )
    )


def _unpack(file: Path, folder: Path) -> int:
    """Unpack what the manifest names into the folder, checked; returns how many files."""
    with zipfile.ZipFile(file) as archive:
        try:
            about = json.loads(archive.read(MANIFEST))
            digests, schema = dict(about["files"]), str(about["schema"])
        except (KeyError, ValueError, TypeError) as error:
            raise _damaged(MANIFEST) from error
        if schema > newest_schema():
            raise StoreError(
                Text(
                    f"备份来自更新的版本（{schema}），请先更新本程序",
                    f"the backup is of a newer version ({schema}); update the program first",
                )
            )
        if DATABASE not in digests:
            raise _damaged(DATABASE)
        for name, digest in digests.items():
            if not _is_ours(name):
                raise _damaged(name)
            _unpack_one(archive, name, folder / name, digest)
    return len(digests)


def _unpack_one(archive: zipfile.ZipFile, name: str, target: Path, expected: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    try:
        with archive.open(name) as source, target.open("wb") as opened:
            while piece := source.read(_PIECE):
                digest.update(piece)
                opened.write(piece)
    except (KeyError, zipfile.BadZipFile, EOFError) as error:
        raise _damaged(name) from error
    if digest.hexdigest() != expected:
        raise _damaged(name)


def _is_ours(name: str) -> bool:
    """Whether an archive's file belongs into a home folder, and not beside or above it."""
    parts = PurePosixPath(name).parts
    if name in (DATABASE, *SINGLE):
        return True
    plain = not any(part in ("..", "/") or "\\" in part or ":" in part for part in parts)
    return plain and len(parts) > 1 and parts[0] in FOLDERS


def _check_database(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise _damaged(DATABASE)


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


def _put_in_place(folder: Path, home: Path, database: Path) -> None:
    """Move what was unpacked, the database last: until then nothing refers to the rest."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and name.as_posix() != DATABASE:
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, home / name)
    database.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(folder / DATABASE, database)
