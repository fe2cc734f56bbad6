"""Writes and checks the archive of a backup: what it holds, the digest of each file."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, NamedTuple

from dashboard.base.language import Text
from dashboard.store.opening import StoreError, newest_schema

DATABASE, MANIFEST = "dashboard.sqlite", "manifest.json"
FOLDERS = ("received", "catalogue", "templates")  # of the home folder, beside the database
SINGLE = ("samples.unwanted",)
_PIECE = 1024 * 1024


class BackedUp(NamedTuple):
    """An archive: how many files it holds, and how many bytes it has."""

    file: Path
    files: int
    size: int


class Manifest(NamedTuple):
    """What an archive says of itself: its database's schema, and the SHA-256 of each file."""

    schema: str
    files: dict[str, str]


def damaged(name: str) -> StoreError:
    """The refusal of an archive of which this file is not what it should be."""
    return StoreError(
        Text(
            f"备份已损坏或不完整：{name}",
            f"the backup is damaged or not complete: {name}",
        )
    )


def add_file(archive: zipfile.ZipFile, name: str, path: Path) -> str:
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


def write_manifest(archive: zipfile.ZipFile, made: str, files: Mapping[str, str]) -> None:
    """Add what the archive says of itself."""
    about = {"made": made, "schema": newest_schema(), "files": dict(files)}
    archive.writestr(MANIFEST, json.dumps(about, ensure_ascii=False, indent=1))


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """What the archive says of itself; raises StoreError where that cannot be used."""
    try:
        about = json.loads(archive.read(MANIFEST))
        manifest = Manifest(str(about["schema"]), dict(about["files"]))
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise damaged(MANIFEST) from error
    if manifest.schema > newest_schema():
        raise StoreError(
            Text(
                f"备份来自更新的版本（{manifest.schema}），请先更新本程序",
                f"the backup is of a newer version ({manifest.schema}); update the program first",
            )
        )
    if DATABASE not in manifest.files:
        raise damaged(DATABASE)
    return manifest


def read_file(
    archive: zipfile.ZipFile, name: str, expected: str, target: IO[bytes] | None = None
) -> None:
    """Read a file to its end, into ``target`` if given; raises StoreError for another digest."""
    digest = hashlib.sha256()
    try:
        with archive.open(name) as source:
            while piece := source.read(_PIECE):
                digest.update(piece)
                if target is not None:
                    target.write(piece)
    except (KeyError, zipfile.BadZipFile, EOFError) as error:
        raise damaged(name) from error
    if digest.hexdigest() != expected:
        raise damaged(name)


def verify(file: Path) -> Manifest:
    """Read an archive as a restore would, and keep nothing; raises StoreError where it is bad."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = read_manifest(archive)
            for name, digest in manifest.files.items():
                read_file(archive, name, digest)
    except (OSError, zipfile.BadZipFile) as error:
        raise damaged(file.name) from error
    return manifest
