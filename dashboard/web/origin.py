"""Judges where a request comes from: under which name, and from which site's page.

A name that resolves to this computer by somebody else's doing (DNS rebinding) would let a foreign
page read figures; a foreign page could also send what changes something.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from flask import Flask, Response, request

from dashboard.base.language import word
from dashboard.base.settings import EVERYWHERE, LOOPBACK, Settings
from dashboard.components.shell.address import reader_language
from dashboard.web.answers import refusal

READING = ("GET", "HEAD", "OPTIONS")  # methods that change nothing: answered alike
_OWN_SITE = ("same-origin", "none")


def allowed_names(settings: Settings) -> frozenset[str]:
    """The host names that requests may carry, in lower case."""
    listening = () if settings.host in EVERYWHERE else (settings.host.lower(),)
    return frozenset((*LOOPBACK, *listening, *settings.hosts))


def is_allowed(host: str, names: Collection[str], *, by_number: bool) -> bool:
    """Whether a Host header names this server; ``by_number``: also by any address in digits.

    A foreign page can make its own name resolve to this computer, but not a number.
    """
    try:
        name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        urlsplit(f"//{host}").port  # noqa: B018 - raises where it is no port
    except ValueError:
        return False
    return name in names or (by_number and _is_number(name))


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_foreign() -> bool:
    """Whether a browser says that the request comes from another site's page."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site not in _OWN_SITE:
        return True
    return origin is not None and urlsplit(origin).netloc != request.host


def refuse_foreign(server: Flask, settings: Settings) -> None:
    """Refuse requests under another host's name (400), and changes from another site (403)."""
    names, by_number = allowed_names(settings), settings.host not in LOOPBACK

    def judge() -> Response | None:
        if not is_allowed(request.environ.get("HTTP_HOST", ""), names, by_number=by_number):
            return refusal(word("request_other_host", reader_language()), 400)
        if request.method not in READING and is_foreign():
            return refusal(word("request_malformed", reader_language()), 403)
        return None

    server.before_request(judge)
