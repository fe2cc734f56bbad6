"""Keeps what was typed into a form that came in without a session, on a page that leads back."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from flask import Response, request

from dashboard.base.language import word
from dashboard.components.shell.work_frame import work_document
from dashboard.services.front_desk import FrontDesk
from dashboard.web.forms import hidden
from dashboard.web.html_tables import table

FILL = "/hand-ins/form"
CELL = "v."  # before the indicator in the name of a field
MOST_CELLS, MOST_TYPED = 500, 200
_NOTED = ("note", "seen")  # what is sent beside the cells


def sent_cells() -> dict[str, str]:
    """What was typed into the cells of the form that was sent, by indicator."""
    return {
        name.removeprefix(CELL): text
        for name, text in request.form.items()
        if name.startswith(CELL)
    }


def is_form_sent() -> bool:
    """Whether the request sends a form that was filled in."""
    return request.method == "POST" and request.path == FILL and bool(sent_cells())


def typed_page(desk: FrontDesk, language: str, sign_in: str) -> Response:
    """What was typed, to be copied, and a button that sends it on after ``sign_in``; 401.

    Nothing of it is kept here. It is sent without a token: the form's own page refuses it once, and
    shows it again in its lines under a token of the new session.
    """
    asked = request.full_path.rstrip("?")
    cells = [(name[:MOST_TYPED], text[:MOST_TYPED]) for name, text in sent_cells().items() if text]
    cells = cells[:MOST_CELLS]
    kept = [(f"{CELL}{name}", text) for name, text in cells]
    kept += [(name, request.form[name][:MOST_TYPED]) for name in _NOTED if name in request.form]
    title = word("access_sign_in", language)
    address = f"{sign_in}?lang={language}&next={quote(asked, safe='')}"
    heads = (word(f"fill_{name}", language) for name in ("line", "now"))
    known = desk.catalogue.indicators
    rows = [
        [escape(known[name].name[language] if name in known else name), escape(text)]
        for name, text in cells
    ]
    body = (
        f'<p class="notice" role="status">{escape(word("fill_signed_out", language))}</p>'
        f'<p><a href="{escape(address)}" target="_blank" rel="noopener">{escape(title)}</a></p>'
        f'<form method="post" action="{escape(asked)}">'
        f"{''.join(hidden(escape(name), text) for name, text in kept)}"
        f'<p><button type="submit">{escape(word("fill_go_on", language))}</button></p></form>'
        + table(word("fill_typed", language), heads, rows)
    )
    answer = Response(work_document(desk, title, body), status=401, mimetype="text/html")
    answer.headers["Cache-Control"] = "no-store"
    return answer
