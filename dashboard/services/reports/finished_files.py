"""Keeps files that were made in the background for a day."""

from __future__ import annotations

import re
import secrets
import time
from pathlib import Path

DAY = 24 * 3600
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


def keep_file(home: Path, name: str, content: bytes) -> str:
    """Keeps a file under this name; returns the token by which it is fetched."""
    folder, token = _folder(home), secrets.token_urlsafe(16)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if time.time() - old.stat().st_mtime > DAY:
            old.unlink(missing_ok=True)
    (folder / f"{token}.name").write_text(name, encoding="utf-8")
    part = folder / f"{token}.part"
    part.write_bytes(content)
    part.replace(folder / token)
    return token


def finished_file(home: Path, token: str) -> tuple[str, bytes] | None:
    """Name and content of a file; None where there is none of this token, or no more."""
    file = _folder(home) / token
    if not _TOKEN.fullmatch(token) or not file.is_file():
        return None
    return file.with_name(f"{token}.name").read_text(encoding="utf-8"), file.read_bytes()


def _folder(home: Path) -> Path:
    return home / "reports"
