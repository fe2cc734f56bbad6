"""Nothing is fetched from another host: no address in what is sent, a policy that forbids it."""

import re

import pytest

from dashboard.base.settings import ROOT

ADDRESS = re.compile(r"(?:https?:)?//(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/:][^\s\"')]*)?", re.IGNORECASE)
NAMESPACES = ("http://www.w3.org/",)  # names of XML vocabularies; nothing is fetched from them
CDN = re.compile(
    r"cdn\.|jsdelivr|unpkg|cdnjs|googleapis|gstatic|bootstrapcdn|dbc\.themes|dbc\.icons|"
    r"plot\.ly|chart-studio|maxcdn|fontawesome",
    re.IGNORECASE,
)
SENT = sorted(
    file
    for folder, suffixes in (
        ("assets", {".css", ".js", ".svg", ".html"}),
        ("dashboard", {".py"}),
        ("pages", {".py"}),
        ("callbacks", {".py"}),
    )
    for file in (ROOT / folder).rglob("*")
    if file.suffix in suffixes
)


@pytest.mark.slow
@pytest.mark.parametrize("file", SENT, ids=[str(file.relative_to(ROOT)) for file in SENT])
def test_a_file_that_is_sent_names_no_other_host(file):
    text = file.read_text(encoding="utf-8")
    assert not CDN.search(text), CDN.search(text)
    found = [a for a in ADDRESS.findall(text) if not a.startswith(NAMESPACES)]
    if file.suffix == ".py":  # a comment or a stated source may name an address; a tag may not
        found = [a for a in found if re.search(rf"(?:src|href|url)\W{{1,3}}{re.escape(a)}", text)]
    assert not found


@pytest.mark.slow
def test_every_file_the_first_page_asks_for_comes_from_here(app):
    client = app.server.test_client()
    for language in ("zh", "en"):
        html = client.get(f"/?lang={language}").get_data(as_text=True)
        asked = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"', html)
        assert any("/vendor/" in address for address in asked)
        for address in asked:
            assert address.startswith("/") and not address.startswith("//"), address
            answer = client.get(address)
            assert answer.status_code == 200, address


def test_plotly_stands_before_the_scripts_of_dash(app):
    html = app.server.test_client().get("/").get_data(as_text=True)
    assert html.index("plotly-cartesian.min.js") < html.index("_dash-component-suites")


def test_the_page_forbids_the_browser_to_ask_anybody_else(app):
    policy = app.server.test_client().get("/").headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if rule.strip())
    assert rules["default-src"] == "'self'"
    for name in ("script-src", "style-src", "connect-src", "img-src", "font-src"):
        assert not re.search(r"https?:|\*", rules.get(name, "")), name
