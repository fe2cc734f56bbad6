"""Answers travel compressed as the browser takes them, scripts are allowed one by one."""

import base64
import gzip
import hashlib
import re

import brotli
import pytest

from dashboard.web import security_headers


@pytest.fixture
def client(app):
    return app.server.test_client()


ADDRESSES = ["/", "/_dash-layout", "/_dash-dependencies", "/api/areas", "/api/areas?format=csv"]


@pytest.mark.slow
@pytest.mark.parametrize("address", [*ADDRESSES, "/plain/", "/assets/plain/plain.css"])
def test_every_text_travels_compressed(client, address):
    plain = client.get(address)
    assert "Content-Encoding" not in plain.headers
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}
    for accepted, encoding in (("gzip, deflate, br", "br"), ("gzip", "gzip")):
        packed = client.get(address, headers={"Accept-Encoding": accepted})
        assert packed.headers["Content-Encoding"] == encoding
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert len(packed.data) < len(plain.data) / 1.5
        assert int(packed.headers["Content-Length"]) == len(packed.data)
        if address != "/":  # its page load has a number of its own
            assert unpack[encoding](packed.data) == plain.data


def test_what_is_packed_already_or_tiny_is_left(client):
    packed = {"Accept-Encoding": "br"}
    assert "Content-Encoding" not in client.get("/healthz", headers=packed).headers
    workbook = client.get("/export/template-targets.xlsx", headers=packed)
    assert "Content-Encoding" not in workbook.headers


def test_a_file_that_did_not_change_is_not_sent_again(client):
    packed = {"Accept-Encoding": "br"}
    tag = client.get("/assets/plain/plain.css", headers=packed).headers["ETag"]
    again = client.get("/assets/plain/plain.css", headers={**packed, "If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_our_files_may_be_kept_for_good(client):
    html = client.get("/").get_data(as_text=True)
    addresses = re.findall(r'<(?:script|link)[^>]+(?:src|href)="([^"]+)"', html)
    kept = [one for one in addresses if one.endswith((".js", ".css"))]
    assert len(kept) == 7  # three of our own, three of others, Dash's
    for address in kept:
        answer = client.get(address, headers={"Accept-Encoding": "br"})
        assert "immutable" in answer.headers["Cache-Control"], address
        assert answer.headers["Content-Encoding"] == "br", address
    assert client.get("/own/0/dashboard.js").status_code == 404
    assert client.get("/_dash-component-suites/dash/dcc/0.dash_renderer.js").status_code == 404


def test_every_inline_script_of_a_page_is_named_by_its_hash_and_nothing_else_may_run(client):
    answer = client.get("/topic/marriage")
    policy = answer.headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if rule.strip())
    allowed = rules["script-src"].split()
    codes = re.findall(r"<script(?![^>]*src=)[^>]*>(.*?)</script>", answer.text, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() for code in codes]
    assert allowed == ["'self'", *(f"'sha256-{one}'" for one in hashes)]
    assert len(codes) >= 2


def test_other_answers_allow_no_inline_script(client):
    for address in ("/api/areas", "/plain/", "/nowhere", "/healthz"):
        policy = client.get(address).headers["Content-Security-Policy"]
        scripts = policy.partition("script-src ")[2].partition(";")[0]
        assert "unsafe" not in scripts
        assert address == "/nowhere" or scripts == "'self'"


def test_a_script_with_an_address_needs_no_hash():
    assert security_headers.inline_scripts('<script src="/x.js"></script>') == ()
