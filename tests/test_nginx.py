"""Behind nginx with TLS, by the example that is copied."""

import re
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import contextmanager
from dataclasses import replace
from http.cookies import SimpleCookie
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

import pytest

from dashboard.base.settings import ROOT
from dashboard.services.access.accounts import Wish
from dashboard.services.access.person import LOCAL, set_acting

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
pytestmark = pytest.mark.skipif(
    not (NGINX and shutil.which("openssl")), reason="nginx and openssl are not installed"
)
PASSWORD = "kite-lamp-river"


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def example(folder, port, backend):
    """The example, with ports and certificate of this test."""
    server = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for old, new in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        ("server_name minzheng.example.org;", "server_name 127.0.0.1;"),
        ("/etc/ssl/minzheng.crt", f"{folder}/a.crt"),
        ("/etc/ssl/minzheng.key", f"{folder}/a.key"),
        ("http://127.0.0.1:8050", backend),
    ):
        assert old in server
        server = server.replace(old, new)
    paths = "".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;"
        f"events {{}} http {{ access_log off; {paths}\n{server} }}"
    )


@contextmanager
def running(folder, port, backend):
    subject = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    made = ("-keyout", f"{folder}/a.key", "-out", f"{folder}/a.crt", "-days", "2", "-nodes")
    subprocess.run(
        ("openssl", "req", "-x509", "-newkey", "rsa:2048", *made, *subject),
        check=True,
        capture_output=True,
    )
    (folder / "nginx.conf").write_text(example(folder, port, backend))
    server = subprocess.Popen((NGINX, "-c", f"{folder}/nginx.conf", "-e", f"{folder}/error.log"))
    try:
        wait_for(port)
        yield
    finally:
        server.terminate()
        server.wait(10)


def wait_for(port):
    for _ in range(100):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("nginx does not listen")


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
