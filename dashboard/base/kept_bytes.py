"""Keeps finished bytes by key while they have room: what was asked for longest ago goes first."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from dashboard.base.shared_bytes import SharedBytes
from dashboard.base.single_flight import SingleFlight


class KeptBytes:
    """At most ``most`` bytes, each entry for at most ``seconds``. Thread-safe.

    An entry is made once, however many threads ask for it at the same time; where the processes of
    a server share what they make, by one of them. An entry belongs to a version of the data: with
    the first of a later version all earlier ones go.
    """

    def __init__(self, most: int, seconds: float, shared: SharedBytes | None = None) -> None:
        """Keep nothing yet; with 0 seconds never anything."""
        self._most, self._seconds, self._size = most, seconds, 0
        self._shared = shared if seconds else None
        self._entries: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._version = 0
        self._swap, self._flight = Lock(), SingleFlight()

    def get(self, key: str, make: Callable[[], bytes | None], version: int = 0) -> bytes | None:
        """The bytes of this key, made where they are not there; None is not kept."""
        if not self._seconds:
            return make()
        entry = self.find(key, version)
        if entry is not None:
            return entry
        with self._alone(key):
            entry = self.find(key, version)  # another may have made it meanwhile
            if entry is None:
                entry = make()
                self._keep_everywhere(key, entry, version)
            return entry

    def clear(self) -> None:
        """Keep nothing any more."""
        self._drop_all()
        if self._shared is not None:
            self._shared.clear()

    def find(self, key: str, version: int = 0) -> bytes | None:
        """The bytes of this key, None where they are not there."""
        if version > self._version:
            self._begin(version)
        entry = self._own(key)
        if entry is None and self._shared is not None:
            entry = self._shared.find(version, key)
            if entry is not None:
                self._keep(key, entry)
        return entry

    @contextmanager
    def _alone(self, key: str) -> Iterator[None]:
        with self._flight.alone(key):
            if self._shared is None:
                yield
                return
            with self._shared.alone(key):
                yield

    def _begin(self, version: int) -> None:
        """Forget what belongs to earlier versions."""
        self._version = version
        self._drop_all()
        if self._shared is not None:
            self._shared.forget_before(version)

    def _drop_all(self) -> None:
        with self._swap:
            self._entries.clear()
            self._size = 0

    def _keep_everywhere(self, key: str, entry: bytes | None, version: int) -> None:
        if entry is None or version < self._version:
            return  # of figures that have changed while it was made
        self._keep(key, entry)
        if self._shared is not None:
            self._shared.keep(version, key, entry)

    def _own(self, key: str) -> bytes | None:
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
