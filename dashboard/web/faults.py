"""Notes what fails: one line in the log under a reference number, which the reader is shown."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import TYPE_CHECKING, Any

from flask import Flask, g, request

from dashboard.base.logs import failure_line

if TYPE_CHECKING:
    from dashboard.web.kept_answers import KeptAnswers

log = logging.getLogger(__name__)
_SHOWN = 120  # characters of a path


def note_fault(error: BaseException) -> str:
    """Write a failure of the present request to the log; return its reference number."""
    reference = secrets.token_hex(4).upper()
    g.fault = reference
    place = f"{request.method} {ascii(request.path)[1:-1][:_SHOWN]}"
    log.error("fault %s: %s: %s", reference, place, failure_line(error))
    return reference


class Server(Flask):
    """A Flask application that answers whatever happens, and logs each failure as one line."""

    answers: KeptAnswers | None = None

    def log_exception(
        self,
        exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None],
    ) -> None:
        """Note the failure; the page about it shows ``g.fault``."""
        if exc_info[1] is not None:
            note_fault(exc_info[1])

    def dispatch_request(self) -> Any:  # noqa: ANN401 - as Flask's own
        """Answer with what was answered before, where that is the same, else in turn."""
        make = super().dispatch_request
        return self.answers.answer(make) if self.answers else make()

    def wsgi_app(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer a request; where even the answer about a failure fails, with a bare sentence."""
        try:
            return super().wsgi_app(environ, start_response)
        except Exception as error:  # the outermost edge: Flask's own answer about a fault failed
            log.error("fault: no answer could be made: %s", failure_line(error))
            headers = [("Content-Type", "text/plain; charset=utf-8")]
            start_response("503 Service Unavailable", headers)
            return ["服务器未能回答 / the server could not answer".encode()]
