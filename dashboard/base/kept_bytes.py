"""Keeps finished bytes by key while they have room: what was asked for longest ago goes first."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from dashboard.base.single_flight import SingleFlight


class KeptBytes:
    """At most ``most`` bytes, each entry for at most ``seconds``. Thread-safe.

    An entry is made once, however many threads ask for it at the same time.
    """

    def __init__(self, most: int, seconds: float) -> None:
        """Keep nothing yet; with 0 seconds never anything."""
        self._most, self._seconds, self._size = most, seconds, 0
        self._entries: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._swap, self._flight = Lock(), SingleFlight()

    def get(self, key: str, make: Callable[[], bytes | None]) -> bytes | None:
        """The bytes of this key, made where they are not there; None is not kept."""
        if not self._seconds:
            return make()
        entry = self.find(key)
        if entry is not None:
            return entry
        with self._flight.alone(key):
            entry = self.find(key)  # another thread may have made it meanwhile
            if entry is None:
                entry = make()
                if entry is not None:
                    self._keep(key, entry)
            return entry

    def clear(self) -> None:
        """Keep nothing any more."""
        with self._swap:
            self._entries.clear()
            self._size = 0

    def find(self, key: str) -> bytes | None:
        """The bytes of this key, None where they are not there."""
        with self._swap:
            if key not in self._entries:
                return None
            made, entry = self._entries[key]
            if time.monotonic() - made > self._seconds:
                self._drop(key)
                return None
            self._entries.move_to_end(key)
            return entry

    def _keep(self, key: str, entry: bytes) -> None:
        size = len(entry) + len(key)
        if size > self._most:
            return
        with self._swap:
            if key in self._entries:
                self._drop(key)
            self._entries[key] = (time.monotonic(), entry)
            self._size += size
            while self._size > self._most:
                self._drop(next(iter(self._entries)))

    def _drop(self, key: str) -> None:
        self._size -= len(self._entries.pop(key)[1]) + len(key)
