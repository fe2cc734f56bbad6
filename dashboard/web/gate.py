"""Judges who sends a request, and whether he or she may. Every route and callback passes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, g, redirect, request

from dashboard.base.language import word
from dashboard.components.shell.address import reader_language
from dashboard.components.shell.work_frame import SIGN_IN
from dashboard.services.access.person import LOCAL, Person, Role, acting_person, set_acting
from dashboard.services.access.rights import (
    ANYONE,
    ORIGINALS,
    least_for_callback,
    least_for_route,
    may,
)
from dashboard.services.front_desk import FrontDesk
from dashboard.store.opening import StoreError
from dashboard.web.answers import refusal
from dashboard.web.forms import SESSION_COOKIE
from dashboard.web.origin import READING
from dashboard.web.proxies import sender, vouched_name
from dashboard.web.refusal_pages import wants_page
from dashboard.web.request_validation import CALLBACKS
from dashboard.web.sent_cells import is_form_sent, typed_page

# Whose next choices the server prepares by asking itself: no header of a request is named so.
PREPARED_FOR = "dashboard.prepared-for"
_FOR_PROGRAMS = ("/api/", "/export/", "/_dash", "/own/", "/vendor/", "/static/")
_WITH_TOKEN = ("/api/", "/export/")
_FILES = ("/export/", "/api/reports/", "/api/meetings/")
_ORIGINAL = "/api/submissions/<int:number>/file"


def guard_routes(server: Flask, desk: FrontDesk) -> None:
    """Let everybody only to the routes that are his or hers; to be added before all others."""
    local = Person(LOCAL.name, LOCAL.role, LOCAL.areas, LOCAL.originals)

    def judge() -> Response | None:
        rule = request.url_rule.rule if request.url_rule else None
        least = least_for_route(rule) if rule else Role.VIEWER
        set_acting(local)
        g.is_judged = True  # who acts is known, or that it is nobody
        if not desk.settings.needs_sign_in:
            return None
        prepared_for = request.environ.get(PREPARED_FOR)
        if prepared_for is not None:
            set_acting(prepared_for)
            return None if may(prepared_for, least) else refused(least)
        set_acting(Person("", Role.VIEWER, origin=sender()))  # nobody yet
        if least == ANYONE:
            return None
        person = desk.accounts.person_of(_token(), sender())
        person = person or desk.accounts.person_named(vouched_name(), sender())
        if person is None:
            return _sign_in_first(desk)
        set_acting(person)
        return None if may(person, least) else refused(least)

    server.before_request(judge)


def is_own_request() -> bool:
    """Whether the server asks itself, for a reader who has come or is likely to."""
    return PREPARED_FOR in request.environ


def is_of_program() -> bool:
    """Whether the request carries a program's token, with which lists and files are fetched."""
    kind = request.headers.get("Authorization", "").partition(" ")[0]
    return kind.lower() == "bearer" and request.path.startswith(_WITH_TOKEN)


def _token() -> str:
    """The token of the request: a program's, to fetch lists and files, else the browser's."""
    if is_of_program():
        return request.headers["Authorization"].partition(" ")[2].strip()
    return request.cookies.get(SESSION_COOKIE, "")


def guard_callbacks(server: Flask, declared: Mapping[str, Mapping[str, Any]]) -> None:
    """Let everybody only call the callbacks that are his or hers; after the call was validated."""

    def judge() -> Response | None:
        if request.path != CALLBACKS or request.method != "POST":
            return None
        asked = request.get_json(silent=True) or {}
        name = callback_name(declared[asked["output"]]["callback"])
        least = least_for_callback(name)
        return None if may(acting_person(), least) else refused(least)

    server.before_request(judge)


def callback_name(callback: Any) -> str:  # noqa: ANN401 - Dash's wrapper around the function
    """Module and name of the function behind a callback, as the table of rights names it."""
    while hasattr(callback, "__wrapped__"):
        callback = callback.__wrapped__
    return f"{callback.__module__}.{callback.__name__}"


def note_files(server: Flask, desk: FrontDesk) -> None:
    """Note in the audit log which files leave."""

    def note(response: Response) -> Response:
        rule = request.url_rule.rule if request.url_rule else ""
        if response.status_code != 200 or request.method != "GET" or g.get("refused"):
            return response
        try:
            if rule == _ORIGINAL:
                desk.audit.note("original", request.path)
            elif rule.startswith(_FILES) and "template" not in rule and "example" not in rule:
                desk.audit.note("export", request.full_path.rstrip("?"))
        except StoreError as error:  # what leaves is noted, or does not leave
            return refusal(error.text[reader_language()], 503)
        return response

    server.after_request(note)


def _sign_in_first(desk: FrontDesk) -> Response:
    language = reader_language()
    is_page = wants_page() or not request.path.startswith(_FOR_PROGRAMS)
    if request.method in READING and is_page:
        asked = request.full_path.rstrip("?")
        return redirect(f"{SIGN_IN}?lang={language}&next={quote(asked, safe='')}", 303)  # type: ignore[return-value]
    if is_form_sent():
        return typed_page(desk, language, SIGN_IN)
    return refusal(word("access_sign_in_first", language), 401)


def refused(least: int) -> Response:
    """What somebody has no right to, in words: what it needs, and who can do or give it."""
    g.refused = True
    language = reader_language()
    if least == ORIGINALS:
        text = word("access_no_originals", language)
    else:
        needed, own = (
            word(f"access_role_{role.key}", language)
            for role in (Role(least), acting_person().role)
        )
        text = word("access_no_right", language, needed=needed, own=own)
    return refusal(text, 403, word("access_no_right_title", language))
