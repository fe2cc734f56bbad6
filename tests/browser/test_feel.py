"""What a reader feels: a line at once, the place kept, hashes met, the search box in focus."""

from playwright.sync_api import expect

AREA = "area=990101&period=2026-10"


def test_the_list_of_areas_opens_with_its_search_box_in_focus(page):
    page.goto(f"/?{AREA}")
    page.locator("#area-choice, button.dash-dropdown").first.click()
    expect(page.locator(".dash-dropdown-search")).to_be_focused()
    page.keyboard.type("长清")
    expect(page.locator(".dash-options-list-option").first).to_contain_text("长清区")


RECORD = """() => { window.seen = []; new MutationObserver(() => window.seen.push(
    [document.documentElement.classList.contains("is-turning"), Math.round(scrollY)]
)).observe(document.documentElement, {attributes: true, attributeFilter: ["class"]}); }"""


def test_a_line_moves_from_the_click_until_the_page_is_drawn(page):
    page.goto(f"/?{AREA}")
    last = page.locator(".topic-row h3 a").last
    last.scroll_into_view_if_needed()
    before = page.evaluate("Math.round(scrollY)")
    assert before > 0
    page.evaluate(RECORD)
    last.click()
    expect(page.locator(".chart-card").first).to_be_visible()
    expect(page.locator("html.is-turning")).to_have_count(0)
    seen = page.evaluate("window.seen")
    assert seen[0] == [True, before] and seen[-1][0] is False
    page.wait_for_function("() => scrollY === 0")
    page.go_back()
    expect(page.locator(".topic-row").first).to_be_visible()
    page.wait_for_function(f"() => Math.abs(scrollY - {before}) < 200")


def test_an_address_with_a_hash_opens_what_folds_its_part_away(page):
    page.goto(f"/topic/elderly?{AREA}")
    folded = page.locator("#more-charts .chart-card h3").first
    name = folded.get_attribute("id")
    page.goto("/")
    page.goto(f"/topic/elderly?{AREA}#{name}")
    expect(page.locator(f"#{name}")).to_be_in_viewport()
    expect(page.locator("#more-charts[open]")).to_have_count(1)


def test_the_timer_of_a_meeting_is_never_negative(page):
    page.goto(f"/topic/marriage?{AREA}&present=1")
    page.evaluate("sessionStorage.setItem('stage-started', String(Date.now() + 3661000))")
    page.wait_for_timeout(1200)
    assert page.locator(".stage-timer").inner_text() == "00:00"
    page.keyboard.press("Escape")
    page.wait_for_url("**/topic/marriage?**")
    assert "area=990101" in page.url and "period=2026-10" in page.url
