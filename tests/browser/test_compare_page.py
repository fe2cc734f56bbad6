"""The page of areas side by side and the overview of few figures: whole and without barriers."""

import pytest
from playwright.sync_api import expect

COMPARE = "/compare?area=990101&period=2026-10&areas=990101001,990101002,990101005"


@pytest.mark.parametrize("address", [COMPARE, "/?area=370113"])
@pytest.mark.parametrize(("width", "language"), [(1440, "zh"), (390, "en")])
def test_it_has_no_barriers_and_is_no_wider_than_the_screen(
    page, accessibility, address, width, language
):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}&lang={language}")
    expect(page.locator("main h1")).to_be_visible()
    expect(page.locator("main table").last).to_be_attached()
    assert accessibility() == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_an_area_is_added_and_taken_out_by_links_alone(page):
    page.goto(COMPARE)
    expect(page.locator(".compare-chosen li")).to_have_count(3)
    page.locator(".compare-add > summary").click()
    page.locator(".compare-add li a").first.click()
    expect(page.locator(".compare-chosen li")).to_have_count(4)
    page.locator(".compare-chosen a").first.click()
    expect(page.locator(".compare-chosen li")).to_have_count(3)
    assert "areas=990101002" in page.url
