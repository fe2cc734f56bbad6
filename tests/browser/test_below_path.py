"""Below /minzheng of a real nginx with TLS: what is done on a page does not leave the path."""

import re
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from below import BELOW, LINKS, left
from everywhere import DRAWN, PLAIN, QUERY
from nginx import free_port, needs_nginx, running
from playwright.sync_api import expect

pytestmark = needs_nginx


@pytest.fixture(scope="module")
def site(served, tmp_path_factory):
    """Where nginx shows the app: by the example of the documents, below a path."""
    port = free_port()
    with running(tmp_path_factory.mktemp("nginx"), port, served, BELOW):
        yield f"https://127.0.0.1:{port}"


@pytest.fixture(autouse=True)
def placed(app, monkeypatch):
    monkeypatch.setattr(app.desk, "settings", replace(app.desk.settings, prefix=BELOW))


@pytest.fixture
def visitor(browser, site):
    """A page, and what went wrong in it: requests that leave the path, failures, errors."""
    context = browser.new_context(
        ignore_https_errors=True, locale="zh-CN", viewport={"width": 1440, "height": 900}
    )
    troubles = []
    context.on("request", lambda request: troubles.extend(left([request.url], site)))
    context.on(
        "response",
        lambda answer: (
            troubles.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None
        ),
    )
    context.on("weberror", lambda error: troubles.append(str(error.error)))
    context.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
    context.set_default_timeout(30_000)
    yield context.new_page(), troubles
    context.close()


def opened(page, site, path):
    page.goto(f"{site}{BELOW}{path}{'&' if '?' in path else '?'}{QUERY}")
    page.wait_for_function(DRAWN)
    page.wait_for_load_state("networkidle")


@contextmanager
def quiet(troubles, allowed=""):
    yield
    found = [one for one in troubles if not allowed or allowed not in one]
    assert not found, "\n".join(found)


def test_plain_pages_stay_below_the_path(visitor, site):
    page, troubles = visitor
    with quiet(troubles):
        for path in PLAIN.values():
            page.goto(f"{site}{BELOW}{path}")
            troubles += left(page.evaluate(LINKS), site)
        page.goto(f"{site}{BELOW}/plain/topic/marriage")
        form = page.locator("form:has(select[name=area])")
        form.locator("select[name=area]").select_option(index=1)
        form.locator("button").click()
        page.wait_for_url(re.compile(f"{BELOW}/plain/.*area="))
        assert page.locator("table tbody td").count() > 20


def test_a_street_is_opened_and_left_by_clicks(visitor, site):
    page, troubles = visitor
    with quiet(troubles):
        opened(page, site, "/")
        page.locator(f"main a[href^='{BELOW}/street/']:visible").first.click()
        page.wait_for_url(re.compile(rf"{BELOW}/street/\d+"))
        page.wait_for_function(DRAWN)
        page.locator("#period-choice").select_option("2026-08")
        page.wait_for_url(re.compile("period=2026-08"))
        page.wait_for_function(DRAWN)
        page.go_back()
        page.go_back()
        page.wait_for_url(re.compile(rf"{BELOW}/\?"))
        page.wait_for_function(DRAWN)
        page.locator(f"nav a[href^='{BELOW}/targets']:visible").first.click()
        page.wait_for_url(re.compile(f"{BELOW}/targets"))
        page.wait_for_function(DRAWN)
        expect(page.locator("main h1")).to_be_visible()


def test_a_bar_leads_to_its_street(visitor, site):
    page, troubles = visitor
    with quiet(troubles):
        opened(page, site, "/topic/marriage")
        card = page.locator("[data-doors*='/street/']").first
        card.scroll_into_view_if_needed()
        card.locator(".point path, path.point, .points path").first.click(force=True)
        page.wait_for_url(re.compile(rf"{BELOW}/street/\d+"))
        expect(page.locator("main h1")).to_be_visible()


def test_a_file_is_exported_and_a_picture_previewed(visitor, site):
    page, troubles = visitor
    with quiet(troubles):
        opened(page, site, "/topic/marriage")
        link = page.locator(f"a[href^='{BELOW}/export/'][href*='.csv']").first
        with page.expect_download() as saved:
            link.evaluate("link => link.click()")
        assert saved.value.suggested_filename.endswith(".csv")
        card = page.locator(".chart-card").first
        card.locator("[data-action=export], .export-open").first.evaluate("one => one.click()")
        expect(page.locator(".export-dialog img")).to_have_attribute("src", re.compile("^data:"))


def test_a_receipt_is_taken_and_found(visitor, site):
    page, troubles = visitor
    with quiet(troubles, allowed="404"):
        opened(page, site, "/topic/marriage")
        page.locator("#receipt-take").evaluate("one => one.click()")
        code = page.locator("#receipt-taken a")
        expect(code).to_have_attribute("href", re.compile(f"^{BELOW}/receipt/"))
        page.goto(f"{site}{BELOW}/receipt")
        page.wait_for_function(DRAWN)
        page.locator("#receipt-code").fill("AAAA-AAAA")
        page.locator("#receipt-code").press("Enter")
        page.wait_for_url(re.compile(f"{BELOW}/receipt/AAAA"))
    absent = [trouble for trouble in troubles if trouble.startswith("404 ")]
    assert all("/receipt/AAAAAAAA" in trouble for trouble in absent), absent  # nobody took that one


def test_a_presentation_ends_on_its_page(visitor, site):
    page, troubles = visitor
    with quiet(troubles):
        opened(page, site, "/topic/marriage?present=1")
        page.keyboard.press("Escape")
        expect(page.locator(".chart-card").first).to_be_visible()
        assert urlsplit(page.url).path == f"{BELOW}/topic/marriage" and "present" not in page.url


def test_a_theme_is_kept_for_this_program_alone(visitor, site):
    page, _ = visitor
    opened(page, site, "/help")
    page.evaluate("window.theme.choose('dark')")
    cookie = next(one for one in page.context.cookies() if one["name"] == "theme")
    assert cookie["path"] == f"{BELOW}/"
