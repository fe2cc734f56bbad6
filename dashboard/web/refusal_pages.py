"""Answers a browser that is refused, or for whom something failed, with a page like all others.

Whoever asks for JSON gets JSON: programs, the scripts of our own pages, everything below /api/.
"""

from __future__ import annotations

from dash.exceptions import DependencyException
from flask import Flask, Response, g, request
from werkzeug.exceptions import InternalServerError

from dashboard.base.language import word
from dashboard.components.shell.address import reader_language
from dashboard.components.shell.plain_html import PREFIX
from dashboard.components.shell.work_frame import refused_document
from dashboard.services.front_desk import FrontDesk
from dashboard.web.answers import Refusal, json_answer

_FOR_PROGRAMS = ("/api/", "/_dash", "/own/", "/vendor/", "/static/", "/assets/")
_FAILED = 500  # the least status of what is the server's own fault


def wants_page() -> bool:
    """Whether a browser opens an address to read it, as it says itself."""
    if request.path.startswith(_FOR_PROGRAMS):
        return False
    # old browsers, which read the pages without scripts, do not always say what they take
    return "text/html" in request.accept_mimetypes.values() or request.path.startswith(PREFIX)


def answer_browsers(server: Flask, desk: FrontDesk) -> None:
    """Make pages of refusals; to be added so that it comes before addresses are translated."""

    def readable(response: Response) -> Response:
        if not isinstance(response, Refusal) or not wants_page():
            return response
        language, status = reader_language(), response.status_code
        is_bare = status >= _FAILED or not g.get("is_judged")
        title = response.title or word("refused_title", language, status=status)
        page = refused_document(desk, title, response.reason, language, is_bare=is_bare)
        response.set_data(page)
        response.mimetype = "text/html"
        response.headers["Cache-Control"] = "no-store"
        return response

    def failed(_error: InternalServerError) -> Response:
        language, reference = reader_language(), g.get("fault", "")
        title = word("failed_title", language)
        if not wants_page():
            return json_answer({"error": title, "reference": reference}, _FAILED)
        text = f"{word('failed_text', language)} {_reference(language, reference)}"
        return Refusal(text.strip(), _FAILED, title)

    def no_file(_error: DependencyException) -> Response:
        return Response("", status=404, mimetype="text/plain")

    server.register_error_handler(InternalServerError, failed)
    server.register_error_handler(DependencyException, no_file)  # no such file of a package
    server.after_request(readable)


def _reference(language: str, reference: str) -> str:
    return word("fault_reference", language, reference=reference) if reference else ""
