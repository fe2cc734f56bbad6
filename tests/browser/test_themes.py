"""Themes in a real browser: there from the first paint, on charts too, never on what leaves."""

from playwright.sync_api import expect

from dashboard.charts.plotly.theme import SCREEN
from dashboard.charts.plotly.tokens import colour

# Notes which theme the page has when its body begins, and every shift of its layout.
WATCH = """() => {
    window.shifts = [];
    new PerformanceObserver((list) => list.getEntries().forEach((one) => window.shifts.push(one)))
        .observe({type: 'layout-shift', buffered: true});
    new MutationObserver((changes, watcher) => {
        if (!document.body) return;
        window.atFirst = document.documentElement.dataset.theme;
        watcher.disconnect();
    }).observe(document, {subtree: true, childList: true});
}"""
DRAWN = "() => document.querySelectorAll('.js-plotly-plot .main-svg').length > 4"
GROUND = """() => [...document.querySelectorAll('.js-plotly-plot')]
    .map((graph) => graph.layout.paper_bgcolor)"""
IN_COLOUR = """(colour) => [...document.querySelectorAll('.js-plotly-plot')]
    .every((graph) => graph.layout.paper_bgcolor === colour)"""
AS_PICTURE = """async () => {
    const link = document.querySelector(".tools a[href*='/export/']").href;
    const address = link.replace("/export/", "/api/figure/").replace(/\\.\\w+(?=[?])/, "");
    const figure = await (await fetch(address)).json();
    return (await window.pictures.draw(figure, {})).text;
}"""
TOPIC = "/topic/marriage"
MOST_SHIFT = 0.02  # a fifth of what is called good


def places_of(page, path):
    """Where area and period stand on a page; None for a control it does not have."""
    page.goto(path)
    expect(page.locator(".filter-band label").first).to_be_visible()
    found = []
    for name in ("地区", "报告期"):
        label = page.locator(f".filter-band label:text-is('{name}')")
        box = label.bounding_box() if label.count() else None
        found.append((round(box["x"]), round(box["y"])) if box else None)
    return found


def test_a_chosen_theme_holds_from_the_first_paint_on_charts_and_not_on_pictures(page):
    page.add_init_script(f"({WATCH})()")
    page.goto(TOPIC)
    page.wait_for_function(DRAWN)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.atFirst") == "light"
    assert sum(page.evaluate("window.shifts.map((s) => s.hadRecentInput ? 0 : s.value)")) < (
        MOST_SHIFT
    )
    assert set(page.evaluate(GROUND)) == {SCREEN.background}

    page.get_by_label("外观").select_option("dark")
    dark = colour("dark", "surface")
    page.wait_for_function(IN_COLOUR, arg=dark)
    picture = page.evaluate(AS_PICTURE)
    red, green, blue = (int(SCREEN.primary[at : at + 2], 16) for at in (1, 3, 5))
    assert f"rgb({red}, {green}, {blue})" in picture

    page.reload()
    page.wait_for_function(DRAWN)
    assert page.evaluate("window.atFirst") == "dark"
    page.wait_for_function(IN_COLOUR, arg=dark)
    assert page.locator(".graph").first.is_visible()
    assert page.get_by_label("外观").input_value() == "dark"
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert set(page.evaluate(GROUND)) == {SCREEN.background}
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert set(page.evaluate(GROUND)) == {dark}
    page.emulate_media(media="screen")
    page.goto("/indicators")
    trend = page.locator("img.trend").first.get_attribute("src")
    assert colour("dark", "primary")[1:] in trend and SCREEN.primary[1:] not in trend


def test_without_a_choice_the_machine_is_followed_and_the_projector_draws_larger(page):
    page.add_init_script(f"({WATCH})()")
    page.emulate_media(color_scheme="dark")
    page.goto(TOPIC)
    page.wait_for_function(DRAWN)
    assert page.evaluate("window.atFirst") == "dark"
    height = page.locator(".graph").first.bounding_box()["height"]
    page.get_by_label("外观").select_option("projector")
    size = "document.querySelector('.js-plotly-plot').layout.font.size"
    page.wait_for_function(f"() => {size} > {SCREEN.size}")
    assert page.locator(".graph").first.bounding_box()["height"] > height
    page.evaluate("window.theme.choose('light')")  # as when another window has chosen
    expect(page.get_by_label("外观")).to_have_value("light")
    page.get_by_label("外观").select_option("auto")
    page.emulate_media(color_scheme="light")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.wait_for_function(IN_COLOUR, arg=SCREEN.background)


def test_area_and_period_stand_in_the_same_place_on_every_page_that_has_them(page):
    pages = ("/", TOPIC, "/targets", "/report", "/street/990101001", "/completeness")
    area, period = zip(*(places_of(page, path) for path in pages), strict=True)
    assert None not in area and len(set(area)) == 1
    assert None not in period[:-1] and len(set(period[:-1])) == 1
