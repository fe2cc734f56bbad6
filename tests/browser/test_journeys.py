"""What people do: drill down and back, change what is shown, take away."""

import re

import pytest
from playwright.sync_api import expect

STREET_BARS = "marriage/marriages_by_street"
TREND = "marriage/registrations"


def card_of(page, ref):
    return page.locator(f'[data-ref="{ref}"]')


def open_page(page, path):
    page.goto(path)
    expect(page.locator("main h1")).to_be_visible()


def settled(page):
    """Waits until no panel is on its way any more."""
    quiet = "() => !document.querySelector('[data-dash-is-loading]')"
    page.wait_for_function(quiet)
    page.wait_for_timeout(300)
    page.wait_for_function(quiet)


def click_first_bar(page, ref):
    card = card_of(page, ref)
    bar = card.locator(".bars .point path").first
    expect(bar).to_be_visible()
    settled(page)
    bar.scroll_into_view_if_needed()
    place = bar.bounding_box()
    page.mouse.click(place["x"] + 12, place["y"] + place["height"] / 2)


def test_a_bar_leads_to_its_street_and_back_leads_back(page):
    open_page(page, "/topic/marriage?period=2025-12")
    click_first_bar(page, STREET_BARS)
    page.wait_for_url("**/street/**")
    expect(page.locator(".comparison-rows tbody tr").first).to_be_visible()
    street = page.locator("h1").inner_text()
    assert "period=2025-12" in page.url
    expect(page.locator(".breadcrumb-path [aria-current]")).to_have_text(street)

    page.go_back()
    expect(page.locator(".topic-title .where")).to_contain_text("婚姻登记")
    expect(page.locator("#period-choice")).to_have_value("2025-12")

    page.go_forward()
    expect(page.locator("h1")).to_have_text(street)
    page.locator(".breadcrumb-path a").last.click()
    expect(page.locator(".page-title .where")).to_contain_text("示例区")
    expect(page.locator("h1")).not_to_have_text(street)
    assert "/street/" not in page.url


def test_a_point_sets_the_period_everywhere(page):
    open_page(page, "/topic/marriage")
    settled(page)
    point = card_of(page, TREND).locator(".points path.point").nth(2)
    point.scroll_into_view_if_needed()
    place = point.bounding_box()
    page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    page.wait_for_url("**period=2020-12**")
    expect(page.locator("#period-choice")).to_have_value("2020-12")
    expect(page.locator(".where")).to_contain_text("2020年")


def test_a_period_changes_every_panel_and_back_takes_it_back(page):
    open_page(page, "/topic/marriage")
    newest = page.locator("#period-choice").input_value()
    sentence = card_of(page, STREET_BARS).locator(".sentence")
    before = sentence.inner_text()
    page.select_option("#period-choice", "2024-12")
    expect(page.locator(".where")).to_contain_text("2024年")
    expect(sentence).not_to_have_text(before)
    expect(sentence).to_contain_text("2024")
    assert "period=2024-12" in page.url

    page.go_back()
    expect(page.locator("#period-choice")).to_have_value(newest)
    expect(sentence).to_have_text(before)


def test_a_pasted_address_gives_the_same_view(page):
    open_page(page, "/topic/marriage")
    page.select_option("#period-choice", "2024-12")
    expect(page.locator(".where")).to_contain_text("2024年")
    page.locator("label.segment", has_text="不对比").click()
    page.wait_for_url("**compare=none**")
    settled(page)
    seen = page.locator("main").inner_text()

    other = page.context.new_page()
    open_page(other, page.url)
    settled(other)
    assert other.locator("main").inner_text() == seen
    assert other.locator("#period-choice").input_value() == "2024-12"


def test_the_language_changes_and_is_remembered(page):
    open_page(page, "/topic/marriage?period=2024-12")
    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_contain_text("Marriages registered")
    assert page.get_attribute("html", "lang") == "en"
    assert "period=2024-12" in page.url

    open_page(page, "/")
    assert page.get_attribute("html", "lang") == "en"
    expect(page.locator(".tab").first).to_have_text("Overview")


def test_another_area_is_found_by_typing_its_code(page):
    open_page(page, "/")
    settled(page)
    page.focus("#area-choice")
    page.keyboard.press("Enter")
    expect(page.locator(".dash-dropdown-search")).to_be_visible()
    page.keyboard.type("350526")
    expect(page.locator(".dash-options-list-option").first).to_contain_text("德化县")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("德化县")
    assert "area=350526" in page.url
    expect(page.locator(".notice-demo")).to_have_count(0)


def test_the_keyboard_reaches_content_rows_and_downloads(page):
    open_page(page, "/topic/marriage")
    settled(page)
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()

    reached = set()
    for _ in range(160):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "() => { const e = document.activeElement;"
                " return e.closest('tbody th') ? 'row' : e.className.split(' ')[0] +"
                " (e.hasAttribute('download') ? ' download' : ''); }"
            )
        )
        if {"row", "tool"} <= reached:
            break
    assert {"row", "tool"} <= reached


def test_a_table_opens_with_caption_and_headings(page):
    open_page(page, "/topic/marriage")
    card = card_of(page, STREET_BARS)
    table = card.locator("table")
    expect(table).to_be_hidden()
    card.locator(".table-view > summary").click()
    expect(table).to_be_visible()
    assert table.locator("caption").inner_text()
    assert table.locator("thead th[scope=col]").count() >= 2
    assert table.locator("tbody th[scope=row]").count() == table.locator("tbody tr").count()


def test_a_row_leads_where_its_bar_leads(page):
    open_page(page, "/")
    page.locator(".board-fold > summary").click()
    row = page.locator(".board tbody th a").first
    street = row.inner_text()
    row.click()
    expect(page.locator("h1")).to_have_text(street)
    assert "/street/" in page.url


@pytest.mark.parametrize(("ending", "start"), [("png", b"\x89PNG\r\n\x1a\n"), ("svg", b"<svg ")])
def test_an_image_of_a_chart_is_saved(page, tmp_path, ending, start):
    # A month without hidden figures: where some are, no finding leaves the page.
    open_page(page, "/topic/marriage?area=990101&period=2024-09")
    settled(page)
    with page.expect_download() as download:
        card_of(page, STREET_BARS).locator(".export-menu > summary").click()
        card_of(page, STREET_BARS).locator(f"[data-action={ending}]").click()
    file = tmp_path / "chart"
    download.value.save_as(file)
    content = file.read_bytes()
    assert download.value.suggested_filename.endswith(f".{ending}")
    assert content.startswith(start)
    assert len(content) > 10_000
    if ending == "svg":
        title = card_of(page, STREET_BARS).locator("h3").inner_text()
        text = content.decode()
        # A long title goes on in a second line of text.
        told = "".join(re.sub("<[^>]+>", "", text).split())
        assert "".join(title.split()) in told and "演示数据" in text


FILLED = """() => [...document.querySelectorAll('.js-plotly-plot')].every((graph) =>
    Math.abs(graph._fullLayout.width - graph.parentElement.offsetWidth) < 2 &&
    Math.abs(graph._fullLayout.height - graph.parentElement.offsetHeight) < 2)"""


def test_full_screen_fills_the_window_and_escape_leaves_it(page):
    open_page(page, "/topic/marriage")
    settled(page)
    card = card_of(page, TREND)
    before = card.locator(".graph").bounding_box()["height"]
    card.locator("[data-action=fullscreen]").click()
    expect(card).to_have_css("position", "fixed")
    assert card.bounding_box()["height"] == pytest.approx(900, abs=1)
    page.wait_for_function(FILLED)
    page.keyboard.press("Escape")
    expect(card).not_to_have_css("position", "fixed")
    page.wait_for_function(FILLED)
    assert card.locator(".graph").bounding_box()["height"] == pytest.approx(before, abs=1)


def test_the_indicator_list_follows_the_search(page):
    open_page(page, "/indicators")
    count = page.locator("main [role=status]", has_text=re.compile(r"共 \d+ 项指标"))
    before = count.inner_text()
    page.fill("#indicator-search", "离婚登记")
    expect(count).not_to_have_text(before)
    link = page.locator("#indicator-list tbody th a").first
    expect(link).to_contain_text("离婚登记")
    link.click()
    page.wait_for_url("**/indicators/*")
    expect(page.locator("h1")).to_contain_text("离婚登记")
