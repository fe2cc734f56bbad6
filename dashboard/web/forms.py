"""Reads forms of plain HTML pages, and gives each a token that no other site's page knows."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from html import escape

from flask import Response, g, request

from dashboard.base.language import word
from dashboard.services.access.secret_key import is_signed, signed
from dashboard.web.cookies import set_cookie

FORM_COOKIE, SESSION_COOKIE, BROWSER_COOKIE = "form", "signed-in", "browser"
_TOKEN = "token"
_YEAR = 365 * 24 * 3600


class Forms:
    """Writes forms with a token of this browser, and checks the token of one that was sent."""

    def __init__(self, key: bytes) -> None:
        """Sign tokens with this key."""
        self._key = key

    def form(self, fields: Sequence[str], button: str, action: str = "", act: str = "") -> str:
        """The HTML of a form; ``fields`` are HTML already, ``act`` says which form was sent."""
        nonce = self._nonce()
        token = signed(self._key, "form", nonce, request.cookies.get(SESSION_COOKIE, ""))
        hidden = _hidden(_TOKEN, token) + (_hidden("act", act) if act else "")
        return (
            f'<form method="post" action="{escape(action or request.path)}">{hidden}'
            f'{"".join(fields)}<p><button type="submit">{escape(button)}</button></p></form>'
        )

    def with_acts(
        self, body: str, acts: Sequence[tuple[str, str]], action: str, *, note: str = ""
    ) -> str:
        """The HTML of a form around ``body`` with a button for each act: its key and its words.

        ``note`` is a field that stands at the buttons; return in a field sends the first act.
        """
        nonce = self._nonce()
        token = signed(self._key, "form", nonce, request.cookies.get(SESSION_COOKIE, ""))
        buttons = " ".join(
            f'<button type="submit" name="act" value="{escape(act)}">{escape(text)}</button>'
            for act, text in acts
        )
        return (
            f'<form method="post" action="{escape(action)}">{_hidden(_TOKEN, token)}'
            f'{body}<div class="acts">{note}<p>{buttons}</p></div></form>'
        )

    def is_ours(self) -> bool:
        """Whether the request carries the token that was given to this browser."""
        nonce, token = request.cookies.get(FORM_COOKIE, ""), request.form.get(_TOKEN, "")
        session = request.cookies.get(SESSION_COOKIE, "")
        return bool(nonce) and is_signed(self._key, token, "form", nonce, session)

    def finish(self, response: Response) -> Response:
        """Let the browser keep what its forms are signed with."""
        if "form_nonce" in g:
            set_cookie(response, FORM_COOKIE, g.form_nonce, _YEAR)
        response.headers["Cache-Control"] = "no-store"
        return response

    def browser_of(self, name: str) -> str:
        """The browser's mark, where this person has signed in with it before; else empty."""
        mark, _, proof = request.cookies.get(BROWSER_COOKIE, "").partition(".")
        return mark if mark and is_signed(self._key, proof, "browser", mark, name) else ""

    def keep_browser(self, response: Response, name: str) -> None:
        """Let the browser be known as one with which this person has signed in."""
        mark = self.browser_of(name) or secrets.token_urlsafe(16)
        proof = signed(self._key, "browser", mark, name)
        set_cookie(response, BROWSER_COOKIE, f"{mark}.{proof}", _YEAR)

    def _nonce(self) -> str:
        if "form_nonce" not in g:
            g.form_nonce = request.cookies.get(FORM_COOKIE, "") or secrets.token_urlsafe(16)
        return str(g.form_nonce)


def see_other(address: str) -> Response:
    """Lead the browser on after what it sent is done, so that a reload sends nothing again."""
    return Response(status=303, headers={"Location": address})


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{name}" value="{escape(value)}">'


def hidden(name: str, value: str) -> str:
    """A value that is sent with a form."""
    return _hidden(name, value)


def field(key: str, name: str, language: str, value: str = "") -> str:
    """A labelled line of text; ``key`` is its label's word."""
    return _field(key, language, f'type="text" name="{name}" value="{escape(value)}"')


def password_field(key: str, name: str, language: str, *, new: bool = False) -> str:
    """A labelled field for a password; ``new``: one that is to be set."""
    complete = "new-password" if new else "current-password"
    given = f'type="password" name="{name}" autocomplete="{complete}" required'
    return _field(key, language, given)


def name_field(key: str, language: str, value: str = "") -> str:
    """A labelled field for a user's name."""
    given = f'value="{escape(value)}" autocomplete="username" required'
    return _field(key, language, f'type="text" name="name" {given}')


def _field(key: str, language: str, attributes: str) -> str:
    label = escape(word(key, language))
    return f'<p><label>{label}<br><input {attributes} maxlength="200"></label></p>'


def choice(
    key: str, name: str, options: Sequence[tuple[str, str]], chosen: str, language: str
) -> str:
    """A labelled list to choose from: values and what is shown."""
    listed = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>'
        f"{escape(shown)}</option>"
        for value, shown in options
    )
    label = escape(word(key, language))
    return f'<p><label>{label}<br><select name="{name}">{listed}</select></label></p>'


def tick(key: str, name: str, language: str, *, on: bool = False) -> str:
    """A box to tick."""
    return ticked_words(word(key, language), name, "1", on=on)


def ticked_words(words: str, name: str, value: str, *, on: bool = False) -> str:
    """A box to tick at these words; ``value`` is sent where it is ticked."""
    checked = " checked" if on else ""
    return (
        f'<p><label><input type="checkbox" name="{name}" value="{escape(value)}"{checked}> '
        f"{escape(words)}</label></p>"
    )
