"""Keeps finished bytes as files that all processes of a server read: one makes them for all.

The folder belongs to one run of one server and to its user alone. Each version of the data has a
folder within it; those of earlier versions are removed.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path

from dashboard.base.processes import process_runs

try:
    import fcntl
except ImportError:  # Windows, where one process serves
    fcntl = None  # type: ignore[assignment]

PATIENCE = 30.0  # seconds after which a process no longer waits for what another one makes
_POLL = 0.02  # seconds between two looks at a lock


class SharedBytes:
    """At most ``most`` bytes, each entry for at most ``seconds``: what was made first goes first.

    Safe for threads and processes. What cannot be read or written counts as not there.
    """

    def __init__(self, folder: Path, most: int, seconds: float) -> None:
        """Share what is in this folder, which exists and which nobody else can read."""
        self._folder, self._most, self._seconds = folder, most, seconds

    def find(self, version: int, key: str) -> bytes | None:
        """The bytes of this key, None where they are not there or too old."""
        try:
            with self._file(version, key).open("rb") as file:
                if time.time() - os.fstat(file.fileno()).st_mtime > self._seconds:
                    return None
                content = file.read()
        except OSError:
            return None
        head = _head(key)
        return content[len(head) :] if content.startswith(head) else None

    def keep(self, version: int, key: str, entry: bytes) -> None:
        """Keep these bytes, whole or not at all; older ones make room."""
        content = _head(key) + entry
        if len(content) > self._most:
            return
        file = self._file(version, key)
        part = file.with_name(f"{secrets.token_hex(8)}.part")
        with suppress(OSError):
            file.parent.mkdir(mode=0o700, exist_ok=True)
            self._make_room(file.parent, len(content))
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                with os.fdopen(handle, "wb") as opened:
                    opened.write(content)
                os.replace(part, file)
            except OSError:
                part.unlink(missing_ok=True)
                raise

    def forget_before(self, version: int) -> None:
        """Remove what belongs to earlier versions."""
        with suppress(OSError):
            for folder in self._folder.iterdir():
                if folder.name.isdecimal() and int(folder.name) < version:
                    shutil.rmtree(folder, ignore_errors=True)

    def clear(self) -> None:
        """Keep nothing any more."""
        with suppress(OSError):
            for folder in self._folder.iterdir():
                if folder.name.isdecimal():
                    shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def alone(self, key: str) -> Iterator[None]:
        """No other process is within this block with the same key, for as long as one waits."""
        file = self._folder / f"{_digest(key)}.lock"
        handle = _locked(file)
        try:
            yield
        finally:
            if handle is not None:
                file.unlink(missing_ok=True)  # whoever waits for it looks again, and finds an entry
                os.close(handle)

    def _file(self, version: int, key: str) -> Path:
        return self._folder / str(version) / _digest(key)

    def _make_room(self, folder: Path, size: int) -> None:
        with os.scandir(folder) as entries:
            files = [(entry.stat().st_mtime, entry.stat().st_size, entry.path) for entry in entries]
        total = sum(size for _, size, _ in files) + size
        for _, old, path in sorted(files):
            if total <= self._most:
                return
            Path(path).unlink(missing_ok=True)
            total -= old


def make_folder(home: Path) -> Path:
    """A folder for one run of a server, below ``home``; those of runs that are over are removed."""
    place = home / "cache"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in place.iterdir():
        number = old.name.partition("-")[0]
        if number.isdecimal() and not _is_live_run(int(number)):
            shutil.rmtree(old, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=place))  # with mode 700


def try_lock(file: Path) -> int | None:
    """The handle of a lock that its process holds until it ends; None where another one has it."""
    if fcntl is None:
        return os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def _locked(file: Path) -> int | None:
    """The handle of the lock, None where it could not be had in time."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            handle = try_lock(file)
        except OSError:
            return None
        if handle is not None or time.monotonic() > end:
            return handle
        time.sleep(_POLL)


def _is_live_run(process: int) -> bool:
    """Whether the process that made a folder runs and is another one than this."""
    if process == os.getpid():
        return False  # an earlier one of the same number, as in a container
    return process_runs(process)


def _digest(key: str) -> str:
    return blake2b(key.encode(), digest_size=20).hexdigest()


def _head(key: str) -> bytes:
    """What stands before the bytes of a key: the key itself, so that no other is taken for it."""
    written = key.encode()
    return len(written).to_bytes(4, "big") + written
