"""Parts that belong to every page: the mode bar's language, the page for unknown addresses."""

import re

import pytest

WIDTHS = {"desk": (1440, 900), "telephone": (390, 844)}
READY = "() => document.querySelector('main') && !document.querySelector('._dash-loading')"
DRAWN = """() => [...document.querySelectorAll('.js-plotly-plot')].length > 0
    && [...document.querySelectorAll('.js-plotly-plot')].every(e => e.querySelector('.main-svg'))"""


def open_page(page, path, language, width):
    page.set_viewport_size({"width": WIDTHS[width][0], "height": WIDTHS[width][1]})
    answer = page.goto(f"{path}?lang={language}")
    assert answer.status == 200
    page.wait_for_function(READY)
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_mode_bar_speaks_the_language_of_the_page(page, language):
    open_page(page, "/topic/funeral", language, "desk")
    page.wait_for_function(DRAWN)
    registered = page.evaluate("() => Object.keys(Plotly.PlotSchema ? {ok: 1} : {})")
    assert registered == ["ok"], "plotly is not there"
    locales = page.evaluate(
        "() => [...document.querySelectorAll('.js-plotly-plot')].map(e => e._context.locale)"
    )
    if language == "zh":
        assert set(locales) == {"zh-CN"}
    titles = page.evaluate(
        "() => [...document.querySelectorAll('.modebar-btn')].map(e => e.dataset.title)"
    )
    has_chinese = any(re.search("[一-鿿]", title or "") for title in titles)
    assert not titles or has_chinese == (language == "zh")


def test_an_unknown_page_says_so_and_leads_back(page, troubles):
    page.goto("/no-such-page")
    page.wait_for_function(READY)
    assert page.locator("main a[href^='/']").count() > 0
    page.close()  # what it still reports comes before
    troubles[:] = [line for line in troubles if "404" not in line]
