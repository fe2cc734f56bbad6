"""Keeps files between their preview and their hand-in in a tray, for a day."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dashboard.intake import upload_tray


class Tray:
    """The waiting files of one home folder, each hand-in under a token."""

    def __init__(self, home: Path, upload_mb: int) -> None:
        """Keep files of at most ``upload_mb`` MiB each in this folder."""
        self._home, self._upload_mb = home, upload_mb

    def put(self, files: Sequence[tuple[str, bytes]]) -> str:
        """Keep files until they are handed in; return their token. Raises TrayFull."""
        return upload_tray.put(self._home, files, self._upload_mb)

    def take(self, token: str) -> list[tuple[str, bytes]]:
        """The waiting files; raises TrayGone."""
        return upload_tray.take(self._home, token)

    def replace(self, token: str, place: int, content: bytes) -> None:
        """Let other bytes wait in the place of a file; nothing happens where it is gone."""
        upload_tray.replace(self._home, token, place, content)

    def drop(self, token: str) -> None:
        """Forget them."""
        upload_tray.drop(self._home, token)
