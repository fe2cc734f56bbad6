"""Says that the database cannot be asked at present: to be tried again, and no fault of a page."""

from __future__ import annotations

import logging

from flask import Flask, Response, request

from dashboard.store.health import OUTAGES
from dashboard.web.busy import later_answer

log = logging.getLogger(__name__)


def say_when_down(server: Flask) -> None:
    """Answer with 503, a sentence and when to ask again, where the database does not answer."""
    for outage in OUTAGES:
        server.register_error_handler(outage, _down)


def _down(error: Exception) -> Response:
    reason = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
    log.error("the database cannot be asked: %s: %s", ascii(request.path)[1:-1], reason)
    return later_answer("server_no_database_title", "server_no_database")
