"""Gives each session a token, without which nothing is taken from a browser that is signed in.

Another site's page can make a browser send its cookies, but cannot read this token. Dash's scripts
read it from a cookie and send it in a header; forms of plain pages have a token of their own.
"""

from __future__ import annotations

from flask import Flask, Response, request

from dashboard.base.language import word
from dashboard.components.shell.address import reader_language
from dashboard.services.access.person import acting_person
from dashboard.services.access.secret_key import is_signed, secret_key, signed
from dashboard.services.front_desk import FrontDesk
from dashboard.web.answers import refusal
from dashboard.web.cookies import set_cookie
from dashboard.web.forms import SESSION_COOKIE
from dashboard.web.gate import is_of_program, is_own_request
from dashboard.web.origin import READING

COOKIE, HEADER = "_csrf_token", "X-CSRFToken"  # as Dash's scripts call them
# Pages whose forms carry tokens of their own.
_WITH_FORMS = ("/sign-in", "/sign-out", "/access", "/hand-ins", "/markings", "/publications")
_PURPOSE = "call"


def require_tokens(server: Flask, desk: FrontDesk) -> None:
    """Refuse changes of signed-in browsers without the token (403); give it with pages."""
    key = secret_key(desk.settings.home, desk.settings.secret_key)

    def judge() -> Response | None:
        given = request.headers.get(HEADER, "")
        if not _needs_token() or is_signed(key, given, _PURPOSE, _session()):
            return None
        return refusal(word("access_form_old", reader_language()), 403)

    def give(response: Response) -> Response:
        if request.method == "GET" and acting_person().signed_in and _is_page(response):
            token = signed(key, _PURPOSE, _session())
            if request.cookies.get(COOKIE) != token:
                set_cookie(response, COOKIE, token, None, for_scripts=True)
        return response

    server.before_request(judge)
    server.after_request(give)


def _needs_token() -> bool:
    """Whether the request may change something and comes from a browser that is signed in."""
    if request.method in READING or request.path.startswith(_WITH_FORMS):
        return False
    return acting_person().signed_in and not is_own_request() and not is_of_program()


def _session() -> str:
    """What tells this sign-in from others; of one that a web server vouches for, the name."""
    return request.cookies.get(SESSION_COOKIE, "") or acting_person().name


def _is_page(response: Response) -> bool:
    return response.mimetype == "text/html" or response.status_code == 304
