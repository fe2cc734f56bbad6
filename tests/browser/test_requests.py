"""A click asks the server once, and what was chosen last is what is shown."""

import re

import pytest
from playwright.sync_api import expect

CALLS = "**/_dash-update-component*"
SETTLED = (
    """() => !document.querySelector('._dash-loading-callback, [data-dash-is-loading=true]')"""
)


@pytest.fixture
def asked(page):
    """The callbacks that the page has asked for, by the names of their outputs."""
    calls = []

    def note(request):
        if "_dash-update-component" in request.url:
            calls.append(request.post_data_json["output"])

    page.on("request", note)
    return calls


def opened(page, address, asked):
    page.goto(address)
    expect(page.locator("main h1").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    asked.clear()


def settled(page):
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)


@pytest.mark.parametrize("path", ["/", "/topic/marriage", "/street/990101001"])
def test_a_period_and_a_comparison_ask_once(page, asked, path):
    opened(page, f"{path}?area=990101", asked)
    page.locator("#period-choice").select_option("2026-08")
    expect(page).to_have_url(re.compile("period=2026-08"))
    expect(page.locator("#period-choice")).to_have_value("2026-08")
    settled(page)
    assert len(asked) == 1, asked
    asked.clear()
    page.locator("#comparison-choice label").nth(1).click()
    expect(page).to_have_url(re.compile("compare="))
    settled(page)
    assert len(asked) == 1, asked


def test_another_street_asks_once(page, asked):
    opened(page, "/topic/marriage?area=990101", asked)
    page.evaluate("() => window.dash_clientside.set_props('area-choice', {value: '990101002'})")
    expect(page).to_have_url(re.compile("area=990101002"))
    settled(page)
    assert len(asked) == 1, asked


def test_a_second_choice_before_the_first_answer_keeps_both(page, asked):
    opened(page, "/topic/marriage?area=990101", asked)
    held = []
    page.route(CALLS, lambda route: held.append(route))
    page.evaluate("() => window.dash_clientside.set_props('area-choice', {value: '990101002'})")
    expect(page).to_have_url(re.compile("area=990101002"))
    page.locator("#period-choice").select_option("2026-07")
    expect(page).to_have_url(re.compile("area=990101002.*period=2026-07"))
    page.wait_for_timeout(300)
    assert len(held) == 2
    held[1].continue_()  # the second answer comes first
    expect(page.locator(".panel-heading")).to_contain_text("2026")
    settled(page)
    held[0].continue_()
    settled(page)
    expect(page.locator("#period-choice")).to_have_value("2026-07")
    shown = page.evaluate("() => new URLSearchParams(window.location.search).get('area')")
    assert shown == "990101002"
