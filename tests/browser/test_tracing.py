"""From a chart's table to a figure, its file and back; and every page as known on a day."""

from datetime import date

from playwright.sync_api import expect
from test_journeys import card_of, open_page, settled

LOADED = date.today().isoformat()  # the samples come in later in the same run
TREND = "marriage/registrations"


def test_a_number_of_a_chart_leads_to_its_file_and_back(page):
    open_page(page, "/topic/marriage?period=2025-11&compare=pop")
    settled(page)
    card = card_of(page, TREND)
    card.locator(".table-view > summary").first.click()
    number = card.locator("tbody .figure-link").first
    shown = number.inner_text()
    number.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/figure?**")
    expect(page.locator("main h1")).to_have_text("结婚登记对数")
    expect(page.locator(".tile-value").first).to_contain_text(shown)
    expect(page.locator(".printed .is-cell")).to_be_visible()
    printed = page.locator(".printed .is-cell").inner_text()
    assert printed.replace(",", "") == shown.replace(",", "")
    with page.expect_download() as download:
        page.locator("#cell a").click()
    assert download.value.suggested_filename.endswith(".xlsx")

    page.locator(".figure-back").click()
    page.wait_for_url("**/topic/marriage?**")
    assert "period=2025-11" in page.url and "compare=pop" in page.url


def test_a_computed_month_leads_to_both_running_totals(page):
    open_page(page, "/figure?indicator=marriages&area=990101&period=2025-11&months=1&lang=en")
    expect(page.locator(".arithmetic")).to_contain_text("−")
    inputs = page.locator("table.listed").first.locator(".figure-link")
    value = inputs.last.inner_text()
    inputs.last.click()
    page.wait_for_url("**period=2025-10**")
    expect(page.locator(".tile-value").first).to_have_text(value)


def test_the_period_control_leads_to_an_earlier_state_and_back(page):
    open_page(page, "/topic/marriage?lang=en")
    settled(page)
    page.locator(".known summary").click()
    assert page.locator(".known-choice li a").first.inner_text() == LOADED
    page.fill("#known-day", "2020-01-31")
    page.locator(".known-choice button").click()
    page.wait_for_url("**known=2020-01-31**")
    expect(page.locator(".notice-known")).to_contain_text("as known on 31 January 2020")
    expect(page.locator(".charts-absent")).to_contain_text("charts without figures")
    settled(page)
    page.locator(".tab", has_text="Overview").click()
    expect(page.locator(".notice-known")).to_be_visible()
    assert "known=2020-01-31" in page.url

    page.locator(".notice-known a").click()
    expect(page.locator(".notice-known")).to_have_count(0)
    expect(page.locator(".tile-value").first).to_be_visible()
    assert "known=" not in page.url
