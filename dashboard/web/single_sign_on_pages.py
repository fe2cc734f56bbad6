"""Serves sign-in with the office's identity provider, where the settings name one.

The browser keeps what it began with in a signed cookie, which only this server's answer to the
provider reads: an answer that this browser did not ask for signs nobody in.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hmac import compare_digest

from flask import Blueprint, Response, redirect, request

from dashboard.base.language import word
from dashboard.components.shell.address import reader_language
from dashboard.components.shell.sub_path import sub_path
from dashboard.services.access.secret_key import is_signed, signed
from dashboard.services.access.single_sign_on import Attempt, NotSignedIn, SingleSignOn
from dashboard.services.front_desk import FrontDesk
from dashboard.store.opening import StoreError
from dashboard.web.answers import refusal
from dashboard.web.cookies import drop_cookie, is_framed, set_cookie
from dashboard.web.forms import SESSION_COOKIE
from dashboard.web.proxies import is_encrypted, sender
from dashboard.web.sign_in_pages import PROVIDER, safe_path

ANSWER = f"{PROVIDER}/answer"
COOKIE = "provider"
_SECONDS = 600  # in which somebody signs in with the provider
_PURPOSE = "provider"


class SingleSignOnPages:
    """Answers the two addresses of a sign-in with an identity provider for one desk."""

    def __init__(self, desk: FrontDesk, key: bytes) -> None:
        """Sign people in at this desk; what browsers keep is signed with this key."""
        self._desk, self._key = desk, key
        provider = desk.settings.provider
        self.single_sign_on = None if provider is None else SingleSignOn(provider)

    def add_to(self, routes: Blueprint) -> None:
        """Add the routes."""
        routes.add_url_rule(PROVIDER, "provider_begin", self.begin)
        routes.add_url_rule(ANSWER, "provider_answer", self.answer)

    def begin(self) -> Response:
        """Send the browser to the provider."""
        language = reader_language()
        if self.single_sign_on is None:
            return refusal(word("sso_off", language), 404)
        if is_framed() and not is_encrypted():
            return refusal(word("access_needs_https", language), 400)
        try:
            url, attempt = self.single_sign_on.begin(_address())
        except NotSignedIn as error:
            return refusal(error.text, 503)
        kept = [attempt.state, attempt.nonce, attempt.verifier]
        kept.append(safe_path(request.args.get("next", "")))
        text = urlsafe_b64encode(json.dumps(kept).encode()).decode()
        answer: Response = redirect(url, 303)  # type: ignore[assignment]
        set_cookie(answer, COOKIE, f"{text}.{signed(self._key, _PURPOSE, text)}", _SECONDS)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def answer(self) -> Response:
        """Sign in whom the provider names, and lead on to where he or she wanted to go."""
        language, begun = reader_language(), self._attempt_begun()
        if self.single_sign_on is None:
            return refusal(word("sso_off", language), 404)
        if begun is None or not compare_digest(
            begun[0].encode(), request.args.get("state", "").encode()
        ):
            return refusal(word("sso_not_begun", language), 400)
        code = request.args.get("code", "")
        if not code:  # the provider says why; it may be that somebody thought better of it
            return refusal(word("sso_refused", language, reason=_reason()), 403)
        try:
            who = self.single_sign_on.vouched(Attempt(*begun[:3]), code, _address())
            hours = self._desk.settings.session_hours
            token = self._desk.accounts.sign_in_vouched(*who, sender(), hours)
        except (NotSignedIn, StoreError) as error:
            return refusal(error.text, 403)
        answer: Response = redirect(begun[3], 303)  # type: ignore[assignment]
        set_cookie(answer, SESSION_COOKIE, token, hours * 3600)
        drop_cookie(answer, COOKIE)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _attempt_begun(self) -> list[str] | None:
        """What the browser began with: state, nonce, verifier, where to go on to."""
        text, _, proof = request.cookies.get(COOKIE, "").partition(".")
        if not text or not is_signed(self._key, proof, _PURPOSE, text):
            return None
        begun: list[str] = json.loads(urlsafe_b64decode(text))
        return begun


def _address() -> str:
    """Where the provider sends the browser back to, as the browser reaches this server."""
    scheme = "https" if is_encrypted() else "http"
    return f"{scheme}://{request.host}{sub_path()}{ANSWER}"


def _reason() -> str:
    """The provider's own word of why, such as access_denied."""
    text = request.args.get("error", "")[:40]
    return text if text.isascii() and text.replace("_", "").isalnum() else "?"
