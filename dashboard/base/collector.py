"""Decides when cycles of garbage are collected: not where the search only costs time."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

# Values made between two searches; searches between two of older values; those between two of all.
_MADE, _TIMES, _SELDOM = 20_000, 20, 1_000


class _Pauses:
    """How many are at work for which the search is paused: it is one for the whole process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._count = 0
        self._was_on = True

    def begin(self) -> None:
        with self._lock:
            if not self._count:
                self._was_on = gc.isenabled()
                gc.disable()
            self._count += 1

    def end(self) -> None:
        with self._lock:
            self._count -= 1
            if not self._count and self._was_on:
                gc.enable()


_PAUSES = _Pauses()


def hold_for_good() -> None:
    """Leave out of all later searches what is there now; processes forked from here share it."""
    gc.collect()
    gc.freeze()


def give_back_memory() -> None:
    """Give the system the memory that is free in between, where its library can: glibc's."""
    import ctypes  # not by the commands, which end soon

    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


def collect_rarely() -> None:
    """Search for cycles seldom, and hardly ever among what has stayed for long.

    A page makes some hundred thousand values, nearly all of which are freed without a search, and a
    command that begins reads a thousand modules, which stay: usual thresholds have all of them
    searched again and again. New values are searched often enough that cycles do not pile up: their
    memory lies among what stays, and cannot be given back.
    """
    gc.set_threshold(_MADE, _TIMES, _SELDOM)


@contextmanager
def collection_paused() -> Iterator[None]:
    """Pauses the search for cycles while very many values are made that are kept.

    The search goes through all of them again and again and finds next to nothing: a sixth of the
    time in which a file is loaded. Values without cycles are freed as ever. Several threads may
    pause it; it goes on when the last of them has finished.
    """
    _PAUSES.begin()
    try:
        yield
    finally:
        _PAUSES.end()
