"""Serves sign-in, sign-out and everybody's own account as plain HTML."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from flask import Blueprint, Response, redirect, request

from dashboard.base.language import word
from dashboard.components.shell.address import reader_language
from dashboard.components.shell.work_frame import work_document
from dashboard.services.access.accounts import TooMany
from dashboard.services.access.person import Person, acting_person
from dashboard.services.front_desk import FrontDesk
from dashboard.store.opening import StoreError
from dashboard.web.cookies import drop_cookie, is_framed, set_cookie
from dashboard.web.forms import (
    SESSION_COOKIE,
    Forms,
    hidden,
    name_field,
    password_field,
)
from dashboard.web.gate import SIGN_IN
from dashboard.web.origin import READING
from dashboard.web.proxies import is_encrypted, sender

ACCOUNT = "/access"
PROVIDER = f"{SIGN_IN}/provider"  # the way to the office's identity provider


def safe_path(asked: str) -> str:
    """The path to go on to after sign-in: one of this server, else the start page."""
    is_own = asked.startswith("/") and not asked.startswith(("//", "/\\")) and asked.isprintable()
    return asked if is_own and not asked.startswith(SIGN_IN) else "/"


def access_page(desk: FrontDesk, title: str, body: str, status: int = 200) -> Response:
    """A page of access in the frame of all pages, with the links of who is signed in."""
    return Response(work_document(desk, title, body), status=status, mimetype="text/html")


def message(text: str) -> str:
    """A sentence about what was done, or why not."""
    return f'<p class="notice" role="status">{escape(text)}</p>' if text else ""


def _provider_link(following: str, language: str) -> str:
    address = f"{PROVIDER}?lang={language}&next={quote(following, safe='')}"
    return f'<p><a href="{escape(address)}">{escape(word("sso_sign_in", language))}</a></p>'


class SignInPages:
    """Answers /sign-in, /sign-out and /access for one desk."""

    def __init__(self, desk: FrontDesk, forms: Forms) -> None:
        """Sign people in at this desk."""
        self._desk, self._forms = desk, forms

    def add_to(self, routes: Blueprint) -> None:
        """Add the routes."""
        both = ["GET", "POST"]
        routes.add_url_rule(SIGN_IN, "sign_in", self.sign_in, methods=both)
        routes.add_url_rule("/sign-out", "sign_out", self.sign_out, methods=["POST"])
        routes.add_url_rule(ACCOUNT, "own", self.own, methods=both)

    def sign_in(self) -> Response:
        """The form, and what was sent with it."""
        if request.method in READING:
            return self._form("", 200)
        language = reader_language()
        if is_framed() and not is_encrypted():
            return self._form(word("access_needs_https", language), 400)
        if not self._forms.is_ours():
            return self._form(word("access_form_old", language), 400)
        name, password = (request.form.get(one, "") for one in ("name", "password"))
        hours, known = self._desk.settings.session_hours, self._forms.browser_of(name.strip())
        try:
            token = self._desk.accounts.sign_in(name, password, sender(), known, hours)
        except TooMany as error:
            return self._form(error.text[language], 429)
        if token is None:
            return self._form(word("access_wrong", language), 401)
        answer: Response = redirect(safe_path(request.form.get("next", "")), 303)  # type: ignore[assignment]
        set_cookie(answer, SESSION_COOKIE, token, hours * 3600)
        self._forms.keep_browser(answer, name.strip())
        return self._forms.finish(answer)

    def _form(self, text: str, status: int) -> Response:
        language = reader_language()
        following = safe_path(request.values.get("next", ""))
        typed = request.form.get("name", "")[:60]
        fields = [
            name_field("access_name", language, typed),
            password_field("access_password", "password", language),
            hidden("next", following),
        ]
        form = self._forms.form(fields, word("access_sign_in", language))
        if self._desk.settings.provider is not None:
            form = _provider_link(following, language) + form
        if not self._desk.settings.needs_sign_in:
            form = message(word("access_local", language))
        title = word("access_sign_in", language)
        return self._forms.finish(access_page(self._desk, title, message(text) + form, status))

    def sign_out(self) -> Response:
        """End this session."""
        if not self._forms.is_ours():
            return self._own(word("access_form_old", reader_language()), 400)
        if acting_person().signed_in:
            self._desk.accounts.sign_out(request.cookies.get(SESSION_COOKIE, ""))
        return self._signed_out()

    def own(self) -> Response:
        """One's own name, role and areas; the password is changed, all sessions are ended."""
        person, language = acting_person(), reader_language()
        if request.method in READING or not person.signed_in:
            return self._own("", 200)
        if not self._forms.is_ours():
            return self._own(word("access_form_old", language), 400)
        try:
            if request.form.get("act") == "everywhere":
                self._desk.accounts.sign_out_everywhere(person.name)
            else:
                old, new = (request.form.get(one, "") for one in ("old", "password"))
                self._desk.accounts.change_own_password(person.name, old, new)
        except StoreError as error:
            return self._own(error.text[language], 422)
        return self._signed_out()

    def _signed_out(self) -> Response:
        answer: Response = redirect(f"{SIGN_IN}?lang={reader_language()}", 303)  # type: ignore[assignment]
        drop_cookie(answer, SESSION_COOKIE)
        return answer

    def _own(self, text: str, status: int) -> Response:
        language, person = reader_language(), acting_person()
        title = word("access_own", language)
        if not person.signed_in:
            body = message(word("access_local", language))
            return self._forms.finish(access_page(self._desk, title, body, status))
        fields = [
            password_field("access_password_old", "old", language),
            password_field("access_password_new", "password", language, new=True),
        ]
        make, setting = self._forms.form, word("access_password_set", language)
        body = (
            f"{message(text)}<p>{escape(self._about(person, language))}</p>"
            f"{make([], word('access_sign_out', language), '/sign-out')}"
            f"{make([], word('access_everywhere', language), ACCOUNT, 'everywhere')}"
            f"<h2>{escape(setting)}</h2>{make(fields, setting, ACCOUNT, 'password')}"
        )
        return self._forms.finish(access_page(self._desk, title, body, status))

    def _about(self, person: Person, language: str) -> str:
        areas = self._desk.areas()
        names = [areas.name_of(code, language) for code in person.areas]
        parts = [person.name, word(f"access_role_{person.role.key}", language), *names]
        if person.originals:
            parts.append(word("access_originals", language))
        return " · ".join(parts)
