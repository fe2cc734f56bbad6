"""Reports how far work is that takes long, and stops it where a person cancels it."""

from __future__ import annotations

from typing import Protocol

from dashboard.base.language import Text


class Cancelled(Exception):
    """The person cancelled; the work stops where it is and leaves nothing half done."""


class JobProgress(Protocol):
    """Told of every step of the work."""

    def step(self, what: Text, done: int, total: int) -> None:
        """``what`` is begun, after ``done`` of ``total`` steps; raises Cancelled."""


class _Quiet:
    """Listens to nothing and never cancels."""

    def step(self, what: Text, done: int, total: int) -> None:
        """Goes on."""


QUIET: JobProgress = _Quiet()
