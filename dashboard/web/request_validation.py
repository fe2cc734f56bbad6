"""Validates requests before they are answered; malformed ones get status 400, large ones 413."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from dashboard.base.language import word
from dashboard.components.shell.address import reader_language
from dashboard.web.answers import refusal
from dashboard.web.callback_calls import Declared, carries_files, is_call
from dashboard.web.callback_values import Malformed
from dashboard.web.origin import READING
from dashboard.web.plain_values import is_plain

CALLBACKS = "/_dash-update-component"
MOST_BYTES = 4 * 1024 * 1024  # of a request that carries no files
_LONGEST_QUERY = 8192


def refuse_malformed(server: Flask, declared: Declared) -> None:
    """Refuse requests no page sends; ``declared`` are the app's callbacks by output."""

    def validate() -> Response | None:
        query = request.query_string
        if len(query) > _LONGEST_QUERY or b"\0" in unquote_to_bytes(query) or "\0" in request.path:
            return refused(400)
        return None if request.method in READING else _judged_body(declared)

    server.before_request(validate)
    server.register_error_handler(Malformed, lambda _error: refused(400))
    server.register_error_handler(RequestEntityTooLarge, lambda _error: refused(413))
    server.register_error_handler(HTTPException, _in_words)


def _judged_body(declared: Declared) -> Response | None:
    """A refusal of a body that is no plain JSON or calls no callback; None where it is right."""
    if (request.content_length or 0) > (request.max_content_length or 0):
        return refused(413)
    if not request.is_json:
        return refused(400) if request.path == CALLBACKS else None
    content = _json()
    if content is None or not is_plain(content):
        return refused(400)
    if request.path == CALLBACKS:
        return _judged_call(content, declared)
    return _too_large()


def _judged_call(content: Any, declared: Declared) -> Response | None:  # noqa: ANN401 - JSON
    """A refusal of what calls no callback, or is too long and brings no file."""
    if not is_call(content, declared):
        return refused(400)
    return None if carries_files(content, declared) else _too_large()


def _json() -> Any:  # noqa: ANN401 - whatever was sent
    """The body as JSON; None where it is none, or nested without end."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def _too_large() -> Response | None:
    return refused(413) if (request.content_length or 0) > MOST_BYTES else None


def refused(status: int) -> Response:
    """The sentence for a request that is not taken."""
    key = "request_too_large" if status == 413 else "request_malformed"
    return refusal(word(key, reader_language()), status)


def _in_words(error: HTTPException) -> Any:  # noqa: ANN401 - the error is an answer of its own
    """An answer of werkzeug's own, such as 405, as a sentence; redirects as they are."""
    if error.response is not None or (error.code or 500) < 400:
        return error
    answer = refusal(
        word("request_refused", reader_language(), status=error.code), error.code or 500
    )
    allowed = dict(error.get_headers()).get("Allow")
    if allowed:
        answer.headers["Allow"] = allowed
    return answer
