"""One menu of a card gives away all its files; few values are numbers, not a line."""

from playwright.sync_api import expect

PAGE = "/topic/marriage?area=990101&period=2024-09"
SPARSE = "/topic/elderly?area=370113&period=2023-12"


def test_a_card_has_one_menu_that_keyboard_and_mouse_open_and_close(page, accessibility):
    page.goto(PAGE)
    card = page.locator(".chart-card").first
    expect(card.locator(".export-menu")).to_have_count(1)
    summary = card.locator(".export-menu > summary")
    summary.focus()
    page.keyboard.press("Enter")
    entries = card.locator(".export-menu > div > *")
    expect(entries.first).to_be_visible()
    assert entries.count() == 5
    assert accessibility() == []
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(entries.first).to_be_hidden()
    expect(summary).to_be_focused()
    summary.click()
    expect(entries.first).to_be_visible()
    page.locator("h1").click()
    expect(entries.first).to_be_hidden()


def test_a_course_of_three_values_is_a_row_of_numbers(page):
    page.goto(SPARSE)
    numbers = page.locator(".few-values").first
    expect(numbers.locator("li")).to_have_count(3)
    assert numbers.locator("strong").all_inner_texts() == ["60.0%", "50.0%", "40.0%"]
