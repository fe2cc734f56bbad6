"""Limits how much one reader asks in a minute: files handed in, files taken away, calls of pages.

It counts where people sign in, by who has signed in: all readers of an office may come from one
address. Each process counts by itself, and remembers a bounded number of readers.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from math import ceil
from threading import Lock

from flask import Flask, Response, request

from dashboard.base.language import word
from dashboard.base.settings import Settings
from dashboard.components.shell.address import reader_language
from dashboard.services.access.person import acting_person
from dashboard.services.front_desk import FrontDesk
from dashboard.web.answers import refusal
from dashboard.web.callback_calls import Declared, carries_files
from dashboard.web.gate import is_own_request
from dashboard.web.request_validation import CALLBACKS

UPLOADS, FILES, CALLS = "uploads", "files", "calls"
MOST_READERS = 2000  # remembered of each kind; who asked longest ago is forgotten first
_FILES = ("/api/", "/export/")
_HAND_INS = "/hand-ins"  # pages that read files: what they are sent, and what they preview
_MINUTE = 60.0  # seconds


class Allowance:
    """What readers may still ask: a minute's worth at once, then as much as grows again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Measure time with this clock, in seconds."""
        self._clock, self._lock = clock, Lock()
        self._left: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def take(self, kind: str, reader: str, a_minute: int) -> int:
        """Take one of a kind; returns 0, or the seconds after which there is one again."""
        key, now = (kind, reader), self._clock()
        with self._lock:
            left, since = self._left.pop(key, (float(a_minute), now))
            left = min(float(a_minute), left + (now - since) * a_minute / _MINUTE)
            is_allowed = left >= 1
            self._left[key] = (left - 1 if is_allowed else left, now)
            while len(self._left) > MOST_READERS * 3:
                self._left.popitem(last=False)
        return 0 if is_allowed else max(1, ceil((1 - left) * _MINUTE / a_minute))

    def __len__(self) -> int:
        """How many readers are remembered, each once a kind."""
        return len(self._left)


def limit_rates(server: Flask, desk: FrontDesk, declared: Declared) -> None:
    """Refuse what is too much for a minute (429); to be added after requests were validated."""
    allowance = Allowance()
    server.extensions["dashboard.rates"] = allowance

    def judge() -> Response | None:
        person = acting_person()
        if not person.signed_in or is_own_request():
            return None
        kind = _kind(declared)
        a_minute = _limit(desk.settings, kind)
        wait = allowance.take(kind, person.name, a_minute) if a_minute else 0
        return _too_many(wait) if wait else None

    server.before_request(judge)


def _kind(declared: Declared) -> str:
    """What the present request takes of; "" where it is not counted."""
    if request.path == CALLBACKS and request.method == "POST":
        content = request.get_json(silent=True)
        if not isinstance(content, dict) or content.get("output") not in declared:
            return CALLS
        return UPLOADS if carries_files(content, declared) else CALLS
    if request.path.startswith(_HAND_INS):
        return UPLOADS if request.method == "POST" else FILES
    return FILES if request.path.startswith(_FILES) else ""


def _limit(settings: Settings, kind: str) -> int:
    limits = {
        UPLOADS: settings.uploads_a_minute,
        FILES: settings.files_a_minute,
        CALLS: settings.calls_a_minute,
    }
    return limits.get(kind, 0)


def _too_many(seconds: int) -> Response:
    answer = refusal(word("request_too_many", reader_language(), seconds=seconds), 429)
    answer.headers["Retry-After"] = str(seconds)
    return answer
