"""Keeps files that were made in the background for a day."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable
from pathlib import Path

DAY = 24 * 3600
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


def keep_file(home: Path, name: str, content: bytes, reader: str) -> str:
    """Keeps a file under this name, made of what a reader sees; returns the token that fetches it.

    ``reader`` is the reader's name, as ``Context.reader`` gives it.
    """
    folder, token = _folder(home), secrets.token_urlsafe(16)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if time.time() - old.stat().st_mtime > DAY:
            old.unlink(missing_ok=True)
    (folder / f"{token}.name").write_text(name, encoding="utf-8")
    (folder / f"{token}.reader").write_text(reader, encoding="utf-8")
    part = folder / f"{token}.part"
    part.write_bytes(content)
    part.replace(folder / token)
    return token


def finished_file(
    home: Path, token: str, is_open: Callable[[str], bool]
) -> tuple[str, bytes] | None:
    """Name and content of a file; None where there is none of this token, or no more.

    None also where the name of the reader that it was made for is not open to who asks.
    """
    file = _folder(home) / token
    if not _TOKEN.fullmatch(token) or not file.is_file():
        return None
    kept = file.with_name(f"{token}.reader")
    if not is_open(kept.read_text(encoding="utf-8") if kept.is_file() else ""):
        return None
    return file.with_name(f"{token}.name").read_text(encoding="utf-8"), file.read_bytes()


def _folder(home: Path) -> Path:
    return home / "reports"
