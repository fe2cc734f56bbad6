"""Every page opens in both languages, on a desk and on a telephone, whole and quiet.

The ``page`` fixture fails a test when the page logs an error or asks another host for anything.
"""

import re

import pytest

from dashboard.catalogue.catalogue import read_catalogue
from dashboard.language import known_words

TOPICS = [topic.id for topic in read_catalogue().topic_order()]
STREET = "990101001"  # a street of the demo district
PAGES = [
    "/",
    *(f"/topic/{topic}" for topic in TOPICS),
    f"/street/{STREET}",
    "/indicators",
    "/indicators/marriages",
    "/submissions",
    "/completeness",
]
WITH_CHARTS = {"/indicators/marriages", *(f"/topic/{topic}" for topic in TOPICS)}
WIDTHS = {"desk": (1440, 900), "telephone": (390, 844)}
KEY = re.compile(r"\b[a-z]+(?:[._][a-z0-9]+)+\b")
FILE = re.compile(r"\.(?:csv|xlsx?|xlsm|toml|sqlite|md)$")

# What is written for people: ids and file names stand in <code>, and are no forgotten words.
READ_TEXT = """() => {
    const copy = document.body.cloneNode(true);
    copy.querySelectorAll('code, script, style, pre, input').forEach(e => e.remove());
    return copy.textContent;
}"""
READY = "() => document.querySelector('main') && !document.querySelector('._dash-loading')"
DRAWN = """() => [...document.querySelectorAll('.js-plotly-plot')].length > 0
    && [...document.querySelectorAll('.js-plotly-plot')].every(e => e.querySelector('.main-svg'))"""


def open_page(page, path, language, width):
    page.set_viewport_size({"width": WIDTHS[width][0], "height": WIDTHS[width][1]})
    answer = page.goto(f"{path}?lang={language}")
    assert answer.status == 200
    page.wait_for_function(READY)
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole(page, path, language, width):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    open_page(page, path, language, width)

    assert page.get_attribute("html", "lang") == {"zh": "zh-CN", "en": "en"}[language]
    assert page.title().strip()
    assert page.locator("h1").count() == 1
    assert page.locator("h1").inner_text().strip()

    assert re.search(r"\d", page.locator("main").inner_text()), "no figure at all"
    if path in WITH_CHARTS:
        page.wait_for_function(DRAWN)
        marks = page.locator(".main-svg :is(path.point, .point path, path.js-line, .trace path)")
        assert marks.count() > 0, "the figures are empty"
        assert not [url for url in asked if re.search(r"plotly(\.min)?\.js|async-plotlyjs", url)], (
            "Dash fetched a second plotly.js"
        )

    wide = page.evaluate("[document.scrollingElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1] + 1, f"the page is {wide[0]} px wide in a window of {wide[1]} px"

    sections = {key.split(".")[0] for key in known_words() if "." in key}
    left = [
        key
        for key in KEY.findall(page.evaluate(READ_TEXT))
        if not FILE.search(key) and ("_" in key or key.split(".")[0] in sections)
    ]
    assert not left, "words without a translation"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_mode_bar_speaks_the_language_of_the_page(page, language):
    open_page(page, f"/topic/{TOPICS[0]}", language, "desk")
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
    troubles[:] = [line for line in troubles if "404" not in line]
