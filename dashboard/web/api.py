"""Serves the API: lists of figures, files, receipts; whether the server is ready, and alive."""

from __future__ import annotations

from flask import Blueprint, Response, request

from dashboard.base.language import Text
from dashboard.services.filters import UnknownName
from dashboard.services.front_desk import FrontDesk
from dashboard.web.answers import asked_language, json_answer, refusal
from dashboard.web.files_api import Files
from dashboard.web.lists_api import Lists
from dashboard.web.parameters import refuse_unknown
from dashboard.web.receipts_api import GivenReceipts


def blueprint(desk: FrontDesk) -> Blueprint:
    """The routes /api/…, /export/…, /healthz and /livez for this desk."""
    routes = Blueprint("api", __name__)
    routes.before_request(_refuse_unknown_format)
    routes.before_request(refuse_unknown)
    routes.register_error_handler(UnknownName, _refuse_unknown_name)

    def ready() -> Response:
        trouble = desk.trouble()
        if trouble is None:
            return json_answer({"status": "ok"})
        return json_answer({"status": "error", "error": trouble[asked_language()]}, 503)

    def alive() -> Response:
        return json_answer({"status": "ok"})

    routes.add_url_rule("/healthz", "health", ready)
    routes.add_url_rule("/livez", "alive", alive)
    Lists(desk).add_to(routes)
    Files(desk).add_to(routes)
    GivenReceipts(desk).add_to(routes)
    return routes


def _refuse_unknown_format() -> Response | None:
    """Refuses a list in a format nobody writes before its figures are read."""
    asked = request.args.get("format", "json")
    if asked in ("csv", "json") or not request.path.startswith("/api/"):
        return None
    return refusal(
        Text(f"没有格式“{asked}”；可选：csv, json", f"format {asked!r} is not one of csv, json"),
        400,
    )


def _refuse_unknown_name(error: UnknownName) -> Response:
    return refusal(error.text[asked_language()], 400)
