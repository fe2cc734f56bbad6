"""Lets one thread make a thing while others that want the same one wait for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, RLock


class SingleFlight:
    """Locks by key, there only while somebody holds one or waits for it. Thread-safe."""

    def __init__(self) -> None:
        """No key is locked."""
        self._locks: dict[str, tuple[RLock, int]] = {}  # with how many wait for it or hold it
        self._swap = Lock()

    @contextmanager
    def alone(self, key: str) -> Iterator[None]:
        """No other thread is within this block with the same key; the same thread may be."""
        with self._swap:
            lock, users = self._locks.get(key, (RLock(), 0))
            self._locks[key] = (lock, users + 1)
        try:
            with lock:
                yield
        finally:
            with self._swap:
                lock, users = self._locks.pop(key)
                if users > 1:
                    self._locks[key] = (lock, users - 1)
