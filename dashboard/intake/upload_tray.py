"""Keeps files that wait between preview and hand-in: on disk, under a token that nobody can guess.

An entry is there whole or not at all, is known by its token only, and is gone after a day. The
names that files came with are kept as text and never used as paths.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

DAY = 24 * 3600  # seconds that an entry waits
MOST_FILES = 100
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
_NAMES = "names.json"
Files = list[tuple[str, bytes]]


class TrayGone(LookupError):
    """There is nothing under this token: never was, was taken away, or is older than a day."""


class TrayFull(ValueError):
    """More or larger files than may wait; the message says which limit."""


def put(home: Path, files: Sequence[tuple[str, bytes]], most_mb: int = 20) -> str:
    """Keeps these files (name, bytes) and returns their token; removes entries that are too old.

    Raises TrayFull for a file of more than ``most_mb`` MiB, for more than a hundred files, and
    where fifty times ``most_mb`` are waiting already.
    """
    tray = home / "tray"
    tray.mkdir(parents=True, exist_ok=True)
    remove_old(home)
    most = most_mb * 1024 * 1024
    if len(files) > MOST_FILES:
        raise TrayFull(f"{len(files)} files; at most {MOST_FILES} can be handed in at once")
    for name, content in files:
        if len(content) > most:
            raise TrayFull(f"{name}: larger than {most_mb} MiB")
    waiting = sum(entry.stat().st_size for entry in tray.glob("*/*.bin"))
    if waiting + sum(len(content) for _, content in files) > 50 * most:
        raise TrayFull("too many files are waiting to be handed in; try again later")
    token = secrets.token_urlsafe(24)
    part = tray / f".{token}.part"
    part.mkdir(mode=0o700)
    try:
        for number, (_, content) in enumerate(files):
            (part / f"{number}.bin").write_bytes(content)
        names = json.dumps([name for name, _ in files], ensure_ascii=True)
        (part / _NAMES).write_text(names, encoding="utf-8")
        part.rename(tray / token)
    except OSError:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return token


def take(home: Path, token: str) -> Files:
    """The files under this token, as they were put; they stay there. Raises TrayGone."""
    entry = _entry(home, token)
    try:
        if time.time() - entry.stat().st_mtime > DAY:
            raise TrayGone("these files have waited for more than a day; choose them again")
        names = json.loads((entry / _NAMES).read_text(encoding="utf-8"))
        return [(name, (entry / f"{at}.bin").read_bytes()) for at, name in enumerate(names)]
    except (OSError, ValueError) as error:
        raise TrayGone("these files are no longer waiting; choose them again") from error


def replace(home: Path, token: str, place: int, content: bytes) -> None:
    """Put other bytes in the place of a waiting file; nothing happens where there is none."""
    try:
        file = _entry(home, token) / f"{place}.bin"
        if file.exists():
            part = file.with_suffix(".part")
            part.write_bytes(content)
            part.replace(file)
    except (OSError, TrayGone):
        return


def drop(home: Path, token: str) -> None:
    """Takes the files away; nothing happens where there are none."""
    try:
        shutil.rmtree(_entry(home, token), ignore_errors=True)
    except TrayGone:
        return


def remove_old(home: Path) -> None:
    """Removes what has waited for more than a day, and what was never finished."""
    for entry in (home / "tray").glob("*"):
        try:
            old = time.time() - entry.stat().st_mtime > DAY
        except OSError:
            continue  # another process was faster
        if old and entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)


def _entry(home: Path, token: str) -> Path:
    if not _TOKEN.fullmatch(token):
        raise TrayGone("this is no token of waiting files")
    return home / "tray" / token
