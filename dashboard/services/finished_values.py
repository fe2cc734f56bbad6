"""Keeps finished values by key: each is made once, however many threads ask at the same time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeVar, cast

from dashboard.base.collector import collection_paused
from dashboard.base.single_flight import SingleFlight

if TYPE_CHECKING:  # Flask takes long to import, and the command line has no cache
    from flask_caching import Cache

T = TypeVar("T")


def place_of(*parts: str) -> str:
    """Where a value lies: what it is, for which reader, in which version, for what choice."""
    return "|".join(parts)


class FinishedValues:
    """Keeps values in the cache of an app; without one every value is made anew. Thread-safe."""

    def __init__(self, cache: Cache | None) -> None:
        """Keep values in this cache once an app has it."""
        self._cache = cache
        self._flight = SingleFlight()
        self._work: ContextVar[dict[str, object] | None] = ContextVar(
            "values of a work", default=None
        )

    @property
    def is_open(self) -> bool:
        """Whether there is an app, or a piece of work under way, so that anything is kept."""
        return self._work.get() is not None or self._has_app

    @property
    def _has_app(self) -> bool:
        return self._cache is not None and hasattr(self._cache, "app")

    @contextmanager
    def remembering(self) -> Iterator[None]:
        """Until the end of this block every value is made once, also without an app."""
        work = self._work.get()
        token = self._work.set({} if work is None else work)
        try:
            yield
        finally:
            self._work.reset(token)

    def get(self, key: str, make: Callable[[], T]) -> T:
        """The value of this key; where nobody has made it yet, one thread does and others wait."""
        work = self._work.get()
        if work is None or not key:
            return self._shared(key, make)
        if key not in work:
            work[key] = self._shared(key, make)
        return cast(T, work[key])

    def _shared(self, key: str, make: Callable[[], T]) -> T:
        if not self._has_app:
            return _made(make)
        cache = cast("Cache", self._cache)
        value = cache.get(key)
        if value is None:
            with self._flight.alone(key):
                value = cache.get(key)  # another thread may have made it meanwhile
                if value is None:
                    value = _made(make)
                    cache.set(key, value)
        return cast(T, value)

    def keep(self, key: str, value: object) -> None:
        """Keep a value that was made together with others."""
        work = self._work.get()
        if work is not None and key:
            work[key] = value
        if self._has_app:
            cast("Cache", self._cache).set(key, value)


def _made(make: Callable[[], T]) -> T:
    """The value, made of tens of thousands of figures, none of which is garbage meanwhile."""
    with collection_paused():
        return make()
