"""Serves the API: lists of figures, files, receipts; whether the server is ready, and alive."""

from __future__ import annotations

from flask import Blueprint, Response

from dashboard.components.shell.address import reader_language
from dashboard.services.front_desk import FrontDesk
from dashboard.web.answers import json_answer
from dashboard.web.files_api import Files
from dashboard.web.lists_api import Lists
from dashboard.web.receipts_api import GivenReceipts


def blueprint(desk: FrontDesk) -> Blueprint:
    """The routes /api/…, /export/…, /healthz and /livez for this desk."""
    routes = Blueprint("api", __name__)

    def ready() -> Response:
        trouble = desk.trouble()
        if trouble is None:
            return json_answer({"status": "ok"})
        return json_answer({"status": "error", "error": trouble[reader_language()]}, 503)

    def alive() -> Response:
        return json_answer({"status": "ok"})

    routes.add_url_rule("/healthz", "health", ready)
    routes.add_url_rule("/livez", "alive", alive)
    Lists(desk).add_to(routes)
    Files(desk).add_to(routes)
    GivenReceipts(desk).add_to(routes)
    return routes
