"""Lets so many at a time do their work; a bounded number waits for its turn, and not for long."""

from __future__ import annotations

import threading
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

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a place and hold it meanwhile; raises Busy."""
        if getattr(self._own, "has_turn", False):
            yield
            return
        if not self._places.acquire(blocking=False):
            self._wait()
        self._own.has_turn = True
        try:
            yield
        finally:
            self._own.has_turn = False
            self._places.release()

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
