"""Keeps files as they were received, each under the digest of its bytes, outside the database.

A file is there whole or not at all, and is never changed afterwards.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from dashboard.store.opening import StoreError


class ReceivedFiles:
    """A folder of received files: ``ab/abcdef….bin`` for the SHA-256 ``abcdef…``."""

    def __init__(self, folder: Path) -> None:
        """The folder is made with the first file."""
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the file with this digest stands, or would."""
        return self.folder / sha256[:2] / f"{sha256}.bin"

    def keep(self, content: bytes) -> str:
        """Keep these bytes; returns their digest. Raises StoreError where the disk refuses.

        They are written beside their place and moved there, so that a process killed meanwhile
        leaves at most a ``.part`` file that nobody reads.
        """
        sha256 = digest(content)
        place = self.path(sha256)
        try:
            if place.exists() and place.stat().st_size == len(content):
                return sha256
            place.parent.mkdir(parents=True, exist_ok=True)
            number, part = tempfile.mkstemp(suffix=".part", prefix=sha256[:8], dir=place.parent)
            try:
                with os.fdopen(number, "wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(part, place)
            except OSError:
                Path(part).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise StoreError(
                f"{place.parent}: the file cannot be kept: {error.strerror}"
            ) from error
        return sha256

    def discard(self, sha256: str) -> None:
        """Remove the file with this digest; nothing where there is none.

        Raises StoreError where the disk refuses.
        """
        try:
            self.path(sha256).unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(
                f"{self.path(sha256)}: the file cannot be removed: {error.strerror}"
            ) from error

    def read(self, sha256: str) -> bytes | None:
        """The bytes with this digest, or None where they are not kept here.

        Raises StoreError for a file that cannot be read, or that is not what was received.
        """
        place = self.path(sha256)
        try:
            content = place.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"{place}: cannot be read: {error.strerror}") from error
        if digest(content) != sha256:
            raise StoreError(f"{place}: is not the file that was received; restore it from a copy")
        return content


def digest(content: bytes) -> str:
    """The SHA-256 of these bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
