"""Serves the dashboard below a path of its host, and translates addresses at its edge.

The path is a setting, or what a named web server says in ``X-Forwarded-Prefix``. It is taken off
the address of a request, whether the web server did so already or not, and put before every
address of an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from dash import page_registry
from flask import Flask, Response, request

from dashboard.base.settings import SettingsError, is_sub_path
from dashboard.components.shell.sub_path import all_outside, inside, outside
from dashboard.services.front_desk import FrontDesk
from dashboard.web.proxies import is_named

_TRANSLATED = ("text/html", "application/json")
_HEADER = "HTTP_X_FORWARDED_PREFIX"
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class TranslatedResponse(Response):
    """An answer whose addresses are those that its reader sees: a kept one."""


class BelowPath:
    """A WSGI application that knows below which path a request's reader sees it."""

    def __init__(self, application: Application, desk: FrontDesk, own: frozenset[str]) -> None:
        """Pass requests on to ``application``; ``own`` are the first words of its addresses."""
        self._application, self._desk, self._own = application, desk, own

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:  # noqa: ANN401 - as WSGI's
        """Answer a request."""
        below = self._desk.settings.prefix or self._forwarded(environ)
        if below:
            environ["SCRIPT_NAME"] = below
            environ["PATH_INFO"] = inside(environ.get("PATH_INFO", ""), below) or "/"
        return self._application(environ, start_response)

    def _forwarded(self, environ: dict[str, Any]) -> str:
        """What a named web server says; "" where nobody says anything that can be a path."""
        said = str(environ.get(_HEADER, "")).rstrip("/")
        if not said or not is_named(environ.get("REMOTE_ADDR", ""), self._desk.settings):
            return ""
        return said if is_sub_path(said) and not begins_as(said, self._own) else ""


def begins_as(path: str, own: frozenset[str]) -> bool:
    """Whether the first word of a path is one of these: then nobody could tell them apart."""
    return path.split("/")[1] in own


def first_words(server: Flask) -> frozenset[str]:
    """The first words of all addresses of the dashboard."""
    routes = [rule.rule for rule in server.url_map.iter_rules()]
    pages = [page["path_template"] or page["path"] for page in page_registry.values()]
    words = {address.split("/")[1].partition(".")[0] for address in (*routes, *pages)}
    return frozenset(word for word in words if word and not word.startswith("<"))


def serve_below(server: Flask, desk: FrontDesk) -> None:
    """Serve a complete application below its path; raises SettingsError where that is a page's."""
    own, prefix = first_words(server), desk.settings.prefix
    if prefix and begins_as(prefix, own):
        raise SettingsError(f"DASHBOARD_PREFIX={prefix}: the dashboard has pages of that name")
    server.wsgi_app = BelowPath(server.wsgi_app, desk, own)  # type: ignore[method-assign]


def translate_answers(server: Flask) -> None:
    """Put the path before the addresses in answers; to be added so that it precedes compression."""
    server.after_request(translated)


def translated(response: Response) -> Response:
    """The answer with its addresses as the reader sees them."""
    below = request.script_root
    if not below:
        return response
    if "Location" in response.headers:
        response.headers["Location"] = outside(response.headers["Location"], below)
    is_done = isinstance(response, TranslatedResponse)
    if response.mimetype in _TRANSLATED and response.is_sequence and not is_done:
        response.set_data(all_outside(response.get_data(as_text=True), below))
    return response
