"""Somebody who is signed in clicks, in Chromium: calls carry the session's token."""

from dataclasses import replace

import pytest

from dashboard.components.shell import ids
from dashboard.services.access.accounts import Wish

PASSWORD = "kite-lamp-river"


@pytest.fixture
def signed_in(app, page, monkeypatch):
    """The page of a browser in which an editor has signed in."""
    monkeypatch.setattr(app.desk, "settings", replace(app.desk.settings, host="0.0.0.0"))
    if "clicker" not in {one.name for one in app.desk.accounts.all()}:
        app.desk.accounts.add("clicker", Wish("editor", password=PASSWORD))
    page.goto("/sign-in?lang=en&next=/topic/marriage")
    page.locator("[name=name]").fill("clicker")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form button").first.click()
    page.wait_for_url("**/topic/marriage*")
    return page


def test_callbacks_of_somebody_signed_in_are_answered(signed_in):
    page = signed_in
    page.goto("/drafts?lang=en")
    page.locator(f"#{ids.DRAFT_PASTE}").fill("城市低保人数 120 人，其中男 70 人、女 60 人。")
    with page.expect_response("**/_dash-update-component*") as answered:
        page.locator(f"#{ids.DRAFT_CHECK}").click()
    asked = answered.value.request
    assert answered.value.status in (200, 204)
    token = next(c for c in page.context.cookies() if c["name"] == "_csrf_token")
    assert asked.headers["x-csrftoken"] == token["value"]
    assert not token["httpOnly"] and token["sameSite"] == "Lax"
    session = next(c for c in page.context.cookies() if c["name"] == "signed-in")
    assert session["httpOnly"]
