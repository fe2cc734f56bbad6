"""Nothing that is said is cut: tables of a street, sources, scorecards, the menu on a phone."""

import pytest

DISTRICT, STREET = "990101", "990101001"
AREA = f"area={DISTRICT}&period=2026-10"
PHONE = {"width": 390, "height": 844}
WIDER = "elements => elements.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.innerText)"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_status_of_a_streets_targets_is_in_sight(page, language):
    page.goto(f"/street/{STREET}?{AREA}&lang={language}")
    pill = page.locator(".panel-scorecard .status-pill").first
    pill.wait_for()
    box = pill.bounding_box()
    assert box["x"] > 0 and box["x"] + box["width"] < 1440
    assert page.locator(".panel-scorecard .scroll").evaluate_all(WIDER) == []
    assert page.locator(".panel-scorecard img.bullet").count() >= 3


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_source_of_a_card_is_read_whole(page, language):
    page.goto(f"/topic/elderly?{AREA}&lang={language}")
    page.locator(".chart-card .source").first.wait_for()
    assert page.locator(".chart-card .source:visible").evaluate_all(WIDER) == []


def test_scorecards_fit_a_phone(page):
    page.set_viewport_size(PHONE)
    page.goto(f"/scorecards?{AREA}&print=1")
    page.locator(".score-sheet table.sheet-rows").first.wait_for()
    assert page.locator(".score-sheet .scroll").evaluate_all(WIDER) == []
    size = page.locator(".sheet-rows td.number").first.evaluate("e => getComputedStyle(e).fontSize")
    assert float(size.removesuffix("px")) >= 15


def test_an_open_menu_is_not_covered_by_the_offer_of_a_tour(page):
    page.set_viewport_size(PHONE)
    page.goto(f"/?{AREA}#tour")
    card = page.locator(".tour-card")
    card.wait_for()
    page.locator(".menu-button").click()
    assert not card.is_visible()
    page.locator(".menu-button").click()
    assert card.is_visible()


def test_the_first_screen_reaches_into_the_streets(page):
    page.goto(f"/?{AREA}&lang=zh")
    rows = page.locator(".matrix tbody tr")
    rows.first.wait_for()
    bottoms = rows.evaluate_all("rows => rows.map(row => row.getBoundingClientRect().bottom)")
    assert sum(bottom <= 900 for bottom in bottoms) >= 5, bottoms


@pytest.mark.parametrize("language", ["zh", "en"])
def test_streets_are_chosen_where_an_address_names_none(page, language):
    page.goto(f"/street?{AREA}&lang={language}")
    page.locator(".matrix tbody th a").first.wait_for()
    assert page.locator(".pages [aria-current='page']").count() == 1
    page.locator(".chips a").first.click()
    page.wait_for_url(f"**/street/{STREET}*")
    page.locator(".panel-scorecard .status-pill").first.wait_for()
    assert page.locator(".pages [aria-current='page']").get_attribute("href").startswith("/street")


def test_a_street_without_figures_leads_to_its_nearest_period(page):
    page.goto("/street/990101012?area=990101&period=2019-12&lang=zh")
    page.get_by_role("link", name="查看最近").click()
    page.wait_for_url("**area=990101&period=2022-01*")
    page.locator("table.comparison-rows").wait_for()
    assert page.locator("table.comparison-rows tbody tr").count() > 1
    assert page.get_by_role("link", name="查看最近").count() == 0


@pytest.mark.parametrize("topic", ["assistance", "elderly"])
def test_the_table_of_a_topics_streets_shows_all_its_columns_on_a_desk(page, topic):
    page.goto(f"/topic/{topic}?{AREA}&lang=en")
    page.locator(".street-rows tbody th").first.wait_for()
    assert page.locator(".scroll:has(> .street-rows)").evaluate_all(WIDER) == []


def test_on_a_phone_most_months_of_the_completeness_board_are_in_sight(page):
    page.set_viewport_size(PHONE)
    page.goto(f"/completeness?{AREA}&lang=en")
    page.locator(".completeness tbody td").first.wait_for()
    heads = page.locator(".completeness thead th")
    ends = heads.evaluate_all("heads => heads.map(head => head.getBoundingClientRect().right)")
    assert sum(end < PHONE["width"] - 16 for end in ends[1:]) >= 8, ends


def test_on_a_phone_two_areas_are_compared_without_scrolling(page):
    page.set_viewport_size(PHONE)
    page.goto(f"/compare?areas=990101001,990101002&{AREA}&lang=zh")
    page.locator("table.compare tbody td").first.wait_for()
    assert page.locator(".scroll:has(> .compare)").evaluate_all(WIDER) == []


def test_on_a_phone_a_change_stands_below_its_figure_and_a_status_is_whole(page):
    page.set_viewport_size(PHONE)
    page.goto(f"/?{AREA}&lang=en")  # its words are the longer ones
    page.locator(".off-line .status-pill").first.wait_for()
    assert page.locator(".off-line .status-pill").evaluate_all(WIDER) == []
    tile = page.locator(".row-tile:has(.change)").first
    value, change = tile.locator(".tile-value"), tile.locator(".change")
    assert change.bounding_box()["y"] >= value.bounding_box()["y"] + 20
