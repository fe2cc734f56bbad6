"""Serves the API: lists of figures, files, receipts and a health check."""

from __future__ import annotations

from flask import Blueprint, Response, request

from dashboard.services.filters import UnknownName
from dashboard.services.front_desk import FrontDesk
from dashboard.web.answers import json_answer, refusal
from dashboard.web.files_api import Files
from dashboard.web.lists_api import Lists
from dashboard.web.receipts_api import GivenReceipts


def blueprint(desk: FrontDesk) -> Blueprint:
    """The routes /api/…, /export/… and /healthz for this desk."""
    routes = Blueprint("api", __name__)
    routes.before_request(_refuse_unknown_format)
    routes.register_error_handler(UnknownName, _refuse_unknown_name)

    def health() -> Response:
        return json_answer({"status": "ok", "data_version": desk.version()})

    routes.add_url_rule("/healthz", "health", health)
    Lists(desk).add_to(routes)
    Files(desk).add_to(routes)
    GivenReceipts(desk).add_to(routes)
    return routes


def _refuse_unknown_format() -> Response | None:
    """Refuses a list in a format nobody writes before its figures are read."""
    asked = request.args.get("format", "json")
    if asked in ("csv", "json") or not request.path.startswith("/api/"):
        return None
    return refusal(f"format {asked!r} is not one of csv, json", 400)


def _refuse_unknown_name(error: UnknownName) -> Response:
    return refusal(str(error), 400)
