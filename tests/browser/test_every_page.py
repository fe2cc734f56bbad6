"""Every page, for everybody: whole, quiet, without barriers, within its path and its policy.

Each is opened once, below a path of a real nginx with TLS: no request and no link may leave it.
Where there is no nginx all else is asked of every page at the app itself. One page of each make is
looked at closely; languages, themes and widths take turns, so that every one occurs. With
EVERYWHERE=1 in the environment (``make access``) all of them are, in every language, theme and
width.
"""

import re
from dataclasses import replace
from itertools import cycle, product

import pytest
from barriers import disorder, foreign, lost, too_wide, untold, violations
from below import BELOW, LINKS, left
from dash import page_registry
from everywhere import (
    ALL,
    LANGUAGES,
    NOWHERE,
    PAGES,
    THEMES,
    TOPICS,
    WIDTHS,
    in_turn,
    prepared,
    use_theme,
    visit,
)
from nginx import NGINX, free_port, running
from policy import WATCH, scripts_allowed
from states import FADED
from watched import watched

from dashboard.base.language import known_words

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


@pytest.fixture(scope="module")
def site(app, served, tmp_path_factory):
    """Where the app is shown: by the example of the documents below a path, else at the root."""
    if not NGINX:
        yield served
        return
    port = free_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app.desk, "settings", replace(app.desk.settings, prefix=BELOW))
        with running(tmp_path_factory.mktemp("nginx"), port, served, BELOW):
            yield f"https://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def window(browser, site):
    """The window of all pages of this file, which notes what breaks their policy."""
    context = browser.new_context(
        ignore_https_errors=True, locale="zh-CN", viewport={"width": 1440, "height": 900}
    )
    context.set_default_timeout(30_000)
    context.add_init_script(WATCH)
    troubles = []
    with watched(context, site, troubles):
        yield context, troubles
        context.close()


@pytest.fixture(scope="module")
def pages(app, site):
    """Every page's address by its name, with an agenda and a receipt."""
    root = site + (BELOW if NGINX else "")
    return {name: root + path for name, path in (PAGES | prepared(app.desk)).items()}


def looks(at):
    """The themes and widths in which axe looks at a page: one, or all."""
    if ALL:
        return list(product(THEMES, WIDTHS))
    return [(THEMES[at // 2 % len(THEMES)], WIDTHS[at // 2 % 2])]


def opened(tab, troubles, site, name, address, language):
    """Open a page, once for all that is asked of it: all requests; within its path and policy."""
    asked = []

    def note(request):
        asked.append(request.url)

    tab.on("request", note)
    answer = visit(tab, address, language)
    tab.remove_listener("request", note)
    if name in NOWHERE:
        troubles[:] = [line for line in troubles if "404" not in line]
    if NGINX:
        assert tab.url.startswith(f"{site}{BELOW}"), name
        assert not left([*asked, *tab.evaluate(LINKS)], site), name
    allowed = scripts_allowed(answer)
    assert "unsafe" not in allowed and "*" not in allowed and "http" not in allowed, name
    assert not tab.evaluate("window.violations"), name
    assert not troubles, "\n".join([name, *troubles])
    return asked


@pytest.mark.parametrize(("name", "language"), in_turn(ASKED, [(one,) for one in LANGUAGES]))
def test_a_page_is_whole_and_without_barriers(tab, pages, window, site, name, language):
    views = looks(ASKED.index(name))
    tab.context.clear_cookies()  # a theme that was chosen below the path is kept for the path
    use_theme(tab, views[0][0])
    tab.set_viewport_size({"width": views[0][1], "height": 900})
    asked = opened(tab, window[1], site, name, pages[name], language)

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


def test_a_page_like_others_stays_within_its_path_and_its_policy(tab, pages, window, site):
    for name, language in zip([name for name in NAMES if name in ALIKE], cycle(LANGUAGES)):
        asked = opened(tab, window[1], site, name, pages[name], language)
        assert all(address.startswith((site, "data:", "blob:")) for address in asked), name


def test_no_page_of_the_program_is_left_out(app):
    ways = [page["path_template"] or page["path"] for page in page_registry.values()]
    patterns = [re.sub("<.*>", "[^/]+", way) for way in ways if way != "/404"]
    named = [path.partition("?")[0] for path in PAGES.values()] + ["/meeting/1", "/receipt/AAAA"]
    assert not [way for way in patterns if not any(re.fullmatch(way, path) for path in named)]
