"""Every page and every state, for everybody: whole, quiet, without barriers, at every width.

One page of each make and every third state are opened once; languages, themes and widths take
turns, so that every one occurs. With EVERYWHERE=1 in the environment (``make access``) all of them
are asked in every language, theme and width.
"""

import os
import re
from itertools import product

import pytest
from barriers import disorder, foreign, lost, too_wide, untold, violations
from dash import page_registry
from everywhere import NOWHERE, PAGES, PLAIN, THEMES, TOPICS, address, prepared, use_theme, visit
from states import FADED, STATES

from dashboard.base.language import known_words

ALL = bool(os.environ.get("EVERYWHERE"))
LANGUAGES = {"zh": "zh-CN", "en": "en"}
WIDTHS = (1440, 390)
MADE = ("agenda", "receipt")
NAMES = [*PAGES, *MADE]
PAPER = ("scorecards", "wall")
# One page of each make, read with large letters and wide spacing in every run.
LARGE_TOO = ("overview", "street", "submissions", "report")
WITH_FIGURES = {
    "overview",
    "targets",
    "target",
    *TOPICS,
    "street",
    "scorecards",
    "indicators",
    "indicator",
    "figure",
    "submissions",
    "completeness",
    "wall",
}
WITH_CHARTS = re.compile(r"/topic/[a-z]+$|/indicators/.+")
KEY = re.compile(r"\b[a-z]+(?:[._][a-z0-9]+)+\b")
FILE = re.compile(r"\.(?:csv|xlsx?|xlsm|toml|sqlite|md)$")
# What is written for people: ids and file names stand in <code>, and are no forgotten words.
READ_TEXT = """() => {
    const copy = document.body.cloneNode(true);
    copy.querySelectorAll('code, script, noscript, style, pre, input').forEach(e => e.remove());
    return copy.textContent;
}"""


# Pages made like others of the list.
ALIKE = {
    "assistance",
    "elderly",
    "organisations",
    "children",
    "disability",
    "community",
    "funeral",
    "charity",
    "questions",
    "figure_absent",
    "receipts",
    "receipt_refused",
    "help",
    "help_access",
    "known",
    "unknown",
}
ASKED = [name for name in NAMES if ALL or name not in ALIKE]
ASKED_STATES = list(STATES)[:: 1 if ALL else 3]


def in_turn(names, choices):
    """Each name with one choice, all choices in turn; with EVERYWHERE each with every one."""
    if ALL:
        return [(name, *choice) for name in names for choice in choices]
    return [(name, *choices[at % len(choices)]) for at, name in enumerate(names)]


@pytest.fixture(scope="module")
def pages(app):
    """Every page's address by its name, with an agenda and a receipt."""
    return PAGES | prepared(app.desk)


def looks(at):
    """The themes and widths in which axe looks at a page: one, or all."""
    if ALL:
        return list(product(THEMES, WIDTHS))
    return [(THEMES[at // 2 % len(THEMES)], WIDTHS[at // 2 % 2])]


@pytest.mark.parametrize(("name", "language"), in_turn(ASKED, [(one,) for one in LANGUAGES]))
def test_a_page_is_whole_and_without_barriers(tab, pages, window, name, language):
    views = looks(ASKED.index(name))
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    use_theme(tab, views[0][0])
    tab.set_viewport_size({"width": views[0][1], "height": 900})
    visit(tab, pages[name], language)
    if name in NOWHERE:
        window[1][:] = [line for line in window[1] if "404" not in line]

    assert tab.get_attribute("html", "lang") == LANGUAGES[language]
    assert tab.title().strip()
    if name in WITH_FIGURES:
        assert re.search(r"\d", tab.locator("main").inner_text()), "no figure at all"
    sections = {key.split(".")[0] for key in known_words() if "." in key}
    left = [
        key
        for key in KEY.findall(tab.evaluate(READ_TEXT))
        if not FILE.search(key) and ("_" in key or key.split(".")[0] in sections)
    ]
    assert not left, "words without a translation"
    if WITH_CHARTS.search(pages[name]):
        marks = tab.locator(".main-svg :is(path.point, .point path, path.js-line, .trace path)")
        assert marks.count() > 0, "the figures are empty"
        assert not [url for url in asked if re.search(r"plotly(\.min)?\.js|async-plotlyjs", url)], (
            "Dash fetched a second plotly.js"
        )

    found = disorder(tab, paper=name in PAPER) + foreign(tab) + untold(tab)
    for look in views:
        use_theme(tab, look[0])
        tab.wait_for_function(FADED)  # a colour on its way is none of a theme
        found += too_wide(tab, look[1]) + [f"{look}: {what}" for what in violations(tab)]
    if ALL or name in LARGE_TOO:
        found += lost(tab)
    assert not found, "\n".join(dict.fromkeys(found))


WAYS = list(product(LANGUAGES, WIDTHS))


@pytest.mark.parametrize(("state", "language", "width"), in_turn(ASKED_STATES, WAYS))
def test_a_state_is_without_barriers(tab, pages, tmp_path, state, language, width):
    one, at = STATES[state], ASKED_STATES.index(state)
    themes = THEMES if ALL else [THEMES[at % len(THEMES)]]
    tab.set_viewport_size({"width": one.width or width, "height": 900})
    use_theme(tab, themes[0])
    one.open(tab, language, pages, tmp_path)
    found = foreign(tab) + untold(tab)
    for theme in themes:
        use_theme(tab, theme)
        tab.wait_for_function(FADED)
        found += [f"{theme}: {what}" for what in violations(tab)]
    if ALL and "present=1" not in one.path and "print=1" not in one.path:
        found += too_wide(tab, 320)
    if one.undo:
        one.undo(tab)
    assert not found, "\n".join(found)


def test_what_a_reader_has_set_in_the_system_holds(tab):
    use_theme(tab, "auto")
    tab.emulate_media(reduced_motion="reduce", forced_colors="active", color_scheme="dark")
    visit(tab, "/targets", "zh")
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    tab.hover("a.status-chip")
    moving = "document.getAnimations().filter(one => one.playState === 'running').length"
    assert tab.evaluate(moving) == 0
    assert tab.evaluate("matchMedia('(forced-colors: active)').matches")
    borders = tab.locator(".status-pill, a.status-chip").evaluate_all(
        "all => all.map(e => parseFloat(getComputedStyle(e).borderTopWidth))"
    )
    assert borders and min(borders) >= 1, "a status loses its shape where grounds are taken away"
    found = violations(tab)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("name", "language"), in_turn(PLAIN, [(one,) for one in LANGUAGES]))
def test_a_page_without_scripts_has_no_barriers(tab, name, language):
    tab.goto(address(PLAIN[name], language))
    assert tab.get_attribute("html", "lang") == LANGUAGES[language]
    found = disorder(tab) + violations(tab) + foreign(tab) + (lost(tab) if ALL else [])
    assert not found, "\n".join(found)


def test_no_page_of_the_program_is_left_out(app):
    ways = [page["path_template"] or page["path"] for page in page_registry.values()]
    patterns = [re.sub("<.*>", "[^/]+", way) for way in ways if way != "/404"]
    named = [path.partition("?")[0] for path in PAGES.values()] + ["/meeting/1", "/receipt/AAAA"]
    assert not [way for way in patterns if not any(re.fullmatch(way, path) for path in named)]
