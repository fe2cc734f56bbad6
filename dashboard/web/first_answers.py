"""Puts into a page's document what its scripts would ask for first: the figures come with it.

Dash's scripts fetch the frame, the list of callbacks and the page's content one after another. Here
the server asks itself, and ``assets/20-shell/first-answers.js`` gives each answer to its question.
"""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import quote

from flask import Flask, request
from werkzeug.test import EnvironBuilder

from dashboard.services.access.person import acting_person
from dashboard.web.gate import PREPARED_FOR

CALLBACKS = "/_dash-update-component"
FIRST = ("/_dash-layout", "/_dash-dependencies")
_KEPT = ("Cookie", "Accept-Language")  # what decides on language and theme
_LOCATION = "_pages_location"


def first_answers(server: Flask) -> str:
    """The answers for the present request's page as elements of HTML; "" where one fails.

    They are made for whoever asks for the page, in whatever way he or she has signed in.
    """
    search = request.query_string.decode("ascii", "replace")
    call = page_call(quote(request.path), f"?{search}" if search else "")
    answers = [(path, _answer(server, path)) for path in FIRST]
    answers.append((CALLBACKS, _answer(server, CALLBACKS, call)))
    if any(answer is None for _, answer in answers):
        return ""
    return "\n".join(_element(path, answer or "") for path, answer in answers)


def _answer(server: Flask, path: str, call: dict[str, Any] | None = None) -> str | None:
    """What the server answers this reader; None where that is no success."""
    kept = [(name, request.headers[name]) for name in _KEPT if name in request.headers]
    method = "GET" if call is None else "POST"
    own = {PREPARED_FOR: acting_person()}  # who needs no token of a browser, nor signs in again
    asked = EnvironBuilder(
        path, request.host_url, method=method, json=call, headers=kept, environ_overrides=own
    )
    with server.request_context(asked.get_environ()):
        answer = server.full_dispatch_request()
        return answer.get_data(as_text=True) if answer.status_code == 200 else None


def page_call(path: str, search: str) -> dict[str, Any]:
    """The call by which Dash's script asks for a page's content; ``search`` begins with ?."""
    return {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [
            {"id": "_pages_content", "property": "children"},
            {"id": "_pages_store", "property": "data"},
        ],
        "changedPropIds": [f"{_LOCATION}.pathname", f"{_LOCATION}.search"],
        "inputs": [
            {"id": _LOCATION, "property": "pathname", "value": path},
            {"id": _LOCATION, "property": "search", "value": search},
        ],
        "state": [],
    }


def _element(path: str, answer: str) -> str:
    """An answer as data within HTML, where no sign of it may end the element."""
    data = answer.replace("<", "\\u003c")
    return f'<script type="application/json" data-first="{escape(path)}">{data}</script>'
