"""What is refused is a page like all others for a browser, and JSON for whoever asks for that."""

import ast
from dataclasses import replace

import pytest
from test_access import open_server, signed_in

from dashboard.base.concurrency_limit import Busy
from dashboard.base.settings import ROOT
from dashboard.store.health import OUTAGES

__all__ = ["open_server"]  # a fixture

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
SCRIPT = {"Accept": "*/*"}
LARGE = 10**12  # bytes that a request says to send
CROSS_SITE = {"Sec-Fetch-Site": "cross-site"}
CASES = [
    (400, "get", "/targets?q=%00", {}),
    (400, "get", f"/targets?q={'x' * 9000}", {}),
    (400, "get", "/targets", {"base_url": "http://evil.example"}),
    (400, "get", "/export/register.csv?nothing=1", {}),
    (403, "post", "/hand-ins/form", {"headers": CROSS_SITE}),
    (404, "get", "/screen/nobodys", {}),
    (404, "get", "/export/none.csv", {}),
    (404, "get", "/export/marriage/marriages_by_street.gif", {}),
    (405, "post", "/topic/marriage", {}),
    (405, "delete", "/sign-in", {}),
    (413, "post", "/hand-ins/form", {"environ_overrides": {"CONTENT_LENGTH": str(LARGE)}}),
]
IDS = [f"{status} {method} {path[:24]}" for status, method, path, _ in CASES]


def asked(client, method, path, language, options, kind):
    options = options | {"headers": options.get("headers", {}) | kind}
    mark = "&" if "?" in path else "?"
    return getattr(client, method)(f"{path}{mark}lang={language}", **options)


def assert_page(answer, language):
    """A whole document in the frame of all pages, in the reader's language."""
    assert answer.mimetype == "text/html"
    assert f'<html lang="{"zh-CN" if language == "zh" else "en"}"' in answer.text
    assert '<header class="masthead">' in answer.text
    assert "/assets/plain/work.css" in answer.text and "plain/plain.css" not in answer.text
    assert answer.text.count("<h1>") == 1 and '<p class="notice"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("status", "method", "path", "options"), CASES, ids=IDS)
def test_a_browser_gets_a_page_and_a_script_json(app, status, method, path, options, language):
    client = app.server.test_client()
    page = asked(client, method, path, language, options, BROWSER)
    assert page.status_code == status
    assert_page(page, language)
    answer = asked(client, method, path, language, options, SCRIPT)
    assert (answer.status_code, answer.mimetype) == (status, "application/json")
    assert answer.json["error"] in page.text.replace("&#x27;", "'").replace("&quot;", '"')


@pytest.mark.parametrize(
    ("error", "status"), [(Busy, 503), (OUTAGES[0], 503), (ValueError, 500)], ids=str
)
def test_so_it_is_where_the_server_cannot_answer(app, monkeypatch, error, status):
    def fails(*_arguments):
        raise error("SELECT 1", None, OSError("gone")) if status == 503 and error != Busy else error

    monkeypatch.setattr(type(app.server.answers._turns), "answer", fails)
    client = app.server.test_client()
    page = client.get("/hand-ins?lang=en", headers=BROWSER)
    assert page.status_code == status
    assert_page(page, "en")
    assert '<nav class="pages"' not in page.text  # nothing is asked of what fails
    answer = client.get("/hand-ins?lang=en", headers=SCRIPT)
    assert (answer.status_code, answer.mimetype) == (status, "application/json")
    assert page.headers.get("Retry-After") == answer.headers.get("Retry-After")


@pytest.mark.parametrize("path", ["/api/observations?area=nowhere", "/api/none", "/api/areas?x=1"])
def test_the_api_answers_everybody_with_json(app, path):
    answer = app.server.test_client().get(path, headers=BROWSER)
    assert answer.status_code in (400, 404) and answer.mimetype == "application/json"


def test_rights_rates_and_the_end_of_a_session_are_pages_too(app, open_server, monkeypatch):
    viewer = signed_in(open_server, "viewer")
    page = viewer.get("/access/users?lang=en", headers=BROWSER)
    assert page.status_code == 403 and "viewer" in page.text
    assert_page(page, "en")
    settings = replace(app.desk.settings, files_a_minute=1)
    monkeypatch.setattr(app.desk, "settings", settings)
    editor = signed_in(open_server, "editor")
    pages = [editor.get("/hand-ins?lang=en", headers=BROWSER) for _ in range(3)]
    assert pages[-1].status_code == 429 and pages[-1].headers["Retry-After"]
    assert_page(pages[-1], "en")
    nobody = open_server.test_client()
    page = nobody.post("/hand-ins?lang=en", headers=BROWSER)
    assert page.status_code == 401 and "/sign-in?" in page.text
    assert_page(page, "en")
    assert nobody.post("/hand-ins?lang=en", headers=SCRIPT).mimetype == "application/json"
    sent = {"v.marriages": "12", "v.none": "<b>"}
    page = nobody.post("/hand-ins/form?lang=en&area=1", data=sent, headers=BROWSER)
    assert page.status_code == 401
    assert_page(page, "en")
    names = app.desk.catalogue.indicators["marriages"].name
    assert f"<td>{names['en']}</td><td>12</td>" in page.text
    assert "<td>&lt;b&gt;</td>" in page.text


def test_a_refusal_names_nobody_before_it_is_known_who_asks(app, open_server):
    signed_in(open_server, "editor").get("/access")  # the person of this thread's last request
    client = open_server.test_client()
    page = client.get("/targets", headers=BROWSER, base_url="http://evil.example")
    assert page.status_code == 400 and "editor" not in page.text


def test_no_module_answers_a_refusal_in_another_way():
    """A status of four hundred and more is given by a page of its own subject or a refusal."""
    for file in sorted((ROOT / "dashboard" / "web").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "Response":
                continue
            given = {one.arg: one.value for one in node.keywords}
            status = getattr(given.get("status"), "value", 200)
            text = ast.unparse(node)
            if isinstance(status, int) and status >= 400:
                assert "work_document" in text or "text/plain" in text, (file.name, text)
