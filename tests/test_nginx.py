"""Behind nginx with TLS, by the example that is copied."""

import re
import ssl
from dataclasses import replace
from http.cookies import SimpleCookie
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

import pytest
from nginx import free_port, needs_nginx, running

from dashboard.services.access.accounts import Wish
from dashboard.services.access.person import LOCAL, set_acting

pytestmark = needs_nginx
PASSWORD = "kite-lamp-river"


class Stay(HTTPRedirectHandler):
    """Follows no redirect."""

    def redirect_request(self, *_given):
        return None


@pytest.fixture
def ask(served, tmp_path):
    """Asks for an address through nginx: status, headers and text."""
    port = free_port()
    with running(tmp_path, port, served):
        context = ssl.create_default_context(cafile=tmp_path / "a.crt")
        opener = build_opener(HTTPSHandler(context=context), Stay)
        site = f"https://127.0.0.1:{port}"

        def get(path, fields=None, **headers):
            body = urlencode(fields).encode() if fields else None
            asked = Request(site + path, body, {k.replace("_", "-"): v for k, v in headers.items()})
            try:
                answer = opener.open(asked, timeout=60)
            except HTTPError as error:
                answer = error
            return answer.status, answer.headers, answer.read().decode()

        get.site = site
        yield get


@pytest.mark.slow
def test_pages_are_served_encrypted_and_changes_from_elsewhere_are_refused(ask):
    status, headers, text = ask("/plain/targets?lang=en")
    assert status == 200 and "<h1" in text
    assert headers["Strict-Transport-Security"] and headers["X-Content-Type-Options"] == "nosniff"
    assert ask("/healthz")[0] == 200
    assert ask("/", Host="evil.example")[0] == 400
    assert ask("/api/receipts", {"a": "b"}, Origin="https://evil.example")[0] == 403
    assert ask("/api/receipts", {"a": "b"}, Origin=ask.site)[0] != 403


def test_somebody_signs_in_through_it_with_cookies_for_https_alone(app, ask, monkeypatch):
    monkeypatch.setattr(app.desk, "settings", replace(app.desk.settings, hosts=("a.example",)))
    if "proxied" not in {one.name for one in app.desk.accounts.all()}:
        app.desk.accounts.add("proxied", Wish("viewer", password=PASSWORD))
    status, headers, _ = ask("/topic/marriage")
    assert status == 303 and headers["Location"].startswith("/sign-in?")
    _, headers, page = ask("/sign-in?lang=en")
    token = re.search(r'name="token" value="(\w+)"', page)[1]
    fields = {"token": token, "name": "proxied", "password": PASSWORD}
    sent = {"Cookie": cookies_of(headers), "Origin": ask.site, "Sec_Fetch_Site": "same-origin"}
    status, headers, page = ask("/sign-in?lang=en", fields, **sent)
    assert status == 303, page
    assert all("Secure" in one for one in headers.get_all("Set-Cookie"))
    status, _, page = ask("/access?lang=en", Cookie=cookies_of(headers))
    assert status == 200 and "proxied" in page
    signed_in_from = [one.origin for one in app.desk.audit.entries(limit=3) if one.act == "sign_in"]
    assert signed_in_from == ["127.0.0.1"]
    set_acting(LOCAL)


def cookies_of(headers):
    jar = SimpleCookie()
    for one in headers.get_all("Set-Cookie"):
        jar.load(one)
    return "; ".join(f"{name}={one.value}" for name, one in jar.items())
