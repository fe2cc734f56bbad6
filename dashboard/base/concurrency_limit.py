"""Lets so many at a time do their work; a bounded number waits for its turn, and not for long."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Busy(Exception):
    """There is no room to wait, or the turn did not come in time."""


class Turns:
    """Turns for the threads of a process: ``places`` work at once, at most ``waiting`` wait.

    Each waits at most ``seconds``. A thread whose turn it is may take another within it.
    """

    def __init__(self, places: int, waiting: int, seconds: float) -> None:
        """Nobody works and nobody waits yet."""
        self._places = threading.BoundedSemaphore(places)
        self._waiting, self._seconds = waiting, seconds
        self._queue, self._swap = 0, threading.Lock()
        self._own = threading.local()
        self._working, self._last = 0, time.monotonic()
        self.begun = 0  # turns that anybody has taken so far

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a place and hold it meanwhile; raises Busy."""
        if getattr(self._own, "has_turn", False):
            yield
            return
        if not self._places.acquire(blocking=False):
            self._wait()
        self._own.has_turn = True
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)
            self._own.has_turn = False
            self._places.release()

    @property
    def idle_seconds(self) -> float:
        """For how long nobody has worked or waited; 0 while somebody does."""
        with self._swap:
            is_idle = not self._working and not self._queue
            return time.monotonic() - self._last if is_idle else 0.0

    def _count(self, change: int) -> None:
        with self._swap:
            self._working += change
            self.begun += change > 0
            self._last = time.monotonic()

    def _wait(self) -> None:
        with self._swap:
            if self._queue >= self._waiting:
                raise Busy
            self._queue += 1
        try:
            if not self._places.acquire(timeout=self._seconds):
                raise Busy
        finally:
            with self._swap:
                self._queue -= 1
