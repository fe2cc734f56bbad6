"""Writes a line for each request into a file of its day, and removes files that are too old.

All processes of a server append to the same file: a line is written in one piece.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flask import Flask, Response, g, request

from dashboard.base.rounding import half_up
from dashboard.services.access.person import acting_person
from dashboard.web.gate import PREPARED_FOR
from dashboard.web.proxies import sender

FOLDER = "logs"
_SHOWN = 200  # characters of a path
_SILENT = ("/assets/", "/_dash-component-suites/", "/vendor/", "/own/", "/livez", "/healthz")


class AccessLog:
    """Keeps the lines of so many days in a folder."""

    def __init__(self, folder: Path, days: int) -> None:
        """Keep lines of ``days`` days there, today's included."""
        self._folder, self._days = folder, days
        self._day: date | None = None

    def write(self, line: str, now: datetime) -> None:
        """Append a line to the file of the day; a disk that takes none must stop nobody."""
        try:
            if now.date() != self._day:
                self._begin(now.date())
            mode = os.O_WRONLY | os.O_APPEND | os.O_CREAT
            handle = os.open(self._file(now.date()), mode, 0o600)
            try:
                os.write(handle, line.encode("ascii", "backslashreplace") + b"\n")
            finally:
                os.close(handle)
        except OSError:
            return

    def _file(self, day: date) -> Path:
        return self._folder / f"access-{day.isoformat()}.log"

    def _begin(self, day: date) -> None:
        """Make the folder, and remove files of days that are over."""
        self._folder.mkdir(parents=True, exist_ok=True)
        oldest = self._file(day - timedelta(days=self._days - 1)).name
        for file in self._folder.glob("access-????-??-??.log"):
            if file.name < oldest:
                file.unlink(missing_ok=True)
        self._day = day


def log_requests(server: Flask, home: Path, days: int) -> None:
    """Write a line a request for so many days; none at all for 0. To be added before all others."""
    if not days:
        return
    log = AccessLog(home / FOLDER, days)

    def begin() -> None:
        g.began = time.perf_counter()

    def note(response: Response) -> Response:
        if PREPARED_FOR not in request.environ and not request.path.startswith(_SILENT):
            log.write(_line(response), datetime.now(UTC))
        return response

    server.before_request(begin)
    server.after_request(note)


def _line(response: Response) -> str:
    """Time, address, person, what was asked, status, bytes and milliseconds; no query."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    path = request.path.encode("unicode_escape").decode()[:_SHOWN].replace(" ", "%20")
    name = acting_person().name.encode("unicode_escape").decode().replace(" ", "_") or "-"
    took = (time.perf_counter() - g.get("began", time.perf_counter())) * 1000
    size = response.content_length if response.content_length is not None else "-"
    return (
        f"{now} {sender() or '-'} {name} {request.method} {path} {response.status_code} "
        f"{size} {int(half_up(took))}"
    )
